// SPDX-License-Identifier: MIT
#include <array>
#include <cctype>
#include <charconv>

#include "bot/core/reply_parts.h"

// Dates as people in the United Kingdom write them. Two-digit years, "yesterday" and a month in
// front of its day are not understood: they would have to be guessed.
namespace stageclock::reply {
namespace {

// A date in pieces: numbers, words, and the signs between them.
struct Piece {
    enum class Kind { number, word, sign } kind{};
    std::string text;
    int number = 0;
};

std::vector<Piece> pieces_of(std::string_view text) {
    std::vector<Piece> pieces;
    std::size_t at = 0;
    const auto is = [&](auto test) {
        return at < text.size() && test(static_cast<unsigned char>(text[at])) != 0;
    };
    while (at < text.size()) {
        Piece piece;
        const auto start = at;
        if (is([](int c) { return std::isdigit(c); })) {
            while (is([](int c) { return std::isdigit(c); })) ++at;
            piece.kind = Piece::Kind::number;
            const auto digits = text.substr(start, at - start);
            // No part of a date is that long.
            if (digits.size() > 4)
                piece.kind = Piece::Kind::word;
            else
                std::from_chars(digits.data(), digits.data() + digits.size(), piece.number);
        } else if (is([](int c) { return std::isalpha(c); })) {
            while (is([](int c) { return std::isalpha(c); })) ++at;
            piece.kind = Piece::Kind::word;
        } else {
            ++at;
            piece.kind = Piece::Kind::sign;
        }
        piece.text = folded(text.substr(start, at - start));
        if (piece.kind != Piece::Kind::sign || (piece.text != "" && piece.text != ","))
            pieces.push_back(piece);
    }
    return pieces;
}

// Takes pieces from the front; every `take` that fails leaves the place as it was.
class Reader {
public:
    explicit Reader(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}

    bool at_end() const { return at_ == pieces_.size(); }
    std::size_t size() const { return pieces_.size(); }
    std::size_t place() const { return at_; }
    void go_to(std::size_t place) { at_ = place; }

    std::optional<Piece> number() {
        if (at_end() || pieces_[at_].kind != Piece::Kind::number) return std::nullopt;
        return pieces_[at_++];
    }
    bool text(std::string_view wanted) {
        if (at_end() || pieces_[at_].text != wanted) return false;
        ++at_;
        return true;
    }
    // The place of the word, or of its first three letters or more, in the list; -1: not there.
    int word_of(const auto& list) {
        if (at_end() || pieces_[at_].text.size() < 3) return -1;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!list[i].starts_with(pieces_[at_].text)) continue;
            ++at_;
            return static_cast<int>(i);
        }
        return -1;
    }

private:
    std::vector<Piece> pieces_;
    std::size_t at_ = 0;
};

constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

std::optional<Date> real_day(int year, int month, int day) {
    const auto date = std::chrono::year(year) / month / day;
    if (year < 1900 || year > 2999 || !date.ok()) return std::nullopt;
    return Date(date);
}

// 2026-12-22
std::optional<Date> iso_date(Reader& reader) {
    const auto year = reader.number();
    if (!year || !reader.text("-")) return std::nullopt;
    const auto month = reader.number();
    if (!month || !reader.text("-")) return std::nullopt;
    const auto day = reader.number();
    return day ? real_day(year->number, month->number, day->number) : std::nullopt;
}

// 22/12/2026, 22.12.2026, 22-12-2026
std::optional<Date> day_first(Reader& reader) {
    const auto day = reader.number();
    for (const std::string_view sign : {"/", ".", "-"}) {
        if (!day || !reader.text(sign)) continue;
        const auto month = reader.number();
        if (!month || !reader.text(sign)) return std::nullopt;
        const auto year = reader.number();
        return year ? real_day(year->number, month->number, day->number) : std::nullopt;
    }
    return std::nullopt;
}

// 22 December 2026, 22nd of Dec 2026
std::optional<Date> day_in_words(Reader& reader) {
    const auto day = reader.number();
    if (!day) return std::nullopt;
    for (const std::string_view ending : {"st", "nd", "rd", "th"})
        if (reader.text(ending)) break;
    reader.text("of");
    const int month = reader.word_of(months);
    const auto year = reader.number();
    if (month < 0 || !year) return std::nullopt;
    return real_day(year->number, month + 1, day->number);
}

// January 4, 2027: no day stands in front, so nothing can be mistaken.
std::optional<Date> month_first(Reader& reader) {
    const int month = reader.word_of(months);
    const auto day = month < 0 ? std::nullopt : reader.number();
    if (!day) return std::nullopt;
    for (const std::string_view ending : {"st", "nd", "rd", "th"})
        if (reader.text(ending)) break;
    const auto year = reader.number();
    return year ? real_day(year->number, month + 1, day->number) : std::nullopt;
}

// 09/18/2026: no month is the eighteenth, so nothing can be mistaken here either.
std::optional<Date> month_number_first(Reader& reader) {
    const auto month = reader.number();
    if (!month || !reader.text("/")) return std::nullopt;
    const auto day = reader.number();
    if (!day || day->number <= 12 || !reader.text("/")) return std::nullopt;
    const auto year = reader.number();
    return year ? real_day(year->number, month->number, day->number) : std::nullopt;
}

// The next such day from `sent` on.
std::optional<Date> without_year(int month, int day, const Date& sent) {
    const std::chrono::year_month_day today(sent);
    for (const int more : {0, 1}) {
        const auto date = real_day(static_cast<int>(today.year()) + more, month, day);
        if (date && *date >= sent) return date;
    }
    return std::nullopt;
}

// 4 January, January 4th, 4/1, 4/1/27
std::optional<Date> short_date(Reader& reader, const Date& sent) {
    const auto start = reader.place();
    if (const int month = reader.word_of(months); month >= 0) {
        const auto day = reader.number();
        return day ? without_year(month + 1, day->number, sent) : std::nullopt;
    }
    reader.go_to(start);
    const auto day = reader.number();
    if (!day) return std::nullopt;
    for (const std::string_view sign : {"/", "."}) {
        if (!reader.text(sign)) continue;
        const auto month = reader.number();
        if (!month) return std::nullopt;
        const auto behind = reader.place();
        const auto year = reader.text(sign) ? reader.number() : std::nullopt;
        if (year && year->text.size() == 2)
            return real_day(2000 + year->number, month->number, day->number);
        reader.go_to(behind);
        return sign == "/" ? without_year(month->number, day->number, sent) : std::nullopt;
    }
    for (const std::string_view ending : {"st", "nd", "rd", "th"})
        if (reader.text(ending)) break;
    reader.text("of");
    const int month = reader.word_of(months);
    return month < 0 ? std::nullopt : without_year(month + 1, day->number, sent);
}

// 16:30, 4.30pm, 4 pm, 16:30:00
std::optional<TimeOfDay> time_of_day(Reader& reader) {
    const auto hour = reader.number();
    if (!hour) return std::nullopt;
    int minutes = 0;
    const bool with_minutes = reader.text(":") || reader.text(".");
    if (with_minutes) {
        const auto written = reader.number();
        if (!written || written->text.size() != 2 || written->number > 59) return std::nullopt;
        minutes = written->number;
        if (reader.text(":") && !reader.number()) return std::nullopt;
    }
    const bool pm = reader.text("pm");
    const bool am = !pm && reader.text("am");
    int hours = hour->number;
    if (pm || am) {
        if (hours < 1 || hours > 12) return std::nullopt;
        hours = hours % 12 + (pm ? 12 : 0);
    } else if (!with_minutes || hours > 23) {
        return std::nullopt;
    }
    return TimeOfDay(hours * 60 + minutes);
}

}  // namespace

Instant When::instant(const Zone& zone) const {
    return zone.instant(LocalTime(date) + time.value_or(TimeOfDay{0}));
}

std::optional<When> parse_when(std::string_view text) {
    Reader reader(pieces_of(tidied(text)));
    reader.word_of(weekdays);
    const auto start = reader.place();
    for (const auto form : {iso_date, day_first, day_in_words}) {
        reader.go_to(start);
        const auto date = form(reader);
        if (!date) continue;
        if (reader.at_end()) return When{*date, std::nullopt};
        if (!reader.text("at")) reader.text("t");
        const auto time = time_of_day(reader);
        if (!time || !reader.at_end()) return std::nullopt;
        return When{*date, time};
    }
    return std::nullopt;
}

std::optional<Date> date_within(std::string_view text, const std::optional<Date>& sent) {
    Reader reader(pieces_of(tidied(text)));
    for (std::size_t place = 0; place < reader.size(); ++place) {
        for (const auto form :
             {iso_date, day_first, day_in_words, month_first, month_number_first}) {
            reader.go_to(place);
            if (const auto date = form(reader)) return date;
        }
        reader.go_to(place);
        if (!sent) continue;
        if (const auto date = short_date(reader, *sent)) return date;
    }
    return std::nullopt;
}

}  // namespace stageclock::reply
