// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/result.h"

namespace stageclock::pdf {

// Lengths are points (1/72 inch), from the top left corner of the page.
constexpr double page_width = 595.276;  // A4
constexpr double page_height = 841.89;

enum class Style {
    title,
    tagline,
    heading,
    text,
    notice,
    label,
    hint,
    caption,
    value,
    mark,
    small,
    bold
};

// A stretch of text in one style.
struct Run {
    Style style{};
    std::string_view text;
};

// A paragraph, shaped and broken into lines for one width. Belongs to the Pen that made it and
// must not outlive it.
class Text {
public:
    std::size_t lines() const { return rows_.size(); }
    double height(std::size_t first, std::size_t count) const;
    double height() const { return height(0, lines()); }
    double width() const { return width_; }  // of its longest line

private:
    friend class Pen;
    struct Row {
        double x = 0;         // where the line begins: not 0 in scripts that run to the left
        double baseline = 0;  // below the top of the line
        double height = 0;
    };
    struct Free {
        void operator()(void* layout) const;
    };
    std::unique_ptr<void, Free> layout_;
    std::vector<Row> rows_;
    double width_ = 0;
};

// What the document says about itself.
struct About {
    std::string title;
    std::string subject;
    std::string language;
    std::string made;  // RFC 3339
};

// Draws tagged pages with cairo and pango. One thread at a time; the fonts are kept per thread by
// pango, so that a second form of the same thread is quicker than the first.
class Pen {
public:
    explicit Pen(const About& about);
    ~Pen();
    Pen(const Pen&) = delete;
    Pen& operator=(const Pen&) = delete;

    // Broken at words to fit `width`, inside words where one is longer than a line.
    Text shape(const std::vector<Run>& runs, double width) const;

    // Draws lines of a text with its top at y.
    void write(const Text& text, std::size_t first, std::size_t count, double x, double y);
    void box(double x, double y, double width, double height);  // thin frame
    void rule(double x, double y, double width);                // thin line
    void accent_rule(double x, double y, double width, double height);
    void tint(double x, double y, double width, double height);  // pale ground

    // Structure elements (ISO 32000-1, 14.8.4): "Document", "H1", "H2", "P", "Form", "Lbl".
    // What is drawn outside the innermost ones is decoration.
    void open(const char* tag);
    void close(const char* tag);

    void next_page();
    Result<std::string> finish();  // the PDF's bytes; nothing may be drawn after it

private:
    struct Surface;
    std::unique_ptr<Surface> surface_;
};

// An error that says what to install when the font of the forms is missing.
Done check_font();

}  // namespace stageclock::pdf
