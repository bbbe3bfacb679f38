// SPDX-License-Identifier: MIT
#include "adapters/support/csv.h"

#include <doctest/doctest.h>

#include <random>

using namespace stageclock;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows cells_of(std::string_view text) {
    const auto parsed = csv::parse(text);
    REQUIRE_MESSAGE(parsed, parsed.error().what);
    Rows rows;
    for (const SheetRow& row : *parsed) rows.push_back(row.cells);
    return rows;
}

std::string refusal(std::string_view text) {
    const auto parsed = csv::parse(text);
    REQUIRE_FALSE(parsed);
    return parsed.error().where + ": " + parsed.error().what;
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

// As RFC 4180 wants it written.
std::string written(const Rows& rows, char separator, const std::string& line_end) {
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) text += separator;
            text += '"';
            for (const char c : row[i]) text += c == '"' ? "\"\"" : std::string(1, c);
            text += '"';
        }
        text += line_end;
    }
    return text;
}

}  // namespace

TEST_CASE("rows and cells are read with any line end, quoted or not") {
    const Rows expected{{"a", "b"}, {"1", "two, 2"}, {"", "say \"x\""}};
    for (const std::string end : {"\r\n", "\n", "\r"}) {
        const std::string text = "a,b" + end + "1,\"two, 2\"" + end + ",\"say \"\"x\"\"\"";
        CHECK(cells_of(text) == expected);
        CHECK(cells_of(text + end) == expected);
    }
    CHECK(cells_of("a\n\"1\r\n2\"\n") == Rows{{"a"}, {"1\r\n2"}});
    CHECK(cells_of("a,\nb,") == Rows{{"a", ""}, {"b", ""}});
    CHECK(cells_of("").empty());
}

TEST_CASE("a byte order mark, semicolons, tabs and Excel's separator line are understood") {
    CHECK(cells_of("\xEF\xBB\xBF"
                   "a;b,c;d\n1;2;3\n") == Rows{{"a", "b,c", "d"}, {"1", "2", "3"}});
    CHECK(cells_of("\"a,b,c\";d\n1;2\n") == Rows{{"a,b,c", "d"}, {"1", "2"}});
    CHECK(cells_of("a\tb\n1\t2\n") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(cells_of("sep=;\r\na,x;b\r\n") == Rows{{"a,x", "b"}});
    CHECK(cells_of("\n\na;b;c\n1;2;3,4,5,6\n").front() == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("rows have the numbers a spreadsheet shows: blank ones and inner line ends count") {
    const auto rows = csv::parse("a,b\n\n,\n\"1\n2\n3\",x\nlast,y\n");
    REQUIRE(rows);
    REQUIRE(rows->size() == 3);
    CHECK((*rows)[0].row == 1);
    CHECK((*rows)[1].row == 4);
    CHECK((*rows)[2].row == 5);
}

TEST_CASE("what is no CSV in UTF-8 is refused with what to do about it") {
    CHECK(has(refusal("Name\nZo\xEB\n"), "Windows-1252"));
    CHECK(has(refusal("Name\nZo\xEB\n"), "CSV UTF-8"));
    CHECK(has(refusal("\xFF\xFEN\0a\0"), "UTF-16"));
    CHECK(has(refusal("PK\x03\x04rest"), "workbook"));
    CHECK(has(refusal(std::string_view("a\0b", 3)), "zero bytes"));
    for (const char* bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80",
                            "\xE2\x82", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\x80"}) {
        CHECK(has(refusal(bad), "UTF-8"));
    }
    CHECK(cells_of("Zo\xC3\xAB,\xE2\x82\xAC,\xF0\x9F\x98\x80") ==
          Rows{{"Zoë", "€", "\xF0\x9F\x98\x80"}});
}

TEST_CASE("broken quotation marks are told by row, without the cell") {
    for (const char* text : {"a,b\nsecret\"x,1\n", "a,b\n\"secret\"x,1\n", "a,b\n\"secret,1\n"}) {
        const std::string told = refusal(text);
        CHECK(has(told, "row 2: "));
        CHECK_FALSE(has(told, "secret"));
    }
}

TEST_CASE("a file too large to be a list of officers is refused") {
    CHECK(has(refusal(std::string(csv::largest_file + 1, 'a')), "4 MiB"));
    CHECK(has(refusal("a\n" + std::string(csv::largest_cell + 1, 'a')), "row 2"));
    CHECK(has(refusal(std::string(csv::most_columns, ',')), "64 columns"));
    std::string many;
    for (std::size_t i = 0; i < csv::most_rows + 2; ++i) many += "a\n";
    CHECK(has(refusal(many), "10,000"));
}

TEST_CASE("whatever is written as RFC 4180 wants it is read back") {
    std::mt19937 random(4180);
    const std::string letters = "ab ,;\t\"\r\n\xC3\xA9=";
    const auto any = [&](std::size_t below) { return random() % below; };
    for (int round = 0; round < 2'000; ++round) {
        const std::size_t columns = 2 + any(4);
        Rows rows(1 + any(4), std::vector<std::string>(columns));
        for (auto& row : rows) {
            for (std::string& cell : row) {
                for (std::size_t i = any(6); i > 0; --i) {
                    const char c = letters[any(letters.size())];
                    // The two bytes of é stay together.
                    cell += c == '\xC3' || c == '\xA9' ? "\xC3\xA9" : std::string(1, c);
                }
            }
            row[0] += "x";  // no row is blank
        }
        const char separator = ",;\t"[any(3)];
        const std::string text = written(rows, separator, any(2) == 0 ? "\r\n" : "\n");
        CAPTURE(text);
        REQUIRE(cells_of(text) == rows);
    }
}

TEST_CASE("any bytes end in rows or in a refusal") {
    std::mt19937 random(7);
    const std::string letters = "a,\";\n\r\t\xC3\xA9\x80=sep";
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto i = random() % 24; i > 0; --i) text += letters[random() % letters.size()];
        const auto parsed = csv::parse(text);
        if (!parsed) {
            CHECK_FALSE(parsed.error().what.empty());
            continue;
        }
        int last = 0;
        for (const SheetRow& row : *parsed) {
            CHECK(row.row > last);
            CHECK_FALSE(row.cells.empty());
            last = row.row;
        }
    }
}
