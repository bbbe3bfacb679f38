// SPDX-License-Identifier: MIT
#include "adapters/form/layout/fit.h"

#include "adapters/form/pdf/clean.h"
#include "adapters/form/pdf/sheet.h"

namespace stageclock::forms {
namespace {

constexpr std::size_t longest_reference = 64;  // bytes

}  // namespace

Done check_values(const FormLayout& layout, const FormValues& values) {
    for (const auto& [id, value] : values.values) {
        if (!layout.accepts.contains(id)) {
            return Error{Code::invalid_input, "the form has no field \"" + pdf::clean(id) + "\"",
                         values.layout};
        }
    }
    if (values.reference.size() > longest_reference) {
        return Error{Code::invalid_input, "the reference is longer than 64 bytes", values.layout};
    }
    return done();
}

FormValues fit_for_paper(const FormValues& values, const FormLayout& layout) {
    FormValues fit = values;
    fit.reference = pdf::clean(values.reference);
    std::string notice = pdf::with_hole(layout.words.cut, "{reference}", fit.reference);
    notice = pdf::with_hole(notice, "{limit}", std::to_string(pdf::most_characters));
    notice = pdf::with_hole(notice, "{lines}", std::to_string(pdf::most_lines));
    fit.subtitle = pdf::limited(pdf::clean(values.subtitle), notice);
    for (auto& [id, value] : fit.values) value = pdf::limited(pdf::clean(value), notice);
    return fit;
}

const std::string& value_of(const FormValues& values, const std::string& id) {
    static const std::string none;
    const auto found = values.values.find(id);
    return found == values.values.end() ? none : found->second;
}

std::string return_person(const FormLayout& layout, const FormValues& values) {
    std::string given;
    for (const std::string& id : layout.return_to_values) {
        const std::string& value = value_of(values, id);
        if (!value.empty()) given += (given.empty() ? "" : ", ") + value;
    }
    return given;
}

bool has_return_notice(const FormLayout& layout, const FormValues& values) {
    const std::string& only_if = layout.return_to_if;
    return !layout.return_to.empty() && (only_if.empty() || !value_of(values, only_if).empty());
}

}  // namespace stageclock::forms
