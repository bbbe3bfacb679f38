// SPDX-License-Identifier: MIT
#include "tests/adapters/http/fake_desk.h"

#include <stdexcept>

#include "bot/ports/settings.h"
#include "tests/adapters/http/sample_case.h"

namespace stageclock {
namespace {

Zone london_zone() {
    const auto at = [](const char* text) { return *parse_rfc3339(text); };
    return Zone("Europe/London", {{at("2026-01-01T00:00:00Z"), std::chrono::hours(0), "GMT"},
                                  {at("2026-03-29T01:00:00Z"), std::chrono::hours(1), "BST"},
                                  {at("2026-10-25T01:00:00Z"), std::chrono::hours(0), "GMT"}});
}

Answer accepted(const std::string& ref) {
    Answer answer;
    answer.kind = Answer::Kind::accepted;
    answer.ref = ref;
    answer.stage = "1";
    answer.stage_title = "Discussion between practitioners";
    answer.deadlines.push_back({"resolve-1", "Resolve stage 1 or escalate",
                                *parse_rfc3339("2026-06-08T16:00:00Z"),
                                "Monday 8 June 2026 at 17:00"});
    answer.guards.emplace_back("If somebody is in immediate danger call 999.");
    return answer;
}

}  // namespace

FakeDesk::FakeDesk() : present(*parse_rfc3339("2026-06-09T08:05:00Z")), london(london_zone()) {
    camden = {"camden", "Camden Safeguarding Children Partnership", "CSCP", {"child"}, {}, {}};
    north = {"north-somerset", "North Somerset Safeguarding Board", "NSSB", {"child", "adult"}, {},
             {}};
    guard.id = "danger";
    guard.kind = GuardKind::signpost;
    guard.when = "raise";
    guard.text = "If somebody is in immediate danger call 999.";
    guard.clauses = {"CAMDEN-4"};
    views["CSCP-2026-0042"] = sample::overdue_case();
    views["CSCP-2026-0042"].guards.push_back(&guard);
    views["NSSB-2026-0007"] = sample::running_case();
    rows = sample::notices();
    messages[3] = sample::mail();
    messages[2] = "{\"type\":\"message\",\"text\":\"<b>Case CSCP-2026-0042</b>\"}";
}

Answer FakeDesk::submit(Update update) {
    const std::lock_guard lock(mutex_);
    if (throws) throw std::runtime_error("Robin Sample could not be stored");
    updates_.push_back(update);
    if (next) return *next;
    const std::string key = update.source + "\n" + update.id;
    const auto found = answers_.find(key);
    if (found != answers_.end()) {
        Answer answer = found->second.second;
        answer.kind = found->second.first == update.digest ? Answer::Kind::repeated
                                                           : Answer::Kind::conflict;
        return answer;
    }
    const std::string ref = update.kind == UpdateKind::raise
                                ? "CSCP-2026-" + std::to_string(1000 + answers_.size())
                                : update.ref;
    answers_[key] = {update.digest, accepted(ref)};
    return accepted(ref);
}

Result<CaseView> FakeDesk::look(const std::string& ref) {
    const auto found = views.find(ref);
    if (found == views.end()) return Error{Code::not_found, "no such case", ref};
    return found->second;
}

Result<std::vector<NoticeRow>> FakeDesk::case_notices(const std::string& ref) {
    std::vector<NoticeRow> found;
    for (const NoticeRow& row : rows) {
        if (row.notice.ref == ref) found.push_back(row);
    }
    return found;
}

Result<std::vector<CaseSummary>> FakeDesk::cases() {
    std::vector<CaseSummary> all;
    for (const auto& [ref, view] : views) {
        const Case& one = view.the_case;
        all.push_back({ref, one.board, one.stage, one.status, std::nullopt, one.raised});
    }
    return all;
}

Result<std::optional<NoticeRow>> FakeDesk::notice(std::int64_t id) {
    for (const NoticeRow& row : rows) {
        if (row.id == id) return std::optional<NoticeRow>(row);
    }
    return std::optional<NoticeRow>();
}

Result<std::string> FakeDesk::message(std::int64_t id) {
    const auto found = messages.find(id);
    return found == messages.end() ? std::string() : found->second;
}

Result<std::vector<SetAside>> FakeDesk::set_asides() { return refusals(); }

void FakeDesk::note_refusal(const std::string& source, const std::string& id,
                            const std::string& why) {
    const std::lock_guard lock(mutex_);
    refusals_.push_back({source, id, why, "", present});
}

Answer FakeDesk::migrate(const std::string& ref, const std::string& reason) {
    Answer answer;
    answer.kind = reason.empty() ? Answer::Kind::refused : Answer::Kind::accepted;
    if (reason.empty()) {
        answer.refusal = Refusal{Refused::missing_field, "/data/text", "Say why.", {}};
    }
    answer.ref = ref;
    return answer;
}

Result<Instant> FakeDesk::forward(const std::string& by) {
    if (!movable) return Error{Code::refused, "The clock of a live daemon cannot be moved.", "by"};
    if (by != "5 working days") {
        return Error{Code::invalid_input, "Write a length such as \"5 working days\".", "by"};
    }
    present = present.load() + std::chrono::days(7);
    return present.load();
}

Done FakeDesk::ready() {
    if (!is_ready) return Error{Code::unavailable, "the disk is full", ""};
    return done();
}

std::vector<Update> FakeDesk::updates() const {
    const std::lock_guard lock(mutex_);
    return updates_;
}

std::vector<SetAside> FakeDesk::refusals() const {
    const std::lock_guard lock(mutex_);
    return refusals_;
}

Settings front_settings() {
    Settings settings;
    settings.listen = "127.0.0.1:0";
    settings.sandbox = true;
    settings.sources = {{"cms", cms_bearer, cms_secret, {}},
                        {"north", north_bearer, "", {"north-somerset"}}};
    settings.tokens = {{"desk", "operator", operator_token, {}},
                       {"officers", "officer-desk", officer_token, {}},
                       {"statistics", "reader", reader_token, {}},
                       {"north", "operator", north_token, {"north-somerset"}}};
    return settings;
}

}  // namespace stageclock
