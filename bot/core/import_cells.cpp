// SPDX-License-Identifier: MIT
//
// What a single cell may say. Nothing here repeats a cell in an error.
#include <algorithm>
#include <charconv>

#include "bot/core/import_parts.h"
#include "bot/core/nearest.h"

namespace stageclock {
namespace importing {
namespace {

constexpr std::size_t longest_text = 300;  // bytes
constexpr std::size_t most_parts = 20;

using Found = std::optional<CellProblem>;

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "\"" : ", \"") + word + "\"";
    return text;
}

// The word of `permitted` a part means, letter case and hyphens aside.
std::string word_among(const std::string& part, const std::vector<std::string>& permitted) {
    for (const std::string& word : permitted) {
        if (plain(word) == plain(part)) return word;
    }
    return {};
}

CellProblem unknown(const char* what, const std::string& part,
                    const std::vector<std::string>& permitted) {
    const std::string near = nearest(plain(part), permitted);
    return {what, near.empty()
                      ? "Permitted: " + listed(permitted) + "."
                      : "Did you mean \"" + near + "\"? Permitted: " + listed(permitted) + "."};
}

Found take_words(const std::string& cell, const std::vector<std::string>& permitted,
                 const char* what, std::vector<std::string>& into) {
    std::vector<std::string> words;
    for (const std::string& part : parts_of(cell, true)) {
        const std::string word = word_among(part, permitted);
        if (word.empty()) return unknown(what, part, permitted);
        words.push_back(word);
    }
    into = std::move(words);
    return std::nullopt;
}

Found take_text(const std::string& cell, std::string& into) {
    const std::string text = empties(cell) ? "" : tidied(cell);
    if (text.size() > longest_text) return CellProblem{"is longer than 300 characters", ""};
    const bool control = std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (control) return CellProblem{"holds a character that cannot be printed", ""};
    into = text;
    return std::nullopt;
}

Found take_title(const std::string& cell, std::string& into) {
    if (empties(cell)) return CellProblem{"cannot be emptied", "Every post has a title."};
    return take_text(cell, into);
}

// "4.47701E+11": the spreadsheet took the number for a quantity.
bool is_shortened(const std::string& text) {
    const std::size_t e = text.find("E+");
    return e != std::string::npos && e > 0 &&
           text.find_first_not_of("0123456789.E+") == std::string::npos;
}

Found take_phone(const std::string& cell, std::string& into) {
    if (is_shortened(tidied(cell))) {
        return CellProblem{"was shortened by the spreadsheet",
                           "Make the column's format \"text\" and type the number again."};
    }
    return take_text(cell, into);
}

const CellProblem no_address{"is not an email address",
                             "Permitted: one address, such as name@example.org."};

Found take_address(const std::string& cell, std::string& into) {
    const std::string text = empties(cell) ? "" : tidied(cell);
    if (!text.empty() && !is_address(text)) return no_address;
    into = text;
    return std::nullopt;
}

Found take_addresses(const std::string& cell, std::vector<std::string>& into) {
    const auto parts = parts_of(cell, true);
    if (!std::all_of(parts.begin(), parts.end(), is_address)) return no_address;
    into = parts;
    return std::nullopt;
}

Found take_channels(const std::string& cell, const ImportRules& rules,
                    std::vector<std::string>& into) {
    std::vector<std::string> permitted = rules.chats;
    if (std::find(permitted.begin(), permitted.end(), "mail") == permitted.end()) {
        permitted.insert(permitted.begin(), "mail");
    }
    std::vector<std::string> channels;
    for (const std::string& part : parts_of(cell, true)) {
        const bool mail = plain(part) == "email" || plain(part) == "e mail";
        const std::string word = mail ? "mail" : word_among(part, permitted);
        if (word.empty()) return unknown("names no channel of the settings", part, permitted);
        channels.push_back(word);
    }
    into = std::move(channels);
    return std::nullopt;
}

// As parse_hours() wants it: small letters, days with a capital one, a plain hyphen.
std::string hours_text(const std::string& part) {
    constexpr std::string_view en_dash = "\xE2\x80\x93";
    std::string text = folded(part);
    for (std::size_t at = 0; (at = text.find(en_dash)) != std::string::npos;) {
        text.replace(at, en_dash.size(), "-");
    }
    for (std::size_t at = 0; (at = text.find(" - ")) != std::string::npos;)
        text.replace(at, 3, "-");
    for (const char* day :
         {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
        for (std::size_t at = 0; (at = text.find(day, at)) != std::string::npos; ++at) {
            text[at] = static_cast<char>(text[at] - 'a' + 'A');
        }
    }
    return text;
}

Found take_window(const std::string& cell, std::vector<Hours>& into) {
    std::vector<Hours> window;
    for (const std::string& part : parts_of(cell, true)) {
        const auto hours = parse_hours(hours_text(part));
        if (!hours) {
            return CellProblem{"are no hours",
                               "Permitted: such as \"working days 08:00-18:00\" or \"Monday to "
                               "Friday 09:00-17:00; Saturday 10:00-12:00\"."};
        }
        window.push_back(*hours);
    }
    into = std::move(window);
    return std::nullopt;
}

Found take_subject(const std::string& cell, std::vector<std::string>& into) {
    std::vector<std::string> words;
    const Found wrong =
        take_words(cell, {"child", "children", "adult", "adults", "both"}, "is no subject", words);
    if (wrong) return CellProblem{wrong->what, "Permitted: \"child\", \"adult\", \"both\"."};
    const auto names = [&](const char* one, const char* many) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
            return word == one || word == many || word == "both";
        });
    };
    const bool child = names("child", "children");
    const bool adult = names("adult", "adults");
    into.clear();  // both: no limit
    if (child && !adult) into = {"child"};
    if (adult && !child) into = {"adult"};
    return std::nullopt;
}

Found take_area(const std::string& cell, const Policy& policy, std::vector<std::string>& into) {
    if (policy.areas.empty() && !empties(cell)) {
        return CellProblem{"the policy of this board has no areas", "Leave the cell empty."};
    }
    std::vector<std::string> areas;
    for (const std::string& part : parts_of(cell, true)) {
        const auto found =
            std::find_if(policy.areas.begin(), policy.areas.end(), [&](const Area& area) {
                return plain(area.id) == plain(part) || plain(area.title) == plain(part);
            });
        if (found == policy.areas.end()) {
            std::vector<std::string> ids;
            for (const Area& area : policy.areas) ids.push_back(area.id);
            return unknown("is no area of the policy", part, ids);
        }
        areas.push_back(found->id);
    }
    into = std::move(areas);
    return std::nullopt;
}

Found take_case_status(const std::string& cell, const Policy& policy,
                       std::vector<std::string>& into) {
    if (!policy.case_status.empty()) {
        return take_words(cell, policy.case_status, "is no case status of the policy", into);
    }
    into = parts_of(cell, true);
    return std::nullopt;
}

// Up to four digits; -1 for anything else.
int number(std::string_view text) {
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && !text.empty() && text.size() <= 4 && text.front() != '-' ? value : -1;
}

// "24/12/2026", day first, or "2026-12-24".
std::optional<Date> date_in(const std::string& text) {
    if (const auto date = parse_date(text)) return date;
    const std::size_t first = text.find('/');
    const std::size_t second = first == std::string::npos ? first : text.find('/', first + 1);
    if (second == std::string::npos || text.size() - second != 5) return std::nullopt;
    const int day = number(std::string_view(text).substr(0, first));
    const int month = number(std::string_view(text).substr(first + 1, second - first - 1));
    const int year = number(std::string_view(text).substr(second + 1));
    if (day < 1 || day > 31 || month < 1 || month > 12 || year < 1000) return std::nullopt;
    const std::chrono::year_month_day whole{std::chrono::year(year),
                                            std::chrono::month(static_cast<unsigned>(month)),
                                            std::chrono::day(static_cast<unsigned>(day))};
    if (!whole.ok()) return std::nullopt;
    return Date(std::chrono::local_days(whole));
}

}  // namespace

bool empties(const std::string& cell) { return tidied(cell) == "-"; }

std::vector<std::string> parts_of(std::string_view cell, bool by_comma) {
    std::vector<std::string> parts;
    if (empties(std::string(cell))) return parts;
    std::string part;
    const auto finish = [&] {
        const std::string text = tidied(part);
        if (!text.empty()) parts.push_back(text);
        part.clear();
    };
    for (const char c : cell) {
        if (c == ';' || c == '\n' || c == '\r' || (by_comma && c == ',')) {
            finish();
        } else {
            part += c;
        }
    }
    finish();
    return parts;
}

std::optional<CellProblem> take_cell(Column column, const std::string& cell,
                                     const ImportRules& rules, Post& post) {
    if (parts_of(cell, true).size() > most_parts) return CellProblem{"has more than 20 parts", ""};
    switch (column) {
        case Column::title: return take_title(cell, post.title);
        case Column::holder: return take_text(cell, post.holder);
        case Column::address: return take_address(cell, post.address);
        case Column::more_addresses: return take_addresses(cell, post.more_addresses);
        case Column::phone: return take_phone(cell, post.phone);
        case Column::channels: return take_channels(cell, rules, post.channels);
        case Column::window: return take_window(cell, post.window);
        case Column::unit: post.unit = parts_of(cell, false); return std::nullopt;
        case Column::case_status: return take_case_status(cell, rules.policy, post.case_status);
        case Column::subject: return take_subject(cell, post.subject);
        case Column::area: return take_area(cell, rules.policy, post.area);
        default: return std::nullopt;
    }
}

std::optional<AbsenceProblem> take_absence(const std::string& from, const std::string& to,
                                           Post& post) {
    const std::string first = tidied(from);
    const std::string last = tidied(to);
    if (first.empty() && last.empty()) return std::nullopt;
    if ((first == "-" || first.empty()) && (last == "-" || last.empty())) {
        post.absent.clear();
        return std::nullopt;
    }
    const CellProblem no_day{"is no day", "Permitted: such as 24/12/2026 or 2026-12-24."};
    const auto begins = date_in(first);
    const auto ends = date_in(last);
    if (first.empty() || last.empty()) {
        return AbsenceProblem{first.empty() ? Column::away_from : Column::away_to,
                              {"is empty", "Give the first and the last day, or neither."}};
    }
    if (!begins) return AbsenceProblem{Column::away_from, no_day};
    if (!ends) return AbsenceProblem{Column::away_to, no_day};
    if (*ends < *begins) {
        return AbsenceProblem{Column::away_to, {"lies before the first day away", ""}};
    }
    post.absent = {{*begins, *ends}};
    return std::nullopt;
}

}  // namespace importing

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
    return text;
}

}  // namespace

std::string value_of(const Post& post, Column column) {
    std::vector<std::string> parts;
    switch (column) {
        case Column::id: return post.id;
        case Column::agency: return post.agency;
        case Column::role: return post.role;
        case Column::title: return post.title;
        case Column::holder: return post.holder;
        case Column::address: return post.address;
        case Column::more_addresses: return joined(post.more_addresses);
        case Column::phone: return post.phone;
        case Column::channels: return joined(post.channels);
        case Column::window:
            for (const Hours& hours : post.window) parts.push_back(to_text(hours));
            return joined(parts);
        case Column::deputy: return post.deputy;
        case Column::away_from:
        case Column::away_to:
            for (const Absence& absence : post.absent) {
                parts.push_back(to_text(absence.from) + " to " + to_text(absence.to));
            }
            return joined(parts);
        case Column::unit: return joined(post.unit);
        case Column::case_status: return joined(post.case_status);
        case Column::subject: return joined(post.subject);
        case Column::area: return joined(post.area);
    }
    return {};
}

}  // namespace stageclock
