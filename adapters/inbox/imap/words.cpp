// SPDX-License-Identifier: MIT
#include "adapters/inbox/imap/words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stageclock::imap {
namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The number of exactly these digits; -1: they are none.
int digits(std::string_view text) {
    int number = 0;
    for (const char c : text) {
        if (!is_digit(c)) return -1;
        number = number * 10 + (c - '0');
    }
    return text.empty() ? -1 : number;
}

std::string two(unsigned number) {
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

}  // namespace

std::optional<std::string> folder_argument(std::string_view name) {
    if (name.empty() || name.size() > 500) return std::nullopt;
    std::string out = "\"";
    for (const char c : name) {
        if (c < ' ' || c > '~') return std::nullopt;
        if (c == '"' || c == '\\') out += '\\';
        out += c;
        if (c == '&') out += '-';
    }
    return out + '"';
}

std::optional<Instant> internal_date(std::string_view text) {
    namespace chrono = std::chrono;
    // dd-Mmm-yyyy hh:mm:ss +zzzz, the first digit of the day perhaps a space.
    if (text.size() != 26 || text[2] != '-' || text[6] != '-' || text[11] != ' ' ||
        text[14] != ':' || text[17] != ':' || text[20] != ' ') {
        return std::nullopt;
    }
    const int day = digits(text.substr(text[0] == ' ' ? 1 : 0, text[0] == ' ' ? 1 : 2));
    const auto month = std::find(months.begin(), months.end(), text.substr(3, 3));
    const int year = digits(text.substr(7, 4));
    const int hour = digits(text.substr(12, 2));
    const int minute = digits(text.substr(15, 2));
    const int second = digits(text.substr(18, 2));
    const int zone_hour = digits(text.substr(22, 2));
    const int zone_minute = digits(text.substr(24, 2));
    const bool sign = text[21] == '+' || text[21] == '-';
    if (month == months.end() || day < 1 || year < 0 || hour < 0 || minute < 0 || second < 0 ||
        hour > 23 || minute > 59 || second > 60 || zone_hour < 0 || zone_minute < 0 || !sign) {
        return std::nullopt;
    }
    const chrono::year_month_day date{chrono::year(year),
                                      chrono::month(unsigned(month - months.begin()) + 1),
                                      chrono::day(unsigned(day))};
    if (!date.ok()) return std::nullopt;
    const auto zone = chrono::hours(zone_hour) + chrono::minutes(zone_minute);
    return chrono::sys_days(date) + chrono::hours(hour) + chrono::minutes(minute) +
           chrono::seconds(second) - (text[21] == '+' ? zone : -zone);
}

std::string search_day_before(Instant instant) {
    namespace chrono = std::chrono;
    const chrono::year_month_day date(chrono::floor<chrono::days>(instant) - chrono::days(1));
    return two(unsigned(date.day())) + "-" + std::string(months[unsigned(date.month()) - 1]) + "-" +
           std::to_string(int(date.year()));
}

std::vector<std::uint32_t> found(const std::vector<Response>& responses) {
    std::vector<std::uint32_t> uids;
    for (const auto& response : responses) {
        if (response.word != "SEARCH") continue;
        for (const auto& value : response.values) {
            if (const auto uid = number_of(value.text)) uids.push_back(*uid);
        }
    }
    std::sort(uids.begin(), uids.end());
    uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
    return uids;
}

std::string uid_set(const std::vector<std::uint32_t>& uids) {
    std::string set;
    for (const auto uid : uids) set += (set.empty() ? "" : ",") + std::to_string(uid);
    return set;
}

std::optional<Fetched> fetched(Response&& response) {
    if (response.word != "FETCH" || response.values.empty()) return std::nullopt;
    auto& pairs = response.values.front();
    const auto* uid = item(pairs, "UID");
    const auto number = uid != nullptr ? number_of(uid->text) : std::nullopt;
    if (!number) return std::nullopt;
    Fetched out{*number, {}, {}, {}};
    if (const auto* size = item(pairs, "RFC822.SIZE")) {
        // 64 bits in newer servers: what does not fit is too large all the same.
        out.size = number_of(size->text).value_or(UINT32_MAX);
    }
    if (const auto* date = item(pairs, "INTERNALDATE")) out.arrived = internal_date(date->text);
    for (std::size_t i = 0; i + 1 < pairs.items.size(); i += 2) {
        if (!pairs.items[i].text.starts_with("BODY[]")) continue;
        if (pairs.items[i + 1].kind == Value::Kind::text)
            out.body = std::move(pairs.items[i + 1].text);
    }
    return out;
}

}  // namespace stageclock::imap
