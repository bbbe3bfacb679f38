// SPDX-License-Identifier: MIT
#include "adapters/http/pages.h"

#include <algorithm>

namespace stageclock::front {
namespace {

void clock_form(Html& html, const Setting& setting, const std::string& form_token,
                const std::string& said) {
    html << "<section class=\"card\" aria-labelledby=\"clock\">\n<h2 "
            "id=\"clock\">The sandbox clock</h2>\n<p class=\"clock\"><time datetime=\"";
    html.text(to_rfc3339(setting.now)) << "\">";
    html.text(to_words(setting.now, setting.zone)) << "</time></p>\n";
    if (!said.empty()) {
        html << "<div class=\"alert\" role=\"alert\" id=\"by-error\"><p>";
        html.text(said) << "</p></div>\n";
    }
    html << "<form method=\"post\" action=\"/sandbox/clock\">\n"
            "<input type=\"hidden\" name=\"token\" value=\"";
    html.text(form_token) << "\">\n<label for=\"by\">Move it forward by</label>\n"
                             "<div class=\"row\"><input type=\"text\" id=\"by\" name=\"by\" "
                             "value=\"5 working days\" required maxlength=\"40\" "
                             "autocomplete=\"off\" aria-describedby=\"by-hint";
    if (!said.empty()) html << " by-error";
    html << "\"><button>Move forward</button></div>\n"
            "<p class=\"hint\" id=\"by-hint\">For example <em>1 working day</em>, <em>5 working "
            "days</em>, <em>26 hours</em>, <em>Monday 09:30</em>, or a moment such as "
            "<em>2026-12-24T17:00:00Z</em>. "
            "Everything due on the way happens, in order.</p>\n</form>\n</section>\n";
}

void sandbox_hints(Html& html) {
    html << "<h2>What to try next</h2>\n<ol>\n"
            "<li>Raise a case: post a webhook or drop a mail, as the README shows under "
            "<em>Your first case in five minutes</em>.</li>\n"
            "<li>Open <a href=\"/outbox\">the outbox</a>: the receipt and the first notices are "
            "there, each as it would be sent.</li>\n"
            "<li>Move the clock on by 5 working days and look again: reminders, then the prompts "
            "to the next named officers.</li>\n"
            "<li>Open the case under <a href=\"/cases\">Cases</a> and read how its deadline was "
            "counted.</li>\n</ol>\n";
}

std::string person(const Recipient& who) {
    if (!who.name.empty()) return who.name;
    return who.title.empty() ? spaced(who.role) : who.title;
}

void notice_row(Html& html, const Setting& setting, const NoticeRow& row, bool with_case) {
    const Notice& notice = row.notice;
    html << "<tr><td class=\"when\"><time datetime=\"";
    html.text(to_rfc3339(notice.decided)) << "\">";
    html.text(to_words(notice.decided, setting.zone)) << "</time></td>\n<th scope=\"row\" "
                                                         "class=\"what\"><a "
                                                         "href=\"/outbox/";
    html.text(row.id) << "\">";
    html.text(notice.title.empty() ? spaced(to_text(notice.reason)) : notice.title);
    html << "</a><br><span class=\"soft\">";
    html.text(to_text(notice.kind)).text(", ").text(spaced(to_text(notice.reason)));
    html << "</span></th>\n<td>";
    html.text(person(notice.to)) << "<br><span class=\"soft\">";
    html.text(notice.to.agency.empty() ? notice.destination
                                       : notice.to.agency + ", " + notice.destination);
    html << "</span></td>\n";
    if (with_case) {
        html << "<td class=\"ref\">";
        if (!notice.ref.empty()) {
            html << "<a href=\"/cases/";
            html.text(notice.ref) << "\">";
            html.text(notice.ref) << "</a>";
        }
        html << "</td>\n";
    }
    html << "<td>";
    html.text(notice.channel) << "</td>\n<td>";
    state_tag(html, row.state);
    if (row.possible_repeat) html << "<br><span class=\"soft\">possibly a repeat</span>";
    html << "</td></tr>\n";
}

}  // namespace

std::string spaced(std::string_view word) {
    std::string text(word);
    std::replace(text.begin(), text.end(), '-', ' ');
    return text;
}

std::string in_words(const std::optional<Instant>& instant, const Zone& zone) {
    return instant ? to_words(*instant, zone) : "";
}

void state_tag(Html& html, NoticeState state) {
    switch (state) {
        case NoticeState::pending: html << "<span class=\"tag wait\">waiting</span>"; break;
        case NoticeState::claimed: html << "<span class=\"tag wait\">being sent</span>"; break;
        case NoticeState::accepted: html << "<span class=\"tag good\">sent</span>"; break;
        case NoticeState::retrying: html << "<span class=\"tag wait\">to be retried</span>"; break;
        case NoticeState::failed: html << "<span class=\"tag late\">failed</span>"; break;
        case NoticeState::bounced: html << "<span class=\"tag late\">came back</span>"; break;
        case NoticeState::delivered: html << "<span class=\"tag good\">arrived</span>"; break;
        case NoticeState::cancelled:
            html << "<span class=\"tag plain\">not sent, no longer owed</span>";
            break;
    }
}

void notice_table(Html& html, const Setting& setting, const std::vector<NoticeRow>& rows,
                  bool with_case) {
    if (rows.empty()) {
        html << "<p>No notices yet.</p>\n";
        return;
    }
    html << "<div class=\"table\" role=\"region\" aria-label=\"Notices\" tabindex=\"0\"><table>\n"
            "<thead><tr><th scope=\"col\">Decided</th><th scope=\"col\">Notice</th>"
            "<th scope=\"col\">To</th>";
    if (with_case) html << "<th scope=\"col\">Case</th>";
    html << "<th scope=\"col\">Channel</th><th scope=\"col\">State</th></tr></thead>\n<tbody>\n";
    for (const NoticeRow& row : rows) notice_row(html, setting, row, with_case);
    html << "</tbody></table></div>\n";
}

const DutyView* most_pressing(const CaseView& view) {
    const DutyView* first = nullptr;
    for (const DutyView& duty : view.duties) {
        const bool open =
            duty.state == DutyRun::State::running || duty.state == DutyRun::State::missed;
        if (!open || !duty.deadline.due) continue;
        if (first == nullptr || *duty.deadline.due < *first->deadline.due) first = &duty;
    }
    return first;
}

Response start_page(const Setting& setting, const std::vector<const Board*>& boards,
                    const std::string& form_token, const std::string& said) {
    Html html;
    html << "<p class=\"lead\">stageclock keeps the time of professional disagreements about a "
            "child or an adult at risk: who owes the next step, by when, and who is next if nobody "
            "acts.</p>\n";
    if (setting.sandbox) clock_form(html, setting, form_token, said);
    html << "<h2>Look</h2>\n<ul>\n"
            "<li><a href=\"/cases\">Cases</a>: what is open, overdue first</li>\n"
            "<li><a href=\"/outbox\">Outbox</a>: every notice, to whom, and what became of "
            "it</li>\n"
            "<li><a href=\"/refusals\">Refusals</a>: what was not understood or not "
            "permitted</li>\n"
            "</ul>\n<p class=\"soft\">These pages ask for a token: leave the user name empty, or "
            "write anything, and give the token as password.</p>\n";
    if (setting.sandbox) sandbox_hints(html);
    html << "<h2>Boards served here</h2>\n<ul>\n";
    for (const Board* board : boards) {
        html << "<li>";
        html.text(board->name) << "</li>\n";
    }
    html << "</ul>\n";
    return page({200, "Nothing goes quiet", "/", setting.sandbox}, html);
}

Response outbox_page(const Setting& setting, const std::vector<NoticeRow>& rows) {
    Html html;
    html << "<p>Every notice, newest first: when it was decided, to whom it goes, and what became "
            "of it.</p>\n";
    notice_table(html, setting, rows, true);
    return page({200, "Outbox", "/outbox", setting.sandbox}, html);
}

Response refusals_page(const Setting& setting, const std::vector<SetAside>& items) {
    Html html;
    html << "<p>Requests that were refused, and mails a person has to look at. Nothing of them was "
            "acted on.</p>\n";
    if (items.empty()) html << "<p>There are none.</p>\n";
    if (!items.empty()) {
        html << "<div class=\"table\" role=\"region\" aria-label=\"Refusals\" tabindex=\"0\">"
                "<table>\n<thead><tr><th scope=\"col\">When</th><th scope=\"col\">Source</th>"
                "<th scope=\"col\">Why</th><th scope=\"col\">Id</th>"
                "<th scope=\"col\">Kept as</th></tr></thead>\n<tbody>\n";
    }
    for (const SetAside& item : items) {
        html << "<tr><td class=\"when\">";
        html.text(to_words(item.at, setting.zone)) << "</td><th scope=\"row\">";
        html.text(item.source) << "</th><td>";
        html.text(item.why) << "</td><td>";
        html.text(item.id) << "</td><td>";
        // A path is shown; a raw text is not: it may hold anything.
        const bool path = item.original.starts_with('/') &&
                          item.original.find('\n') == std::string::npos;
        if (path) html.text(item.original);
        html << "</td></tr>\n";
    }
    if (!items.empty()) html << "</tbody></table></div>\n";
    return page({200, "Refusals", "/refusals", setting.sandbox}, html);
}

Response sorry_page(int status, std::string_view title, std::string_view sentence) {
    Html html;
    html << "<p>";
    html.text(sentence) << "</p>\n<p><a href=\"/\">Back to the start</a></p>\n";
    return page({status, title, "", false}, html);
}

}  // namespace stageclock::front
