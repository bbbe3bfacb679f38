// SPDX-License-Identifier: MIT
#include "bot/core/files.h"

#include <algorithm>
#include <array>

#include "bot/core/directory.h"

namespace stageclock {
namespace {

constexpr std::size_t longest_name = 100;   // characters
constexpr std::size_t longest_ending = 10;  // with its dot

constexpr std::array<std::string_view, 17> taken_endings{
    "pdf", "doc", "docx", "odt", "rtf",  "txt",  "csv", "xls", "xlsx",
    "png", "jpg", "jpeg", "gif", "heic", "heif", "eml", "ics"};

// Of files whose name has no ending.
constexpr std::array<std::string_view, 17> taken_types{
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "application/rtf",
    "text/rtf",
    "text/plain",
    "text/csv",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/heic",
    "image/heif",
    "message/rfc822",
    "text/calendar"};

// Whatever the name says. Not zip: some programs call a docx that.
constexpr std::array<std::string_view, 11> refused_types{
    "msdownload",   "msdos-program", "dosexec", "portable-executable",
    "x-executable", "javascript",    "x-sh",    "java-archive",
    "macroenabled", "text/html",     "svg"};

bool has(const auto& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// What stands after the last dot, lower case; empty: there is no ending.
std::string ending_of(std::string_view name) {
    const auto dot = name.rfind('.');
    const bool none = dot == name.npos || dot == 0 || dot + 1 == name.size();
    return none ? "" : folded(name.substr(dot + 1));
}

// Longer than any ending, or with a space in it: "Minutes of 3. May" has none.
bool is_ending(std::string_view text) {
    return !text.empty() && text.size() < longest_ending && text.find(' ') == text.npos;
}

std::string why_not(const KeptFile& file) {
    constexpr const char* type_not_taken = "this type is not taken";
    const auto type = folded(file.content_type);
    const bool refused = std::ranges::any_of(
        refused_types, [&](std::string_view part) { return type.find(part) != type.npos; });
    if (refused) return type_not_taken;
    const auto ending = ending_of(file.name);
    const bool taken =
        is_ending(ending) ? has(taken_endings, ending) : has(taken_types, std::string_view(type));
    // A mail within the mail is called by its subject, which may have dots in it.
    const bool mail = type == "message/rfc822" && file.sha256.empty();
    if (!taken && !mail) return type_not_taken;
    if (file.size > largest_file) return "it is larger than " + size_in_words(largest_file);
    return "";
}

struct Character {
    std::uint32_t code = 0;
    std::size_t bytes = 1;
};

// A byte that begins no character is one without a code.
Character first_of(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t bytes = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0x80) return {lead, 1};
    if (bytes == 1 || bytes > text.size()) return {0, 1};
    std::uint32_t code = lead & (0x7Fu >> bytes);
    for (std::size_t i = 1; i < bytes; ++i)
        code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    return {code, bytes};
}

// Controls, line separators, marks of direction and characters without a width.
bool is_hidden(std::uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || code == 0x61C ||
           (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

std::size_t length_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

std::string first_characters(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; count > 0 && at < text.size(); --count) at += first_of(text.substr(at)).bytes;
    return std::string(text.substr(0, at));
}

}  // namespace

SortedFiles sort_files(const std::vector<KeptFile>& offered) {
    SortedFiles sorted;
    for (KeptFile file : offered) {
        file.name = clean_file_name(file.name);
        auto why = why_not(file);
        if (why.empty() && sorted.kept.size() == most_files)
            why = "only " + std::to_string(most_files) + " are taken of one mail";
        if (why.empty()) {
            sorted.kept.push_back(std::move(file));
        } else {
            sorted.left_out.push_back({std::move(file.name), std::move(why)});
        }
    }
    return sorted;
}

std::string clean_file_name(std::string_view name) {
    const auto slash = name.find_last_of("/\\");
    if (slash != name.npos) name.remove_prefix(slash + 1);
    std::string clean;
    while (!name.empty()) {
        const auto character = first_of(name);
        if (!is_hidden(character.code)) clean += name.substr(0, character.bytes);
        name.remove_prefix(character.bytes);
    }
    // Windows drops dots and spaces at the end: "setup.exe." is a program there.
    const auto end = clean.find_last_not_of(". ");
    clean.erase(end == clean.npos ? 0 : end + 1);
    clean.erase(0, std::min(clean.find_first_not_of(' '), clean.size()));
    if (clean.empty()) return "unnamed";
    if (length_of(clean) <= longest_name) return clean;
    const auto ending = ending_of(clean);
    if (!is_ending(ending)) return first_characters(clean, longest_name);
    const std::string kept = clean.substr(clean.rfind('.'));
    return first_characters(clean, longest_name - length_of(kept)) + kept;
}

std::string size_in_words(std::uint64_t bytes) {
    constexpr std::uint64_t kilo = 1024;
    const std::uint64_t units = (bytes + kilo - 1) / kilo;
    if (units < kilo) return std::to_string(units) + " KB";
    const std::uint64_t tenths = (units * 10 + kilo - 1) / kilo;
    const auto rest = tenths % 10;
    return std::to_string(tenths / 10) + (rest > 0 ? "." + std::to_string(rest) : "") + " MB";
}

std::vector<std::string> to_lines(const SortedFiles& files) {
    std::vector<std::string> lines;
    std::string kept;
    for (const KeptFile& file : files.kept) {
        kept += kept.empty() ? "Files kept: " : ", ";
        kept += file.name;
        if (file.size > 0) kept += " (" + size_in_words(file.size) + ")";
    }
    if (!kept.empty()) lines.push_back(std::move(kept));
    for (const LeftOutFile& file : files.left_out) {
        lines.push_back("Not kept with the case: " + file.name + " (" + file.why +
                        "). The mail itself is kept.");
    }
    return lines;
}

}  // namespace stageclock
