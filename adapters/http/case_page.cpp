// SPDX-License-Identifier: MIT
#include <algorithm>

#include "adapters/http/case_json.h"
#include "adapters/http/pages.h"
#include "bot/core/files.h"

namespace stageclock::front {
namespace {

bool is_open(const DutyView& duty) {
    return duty.state == DutyRun::State::running || duty.state == DutyRun::State::missed;
}

void row(Html& html, Markup name, std::string_view value) {
    if (value.empty()) return;
    html << "<dt>" << name << "</dt><dd>";
    html.text(value) << "</dd>\n";
}

void list(Html& html, const std::vector<std::string>& lines) {
    html << "<ul>\n";
    for (const std::string& line : lines) {
        html << "<li>";
        html.text(line) << "</li>\n";
    }
    html << "</ul>\n";
}

void trace_days(Html& html, const std::vector<TraceLine>& lines) {
    if (lines.empty()) return;
    html << "<div class=\"table\" role=\"region\" aria-label=\"The days counted\" tabindex=\"0\">"
            "<table>\n<thead><tr><th scope=\"col\">Day</th><th scope=\"col\">Counted as</th>"
            "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n";
    for (const TraceLine& line : lines) {
        html << "<tr><th scope=\"row\" class=\"when\">";
        html.text(to_words(line.date)) << "</th><td>";
        html.text(line.counted > 0 ? std::to_string(line.counted) : "not counted") << "</td><td>";
        html.text(line.why) << "</td></tr>\n";
    }
    html << "</tbody></table></div>\n";
}

void trace(Html& html, const Trace& trace, const Zone& zone) {
    html << "<details><summary>How this was counted</summary>\n<dl>\n";
    row(html, "Limit", trace.rule);
    row(html, "Read as", trace.reading);
    row(html, "Counted from", trace.start_event + ", " + to_words(trace.start, zone));
    row(html, "Calendar", trace.calendar);
    row(html, "Policy", trace.policy);
    html << "</dl>\n";
    trace_days(html, trace.lines);
    if (!trace.adjustments.empty()) list(html, trace.adjustments);
    html << "</details>\n";
}

std::string owed_by(const DutyView& duty) {
    std::string text;
    for (const Recipient& who : duty.owed_by) {
        if (!text.empty()) text += "; ";
        text += who.name.empty() ? (who.title.empty() ? spaced(who.role) : who.title) : who.name;
        if (!who.agency.empty()) text += " (" + who.agency + ")";
    }
    return text.empty() ? "nobody is known for this yet" : text;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += ", ";
        text += word;
    }
    return text;
}

void open_duty(Html& html, const DutyView& duty, const Zone& zone) {
    const bool late = duty.state == DutyRun::State::missed;
    if (late) {
        html << "<section class=\"card late\"><h3>";
    } else {
        html << "<section class=\"card running\"><h3>";
    }
    html.text(duty.title);
    if (late) html << " <span class=\"tag late\">overdue</span>";
    html << "</h3>\n<p class=\"due\">";
    if (duty.deadline.due) {
        html << "Due ";
        html.text(to_words(*duty.deadline.due, zone));
        if (duty.deadline.beyond_calendar) {
            html << " <span class=\"tag wait\">provisional: later than the known bank "
                    "holidays</span>";
        }
    } else {
        html << "No fixed deadline";
    }
    html << "</p>\n<dl>\n";
    row(html, "Owed by", owed_by(duty));
    row(html, "Since", to_words(duty.started, zone));
    row(html, "Clauses", joined(duty.clauses));
    html << "</dl>\n";
    trace(html, duty.deadline.trace, zone);
    html << "</section>\n";
}

void past_duties(Html& html, const CaseView& view, const Zone& zone) {
    const bool any = std::any_of(view.duties.begin(), view.duties.end(),
                                 [](const DutyView& duty) { return !is_open(duty); });
    if (!any) return;
    html << "<h2>Done</h2>\n<div class=\"table\" role=\"region\" aria-label=\"Past duties\" "
            "tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">Duty</th><th "
            "scope=\"col\">Began</th><th scope=\"col\">Was due</th><th scope=\"col\">Came to"
            "</th></tr></thead>\n<tbody>\n";
    for (const DutyView& duty : view.duties) {
        if (is_open(duty)) continue;
        html << "<tr><th scope=\"row\">";
        html.text(duty.title) << "</th><td>";
        html.text(to_words(duty.started, zone)) << "</td><td>";
        html.text(in_words(duty.deadline.due, zone)) << "</td><td>";
        html.text(spaced(to_text(duty.state))) << "</td></tr>\n";
    }
    html << "</tbody></table></div>\n";
}

// Roles, not people: whoever reads this may know them under another address.
void out_of_reach(Html& html, const Case& the_case, const Zone& zone) {
    if (the_case.unreached.empty()) return;
    std::vector<std::string> lines;
    for (const Unreached& missed : the_case.unreached) {
        const bool away = missed.how == Unreached::How::away;
        std::string line = spaced(missed.role);
        if (missed.side != Side::none) {
            line += " of the " + std::string(to_text(missed.side)) + " side";
        }
        line += (away ? ": away, as an automatic answer said on "
                      : ": a message did not arrive on ") +
                to_words(missed.at, zone);
        if (missed.until) line += ", back on " + to_words(*missed.until, zone);
        lines.push_back(std::move(line));
    }
    html << "<div class=\"alert\"><p><strong>Out of reach:</strong></p>\n";
    list(html, lines);
    html << "</div>\n";
}

void warnings(Html& html, const CaseView& view, const std::vector<NoticeRow>& notices) {
    const auto failed = std::count_if(notices.begin(), notices.end(), [](const NoticeRow& notice) {
        return notice.state == NoticeState::failed || notice.state == NoticeState::bounced;
    });
    if (failed > 0) {
        html << "<div class=\"alert\"><p><strong>Not everybody could be reached.</strong> Notices "
                "that failed for good or came back: ";
        html.text(failed) << ". They are marked in the table below: reach these people another "
                             "way.</p></div>\n";
    }
    if (!view.gaps.empty()) {
        html << "<div class=\"alert\"><p><strong>Nobody is known for:</strong></p>\n";
        list(html, view.gaps);
        html << "</div>\n";
    }
    for (const Guard* guard : view.guards) {
        html << "<div class=\"card\"><p>";
        html.text(guard->text) << "</p></div>\n";
    }
}

void standing(Html& html, const CaseView& view, const Zone& zone) {
    const Case& the_case = view.the_case;
    html << "<dl>\n";
    row(html, "Stage", view.stage_title.empty() ? the_case.stage : view.stage_title);
    row(html, "Status", spaced(to_text(the_case.status)));
    row(html, "Raised", to_words(the_case.raised, zone));
    row(html, "Concern first considered", to_words(the_case.outset, zone));
    row(html, "Closed", in_words(the_case.closed, zone));
    row(html, "Urgent since", in_words(the_case.urgent_since, zone));
    row(html, "Protective deadline", in_words(the_case.protective_deadline, zone));
    row(html, "Policy", the_case.policy + ", version " + the_case.policy_version);
    html << "</dl>\n";
}

void parties(Html& html, const Case& the_case) {
    html << "<h2>Who and what</h2>\n<dl>\n";
    const RaiseFacts& facts = the_case.facts;
    const auto side = [](const Party& party) {
        return party.unit.empty() ? party.agency : party.agency + ", " + party.unit;
    };
    row(html, "Raising", side(facts.raising));
    row(html, "Receiving", side(facts.receiving));
    row(html, "About", facts.subject_name);
    row(html, "What", facts.summary);
    row(html, "Wanted", facts.wanted);
    row(html, "Outcome", the_case.outcome);
    html << "</dl>\n";
    if (facts.contacts.empty()) return;
    html << "<div class=\"table\" role=\"region\" aria-label=\"People\" tabindex=\"0\"><table>\n"
            "<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Role</th><th "
            "scope=\"col\">Side</th><th scope=\"col\">Address</th></tr></thead>\n<tbody>\n";
    for (const Contact& contact : facts.contacts) {
        html << "<tr><th scope=\"row\">";
        html.text(contact.name) << "</th><td>";
        html.text(spaced(contact.role)) << "</td><td>";
        html.text(to_text(contact.side)) << "</td><td>";
        html.text(contact.address) << "</td></tr>\n";
    }
    html << "</tbody></table></div>\n";
}

// Names of files are what people wrote: this page is for the operator's desk.
void files(Html& html, const Case& the_case, const Zone& zone) {
    if (the_case.files.empty()) return;
    html << "<h2>Files</h2>\n<div class=\"table\" role=\"region\" aria-label=\"Files\" "
            "tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">Name</th><th "
            "scope=\"col\">Type</th><th scope=\"col\">Size</th><th scope=\"col\">From</th><th "
            "scope=\"col\">When</th></tr></thead>\n<tbody>\n";
    for (const FileEntry& entry : the_case.files) {
        const auto link = file_link(the_case.ref, entry.file);
        html << "<tr><th scope=\"row\">";
        if (!link.empty()) {
            html << "<a href=\"";
            html.text(link) << "\">";
        }
        html.text(entry.file.name);
        if (!link.empty()) html << "</a>";
        html << "</th><td>";
        html.text(entry.file.content_type) << "</td><td>";
        html.text(entry.file.size > 0 ? size_in_words(entry.file.size) : "") << "</td><td>";
        html.text(entry.by);
        if (entry.side == Side::raising || entry.side == Side::receiving)
            html.text(", ").text(to_text(entry.side)).text(" side");
        html << "</td><td class=\"when\">";
        html.text(to_words(entry.at, zone)) << "</td></tr>\n";
    }
    html << "</tbody></table></div>\n<p class=\"soft\">Files are kept as they came and are not "
            "looked into: save them and open them with the care owed to any attachment.</p>\n";
}

// What forms said that came back. Free text, as in the record below.
void returned_forms(Html& html, const Case& the_case, const Policy* policy, const Zone& zone) {
    if (the_case.returned.empty()) return;
    html << "<h2>Forms that came back</h2>\n";
    for (const ReturnedForm& each : the_case.returned) {
        const Form* form = policy == nullptr ? nullptr : find_form(*policy, each.form.form);
        html << "<h3>";
        html.text(form == nullptr ? each.form.form : form->title) << "</h3>\n<p>";
        html.text(to_words(each.at, zone));
        if (!each.by.empty()) html.text(", from ").text(each.by);
        if (each.side == Side::raising || each.side == Side::receiving)
            html.text(", ").text(to_text(each.side)).text(" side");
        html << "</p>\n<dl>\n";
        for (const FormValue& value : each.form.values) {
            html << "<dt>";
            html.text(value.label.empty() ? value.id : value.label) << "</dt><dd class=\"prose\">";
            html.text(value.value) << "</dd>\n";
        }
        html << "</dl>\n";
    }
}

void record(Html& html, const Case& the_case, const Zone& zone) {
    html << "<h2>Record</h2>\n<ol class=\"record\">\n";
    for (const StageEntry& entry : the_case.entries) {
        html << "<li>Stage ";
        html.text(entry.stage) << " entered, ";
        html.text(to_words(entry.at, zone)) << "</li>\n";
    }
    for (const LogEntry& entry : the_case.log) {
        html << "<li>";
        html.text(to_words(entry, zone)) << "</li>\n";
    }
    for (const ChatAct& act : the_case.by_chat) {
        html << "<li>";
        html.text(to_words(act, zone)) << "</li>\n";
    }
    for (const Tag& tag : the_case.tags) {
        html << "<li>Tagged ";
        html.text(spaced(tag.id)) << "</li>\n";
    }
    html << "</ol>\n";
}

}  // namespace

Response case_page(const Setting& setting, const CaseView& view,
                   const std::vector<NoticeRow>& notices, const Policy* policy) {
    Html html;
    warnings(html, view, notices);
    out_of_reach(html, view.the_case, setting.zone);
    standing(html, view, setting.zone);
    html << "<h2>What is owed now</h2>\n";
    const bool any = std::any_of(view.duties.begin(), view.duties.end(), is_open);
    if (!any) html << "<p>Nothing.</p>\n";
    for (const DutyView& duty : view.duties) {
        if (is_open(duty)) open_duty(html, duty, setting.zone);
    }
    past_duties(html, view, setting.zone);
    html << "<h2>Notices</h2>\n";
    notice_table(html, setting, notices, false);
    parties(html, view.the_case);
    files(html, view.the_case, setting.zone);
    returned_forms(html, view.the_case, policy, setting.zone);
    record(html, view.the_case, setting.zone);
    return page({200, "Case " + view.the_case.ref, "", setting.sandbox}, html);
}

Response cases_page(const Setting& setting, const std::vector<CaseView>& shown,
                    std::size_t left_out) {
    Html html;
    html << "<p>Open cases, the most pressing first.</p>\n";
    if (shown.empty()) html << "<p>No case is open.</p>\n";
    if (!shown.empty()) {
        html << "<div class=\"table\" role=\"region\" aria-label=\"Open cases\" tabindex=\"0\">"
                "<table>\n<thead><tr><th scope=\"col\">Case</th><th scope=\"col\">Stage</th><th "
                "scope=\"col\">Next deadline</th><th scope=\"col\">What is owed</th></tr></thead>\n"
                "<tbody>\n";
    }
    for (const CaseView& view : shown) {
        html << "<tr><th scope=\"row\" class=\"ref\"><a href=\"/cases/";
        html.text(view.the_case.ref) << "\">";
        html.text(view.the_case.ref) << "</a></th><td>";
        html.text(view.stage_title.empty() ? view.the_case.stage : view.stage_title) << "</td><td>";
        const DutyView* duty = most_pressing(view);
        if (duty != nullptr) {
            html.text(to_words(*duty->deadline.due, setting.zone));
            if (duty->state == DutyRun::State::missed) {
                html << "<br><span class=\"tag late\">overdue</span>";
            }
        }
        html << "</td><td>";
        if (duty != nullptr) html.text(duty->title);
        html << "</td></tr>\n";
    }
    if (!shown.empty()) html << "</tbody></table></div>\n";
    if (left_out > 0) {
        html << "<p>Open cases not shown here: ";
        html.text(static_cast<std::int64_t>(left_out)) << ".</p>\n";
    }
    return page({200, "Cases", "/cases", setting.sandbox}, html);
}

}  // namespace stageclock::front
