// SPDX-License-Identifier: MIT
#include "adapters/support/mail_parts.h"

#include <algorithm>
#include <memory>

#include <gmime/gmime.h>

#include "adapters/support/html_text.h"
#include "adapters/support/mail_text.h"
#include "bot/core/directory.h"
#include "bot/core/reply.h"

// Walks the parts and only reads: nothing a stranger wrote is ever written out by GMime again
// (3.2.13 can loop on over-long parameter names when it does).
namespace stageclock::mail {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
struct Free {
    void operator()(char* text) const { g_free(text); }
};

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }
std::string_view view_of(const char* text) { return text == nullptr ? "" : text; }

bool blank(std::string_view text) {
    return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

// A text, and whether it was HTML.
struct Read {
    std::string text;
    bool html = false;
};

// Pictures the text of a mail shows have a Content-ID (RFC 2392). Larger ones are taken for
// photographs that somebody wants to be seen.
bool is_embedded(GMimeObject* object, const std::string& type, std::size_t size) {
    constexpr std::size_t largest_logo = 100 << 10;
    const auto id = text_or_empty(g_mime_object_get_content_id(object));
    const auto* how = g_mime_object_get_content_disposition(object);
    const bool attached = how != nullptr && folded(text_or_empty(how->disposition)) == "attachment";
    return type.starts_with("image/") && !id.empty() && !attached && size < largest_logo;
}

// A plain part that only says that there is an HTML part.
bool is_stub(const std::string& plain) {
    constexpr std::size_t longest = 400;
    if (plain.size() > longest) return false;
    const auto said = folded(plain);
    const auto has = [&](std::string_view part) { return said.find(part) != std::string::npos; };
    return has("html") && (has("view") || has("client") || has("support") || has("reader") ||
                           has("display") || has("format"));
}

// The plain part, unless the HTML part shows better where the quotation begins
// (docs/adapters/mail-in.md says the order).
std::string better_of(const std::string& plain, const std::string& html) {
    if (blank(html)) return plain;
    if (blank(plain) || is_stub(plain)) return html;
    const auto in_plain = cut_of(plain);
    const auto in_html = cut_of(html);
    if (in_plain == Cut::none && in_html != Cut::none && !new_text(html).empty()) return html;
    if (new_text(plain).empty() && !new_text(html).empty()) return html;
    return plain;
}

class PartReader {
public:
    explicit PartReader(const MailLimits& limits, std::string_view wanted = {})
        : limits_(limits), wanted_(wanted) {}

    MailParts read(GMimeObject* body) {
        found_.text = shortened(read(body, 0).text, limits_.text);
        return std::move(found_);
    }

private:
    Read read(GMimeObject* object, int depth) {
        if (object == nullptr || ++parts_ > limits_.parts || depth > limits_.depth) return {};
        if (GMIME_IS_MULTIPART(object)) return of_children(GMIME_MULTIPART(object), depth);
        if (GMIME_IS_MESSAGE_PART(object)) {  // not what the sender wrote
            note_message(GMIME_MESSAGE_PART(object));
            return {};
        }
        if (!GMIME_IS_PART(object)) return {};
        return of_part(GMIME_PART(object), content_type_of(object));
    }

    Read of_part(GMimePart* part, const std::string& type) {
        auto* object = GMIME_OBJECT(part);
        if (type == "message/delivery-status" && found_.delivery_status.empty())
            found_.delivery_status = text_of(start_of(content(part)), "");
        if (type == "text/rfc822-headers" && found_.returned.empty())
            found_.returned = text_of(start_of(content(part)), "");
        if (type == "text/calendar" && found_.calendar_method.empty())
            found_.calendar_method = folded(parameter_of(object, "method"));
        if (type.starts_with("message/") || type == "text/rfc822-headers") return {};
        const bool readable = type == "text/plain" || type == "text/html";
        if (!readable || g_mime_part_is_attachment(part)) {
            note(part, type);
            return {};
        }
        const auto text = text_of(start_of(content(part)), parameter_of(object, "charset"));
        if (type == "text/html") return {text_of_reply(text), true};
        if (folded(parameter_of(object, "format")) != "flowed") return {text, false};
        return {unflowed(text, folded(parameter_of(object, "delsp")) == "yes"), false};
    }

    Read of_children(GMimeMultipart* multipart, int depth) {
        const auto type = content_type_of(GMIME_OBJECT(multipart));
        const bool alternative = type == "multipart/alternative";
        Read all;
        std::string plain;
        std::string html;
        for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i) {
            if (parts_ >= limits_.parts || all.text.size() >= limits_.text) break;
            auto each = read(g_mime_multipart_get_part(multipart, i), depth + 1);
            if (blank(each.text)) continue;
            if (alternative) {
                auto& first = each.html ? html : plain;
                if (first.empty()) first = std::move(each.text);
                continue;
            }
            all.html = all.html || each.html;
            if (!all.text.empty() && !all.text.ends_with('\n')) all.text += '\n';
            all.text += each.text;
        }
        if (alternative && !(blank(plain) && blank(html)))
            return {better_of(plain, html), plain.empty()};
        if (g_mime_multipart_get_count(multipart) == 0) return between(multipart);
        return all;
    }

    // Systems that name a boundary and then use none: all they say stands before the first one.
    Read between(GMimeMultipart* multipart) const {
        const std::string_view said = view_of(g_mime_multipart_get_prologue(multipart));
        return {text_of(said.substr(0, limits_.text), ""), false};
    }

    // The decoded bytes.
    static std::string content(GMimePart* part) {
        auto* wrapper = g_mime_part_get_content(part);
        if (wrapper == nullptr) return "";
        const std::unique_ptr<GMimeStream, Unref> memory(g_mime_stream_mem_new());
        g_mime_data_wrapper_write_to_stream(wrapper, memory.get());
        const auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
        if (bytes == nullptr || bytes->data == nullptr) return "";
        return {reinterpret_cast<const char*>(bytes->data), bytes->len};
    }

    std::string_view start_of(std::string&& bytes) {
        held_ = std::move(bytes);
        return std::string_view(held_).substr(0, limits_.text);
    }

    std::string name_of(const char* written, const char* otherwise) const {
        const auto name = one_line(text_or_empty(written));
        return shortened(name.empty() ? otherwise : name, limits_.name);
    }

    void note(GMimePart* part, const std::string& type) {
        auto bytes = content(part);
        const auto size = bytes.size();
        const std::unique_ptr<char, Free> hex(g_compute_checksum_for_data(
            G_CHECKSUM_SHA256, reinterpret_cast<const guchar*>(bytes.data()), bytes.size()));
        found_.attachments.push_back({name_of(g_mime_part_get_filename(part), "unnamed"),
                                      shortened(one_line(type), limits_.name), size, hex.get(),
                                      is_embedded(GMIME_OBJECT(part), type, size)});
        if (!wanted_.empty() && wanted_ == hex.get()) found_.wanted = std::move(bytes);
    }

    // Gateways that pass on a report put their own words around it: the report is what counts.
    void read_report(GMimeMessage* message) {
        auto* body = g_mime_message_get_mime_part(message);
        if (content_type_of(body) == "multipart/report" &&
            folded(parameter_of(body, "report-type")) == "delivery-status")
            read(body, ++reports_);
    }

    void note_message(GMimeMessagePart* part) {
        auto* object = GMIME_OBJECT(part);
        const char* name = g_mime_object_get_content_disposition_parameter(object, "filename");
        found_.attachments.push_back({name_of(name, "message"), "message/rfc822", 0, ""});
        auto* message = g_mime_message_part_get_message(part);
        if (message == nullptr) return;
        if (found_.delivery_status.empty()) read_report(message);
        if (!found_.returned.empty()) return;
        auto* list = g_mime_object_get_header_list(GMIME_OBJECT(message));
        const int count = list == nullptr ? 0 : g_mime_header_list_get_count(list);
        for (int i = 0; i < std::min(count, limits_.headers); ++i) {
            auto* header = g_mime_header_list_get_header_at(list, i);
            found_.returned += one_line(text_or_empty(g_mime_header_get_name(header))) + ": " +
                               one_line(text_or_empty(g_mime_header_get_raw_value(header))) + '\n';
            if (found_.returned.size() > limits_.text) return;
        }
    }

    const MailLimits& limits_;
    std::string_view wanted_;  // SHA-256 of the part whose bytes are asked for; empty: none
    int parts_ = 0;
    int reports_ = 0;  // within each other
    MailParts found_;
    std::string held_;
};

}  // namespace

MailParts parts_of(GMimeObject* body, const MailLimits& limits) {
    return PartReader(limits).read(body);
}

std::optional<std::string> file_in(GMimeObject* body, std::string_view sha256,
                                   const MailLimits& limits) {
    return PartReader(limits, sha256).read(body).wanted;
}

std::string content_type_of(GMimeObject* object) {
    auto* type = object == nullptr ? nullptr : g_mime_object_get_content_type(object);
    if (type == nullptr) return "";
    return folded(text_or_empty(g_mime_content_type_get_media_type(type))) + '/' +
           folded(text_or_empty(g_mime_content_type_get_media_subtype(type)));
}

std::string parameter_of(GMimeObject* object, const char* name) {
    auto* type = object == nullptr ? nullptr : g_mime_object_get_content_type(object);
    return type == nullptr ? "" : text_or_empty(g_mime_content_type_get_parameter(type, name));
}

}  // namespace stageclock::mail
