// SPDX-License-Identifier: MIT
#include "bot/core/form_judge.h"

#include <algorithm>
#include <charconv>

#include "bot/core/reply_parts.h"

namespace stageclock {
namespace {

using Values = std::map<std::string, std::string>;

// Text as people may be shown it: LF line ends, no control characters, no white space around it.
std::string cleaned(std::string_view text) {
    std::string clean;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n' || c == '\t' || (byte >= 0x20 && byte != 0x7f)) clean += c;
    }
    const std::string_view blank = " \t\n";
    const auto first = clean.find_first_not_of(blank);
    if (first == std::string::npos) return {};
    return clean.substr(first, clean.find_last_not_of(blank) - first + 1);
}

std::string letters_of(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) > ' ') letters += c;
    }
    return letters;
}

// Never in the middle of a character of UTF-8.
std::string cut(std::string text) {
    if (text.size() <= most_form_value) return text;
    std::size_t end = most_form_value;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0u) == 0x80u) --end;
    return text.substr(0, end);
}

const std::string& name_of(const FormLayout& layout, const std::string& id) {
    const auto own = layout.own.fields.find(id);
    return own == layout.own.fields.end() ? id : own->second;
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

// "4", "4 working days", "about 4 (5 calendar days)": the first number.
bool has_number(const std::string& text) {
    return text.find_first_of("0123456789") != std::string::npos;
}

// What is wrong with a value that is not empty; empty when nothing is.
std::string fault_of(const FormField& field, const std::string& value) {
    const auto& options = field.options;
    const bool offered = std::find(options.begin(), options.end(), value) != options.end();
    if (field.kind == FieldKind::choice && !offered)
        return "is not one of the answers the form offers: " + listed(options);
    if (field.kind == FieldKind::date && !reply::date_within(value, std::nullopt))
        return "is not a date: write it like 4 January 2027";
    if (field.use == FieldUse::days && !has_number(value)) return "says no number of days";
    return {};
}

// The label of a value: of a signature, with the line it stands on.
std::string label_of(const FormLayout& layout, const FormField& field, const std::string& id) {
    if (field.kind != FieldKind::signature) return field.label;
    const FormWords& words = layout.words;
    const std::string* captions[] = {&words.name, &words.designation, &words.agency, &words.date};
    const auto ids = value_ids(field);
    const auto at = std::find(ids.begin(), ids.end(), id) - ids.begin();
    std::string caption = *captions[at];
    if (caption.ends_with(':')) caption.pop_back();
    return field.label + ", " + caption;
}

class Judge {
public:
    Judge(const FormLayout& layout, const Values& values, const Values& sent)
        : layout_(layout), values_(values), sent_(sent) {}

    void field(const FormField& field) {
        bool empty = true;
        for (const std::string& id : value_ids(field)) empty = !value(field, id) && empty;
        if (empty && field.required)
            made.missing.push_back({field.label, "is to be filled in and is empty"});
    }

    JudgedForm made;

private:
    // False: it says nothing.
    bool value(const FormField& field, const std::string& id) {
        const auto found = values_.find(name_of(layout_, id));
        if (found == values_.end()) return false;
        const std::string clean = cleaned(found->second);
        if (clean.empty()) return false;
        const std::string label = label_of(layout_, field, id);
        const std::string kept = cut(clean);
        if (kept.size() < clean.size())
            made.doubtful.push_back({label, "is very long: the whole stands in the file"});
        const std::string fault = fault_of(field, kept);
        if (!fault.empty()) made.doubtful.push_back({label, fault});
        const bool as_sent = stood_there(id, clean);
        made.lines.push_back({label, kept, as_sent});
        made.returned.values.push_back({id, kept, label, as_sent});
        const bool given = field.use != FieldUse::outcome || !as_sent;
        if (fault.empty() && field.use != FieldUse::none && given)
            made.returned.used.push_back({std::string(to_text(field.use)), kept, {}});
        return true;
    }

    // Programs change white space on the way.
    bool stood_there(const std::string& id, const std::string& value) const {
        const auto found = sent_.find(id);
        return found != sent_.end() && letters_of(found->second) == letters_of(value);
    }

    const FormLayout& layout_;
    const Values& values_;
    const Values& sent_;
};

}  // namespace

JudgedForm judge_form(const FormLayout& layout, const Values& values, const Values& sent) {
    Judge judge(layout, values, sent);
    for (const FormSection& section : layout.sections)
        for (const FormField& field : section.fields) judge.field(field);
    return std::move(judge.made);
}

}  // namespace stageclock
