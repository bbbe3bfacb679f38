// SPDX-License-Identifier: MIT
#include "adapters/form/docx/controls.h"

#include <algorithm>

#include <pugixml.hpp>

#include "adapters/form/docx/markup.h"
#include "bot/core/form_layout.h"

namespace stageclock::docx {
namespace {

// A tree takes some 60 bytes for each element and 40 for each attribute, so this is about 50 MB.
constexpr std::ptrdiff_t most_elements = 500'000;
constexpr std::ptrdiff_t most_attributes = 500'000;
// Word itself stays below 60, tables within tables included. Deeper trees would cost stack below.
constexpr int most_depth = 128;
constexpr const char* default_part = "word/document.xml";

Error refused(const char* what) { return {Code::invalid_input, what, ""}; }

std::string_view without_prefix(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view attribute_of(const pugi::xml_node& node, std::string_view local) {
    for (const pugi::xml_attribute& attribute : node.attributes()) {
        if (without_prefix(attribute.name()) == local) return attribute.value();
    }
    return {};
}

bool is_on(std::string_view value) { return value != "0" && value != "false" && value != "off"; }

// Shows every element in the order of the file; false from `look`: not what is within it. Ends
// early when the depth passes the limit.
template <class Look>
bool walk(const pugi::xml_node& root, const Look& look) {
    int depth = 0;
    pugi::xml_node at = root;
    while (at) {
        const bool into = at == root || look(at);
        if (into && at.first_child()) {
            at = at.first_child();
            if (++depth > most_depth) return false;
            continue;
        }
        while (at != root && !at.next_sibling()) {
            at = at.parent();
            --depth;
        }
        if (at == root) break;
        at = at.next_sibling();
    }
    return true;
}

// Properties are not text, and of what is written twice for old programs one is enough.
bool is_skipped(std::string_view name) {
    return name.ends_with("Pr") || name == "del" || name == "moveFrom" || name == "Fallback" ||
           name == "instrText" || name == "delText";
}

bool shows_placeholder(const pugi::xml_node& control) {
    const pugi::xml_node shows = child_of(child_of(control, "sdtPr"), "showingPlcHdr");
    return shows && is_on(val_of(shows));
}

void append_text(const pugi::xml_node& content, std::string& out) {
    walk(content, [&](const pugi::xml_node& node) {
        const std::string_view name = local_name(node);
        if (is_skipped(name)) return false;
        if (name == "sdt" && shows_placeholder(node)) return false;
        if (name == "t") {
            for (const pugi::xml_node& text : node.children()) out += text.value();
            return false;
        }
        if (name == "br" || name == "cr" || (name == "p" && !out.empty())) out += '\n';
        if (name == "tab") out += ' ';
        if (name == "noBreakHyphen") out += '-';
        return true;
    });
}

}  // namespace

std::string_view local_name(const pugi::xml_node& node) { return without_prefix(node.name()); }

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view local) {
    for (const pugi::xml_node& child : node.children()) {
        if (local_name(child) == local) return child;
    }
    return {};
}

std::string_view val_of(const pugi::xml_node& node) { return attribute_of(node, "val"); }

Done parse(std::string_view xml, pugi::xml_document& into) {
    if (std::count(xml.begin(), xml.end(), '<') > 2 * most_elements ||
        std::count(xml.begin(), xml.end(), '=') > most_attributes) {
        return refused("The Word file has more in it than a form can hold, and was not read.");
    }
    const auto parsed =
        into.load_buffer(xml.data(), xml.size(), pugi::parse_full | pugi::parse_ws_pcdata);
    if (!parsed) {
        return refused(
            "The Word file is damaged or incomplete. Please save it again and send it once more.");
    }
    for (const pugi::xml_node& node : into.children()) {
        if (node.type() == pugi::node_doctype) {
            return refused(
                "The Word file says of itself what no Word file says, and was not read.");
        }
    }
    if (!walk(into, [](const pugi::xml_node&) { return true; })) {
        return refused("The Word file is nested deeper than a form can be, and was not read.");
    }
    return done();
}

// ECMA-376 part 2, section 9.3: the package says which part is the document.
Result<std::string> main_part(const Archive& archive) {
    const auto rels = archive.part("_rels/.rels");
    if (!rels && rels.error().code != Code::not_found) return rels.error();
    if (rels) {
        pugi::xml_document tree;
        if (const Done sound = parse(*rels, tree); !sound) return sound.error();
        for (const pugi::xml_node& rel : child_of(tree, "Relationships").children()) {
            const std::string_view type = rel.attribute("Type").value();
            const std::string_view mode = rel.attribute("TargetMode").value();
            std::string_view target = rel.attribute("Target").value();
            if (!type.ends_with("/officeDocument") || mode == "External") continue;
            if (target.starts_with('/')) target.remove_prefix(1);
            if (archive.has(std::string(target))) return std::string(target);
        }
    }
    return archive.has(default_part) ? std::string(default_part) : std::string();
}

void each_control(const pugi::xml_node& root,
                  const std::function<void(const pugi::xml_node& control)>& look) {
    walk(root, [&](const pugi::xml_node& node) {
        const std::string_view name = local_name(node);
        // A control somebody deleted is none; an old program's copy of one is not a second.
        if (name == "del" || name == "moveFrom" || name == "Fallback") return false;
        if (name == "sdt") look(node);
        return true;
    });
}

std::string_view tag_of(const pugi::xml_node& control) {
    return val_of(child_of(child_of(control, "sdtPr"), "tag"));
}

std::string_view alias_of(const pugi::xml_node& control) {
    return val_of(child_of(child_of(control, "sdtPr"), "alias"));
}

// LibreOffice moves the start of the bookmark into the control.
std::string name_of(const pugi::xml_node& control) {
    if (const std::string_view tag = tag_of(control); !tag.empty()) return std::string(tag);
    for (const pugi::xml_node& start :
         {control.previous_sibling(), child_of(child_of(control, "sdtContent"), "bookmarkStart")}) {
        if (local_name(start) != "bookmarkStart") continue;
        std::string tag = tag_of_bookmark(attribute_of(start, "name"));
        if (!tag.empty()) return tag;
    }
    // LibreOffice 7.4 puts a control with the title of a check box around all that follows it: what
    // has only a title, and other controls within it, is none of those that are filled in.
    const auto is_control = [](const pugi::xml_node& node) { return local_name(node) == "sdt"; };
    const bool wraps = !child_of(control, "sdtContent").find_node(is_control).empty();
    return wraps ? std::string() : std::string(alias_of(control));
}

std::string value_of_control(const pugi::xml_node& control) {
    const pugi::xml_node box = child_of(child_of(control, "sdtPr"), "checkbox");
    if (box) {
        const pugi::xml_node state = child_of(box, "checked");
        return state && is_on(val_of(state)) ? std::string(ticked) : std::string();
    }
    std::string text;
    if (!shows_placeholder(control)) append_text(child_of(control, "sdtContent"), text);
    return text;
}

}  // namespace stageclock::docx
