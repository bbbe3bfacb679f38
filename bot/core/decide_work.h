// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/core/decide.h"
#include "bot/core/recipients.h"

// The inside of decide(): a case on the bench, and what has been decided about it so far.
namespace stageclock::deciding {

struct Work {
    Case the_case;
    const Rules& rules;
    Instant now;
    std::vector<Event> events;
    std::vector<Notice> notices;
    std::vector<std::string> cancelled;
    std::vector<Recipient> informed = {};  // people new to the case
};

// Adds an event and applies it.
void emit(Work& work, Event event);

// What a set of notices has in common. `deadline` is copied into each.
struct Wording {
    std::string rule;
    NoticeKind kind{};
    Reason reason{};
    int occurrence = 0;
    Instant scheduled;
    std::string stage;  // empty: the case's present stage
    std::string title;
    std::string ask;
    const Deadline* deadline = nullptr;
    std::string form;
    std::vector<std::string> clauses;
    std::vector<std::string> missing;
};

// A notice for each of these people, by mail and, for reminders and prompts, by the chat their
// post names. A person already told the same thing at the same moment is not told twice. Gives how
// many were told.
int tell(Work& work, const std::vector<Recipient>& people, const Wording& wording);

// Makes roles nobody is known for into work for somebody: the board's inbox, and the people who
// can name them (NSOM-21, R-17). Does nothing when `missing` is empty.
void tell_of_missing(Work& work, const std::vector<std::string>& missing, Instant scheduled,
                     int occurrence, const std::vector<std::string>& clauses);

// Records that the first notices of a rule went out, which may start duties (sent:ID).
void record_sent(Work& work, const std::string& rule, Occasion occasion, int told, Reason reason,
                 const std::vector<std::string>& clauses);
// Of these people, those on a side the case has brought in: the others are told nothing yet.
std::vector<Recipient> brought_in(const Work& work, std::vector<Recipient> people);
// The first notice of a duty to some of those who owe it. Gives how many were told.
int tell_of_duty(Work& work, const Duty& duty, const DutyRun& run,
                 const std::vector<Recipient>& people);
// What a stage asks, and by when, to these people.
void tell_stage(Work& work, const Stage& stage, const std::vector<Recipient>& people,
                NoticeKind kind, Reason reason);
// A copy of the policy, to these people. Gives how many were told.
int tell_copy_to(Work& work, const Copy& copy, const std::vector<Recipient>& people);
// A message did not arrive: those who stand in, and the board.
void tell_of_unreached(Work& work, const Event& event);
// Tells whoever is to be told of an event.
void tell_of(Work& work, const Event& event);

// Draws the consequences of everything that happened and is not settled yet.
void settle(Work& work);
// Deals with every occasion of every running duty up to now. True when something happened that
// needs settling.
bool run_clocks(Work& work);
// The next instant at which run_clocks would do something.
std::optional<Instant> next_occasion(const Work& work);

// What the end of a duty brings with it: a stage entered, the case closed.
void bring_about(Work& work, const Duty& duty, Instant at, const std::string& stage,
                 const std::optional<bool>& closes);
// True when an event is what a rule means by `word`. `stage` is the rule's own.
bool means(const Work& work, const Event& event, std::string_view word, const std::string& stage);
// What a duty asks, with the part of its form it asks for.
std::string ask_of(const Work& work, const Duty& duty);
// True when the stage was come into from outside: moving on to its next step is not entering it
// again.
bool enters(const Work& work, const Event& event, const std::string& stage);
// The term that counts at the case's present urgency.
Term term_in_force(const Case& the_case, const Duty& duty, const Policy& policy);
// A duty that limits a stage: it can be met by escalating.
bool limits_stage(const Duty& duty);
// The people who owe a duty now. A duty that names nobody is owed by the actors of its stage and of
// every stage from the present one up to it (S-1: the due times hold although nobody escalated).
Filled owing(const Work& work, const Duty& duty);
// How often the duty began before this run: part of a notice's occurrence, so that a second run's
// reminders are new ones.
int occurrence_of(const Case& the_case, const DutyRun& run, int number);

}  // namespace stageclock::deciding
