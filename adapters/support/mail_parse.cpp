// SPDX-License-Identifier: MIT
#include "adapters/support/mail_parse.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include <gmime/gmime.h>

#include "adapters/support/libraries.h"
#include "adapters/support/mail_headers.h"
#include "adapters/support/mail_parts.h"
#include "adapters/support/mail_text.h"
#include "bot/core/directory.h"

// GMime takes the mail apart; this file reads the header, mail_parts.cpp the rest.
namespace stageclock::mail {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

struct Free {
    void operator()(char* text) const { g_free(text); }
};
using OwnedText = std::unique_ptr<char, Free>;

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

std::string lower(const char* text) { return folded(text_or_empty(text)); }

MailFields fields_of(GMimeObject* object) {
    MailFields fields;
    auto* list = g_mime_object_get_header_list(object);
    const int count = list == nullptr ? 0 : g_mime_header_list_get_count(list);
    for (int i = 0; i < count; ++i) {
        auto* header = g_mime_header_list_get_header_at(list, i);
        // The raw value may hold bytes of any kind; unfolded it is one line.
        fields.push_back({lower(g_mime_header_get_name(header)),
                          one_line(text_or_empty(g_mime_header_get_raw_value(header)))});
    }
    return fields;
}

struct Mailbox {
    std::string name;
    std::string address;  // empty: none, several, or not a plausible one
};

// The first mailbox of a list; `count` is how many there are.
Mailbox first_mailbox(InternetAddressList* list, int& count) {
    Mailbox first;
    count = list == nullptr ? 0 : internet_address_list_length(list);
    if (count == 0) return first;
    auto* address = internet_address_list_get_address(list, 0);
    if (!INTERNET_ADDRESS_IS_MAILBOX(address)) return first;
    const auto written =
        text_or_empty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
    if (is_address(written)) first.address = written;
    first.name = one_line(text_or_empty(internet_address_get_name(address)));
    return first;
}

void add_mailboxes(std::vector<std::string>& all, InternetAddressList* list,
                   const MailLimits& limits) {
    const int count = list == nullptr ? 0 : internet_address_list_length(list);
    for (int i = 0; i < std::min(count, limits.addresses); ++i) {
        auto* address = internet_address_list_get_address(list, i);
        if (!INTERNET_ADDRESS_IS_MAILBOX(address)) continue;
        const auto written =
            text_or_empty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
        if (is_address(written)) all.push_back(written);
    }
}

std::optional<Instant> date_of(GMimeMessage* message) {
    auto* date = g_mime_message_get_date(message);
    if (date == nullptr) return std::nullopt;
    return Instant(std::chrono::seconds(g_date_time_to_unix(date)));
}

std::string digest_of(std::string_view bytes) {
    const OwnedText hex(g_compute_checksum_for_data(
        G_CHECKSUM_SHA256, reinterpret_cast<const guchar*>(bytes.data()), bytes.size()));
    return hex.get();
}

void fill_headers(IncomingMail& mail, GMimeMessage* message, const MailFields& fields,
                  const MailLimits& limits) {
    int senders = 0;
    const auto from = first_mailbox(g_mime_message_get_from(message), senders);
    if (senders == 1 && values_of(fields, "from").size() == 1) {
        mail.from_address = from.address;
        mail.from_name = shortened(from.name, limits.name);
    }
    for (const char* name : {"delivered-to", "x-original-to"})
        for (const auto& value : values_of(fields, name))
            if (is_address(value)) mail.to.push_back(value);
    add_mailboxes(mail.to, g_mime_message_get_to(message), limits);
    add_mailboxes(mail.to, g_mime_message_get_cc(message), limits);
    mail.subject =
        shortened(one_line(text_or_empty(g_mime_message_get_subject(message))), limits.subject);
    const auto ids = values_of(fields, "message-id");
    if (ids.size() == 1) mail.message_id = valid_message_id(ids.front());
    mail.id = mail.message_id.empty() ? "sha256:" + mail.digest : mail.message_id;
    for (const char* name : {"in-reply-to", "references"})
        for (const auto& value : values_of(fields, name))
            for (auto& id : message_ids_in(value)) mail.references.push_back(std::move(id));
    const auto paths = values_of(fields, "return-path");
    if (!paths.empty()) mail.return_path = shortened(paths.front(), limits.name);
    mail.date = date_of(message);
    mail.authentication_results = values_of(fields, "authentication-results");
}

MailSigns signs_of(const IncomingMail& mail, const MailFields& fields, GMimeObject* body,
                   MailParts& parts) {
    // A sign of a machine counts whatever the sender's field looks like.
    const auto from = values_of(fields, "from");
    std::optional<Date> sent;
    if (mail.date)
        sent = Date(std::chrono::floor<std::chrono::days>(*mail.date).time_since_epoch());
    return {.fields = fields,
            .content_type = content_type_of(body),
            .report_type = folded(parameter_of(body, "report-type")),
            .from = mail.from_address.empty() && !from.empty() ? from.front() : mail.from_address,
            .subject = mail.subject,
            .text = mail.text,
            .delivery_status = std::move(parts.delivery_status),
            .returned = std::move(parts.returned),
            .calendar_method = std::move(parts.calendar_method),
            .own = mail.to,
            .sent = sent};
}

// Mails copied from old Macintoshes end their lines with CR alone, which GMime takes for one line.
std::string with_line_ends(std::string_view bytes) {
    std::string lines(bytes);
    std::ranges::replace(lines, '\r', '\n');
    return lines;
}

Owned<GMimeMessage> parsed(std::string_view bytes) {
    support::start_gmime();
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

}  // namespace

Result<IncomingMail> parse_mail(std::string_view bytes, const MailLimits& limits) {
    if (bytes.empty()) return Error{Code::invalid_input, "it is empty", ""};
    // Empty lines above the header would be taken for its end.
    const auto start = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
    const auto mail_bytes = bytes.substr(start);
    const bool returns_only = mail_bytes.find('\n') == std::string_view::npos;
    const auto message = returns_only ? parsed(with_line_ends(mail_bytes)) : parsed(mail_bytes);
    if (message == nullptr) return Error{Code::invalid_input, "this is not a mail", ""};
    auto* object = GMIME_OBJECT(message.get());
    auto* list = g_mime_object_get_header_list(object);
    const int headers = list == nullptr ? 0 : g_mime_header_list_get_count(list);
    if (headers == 0) return Error{Code::invalid_input, "it has no header", ""};
    if (headers > limits.headers) return Error{Code::invalid_input, "it has too many headers", ""};

    IncomingMail mail;
    mail.digest = digest_of(bytes);
    auto fields = fields_of(object);
    fill_headers(mail, message.get(), fields, limits);
    auto* body = g_mime_message_get_mime_part(message.get());
    // GMime keeps the fields that speak of the body with the body.
    if (body != nullptr) std::ranges::move(fields_of(body), std::back_inserter(fields));
    auto parts = parts_of(body, limits);
    mail.text = std::move(parts.text);
    mail.attachments = std::move(parts.attachments);
    mail.writer = writer_of(signs_of(mail, fields, body, parts));
    return mail;
}

Result<std::string> attachment_of(std::string_view bytes, std::string_view sha256,
                                  const MailLimits& limits) {
    const auto message = bytes.empty() || sha256.empty() ? nullptr : parsed(bytes);
    auto found = message == nullptr
                     ? std::nullopt
                     : file_in(g_mime_message_get_mime_part(message.get()), sha256, limits);
    if (!found) return Error{Code::not_found, "the mail has no such attachment", ""};
    return std::move(*found);
}

}  // namespace stageclock::mail
