// SPDX-License-Identifier: MIT
//
// What a reader may answer by mail: the words that meet the duty the notice stands on.
#include <algorithm>

#include "bot/app/model_parts.h"
#include "bot/app/model_words.h"
#include "bot/app/offers.h"

namespace stageclock::model_parts {

using namespace model_words;

Model answers(const View& view, const std::string& mail_address, const std::string& page) {
    Model::List list;
    if (!view.details) return list;
    for (const Offer& offer : offers(view.notice, view.the_case, view.rules)) {
        Model part;
        part["word"] = offer.word;
        part["then"] = offer.then;
        part["effect"] = offer.effect;
        part["mailto"] = mailto(mail_address, subject_start(view),
                                offer.word + (offer.then.empty() ? "\n" : " "));
        const bool has_page =
            !page.empty() && on_page(offer, view.the_case, view.rules).has_value();
        part["page"] = has_page ? page + "#" + offer.event : std::string();
        list.push_back(std::move(part));
    }
    return list;
}

std::string action_page(const View& view, const std::string& page) {
    if (page.empty() || view.notice.to.audience == Audience::board) return {};
    for (const Offer& offer : offers(view.notice, view.the_case, view.rules)) {
        if (on_page(offer, view.the_case, view.rules)) return page;
    }
    return {};
}

std::string action_seal(const std::string& page) { return page.substr(page.rfind('/') + 1); }

Model actions(const View& view, const std::string& page) {
    Model::List list;
    if (action_page(view, page).empty()) return list;
    for (const Offer& offer : offers(view.notice, view.the_case, view.rules)) {
        const auto possible = on_page(offer, view.the_case, view.rules);
        if (!possible) continue;
        Model part;
        part["id"] = offer.event;
        part["title"] = title_of(offer.word);
        part["effect"] = offer.effect;
        part["needs_text"] = possible->needs_text;
        part["at_once"] = !possible->needs_text;
        list.push_back(std::move(part));
    }
    return list;
}

std::string actions_with_text(Model actions) {
    std::vector<std::string> titles;
    for (Model action : *actions.list()) {
        if (*action["needs_text"].yes()) titles.push_back(*action["title"].text());
    }
    return joined(titles, ", ");
}

Model guards(const View& view) {
    std::vector<const Guard*> shown;
    Model::List list;
    for (const Guard* guard : guards_of(view.the_case, view.rules)) {
        if (guard->when == "raise" && view.notice.reason != Reason::case_raised) continue;
        const bool again = std::any_of(shown.begin(), shown.end(), [&](const Guard* other) {
            return other->text == guard->text;
        });
        if (again) continue;
        shown.push_back(guard);
        Model part;
        part["text"] = guard->text;
        part["clauses"] = joined(guard->clauses, ", ");
        list.push_back(std::move(part));
    }
    return list;
}

}  // namespace stageclock::model_parts
