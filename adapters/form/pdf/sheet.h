// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "adapters/form/pdf/pen.h"

namespace stageclock::pdf {

constexpr double left_edge = 54;
constexpr double body_width = page_width - 2 * left_edge;
constexpr double body_top = 64;
constexpr double body_bottom = page_height - 62;
constexpr double body_height = body_bottom - body_top;

// What stands on every page around the body.
struct Frame {
    std::string header;
    std::string reference;
    std::vector<std::string> footer;
    std::string page;  // "page {page} of {pages}"
};

// The pages as they are laid out, before anything is drawn: the number of pages is printed on
// each, so all must be known first.
class Sheet {
public:
    explicit Sheet(Pen& pen) : pen_(pen), pages_(1) {}

    // A text that lives as long as the sheet.
    const Text& shape(const std::vector<Run>& runs, double width);

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
    void box(double x, double y, double width, double height);
    void rule(double x, double y, double width);
    void accent_rule(double x, double y, double width, double height);
    void tint(double x, double y, double width, double height);
    void open(const char* tag);
    void close(const char* tag);

    // Draws all pages with their frames.
    void draw(const Frame& frame);

private:
    struct Piece {
        enum class What { open, close, write, box, rule, accent_rule, tint };
        What what{};
        const char* tag = nullptr;
        const Text* text = nullptr;
        std::size_t first = 0;
        std::size_t count = 0;
        double x = 0;
        double y = 0;
        double width = 0;
        double height = 0;
    };
    void draw(const Piece& piece);
    void draw_frame(const Frame& frame, std::size_t number);

    Pen& pen_;
    std::deque<Text> texts_;
    std::vector<std::vector<Piece>> pages_;
    double y_ = body_top;
};

// `text` with each "{hole}" replaced.
std::string with_hole(std::string text, const std::string& hole, const std::string& value);

}  // namespace stageclock::pdf
