// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <stdexcept>

#include "bot/core/decide.h"
#include "tests/support/calendars.h"

// A policy small enough to read in one glance, for tests of the rules of decide() themselves:
// two agencies, three stages of "1 working week" or 24 hours when urgent.
namespace stageclock::testing {

inline Duty limit(const std::string& stage) {
    Duty duty;
    duty.id = "resolve-" + stage;
    duty.title = "Resolve stage " + stage + " or escalate";
    duty.ask = "Agree, or escalate.";
    duty.procedure = "main";
    duty.stage = stage;
    duty.starts = "stage-entered";
    duty.due = {Unit::working_weeks, 1};
    duty.by_priority = {{"urgent", {Unit::hours, 24}}};
    duty.met_by = {"resolved", "escalated"};
    duty.missed_tells_next = true;
    duty.clauses = {"SMALL-" + stage};
    return duty;
}

inline Stage stage(const std::string& id, const std::string& role) {
    Stage stage;
    stage.id = id;
    stage.procedure = "main";
    stage.title = "Stage " + id;
    stage.guidance = "Talk to each other.";
    stage.actors = {{Side::raising, role}, {Side::receiving, role}};
    stage.clauses = {"SMALL-S" + id};
    return stage;
}

struct Small {
    Policy policy;
    Board board;
    Directory directory;
    Calendar calendar = england_and_wales();

    Small() {
        policy.id = "small-1";
        policy.board = "small";
        policy.title = "A small policy";
        policy.version = "1";
        policy.procedures = {{.id = "main", .title = "Escalation"}};
        policy.stages = {stage("1", "practitioner"), stage("2", "line-manager"),
                         stage("3", "director")};
        policy.stages.back().last = true;
        policy.duties = {limit("1"), limit("2"), limit("3")};
        policy.remind = {{Unit::working_days, 1}};
        policy.remind_hours = {{Unit::hours, 4}};
        board = {"small", "Small Board", "SB", {"child"}, {"3"}, {"example.org"}};
        directory.version = "2026";
        directory.agencies = {{"housing", "Housing", {"Homes"}, "", {}},
                                 {"school", "School", {}, "school", {}}};
        for (const std::string agency : {"housing", "school"}) {
            add(agency, "line-manager");
            add(agency, "director");
        }
        Post inbox;
        inbox.id = "inbox";
        inbox.role = "inbox";
        inbox.title = "Board inbox";
        inbox.address = "inbox@board.example.org";
        inbox.audience = Audience::board;
        directory.posts.push_back(inbox);
    }

    void add(const std::string& agency, const std::string& role) {
        Post post;
        post.id = agency + "-" + role;
        post.agency = agency;
        post.role = role;
        post.title = role;
        post.address = role + "@" + agency + ".example.org";
        directory.posts.push_back(post);
    }

    Rules rules() const { return {policy, board, directory, calendar}; }
};

inline Update raise_update() {
    Update update;
    update.kind = UpdateKind::raise;
    update.board = "small";
    update.facts.subject_name = "Sam Sample";
    update.facts.summary = "They disagree.";
    update.facts.raising.agency = "Housing";
    update.facts.receiving.agency = "school";
    update.facts.contacts = {{Side::raising, "practitioner", "R", "r@housing.example.org", ""},
                             {Side::receiving, "practitioner", "C", "c@school.example.org", ""}};
    return update;
}

inline Update update_of(UpdateKind kind, const std::string& text = "As agreed.") {
    Update update;
    update.kind = kind;
    update.by.address = "r@housing.example.org";
    update.text = text;
    return update;
}

// A case under the small policy, moved by hand.
struct Bench {
    Small small;
    Case the_case;
    Decision last;

    Bench() { the_case.ref = "SB-2026-0001"; }

    // Applies an update at `now` (UTC text); the test fails when it is refused.
    const Decision& at(const std::string& now, const Update& update) {
        const Verdict verdict = accept(the_case, small.rules(), update, utc(now));
        if (verdict.refusal) throw std::runtime_error("refused: " + verdict.refusal->what);
        return settle(stageclock::apply(the_case, verdict.events), utc(now));
    }
    const Decision& look(const std::string& now) { return settle(the_case, utc(now)); }
    Refused refusal(const std::string& now, const Update& update) const {
        return accept(the_case, small.rules(), update, utc(now)).refusal.value().reason;
    }

    // How many of the last notices had this reason and went to this address.
    long told(Reason reason, const std::string& address) const {
        return std::count_if(last.notices.begin(), last.notices.end(), [&](const Notice& notice) {
            return notice.reason == reason && notice.to.address == address;
        });
    }

private:
    const Decision& settle(Case before, Instant now) {
        last = decide(std::move(before), small.rules(), now);
        the_case = last.after;
        return last;
    }
};

}  // namespace stageclock::testing
