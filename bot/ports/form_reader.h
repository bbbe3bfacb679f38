// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "bot/core/result.h"

namespace stageclock {

// What stands in the fields of a file that came back.
struct FilledForm {
    // Of the field form_mark_field, as found; empty: it is no form of ours, or has lost it.
    std::string mark;
    // By the name of the field: text in UTF-8 with LF line ends; of a check box `ticked` or "";
    // of a choice the chosen option's words. The names are not checked.
    std::map<std::string, std::string> values;
};

// Reads the fields of PDF and DOCX files that strangers may have made. Nothing but the fields is
// looked at: no stream of a PDF is decoded, nothing outside the file is opened; time and memory are
// bounded. Thread-safe.
class FormReader {
public:
    virtual ~FormReader() = default;

    // Whether read() may be tried: by the first bytes, whatever name and type the mail gave.
    virtual bool knows(std::string_view bytes) const = 0;
    // Code::not_found: sound, but without fields (printed, scanned, flattened, or another file).
    // Code::invalid_input: damaged, encrypted, too large or hostile. `what` is a sentence that can
    // be put to its sender, without anything that stands in the file.
    virtual Result<FilledForm> read(std::string_view bytes) const = 0;
};

}  // namespace stageclock
