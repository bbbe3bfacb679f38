// SPDX-License-Identifier: MIT
#include "adapters/notify/govuk/channels.h"

#include <exception>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/notify/govuk/text_message.h"
#include "adapters/notify/plain_words.h"
#include "adapters/notify/web/json_message.h"
#include "adapters/support/crypto.h"
#include "adapters/support/mime_compose.h"
#include "bot/core/directory.h"

namespace stageclock::govuk {
namespace {

using Json = nlohmann::json;

// Notify takes 2 000 000 bytes in all (its reference, "Send a file by email"), base64 included.
constexpr std::size_t largest_form = 1'400'000;
constexpr const char* form_too_large =
    "The form is too large to be sent this way. Please ask the board for it.";

std::string text_in(const Model& model, std::string_view name) {
    if (model.parts() == nullptr) return {};
    const auto found = model.parts()->find(name);
    const bool text = found != model.parts()->end() && found->second.text() != nullptr;
    return text ? *found->second.text() : std::string();
}

// The page on which the reader answers, else the one of the case.
std::string link_in(const Model& model) {
    std::string page = text_in(model, "action_page");
    if (!page.empty() || model.parts() == nullptr) return page;
    const auto of_case = model.parts()->find("case");
    return of_case == model.parts()->end() ? "" : text_in(of_case->second, "link");
}

// The template's text, or `otherwise` when it is broken.
std::string worded(const Templates& templates, const std::string& name, const Model& model,
                   const std::string& otherwise) {
    auto text = templates.render(name, model);
    if (text && !text->empty()) return *std::move(text);
    notify::report_broken_template(
        name, text ? Error{Code::invalid_input, "gives nothing", ""} : text.error());
    return otherwise;
}

// "n.SEAL@example.org": says to us alone which notice it is.
std::string reference_of(const Outgoing& outgoing) {
    const std::string& id = outgoing.message_id;
    return id.size() > 2 ? id.substr(1, id.size() - 2) : std::string();
}

Rendered message_of(Json body, const Outgoing& outgoing) {
    if (const auto reference = reference_of(outgoing); !reference.empty()) {
        body["reference"] = reference;
    }
    return {"application/json", body.dump(-1, ' ', false, Json::error_handler_t::replace), "",
            outgoing.notice.destination, outgoing.message_id};
}

// What both channels share: the call and its answer.
class Channel : public Notifier {
public:
    Channel(std::string name, std::string path, const notify::Parts& parts)
        : settings_(parts.settings.notify),
          templates_(parts.templates),
          name_(std::move(name)),
          path_(std::move(path)),
          service_(settings_, parts.options) {}

    std::string_view channel() const override { return name_; }

    Delivery deliver(const Rendered& message) override {
        try {
            const auto answer = service_.post(path_, message.bytes);
            if (answer) return judge(*answer);
            if (answer.error().code == Code::refused) {
                return {Delivered::never, answer.error().what, {}, true};
            }
            return {Delivered::try_again, answer.error().what};
        } catch (const std::exception&) {
            return {Delivered::try_again, "not sent: out of memory or threads"};
        }
    }

protected:
    const Templates& templates_of(const Outgoing& outgoing) const {
        return outgoing.templates != nullptr ? *outgoing.templates : templates_;
    }
    const NotifySettings settings_;

private:
    const Templates& templates_;
    const std::string name_;
    const std::string path_;
    Service service_;
};

class Sms final : public Channel {
public:
    explicit Sms(const notify::Parts& parts) : Channel("sms", "/v2/notifications/sms", parts) {}

    Result<Rendered> render(const Outgoing& outgoing) const override {
        const auto number = telephone_number(outgoing.notice.destination);
        if (!number) {
            return Error{Code::invalid_input, "this is no telephone number", "destination"};
        }
        const Templates& templates = templates_of(outgoing);
        std::string name = "sms/" + std::string(to_text(outgoing.notice.reason)) + ".txt";
        if (!templates.has(name)) name = "sms/notice.txt";
        std::string plain;
        for (const std::string& line : web::plain_lines(outgoing.notice)) plain += line + "\n";
        const std::string link = link_in(outgoing.model);
        const std::string text = worded(templates, name, outgoing.model, plain);
        return message_of({{"phone_number", *number},
                           {"template_id", settings_.sms_template},
                           {"personalisation", {{"message", fitted(text, link)}, {"link", link}}}},
                          outgoing);
    }
};

class NotifyMail final : public Channel {
public:
    NotifyMail(std::string name, const notify::Parts& parts)
        : Channel(std::move(name), "/v2/notifications/email", parts),
          prefix_(parts.settings.mail_subject_prefix) {}

    Result<Rendered> render(const Outgoing& outgoing) const override {
        const Notice& notice = outgoing.notice;
        if (!is_address(notice.destination)) {
            return Error{Code::invalid_input, "this is no mail address", "destination"};
        }
        const Templates& templates = templates_of(outgoing);
        const std::string name = "email/" + std::string(to_text(notice.reason));
        const std::string subject =
            worded(templates, name + ".subject", outgoing.model, notify::plain_subject(notice));
        const std::string body =
            worded(templates, name + ".txt", outgoing.model, notify::plain_text(notice));
        Json message{
            {"email_address", notice.destination},
            {"template_id", settings_.mail_template},
            {"personalisation",
             {{"subject", mime::one_line((prefix_.empty() ? "" : prefix_ + " ") + subject)},
              {"body", body},
              {"link", link_in(outgoing.model)},
              {"form", form_of(outgoing.attachments)}}},
            // What people wrote is in these: no link and no markup of theirs gets through.
            {"sanitise_content_for", {"subject", "body"}}};
        if (!settings_.mail_reply_to.empty()) {
            message["email_reply_to_id"] = settings_.mail_reply_to;
        }
        return message_of(std::move(message), outgoing);
    }

private:
    // Notify keeps the file and puts a link in its place; whoever opens it gives the address it was
    // sent to.
    static Json form_of(const std::vector<Attachment>& attachments) {
        const auto found = std::ranges::find(attachments, "application/pdf",
                                             &Attachment::content_type);
        if (found == attachments.end()) return "";
        const Attachment& form = *found;
        if (form.bytes.size() > largest_form) return form_too_large;
        return {{"file", crypto::base64_encode(form.bytes)},
                {"filename", form.file_name},
                {"confirm_email_before_download", true},
                {"retention_period", "26 weeks"}};
    }

    const std::string prefix_;
};

}  // namespace

std::unique_ptr<Notifier> make_sms(const notify::Parts& parts) {
    if (parts.settings.notify.sms_template.empty()) return nullptr;
    return std::make_unique<Sms>(parts);
}

std::unique_ptr<Notifier> make_notify_mail(const notify::Parts& parts) {
    if (parts.settings.notify.mail_template.empty()) return nullptr;
    return std::make_unique<NotifyMail>("notify-mail", parts);
}

std::unique_ptr<Notifier> make_instead_of_mail(const notify::Parts& parts) {
    const Settings& settings = parts.settings;
    if (!settings.smtp.url.empty() || settings.notify.mail_template.empty()) return nullptr;
    return std::make_unique<NotifyMail>("mail", parts);
}

}  // namespace stageclock::govuk
