// SPDX-License-Identifier: MIT
#include "bot/app/model_words.h"

#include <algorithm>
#include <array>

namespace stageclock::model_words {
namespace {

constexpr std::size_t longest_text = 4000;

std::string two_places(unsigned number, char fill) {
    const std::string digits = std::to_string(number);
    return digits.size() < 2 ? fill + digits : digits;
}

struct DayAndMonth {
    unsigned day;
    std::string_view month;
    int year;
};

DayAndMonth parts_of(Date date) {
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day ymd{date};
    return {static_cast<unsigned>(ymd.day()), months.at(static_cast<unsigned>(ymd.month()) - 1),
            static_cast<int>(ymd.year())};
}

// The last place at or before `at` where a UTF-8 character begins.
std::size_t character_start(std::string_view text, std::size_t at) {
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return at;
}

}  // namespace

std::string short_date(Date date) {
    const DayAndMonth parts = parts_of(date);
    return std::string(weekday_short(date)) + " " + two_places(parts.day, ' ') + " " +
           std::string(parts.month) + " " + std::to_string(parts.year);
}

std::string short_time(Instant instant, const Zone& zone) {
    const LocalTime local = zone.local(instant);
    const Date date = std::chrono::floor<std::chrono::days>(local);
    const DayAndMonth parts = parts_of(date);
    const auto time = std::chrono::floor<std::chrono::minutes>(local - LocalTime{date});
    return std::string(weekday_short(date)) + " " + std::to_string(parts.day) + " " +
           std::string(parts.month) + ", " + to_text(TimeOfDay{time});
}

std::string ordinal(int number) {
    constexpr std::array<std::string_view, 11> words{"",       "first", "second", "third",
                                                     "fourth", "fifth", "sixth",  "seventh",
                                                     "eighth", "ninth", "tenth"};
    if (number >= 1 && number <= 10) return std::string(words.at(static_cast<std::size_t>(number)));
    const int tens = number % 100;
    const bool teen = tens >= 11 && tens <= 13;
    const int last = teen ? 0 : number % 10;
    const std::string_view ending = last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
    return std::to_string(number) + std::string(ending);
}

std::string working_days(int count) {
    return std::to_string(count) + (count == 1 ? " working day" : " working days");
}

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
    std::string text;
    for (const std::string& item : items) {
        if (!text.empty()) text += separator;
        text += item;
    }
    return text;
}

Model lines(std::string_view text) {
    const bool cut = text.size() > longest_text;
    if (cut) text = text.substr(0, character_start(text, longest_text));
    Model::List list;
    std::string line;
    const auto finish = [&] {
        if (line.find_first_not_of(' ') != std::string::npos) list.emplace_back(line);
        line.clear();
    };
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') {
            finish();
        } else if (c == '\t') {
            line.push_back(' ');
        } else if (byte >= ' ' && byte != 0x7F) {
            line.push_back(c);
        }
    }
    finish();
    if (cut) list.emplace_back("[The text goes on: the case page shows all of it.]");
    return list;
}

Model texts(const std::vector<std::string>& items) {
    Model::List list;
    for (const std::string& item : items) {
        const Model split = lines(item);
        list.insert(list.end(), split.list()->begin(), split.list()->end());
    }
    return list;
}

std::string one_line(std::string_view text) {
    std::vector<std::string> parts;
    const Model split = lines(text);
    for (const Model& part : *split.list()) parts.push_back(*part.text());
    return joined(parts, " / ");
}

std::string encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (unreserved.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else if (c == '\n') {
            out += "%0D%0A";
        } else {
            out.push_back('%');
            out.push_back(digits[byte >> 4]);
            out.push_back(digits[byte & 15]);
        }
    }
    return out;
}

std::string mailto(std::string_view address, std::string_view subject, std::string_view body) {
    const std::size_t at = std::min(address.rfind('@'), address.size());
    std::string link = "mailto:" + encoded(address.substr(0, at));
    if (at < address.size()) link += "@" + encoded(address.substr(at + 1));
    return link + "?subject=" + encoded(subject) + "&body=" + encoded(body);
}

}  // namespace stageclock::model_words
