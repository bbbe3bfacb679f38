// SPDX-License-Identifier: MIT
#include "tests/support/story.h"

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "tests/support/calendars.h"
#include "tests/support/golden.h"

namespace stageclock::testing {
namespace {

Contact practitioner(Side side) {
    return {side, "practitioner", side == Side::raising ? "Robin Raiser" : "Rowan Receiver",
            side == Side::raising ? "robin@raising.example.org" : "rowan@receiving.example.org",
            ""};
}

std::string clause_list(const std::vector<std::string>& clauses) {
    std::string text;
    for (const std::string& clause : clauses) text += (text.empty() ? "" : " ") + clause;
    return text.empty() ? "" : "  [" + text + "]";
}

std::string who(const Recipient& recipient) {
    std::string text = recipient.title.empty() ? recipient.role : recipient.title;
    if (recipient.side != Side::none) {
        text += ", " + std::string(to_text(recipient.side));
        if (recipient.side != Side::board) text += " (" + recipient.agency + ")";
    }
    return text;
}

BoardData load(const std::string& board, const Calendar& calendar) {
    const auto loaded =
        load_board({board, "policies/" + board, {"config/sandbox/" + board + ".toml"}}, {calendar});
    for (const Finding& finding : loaded.findings) FAIL_CHECK(to_text(finding));
    REQUIRE(loaded.findings.empty());
    return loaded.value;
}

}  // namespace

Story::Story(const std::string& board, std::string title)
    : board_id_(board), title_(std::move(title)), calendar_(england_and_wales()) {
    BoardData data = load(board, calendar_);
    board_ = std::move(data.board);
    policy_ = std::move(data.policy);
    directory_ = std::move(data.directory);
    case_.ref = board_.reference_prefix + "-2026-0001";
    line(title_ + "  (" + policy_.title + ")");
    line("");
}

Rules Story::rules() const { return {policy_, board_, directory_, calendar_}; }

// "2026-12-18 16:30", London.
Instant Story::instant(const std::string& when) const {
    const auto date = parse_date(when.substr(0, 10));
    const auto time = parse_time_of_day(when.substr(11));
    REQUIRE(date);
    REQUIRE(time);
    return calendar_.at(*date, *time);
}

std::string Story::clock_face(Instant instant) const {
    const LocalTime local = calendar_.zone().local(instant);
    const Date day = std::chrono::floor<std::chrono::days>(local);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - day);
    return std::string(weekday_short(day)) + " " + to_text(day) + " " + to_text(minutes);
}

Story& Story::at(const std::string& when) {
    const Instant to = instant(when);
    latest_.clear();
    while (next_ && *next_ <= to) {
        now_ = std::max(now_, *next_);
        settle({});
    }
    now_ = to;
    return *this;
}

void Story::settle(std::vector<Event> events) {
    Decision decision = decide(stageclock::apply(case_, events), rules(), now_);
    events.insert(events.end(), decision.events.begin(), decision.events.end());
    case_ = std::move(decision.after);
    next_ = decision.next;
    CHECK_MESSAGE((!next_ || *next_ > now_), "decide leaves something due behind");
    line(clock_face(now_));
    write_events(events);
    write_notices(decision.notices);
    for (Notice& notice : decision.notices) {
        notices_.push_back(notice);
        latest_.push_back(std::move(notice));
    }
}

void Story::write_events(const std::vector<Event>& events) {
    for (const Event& event : events) {
        if (event.kind == EventKind::settled || event.kind == EventKind::told ||
            event.kind == EventKind::informed) {
            continue;
        }
        std::string text = "    " + event.word();
        if (!event.rule.empty()) text += " " + event.rule;
        if (event.kind == EventKind::stage_entered || event.kind == EventKind::stage_skipped) {
            text += " " + event.stage;
        }
        if (const auto* told = std::get_if<Told>(&event.detail)) {
            text += ": no " + std::string(to_text(told->occasion)) + ", " +
                    std::string(to_text(told->reason));
        }
        if (event.kind == EventKind::duty_started) {
            for (const DutyRun& run : case_.duties) {
                if (run.duty != event.rule || run.started != event.at) continue;
                const Deadline its = deadline_of(case_, run, rules());
                text += its.due ? ", due " + clock_face(*its.due) : ", no deadline";
            }
        }
        if (event.name == "late") text += ", late";
        line(text + clause_list(event.clauses));
    }
}

void Story::write_notices(const std::vector<Notice>& notices) {
    for (const Notice& notice : notices) {
        std::string text = "      -> " + std::string(to_text(notice.kind)) + " " +
                           std::string(to_text(notice.reason)) + " to " + who(notice.to);
        if (notice.channel != "mail") text += " by " + notice.channel;
        if (notice.deadline) text += ", due " + clock_face(*notice.deadline);
        if (!notice.form.empty()) text += ", with " + notice.form;
        line(text);
        for (const std::string& missing : notice.missing)
            line("           nobody known: " + missing);
    }
}

void Story::take(Update update) {
    latest_.clear();
    refusal_.reset();
    if (update.by.address.empty()) {
        const Contact by = practitioner(update.by.side == Side::receiving ? Side::receiving
                                                                          : Side::raising);
        update.by = {by.side, "practitioner", by.name, by.address};
    }
    Verdict verdict = accept(case_, rules(), update, now_);
    if (verdict.refusal) {
        refusal_ = verdict.refusal;
        line(clock_face(now_));
        line("    refused " + std::string(to_text(refusal_->reason)) + " at " + refusal_->field);
        return;
    }
    settle(std::move(verdict.events));
}

Story& Story::raise(const Raise& raise) {
    Update update;
    update.kind = UpdateKind::raise;
    update.board = board_id_;
    if (!raise.happened.empty()) update.happened = instant(raise.happened);
    update.facts.procedure = raise.procedure;
    update.facts.subject_kind = raise.subject;
    update.facts.subject_name = "Sam Sample";
    update.facts.case_status = raise.case_status;
    update.facts.raising.agency = raise.raising;
    update.facts.receiving.agency = raise.receiving;
    update.facts.contacts = raise.contacts;
    update.facts.contacts.push_back(practitioner(Side::raising));
    update.facts.contacts.push_back(practitioner(Side::receiving));
    update.facts.summary = "They disagree about the next step.";
    update.facts.stage = raise.stage;
    update.facts.skip_reason = raise.skip_reason;
    update.facts.urgent = raise.urgent;
    take(std::move(update));
    return *this;
}

Story& Story::contact(Side side, const std::string& role, const std::string& address) {
    Update update;
    update.kind = UpdateKind::name_contact;
    update.contact = {side, role, "Casey Contact", address, ""};
    take(std::move(update));
    return *this;
}

Story& Story::escalate(const std::string& stage) {
    Update update;
    update.kind = UpdateKind::escalate;
    update.stage = stage;
    update.text = "We could not agree.";
    take(std::move(update));
    return *this;
}

Story& Story::resolve(const std::string& outcome) {
    return send(UpdateKind::resolve, Side::raising, outcome);
}

Story& Story::send(UpdateKind kind, Side by, const std::string& text) {
    Update update;
    update.kind = kind;
    update.by.side = by;
    update.text = text;
    take(std::move(update));
    return *this;
}

Story& Story::report(const std::string& event, Side by) {
    Update update;
    update.kind = UpdateKind::report_event;
    update.by.side = by;
    update.event = event;
    take(std::move(update));
    return *this;
}

Story& Story::tag(const std::string& tag) {
    Update update;
    update.kind = UpdateKind::tag;
    update.tag = tag;
    take(std::move(update));
    return *this;
}

Story& Story::protect(const std::string& until) {
    Update update;
    update.kind = UpdateKind::set_deadline;
    update.deadline = instant(until);
    take(std::move(update));
    return *this;
}

const Refusal& Story::refusal() const {
    REQUIRE_MESSAGE(refusal_.has_value(), "the update was accepted");
    return *refusal_;
}

void Story::check_golden() const {
    std::string name = title_;
    for (char& letter : name) {
        if (letter == ' ') letter = '-';
    }
    testing::check_golden("tests/golden/" + board_id_ + "/" + name + ".txt", timeline_);
}

}  // namespace stageclock::testing
