// SPDX-License-Identifier: MIT
#include "adapters/form/layout/layouts.h"

#include "adapters/registry.h"

#include <algorithm>
#include <filesystem>

#include "adapters/support/toml_reader.h"
#include "bot/core/nearest.h"

namespace stageclock::forms {
namespace {

using toml_reader::Document;
using toml_reader::Report;
using toml_reader::Row;

constexpr double points_per_mm = 72.0 / 25.4;
constexpr const char* values_file = "values.toml";
// In the order of FieldKind.
const std::vector<std::string> kinds{"text", "multiline", "check", "choice", "date", "signature"};

// In the order of FieldUse.
const std::vector<std::string> uses{"none",           "outcome", "outstanding",
                                    "resolved_stage", "days",    "effectiveness"};

template <class Word>
Word named(const std::vector<std::string>& words, const std::string& word) {
    return static_cast<Word>(std::find(words.begin(), words.end(), word) - words.begin());
}

bool is_id(const std::string& text) {
    return !text.empty() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string::npos;
}

// "Did you mean \"summary\"?"
std::string hint_at(const std::string& id, const std::set<std::string>& offered) {
    const std::string near = nearest(id, {offered.begin(), offered.end()});
    return near.empty() ? "" : " Did you mean \"" + near + "\"?";
}

// A field is filled by the daemon or by hand: an id that is neither is a misspelt one.
void check_source(const FormField& field, Row& row, const std::set<std::string>& offered) {
    const std::string id = field.kind == FieldKind::signature ? field.id + ".name" : field.id;
    if (!offered.contains(id) && !field.by_hand)
        row.wrong("id", "values.toml does not offer \"" + id + "\"",
                  "Permitted: one of its ids, or by_hand = true." + hint_at(id, offered));
    if (offered.contains(id) && field.by_hand)
        row.wrong("by_hand", "the daemon fills \"" + id + "\"", "Permitted: no by_hand here.");
}

void check_field(const FormField& field, Row& row) {
    if (!field.id.empty() && !is_id(field.id))
        row.wrong("id", "\"" + field.id + "\" is not an id",
                  "Permitted: a to z, 0 to 9, \"_\" and \".\".");
    if (field.id.starts_with("stageclock."))
        row.wrong("id", "\"" + field.id + "\" is ours", "Permitted: any other beginning.");
    if (field.height > 0 && field.kind != FieldKind::multiline)
        row.wrong("height_mm", "has no meaning here", "It belongs to kind = \"multiline\".");
    if (field.kind == FieldKind::choice && field.options.size() < 2)
        row.wrong("options", "offers no choice", "kind = \"choice\" needs two options or more.");
    if (field.kind != FieldKind::choice && !field.options.empty())
        row.wrong("options", "has no meaning here", "It belongs to kind = \"choice\".");
}

FormField read_field(Row row, const std::set<std::string>& offered) {
    FormField field;
    field.id = row.required("id");
    field.label = row.required("label");
    field.hint = row.text("hint");
    field.kind = named<FieldKind>(kinds, row.choice("kind", kinds));
    field.half = row.choice("width", {"full", "half"}) == "half";
    field.height = row.number("height_mm", 0, 5, 200) * points_per_mm;
    field.options = row.texts("options");
    field.by_hand = row.flag("by_hand", false);
    field.required = row.flag("required", false);
    field.carried = row.flag("carried", false);
    field.use = named<FieldUse>(uses, row.choice("use", uses));
    row.texts("clauses");  // for people: which sentence of the policy asks for the field
    check_field(field, row);
    if (!field.id.empty()) check_source(field, row, offered);
    return field;
}

FormSection read_section(Row row, const std::set<std::string>& offered) {
    FormSection section;
    section.title = row.text("title");
    section.part = row.text("part");
    section.text = row.texts("text");
    for (Row& field : row.rows("field")) section.fields.push_back(read_field(field, offered));
    row.texts("clauses");
    return section;
}

FormWords read_words(Row& root) {
    std::optional<Row> row = root.table("words");
    if (!row) {
        root.wrong("words", "is missing", "It is required: the form's own small words.");
        return {};
    }
    return {.page = row->required("page"),
            .continued = row->required("continued"),
            .cut = row->required("cut"),
            .name = row->required("name"),
            .designation = row->required("designation"),
            .agency = row->required("agency"),
            .date = row->required("date"),
            .date_form = row->text("date_form", "day month year"),
            .write = row->text("write", "Click or tap here to write"),
            .choose = row->text("choose", "Choose one"),
            .pick_date = row->text("pick_date", "Choose or write a date"),
            .mark = row->text("mark", "Form reference")};
}

// Paths are below the folder of the layout.
std::string beside(const std::string& file, const std::string& name) {
    if (name.empty()) return {};
    return (std::filesystem::path(file).parent_path() / name).string();
}

OwnForm read_own(Row& root, const std::string& file) {
    std::optional<Row> row = root.table("own");
    if (!row) return {};
    OwnForm own;
    own.pdf = beside(file, row->text("pdf"));
    own.word = beside(file, row->text("word"));
    if (own.pdf.empty() && own.word.empty())
        row->wrong("pdf", "is missing", "Give the board's own file: pdf, word or both.");
    for (Row& field : row->rows("field")) own.fields[field.required("id")] = field.required("name");
    return own;
}

void check_offered(const char* key, const std::string& id, Row& root,
                   const std::set<std::string>& offered) {
    if (!offered.contains(id))
        root.wrong(key, "values.toml does not offer \"" + id + "\"",
                   "Permitted: its ids." + hint_at(id, offered));
}

void check_layout(const FormLayout& layout, Row& root, const std::set<std::string>& offered) {
    std::set<std::string> seen;
    for (const FormSection& section : layout.sections)
        for (const FormField& field : section.fields)
            for (const std::string& id : value_ids(field))
                if (!seen.insert(id).second)
                    root.wrong("section", "two fields take \"" + id + "\"", "Permitted: one.");
    // In a PDF "a" cannot be both a field and the group "a.b" is in.
    for (const std::string& id : seen)
        if (const auto next = seen.lower_bound(id + ".");
            next != seen.end() && next->starts_with(id + "."))
            root.wrong("section", "one field takes \"" + id + "\" and another \"" + *next + "\"",
                       "Permitted: ids of which none is the beginning of another, up to a point.");
    if (seen.empty()) root.wrong("section", "has no field", "A form needs one field or more.");
    for (const std::string& id : layout.return_to_values)
        check_offered("return_to_values", id, root, offered);
    if (!layout.return_to_if.empty())
        check_offered("return_to_if", layout.return_to_if, root, offered);
}

FormLayout read_layout(const std::string& file, const std::set<std::string>& offered,
                       Report& report) {
    Document document(file, report);
    if (!document.usable()) return {};
    Row root = document.root();
    FormLayout layout;
    layout.title = root.required("title");
    layout.tagline = root.text("tagline");
    layout.language = root.required("language");
    layout.header = root.text("header");
    layout.footer = root.texts("footer");
    layout.return_to = root.text("return_to");
    layout.return_to_values = root.texts("return_to_values");
    layout.return_to_if = root.text("return_to_if");
    layout.introduction = root.texts("introduction");
    layout.words = read_words(root);
    for (Row& section : root.rows("section"))
        layout.sections.push_back(read_section(section, offered));
    layout.own = read_own(root, file);
    root.texts("clauses");
    check_layout(layout, root, offered);
    layout.accepts = offered;
    for (const FormSection& section : layout.sections)
        for (const FormField& field : section.fields)
            for (std::string& id : value_ids(field)) layout.accepts.insert(std::move(id));
    document.report_unknown_keys();
    return layout;
}

std::set<std::string> read_values(const std::string& file, Report& report) {
    Document document(file, report);
    if (!document.usable()) return {};
    std::set<std::string> offered;
    Row root = document.root();
    for (Row& value : root.rows("value")) {
        const std::string id = value.required("id");
        value.required("means");
        if (!id.empty() && !offered.insert(id).second)
            value.wrong("id", "\"" + id + "\" is listed twice", "Permitted: once.");
    }
    document.report_unknown_keys();
    return offered;
}

// The layouts of a folder in the order of their names, so that problems come in one order.
Result<std::vector<std::filesystem::path>> layout_files(const std::string& folder) {
    std::error_code failed;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed))
        if (entry->path().extension() == ".toml" && entry->path().filename() != values_file)
            files.push_back(entry->path());
    if (failed) return Error{Code::not_found, "the folder of form layouts cannot be read", folder};
    if (files.empty()) return Error{Code::not_found, "no form layout (*.toml) found", folder};
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

Result<std::map<std::string, FormLayout>> read_layouts(const std::string& folder) {
    const auto files = layout_files(folder);
    if (!files) return files.error();
    Report report;
    const std::set<std::string> offered =
        read_values(std::filesystem::path(folder) / values_file, report);
    std::map<std::string, FormLayout> layouts;
    for (const std::filesystem::path& file : *files)
        layouts[file.stem()] = read_layout(file, offered, report);
    if (report.findings.empty()) return layouts;

    std::string all;
    for (const Finding& finding : report.findings)
        all += (all.empty() ? "" : "\n") + to_text(finding);
    return Error{Code::invalid_input, all, folder};
}

}  // namespace stageclock::forms

namespace stageclock {

Result<std::map<std::string, FormLayout>> read_form_layouts(const std::string& folder) {
    return forms::read_layouts(folder);
}

}  // namespace stageclock
