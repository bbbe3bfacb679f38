// SPDX-License-Identifier: MIT
#include "adapters/http/message_page.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "adapters/http/message_view.h"

namespace stageclock::front {
namespace {

Response none() {
    return sorry_page(404, "Not found", "This notice has no such part.");
}

void row(Html& html, Markup name, std::string_view value) {
    if (value.empty()) return;
    html << "<dt>" << name << "</dt><dd>";
    html.text(value) << "</dd>\n";
}

void facts(Html& html, const Setting& setting, const NoticeRow& sent) {
    const Notice& notice = sent.notice;
    html << "<p>";
    state_tag(html, sent.state);
    html << "</p>\n<dl>\n";
    if (!notice.ref.empty()) {
        html << "<dt>Case</dt><dd><a href=\"/cases/";
        html.text(notice.ref) << "\">";
        html.text(notice.ref) << "</a></dd>\n";
    }
    row(html, "Kind", spaced(to_text(notice.kind)));
    row(html, "Why", spaced(to_text(notice.reason)));
    row(html, "To", notice.to.name.empty() ? notice.to.title : notice.to.name);
    row(html, "Address", notice.destination);
    row(html, "Channel", notice.channel);
    row(html, "Decided", to_words(notice.decided, setting.zone));
    row(html, "Settled", in_words(sent.done_at, setting.zone));
    row(html, "Attempts", std::to_string(sent.attempts));
    row(html, "Last reply", sent.reply);
    row(html, "Came back", in_words(sent.bounced_at, setting.zone));
    row(html, "Arrived", in_words(sent.delivered_at, setting.zone));
    row(html, "Report", sent.report);
    if (sent.possible_repeat) {
        html << "<dt>Note</dt><dd>An earlier attempt ended without an answer: the recipient may "
                "have it twice.</dd>\n";
    }
    html << "</dl>\n";
}

// The header fields people look at; all of them are in the raw message.
void mail_fields(Html& html, const MessageView& mail) {
    html << "<dl>\n";
    for (const MessageView::Field& field : mail.fields) {
        html << "<dt>";
        html.text(field.name) << "</dt><dd>";
        html.text(field.value) << "</dd>\n";
    }
    html << "</dl>\n";
}

void attachments(Html& html, const MessageView& mail, std::int64_t id) {
    if (mail.attachments.empty()) return;
    html << "<h2>Attachments</h2>\n<ul>\n";
    for (std::size_t i = 0; i < mail.attachments.size(); ++i) {
        const MessagePart& part = mail.attachments[i];
        html << "<li><a href=\"/outbox/";
        html.text(id).text("/attachments/").text(static_cast<std::int64_t>(i)) << "\">";
        html.text(part.file_name.empty() ? "unnamed part" : part.file_name) << "</a> ";
        html << "<span class=\"soft\">";
        html.text(part.content_type).text(", ");
        html.text(static_cast<std::int64_t>((part.bytes.size() + 1023) / 1024));
        html << " KiB</span></li>\n";
    }
    html << "</ul>\n";
}

void mail_parts(Html& html, const MessageView& mail, std::int64_t id) {
    html << "<h2>The message</h2>\n<section class=\"card\" aria-label=\"Text of the "
            "message\"><pre>";
    html.text(mail.text) << "</pre></section>\n";
    attachments(html, mail, id);
    if (!mail.html.empty()) {
        html << "<h2>As a mail program shows it</h2>\n<iframe sandbox title=\"The HTML part of the "
                "message\" src=\"/outbox/";
        html.text(id) << "/html\"></iframe>\n";
    }
    html << "<h2>Headers</h2>\n<div class=\"card\">\n";
    mail_fields(html, mail);
    html << "</div>\n<p><a href=\"/outbox/";
    html.text(id) << "/raw\">The message byte for byte</a></p>\n";
}

// Only what can stand in a header and a file name; the ending is kept.
std::string safe_file_name(const std::string& name) {
    std::string safe;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
        safe += plain ? c : '_';
    }
    if (safe.empty() || safe.front() == '.') safe.insert(0, "part");
    return safe.substr(safe.size() > 100 ? safe.size() - 100 : 0);
}

}  // namespace

Response download(const std::string& bytes, std::string type, const std::string& file_name) {
    Response response;
    response.content_type = std::move(type);
    response.body = bytes;
    response.headers.push_back(
        {"Content-Disposition", "attachment; filename=\"" + safe_file_name(file_name) + "\""});
    return response;
}

Response message_page(const Setting& setting, const NoticeRow& row, const std::string& bytes) {
    Html html;
    facts(html, setting, row);
    const auto mail = row.notice.channel == "mail" ? read_message(bytes)
                                                   : Result<MessageView>(Error{});
    if (bytes.empty()) {
        html << "<p>Nothing was sent so far, so there is no message to show.</p>\n";
    } else if (mail) {
        mail_parts(html, *mail, row.id);
    } else {
        html << "<h2>The message</h2>\n<section class=\"card\"><pre>";
        html.text(bytes) << "</pre></section>\n";
    }
    const std::string title =
        row.notice.title.empty() ? spaced(to_text(row.notice.reason)) : row.notice.title;
    Response response = page({200, title, "", setting.sandbox}, html);
    response.headers.push_back(
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; "
         "base-uri 'none'; frame-ancestors 'none'"});
    return response;
}

Response message_html(const std::string& bytes) {
    const auto mail = read_message(bytes);
    if (!mail || mail->html.empty()) return none();
    Response response;
    response.content_type = "text/html; charset=utf-8";
    response.body = mail->html;
    // Its own styles and nothing else: no script, no form, no link out of the frame, no picture
    // fetched from elsewhere.
    response.headers.push_back({"Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                                "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
                                "sandbox"});
    return response;
}

Response message_attachment(const std::string& bytes, std::size_t number) {
    const auto mail = read_message(bytes);
    if (!mail || number >= mail->attachments.size()) return none();
    const MessagePart& part = mail->attachments[number];
    constexpr std::array<std::string_view, 3> known{"application/pdf", "text/calendar",
                                                    "text/plain"};
    const bool named = std::find(known.begin(), known.end(), part.content_type) != known.end();
    return download(part.bytes, named ? part.content_type : "application/octet-stream",
                    part.file_name);
}

Response message_raw(const NoticeRow& row, const std::string& bytes) {
    if (bytes.empty()) return none();
    const bool mail = row.notice.channel == "mail";
    return download(bytes, mail ? "message/rfc822" : "text/plain; charset=utf-8",
                    "notice-" + std::to_string(row.id) + (mail ? ".eml" : ".txt"));
}

}  // namespace stageclock::front
