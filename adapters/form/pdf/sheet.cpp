// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/sheet.h"

#include <algorithm>

namespace stageclock::pdf {

const Text& Sheet::shape(const std::vector<Run>& runs, double width) {
    return texts_.emplace_back(pen_.shaper().shape(runs, width));
}

const Text& Sheet::value(std::string_view words, double width) {
    return texts_.emplace_back(pen_.shaper().value(Style::value, words, width));
}

void Sheet::new_page() {
    pages_.emplace_back();
    y_ = body_top;
}

void Sheet::write(const char* tag, const Text& text, std::size_t first, std::size_t count, double x,
                  double y) {
    if (count > 0) then([=, &text](Pen& pen) { pen.write(tag, text, first, count, x, y); });
}

void Sheet::write(const char* tag, const Text& text, double x, double y) {
    write(tag, text, 0, text.lines(), x, y);
}

void Sheet::flow(const char* tag, const Text& text) {
    std::size_t first = 0;
    while (first < text.lines()) {
        std::size_t count = 0;
        while (first + count < text.lines() && text.height(first, count + 1) <= room()) ++count;
        if (count == 0 && !fresh()) {
            new_page();
            continue;
        }
        count = std::max<std::size_t>(count, 1);
        write(tag, text, first, count, left_edge, y_);
        y_ += text.height(first, count);
        first += count;
    }
}

void Sheet::draw(const char* tag, const char* name, const Box& box) {
    then([=](Pen& pen) { pen.draw(tag, name, box); });
}

void Sheet::widget(Widget widget, const Box& box) {
    widget.box = box;
    then([this, widget = std::move(widget)](Pen& pen) mutable {
        const std::string words =
            widget.option.empty() ? widget.tip : widget.tip + " " + widget.option;
        widget.object = pen.widget(words, widget.parent);
        widget.page = pen.this_page();
        widgets_.push_back(std::move(widget));
    });
}

void Sheet::frame(const Box& box) {
    then([=](Pen& pen) { pen.frame(box); });
}

void Sheet::rule(double x, double y, double width) {
    then([=](Pen& pen) { pen.rule(x, y, width); });
}

void Sheet::accent(const Box& box) {
    then([=](Pen& pen) { pen.accent(box); });
}

void Sheet::tint(const Box& box) {
    then([=](Pen& pen) { pen.tint(box); });
}

void Sheet::open(const char* tag) {
    then([=](Pen& pen) { pen.open(tag); });
}

void Sheet::close() {
    then([](Pen& pen) { pen.close(); });
}

void Sheet::draw_frame(const Frame& frame, std::size_t number) {
    const double right = left_edge + body_width;
    pen_.draw(nullptr, "Reference", reference_box);
    const Text& header = shape({{Style::small, frame.header}}, body_width / 2);
    pen_.write(nullptr, header, 0, 1, left_edge, 38.8);
    pen_.accent({left_edge, 51, body_width, 0.9});

    double y = page_height - 44;
    pen_.rule(left_edge, y - 6, body_width);
    const std::string of = with_hole(with_hole(frame.page, "{page}", std::to_string(number)),
                                     "{pages}", std::to_string(pages_.size()));
    const Text& page = shape({{Style::small, of}}, body_width / 2);
    pen_.write(nullptr, page, 0, 1, right - page.width(), y);
    for (const std::string& line : frame.footer) {
        const Text& text = shape({{Style::small, line}}, body_width - page.width() - 20);
        pen_.write(nullptr, text, 0, text.lines(), left_edge, y);
        y += text.height();
    }
}

void Sheet::draw(const Frame& frame) {
    pen_.open("Document");
    for (std::size_t page = 0; page < pages_.size(); ++page) {
        pen_.new_page();
        draw_frame(frame, page + 1);
        for (const Step& step : pages_[page]) step(pen_);
    }
    pen_.close();
}

std::string with_hole(std::string text, const std::string& hole, const std::string& value) {
    for (std::size_t at = text.find(hole); at != std::string::npos;
         at = text.find(hole, at + value.size()))
        text.replace(at, hole.size(), value);
    return text;
}

}  // namespace stageclock::pdf
