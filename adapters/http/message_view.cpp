// SPDX-License-Identifier: MIT
#include "adapters/http/message_view.h"

#include <memory>

#include <gmime/gmime.h>

#include "adapters/support/libraries.h"

namespace stageclock::front {
namespace {

struct Unref {
    void operator()(void* object) const {
        if (object != nullptr) g_object_unref(object);
    }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

struct Free {
    void operator()(char* text) const { g_free(text); }
};
using OwnedText = std::unique_ptr<char, Free>;

std::string content_of(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (content == nullptr) return {};
    const Owned<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, memory.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
    return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

std::string text_of(GMimeTextPart* part) {
    const OwnedText text(g_mime_text_part_get_text(part));
    return text ? std::string(text.get()) : std::string();
}

std::string type_of(GMimeObject* object) {
    GMimeContentType* type = g_mime_object_get_content_type(object);
    const OwnedText text(type != nullptr ? g_mime_content_type_get_mime_type(type) : nullptr);
    return text ? std::string(text.get()) : "application/octet-stream";
}

// Called for each leaf, in the order of the message.
void sort_part(GMimeObject*, GMimeObject* object, void* into) {
    auto& view = *static_cast<MessageView*>(into);
    if (!GMIME_IS_PART(object)) return;
    GMimePart* part = GMIME_PART(object);
    const bool attached = g_mime_part_is_attachment(part);
    const std::string type = type_of(object);
    if (!attached && GMIME_IS_TEXT_PART(object)) {
        std::string& place = type == "text/html" ? view.html : view.text;
        if (place.empty() && (type == "text/plain" || type == "text/html")) {
            place = text_of(GMIME_TEXT_PART(object));
            return;
        }
    }
    const char* name = g_mime_part_get_filename(part);
    view.attachments.push_back({name != nullptr ? name : "", type, content_of(part)});
}

void read_fields(GMimeMessage* message, MessageView& view) {
    GMimeHeaderList* list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    for (int i = 0; i < g_mime_header_list_get_count(list); ++i) {
        GMimeHeader* header = g_mime_header_list_get_header_at(list, i);
        const char* value = g_mime_header_get_value(header);
        view.fields.push_back({g_mime_header_get_name(header), value != nullptr ? value : ""});
    }
}

}  // namespace

Result<MessageView> read_message(const std::string& bytes) {
    support::start_gmime();
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    MessageView view;
    if (message) read_fields(message.get(), view);
    if (view.fields.empty()) return Error{Code::invalid_input, "these bytes are no mail", ""};
    GMimeObject* root = g_mime_message_get_mime_part(message.get());
    if (root != nullptr && GMIME_IS_MULTIPART(root)) {
        g_mime_multipart_foreach(GMIME_MULTIPART(root), sort_part, &view);
    } else if (root != nullptr) {
        sort_part(nullptr, root, &view);
    }
    return view;
}

}  // namespace stageclock::front
