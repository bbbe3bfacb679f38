// SPDX-License-Identifier: MIT
//
// A message did not arrive, or its reader is away: whoever stands in gets what they would have got,
// and the board learns of it. The clock runs on.
#include <algorithm>

#include "bot/core/decide_work.h"

namespace stageclock::deciding {
namespace {

const Unreached* missed_by(const Event& event) { return std::get_if<Unreached>(&event.detail); }

bool is_boards_inbox(const Unreached& missed) {
    return missed.side == Side::board && missed.role == "inbox";
}

// The people who are told now and would not have been while that address worked.
class StandIns {
public:
    StandIns(const Work& work, const Unreached& missed) : work_(work), before_(work.the_case) {
        std::erase_if(before_.unreached, [&](const Unreached& known) {
            return folded(known.address) == folded(missed.address);
        });
    }

    Filled of(const std::vector<Target>& targets) const {
        const Filled before = fill(before_, targets, work_.rules, work_.now);
        Filled now = fill(work_.the_case, targets, work_.rules, work_.now);
        std::erase_if(now.people, [&](const Recipient& person) {
            return std::any_of(before.people.begin(), before.people.end(),
                               [&](const Recipient& known) {
                                   return folded(known.address) == folded(person.address);
                               });
        });
        std::erase_if(now.missing, [&](const std::string& role) {
            return std::find(before.missing.begin(), before.missing.end(), role) !=
                   before.missing.end();
        });
        return now;
    }

private:
    const Work& work_;
    Case before_;
};

void add_missing(std::vector<std::string>& all, const std::vector<std::string>& more) {
    for (const std::string& role : more) {
        if (std::find(all.begin(), all.end(), role) == all.end()) all.push_back(role);
    }
}

// What the present stage asks, put to those who stand in. Gives how many were told.
int ask_stand_ins(Work& work, const StandIns& stand_ins, std::vector<std::string>& missing) {
    const Stage* stage = find_stage(work.rules.policy, work.the_case.stage);
    if (stage == nullptr || !work.the_case.open()) return 0;
    const Filled actors = stand_ins.of(stage->actors);
    const auto people = brought_in(work, actors.people);
    tell_stage(work, *stage, people, NoticeKind::prompt, Reason::stage_entered);
    int told = static_cast<int>(people.size());
    add_missing(missing, actors.missing);
    for (const DutyRun& run : std::vector<DutyRun>(work.the_case.duties)) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || !run.open() || duty->owed_by.empty()) continue;
        const Filled owing = stand_ins.of(duty->owed_by);
        told += tell_of_duty(work, *duty, run, owing.people);
        add_missing(missing, owing.missing);
    }
    return told;
}

void tell_board(Work& work, const Event& event, const Unreached& missed, bool stood_in) {
    const bool away = missed.how == Unreached::How::away;
    std::string ask = away ? "An automatic answer says that whoever fills the role below is away."
                           : "A message to the role below could not be delivered.";
    if (stood_in) {
        ask += " Whoever stands in has been told.";
    } else if (away) {
        ask += " Nobody is known to stand in for them: please see that somebody does.";
    } else {
        ask += " Please reach them another way and tell us their present address.";
    }
    ask += " The deadline has not moved.";
    std::string role = role_words(missed.role);
    if (missed.side != Side::none) role += " of the " + std::string(to_text(missed.side)) + " side";
    tell(work, fill(work.the_case, {{Side::board, "inbox"}}, work.rules, work.now).people,
         {.rule = "delivery",
          .kind = NoticeKind::prompt,
          .reason = Reason::delivery_failed,
          .occurrence = static_cast<int>(work.the_case.events),
          .scheduled = event.at,
          .stage = "",
          .title = "A message did not arrive",
          .ask = ask,
          .deadline = nullptr,
          .form = "",
          .clauses = {},
          .missing = {role}});
}

}  // namespace

void tell_of_unreached(Work& work, const Event& event) {
    const Unreached* missed = missed_by(event);
    if (missed == nullptr) return;
    const StandIns stand_ins(work, *missed);
    std::vector<std::string> missing;
    int told = 0;
    if (const Copy* copy = find_copy(work.rules.policy, missed->rule)) {
        const Filled who = stand_ins.of(copy->to);
        told = tell_copy_to(work, *copy, who.people);
        missing = who.missing;
    } else {
        told = ask_stand_ins(work, stand_ins, missing);
    }
    tell_of_missing(work, missing, event.at, static_cast<int>(work.the_case.events), {});
    if (missed->statutory && !is_boards_inbox(*missed)) {
        tell_board(work, event, *missed, told > 0);
    }
}

}  // namespace stageclock::deciding
