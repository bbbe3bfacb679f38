// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/form/layout/layouts.h"
#include "adapters/form/pdf/sheet.h"

namespace stageclock::pdf {

constexpr double label_gap = 2.5;  // between a label and its box
constexpr double column_gap = 15;

// A box to tick with its words, where it stands in its row.
struct Mark {
    Widget widget;
    const Text* words = nullptr;
    double x = 0;
    double y = 0;
};

// One box of a cell: what it holds and how high it is.
struct Row {
    const Text* caption = nullptr;  // inside the box, left of the value
    const Text* value = nullptr;    // nullptr: empty
    Widget widget = {};             // without an id: a box to sign in by hand
    std::vector<Mark> marks = {};
    double height = 0;
};

// A field made ready for the page: its label and the boxes under it.
struct Cell {
    const Text* label = nullptr;  // nullptr: a check box says all itself
    std::vector<Row> rows;
    bool frame = true;
    double width = 0;

    double label_height() const { return label ? label->height() + label_gap : 0; }
    double height() const;
    // The value that may go on on the next page.
    const Text* flowing() const { return rows.size() == 1 ? rows[0].value : nullptr; }
};

// The value of an id, clean and within the limits; empty when there is none.
using ValueOf = std::function<const std::string&(const std::string& id)>;

Cell make_cell(Sheet& sheet, const FormField& field, const FormWords& words,
               const ValueOf& value_of, double width);

// A signature block whose values do not fit its small boxes becomes four fields of full width.
bool too_long_for_block(const Cell& cell);
std::vector<FormField> as_single_fields(const FormField& signature, const FormWords& words);

// A widget just inside a box.
void draw_widget(Sheet& sheet, Widget widget, const Box& box);

// Draws a cell with its top left corner at x, y. The last box reaches down to y + height.
void draw_cell(Sheet& sheet, const Cell& cell, double x, double y, double height);

}  // namespace stageclock::pdf
