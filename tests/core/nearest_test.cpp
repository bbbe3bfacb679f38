// SPDX-License-Identifier: MIT
#include "bot/core/nearest.h"

#include <doctest/doctest.h>

using namespace stageclock;

TEST_CASE("a distance counts letters put in, left out, changed and swapped") {
    CHECK(edit_distance("resolved", "resolved") == 0);
    CHECK(edit_distance("resolvd", "resolved") == 1);
    CHECK(edit_distance("resollved", "resolved") == 1);
    CHECK(edit_distance("resalved", "resolved") == 1);
    CHECK(edit_distance("reoslved", "resolved") == 1);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("abc", "") == 3);
    CHECK(edit_distance("Resolved", "rESOLVED") == 0);
}

TEST_CASE("the nearest of the candidates is meant, the first among equals") {
    CHECK(nearest("escalatd", {"resolved", "escalated", "raised"}) == "escalated");
    CHECK(nearest("stage-enterd", {"stage-entered", "stage-skipped"}) == "stage-entered");
    CHECK(nearest("catt", {"cats", "cat"}) == "cats");
}

TEST_CASE("nothing is meant when nothing is close") {
    CHECK(nearest("housing", {"resolved", "escalated"}).empty());
    CHECK(nearest("", {"a"}).empty());
    CHECK(nearest("x", {"y"}).empty());
    CHECK(nearest("resolved", {}).empty());
    CHECK(nearest(std::string(100'000, 'a'), {std::string(100'000, 'a')}).empty());
}
