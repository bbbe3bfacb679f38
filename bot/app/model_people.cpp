// SPDX-License-Identifier: MIT
//
// Who is on the case, and why this reader is told.
#include <algorithm>

#include "bot/app/model_parts.h"
#include "bot/app/model_words.h"
#include "bot/core/recipients.h"
#include "bot/core/ladder.h"

namespace stageclock::model_parts {
namespace {

using namespace model_words;

const Stage* stage_of(const View& view) { return find_stage(view.rules.policy, view.notice.stage); }

bool acts_at(const Stage* stage, const Recipient& person) {
    return stage != nullptr &&
           std::any_of(stage->actors.begin(), stage->actors.end(), [&](const Target& target) {
               const bool side = target.side == Side::both || target.side == person.side;
               return side && target.role == person.role;
           });
}

// True for an officer who hears of a stage because it is the one after it that is theirs.
bool is_next_officer(const View& view) {
    const Stage* next = next_stage(view.the_case, view.rules, view.notice.stage);
    return acts_at(next, view.notice.to) && !acts_at(stage_of(view), view.notice.to);
}

// "line manager for Housing", "Business Manager for Camden Safeguarding Children Partnership".
std::string capacity(const View& view) {
    const Recipient& to = view.notice.to;
    const std::string role = to.title.empty() ? role_words(to.role) : to.title;
    const std::string agency =
        to.side == Side::board ? view.rules.board.name : agency_label(view, to.agency);
    if (to.role == "raiser") return "the person who raised it";
    if (role.empty()) return agency.empty() ? "a contact of this case" : "a contact of " + agency;
    return agency.empty() ? role : role + " for " + agency;
}

std::string why_stage(const View& view) {
    if (view.notice.to.role == "raiser") {
        return "you raised it, and whoever raised it hears of every stage";
    }
    if (view.notice.kind == NoticeKind::copy) {
        return "the policy tells the " + capacity(view) + " when this stage begins";
    }
    return "you act at this stage, as " + capacity(view);
}

std::string why_step(const View& view, const std::string& state) {
    if (is_next_officer(view)) {
        return "the time for this stage ended with no outcome recorded, and the next stage would "
               "be yours, as " +
               capacity(view);
    }
    return "this step " + state + ", and you have a part in it as " + capacity(view);
}

std::string why_clause(const View& view) {
    switch (view.notice.reason) {
        case Reason::case_raised:
            return "you raised this disagreement";
        case Reason::challenge_received:
            return "the disagreement is with your agency, and you are named as " + capacity(view);
        case Reason::stage_entered:
            return why_stage(view);
        case Reason::duty_started:
            return why_step(view, "has begun");
        case Reason::deadline_near:
            return why_step(view, "is due soon");
        case Reason::deadline_passed:
            return why_step(view, "has passed its time");
        case Reason::still_overdue:
            return why_step(view, "is still open");
        case Reason::still_open:
            return "no deadline runs at this stage, and the case must not be forgotten";
        case Reason::next_officer_due:
            return "the time for this stage ended with no outcome recorded, and the next stage "
                   "would be yours, as " +
                   capacity(view);
        case Reason::became_urgent:
            return why_step(view, "has become urgent");
        case Reason::deadline_changed:
            return why_step(view, "has a new deadline");
        case Reason::copied_by_policy:
            return "the policy names the " + capacity(view) + " for this";
        case Reason::stage_copy:
            return "this board has chosen to get a copy of this stage";
        case Reason::case_resolved:
        case Reason::case_withdrawn:
        case Reason::case_reopened:
            return "you took part in this case, as " + capacity(view);
        case Reason::contact_missing:
            return view.notice.to.side == Side::board
                       ? "the board keeps the list of contacts"
                       : "you may know who fills these roles, as " + capacity(view);
        case Reason::delivery_failed:
            return "a message of this case did not arrive, and somebody has to look into it";
        case Reason::mail_understood:
        case Reason::mail_not_understood:
        case Reason::mail_incomplete:
            return "you wrote to this service";
        case Reason::mail_claimed:
            return "a mail with your address reached this service";
        case Reason::form_read:
        case Reason::form_not_read:
            return "a mail with your address brought a form of this case back";
        case Reason::mail_kept:
            return "the board looks after what the service cannot act on";
        case Reason::board_report:
            return "the policy has this report sent to you";
        case Reason::policy_review:
            return "the board keeps its policy";
        case Reason::acknowledged:
        case Reason::overtaken:
        case Reason::before_start:
        case Reason::duty_ended:
            break;  // reasons not to tell: no notice has them
    }
    return "you are a contact of this case";
}

Model person(const View& view, const Recipient& who) {
    const std::string post = who.role == "raiser" ? "raised it"
                             : who.title.empty()  ? role_words(who.role)
                                                  : who.title;
    const std::string name = one_line(who.name);
    Model part;
    part["name"] = name.empty() ? post : name;
    part["post"] = name.empty() ? std::string() : post;
    part["agency"] = who.agency;
    part["address"] = who.address;
    part["phone"] = one_line(who.phone);
    part["you"] = !who.address.empty() && folded(who.address) == folded(view.notice.to.address);
    return part;
}

// Those who act at the notice's stage (and at the next one, once its time has run out).
Filled actors(const View& view) {
    std::vector<Target> targets;
    if (const Stage* stage = stage_of(view)) targets = stage->actors;
    const Stage* next = next_stage(view.the_case, view.rules, view.notice.stage);
    const bool run_out = view.notice.deadline && *view.notice.deadline <= view.notice.decided;
    if (next != nullptr && run_out) {
        targets.insert(targets.end(), next->actors.begin(), next->actors.end());
    }
    return fill(view.the_case, targets, view.rules, view.notice.decided);
}

}  // namespace

std::string why(const View& view) { return "You are told because " + why_clause(view) + "."; }

Model people(const View& view) {
    Model::List list;
    if (!view.details) return list;
    std::vector<Recipient> all = actors(view).people;
    for (const Recipient& other : everybody(view.the_case, view.rules)) {
        const bool listed = std::any_of(all.begin(), all.end(), [&](const Recipient& known) {
            return folded(known.address) == folded(other.address);
        });
        if (!listed) all.push_back(other);
    }
    for (const Recipient& who : all) {
        if (who.audience == Audience::officer) list.push_back(person(view, who));
    }
    return list;
}

Model not_known(const View& view) {
    if (!view.details || !view.the_case.open()) return Model::List{};
    std::vector<std::string> missing = actors(view).missing;
    std::erase_if(missing, [&](const std::string& role) {
        return std::find(view.notice.missing.begin(), view.notice.missing.end(), role) !=
               view.notice.missing.end();
    });
    return texts(missing);
}

}  // namespace stageclock::model_parts
