// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// A form as data: what templates/forms/NAME.toml says, whatever it is drawn as.
// templates/forms/README.md explains each key.
namespace stageclock {

enum class FieldKind { text, multiline, check, choice, date, signature };

// What becomes of a value that comes back, beside being kept with the case.
enum class FieldUse {
    none,
    outcome,         // what was agreed
    outstanding,     // how open issues are pursued
    resolved_stage,  // the stage at which it was resolved
    days,            // how long it took
    effectiveness    // how well the policy worked, in words
};
std::string_view to_text(FieldUse use);

// One thing to fill in.
struct FormField {
    std::string id;  // of its value; a signature block has four: id.name, id.designation, ...
    std::string label;
    std::string hint;  // beside the label, in lighter type
    FieldKind kind = FieldKind::text;
    bool half = false;                 // half the page's width: two such fields stand side by side
    double height = 0;                 // multiline: the least height of the box, in points
    std::vector<std::string> options;  // choice
    bool by_hand = false;              // the daemon has nothing to put here
    bool required = false;             // a form that comes back without it is not complete
    bool carried = false;              // what came back stands on the form of the next stage
    FieldUse use = FieldUse::none;
};

struct FormSection {
    std::string title;              // may be empty
    std::string part;               // the [[form.part]] that fills it; empty: whoever has the form
    std::vector<std::string> text;  // paragraphs under the title
    std::vector<FormField> fields;
};

// The form's own small words, in its language. Holes: {page}, {pages}, {limit}, {lines},
// {reference}.
struct FormWords {
    std::string page;
    std::string continued;
    std::string cut;
    std::string name;
    std::string designation;
    std::string agency;
    std::string date;
    std::string date_form;  // how a date is written: "day month year"
    // In the Word twin: what stands in an empty control, and the label of the form's mark.
    std::string write;
    std::string choose;
    std::string pick_date;
    std::string mark;
};

// A file of the board's own that is filled in instead of a drawn one.
struct OwnForm {
    std::string pdf;                            // path of a PDF with AcroForm fields; empty: none
    std::string word;                           // path of a DOCX with content controls; empty: none
    std::map<std::string, std::string> fields;  // value id -> name of the file's field
};

struct FormLayout {
    std::string title;
    std::string tagline;
    std::string language;  // BCP 47: "en-GB"
    std::string header;
    std::vector<std::string> footer;
    std::string return_to;                      // a sentence ...
    std::vector<std::string> return_to_values;  // ... and the values that follow it
    std::string return_to_if;                   // left out while this value is empty
    std::vector<std::string> introduction;
    std::vector<FormSection> sections;
    FormWords words;
    OwnForm own;
    // The values it may be given: those of its fields, and those the daemon offers every layout.
    std::set<std::string> accepts;
};

// The ids of the values a field takes.
std::vector<std::string> value_ids(const FormField& field);

// The field a value id belongs to; nullptr: none.
const FormField* find_field(const FormLayout& layout, std::string_view value_id);

// A form that is sent out carries its sealed reference in a field of this name, which no layout may
// use: by it the file is known when it comes back.
constexpr std::string_view form_mark_field = "stageclock.reference";
// The value of a check box that is ticked; one that is not has the empty value.
constexpr std::string_view ticked = "yes";

}  // namespace stageclock
