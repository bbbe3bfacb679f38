// SPDX-License-Identifier: MIT
#include "bot/core/form_layout.h"

#include <algorithm>

namespace stageclock {

std::string_view to_text(FieldUse use) {
    switch (use) {
        case FieldUse::none: return "none";
        case FieldUse::outcome: return "outcome";
        case FieldUse::outstanding: return "outstanding";
        case FieldUse::resolved_stage: return "resolved_stage";
        case FieldUse::days: return "days";
        case FieldUse::effectiveness: return "effectiveness";
    }
    return {};
}

std::vector<std::string> value_ids(const FormField& field) {
    if (field.kind != FieldKind::signature) return {field.id};
    return {field.id + ".name", field.id + ".designation", field.id + ".agency",
            field.id + ".date"};
}

const FormField* find_field(const FormLayout& layout, std::string_view value_id) {
    for (const FormSection& section : layout.sections) {
        for (const FormField& field : section.fields) {
            const auto ids = value_ids(field);
            if (std::find(ids.begin(), ids.end(), value_id) != ids.end()) return &field;
        }
    }
    return nullptr;
}

}  // namespace stageclock
