// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/update.h"

// Which files of a mail are kept with a case. Nothing here looks into a file: it goes by what its
// sender calls it. Pure.
namespace stageclock {

constexpr std::uint64_t largest_file = 10 << 20;  // bytes
constexpr std::size_t most_files = 20;            // of one mail

struct LeftOutFile {
    std::string name;
    std::string why;  // "this type is not taken"
};

struct SortedFiles {
    std::vector<KeptFile> kept;
    std::vector<LeftOutFile> left_out;
};
// In the order they are given, with clean names. Taken are documents, tables, pictures, mails and
// calendar entries, by the ending of the name, and by the content type where a name has none; no
// programs, scripts, pages, archives or documents with macros.
SortedFiles sort_files(const std::vector<KeptFile>& offered);

// A name without a path, control characters or marks that turn the order of writing round; at most
// 100 characters, its ending kept. Bytes that are no UTF-8 are dropped. "unnamed": nothing is left.
std::string clean_file_name(std::string_view name);

// "120 KB", "2.4 MB": 1024 bytes are a KB, rounded up.
std::string size_in_words(std::uint64_t bytes);

// What the sender is told: "Files kept: report.pdf (120 KB)", and a line for each one left out.
// Holds names of files: for whoever sent them only.
std::vector<std::string> to_lines(const SortedFiles& files);

}  // namespace stageclock
