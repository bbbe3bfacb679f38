// SPDX-License-Identifier: MIT
#include "adapters/form/docx/own.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <pugixml.hpp>

#include "adapters/form/docx/archive.h"
#include "adapters/form/docx/controls.h"
#include "adapters/form/docx/document.h"
#include "adapters/form/docx/markup.h"
#include "adapters/form/layout/fit.h"

namespace stageclock::docx {
namespace {

constexpr int mark_number = 1'900'000'001;  // Word numbers its controls at random

Result<std::string> bytes_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && !in.eof()) return Error{Code::not_found, "it cannot be read", file};
    if (bytes.empty()) return Error{Code::not_found, "it is not there, or empty", file};
    return bytes;
}

// A control is found by its tag; by its title where the map names that.
std::string_view name_in(const std::map<std::string, std::string>& ids,
                         const pugi::xml_node& control) {
    const std::string_view tag = tag_of(control);
    return ids.contains(std::string(tag)) ? tag : alias_of(control);
}

// Where the runs of a control stand: in its first paragraph, or in itself.
pugi::xml_node place_of_runs(pugi::xml_node content) {
    while (true) {
        pugi::xml_node inner = child_of(content, "p");
        if (!inner) inner = child_of(content, "tc");
        if (!inner) inner = child_of(content, "tr");
        if (!inner) return content;
        content = inner;
    }
}

pugi::xml_node first_run(const pugi::xml_node& place) {
    return place.find_node([](const pugi::xml_node& node) { return local_name(node) == "r"; });
}

// Keeps how the first run looked, but for the grey of a placeholder.
void put_text(const pugi::xml_node& control, const std::string& text) {
    pugi::xml_node place = place_of_runs(child_of(control, "sdtContent"));
    if (!place) return;
    pugi::xml_document look;
    look.append_copy(child_of(first_run(place), "rPr"));
    pugi::xml_node had = look.first_child();
    while (pugi::xml_node style = child_of(had, "rStyle")) had.remove_child(style);
    // The paragraph, or the cell, keeps its properties and nothing else.
    for (pugi::xml_node child = place.first_child(); child;) {
        const pugi::xml_node next = child.next_sibling();
        if (!local_name(child).ends_with("Pr")) place.remove_child(child);
        child = next;
    }
    for (pugi::xml_node more = place.next_sibling(); more && local_name(place) == "p";) {
        const pugi::xml_node next = more.next_sibling();
        if (local_name(more) == "p") place.parent().remove_child(more);
        more = next;
    }
    const pugi::xml_node last = place.last_child();
    const std::string made = runs(text);
    place.append_buffer(made.data(), made.size(), pugi::parse_default | pugi::parse_ws_pcdata);
    for (pugi::xml_node run = last ? last.next_sibling() : place.first_child(); run;
         run = run.next_sibling()) {
        pugi::xml_node properties = child_of(run, "rPr");
        if (!properties && had.first_child()) properties = run.prepend_child("w:rPr");
        for (pugi::xml_node each = had.last_child(); each; each = each.previous_sibling()) {
            properties.prepend_copy(each);
        }
    }
}

void set_val(pugi::xml_node node, const char* value) {
    for (pugi::xml_attribute attribute : node.attributes()) {
        if (std::string_view(attribute.name()).ends_with("val")) attribute.set_value(value);
    }
}

// [MS-DOCX] 2.6.1: the glyphs of the two states are given as code points.
std::string glyph(const pugi::xml_node& box, bool is_ticked) {
    const std::string_view code =
        val_of(child_of(box, is_ticked ? "checkedState" : "uncheckedState"));
    const bool crossed = is_ticked && code != "2611" && code != "2714" && code != "00FE";
    return is_ticked ? (crossed ? "\u2612" : "\u2611") : "\u2610";
}

void fill(const pugi::xml_node& control, const std::string& value) {
    pugi::xml_node properties = child_of(control, "sdtPr");
    if (const pugi::xml_node box = child_of(properties, "checkbox")) {
        pugi::xml_node state = child_of(box, "checked");
        if (!state) state = pugi::xml_node(box).prepend_child("w14:checked");
        if (state.attributes().empty()) state.append_attribute("w14:val");
        set_val(state, "1");
        put_text(control, glyph(box, true));
    } else {
        put_text(control, value);
    }
    // What is bound to data elsewhere in the file would be replaced by them when it is opened.
    for (const char* name : {"showingPlcHdr", "dataBinding"}) {
        while (const pugi::xml_node gone = child_of(properties, name))
            properties.remove_child(gone);
    }
    if (pugi::xml_node date = child_of(properties, "date")) date.remove_attribute("w:fullDate");
}

struct Writer final : pugi::xml_writer {
    std::string bytes;
    void write(const void* data, std::size_t size) override {
        bytes.append(static_cast<const char*>(data), size);
    }
};

}  // namespace

Result<OwnWord> OwnWord::read(const FormLayout& layout) {
    OwnWord own;
    own.file_ = layout.own.word;
    const auto wrong = [&](const std::string& what) {
        return Error{Code::invalid_input, own.file_ + ": " + what, own.file_};
    };
    auto bytes = bytes_of(own.file_);
    if (!bytes) return wrong(bytes.error().what);
    own.bytes_ = std::move(*bytes);
    const auto archive = Archive::open(own.bytes_);
    if (!archive) return wrong(archive.error().what);
    const auto part = main_part(*archive);
    if (!part) return wrong(part.error().what);
    own.part_ = *part;
    auto xml = own.part_.empty() ? Result<std::string>(Error{Code::not_found, "not Word", ""})
                                 : archive->part(own.part_);
    if (!xml) return wrong("it is not a Word document");
    own.xml_ = std::move(*xml);
    pugi::xml_document tree;
    if (const Done sound = parse(own.xml_, tree); !sound) return wrong(sound.error().what);
    if (!tree.child("w:document").child("w:body")) return wrong("it is not a Word document");

    std::set<std::string> known;
    each_control(tree, [&](const pugi::xml_node& control) {
        known.emplace(tag_of(control));
        known.emplace(alias_of(control));
        const std::string_view tag = tag_of(control);
        own.names_.emplace_back(tag.empty() ? alias_of(control) : tag);
    });
    std::string problems;
    const auto problem = [&](const std::string& what) {
        problems += (problems.empty() ? "" : "\n") + own.file_ + ": " + what;
    };
    for (const auto& [id, name] : layout.own.fields) {
        own.ids_[name] = id;
        if (find_field(layout, id) == nullptr) problem("no field of the form is \"" + id + "\"");
        if (!known.contains(name)) {
            problem("it has no content control with the tag or title \"" + name + "\" (for \"" +
                    id + "\")");
        }
    }
    for (const FormSection& section : layout.sections) {
        for (const FormField& field : section.fields) {
            for (const std::string& id : value_ids(field)) {
                if (!layout.own.fields.contains(id) && known.contains(id)) own.ids_[id] = id;
            }
        }
    }
    if (own.names_.empty()) problem("it has no content controls");
    if (!problems.empty()) return Error{Code::invalid_input, problems, own.file_};
    return own;
}

std::vector<std::string> OwnWord::unused(const FormLayout& layout) const {
    std::vector<std::string> lines;
    std::set<std::string> shown;
    for (const auto& [name, id] : ids_) shown.insert(id);
    for (const FormSection& section : layout.sections) {
        for (const FormField& field : section.fields) {
            for (const std::string& id : value_ids(field)) {
                if (!shown.contains(id)) {
                    lines.push_back(file_ + ": no content control shows the value \"" + id + "\"");
                }
            }
        }
    }
    for (const std::string& name : names_) {
        if (!name.empty() && !ids_.contains(name) && name != form_mark_field) {
            lines.push_back(file_ + ": nothing is put in the content control \"" + name + "\"");
        }
    }
    return lines;
}

Result<std::string> OwnWord::filled(const FormLayout& layout, const FormValues& values) const {
    pugi::xml_document tree;
    if (const Done sound = parse(xml_, tree); !sound) return sound.error();
    // Filling one may take away those within it, so they are found first.
    std::vector<std::pair<pugi::xml_node, std::string>> todo;
    bool marked = values.mark.empty();
    each_control(tree, [&](const pugi::xml_node& control) {
        const auto id = ids_.find(std::string(name_in(ids_, control)));
        if (tag_of(control) == form_mark_field && !values.mark.empty()) {
            todo.emplace_back(control, values.mark);
            marked = true;
        } else if (id != ids_.end() && !forms::value_of(values, id->second).empty()) {
            todo.emplace_back(control, forms::value_of(values, id->second));
        }
    });
    // From the last to the first: what is within a control before the control.
    for (auto at = todo.rbegin(); at != todo.rend(); ++at) fill(at->first, at->second);
    if (!marked) {
        pugi::xml_node body = tree.child("w:document").child("w:body");
        const std::string made = mark_paragraph(layout, values.mark, mark_number);
        pugi::xml_document last;
        last.load_buffer(made.data(), made.size(), pugi::parse_default | pugi::parse_ws_pcdata);
        const pugi::xml_node end = body.child("w:sectPr");
        if (end) {
            body.insert_copy_before(last.first_child(), end);
        } else {
            body.append_copy(last.first_child());
        }
    }
    Writer writer;
    tree.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return with_parts(bytes_, {{part_, std::move(writer.bytes)}});
}

}  // namespace stageclock::docx
