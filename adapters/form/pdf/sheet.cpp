// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/sheet.h"

#include <algorithm>

namespace stageclock::pdf {

const Text& Sheet::shape(const std::vector<Run>& runs, double width) {
    return texts_.emplace_back(pen_.shape(runs, width));
}

void Sheet::new_page() {
    pages_.emplace_back();
    y_ = body_top;
}

void Sheet::write(const char* tag, const Text& text, std::size_t first, std::size_t count, double x,
                  double y) {
    if (count > 0)
        pages_.back().push_back({.what = Piece::What::write,
                                 .tag = tag,
                                 .text = &text,
                                 .first = first,
                                 .count = count,
                                 .x = x,
                                 .y = y});
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

void Sheet::box(double x, double y, double width, double height) {
    pages_.back().push_back(
        {.what = Piece::What::box, .x = x, .y = y, .width = width, .height = height});
}

void Sheet::rule(double x, double y, double width) {
    pages_.back().push_back({.what = Piece::What::rule, .x = x, .y = y, .width = width});
}

void Sheet::accent_rule(double x, double y, double width, double height) {
    pages_.back().push_back(
        {.what = Piece::What::accent_rule, .x = x, .y = y, .width = width, .height = height});
}

void Sheet::tint(double x, double y, double width, double height) {
    pages_.back().push_back(
        {.what = Piece::What::tint, .x = x, .y = y, .width = width, .height = height});
}

void Sheet::open(const char* tag) {
    pages_.back().push_back({.what = Piece::What::open, .tag = tag});
}

void Sheet::close(const char* tag) {
    pages_.back().push_back({.what = Piece::What::close, .tag = tag});
}

void Sheet::draw(const Piece& piece) {
    switch (piece.what) {
        case Piece::What::open:
            pen_.open(piece.tag);
            return;
        case Piece::What::close:
            pen_.close(piece.tag);
            return;
        case Piece::What::box:
            pen_.box(piece.x, piece.y, piece.width, piece.height);
            return;
        case Piece::What::rule:
            pen_.rule(piece.x, piece.y, piece.width);
            return;
        case Piece::What::accent_rule:
            pen_.accent_rule(piece.x, piece.y, piece.width, piece.height);
            return;
        case Piece::What::tint:
            pen_.tint(piece.x, piece.y, piece.width, piece.height);
            return;
        case Piece::What::write:
            break;
    }
    if (piece.tag) pen_.open(piece.tag);
    pen_.write(*piece.text, piece.first, piece.count, piece.x, piece.y);
    if (piece.tag) pen_.close(piece.tag);
}

void Sheet::draw_frame(const Frame& frame, std::size_t number) {
    const double right = left_edge + body_width;
    const Text& reference = shape({{Style::bold, frame.reference}}, body_width / 2);
    pen_.write(reference, 0, 1, right - reference.width(), 38);
    const Text& header = shape({{Style::small, frame.header}}, body_width / 2);
    pen_.write(header, 0, 1, left_edge, 38.8);
    pen_.accent_rule(left_edge, 51, body_width, 0.9);

    double y = page_height - 44;
    pen_.rule(left_edge, y - 6, body_width);
    const std::string of = with_hole(with_hole(frame.page, "{page}", std::to_string(number)),
                                     "{pages}", std::to_string(pages_.size()));
    const Text& page = shape({{Style::small, of}}, body_width / 2);
    pen_.write(page, 0, 1, right - page.width(), y);
    for (const std::string& line : frame.footer) {
        const Text& text = shape({{Style::small, line}}, body_width - page.width() - 20);
        pen_.write(text, 0, text.lines(), left_edge, y);
        y += text.height();
    }
}

void Sheet::draw(const Frame& frame) {
    pen_.open("Document");
    for (std::size_t page = 0; page < pages_.size(); ++page) {
        if (page > 0) pen_.next_page();
        draw_frame(frame, page + 1);
        for (const Piece& piece : pages_[page]) draw(piece);
    }
    pen_.close("Document");
}

std::string with_hole(std::string text, const std::string& hole, const std::string& value) {
    for (std::size_t at = text.find(hole); at != std::string::npos;
         at = text.find(hole, at + value.size()))
        text.replace(at, hole.size(), value);
    return text;
}

}  // namespace stageclock::pdf
