// SPDX-License-Identifier: MIT
#include "bot/app/model.h"

#include <algorithm>

#include "bot/app/model_parts.h"
#include "bot/app/model_words.h"
#include "bot/core/recipients.h"
#include "bot/core/ladder.h"

namespace stageclock {
namespace model_parts {
namespace {

using namespace model_words;

constexpr std::string_view emergency =
    "If anyone is in immediate danger, call 999 now. Nothing in this message replaces that.";
constexpr std::string_view unknown_agency = "another agency";

bool answers_mail(Reason reason) {
    return reason == Reason::mail_understood || reason == Reason::mail_not_understood ||
           reason == Reason::mail_incomplete || reason == Reason::mail_claimed ||
           reason == Reason::form_read || reason == Reason::form_not_read;
}

// Whether an address belongs to the case or to a post of the directory.
bool is_known(const std::string& address, const Case& the_case, const Rules& rules) {
    const std::string wanted = folded(address);
    if (wanted.empty()) return false;
    const std::vector<Recipient> people = everybody(the_case, rules);
    const auto& posts = rules.directory.posts;
    return std::any_of(people.begin(), people.end(),
                       [&](const Recipient& who) { return folded(who.address) == wanted; }) ||
           std::any_of(posts.begin(), posts.end(),
                       [&](const Post& post) { return has_address(post, wanted); });
}

// What a stranger who wrote to us gets back: the own mail as it was understood, nothing else.
Notice for_stranger(const Notice& notice) {
    Notice bare;
    bare.ref = notice.ref;
    bare.rule = notice.rule;
    bare.kind = notice.kind;
    bare.reason = notice.reason;
    bare.to = notice.to;
    bare.scheduled = notice.scheduled;
    bare.decided = notice.decided;
    bare.ask = notice.ask;
    bare.missing = notice.missing;
    bare.understood = notice.understood;
    return bare;
}

std::string published_agency(const Rules& rules, const std::string& agency) {
    if (agency.empty()) return {};
    const Agency* known = find_agency(rules.directory, agency);
    return std::string(known != nullptr ? std::string_view(known->name) : unknown_agency);
}

std::string reason_title(const View& view) {
    if (!view.details) return {};
    const auto& reasons = view.rules.policy.reasons;
    const auto found = std::find_if(
        reasons.begin(), reasons.end(),
        [&](const ReasonOption& option) { return option.id == view.the_case.facts.reason; });
    return found != reasons.end() ? found->title : std::string();
}

Model case_part(const View& view, const std::string& public_url) {
    const Case& the_case = view.the_case;
    const RaiseFacts& facts = the_case.facts;
    Model part;
    part["reference"] = the_case.ref;
    part["heading"] = heading(view);
    const bool has_page = !the_case.ref.empty() && !public_url.empty();
    part["link"] = has_page ? public_url + "/cases/" + encoded(the_case.ref) : "";
    part["open"] = the_case.open();
    part["status"] = std::string(to_text(the_case.status));
    part["raised"] = the_case.entries.empty()
                         ? std::string()
                         : to_words(the_case.raised, view.rules.calendar.zone());
    part["urgent"] = view.notice.urgent;
    part["subject"] = view.details ? one_line(facts.subject_name) : std::string();
    part["subject_kind"] = view.details ? facts.subject_kind : std::string();
    part["disagreement"] = reason_title(view);
    return part;
}

// What people wrote, each text under its title; nothing for who may not see it.
Model about_part(const View& view) {
    Model::List list;
    if (!view.details) return list;
    const Case& the_case = view.the_case;
    const RaiseFacts& facts = the_case.facts;
    const auto add = [&](const std::string& title, Model text) {
        if (text.list()->empty()) return;
        Model part;
        part["title"] = title;
        part["lines"] = std::move(text);
        list.push_back(std::move(part));
    };
    add("What was agreed", lines(the_case.outcome));
    add("What it is about", lines(facts.summary));
    add("Outcome wanted", lines(facts.wanted));
    add("View of " + agency_label(view, facts.raising.agency), lines(facts.raising_view));
    add("View of " + agency_label(view, facts.receiving.agency), lines(facts.receiving_view));
    add("Why earlier stages were passed over", lines(facts.skip_reason));
    std::vector<std::string> so_far;
    for (const LogEntry& entry : the_case.log) {
        so_far.push_back(to_words(entry, view.rules.calendar.zone()));
    }
    add("So far", texts(so_far));
    return list;
}

Model agencies_part(const View& view) {
    const RaiseFacts& facts = view.the_case.facts;
    const std::string raising = agency_label(view, facts.raising.agency);
    const std::string receiving = agency_label(view, facts.receiving.agency);
    Model part;
    part["raising"]["name"] = raising;
    part["raising"]["unit"] = view.details ? one_line(facts.raising.unit) : "";
    part["receiving"]["name"] = receiving;
    part["receiving"]["unit"] = view.details ? one_line(facts.receiving.unit) : "";
    const bool both = !raising.empty() && !receiving.empty();
    part["both"] = both ? raising + " and " + receiving : std::string();
    return part;
}

Model recipient_part(const View& view) {
    const Recipient& to = view.notice.to;
    const bool officer = to.audience == Audience::officer;
    Model part;
    part["name"] = officer ? one_line(to.name) : "";
    part["title"] = to.title;
    part["side"] = std::string(to_text(to.side));
    part["agency"] = to.side == Side::board ? view.rules.board.name : agency_label(view, to.agency);
    part["role"] = role_words(to.role);
    part["assumed"] = to.assumed ? "The board has yet to confirm that this post is the right one. "
                                   "If it is not, please reply and say who is."
                                 : "";
    return part;
}

Model stage_part(const View& view) {
    const Stage* stage = find_stage(view.rules.policy, view.notice.stage);
    Model part;
    part["id"] = view.notice.stage;
    part["title"] = stage != nullptr ? stage->title : view.notice.stage_title;
    part["label"] = stage != nullptr ? stage_label(stage) : view.notice.stage_title;
    part["guidance"] = stage != nullptr ? stage->guidance : "";
    return part;
}

Model next_part(const View& view) {
    const std::string& stage = view.notice.stage;
    const Stage* next = next_stage(view.the_case, view.rules, stage);
    Model part;
    part["title"] = next != nullptr ? next->title : "";
    part["label"] = stage_label(next);
    part["none"] = next == nullptr;
    return part;
}

// `read_here`: a form that comes back to us is read.
Model form_part(const View& view, bool read_here) {
    const Form* form = find_form(view.rules.policy, view.notice.form);
    Model part;
    part["title"] = form != nullptr ? form->title : "";
    part["sentence"] = "";
    if (form == nullptr) return part;
    std::string sentence = "Attached: " + form->title + ", filled in as far as the case is known.";
    std::string to = form->return_to ? role_words(form->return_to->role) : std::string();
    if (!to.empty() && form->return_to->side == Side::board) to += " of the board";
    const bool fills = view.details && read_here;
    if (fills) {
        sentence += " Please complete it and send the file back as an answer to this message";
        sentence += to.empty() ? "." : ": it is for the " + to + ".";
    }
    const bool returned = !fills && !to.empty();
    if (returned) sentence += " It is to be completed and returned to the " + to + ".";
    part["sentence"] = sentence;
    return part;
}

// Roles are published words; an agency somebody wrote in by hand is not.
Model missing_part(const View& view) {
    std::vector<std::string> missing = view.notice.missing;
    if (view.details || answers_mail(view.notice.reason)) return texts(missing);
    for (const std::string& agency :
         {view.the_case.facts.raising.agency, view.the_case.facts.receiving.agency}) {
        const std::string written = agency_name(view.rules, agency);
        if (written.empty() || find_agency(view.rules.directory, agency) != nullptr) continue;
        for (std::string& line : missing) {
            const std::size_t at = line.find(written);
            if (at != std::string::npos) line.replace(at, written.size(), unknown_agency);
        }
    }
    return texts(missing);
}

Model policy_part(const Policy& policy, const Case& the_case) {
    const Procedure* procedure =
        policy.procedures.size() > 1 ? find_procedure(policy, the_case.procedure) : nullptr;
    Model part;
    part["title"] = policy.title;
    part["version"] = policy.version;
    part["procedure"] = procedure != nullptr ? procedure->title : "";
    return part;
}

Model reason_flags(Reason reason) {
    Model part;
    // The answers to mail, and what a board gets beside its cases, come last in the list.
    for (int i = 0; i <= static_cast<int>(Reason::policy_review); ++i) {
        const auto each = static_cast<Reason>(i);
        const bool tells = each < Reason::acknowledged || answers_mail(each) ||
                           each >= Reason::mail_kept;
        if (tells) part[to_text(each)] = each == reason;
    }
    return part;
}

// Which lists have anything: a list shows each item, so a heading needs a name of its own.
Model any_part(const Model::Parts& parts) {
    Model any;
    for (const auto& [name, part] : parts) {
        if (const Model::List* list = part.list()) any[name] = !list->empty();
    }
    return any;
}

// How what a chat or a text message says stands to the mail about it.
std::string way(const Notice& notice) {
    if (notice.to.audience != Audience::chat) return {};
    if (notice.instead_of == "mail") {
        return "The mail about this did not reach you. Please tell the board your present address.";
    }
    return "A nudge: the details are in the mail sent to you.";
}

void add_notice(Model& model, const View& view) {
    const Notice& notice = view.notice;
    const bool asked = notice.kind == NoticeKind::prompt || notice.kind == NoticeKind::reminder;
    const Stage* stage = find_stage(view.rules.policy, notice.stage);
    const bool fall_back = asked && notice.ask.empty() && stage != nullptr;
    model["reason"] = std::string(to_text(notice.reason));
    model["is"] = reason_flags(notice.reason);
    model["kind"] = std::string(to_text(notice.kind));
    model["asked"] = asked;
    model["title"] = notice.title;
    model["ask"] = fall_back ? stage->guidance : notice.ask;
    model["why"] = why(view);
    model["repeated"] = repeated(view);
    model["late"] = late(view);
    model["deadline"] = deadline(view);
    model["trace"] = trace(view);
    model["clauses"] = joined(notice.clauses, ", ");
    model["missing"] = missing_part(view);
    const bool officer = notice.to.audience == Audience::officer;
    model["understood"] = texts(officer ? notice.understood : std::vector<std::string>{});
}

Model assembled(const View& view, const std::string& public_url, const std::string& mail_address,
                const std::string& page) {
    Model model;
    model["case"] = case_part(view, public_url);
    model["subject_start"] = subject_start(view);
    model["board"]["name"] = view.rules.board.name;
    model["policy"] = policy_part(view.rules.policy, view.the_case);
    model["stage"] = stage_part(view);
    model["next"] = next_part(view);
    model["agencies"] = agencies_part(view);
    model["recipient"] = recipient_part(view);
    add_notice(model, view);
    model["form"] = form_part(view, !public_url.empty());
    model["about"] = about_part(view);
    model["people"] = people(view);
    model["not_known"] = not_known(view);
    const bool claimed = view.notice.reason == Reason::mail_claimed;
    const bool returned = view.notice.reason == Reason::form_read;
    model["answers"] = answers(view, mail_address, page);
    const std::string acting = claimed || returned ? std::string() : action_page(view, page);
    model["action_page"] = acting;
    model["action_seal"] = action_seal(acting);
    model["actions"] = actions(view, acting);
    model["actions_with_text"] = actions_with_text(model["actions"]);
    model["claim_page"] = claimed ? page : std::string();
    model["form_page"] = returned ? page : std::string();
    model["mail_address"] = mail_address;
    model["emergency"] = emergency;
    model["way"] = way(view.notice);
    model["phrases"] = texts(phrases(view, false));
    model["guards"] = guards(view);
    model["any"] = any_part(*model.parts());
    return model;
}

}  // namespace

std::string stage_label(const Stage* stage) {
    if (stage == nullptr) return {};
    const std::string& number = stage->within.empty() ? stage->id : stage->within;
    const bool numbered = !number.empty() && number.size() <= 2 &&
                          number.find_first_not_of("0123456789") == std::string::npos;
    if (!numbered || folded(stage->title).starts_with("stage")) return stage->title;
    return "Stage " + number + ": " + stage->title;
}

std::string agency_label(const View& view, const std::string& agency) {
    return view.details ? one_line(agency_name(view.rules, agency))
                        : published_agency(view.rules, agency);
}

std::vector<std::string> phrases(const View& view, bool in_subject) {
    std::vector<std::string> found;
    if (view.the_case.stage.empty()) return found;  // a mail about no case of ours
    const Policy& policy = view.rules.policy;
    for (const Phrase& phrase : policy.phrases) {
        const auto here = [&](const std::string& stage) {
            return lies_in(policy, view.notice.stage, stage);
        };
        const bool holds = phrase.stages.empty() ||
                           std::any_of(phrase.stages.begin(), phrase.stages.end(), here);
        if (holds && phrase.in_subject == in_subject) found.push_back(phrase.text);
    }
    return found;
}

std::string heading(const View& view) {
    const RaiseFacts& facts = view.the_case.facts;
    const std::string raising = published_agency(view.rules, facts.raising.agency);
    const std::string receiving = published_agency(view.rules, facts.receiving.agency);
    if (raising.empty() || receiving.empty()) return view.rules.board.name;
    return "Escalation between " + raising + " and " + receiving;
}

std::string subject_start(const View& view) {
    const std::string& ref = view.the_case.ref;
    std::string start = ref.empty() ? std::string() : "[" + ref + "] ";
    for (const std::string& phrase : phrases(view, true)) start += phrase + ": ";
    return start + heading(view);
}

}  // namespace model_parts

Model model_of(const Notice& notice, const Case& the_case, const Rules& rules,
               const std::string& public_url, const std::string& mail_address,
               const std::string& page, const std::string& calendar_page) {
    using namespace model_parts;
    const bool answer = answers_mail(notice.reason);
    if (answer && !is_known(notice.to.address, the_case, rules)) {
        const Notice bare = for_stranger(notice);
        Case empty;
        empty.ref = notice.ref;
        Model model = assembled({bare, empty, rules, false}, public_url, mail_address, page);
        model["calendar_page"] = "";
        return model;
    }
    const bool details = notice.to.audience == Audience::officer && !answer;
    Model model = assembled({notice, the_case, rules, details}, public_url, mail_address, page);
    model["calendar_page"] = details ? calendar_page : std::string();
    return model;
}

std::string page_of(const Notice& notice, std::int64_t id, const std::string& public_url,
                    const Seal& seal) {
    if (public_url.empty() || id <= 0) return {};
    switch (notice.reason) {
        case Reason::mail_claimed: return public_url + "/c/" + seal.close(SealFor::claim, id);
        case Reason::form_read: return public_url + "/f/" + seal.close(SealFor::confirm_form, id);
        default: return public_url + "/a/" + seal.close(SealFor::link, id);
    }
}

}  // namespace stageclock
