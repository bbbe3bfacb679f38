// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bot/core/case.h"
#include "bot/core/form_layout.h"

// What a form that came back says, checked against its layout. Pure.
namespace stageclock {

// What is wrong with a value, in a sentence for whoever sent the form.
struct FormProblem {
    std::string label;  // of the field, as the form says it
    std::string what;   // "is not one of the answers the form offers: 3, 4"
    bool operator==(const FormProblem&) const = default;
};

// A line of the form to be shown back: "Stage at which Resolution achieved", "3".
struct FormLine {
    std::string label;
    std::string value;
    bool as_sent = false;  // it stood there when the form went out
    bool operator==(const FormLine&) const = default;
};

struct JudgedForm {
    FormReturn returned;               // without `form`, `part` and `sha256`: the caller knows them
    std::vector<FormLine> lines;       // those that say something, in the order of the form
    std::vector<FormProblem> missing;  // required and empty: the form is not complete
    std::vector<FormProblem> doubtful;  // kept as written, but given no use
};

// `values` are by the name the file gives its fields: those of the layout's own file are mapped,
// any other name is the value's id. What the layout does not know is ignored. Control characters
// are left out, and a value longer than most_form_value is cut, with a problem that says so.
//
// `sent`: what the form said when it went out, by value id. An outcome that stood there already is
// not one its sender gives.
JudgedForm judge_form(const FormLayout& layout, const std::map<std::string, std::string>& values,
                      const std::map<std::string, std::string>& sent);

constexpr std::size_t most_form_value = 20'000;  // bytes

}  // namespace stageclock
