// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "adapters/form/pdf/pen.h"

namespace stageclock::pdf {

constexpr double left_edge = 54;
constexpr double body_width = page_width - 2 * left_edge;
constexpr double body_top = 64;
constexpr double body_bottom = page_height - 62;
constexpr double body_height = body_bottom - body_top;
constexpr double line_box = 20;   // least height of a box for one line
constexpr double cell_pad = 4.5;  // between a box and its text
// Of a box: a single line stands in the middle of one made for it; longer text begins at its top.
constexpr bool is_centred(double height) { return height < 1.5 * line_box; }

// What stands on every page around the body. The reference differs from case to case: it is drawn
// under the name "Reference", in the upper right corner.
struct Frame {
    std::string header;
    std::vector<std::string> footer;
    std::string page;  // "page {page} of {pages}"
};
constexpr Box reference_box{left_edge + body_width / 2, 36, body_width / 2, 14};

// A place where people write or tick.
struct Widget {
    enum class Kind { text, check, choice };
    Kind kind{};
    std::string id;      // of the value
    std::string tip;     // of the field
    std::string option;  // choice: this one
    bool multiline = false;
    double inset = cell_pad;  // text: of the value from the box's left side
    double text_width = 0;    // text: of the value
    std::size_t first = 0;    // text: the first of its lines that stands here ...
    std::size_t count = 0;    // ... and how many do; 0: all
    Box box = {};
    // Known when it has been drawn: objects of the widget and its page, and its /StructParent.
    int object = 0;
    int page = 0;
    int parent = 0;
};

// The pages as they are laid out, before anything is drawn: the number of pages is printed on
// each, so all must be known first.
class Sheet {
public:
    explicit Sheet(Pen& pen) : pen_(pen), pages_(1) {}

    // A text that lives as long as the sheet.
    const Text& shape(const std::vector<Run>& runs, double width);
    const Text& value(std::string_view words, double width);  // of a field

    double y() const { return y_; }
    double room() const { return body_bottom - y_; }  // down to the end of this page
    bool fresh() const { return y_ == body_top; }
    void skip(double height) { y_ += height; }
    void new_page();

    // Lines of a text with their top at y, inside a structure element of their own; `tag` may be
    // nullptr for decoration.
    void write(const char* tag, const Text& text, std::size_t first, std::size_t count, double x,
               double y);
    void write(const char* tag, const Text& text, double x, double y);
    // A paragraph at the left edge that moves y() on and flows over pages.
    void flow(const char* tag, const Text& text);
    void draw(const char* tag, const char* name, const Box& box);  // as Pen::draw
    void widget(Widget widget, const Box& box);
    void frame(const Box& box);
    void rule(double x, double y, double width);
    void accent(const Box& box);
    void tint(const Box& box);
    void open(const char* tag);
    void close();

    // Draws all pages with their frames; then all widgets are known.
    void draw(const Frame& frame);
    const std::vector<Widget>& widgets() const { return widgets_; }

private:
    using Step = std::function<void(Pen&)>;
    void then(Step step) { pages_.back().push_back(std::move(step)); }
    void draw_frame(const Frame& frame, std::size_t number);

    Pen& pen_;
    std::deque<Text> texts_;
    std::vector<std::vector<Step>> pages_;
    std::vector<Widget> widgets_;
    double y_ = body_top;
};

// `text` with each "{hole}" replaced.
std::string with_hole(std::string text, const std::string& hole, const std::string& value);

}  // namespace stageclock::pdf
