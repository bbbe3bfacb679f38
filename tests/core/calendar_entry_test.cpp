// SPDX-License-Identifier: MIT
#include "bot/core/calendar_entry.h"

#include <memory>

#include <doctest/doctest.h>
#include <libical/ical.h>

#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

CalendarEntry entry_until(Instant deadline) {
    return {.uid = "NSSB-2026-0007-limit-2-20261218T090000Z@stageclock.example.org",
            .sequence = 12,
            .stamp = utc("2026-12-18T09:30:00Z"),
            .deadline = deadline,
            .summary = "NSSB-2026-0007: Resolve at stage 2, or escalate",
            .description = "North Somerset Safeguarding Board",
            .url = "https://stageclock.example.org/cases/NSSB-2026-0007"};
}

std::string written(CalendarEntry entry, CalendarMethod method = CalendarMethod::publish,
                    const Zone& zone = london()) {
    return to_ical({.method = method,
                    .name = {},
                    .organiser = "stageclock@example.org",
                    .entries = {std::move(entry)}},
                   zone);
}

bool says(const std::string& ical, const std::string& line) {
    return ical.find("\r\n" + line + "\r\n") != std::string::npos;
}

// The file as libical, which is not ours, reads it.
class Parsed {
public:
    explicit Parsed(const std::string& ical) : root_(icalparser_parse_string(ical.c_str())) {
        REQUIRE(root_ != nullptr);
        icalrestriction_check(root_.get());
        CHECK(icalcomponent_count_errors(root_.get()) == 0);
    }
    icalcomponent* root() const { return root_.get(); }
    icalcomponent* event() const {
        return icalcomponent_get_first_component(root_.get(), ICAL_VEVENT_COMPONENT);
    }
    Instant time_of(icalproperty_kind kind) const {
        icalproperty* property = icalcomponent_get_first_property(event(), kind);
        REQUIRE(property != nullptr);
        const icaltimetype time = icalproperty_get_datetime_with_component(property, root_.get());
        return Instant(std::chrono::seconds(icaltime_as_timet_with_zone(time, time.zone)));
    }

private:
    struct Free {
        void operator()(icalcomponent* component) const { icalcomponent_free(component); }
    };
    std::unique_ptr<icalcomponent, Free> root_;
};

}  // namespace

TEST_CASE("a deadline is an event of half an hour that ends at it, on London's clock") {
    const std::string ical = written(entry_until(utc("2026-12-24T17:00:00Z")));
    CHECK(ical.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    CHECK(says(ical, "METHOD:PUBLISH"));
    CHECK(says(ical, "DTSTART;TZID=Europe/London:20261224T163000"));
    CHECK(says(ical, "DTEND;TZID=Europe/London:20261224T170000"));
    CHECK(says(ical, "SEQUENCE:12"));
    CHECK(says(ical, "DTSTAMP:20261218T093000Z"));
    CHECK(says(ical, "SUMMARY:NSSB-2026-0007: Resolve at stage 2\\, or escalate"));
    CHECK(says(ical, "STATUS:CONFIRMED"));
    CHECK(says(ical, "TRANSP:TRANSPARENT"));
    CHECK(says(ical, "BEGIN:VALARM"));
    CHECK(says(ical, "ORGANIZER:mailto:stageclock@example.org"));
    CHECK(ical.find("ATTENDEE") == std::string::npos);
}

TEST_CASE(
    "another program reads every deadline as the instant it is, in winter, summer and between") {
    for (const std::string when :
         {"2026-12-24T17:00:00Z", "2026-07-01T16:00:00Z", "2027-03-28T00:45:00Z",
          "2027-03-28T01:10:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z",
          "2026-10-25T01:00:00Z", "2026-10-25T02:10:00Z", "2038-07-01T16:00:00Z"}) {
        CAPTURE(when);
        const Parsed parsed(written(entry_until(utc(when))));
        CHECK(parsed.time_of(ICAL_DTEND_PROPERTY) == utc(when));
        CHECK(parsed.time_of(ICAL_DTSTART_PROPERTY) == utc(when) - std::chrono::minutes(30));
    }
}

TEST_CASE("a duty that has ended takes its entry away: same UID, higher SEQUENCE, no alarm") {
    CalendarEntry entry = entry_until(utc("2026-12-24T17:00:00Z"));
    const Parsed before(written(entry));
    entry.sequence = 13;
    const std::string ical = written(entry, CalendarMethod::cancel);
    CHECK(says(ical, "METHOD:CANCEL"));
    CHECK(says(ical, "STATUS:CANCELLED"));
    CHECK(ical.find("VALARM") == std::string::npos);
    const Parsed after(ical);
    CHECK(icalcomponent_get_method(after.root()) == ICAL_METHOD_CANCEL);
    CHECK(std::string(icalcomponent_get_uid(after.event())) ==
          icalcomponent_get_uid(before.event()));
    CHECK(icalcomponent_get_sequence(after.event()) > icalcomponent_get_sequence(before.event()));
}

TEST_CASE("a deadline beyond the known holidays is tentative") {
    CalendarEntry entry = entry_until(utc("2030-12-24T17:00:00Z"));
    entry.provisional = true;
    CHECK(says(written(entry), "STATUS:TENTATIVE"));
}

TEST_CASE("lines are folded before 76 octets, never within a character, and come back whole") {
    CalendarEntry entry = entry_until(utc("2026-12-24T17:00:00Z"));
    entry.summary = "Wójcik, Łęcka; \\ Llŷr\nمحمد ";
    for (int round = 0; round < 6; ++round) entry.summary += entry.summary;
    entry.summary += "end";
    const std::string ical = written(entry);
    std::size_t begin = 0;
    while (begin < ical.size()) {
        const std::size_t end = ical.find("\r\n", begin);
        REQUIRE(end != std::string::npos);
        CHECK(end - begin <= 75);
        CHECK((static_cast<unsigned char>(ical[begin]) & 0xC0U) != 0x80U);
        begin = end + 2;
    }
    const Parsed parsed(ical);
    CHECK(std::string(icalcomponent_get_summary(parsed.event())) == entry.summary);
}

TEST_CASE("nothing in an entry can begin a line of its own") {
    CalendarEntry entry = entry_until(utc("2026-12-24T17:00:00Z"));
    entry.summary = "a\r\nATTENDEE:mailto:x@example.org";
    entry.url = "https://example.org/\r\nATTACH:x";
    entry.uid = "u\nX:y";
    const std::string ical = written(entry);
    CHECK(ical.find("\nATTENDEE") == std::string::npos);
    CHECK(ical.find("\nATTACH") == std::string::npos);
    CHECK(ical.find("\nX:y") == std::string::npos);
    const std::string none =
        to_ical({CalendarMethod::publish, "", "x@example.org\r\nX:y", {}}, london());
    CHECK(none.find("X:y") == std::string::npos);
}

TEST_CASE("another zone than London's is written in UTC, and a subscribed calendar has a name") {
    const std::string ical = to_ical({.method = CalendarMethod::publish,
                                      .name = "Deadlines, all",
                                      .organiser = "a@example.org",
                                      .entries = {entry_until(utc("2026-07-01T16:00:00Z"))}},
                                     Zone::utc());
    CHECK(says(ical, "DTEND:20260701T160000Z"));
    CHECK(ical.find("VTIMEZONE") == std::string::npos);
    CHECK(says(ical, "X-WR-CALNAME:Deadlines\\, all"));
    const Parsed parsed(ical);
    CHECK(parsed.time_of(ICAL_DTEND_PROPERTY) == utc("2026-07-01T16:00:00Z"));
}
