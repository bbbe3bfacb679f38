// SPDX-License-Identifier: MIT
#include "adapters/support/mime_compose.h"

#include <algorithm>
#include <memory>

#include <gmime/gmime.h>

#include "adapters/support/crypto.h"
#include "adapters/support/libraries.h"
#include "bot/core/directory.h"

namespace stageclock::mime {
namespace {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

struct FreeText {
    void operator()(gchar* text) const { g_free(text); }
};

bool is_token(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '+';
}

bool is_field_name(std::string_view name) {
    return !name.empty() && name.size() < 70 && std::all_of(name.begin(), name.end(), is_token);
}

std::string valid_utf8(std::string_view text) {
    if (g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr)) {
        return std::string(text);
    }
    const std::unique_ptr<gchar, FreeText> fixed(
        g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
    return fixed.get();
}

bool breaks_a_line(gunichar c) {
    const bool separator = c == 0x2028 || c == 0x2029;
    // Direction overrides make a line read other than it is written.
    const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || separator || direction;
}

// LF line ends and no control characters but tab: what quoted-printable is made from.
std::string body_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : valid_utf8(text)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == '\n' || byte == '\t' || (byte >= 0x20 && byte != 0x7F)) out += c;
    }
    return out;
}

Owned<GMimePart> part(const char* type, const char* subtype, std::string_view bytes,
                      GMimeContentEncoding encoding) {
    Owned<GMimePart> made(g_mime_part_new_with_type(type, subtype));
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeDataWrapper> content(
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(made.get(), content.get());
    g_mime_part_set_content_encoding(made.get(), encoding);
    return made;
}

Owned<GMimePart> text_part(const char* subtype, std::string_view text) {
    auto made = part("text", subtype, body_text(text), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(made.get()), "charset", "utf-8");
    return made;
}

// "application/pdf" in two; anything that is not two tokens is only bytes.
// "text", "calendar" of "text/calendar; method=PUBLISH".
std::pair<std::string, std::string> split_type(const std::string& type) {
    const auto slash = type.find('/');
    if (slash != std::string::npos) {
        auto left = type.substr(0, slash);
        auto right = type.substr(slash + 1, type.find(';') - slash - 1);
        if (is_field_name(left) && is_field_name(right)) return {left, right};
    }
    return {"application", "octet-stream"};
}

// "method", "PUBLISH" of it; what is not two tokens is left out.
std::vector<std::pair<std::string, std::string>> parameters_of(const std::string& type) {
    std::vector<std::pair<std::string, std::string>> found;
    for (std::size_t at = type.find(';'); at != std::string::npos;) {
        const std::size_t end = type.find(';', at + 1);
        const std::string one = type.substr(at + 1, end - at - 1);
        const std::size_t begin = one.find_first_not_of(' ');
        const std::size_t equals = one.find('=');
        if (begin != std::string::npos && equals != std::string::npos && begin < equals) {
            std::string name = one.substr(begin, equals - begin);
            std::string value = one.substr(equals + 1);
            if (is_field_name(name) && is_field_name(value)) {
                found.emplace_back(std::move(name), std::move(value));
            }
        }
        at = end;
    }
    return found;
}

Owned<GMimePart> attached(const Attachment& attachment) {
    const auto [type, subtype] = split_type(attachment.content_type);
    auto made =
        part(type.c_str(), subtype.c_str(), attachment.bytes, GMIME_CONTENT_ENCODING_BASE64);
    std::string name = attachment.file_name;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !is_token(c); }, '_');
    for (const auto& [parameter, value] : parameters_of(attachment.content_type)) {
        g_mime_object_set_content_type_parameter(GMIME_OBJECT(made.get()), parameter.c_str(),
                                                 value.c_str());
    }
    g_mime_part_set_filename(made.get(), name.c_str());
    return made;
}

Owned<GMimeMultipart> multipart(const char* subtype, const std::string& seed) {
    Owned<GMimeMultipart> made(g_mime_multipart_new_with_subtype(subtype));
    // "=_" can stand in no quoted-printable or base64 body (RFC 2045 section 6.7, advice 5).
    const auto boundary =
        "=_" + crypto::sha256_hex(std::string(subtype) + " " + seed).substr(0, 32);
    g_mime_multipart_set_boundary(made.get(), boundary.c_str());
    return made;
}

void add(GMimeMultipart* parent, gpointer child) {
    g_mime_multipart_add(parent, GMIME_OBJECT(child));
}

Owned<GMimeMultipart> body(const Mail& mail) {
    auto mixed = multipart("mixed", mail.seed);
    const auto alternative = multipart("alternative", mail.seed);
    add(alternative.get(), text_part("plain", mail.text).get());
    if (!mail.html.empty()) add(alternative.get(), text_part("html", mail.html).get());
    add(mixed.get(), alternative.get());
    for (const auto& attachment : mail.attachments) add(mixed.get(), attached(attachment).get());
    return mixed;
}

void add_mailbox(GMimeMessage* message, GMimeAddressType type, const Mailbox& mailbox) {
    const auto name = one_line(mailbox.name, 200);
    const Owned<InternetAddress> address(internet_address_mailbox_new(
        name.empty() ? nullptr : name.c_str(), mailbox.address.c_str()));
    internet_address_set_charset(address.get(), "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, type), address.get());
}

std::string bytes_of(GMimeMessage* message) {
    const std::unique_ptr<GMimeFormatOptions, void (*)(GMimeFormatOptions*)> options(
        g_mime_format_options_new(), g_mime_format_options_free);
    g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
    const Owned<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_object_write_to_stream(GMIME_OBJECT(message), options.get(), stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

Done check(const Mail& mail) {
    if (!is_address(mail.from.address)) {
        return Error{Code::invalid_input, "the sender is not a mail address", "from"};
    }
    if (!is_address(mail.to.address)) {
        return Error{Code::invalid_input, "the recipient is not a mail address", "to"};
    }
    if (!is_message_id("<" + mail.message_id + ">")) {
        return Error{Code::internal, "the Message-ID is not one", "message_id"};
    }
    for (const auto& field : mail.fields) {
        if (is_field_name(field.first)) continue;
        return Error{Code::internal, "a header field's name is not one", "fields"};
    }
    return done();
}

}  // namespace

Result<std::string> compose(const Mail& mail) {
    if (const auto checked = check(mail); !checked) return checked.error();
    support::start_gmime();
    const Owned<GMimeMessage> message(g_mime_message_new(TRUE));
    add_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, mail.from);
    add_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, mail.to);
    g_mime_message_set_subject(message.get(), one_line(mail.subject).c_str(), "utf-8");
    const std::unique_ptr<GDateTime, void (*)(GDateTime*)> date(
        g_date_time_new_from_unix_utc(mail.date.time_since_epoch().count()), g_date_time_unref);
    g_mime_message_set_date(message.get(), date.get());
    g_mime_message_set_message_id(message.get(), mail.message_id.c_str());
    for (const auto& [name, value] : mail.fields) {
        g_mime_object_append_header(GMIME_OBJECT(message.get()), name.c_str(),
                                    one_line(value).c_str(), "utf-8");
    }
    g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(body(mail).get()));
    return bytes_of(message.get());
}

std::string one_line(std::string_view text, std::size_t limit) {
    const auto valid = valid_utf8(text);
    std::string out;
    const char* next = nullptr;
    for (const char* at = valid.c_str(); *at != '\0'; at = next) {
        next = g_utf8_next_char(at);
        if (const auto c = g_utf8_get_char(at); c != ' ' && !breaks_a_line(c)) {
            out.append(at, next);
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return std::string(cut(out, limit));
}

std::string_view cut(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
    return text.substr(0, limit);
}

bool is_message_id(std::string_view text) {
    if (text.size() < 5 || text.size() > 250 || text.front() != '<' || text.back() != '>') {
        return false;
    }
    const auto inner = text.substr(1, text.size() - 2);
    const auto at = inner.find('@');
    const bool plain = std::all_of(inner.begin(), inner.end(), [](char c) {
        return c > 0x20 && c < 0x7F && c != '<' && c != '>' && c != '"' && c != '\\' && c != ',';
    });
    return plain && at != std::string_view::npos && at > 0 && at + 1 < inner.size() &&
           inner.find('@', at + 1) == std::string_view::npos;
}

}  // namespace stageclock::mime
