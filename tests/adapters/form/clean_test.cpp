// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/clean.h"

#include <doctest/doctest.h>

using namespace stageclock::pdf;

TEST_CASE("clean keeps the letters of every script") {
    CHECK(clean("Łukasz Śmiałek, Siân, محمد, Nguyễn, 李, 👪") ==
          "Łukasz Śmiałek, Siân, محمد, Nguyễn, 李, 👪");
}

TEST_CASE("clean makes all line ends one, and keeps a single blank line") {
    CHECK(clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd");
    CHECK(clean("a\n\n \n\n\nb") == "a\n\nb");
    CHECK(clean("\n \n a \n ") == "a");
    CHECK(clean(" \n\n ") == "");
}

TEST_CASE("clean removes what could deceive or break") {
    CHECK(clean(std::string_view("a\0b", 3)) == "ab");
    CHECK(clean("a\x07"
                "b\x1b[0m\x7f"
                "c\u0080d") == "ab[0mcd");
    CHECK(clean("a\u202Eb\u2069c\uFEFFd\uFFFFe") == "abcde");
    CHECK(clean("tab\there") == "tab here");
    CHECK(clean("bad \xC3( \xF0\x9F") == "bad \uFFFD( \uFFFD\uFFFD");
}

TEST_CASE("a text at the limit is whole, one character more is cut between characters") {
    std::string text;
    for (std::size_t i = 0; i < most_characters; ++i) text += "Ł";
    CHECK(limited(text, "CUT") == text);
    CHECK(limited(text + "Ł", "CUT") == text + " … CUT");
}

TEST_CASE("too many lines are cut as well") {
    std::string text;
    for (std::size_t i = 0; i < most_lines; ++i) text += "x\n";
    const std::string cut = limited(text + "end", "CUT");
    CHECK(cut.ends_with("x … CUT"));
}
