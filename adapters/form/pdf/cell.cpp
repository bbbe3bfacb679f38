// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/cell.h"

#include <algorithm>

namespace stageclock::pdf {
namespace {

constexpr double signature_box = 36;  // room to sign
constexpr double mark_size = 9.5;
constexpr double mark_room = 14;  // from a mark's left side to its words
constexpr double between_marks = 16;

std::string words_of(const FormField& field) {
    return field.hint.empty() ? field.label : field.label + " " + field.hint;
}

Widget text_widget(const std::string& id, std::string tip) {
    return {.kind = Widget::Kind::text, .id = id, .tip = std::move(tip), .option = {}};
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

// The box of a text grows when it must; then it takes several lines.
void set_value(Sheet& sheet, Row& row, const std::string& value, double width, double least) {
    Widget& widget = row.widget;
    widget.text_width = width - widget.inset - cell_pad;
    if (!value.empty()) row.value = &sheet.value(value, widget.text_width);
    row.height = boxed(row.value, least);
    widget.multiline = widget.multiline || (row.value && row.value->lines() > 1);
}

Cell text_cell(Sheet& sheet, const FormField& field, const FormWords& words,
               const std::string& value, double width) {
    Row row{.widget = text_widget(field.id, words_of(field))};
    if (field.kind == FieldKind::date) row.widget.tip += " (" + words.date_form + ")";
    row.widget.multiline = field.kind == FieldKind::multiline;
    set_value(sheet, row, value, width, std::max(line_box, field.height));
    return {.label = label_of(sheet, field, width), .rows = {row}, .width = width};
}

Cell check_cell(Sheet& sheet, const FormField& field, double width) {
    const std::string hint = " " + field.hint;
    const Text& text =
        sheet.shape({{Style::value, field.label}, {Style::hint, hint}}, width - mark_room);
    Mark mark{.widget = {.kind = Widget::Kind::check,
                         .id = field.id,
                         .tip = words_of(field),
                         .option = {}},
              .words = &text};
    return {
        .rows = {{.marks = {mark}, .height = text.height() + 2}}, .frame = false, .width = width};
}

// A value that is none of the options is shown as one more, so that nothing said is lost. Options
// stand side by side while there is room.
Cell choice_cell(Sheet& sheet, const FormField& field, const std::string& value, double width) {
    std::vector<std::string> options = field.options;
    if (!value.empty() && std::find(options.begin(), options.end(), value) == options.end())
        options.push_back(value);
    Row row{};
    double x = cell_pad;
    double y = cell_pad - 1;
    double line = 0;
    for (const std::string& option : options) {
        const Text& words = sheet.value(option, width - 2 * cell_pad - mark_room);
        if (x > cell_pad && x + mark_room + words.width() > width - cell_pad) {
            x = cell_pad;
            y += line;
            line = 0;
        }
        row.marks.push_back({.widget = {.kind = Widget::Kind::choice,
                                        .id = field.id,
                                        .tip = words_of(field),
                                        .option = option},
                             .words = &words,
                             .x = x,
                             .y = y});
        x += mark_room + words.width() + between_marks;
        line = std::max(line, words.height());
    }
    row.height = std::max(line_box, y + line + cell_pad - 1);
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
        Row row{.caption = &sheet.shape({{Style::caption, *caption}}, width / 2)};
        inset = std::max(inset, row.caption->width());
        cell.rows.push_back(row);
    }
    inset += 2 * cell_pad + 2;
    for (std::size_t at = 0; at < ids.size(); ++at) {
        Row& row = cell.rows[at + 1];
        row.widget = text_widget(ids[at], field.label + " \u2013 " + *captions[at]);
        if (at + 1 == ids.size()) row.widget.tip += " (" + words.date_form + ")";
        row.widget.inset = inset;
        set_value(sheet, row, value_of(ids[at]), width, line_box);
    }
    return cell;
}

void draw_row(Sheet& sheet, const Row& row, const Box& box) {
    if (row.caption)
        sheet.write("Lbl", *row.caption, box.x + cell_pad,
                    is_centred(box.height) ? box.y + (box.height - row.caption->height() + 1.5) / 2
                                           : box.y + cell_pad);
    if (!row.widget.id.empty()) {
        // A caption stands before its widget, which is all the rest of the box.
        Widget widget = row.widget;
        const double before = row.caption ? widget.inset - cell_pad : 0;
        widget.inset -= before;
        draw_widget(sheet, std::move(widget),
                    {box.x + before, box.y, box.width - before, box.height});
    }
    for (const Mark& mark : row.marks) {
        const double y = box.y + mark.y;
        sheet.widget(mark.widget, {box.x + mark.x, y + 0.8, mark_size, mark_size});
        sheet.write("Lbl", *mark.words, box.x + mark.x + mark_room, y);
    }
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
        case FieldKind::check: return check_cell(sheet, field, width);
        case FieldKind::choice: return choice_cell(sheet, field, value_of(field.id), width);
        case FieldKind::signature: return signature_cell(sheet, field, words, value_of, width);
        case FieldKind::text:
        case FieldKind::multiline:
        case FieldKind::date: break;
    }
    return text_cell(sheet, field, words, value_of(field.id), width);
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
        if (fields.size() == 3) field.kind = FieldKind::date;
        fields.push_back(std::move(field));
    }
    FormField sign_here;  // without an id it is no field: the box stays blank
    sign_here.label = signature.label;
    sign_here.kind = FieldKind::multiline;
    sign_here.height = signature_box;
    fields.push_back(std::move(sign_here));
    return fields;
}

void draw_widget(Sheet& sheet, Widget widget, const Box& box) {
    widget.inset -= 1;
    sheet.widget(std::move(widget), {box.x + 1, box.y + 1, box.width - 2, box.height - 2});
}

void draw_cell(Sheet& sheet, const Cell& cell, double x, double y, double height) {
    const double bottom = y + height;
    sheet.open("Div");
    if (cell.label) sheet.write("Lbl", *cell.label, x, y);
    y += cell.label_height();
    if (cell.frame) sheet.frame({x, y, cell.width, bottom - y});
    for (const Row& row : cell.rows) {
        const bool last = &row == &cell.rows.back();
        if (&row != &cell.rows.front()) sheet.rule(x, y, cell.width);
        draw_row(sheet, row, {x, y, cell.width, last ? bottom - y : row.height});
        y += row.height;
    }
    sheet.close();
}

}  // namespace stageclock::pdf
