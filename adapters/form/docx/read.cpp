// SPDX-License-Identifier: MIT
#include "adapters/form/docx/read.h"

#include <exception>

#include <pugixml.hpp>

#include "adapters/form/docx/archive.h"
#include "adapters/form/docx/controls.h"
#include "adapters/form/pdf/clean.h"
#include "bot/core/form_layout.h"

namespace stageclock::docx {
namespace {

constexpr std::string_view archive_start{"PK\x03\x04", 4};
// [MS-CFB] 2.2
constexpr std::string_view compound_start{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8};
// [MS-OFFCRYPTO] 2.3.4: the stream that holds the file; names of streams are UTF-16.
constexpr std::string_view encrypted_stream{"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32};
constexpr std::size_t most_text = 2'000'000;  // bytes, of all values together
constexpr std::size_t most_controls = 5'000;

Error refused(const char* what) { return {Code::invalid_input, what, ""}; }

Error no_form(const char* what) { return {Code::not_found, what, ""}; }

Error wrapped(std::string_view bytes) {
    if (bytes.find(encrypted_stream) != std::string_view::npos) {
        return refused("The Word file is protected by a password. Please send it without one.");
    }
    return no_form(
        "The file is of an older kind, without fields we read. Please save it as a Word document "
        "(.docx).");
}

// The mark once more, in docProps/custom.xml. A file without it, or with one that cannot be read,
// is still a form.
std::string kept_mark(const Archive& archive) {
    const auto bytes = archive.part("docProps/custom.xml");
    if (!bytes) return {};
    pugi::xml_document tree;
    if (!parse(*bytes, tree)) return {};
    for (const pugi::xml_node& property : child_of(tree, "Properties").children()) {
        if (property.attribute("name").value() == form_mark_field) {
            return pdf::clean(property.first_child().child_value());
        }
    }
    return {};
}

Result<FilledForm> values_of(const pugi::xml_document& document) {
    FilledForm form;
    std::size_t controls = 0;
    std::size_t text = 0;
    each_control(document, [&](const pugi::xml_node& control) {
        if (++controls > most_controls || text > most_text) return;
        const std::string name = name_of(control);
        if (name.empty()) return;
        const std::string value = value_of_control(control);
        text += name.size() + value.size();
        if (name == form_mark_field) {
            if (form.mark.empty()) form.mark = pdf::clean(value);
            return;
        }
        std::string& kept = form.values[pdf::clean(name)];
        if (kept.empty()) kept = pdf::clean(value);
    });
    if (controls > most_controls || text > most_text) {
        return refused("The Word file has more in its fields than a form can hold.");
    }
    return form;
}

Result<FilledForm> read_archive(std::string_view bytes) {
    const auto archive = Archive::open(bytes);
    if (!archive) return archive.error();
    const auto part = main_part(*archive);
    if (!part) return part.error();
    if (part->empty()) return no_form("The file is not a Word document.");
    const auto xml = archive->part(*part);
    if (!xml) return xml.error();
    pugi::xml_document document;
    if (const Done sound = parse(*xml, document); !sound) return sound.error();
    if (!child_of(child_of(document, "document"), "body")) {
        return no_form("The file is not a Word document.");
    }
    auto form = values_of(document);
    if (!form) return form;
    if (form->mark.empty()) form->mark = kept_mark(*archive);
    if (form->values.empty() && form->mark.empty()) {
        return no_form("The Word file has no fields to fill in.");
    }
    return form;
}

}  // namespace

bool knows(std::string_view bytes) {
    return bytes.starts_with(archive_start) || bytes.starts_with(compound_start);
}

Result<FilledForm> read(std::string_view bytes) {
    try {
        if (bytes.starts_with(compound_start)) return wrapped(bytes);
        if (!bytes.starts_with(archive_start)) return no_form("The file is not a Word document.");
        return read_archive(bytes);
    } catch (const std::exception&) {  // memory
        return refused("The Word file could not be read.");
    }
}

}  // namespace stageclock::docx
