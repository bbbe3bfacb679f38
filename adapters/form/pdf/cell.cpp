// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/cell.h"

#include <algorithm>

namespace stageclock::pdf {
namespace {

constexpr double line_box = 20;       // least height of a box for one line
constexpr double signature_box = 36;  // room to sign
constexpr const char* marked = "\u2612";
constexpr const char* unmarked = "\u2610";

const Text* shaped(Sheet& sheet, Style style, const std::string& text, double width) {
    return text.empty() ? nullptr : &sheet.shape({{style, text}}, width);
}

const Text* label_of(Sheet& sheet, const FormField& field, double width) {
    std::vector<Run> runs{{Style::label, field.label}};
    const std::string hint = " " + field.hint;
    if (!field.hint.empty()) runs.push_back({Style::hint, hint});
    return &sheet.shape(runs, width);
}

double boxed(const Text* value, double least) {
    return std::max(least, value ? value->height() + 2 * cell_pad - 2 : 0);
}

Cell text_cell(Sheet& sheet, const FormField& field, const std::string& value, double width) {
    Row row{.value = shaped(sheet, Style::value, value, width - 2 * cell_pad)};
    row.height = boxed(row.value, std::max(line_box, field.height));
    return {.label = label_of(sheet, field, width), .rows = {row}, .width = width};
}

// The mark and its words are one text, so that they are read and copied together.
Cell check_cell(Sheet& sheet, const FormField& field, const std::string& value, double width) {
    const std::string mark = std::string(value.empty() ? unmarked : marked) + "  ";
    const std::string hint = " " + field.hint;
    const Text& text =
        sheet.shape({{Style::mark, mark}, {Style::value, field.label}, {Style::hint, hint}}, width);
    return {.rows = {{.value = &text, .inset = 0, .height = text.height() + 2}},
            .frame = false,
            .width = width};
}

// A value that is none of the options is shown as one more, so that nothing said is lost.
Cell choice_cell(Sheet& sheet, const FormField& field, const std::string& value, double width) {
    std::vector<std::string> options = field.options;
    if (!value.empty() && std::find(options.begin(), options.end(), value) == options.end())
        options.push_back(value);
    std::vector<std::string> words;
    for (const std::string& option : options) {
        words.push_back(option == value ? marked : unmarked);
        words.push_back("\u00A0" + option + "      ");
    }
    std::vector<Run> runs;
    for (std::size_t at = 0; at < words.size(); ++at)
        runs.push_back({at % 2 == 0 ? Style::mark : Style::value, words[at]});
    Row row{.value = &sheet.shape(runs, width - 2 * cell_pad)};
    row.height = boxed(row.value, line_box);
    return {.label = label_of(sheet, field, width), .rows = {row}, .width = width};
}

Cell signature_cell(Sheet& sheet, const FormField& field, const FormWords& words,
                    const ValueOf& value_of, double width) {
    Cell cell{.label = label_of(sheet, field, width),
              .rows = {{.height = signature_box}},
              .width = width};
    const std::vector<std::string> ids = value_ids(field);
    const std::string* captions[] = {&words.name, &words.designation, &words.agency, &words.date};
    double inset = 0;
    for (const std::string* caption : captions) {
        Row row{.caption = shaped(sheet, Style::caption, *caption, width / 2)};
        inset = std::max(inset, row.caption->width());
        cell.rows.push_back(row);
    }
    inset += 2 * cell_pad + 2;
    for (std::size_t at = 0; at < ids.size(); ++at) {
        Row& row = cell.rows[at + 1];
        row.inset = inset;
        row.value = shaped(sheet, Style::value, value_of(ids[at]), width - inset - cell_pad);
        row.height = boxed(row.value, line_box);
    }
    return cell;
}

void draw_row(Sheet& sheet, const Row& row, double x, double y, double height) {
    // A single line stands in the middle of a box made for one; longer text begins at its top.
    const bool centred = height < 1.5 * line_box;
    const auto top = [&](const Text& text) {
        return centred ? y + (height - text.height() + 1.5) / 2 : y + cell_pad;
    };
    if (row.caption) sheet.write("Lbl", *row.caption, x + cell_pad, top(*row.caption));
    if (row.value) sheet.write("P", *row.value, x + row.inset, top(*row.value));
}

}  // namespace

double Cell::height() const {
    double sum = label_height();
    for (const Row& row : rows) sum += row.height;
    return sum;
}

Cell make_cell(Sheet& sheet, const FormField& field, const FormWords& words,
               const ValueOf& value_of, double width) {
    switch (field.kind) {
        case FieldKind::check: return check_cell(sheet, field, value_of(field.id), width);
        case FieldKind::choice: return choice_cell(sheet, field, value_of(field.id), width);
        case FieldKind::signature: return signature_cell(sheet, field, words, value_of, width);
        case FieldKind::text:
        case FieldKind::multiline:
        case FieldKind::date: break;
    }
    return text_cell(sheet, field, value_of(field.id), width);
}

bool too_long_for_block(const Cell& cell) {
    return std::any_of(cell.rows.begin(), cell.rows.end(),
                       [](const Row& row) { return row.value && row.value->lines() > 4; });
}

std::vector<FormField> as_single_fields(const FormField& signature, const FormWords& words) {
    const std::string* captions[] = {&words.name, &words.designation, &words.agency, &words.date};
    std::vector<FormField> fields;
    for (const std::string& id : value_ids(signature)) {
        FormField field;
        field.id = id;
        field.label = signature.label + " – " + *captions[fields.size()];
        fields.push_back(std::move(field));
    }
    FormField sign_here;  // no value has an empty id: the box stays blank
    sign_here.label = signature.label;
    sign_here.kind = FieldKind::multiline;
    sign_here.height = signature_box;
    fields.push_back(std::move(sign_here));
    return fields;
}

void draw_cell(Sheet& sheet, const Cell& cell, double x, double y, double height) {
    const double bottom = y + height;
    sheet.open("Form");
    if (cell.label) sheet.write("Lbl", *cell.label, x, y);
    y += cell.label_height();
    if (cell.frame) sheet.box(x, y, cell.width, bottom - y);
    for (const Row& row : cell.rows) {
        const bool last = &row == &cell.rows.back();
        if (&row != &cell.rows.front()) sheet.rule(x, y, cell.width);
        draw_row(sheet, row, x, y, last ? bottom - y : row.height);
        y += row.height;
    }
    sheet.close("Form");
}

}  // namespace stageclock::pdf
