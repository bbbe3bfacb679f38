// SPDX-License-Identifier: MIT
#include "bot/app/form_values.h"

#include <algorithm>

#include "bot/app/model_parts.h"
#include "bot/app/model_words.h"
#include "bot/core/recipients.h"

namespace stageclock {
namespace {

using Lines = std::vector<std::string>;

std::string withheld(const Case& the_case) {
    return "Withheld on this copy: held by the agencies under reference " + the_case.ref;
}

// A case on its way to paper, and what the reader may see of it.
struct Copyist {
    const Form& form;
    const Case& the_case;
    const Rules& rules;
    Instant now;
    bool details = false;

    const Zone& zone() const { return rules.calendar.zone(); }
    std::string words(Instant instant) const { return to_words(instant, zone()); }
    // Personal data: on a copy only that there is some, and where.
    std::string held(const std::string& text) const {
        return details || text.empty() ? text : withheld(the_case);
    }
};

std::string joined(const Lines& lines) { return model_words::joined(lines, "\n"); }

std::string capital(std::string text) {
    const bool small = !text.empty() && text[0] >= 'a' && text[0] <= 'z';
    if (small) text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

bool is_free_text(const Copyist& copy, const std::string& agency) {
    return find_agency(copy.rules.directory, agency) == nullptr;
}

// An agency somebody wrote in by hand is free text.
std::string agency(const Copyist& copy, const Party& party) {
    if (party.agency.empty()) return {};
    if (!copy.details) {
        return is_free_text(copy, party.agency) ? "Another agency"
                                                : agency_name(copy.rules, party.agency);
    }
    const std::string name = agency_name(copy.rules, party.agency);
    return party.unit.empty() ? name : name + ", " + party.unit;
}

std::string stage_label(const Copyist& copy, const std::string& id) {
    const Stage* stage = find_stage(copy.rules.policy, id);
    return stage != nullptr ? model_parts::stage_label(stage) : "Stage " + id;
}

// "stage 3", or the title of a stage without a number.
std::string short_stage(const Copyist& copy, const std::string& id) {
    const bool numbered = id.find_first_not_of("0123456789") == std::string::npos;
    const Stage* stage = find_stage(copy.rules.policy, id);
    return numbered || stage == nullptr ? "stage " + id : stage->title;
}

std::string duty_title(const Copyist& copy, const DutyRun& run) {
    const Duty* duty = find_duty(copy.rules.policy, run.duty);
    return duty != nullptr ? duty->title : run.duty;
}

std::string limit_words(const Copyist& copy, const Deadline& limit) {
    if (!limit.due) return "no fixed limit";
    return "by " + copy.words(*limit.due) +
           (limit.beyond_calendar ? " (provisional: the bank holidays of that time are not known)"
                                  : "");
}

std::string state_words(const Copyist& copy, const DutyRun& run, const Deadline& limit) {
    const std::string on = run.over ? " on " + copy.words(*run.over) : "";
    switch (run.state) {
        case DutyRun::State::running:
            return limit.due && *limit.due <= copy.now ? "overdue" : "running";
        case DutyRun::State::missed:
            return "missed, still owed";
        case DutyRun::State::met:
            return "met" + on;
        case DutyRun::State::met_late:
            return "met late" + on;
        case DutyRun::State::ended:
            return "no longer owed";
    }
    return {};
}

std::string duty_line(const Copyist& copy, const DutyRun& run) {
    const Deadline limit = deadline_of(copy.the_case, run, copy.rules);
    return "– " + duty_title(copy, run) + ": " + limit_words(copy, limit) + "; " +
           state_words(copy, run, limit);
}

// Whether the run began while the case was at that entry's stage, and belongs to that stage.
bool began_at(const Copyist& copy, const DutyRun& run, std::size_t entry) {
    const auto& entries = copy.the_case.entries;
    const Duty* duty = find_duty(copy.rules.policy, run.duty);
    const bool before_next = entry + 1 == entries.size() || run.started < entries[entry + 1].at;
    return duty != nullptr && duty->stage == entries[entry].stage &&
           run.started >= entries[entry].at && before_next;
}

// The limits that belong to no one stage entered: those of the whole case.
Lines other_limits(const Copyist& copy) {
    Lines lines;
    for (const DutyRun& run : copy.the_case.duties) {
        bool listed = false;
        for (std::size_t entry = 0; entry < copy.the_case.entries.size() && !listed; ++entry) {
            listed = began_at(copy, run, entry);
        }
        if (!listed) lines.push_back(duty_line(copy, run));
    }
    if (!lines.empty()) lines.insert(lines.begin(), "Limits of the whole case:");
    return lines;
}

std::string stage_history(const Copyist& copy) {
    const Case& it = copy.the_case;
    Lines lines{"Concern first considered: " + copy.words(it.outset),
                "Raised: " + copy.words(it.raised)};
    if (it.urgent_since) lines.push_back("Urgent since " + copy.words(*it.urgent_since));
    for (std::size_t entry = 0; entry < it.entries.size(); ++entry) {
        const StageEntry& at = it.entries[entry];
        lines.push_back(stage_label(copy, at.stage) + ", entered " + copy.words(at.at));
        for (const DutyRun& run : it.duties) {
            if (began_at(copy, run, entry)) lines.push_back(duty_line(copy, run));
        }
    }
    const Lines others = other_limits(copy);
    lines.insert(lines.end(), others.begin(), others.end());
    if (it.closed) {
        lines.push_back(capital(std::string(to_text(it.status))) + ": " + copy.words(*it.closed));
    }
    return joined(lines);
}

// S-9: working days by R-3, the same day counts 0; calendar days stand beside them.
std::string time_taken(const Copyist& copy) {
    const Calendar& calendar = copy.rules.calendar;
    const Date from = calendar.date(copy.the_case.outset);
    const Date to = std::max(from, calendar.date(copy.the_case.closed.value_or(copy.now)));
    const auto days = (to - from).count();
    std::string text = model_words::working_days(calendar.working_days_between(from, to));
    if (copy.the_case.open()) text = "so far: " + text;
    if (copy.the_case.status == Status::withdrawn) text = "withdrawn after " + text;
    text += " (" + std::to_string(days) + (days == 1 ? " calendar day)" : " calendar days)");
    if (!calendar.covers(from) || !calendar.covers(to)) text += "; not all bank holidays are known";
    return text;
}

std::string view_of(const Copyist& copy, const Party& party, Side side, const std::string& view) {
    const std::string who = agency(copy, party);
    return "View of " + (who.empty() ? "the" : who + ", the") + " " + std::string(to_text(side)) +
           " side: " + (view.empty() ? "not recorded yet" : view);
}

// Empty while nobody has given a view, so that the box stays free to write in.
std::string views(const Copyist& copy) {
    const RaiseFacts& facts = copy.the_case.facts;
    if (facts.raising_view.empty() && facts.receiving_view.empty()) return {};
    return view_of(copy, facts.raising, Side::raising, facts.raising_view) + "\n\n" +
           view_of(copy, facts.receiving, Side::receiving, facts.receiving_view);
}

std::string summary(const Copyist& copy) {
    const std::string& matter = copy.the_case.facts.summary;
    const std::string both = views(copy);
    return matter + (matter.empty() || both.empty() ? "" : "\n\n") + both;
}

std::string discussions(const Copyist& copy) {
    Lines lines;
    for (const LogEntry& entry : copy.the_case.log) {
        lines.push_back("– " + to_words(entry, copy.rules.calendar.zone()));
    }
    return joined(lines);
}

// What was agreed; else how it moved on, stage by stage; then what was said on the way.
std::string agreed_outcome(const Copyist& copy) {
    const Case& it = copy.the_case;
    Lines lines;
    if (!it.open()) {
        lines.push_back(capital(std::string(to_text(it.status))) + ", " +
                        copy.words(it.closed.value_or(copy.now)));
        if (!it.outcome.empty()) lines.push_back(copy.held(it.outcome));
    }
    for (std::size_t entry = 1; entry < it.entries.size(); ++entry) {
        lines.push_back("Not resolved at " + short_stage(copy, it.entries[entry - 1].stage) +
                        ": moved to " + short_stage(copy, it.entries[entry].stage) + " on " +
                        copy.words(it.entries[entry].at));
    }
    const bool told = !copy.details && !it.open() && !it.outcome.empty();
    if (!it.log.empty() && !told) lines.push_back(copy.held(discussions(copy)));
    return joined(lines);
}

std::string open_points(const Copyist& copy) {
    Lines lines;
    for (const DutyRun& run : copy.the_case.duties) {
        if (run.open()) lines.push_back(duty_line(copy, run));
    }
    for (const Tag& tag : copy.the_case.tags) {
        const std::string text = copy.details && !tag.text.empty() ? ": " + tag.text : "";
        lines.push_back("– For the board, " + role_words(tag.id) + text);
    }
    return joined(lines);
}

std::string contacts(const Copyist& copy) {
    Lines lines;
    for (const Contact& contact : copy.the_case.facts.contacts) {
        Lines parts;
        for (const std::string* part : {&contact.name, &contact.address, &contact.phone}) {
            if (!part->empty()) parts.push_back(*part);
        }
        if (parts.empty()) continue;
        lines.push_back(capital(std::string(to_text(contact.side))) + " side, " +
                        role_words(contact.role) + ": " + model_words::joined(parts, ", "));
    }
    return joined(lines);
}

std::string parties(const Copyist& copy) {
    const RaiseFacts& facts = copy.the_case.facts;
    Lines lines;
    if (!facts.raising.agency.empty()) {
        lines.push_back("Raised by: " + agency(copy, facts.raising));
    }
    if (!facts.receiving.agency.empty()) {
        lines.push_back("Raised with: " + agency(copy, facts.receiving));
    }
    return joined(lines);
}

std::string reason(const Copyist& copy) {
    const std::string& id = copy.the_case.facts.reason;
    for (const ReasonOption& option : copy.rules.policy.reasons) {
        if (option.id == id) return option.title;
    }
    return {};
}

// Who signs for a side: its senior manager where one is known, else its line manager. The latest
// named comes first: a contact is added when people change.
const Contact* signatory(const Copyist& copy, Side side) {
    const auto& all = copy.the_case.facts.contacts;
    for (const char* role : {"senior-manager", "line-manager"}) {
        for (auto contact = all.rbegin(); contact != all.rend(); ++contact) {
            if (contact->side == side && contact->role == role) return &*contact;
        }
    }
    return nullptr;
}

void sign(const Copyist& copy, Side side, const Party& party, const std::string& block,
          FormValues& values) {
    const Contact* who = signatory(copy, side);
    const std::string name = who != nullptr ? who->name : "";
    values.values[block + ".name"] = copy.details || name.empty() ? name : "Withheld on this copy";
    values.values[block + ".designation"] = who != nullptr ? capital(role_words(who->role)) : "";
    values.values[block + ".agency"] = agency(copy, party);
}

// The post the form returns to. Its holder is printed as published; a contact of the case is
// somebody's personal data.
void return_to(const Copyist& copy, FormValues& values) {
    std::string& post = values.values["return_to.post"];
    std::string& person = values.values["return_to.person"];
    const std::optional<Target>& to_post = copy.form.return_to;
    if (!to_post) return;
    post = capital(role_words(to_post->role));
    const auto found = recipients(copy.the_case, *to_post, copy.rules, copy.now);
    if (found.empty()) return;
    const Recipient& to = found.front();
    const bool published = find_post(copy.rules.directory, to.id) != nullptr;
    if (published) post = to.title;
    if (!published && !copy.details) return;
    person = to.name + (to.name.empty() || to.address.empty() ? "" : ", ") + to.address;
}

// "Opened at stage 3, now at stage 4, as of Thursday 24 December 2026 at 17:00".
std::string subtitle(const Copyist& copy) {
    const Case& it = copy.the_case;
    const Lines& used = copy.form.stages;
    const auto opened =
        std::find_if(it.entries.begin(), it.entries.end(), [&](const StageEntry& entry) {
            return std::find(used.begin(), used.end(), entry.stage) != used.end();
        });
    std::string text;
    if (opened != it.entries.end()) text = "opened at " + short_stage(copy, opened->stage) + ", ";
    if (!it.open()) {
        text += std::string(to_text(it.status)) + " at " + short_stage(copy, it.stage) + ", ";
    } else if (opened != it.entries.end() && opened->stage != it.stage) {
        text += "now at " + short_stage(copy, it.stage) + ", ";
    }
    return capital(text + "as of " + copy.words(copy.now));
}

}  // namespace

FormValues form_values(const Form& form, const Case& the_case, const Rules& rules, Instant now,
                       Audience audience) {
    const Copyist copy{form, the_case, rules, now, audience == Audience::officer};
    const RaiseFacts& facts = the_case.facts;
    FormValues values{.layout = form.layout,
                      .reference = the_case.ref,
                      .subtitle = subtitle(copy),
                      .made = now,
                      .values = {}};
    const bool was_resolved = the_case.status == Status::resolved;
    const std::string history = stage_history(copy);
    values.values = {
        {"reference", the_case.ref},
        {"board", rules.board.name},
        {"policy", rules.policy.title + ", version " + rules.policy.version},
        {"subject", copy.held(facts.subject_name)},
        {"parties", parties(copy)},
        {"contacts", copy.held(contacts(copy))},
        {"reason", reason(copy)},
        {"matter", copy.held(facts.summary)},
        {"views", copy.held(views(copy))},
        {"summary", copy.held(summary(copy))},
        {"wanted", copy.held(facts.wanted)},
        {"stage_history", history},
        {"additional_notes", history},
        {"discussions", copy.held(discussions(copy))},
        {"outcome", copy.held(the_case.outcome)},
        {"agreed_outcome", agreed_outcome(copy)},
        {"open_points", open_points(copy)},
        {"resolved_stage", was_resolved ? the_case.stage : ""},
        {"resolved_at", was_resolved ? stage_label(copy, the_case.stage) : ""},
        {"time_taken", time_taken(copy)},
    };
    sign(copy, Side::raising, facts.raising, "initiating", values);
    sign(copy, Side::receiving, facts.receiving, "receiving", values);
    return_to(copy, values);
    return values;
}

void carry_forward(FormValues& values, const Form& form, const Case& the_case,
                   const std::map<std::string, FormLayout>& layouts, Audience audience) {
    const auto layout = layouts.find(form.layout);
    const ReturnedForm* last = last_return(the_case, form.id);
    if (layout == layouts.end() || last == nullptr) return;
    for (const FormSection& section : layout->second.sections) {
        for (const FormField& field : section.fields) {
            if (!field.carried) continue;
            for (const std::string& id : value_ids(field)) {
                const FormValue* value = last->form.find(id);
                if (value == nullptr || value->as_sent) continue;
                const bool shown = audience == Audience::officer;
                values.values[id] = shown ? value->value : withheld(the_case);
            }
        }
    }
}

}  // namespace stageclock
