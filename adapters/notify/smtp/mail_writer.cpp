// SPDX-License-Identifier: MIT
#include "adapters/notify/smtp/mail_writer.h"

#include <utility>
#include <vector>

#include "adapters/notify/plain_words.h"
#include "adapters/support/crypto.h"
#include "adapters/support/mime_compose.h"
#include "bot/core/directory.h"

namespace stageclock::smtp {
namespace {

std::string id_from(std::string_view seed) { return crypto::sha256_hex(seed).substr(0, 32); }

// The text of one template, or `otherwise` when it is broken.
std::string worded(const Templates& templates, const std::string& name, const Model& model,
                   const std::string& otherwise) {
    auto text = templates.render(name, model);
    if (text) return *std::move(text);
    notify::report_broken_template(name, text.error());
    return otherwise;
}

using Fields = std::vector<std::pair<std::string, std::string>>;

// RFC 5322 section 3.6.4. A case has one root nobody ever sent, so that all its mails are one
// conversation for each recipient, whichever of them came first.
void add_thread(Fields& fields, const Notice& notice, const std::string& domain) {
    const auto root = "<thread-" + id_from("thread " + notice.ref) + "@" + domain + ">";
    // The id comes from a stranger's mail.
    const bool reply = mime::is_message_id(notice.in_reply_to);
    std::string references = notice.ref.empty() ? "" : root;
    if (reply) references += (references.empty() ? "" : " ") + notice.in_reply_to;
    if (references.empty()) return;
    fields.emplace_back("In-Reply-To", reply ? notice.in_reply_to : root);
    fields.emplace_back("References", references);
}

bool wants_absence(const Notice& notice) {
    return notice.to.audience == Audience::officer &&
           (notice.kind == NoticeKind::prompt || notice.kind == NoticeKind::reminder);
}

Fields fields_of(const Outgoing& outgoing, const std::string& from, const std::string& domain) {
    const auto& notice = outgoing.notice;
    Fields fields;
    const std::string& own = outgoing.reply_to;
    fields.emplace_back("Reply-To", "<" + (own.empty() ? from : own) + ">");
    add_thread(fields, notice, domain);
    // RFC 3834 section 5.2: an answer to a mail is never "auto-generated".
    fields.emplace_back("Auto-Submitted",
                        notice.in_reply_to.empty() ? "auto-generated" : "auto-replied");
    // That whoever is asked something is away is worth knowing; of all others it is noise. Reports
    // of failed delivery are always wanted (MS-OXCMAIL section 2.1.3.2.20).
    fields.emplace_back("X-Auto-Response-Suppress", wants_absence(notice)
                                                        ? "DR, RN, NRN, AutoReply"
                                                        : "DR, RN, NRN, OOF, AutoReply");
    if (!notice.ref.empty()) fields.emplace_back("X-Stageclock-Case", notice.ref);
    fields.emplace_back("X-Stageclock-Loop", domain);
    if (outgoing.possible_repeat) fields.emplace_back("X-Stageclock-Possible-Repeat", "yes");
    return fields;
}

}  // namespace

MailWriter::MailWriter(std::string from, std::string from_name, std::string prefix,
                       const Templates& templates)
    : from_(std::move(from)),
      from_name_(std::move(from_name)),
      prefix_(prefix.empty() ? "" : std::move(prefix) + " "),
      domain_(from_.substr(from_.rfind('@') + 1)),
      templates_(templates) {}

Result<Rendered> MailWriter::write(const Outgoing& outgoing) const {
    const auto& notice = outgoing.notice;
    const auto name = "email/" + std::string(to_text(notice.reason));
    const auto html = name + ".html";
    const Templates& templates = outgoing.templates != nullptr ? *outgoing.templates : templates_;
    mime::Mail mail;
    mail.from = {from_name_, from_};
    mail.to = {notice.to.name, notice.destination};
    mail.subject = prefix_ + worded(templates, name + ".subject", outgoing.model,
                                    notify::plain_subject(notice));
    mail.date = notice.decided;
    mail.seed = notice.key();
    const bool own_id = mime::is_message_id(outgoing.message_id);
    mail.message_id = own_id ? outgoing.message_id.substr(1, outgoing.message_id.size() - 2)
                             : id_from(mail.seed) + "@" + domain_;
    mail.fields = fields_of(outgoing, from_, domain_);
    mail.text = worded(templates, name + ".txt", outgoing.model, notify::plain_text(notice));
    if (templates.has(html)) mail.html = worded(templates, html, outgoing.model, "");
    mail.attachments = outgoing.attachments;
    auto bytes = mime::compose(mail);
    if (!bytes) return bytes.error();
    // RFC 3834 section 3.3: an answer to a mail has no return path, so that two robots cannot talk.
    const auto& own = outgoing.bounce_to.empty() ? from_ : outgoing.bounce_to;
    const auto sender = notice.in_reply_to.empty() ? own : std::string();
    return Rendered{"message/rfc822", *std::move(bytes), sender, notice.destination};
}

}  // namespace stageclock::smtp
