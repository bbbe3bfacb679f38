// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

#include "bot/core/result.h"
#include "bot/core/time.h"

namespace stageclock {

// The values of one form, by field id. Unknown ids are errors, missing ones are left blank.
struct FormValues {
    std::string layout;     // "monitoring-form": templates/forms/monitoring-form.toml
    std::string reference;  // printed on each page: "NSSB-2026-0007"
    std::string subtitle;   // "Opened at stage 3"
    // By which the file is known when it comes back: put in the field form_mark_field; empty: none.
    std::string mark = {};
    Instant made;           // becomes the document's date: the same values give the same bytes
    std::map<std::string, std::string> values;
};

// Makes forms from layouts that are data: the fields can be filled in. Thread-safe.
class FormRenderer {
public:
    virtual ~FormRenderer() = default;

    // The same values give the same bytes.
    virtual Result<std::string> render(const FormValues& values) const = 0;
};

}  // namespace stageclock
