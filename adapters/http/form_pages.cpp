// SPDX-License-Identifier: MIT
#include "adapters/http/form_pages.h"

#include <algorithm>

#include "adapters/http/link_parts.h"

namespace stageclock::front {

using namespace link_parts;

namespace {

void facts_of(Html& html, const FormPage& page) {
    html << "<dl>\n";
    fact(html, "Case", page.ref);
    fact(html, "Board", page.board);
    fact(html, "Form", page.title);
    html << "</dl>\n";
}

void problems(Html& html, std::string_view title, const std::vector<FormProblem>& all) {
    if (all.empty()) return;
    std::vector<std::string> lines;
    for (const FormProblem& each : all) lines.push_back(each.label + " " + each.what);
    html << "<h2>";
    html.text(title) << "</h2>\n";
    list(html, lines);
}

// Values keep the line breaks their writer made.
void values(Html& html, const std::vector<FormLine>& lines, bool as_sent) {
    html << "<dl>\n";
    for (const FormLine& line : lines) {
        if (line.as_sent != as_sent) continue;
        html << "<dt>";
        html.text(line.label) << "</dt><dd class=\"prose\">";
        html.text(line.value) << "</dd>\n";
    }
    html << "</dl>\n";
}

// What its sender wrote comes first; the rest they have seen before.
void what_it_says(Html& html, const std::vector<FormLine>& lines) {
    const auto old = std::count_if(lines.begin(), lines.end(),
                                   [](const FormLine& line) { return line.as_sent; });
    html << "<h2>What was filled in</h2>\n";
    if (old == std::ssize(lines)) {
        sentence(html, "Nothing: the form says what it said when it was sent out.");
    } else {
        values(html, lines, false);
    }
    if (old == 0) return;
    html << "<details><summary>What it said when it was sent out</summary>\n";
    values(html, lines, true);
    html << "</details>\n";
}

void choice(Html& html, std::string_view id, std::string_view title) {
    html << "<div class=\"choice\"><input type=\"radio\" name=\"choice\" id=\"choose-";
    html.text(id) << "\" value=\"";
    html.text(id) << "\"><label for=\"choose-";
    html.text(id) << "\">";
    html.text(title) << "</label></div>\n";
}

void ask(Html& html, const FormPage& page, const LinkForm& form) {
    open_form(html, form);
    html << "<fieldset id=\"choices\"><legend>Was the form read rightly?</legend>\n";
    if (page.missing.empty()) choice(html, form_is_right, "Yes: record it with the case");
    if (page.may_resolve) {
        choice(html, form_resolves,
               "Yes, and the case is resolved: record it and stop every clock of the case");
    }
    choice(html, form_is_wrong, "No: record nothing. I will send it again");
    html << "</fieldset>\n<p>It will be recorded for you as the ";
    html.text(page.capacity) << ".</p>\n<p><button>Send my answer</button></p>\n</form>\n";
}

}  // namespace

Response form_page(const Setting& setting, const FormPage& page, const LinkForm& form,
                   int status) {
    Html html;
    if (!page.over.empty()) {
        sentence(html, page.over);
        return link_page(setting, 410, "Nothing to confirm here", html);
    }
    summary(html, form);
    html << "<p>This form came in on ";
    html.text(page.came) << ". Nothing of it is recorded yet.</p>\n";
    facts_of(html, page);
    if (!page.missing.empty()) {
        problems(html, "Not complete: please fill these in and send it again", page.missing);
    }
    problems(html, "Please look at these: they are kept as written", page.doubtful);
    what_it_says(html, page.lines);
    ask(html, page, form);
    const std::string title = form.wrong.empty() ? "The form you sent" : "Please look again";
    return link_page(setting, status, title, html);
}

Response form_answered_page(const Setting& setting, const FormAnswered& answered) {
    Html html;
    switch (answered.kind) {
        case FormAnswered::Kind::recorded:
            sentence(html, "Thank you. The form is recorded on case " + answered.page.ref + ".");
            if (answered.resolved) {
                sentence(html, "The case is closed, and its clocks have stopped. Those who took "
                               "part are told.");
            }
            return link_page(setting, 200, "Recorded", html);
        case FormAnswered::Kind::dropped:
            sentence(html, "Thank you. Nothing was recorded, and the board can see that the form "
                           "was not read rightly. Please send it again, or answer in words.");
            return link_page(setting, 200, "Nothing recorded", html);
        case FormAnswered::Kind::refused:
            sentence(html, "The rules of the policy do not permit this as things stand:");
            sentence(html, answered.refusal);
            list(html, answered.clauses);
            return link_page(setting, 409, "Not recorded", html);
        case FormAnswered::Kind::over:
        case FormAnswered::Kind::incomplete: break;
    }
    return form_page(setting, answered.page, {});
}

}  // namespace stageclock::front
