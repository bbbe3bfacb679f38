// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

// Pieces of WordprocessingML (ECMA-376 part 1, section 17). All text is valid UTF-8.
namespace stageclock::docx {

// For text and for attribute values. Characters that XML cannot hold are left out.
std::string quoted(std::string_view text);

// Whether the first letter belongs to a script that runs from right to left.
bool runs_left(std::string_view text);

// The runs of a text: line ends become breaks, stretches that run to the left are marked, so that
// Word takes its font and order for complex scripts. `style`: of the characters; empty: none.
std::string runs(std::string_view text, std::string_view style = {});

// A paragraph. `left`: it runs from right to left. `content`: runs and controls.
std::string paragraph(std::string_view style, std::string_view content, bool left = false);

// A content control around text within a paragraph.
struct Control {
    std::string tag;    // by which the value is known
    std::string alias;  // what a screen reader says, and Word shows above it
    std::string kind;   // its element: "<w:text/>"
    std::string text;
    std::string placeholder;  // shown while the text is empty
    std::string style = {};   // of the characters
    bool fixed = false;       // the text cannot be changed either
};
// `number` is unique in the document. The control stands in a bookmark that is called after its
// tag, because LibreOffice 7.4 takes tags away when it saves.
std::string control(const Control& control, int number);

// The bookmark of a tag, and back: a bookmark may have letters, digits and "_" only, 40 of them
// (Word), and no tag of ours has capitals. Empty: it has none, or is no bookmark of ours.
std::string bookmark_of(std::string_view tag);
std::string tag_of_bookmark(std::string_view bookmark);

}  // namespace stageclock::docx
