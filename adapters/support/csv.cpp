// SPDX-License-Identifier: MIT
#include "adapters/support/csv.h"

#include <algorithm>
#include <fstream>
#include <optional>

#include "adapters/registry.h"

namespace stageclock::csv {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Error wrong(std::string what, int row = 0) {
    return {Code::invalid_input, std::move(what), row > 0 ? "row " + std::to_string(row) : ""};
}

// The length of the UTF-8 character that begins `text`; 0 when none does (RFC 3629).
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first < 0x80U) return 1;
    if (first >= 0xC2U && first <= 0xDFU) return follows(1) ? 2 : 0;
    if (first >= 0xE0U && first <= 0xEFU) {
        const bool overlong = first == 0xE0U && byte(1) < 0xA0U;
        const bool surrogate = first == 0xEDU && byte(1) > 0x9FU;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0U && first <= 0xF4U) {
        const bool overlong = first == 0xF0U && byte(1) < 0x90U;
        const bool beyond = first == 0xF4U && byte(1) > 0x8FU;
        return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::optional<Error> mistake_in_bytes(std::string_view bytes) {
    constexpr const char* how =
        " Save it as \"CSV UTF-8 (comma delimited)\" in Excel, or as text CSV with the character "
        "set UTF-8 in LibreOffice.";
    if (bytes.size() > largest_file) return wrong("is larger than 4 MiB");
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0")) {
        return wrong(std::string("is a workbook, not a CSV file.") + how);
    }
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        return wrong(std::string("is UTF-16 text.") + how);
    }
    if (bytes.find('\0') != std::string_view::npos) {
        return wrong(std::string("is no text: it holds zero bytes.") + how);
    }
    if (!is_utf8(bytes)) {
        return wrong(std::string("is not UTF-8 but an older character set, such as Windows-1252: "
                                 "accented letters would be lost.") +
                     how);
    }
    return std::nullopt;
}

bool ends_line(char c) { return c == '\r' || c == '\n'; }

// Takes "sep=;" and its line end off the text; none when it is not there.
std::optional<char> take_separator_line(std::string_view& text) {
    constexpr std::string_view word = "sep=";
    if (!text.starts_with(word) || text.size() < 6 || !ends_line(text[5])) return std::nullopt;
    const char separator = text[4];
    if (separator != ',' && separator != ';' && separator != '\t') return std::nullopt;
    text.remove_prefix(text.substr(5).starts_with("\r\n") ? 7 : 6);
    return separator;
}

// The one of the three that stands most often in the first row, outside quotes.
char separator_of(std::string_view text) {
    constexpr std::string_view candidates = ",;\t";
    std::size_t counts[3] = {0, 0, 0};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        // A blank row before the header says nothing.
        if (ends_line(c) && std::max({counts[0], counts[1], counts[2]}) > 0) break;
        if (const auto at = candidates.find(c); at != std::string_view::npos) ++counts[at];
    }
    return candidates[static_cast<std::size_t>(std::max_element(counts, counts + 3) - counts)];
}

class Parser {
public:
    Parser(std::string_view text, char separator) : text_(text), separator_(separator) {}

    Result<std::vector<SheetRow>> parse() {
        while (at_ < text_.size()) {
            ++row_;
            std::vector<std::string> cells;
            if (const auto mistake = read_row(cells)) return *mistake;
            const bool blank = std::all_of(cells.begin(), cells.end(), [](const auto& cell) {
                return cell.find_first_not_of(" \t\r\n") == std::string::npos;
            });
            if (blank) continue;
            if (rows_.size() > most_rows) return wrong("has more than 10,000 rows");
            rows_.push_back({row_, std::move(cells)});
        }
        return std::move(rows_);
    }

private:
    std::optional<Error> read_row(std::vector<std::string>& cells) {
        while (true) {
            std::string cell;
            const bool quoted = at_ < text_.size() && text_[at_] == '"';
            if (const auto mistake = quoted ? read_quoted(cell) : read_plain(cell)) return mistake;
            if (cell.size() > largest_cell)
                return wrong("holds more than 4,000 bytes in a cell", row_);
            cells.push_back(std::move(cell));
            if (cells.size() > most_columns) return wrong("has more than 64 columns", row_);
            if (at_ >= text_.size()) return std::nullopt;
            const char next = text_[at_++];
            if (next == separator_) continue;
            if (next == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
            return std::nullopt;
        }
    }

    bool at_end_of_cell() const {
        return at_ >= text_.size() || text_[at_] == separator_ || ends_line(text_[at_]);
    }

    std::optional<Error> read_plain(std::string& cell) {
        while (!at_end_of_cell()) {
            if (text_[at_] == '"') {
                return wrong(
                    "has a quotation mark inside a cell that does not begin with one: "
                    "write it twice, and the cell in quotation marks",
                    row_);
            }
            cell += text_[at_++];
        }
        return std::nullopt;
    }

    std::optional<Error> read_quoted(std::string& cell) {
        ++at_;
        while (true) {
            if (at_ >= text_.size()) {
                return wrong("begins a cell with a quotation mark that is never closed", row_);
            }
            if (text_[at_] != '"') {
                cell += text_[at_++];
                continue;
            }
            ++at_;
            if (at_ >= text_.size() || text_[at_] != '"') break;
            cell += '"';
            ++at_;
        }
        if (at_end_of_cell()) return std::nullopt;
        return wrong("has text after the quotation mark that closes a cell", row_);
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    int row_ = 0;
    std::vector<SheetRow> rows_;
};

}  // namespace

Result<std::vector<SheetRow>> parse(std::string_view bytes) {
    if (const auto mistake = mistake_in_bytes(bytes)) return *mistake;
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    const auto said = take_separator_line(bytes);
    return Parser(bytes, said ? *said : separator_of(bytes)).parse();
}

}  // namespace stageclock::csv

namespace stageclock {

Result<Sheet> load_sheet(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error{Code::not_found, "there is no such file, or it cannot be read", file};
    std::string bytes(csv::largest_file + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (in.bad()) return Error{Code::not_found, "cannot be read", file};
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    auto rows = csv::parse(bytes);
    if (!rows) {
        const std::string& row = rows.error().where;
        return Error{rows.error().code, rows.error().what, file + (row.empty() ? "" : ": " + row)};
    }
    if (rows->empty()) return Error{Code::invalid_input, "is empty", file};
    Sheet sheet;
    sheet.header = std::move(rows->front());
    sheet.rows.assign(std::make_move_iterator(rows->begin() + 1),
                      std::make_move_iterator(rows->end()));
    return sheet;
}

}  // namespace stageclock
