// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/core/directory_import.h"
#include "bot/core/result.h"

// Comma-separated values as RFC 4180 has them and spreadsheets write them: CRLF, LF or CR, commas,
// semicolons or tabs (whichever the first row has most of; Excel's line "sep=;" decides), UTF-8
// with or without a byte order mark.
namespace stageclock::csv {

constexpr std::size_t largest_file = 4 * 1024 * 1024;
constexpr std::size_t most_rows = 10'000;
constexpr std::size_t most_columns = 64;
constexpr std::size_t largest_cell = 4'000;  // bytes

// All rows that are not blank, with the numbers a spreadsheet shows beside them: blank rows count.
// The error says the row and what to do; it never quotes a cell.
Result<std::vector<SheetRow>> parse(std::string_view bytes);

}  // namespace stageclock::csv
