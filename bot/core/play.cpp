// SPDX-License-Identifier: MIT
#include "bot/core/play.h"

#include <algorithm>

#include "bot/core/decide_work.h"

namespace stageclock {
namespace {

// Bookkeeping: what it records is shown as notices and as decisions not to tell.
bool is_bookkeeping(const Event& event) {
    return event.kind == EventKind::settled || event.kind == EventKind::told ||
           event.kind == EventKind::not_told || event.kind == EventKind::informed ||
           event.kind == EventKind::duty_started;
}

struct Known {  // a run's deadline as it was while the run was open
    std::string duty;
    Instant started;
    Deadline deadline;
};

class Player {
public:
    Player(const Script& script, const Rules& rules) : script_(script), rules_(rules) {
        case_.ref = script.ref;
    }

    Timeline play() {
        take(script_.raise);
        for (const Update& update : script_.updates) {
            if (update.received > script_.until) break;
            run_to(update.received);
            take(update);
        }
        run_to(script_.until);
        return finish();
    }

private:
    void run_to(Instant to) {
        while (next_ && *next_ <= to) {
            now_ = std::max(now_, *next_);
            Moment moment;
            moment.at = now_;
            settle(std::move(moment), {});
        }
        now_ = std::max(now_, to);
    }

    void take(const Update& update) {
        now_ = std::max(now_, update.received);
        Moment moment;
        moment.at = now_;
        moment.update = update;
        const bool raised = !case_.entries.empty();
        if (!raised && update.kind != UpdateKind::raise) {
            moment.refusal = Refusal{Refused::unknown_case,
                                     "/subject",
                                     "There is no such case: its raise was refused.",
                                     {}};
            timeline_.moments.push_back(std::move(moment));
            return;
        }
        Verdict verdict = accept(case_, rules_, update, now_);
        if (verdict.refusal) {
            moment.refusal = std::move(verdict.refusal);
            moment.stage = case_.stage;
            timeline_.moments.push_back(std::move(moment));
            return;
        }
        settle(std::move(moment), std::move(verdict.events));
    }

    void settle(Moment moment, std::vector<Event> events) {
        Decision decision = decide(stageclock::apply(std::move(case_), events), rules_, now_);
        case_ = std::move(decision.after);
        next_ = decision.next;
        // A decision that leaves something due behind would be looked at for ever.
        if (next_ && *next_ <= now_) {
            timeline_.stuck = true;
            next_.reset();
        }
        events.insert(events.end(), std::make_move_iterator(decision.events.begin()),
                      std::make_move_iterator(decision.events.end()));
        moment.notices = std::move(decision.notices);
        moment.cancelled = std::move(decision.cancelled);
        moment.stage = case_.stage;
        show_duties(moment, events);
        for (const Event& event : events) {
            if (event.kind == EventKind::not_told) {
                moment.not_told.push_back(
                    stageclock::not_told(case_, event, moment.notices, rules_, now_));
            }
        }
        show_gaps(moment, events);
        show_guards(moment);
        for (Event& event : events) {
            if (!is_bookkeeping(event)) moment.events.push_back(std::move(event));
        }
        timeline_.moments.push_back(std::move(moment));
    }

    void show_duties(Moment& moment, const std::vector<Event>& events) {
        std::vector<std::size_t> fresh;
        for (const Event& event : events) {
            if (event.kind != EventKind::duty_started) continue;
            // The same duty may have run before: the last run is the one that began now.
            for (std::size_t i = case_.duties.size(); i-- > 0;) {
                const DutyRun& run = case_.duties[i];
                if (run.duty != event.rule || run.started != event.at) continue;
                if (std::find(fresh.begin(), fresh.end(), i) != fresh.end()) continue;
                fresh.push_back(i);
                moment.started.push_back(shown(case_, run, rules_, now_));
                break;
            }
        }
        for (const DutyRun& run : case_.duties) show_if_moved(moment, run);
    }

    Known* known(const DutyRun& run) {
        const auto found = std::find_if(known_.begin(), known_.end(), [&](const Known& other) {
            return other.duty == run.duty && other.started == run.started;
        });
        return found == known_.end() ? nullptr : &*found;
    }

    void show_if_moved(Moment& moment, const DutyRun& run) {
        Deadline deadline = deadline_of(case_, run, rules_);
        Known* before = known(run);
        if (before == nullptr) {
            known_.push_back({run.duty, run.started, std::move(deadline)});
            return;
        }
        if (!run.open()) return;
        const auto due = before->deadline.due;
        const bool has_moved = due != deadline.due;
        before->deadline = std::move(deadline);
        const bool begins =
            std::any_of(moment.started.begin(), moment.started.end(), [&](const DutyShown& other) {
                return other.id == run.duty && other.started == run.started;
            });
        if (!has_moved || begins) return;
        DutyShown moved = shown(case_, run, rules_, now_);
        moved.before = due;
        moment.moved.push_back(std::move(moved));
    }

    static void add_gap(Moment& moment, const std::string& role, const std::string& rule) {
        const bool known = std::any_of(moment.gaps.begin(), moment.gaps.end(),
                                       [&](const Gap& gap) { return gap.role == role; });
        if (!known) moment.gaps.push_back({role, rule});
    }

    // Those somebody is asked about, and those of a stage just entered even if nobody can be asked.
    void show_gaps(Moment& moment, const std::vector<Event>& events) const {
        for (const Event& event : events) {
            if (event.kind != EventKind::stage_entered) continue;
            const Stage* stage = find_stage(rules_.policy, event.stage);
            if (stage == nullptr) continue;
            for (const auto* targets : {&stage->actors, &stage->joins}) {
                for (const std::string& role : fill(case_, *targets, rules_, now_).missing) {
                    add_gap(moment, role, "stage-" + stage->id);
                }
            }
        }
        for (const Notice& notice : moment.notices) {
            if (notice.reason != Reason::contact_missing) continue;
            for (const std::string& role : notice.missing) add_gap(moment, role, notice.rule);
        }
    }

    void show_guards(Moment& moment) {
        for (const Guard* guard : guards_of(case_, rules_)) {
            if (std::find(guards_.begin(), guards_.end(), guard) != guards_.end()) continue;
            guards_.push_back(guard);
            moment.guards.push_back(guard);
        }
    }

    Timeline finish() {
        timeline_.until = script_.until;
        if (case_.entries.empty()) case_.ref.clear();
        for (const DutyRun& run : case_.duties) {
            DutyShown duty = shown(case_, run, rules_, now_);
            // What happened after a duty was over changes its deadline no more.
            if (const Known* last = known(run); last != nullptr && !run.open()) {
                duty.deadline = last->deadline;
            }
            timeline_.duties.push_back(std::move(duty));
        }
        if (!case_.entries.empty()) {
            timeline_.gaps = view(case_, rules_, now_).gaps;
            timeline_.guards = guards_of(case_, rules_);
        }
        timeline_.next = next_;
        timeline_.end = std::move(case_);
        return std::move(timeline_);
    }

    const Script& script_;
    const Rules& rules_;
    Case case_;
    Instant now_{};
    std::optional<Instant> next_;
    std::vector<Known> known_;
    std::vector<const Guard*> guards_;
    Timeline timeline_;
};

}  // namespace

Timeline play(const Script& script, const Rules& rules) { return Player(script, rules).play(); }

DutyShown shown(const Case& the_case, const DutyRun& run, const Rules& rules, Instant now) {
    DutyShown duty;
    duty.id = run.duty;
    duty.started = run.started;
    duty.state = run.state;
    duty.over = run.over;
    duty.deadline = deadline_of(the_case, run, rules);
    const Duty* known = find_duty(rules.policy, run.duty);
    if (known == nullptr) return duty;
    duty.title = known->title;
    duty.stage = known->stage;
    duty.ask = known->ask;
    duty.clauses = known->clauses;
    Filled owed = deciding::owing({the_case, rules, now, {}, {}, {}}, *known);
    duty.owed_by = std::move(owed.people);
    duty.missing = std::move(owed.missing);
    return duty;
}

NotTold not_told(const Case& the_case, const Event& event, const std::vector<Notice>& notices,
                 const Rules& rules, Instant now) {
    NotTold made;
    made.rule = event.rule;
    made.at = event.at;
    made.clauses = event.clauses;
    if (const auto* told = std::get_if<Told>(&event.detail)) {
        made.occasion = told->occasion;
        made.number = told->number;
        made.reason = told->reason;
    }
    const Duty* duty = find_duty(rules.policy, event.rule);
    if (duty == nullptr) return made;
    const Filled owed = deciding::owing({the_case, rules, now, {}, {}, {}}, *duty);
    for (const Recipient& person : owed.people) {
        const bool told = std::any_of(notices.begin(), notices.end(), [&](const Notice& notice) {
            return notice.rule == event.rule && notice.scheduled == event.at &&
                   notice.to.id == person.id;
        });
        if (!told) made.people.push_back(person);
    }
    return made;
}

}  // namespace stageclock
