// SPDX-License-Identifier: MIT
#include "adapters/story/toml/rows.h"
#include "bot/core/form_layout.h"

namespace stageclock::story_toml {
namespace {

using toml_reader::Row;

const char* const time_forms =
    "Permitted: \"2026-12-23 09:00\" as London's clocks show it, or \"2026-12-23T09:00:00Z\".";

// "2026-12-23 09:00", with or without seconds.
std::optional<LocalTime> wall_clock(const std::string& text) {
    constexpr std::size_t day_length = 10, minute_length = 16, second_length = 19;
    if (text.size() != minute_length && text.size() != second_length) return std::nullopt;
    if (text[day_length] != ' ') return std::nullopt;
    // The reader of RFC 3339 knows every rule of a clock face: let it read this one as UTC.
    std::string as_utc = text;
    as_utc[day_length] = 'T';
    const auto read = parse_rfc3339(as_utc + (text.size() == minute_length ? ":00Z" : "Z"));
    if (!read) return std::nullopt;
    return LocalTime{read->time_since_epoch()};
}

// What may stand in `do`. The raise has a table of its own.
const std::vector<std::string> kinds{
    "acknowledge",  "discuss",       "escalate",     "resolve",         "withdraw",
    "mark-urgent",  "mark-standard", "set-priority", "set-deadline",    "agree-deadline",
    "name-contact", "unavailable",   "attest",       "confirm-outcome", "tag",
    "decide",       "reopen",        "report-event", "return-form",     "unreached"};

Member read_member(Row row) {
    return {
        .name = row.text("name"), .agency = row.required("agency"), .flags = row.texts("flags")};
}

// A message to `address` came back, was not taken, or its reader is away.
Unreached read_unreached(Row& row, const Zone& zone) {
    Unreached missed;
    missed.how = parse_unreached(row.choice("how", {"bounced", "refused", "away"}))
                     .value_or(Unreached::How::bounced);
    missed.address = row.required("address");
    missed.rule = row.text("rule");
    missed.until = read_time(row, "until", zone);
    return missed;
}

// A form that came back: what it says was agreed is in `text`.
FormReturn read_returned(Row& row) {
    FormReturn returned;
    returned.form = row.required("form");
    returned.part = row.text("part");
    const std::string outcome = row.text("text");
    if (!outcome.empty()) {
        returned.values = {{"outcome", outcome}};
        returned.used = {{std::string(to_text(FieldUse::outcome)), outcome}};
    }
    return returned;
}

UpdateKind read_kind(Row& row) {
    if (!row.has("do")) row.required("do");
    return parse_update_kind(row.choice("do", kinds)).value_or(UpdateKind::acknowledge);
}

}  // namespace

std::optional<Instant> read_time(Row& row, const char* key, const Zone& zone) {
    const std::string text = row.text(key);
    if (text.empty()) return std::nullopt;
    if (const auto instant = parse_rfc3339(text)) return instant;
    const auto local = wall_clock(text);
    if (!local) {
        row.wrong(key, "\"" + text + "\" is not a time", time_forms);
        return std::nullopt;
    }
    const Instant instant = zone.instant(*local);
    if (zone.local(instant) != *local) {
        row.wrong(key, "\"" + text + "\" does not exist: the clocks go forward past it",
                  "Permitted: a time that " + zone.name() + " shows on that day.");
    }
    return instant;
}

Actor speaker(Side side) {
    switch (side) {
        case Side::receiving:
            return {side, "practitioner", "", "practitioner@receiving.example.org"};
        case Side::board:
            return {side, "inbox", "", "officer@board.example.org"};
        default:
            return {Side::raising, "practitioner", "", "practitioner@raising.example.org"};
    }
}

Contact read_contact(Row& row) {
    Contact contact;
    contact.side = parse_side(row.choice("side", {"raising", "receiving"})).value_or(Side::raising);
    if (!row.has("side")) row.required("side");
    contact.role = row.required("role");
    contact.name = row.text("name");
    contact.address = row.text("address");
    contact.phone = row.text("phone");
    return contact;
}

Update read_update(Row& row, const Zone& zone) {
    Update update;
    if (!row.has("at")) row.required("at");
    update.received = read_time(row, "at", zone).value_or(Instant{});
    update.kind = read_kind(row);
    update.by = speaker(
        parse_side(row.choice("by", {"raising", "receiving", "board"})).value_or(Side::raising));
    update.by.address = row.text("address", update.by.address);
    update.happened = read_time(row, "happened", zone);
    update.stage = row.text("stage");
    update.text = row.text("text");
    update.event = row.text("event");
    update.tag = row.text("tag");
    update.mode = row.text("mode");
    update.deadline = read_time(row, "deadline", zone);
    update.duty = row.text("duty");
    update.priority = row.text("priority");
    for (const Row& member : row.rows("members", "member")) {
        update.members.push_back(read_member(member));
    }
    if (update.kind == UpdateKind::report_unreached) update.unreached = read_unreached(row, zone);
    if (update.kind == UpdateKind::return_form) {
        update.returned = read_returned(row);
        update.resolves = row.flag("resolves", false);
    }
    if (auto contact = row.table("contact", "contact")) update.contact = read_contact(*contact);
    return update;
}

}  // namespace stageclock::story_toml
