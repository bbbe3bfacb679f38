// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "adapters/form/docx/archive.h"
#include "bot/core/result.h"

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

// The content controls (w:sdt, ECMA-376 part 1, section 17.5.2) of a document somebody else made.
namespace stageclock::docx {

// The name of the part that is the document; empty: the archive is no Word file.
Result<std::string> main_part(const Archive& archive);

// Code::invalid_input: not well-formed, with a document type, or nested or long beyond any form.
// Entities of its own making are never expanded, and nothing outside is ever opened. The tree
// keeps white space, so that it can be written back.
Done parse(std::string_view xml, pugi::xml_document& into);

// "p" of <w:p>: the prefix is the file's choice.
std::string_view local_name(const pugi::xml_node& node);
// Its first child of that local name; an empty node when there is none.
pugi::xml_node child_of(const pugi::xml_node& node, std::string_view local);
// The attribute "val" of the node, whatever its prefix; "" when there is none.
std::string_view val_of(const pugi::xml_node& node);

// Shows each control of the tree, outer ones before those within them.
void each_control(const pugi::xml_node& root,
                  const std::function<void(const pugi::xml_node& control)>& look);

// What a control is called; "" when it has none.
std::string_view tag_of(const pugi::xml_node& control);
std::string_view alias_of(const pugi::xml_node& control);

// Its tag; without one what the bookmark around it says (markup.h), else its title. "": it is none
// that is filled in.
std::string name_of(const pugi::xml_node& control);

// What stands in it: LF between lines; of a check box `ticked` or "". Text somebody deleted with
// changes tracked is no value, nor is the placeholder Word shows in an empty control.
std::string value_of_control(const pugi::xml_node& control);

}  // namespace stageclock::docx
