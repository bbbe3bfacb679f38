// SPDX-License-Identifier: MIT
#include "bot/app/try_templates.h"

#include <algorithm>
#include <set>

#include "bot/app/model.h"

namespace stageclock {
namespace {

constexpr const char* public_url = "https://stageclock.example.org";
constexpr const char* page = "https://stageclock.example.org/a/1-0123456789abcdef";
constexpr const char* calendar_page =
    "https://stageclock.example.org/calendar/1-0123456789abcdef.ics";
constexpr const char* mail_address = "stageclock@example.org";

// A case at a stage about which everything is known.
Case full_case(const Rules& rules, const Stage& stage, Instant now) {
    Case made;
    made.ref = rules.board.reference_prefix + "-2026-0001";
    made.procedure = stage.procedure;
    made.stage = stage.id;
    made.outset = made.raised = now;
    made.raiser = {Side::raising, "raiser", "A raiser", "raiser@example.org"};
    made.entries = {{stage.id, now}};
    made.urgent_since = now;
    RaiseFacts& facts = made.facts;
    facts.procedure = stage.procedure;
    facts.subject_kind = "both";
    facts.subject_name = "A child";
    facts.case_status = rules.policy.case_status.empty() ? "" : rules.policy.case_status.front();
    facts.area = rules.policy.areas.empty() ? "" : rules.policy.areas.front().id;
    const auto& agencies = rules.directory.agencies;
    if (!agencies.empty()) {
        facts.raising = {agencies.front().id, "a unit"};
        facts.receiving = {agencies.back().id, "a unit"};
    }
    facts.reason = rules.policy.reasons.empty() ? "" : rules.policy.reasons.front().id;
    facts.summary = "A summary.";
    facts.wanted = "A wish.";
    facts.raising_view = facts.receiving_view = "A view.";
    facts.contacts = {{Side::raising, "practitioner", "One", "one@example.org", "020 7946 0001"},
                      {Side::receiving, "practitioner", "Two", "two@example.org", "020 7946 0002"}};
    made.log = {{now, "discussed", Side::raising, "One", "telephone", "A note."}};
    for (const Circumstance& row : rules.policy.circumstances) {
        made.circumstances.push_back(row.id);
    }
    return made;
}

NoticeKind kind_of(Reason reason) {
    switch (reason) {
        case Reason::case_raised:
        case Reason::mail_claimed:
        case Reason::mail_understood: return NoticeKind::receipt;
        case Reason::deadline_near: return NoticeKind::reminder;
        case Reason::copied_by_policy:
        case Reason::stage_copy: return NoticeKind::copy;
        case Reason::case_resolved:
        case Reason::case_withdrawn:
        case Reason::case_reopened: return NoticeKind::outcome;
        default: return NoticeKind::prompt;
    }
}

Notice bare_notice(Reason reason, Instant now) {
    Notice notice;
    notice.kind = kind_of(reason);
    notice.reason = reason;
    notice.scheduled = notice.decided = now;
    return notice;
}

// The duty a notice at this stage is about: one of its own, else any of the whole case.
const Duty* duty_at(const Policy& policy, const Stage& stage) {
    const auto of = [&](bool own) {
        return std::find_if(policy.duties.begin(), policy.duties.end(), [&](const Duty& duty) {
            return own ? !duty.stage.empty() && lies_in(policy, stage.id, duty.stage)
                       : duty.stage.empty();
        });
    };
    auto found = of(true);
    if (found == policy.duties.end()) found = of(false);
    return found == policy.duties.end() ? nullptr : &*found;
}

Notice full_notice(Reason reason, const Case& the_case, const Rules& rules, const Stage& stage,
                   Instant now) {
    Notice notice = bare_notice(reason, now);
    notice.ref = the_case.ref;
    notice.board = rules.board.id;
    notice.rule = "stage-" + stage.id;
    notice.occurrence = 1;
    notice.stage = stage.id;
    notice.stage_title = notice.title = stage.title;
    notice.ask = stage.guidance;
    notice.clauses = stage.clauses;
    notice.urgent = true;
    notice.missing = {"line manager of the receiving side"};
    notice.understood = {"Agency: one"};
    const Duty* duty = duty_at(rules.policy, stage);
    if (duty == nullptr) return notice;
    const Deadline due = deadline(duty->due, now, rules.policy.readings, rules.calendar);
    notice.rule = duty->id;
    notice.title = duty->title;
    notice.ask = duty->ask;
    notice.deadline = due.due;
    notice.trace = due.trace;
    notice.form = duty->form;
    return notice;
}

class Trial {
public:
    Trial(const Templates& templates, const Rules& rules) : templates_(templates), rules_(rules) {
        for (std::string& name : templates.names()) {
            if (name.find("/notice.") != std::string::npos) chats_.push_back(std::move(name));
        }
    }

    std::vector<Problem> run() {
        const Calendar& calendar = rules_.calendar;
        const Instant now = calendar.at(calendar.last() - std::chrono::days{90}, TimeOfDay{600});
        for (const Reason reason : reasons_to_tell()) {
            mail(bare_notice(reason, now), Case{}, "no stage");
        }
        for (const Stage& stage : rules_.policy.stages) {
            const Case the_case = full_case(rules_, stage, now);
            for (const Reason reason : reasons_to_tell()) {
                Notice notice = full_notice(reason, the_case, rules_, stage, now);
                notice.to.name = "Somebody";
                notice.to.address = "somebody@example.org";
                notice.to.side = Side::raising;
                notice.to.role = "line-manager";
                mail(notice, the_case, "stage " + stage.id);
                notice.to.audience = Audience::board;
                mail(notice, the_case, "stage " + stage.id);
                notice.to.audience = Audience::chat;
                nudges(notice, the_case, "stage " + stage.id);
            }
        }
        return std::move(problems_);
    }

private:
    void mail(const Notice& notice, const Case& the_case, const std::string& stage) {
        const Model model = model_for(notice, the_case);
        const std::string stem = "email/" + std::string(to_text(notice.reason));
        for (const char* ending : {".subject", ".txt", ".html"}) {
            const std::string name = stem + ending;
            if (ending == std::string_view(".html") && !templates_.has(name)) continue;
            note(templates_.render(name, model), name, stage);
        }
    }

    // What each chat and the text messages say: a folder of its own for each channel.
    void nudges(const Notice& notice, const Case& the_case, const std::string& stage) {
        const Model model = model_for(notice, the_case);
        for (const std::string& common : chats_) {
            const std::size_t stem = common.rfind("notice.");
            std::string name = common;
            name.replace(stem, 6, to_text(notice.reason));
            if (!templates_.has(name)) name = common;
            note(name.ends_with(".json") ? templates_.render_json(name, model)
                                         : templates_.render(name, model),
                 name, stage);
        }
    }

    Model model_for(const Notice& notice, const Case& the_case) const {
        return model_of(notice, the_case, rules_, public_url, mail_address,
                        notice.ref.empty() ? "" : page, notice.ref.empty() ? "" : calendar_page);
    }

    void note(const Result<std::string>& text, const std::string& name, const std::string& stage) {
        if (text && !text->empty()) return;
        if (!failed_.insert(name).second) return;
        problems_.push_back({"template", name, stage,
                             text ? "gives nothing at all" : text.error().what,
                             "templates/README.md lists every name a template may use."});
    }

    const Templates& templates_;
    const Rules& rules_;
    std::vector<std::string> chats_;  // "teams/notice.json": what every channel has
    std::set<std::string> failed_;
    std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> try_templates(const Templates& templates, const Rules& rules) {
    return Trial(templates, rules).run();
}

}  // namespace stageclock
