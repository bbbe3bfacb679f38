// SPDX-License-Identifier: MIT
#include "adapters/http/link_pages.h"

#include "adapters/http/link_parts.h"

namespace stageclock::front {

using namespace link_parts;

namespace {

// "the case is closed" -> "The case is closed."
std::string as_sentence(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text + ".";
}

void choice_row(Html& html, const LinkForm& form, const Choice& choice) {
    html << "<div class=\"choice\" id=\"";
    html.text(choice.id) << "\"><input type=\"radio\" name=\"choice\" id=\"choose-";
    html.text(choice.id) << "\" value=\"";
    html.text(choice.id) << "\"";
    if (form.choice == choice.id) html << " checked";
    html << " aria-describedby=\"effect-";
    html.text(choice.id) << "\"><div><label for=\"choose-";
    html.text(choice.id) << "\">";
    html.text(choice.title) << "</label><span class=\"soft\" id=\"effect-";
    html.text(choice.id) << "\">";
    html.text(as_sentence(choice.effect));
    if (choice.needs_text) {
        html << " Needs your words below";
    } else if (!choice.then.empty()) {
        html << " You may say below";
    }
    if (!choice.then.empty()) {
        html << ": ";
        html.text(choice.then);
    }
    if (choice.needs_text || !choice.then.empty()) html << ".";
    html << "</span></div></div>\n";
}

void words_area(Html& html, const LinkForm& form) {
    html << "<p><label for=\"text\">In your words</label>\n"
            "<span class=\"hint\" id=\"text-hint\">For the record of the case. The people on the "
            "case can read it.</span>\n<textarea id=\"text\" name=\"text\" rows=\"6\" "
            "maxlength=\"20000\" aria-describedby=\"text-hint\"";
    if (form.field == "text") html << " aria-invalid=\"true\"";
    // The first line break after the tag is not part of the text.
    html << ">\n";
    html.text(form.text) << "</textarea></p>\n";
}

void facts_of(Html& html, const ActionPage& page) {
    html << "<dl>\n";
    fact(html, "Case", page.ref);
    fact(html, "Stage", page.stage);
    if (!page.deadline.empty()) {
        fact(html, "Deadline", page.deadline + (page.passed ? " (passed)" : ""));
    }
    fact(html, "Board", page.board);
    html << "</dl>\n";
}

void what_is_due(Html& html, const Answer& answer) {
    if (answer.deadlines.empty()) {
        sentence(html, "No deadline runs now.");
        return;
    }
    html << "<h2>What is due now</h2>\n<dl>\n";
    for (const Answer::Due& due : answer.deadlines) fact(html, due.title, due.words);
    html << "</dl>\n";
}

}  // namespace

Response link_sorry_page(const Setting& setting, int status, std::string_view title,
                         std::string_view why) {
    Html html;
    sentence(html, why);
    return link_page(setting, status, title, html);
}

Response action_page(const Setting& setting, const ActionPage& page, const LinkForm& form,
                     int status) {
    Html html;
    if (!page.over.empty()) {
        sentence(html, page.over);
        facts_of(html, page);
        return link_page(setting, 410, "Nothing to do here", html);
    }
    summary(html, form);
    facts_of(html, page);
    if (!page.ask.empty()) {
        html << "<h2>What is asked</h2>\n";
        sentence(html, page.ask);
    }
    open_form(html, form);
    html << "<fieldset id=\"choices\"><legend>What should be recorded?</legend>\n";
    for (const Choice& choice : page.choices) choice_row(html, form, choice);
    html << "</fieldset>\n";
    words_area(html, form);
    html << "<p>It will be recorded for you as the ";
    html.text(page.capacity) << ".</p>\n<p><button>Record it</button></p>\n</form>\n";
    const std::string title = form.wrong.empty() ? "Case " + page.ref : "Please look again";
    return link_page(setting, status, title, html);
}

Response acted_page(const Setting& setting, const Acted& acted, const std::string& path) {
    Html html;
    html << "<p class=\"lead\">Recorded on ";
    html.text(to_words(acted.at, setting.zone)) << ": <strong>";
    html.text(acted.choice) << "</strong>, by the ";
    html.text(acted.page.capacity) << ".</p>\n<dl>\n";
    fact(html, "Case", acted.page.ref);
    fact(html, "Board", acted.page.board);
    html << "</dl>\n";
    if (!acted.open) {
        sentence(html,
                 "The case is closed, and its clocks have stopped. Those who took part are "
                 "told.");
    } else {
        sentence(html, "The case stands at \"" + acted.page.stage +
                           "\". Those who have to know are told.");
    }
    what_is_due(html, acted.answer);
    if (!acted.answer.guards.empty()) {
        html << "<h2>Please remember</h2>\n";
        list(html, acted.answer.guards);
    }
    html << "<p><a href=\"";
    html.text(path) << "\">Back to the case</a></p>\n";
    return link_page(setting, 200, "Recorded", html);
}

Response claim_page(const Setting& setting, const ClaimPage& page, const LinkForm& form,
                    int status) {
    Html html;
    if (!page.over.empty()) {
        sentence(html, page.over);
        return link_page(setting, 410, "Nothing to confirm here", html);
    }
    summary(html, form);
    html << "<p>A mail with your address came in on ";
    html.text(page.came) << ". We could not make sure that it was from you, so nothing was "
                            "recorded.</p>\n<dl>\n";
    fact(html, "Case", page.ref.empty() ? "a new one" : page.ref);
    fact(html, "Board", page.board);
    html << "</dl>\n<h2>What would be recorded</h2>\n";
    list(html, page.understood);
    open_form(html, form);
    html << "<fieldset id=\"choices\"><legend>Did you send this mail?</legend>\n"
            "<div class=\"choice\"><input type=\"radio\" name=\"choice\" id=\"choose-yes\" "
            "value=\"yes\"><label for=\"choose-yes\">Yes, I sent this: record it</label></div>\n"
            "<div class=\"choice\"><input type=\"radio\" name=\"choice\" id=\"choose-no\" "
            "value=\"no\"><label for=\"choose-no\">No, I did not: drop it and tell the "
            "board</label></div>\n</fieldset>\n<p><button>Send my answer</button></p>\n</form>\n";
    return link_page(setting, status, form.wrong.empty() ? "Was this you?" : "Please look again",
                     html);
}

Response claim_answered_page(const Setting& setting, const ClaimAnswered& answered) {
    Html html;
    switch (answered.kind) {
        case ClaimAnswered::Kind::recorded:
            sentence(html, "Thank you. Your mail is recorded" +
                               (answered.ref.empty() ? "." : " on case " + answered.ref + "."));
            list(html, answered.page.understood);
            return link_page(setting, 200, "Recorded", html);
        case ClaimAnswered::Kind::dropped:
            sentence(html, "Thank you. Nothing was changed by that mail, and the board is told.");
            return link_page(setting, 200, "Dropped", html);
        case ClaimAnswered::Kind::refused:
            sentence(html, "The rules of the policy do not permit this as things stand:");
            sentence(html, answered.refusal);
            list(html, answered.clauses);
            return link_page(setting, 409, "Not recorded", html);
        case ClaimAnswered::Kind::over: break;
        case ClaimAnswered::Kind::unavailable:
            return link_sorry_page(setting, 503, "Please try again",
                                   "Nothing was recorded: the service cannot store it just now.");
    }
    return claim_page(setting, answered.page, {});
}

}  // namespace stageclock::front
