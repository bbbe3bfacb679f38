// SPDX-License-Identifier: MIT
#include "bot/core/case.h"

#include <algorithm>

namespace stageclock {
namespace {

// The latest run of a duty that is still open; nullptr when there is none.
DutyRun* open_run(Case& the_case, const std::string& duty) {
    for (auto run = the_case.duties.rbegin(); run != the_case.duties.rend(); ++run) {
        if (run->duty == duty && run->open()) return &*run;
    }
    return nullptr;
}

DutyRun* last_run(Case& the_case, const std::string& duty) {
    for (auto run = the_case.duties.rbegin(); run != the_case.duties.rend(); ++run) {
        if (run->duty == duty) return &*run;
    }
    return nullptr;
}

void end_run(Case& the_case, const Event& event, DutyRun::State state) {
    DutyRun* run = open_run(the_case, event.rule);
    if (run == nullptr) return;
    run->state = state;
    run->over = event.at;
}

// Whoever writes to us can be reached; a person is away, or a mailbox full, only for a time.
void forget_unreached(Case& the_case, const std::string& address) {
    if (address.empty()) return;
    std::erase_if(the_case.unreached, [&](const Unreached& known) {
        return folded(known.address) == folded(address);
    });
}

// A named contact replaces the one without an address for the same role, or one with the same
// address; otherwise it stands beside those already known.
void name_contact(Case& the_case, const Contact& contact) {
    auto& contacts = the_case.facts.contacts;
    const auto same = std::find_if(contacts.begin(), contacts.end(), [&](const Contact& known) {
        return known.side == contact.side && known.role == contact.role &&
               (known.address.empty() || known.address == contact.address);
    });
    if (same != contacts.end()) {
        *same = contact;
    } else {
        contacts.push_back(contact);
    }
    std::erase_if(the_case.unavailable, [&](const Unavailable& out) {
        return out.side == contact.side && out.role == contact.role;
    });
    forget_unreached(the_case, contact.address);
}

void miss(Case& the_case, const Event& event) {
    const auto* missed = std::get_if<Unreached>(&event.detail);
    if (missed == nullptr) return;
    forget_unreached(the_case, missed->address);
    the_case.unreached.push_back(*missed);
}

const Unreached* unreached(const Case& the_case, std::string_view address) {
    const auto& all = the_case.unreached;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Unreached& known) {
        return folded(known.address) == folded(address);
    });
    return found == all.end() ? nullptr : &*found;
}

void migrate(Case& the_case, const Event& event) {
    const auto* to = std::get_if<Raised>(&event.detail);
    if (to == nullptr) return;
    the_case.policy = to->policy;
    the_case.policy_version = to->policy_version;
    the_case.policy_digest = to->policy_digest;
}

void inform(Case& the_case, const Event& event) {
    const auto* informed = std::get_if<Informed>(&event.detail);
    if (informed == nullptr) return;
    for (const Recipient& person : informed->people) {
        const auto same = [&](const Recipient& known) { return known.address == person.address; };
        auto& all = the_case.informed;
        if (std::none_of(all.begin(), all.end(), same)) all.push_back(person);
    }
}

void agree(Case& the_case, const Event& event) {
    if (!event.deadline) return;
    std::erase_if(the_case.agreements,
                  [&](const Agreement& known) { return known.duty == event.rule; });
    the_case.agreements.push_back({event.rule, *event.deadline, event.at});
}

void change_priority(Case& the_case, const Event& event) {
    const bool standard = event.kind == EventKind::marked_standard;
    const std::string level = standard ? "" : event.name.empty() ? "urgent" : event.name;
    the_case.priorities.push_back({level, event.at});
    if (standard) {
        the_case.urgent_since.reset();
    } else if (!the_case.urgent_since) {
        the_case.urgent_since = event.at;
    }
}

void set_circumstance(Case& the_case, const Event& event) {
    std::erase(the_case.circumstances, event.name);
    if (event.kind == EventKind::circumstance_set) the_case.circumstances.push_back(event.name);
}

void raise(Case& the_case, const Event& event) {
    const auto* raised = std::get_if<Raised>(&event.detail);
    if (raised == nullptr) return;
    the_case.board = raised->board;
    the_case.policy = raised->policy;
    the_case.policy_version = raised->policy_version;
    the_case.policy_digest = raised->policy_digest;
    the_case.procedure = raised->procedure;
    the_case.facts = raised->facts;
    the_case.circumstances = raised->facts.circumstances;
    the_case.raiser = event.by;
    the_case.outset = event.at;
    the_case.raised = event.recorded;
    the_case.status = Status::open;
}

void close(Case& the_case, const Event& event, Status status) {
    the_case.status = status;
    the_case.closed = event.at;
    if (!event.text.empty()) the_case.outcome = event.text;
}

void reopen(Case& the_case) {
    the_case.status = Status::open;
    the_case.closed.reset();
}

std::string name_of(const Actor& by) { return by.name.empty() ? by.address : by.name; }

void note(Case& the_case, const Event& event) {
    if (event.text.empty()) return;
    the_case.log.push_back({event.at, event.word(), event.by.side, name_of(event.by),
                            event.kind == EventKind::discussed ? event.name : std::string(),
                            event.text});
}

// A mail that is answered twice brings its files twice.
void keep_files(Case& the_case, const Event& event) {
    for (const KeptFile& file : event.files) {
        const auto same = [&](const FileEntry& known) { return known.file == file; };
        auto& all = the_case.files;
        if (std::none_of(all.begin(), all.end(), same))
            all.push_back({event.recorded, event.by.side, name_of(event.by), file});
    }
}

const FormValue* value_of(const std::vector<FormValue>& values, std::string_view id) {
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const FormValue& value) { return value.id == id; });
    return found == values.end() ? nullptr : &*found;
}

void take_form(Case& the_case, const Event& event) {
    const auto* returned = std::get_if<FormReturn>(&event.detail);
    if (returned == nullptr) return;
    the_case.returned.push_back({event.at, event.by.side, name_of(event.by), *returned});
}

// The entry into a stage is what follows from an act.
void keep_chat_act(Case& the_case, const Event& event) {
    const bool follows =
        event.kind == EventKind::stage_entered || event.kind == EventKind::stage_skipped;
    if (event.by.account.empty() || follows) return;
    the_case.by_chat.push_back(
        {event.recorded, event.word(), event.by.side, event.by.role, event.by.account});
}

void tell(Case& the_case, const Event& event) {
    const auto* told = std::get_if<Told>(&event.detail);
    DutyRun* run = last_run(the_case, event.rule);
    if (told != nullptr && run != nullptr) run->told.push_back(*told);
    if (told != nullptr && told->reason == Reason::still_open) the_case.nudged = told->at;
    // A copy that found nobody waits for somebody to be named.
    if (told == nullptr || told->occasion != Occasion::happened) return;
    std::erase(the_case.waiting, event.rule);
    if (event.kind == EventKind::not_told) the_case.waiting.push_back(event.rule);
}

// Events whose consequences decide() has to draw. That somebody was told starts duties only when it
// was news: the first notice of a duty, a copy.
bool has_consequences(const Event& event) {
    if (event.kind == EventKind::told) {
        const auto* told = std::get_if<Told>(&event.detail);
        return told != nullptr &&
               (told->occasion == Occasion::started || told->occasion == Occasion::happened);
    }
    switch (event.kind) {
        case EventKind::duty_started:
        case EventKind::duty_ended:
        case EventKind::not_told:
        case EventKind::informed:
        case EventKind::settled:
        case EventKind::stage_skipped: return false;
        default: return true;
    }
}

void apply_to_duties(Case& the_case, const Event& event) {
    switch (event.kind) {
        case EventKind::duty_started:
            the_case.duties.push_back({.duty = event.rule,
                                       .started = event.at,
                                       .basis = event.deadline.value_or(event.at),
                                       .state = DutyRun::State::running,
                                       .over = std::nullopt,
                                       .told = {}});
            break;
        case EventKind::duty_met:
            end_run(the_case, event,
                    event.name == "late" ? DutyRun::State::met_late : DutyRun::State::met);
            break;
        case EventKind::duty_ended: end_run(the_case, event, DutyRun::State::ended); break;
        case EventKind::duty_missed:
            if (DutyRun* run = open_run(the_case, event.rule)) run->state = DutyRun::State::missed;
            break;
        case EventKind::told:
        case EventKind::not_told: tell(the_case, event); break;
        case EventKind::settled:
            the_case.unsettled.clear();
            the_case.settled = event.upto;
            break;
        default: break;
    }
}

void apply_to_facts(Case& the_case, const Event& event) {
    switch (event.kind) {
        case EventKind::raised: raise(the_case, event); break;
        case EventKind::stage_entered:
            the_case.stage = event.stage;
            the_case.entries.push_back({event.stage, event.at});
            break;
        case EventKind::acknowledged:
            the_case.acknowledgements.push_back({event.stage, event.by.address, event.at});
            break;
        case EventKind::resolved: close(the_case, event, Status::resolved); break;
        case EventKind::withdrawn: close(the_case, event, Status::withdrawn); break;
        case EventKind::marked_urgent:
        case EventKind::marked_standard: change_priority(the_case, event); break;
        case EventKind::deadline_agreed: agree(the_case, event); break;
        case EventKind::circumstance_set:
        case EventKind::circumstance_cleared: set_circumstance(the_case, event); break;
        case EventKind::contact_unavailable:
            if (const auto* out = std::get_if<Contact>(&event.detail)) {
                the_case.unavailable.push_back({out->side, out->role});
            }
            break;
        case EventKind::unreached: miss(the_case, event); break;
        case EventKind::deadline_set: the_case.protective_deadline = event.deadline; break;
        case EventKind::contact_named:
            if (const auto* contact = std::get_if<Contact>(&event.detail)) {
                name_contact(the_case, *contact);
            }
            break;
        case EventKind::informed: inform(the_case, event); break;
        case EventKind::migrated:
            migrate(the_case, event);
            note(the_case, event);
            break;
        case EventKind::tagged: the_case.tags.push_back({event.name, event.text}); break;
        case EventKind::reopened: reopen(the_case); break;
        case EventKind::discussed:
        case EventKind::escalated:
        case EventKind::decided:
        case EventKind::reported:
        case EventKind::attested:
        case EventKind::outcome_confirmed: note(the_case, event); break;
        case EventKind::form_returned: take_form(the_case, event); break;
        default: break;
    }
}

}  // namespace

const FormValue* FormReturn::find(std::string_view id) const { return value_of(values, id); }

std::string_view FormReturn::use(std::string_view word) const {
    const FormValue* value = value_of(used, word);
    return value == nullptr ? std::string_view() : std::string_view(value->value);
}

std::string to_words(const LogEntry& entry, const Zone& zone) {
    std::string what = entry.what;
    std::replace(what.begin(), what.end(), '-', ' ');
    std::string words = to_words(entry.at, zone) + ", " + what;
    if (!entry.mode.empty()) words += " by " + entry.mode;
    const bool sided = entry.side == Side::raising || entry.side == Side::receiving;
    if (sided) words += ", " + std::string(to_text(entry.side)) + " side";
    if (!entry.by.empty()) words += (sided ? " (" : ", ") + entry.by + (sided ? ")" : "");
    return words + ": " + entry.text;
}

std::string to_words(const ChatAct& act, const Zone& zone) {
    std::string words = act.what + " by chat";
    if (!act.role.empty()) words += ", " + act.role;
    if (act.side == Side::raising || act.side == Side::receiving)
        words += " of the " + std::string(to_text(act.side)) + " side";
    std::replace(words.begin(), words.end(), '-', ' ');
    return to_words(act.at, zone) + ", " + words + " (" + act.account + ")";
}

Case apply(Case before, const Event& event) {
    ++before.events;
    forget_unreached(before, event.by.address);
    apply_to_facts(before, event);
    apply_to_duties(before, event);
    keep_files(before, event);
    keep_chat_act(before, event);
    if (has_consequences(event)) before.unsettled.push_back(event);
    return before;
}

Case apply(Case before, const std::vector<Event>& events) {
    for (const Event& event : events) before = apply(std::move(before), event);
    return before;
}

bool is_out_of_reach(const Case& the_case, std::string_view address) {
    const Unreached* known = unreached(the_case, address);
    return known != nullptr && known->how != Unreached::How::away;
}

bool is_away(const Case& the_case, std::string_view address, Instant now) {
    constexpr std::chrono::days unless_said{14};
    const Unreached* known = unreached(the_case, address);
    return known != nullptr && known->how == Unreached::How::away &&
           now < known->until.value_or(known->at + unless_said);
}

const ReturnedForm* last_return(const Case& the_case, std::string_view form,
                                std::string_view part) {
    const auto& all = the_case.returned;
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const ReturnedForm& known) {
        return known.form.form == form && (part.empty() || known.form.part == part);
    });
    return found == all.rend() ? nullptr : &*found;
}

Instant stage_entered_at(const Case& the_case) {
    return the_case.entries.empty() ? the_case.raised : the_case.entries.back().at;
}

}  // namespace stageclock
