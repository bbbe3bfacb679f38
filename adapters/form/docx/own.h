// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bot/core/form_layout.h"
#include "bot/core/result.h"
#include "bot/ports/form_renderer.h"

namespace stageclock::docx {

// A board's own Word file with content controls (FormLayout.own), which is filled in instead of a
// form of ours. Never changed after it was read: thread-safe.
class OwnWord {
public:
    // The error has one line for each problem: "own.docx: it has no content control ...".
    static Result<OwnWord> read(const FormLayout& layout);

    // A line for each value that has no control and for each control that nobody maps.
    std::vector<std::string> unused(const FormLayout& layout) const;

    // The file with these values, which are clean and within the limits. A control whose value is
    // empty stays as it is, and so does every part of the file but the document.
    Result<std::string> filled(const FormLayout& layout, const FormValues& values) const;

private:
    OwnWord() = default;

    std::string file_;
    std::string bytes_;
    std::string part_;                        // the document's name in the archive
    std::string xml_;                         // and the document
    std::vector<std::string> names_;          // of its controls
    std::map<std::string, std::string> ids_;  // name of a control -> value id
};

}  // namespace stageclock::docx
