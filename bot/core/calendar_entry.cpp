// SPDX-License-Identifier: MIT
#include "bot/core/calendar_entry.h"

#include <algorithm>

namespace stageclock {
namespace {

constexpr std::chrono::minutes length{30};
constexpr const char* alarm = "-PT90M";   // before the event begins: two hours before the deadline
constexpr std::size_t longest_line = 75;  // octets, without the line break
constexpr const char* london = "Europe/London";

// Section 3.6.5. The clocks of London change on the last Sundays of March and October at 01:00 UTC;
// the rules hold since 1996, long before any case of ours.
constexpr const char* london_rules[] = {"BEGIN:VTIMEZONE",
                                        "TZID:Europe/London",
                                        "BEGIN:DAYLIGHT",
                                        "DTSTART:19960331T010000",
                                        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                                        "TZOFFSETFROM:+0000",
                                        "TZOFFSETTO:+0100",
                                        "TZNAME:BST",
                                        "END:DAYLIGHT",
                                        "BEGIN:STANDARD",
                                        "DTSTART:19961027T020000",
                                        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                                        "TZOFFSETFROM:+0100",
                                        "TZOFFSETTO:+0000",
                                        "TZNAME:GMT",
                                        "END:STANDARD",
                                        "END:VTIMEZONE"};

std::string digits(int number, std::size_t width) {
    const std::string text = std::to_string(number);
    return std::string(width - std::min(width, text.size()), '0') + text;
}

// "20261224T170000" (section 3.3.5).
template <class Seconds>
std::string date_time(Seconds time) {
    namespace chrono = std::chrono;
    const auto day = chrono::floor<chrono::days>(time);
    const chrono::year_month_day date{chrono::sys_days{day.time_since_epoch()}};
    const chrono::hh_mm_ss clock{time - day};
    return digits(static_cast<int>(date.year()), 4) +
           digits(static_cast<int>(static_cast<unsigned>(date.month())), 2) +
           digits(static_cast<int>(static_cast<unsigned>(date.day())), 2) + "T" +
           digits(static_cast<int>(clock.hours().count()), 2) +
           digits(static_cast<int>(clock.minutes().count()), 2) +
           digits(static_cast<int>(clock.seconds().count()), 2);
}

// A reading that comes twice means the first of both (section 3.3.5), but programs differ.
bool is_plain(Instant instant, const Zone& zone) {
    const std::chrono::hours step{1};
    const LocalTime reading = zone.local(instant);
    return zone.local(instant - step) != reading && zone.local(instant + step) != reading;
}

class Writer {
public:
    explicit Writer(const Zone& zone) : zone_(zone) {}

    void line(std::string_view text) { out_ += ical_line(text); }
    void text(const std::string& name, std::string_view value) {
        line(name + ":" + ical_text(value));
    }
    void entry(const CalendarEntry& entry, const CalendarFile& file);
    std::string taken() { return std::move(out_); }

private:
    void time(const std::string& name, Instant instant, bool local) {
        line(local ? name + ";TZID=" + london + ":" + date_time(zone_.local(instant))
                   : name + ":" + date_time(instant) + "Z");
    }

    const Zone& zone_;
    std::string out_;
};

// An address that could end its line, or its parameter, stands in no calendar.
bool is_plain_address(const std::string& address) {
    return !address.empty() && address.find('@') != std::string::npos &&
           std::all_of(address.begin(), address.end(), [](char c) {
               return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
           });
}

void Writer::entry(const CalendarEntry& entry, const CalendarFile& file) {
    const bool cancelled = file.method == CalendarMethod::cancel;
    const Instant begin = entry.deadline - length;
    const bool local =
        zone_.name() == london && is_plain(begin, zone_) && is_plain(entry.deadline, zone_);
    line("BEGIN:VEVENT");
    text("UID", entry.uid);
    line("SEQUENCE:" + std::to_string(entry.sequence));
    line("DTSTAMP:" + date_time(entry.stamp) + "Z");
    time("DTSTART", begin, local);
    time("DTEND", entry.deadline, local);
    text("SUMMARY", entry.summary);
    if (!entry.description.empty()) text("DESCRIPTION", entry.description);
    if (!entry.url.empty()) line("URL:" + entry.url);
    if (is_plain_address(file.organiser)) line("ORGANIZER:mailto:" + file.organiser);
    line("TRANSP:TRANSPARENT");
    line(cancelled           ? "STATUS:CANCELLED"
         : entry.provisional ? "STATUS:TENTATIVE"
                             : "STATUS:CONFIRMED");
    if (!cancelled) {
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line(std::string("TRIGGER:") + alarm);
        text("DESCRIPTION", entry.summary);
        line("END:VALARM");
    }
    line("END:VEVENT");
}

}  // namespace

std::string ical_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\\' || c == ';' || c == ',') {
            out.append(1, '\\').append(1, c);
        } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
            out += c;
        }
    }
    return out;
}

std::string ical_line(std::string_view line) {
    std::string out;
    std::string clean;
    for (const char c : line) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) clean += c;
    }
    std::string_view rest = clean;
    std::size_t room = longest_line;
    while (rest.size() > room) {
        std::size_t end = room;
        while (end > 1 && (static_cast<unsigned char>(rest[end]) & 0xC0U) == 0x80U) --end;
        out.append(rest.substr(0, end)).append("\r\n ");
        rest.remove_prefix(end);
        room = longest_line - 1;  // the space counts
    }
    return out.append(rest).append("\r\n");
}

std::string to_ical(const CalendarFile& file, const Zone& zone) {
    Writer writer(zone);
    writer.line("BEGIN:VCALENDAR");
    writer.line("VERSION:2.0");
    writer.line("PRODID:-//stageclock//deadlines//EN");
    writer.line("CALSCALE:GREGORIAN");
    writer.line(file.method == CalendarMethod::cancel ? "METHOD:CANCEL" : "METHOD:PUBLISH");
    if (!file.name.empty()) {
        // What programs go by; those of RFC 7986 are younger than many of them.
        writer.text("X-WR-CALNAME", file.name);
        writer.line("X-PUBLISHED-TTL:PT15M");
    }
    if (zone.name() == london) {
        for (const char* rule : london_rules) writer.line(rule);
    }
    for (const CalendarEntry& entry : file.entries) writer.entry(entry, file);
    writer.line("END:VCALENDAR");
    return writer.taken();
}

}  // namespace stageclock
