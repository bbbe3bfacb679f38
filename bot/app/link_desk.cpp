// SPDX-License-Identifier: MIT
#include "bot/app/link_desk.h"

#include <algorithm>

#include "bot/app/model_parts.h"
#include "bot/app/offers.h"
#include "bot/core/recipients.h"

namespace stageclock {
namespace {

// By what an act is known. A form belongs to one notice; a message is one act, whichever notice it
// is taken to answer.
std::string id_of(std::int64_t notice, const Action& action) {
    return action.source == "page" ? std::to_string(notice) + "/" + action.form : action.form;
}

std::string capacity_of(const Recipient& to) {
    if (to.side == Side::board)
        return (to.title.empty() ? role_words(to.role) : to.title) + " of the board";
    const std::string role = to.role == "raiser" ? "person who raised it" : role_words(to.role);
    if (to.side == Side::raising) return role + " of the raising side";
    if (to.side == Side::receiving) return role + " of the receiving side";
    return role.empty() ? "contact of this case" : role;
}

// A nudge in a chat names a post and nobody: whoever answers it does so for that post.
Actor actor_of(const Recipient& to, const Directory& directory) {
    Actor actor{to.side, to.role, to.name, to.address};
    const Post* post = to.audience == Audience::chat ? find_post(directory, to.id) : nullptr;
    if (post != nullptr) {
        actor.name = post->holder.empty() ? post->title : post->holder;
        actor.address = address_of(*post);
    }
    return actor;
}

std::string why_over(const Notice& notice, const Case& the_case, const Rules& rules) {
    const auto on = [&](Instant at) { return to_words(at, rules.calendar.zone()); };
    if (!the_case.open() && the_case.closed) {
        return "This case was " + std::string(to_text(the_case.status)) + " on " +
               on(*the_case.closed) + ". There is nothing to do here.";
    }
    if (lies_in(rules.policy, the_case.stage, notice.stage)) {
        return "What this message asked for is done, or is asked for no longer. There is nothing "
               "to do here.";
    }
    return "This stage has ended already: the case went on to " +
           model_parts::stage_label(find_stage(rules.policy, the_case.stage)) + " on " +
           on(stage_entered_at(the_case)) + ". There is nothing to do here.";
}

// As it stands now, not as it stood when the mail was written.
std::optional<Instant> deadline_now(const Notice& notice, const Case& the_case,
                                    const Rules& rules) {
    for (const DutyRun& run : the_case.duties) {
        const Duty* duty = find_duty(rules.policy, run.duty);
        if (duty == nullptr || !run.open()) continue;
        // A notice about a stage carries the title of the duty that limits it.
        if (run.duty == notice.rule || (!duty->title.empty() && duty->title == notice.title)) {
            return deadline_of(the_case, run, rules).due;
        }
    }
    return notice.deadline;
}

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

const Choice* find_choice(const ActionPage& page, const std::string& id) {
    const auto found = std::find_if(page.choices.begin(), page.choices.end(),
                                    [&](const Choice& choice) { return choice.id == id; });
    return found == page.choices.end() ? nullptr : &*found;
}

Acted incomplete(ActionPage page, const std::string& what) {
    Acted acted;
    acted.kind = Acted::Kind::incomplete;
    acted.page = std::move(page);
    acted.what = what;
    return acted;
}

}  // namespace

Result<NoticeRow> LinkDesk::row_of(std::int64_t notice) {
    auto row = store_.notice(notice);
    if (!row) return row.error();
    if (!*row) return Error{Code::not_found, "there is no such message", ""};
    return std::move(**row);
}

Result<LinkDesk::Matter> LinkDesk::matter_of(std::int64_t notice) {
    auto row = row_of(notice);
    if (!row) return row.error();
    Matter matter;
    matter.row = std::move(*row);
    const Error none{Code::not_found, "this message is about no case", ""};
    if (matter.row.notice.ref.empty()) return none;
    auto known = store_.load(matter.row.notice.ref);
    if (!known) return known.error();
    if (!*known) return none;
    matter.the_case = std::move(**known);
    matter.served = rulebook_.board(matter.the_case.board);
    if (matter.served == nullptr || matter.row.notice.to.audience == Audience::board) return none;
    return matter;
}

ActionPage LinkDesk::page_of(const Matter& matter, const Rules& rules) const {
    const Notice& notice = matter.row.notice;
    ActionPage page;
    page.ref = matter.the_case.ref;
    page.board = rules.board.name;
    page.stage = model_parts::stage_label(find_stage(rules.policy, matter.the_case.stage));
    page.capacity = capacity_of(notice.to);
    if (!still_stands(notice, matter.the_case, rules)) {
        page.over = why_over(notice, matter.the_case, rules);
        return page;
    }
    if (const auto due = deadline_now(notice, matter.the_case, rules)) {
        page.deadline = to_words(*due, rules.calendar.zone());
        page.passed = *due <= desk_.now();
    }
    page.ask = notice.ask;
    for (const Offer& offer : offers(notice, matter.the_case, rules)) {
        const auto possible = on_page(offer, matter.the_case, rules);
        if (!possible) continue;
        page.choices.push_back(
            {offer.event, title_of(offer.word), offer.then, offer.effect, possible->needs_text});
    }
    if (page.choices.empty()) page.over = "This message asks nothing of you on this page.";
    return page;
}

Result<ActionPage> LinkDesk::action(std::int64_t notice) {
    const auto matter = matter_of(notice);
    if (!matter) return matter.error();
    return page_of(*matter, rulebook_.rules(*matter->served, matter->the_case));
}

Result<Acted> LinkDesk::act(std::int64_t notice, const Action& action) {
    const auto matter = matter_of(notice);
    if (!matter) return matter.error();
    const Rules rules = rulebook_.rules(*matter->served, matter->the_case);
    const std::string id = id_of(notice, action);
    Acted acted = judge(*matter, rules, action, id);
    if (acted.kind != Acted::Kind::recorded) return acted;
    const auto after = store_.load(matter->the_case.ref);
    if (after && *after) {
        acted.open = (*after)->open();
        acted.page.stage = model_parts::stage_label(find_stage(rules.policy, (*after)->stage));
    }
    const auto stored = store_.answer(action.source, id);
    if (stored && *stored) acted.at = (*stored)->at;
    return acted;
}

// The same form sent again finds its answer, whatever became of the case by then.
Acted LinkDesk::judge(const Matter& matter, const Rules& rules, const Action& action,
                      const std::string& id) {
    ActionPage page = page_of(matter, rules);
    const auto before = store_.answer(action.source, id);
    Acted acted;
    if (!before) {
        acted.kind = Acted::Kind::unavailable;
        return acted;
    }
    Update update;
    update.ref = matter.the_case.ref;
    update.kind = UpdateKind::acknowledge;
    const Choice* choice = find_choice(page, action.choice);
    if (!*before) {
        if (!page.over.empty()) {
            acted.kind = Acted::Kind::over;
            acted.page = std::move(page);
            return acted;
        }
        if (choice == nullptr) return incomplete(std::move(page), "Choose what you want to do.");
        if (choice->needs_text && is_blank(action.text)) {
            const std::string what = choice->then.empty() ? "what happened" : choice->then;
            return incomplete(std::move(page), "Write down " + what + ".");
        }
        for (const Offer& offer : offers(matter.row.notice, matter.the_case, rules)) {
            const auto possible = on_page(offer, matter.the_case, rules);
            if (possible && offer.event == action.choice) update = possible->update;
        }
    }
    acted.choice = title_of(action.choice);
    acted.page = std::move(page);
    update.source = action.source;
    update.id = id;
    update.digest = action.choice + "/" + print_of({action.text});
    update.by = actor_of(matter.row.notice.to, rules.directory);
    update.by.account = action.account;
    update.text = is_blank(action.text) ? "" : action.text;
    return submit(std::move(update), std::move(acted));
}

Acted LinkDesk::submit(Update update, Acted acted) {
    acted.answer = desk_.submit(std::move(update));
    acted.at = desk_.now();
    switch (acted.answer.kind) {
        case Answer::Kind::accepted:
        case Answer::Kind::repeated: acted.kind = Acted::Kind::recorded; break;
        case Answer::Kind::conflict: acted.kind = Acted::Kind::conflict; break;
        case Answer::Kind::unavailable: acted.kind = Acted::Kind::unavailable; break;
        case Answer::Kind::refused:
            acted.kind = Acted::Kind::refused;
            if (acted.answer.refusal) {
                acted.refusal = acted.answer.refusal->what;
                acted.clauses = acted.answer.refusal->clauses;
            }
            break;
    }
    return acted;
}

Result<ClaimPage> LinkDesk::claim(std::int64_t notice) {
    const auto row = row_of(notice);
    if (!row) return row.error();
    return claims_.page(*row);
}

Result<ClaimAnswered> LinkDesk::answer_claim(std::int64_t notice, bool yes) {
    const auto row = row_of(notice);
    if (!row) return row.error();
    return claims_.answer(*row, yes);
}

Result<FormPage> LinkDesk::form(std::int64_t notice) {
    const auto row = row_of(notice);
    if (!row) return row.error();
    return forms_.page(*row);
}

Result<FormAnswered> LinkDesk::answer_form(std::int64_t notice, FormChoice choice) {
    const auto row = row_of(notice);
    if (!row) return row.error();
    return forms_.answer(*row, choice);
}

}  // namespace stageclock
