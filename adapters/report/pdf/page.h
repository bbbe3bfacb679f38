// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "adapters/report/plot/canvas.h"
#include "bot/core/result.h"

namespace stageclock::report {

// Lengths are points.
constexpr double page_width = 595.276;  // A4
constexpr double page_height = 841.89;
constexpr double margin = 54;
constexpr double text_width = page_width - 2 * margin;

// Draws tagged pages with cairo and pango, from the top down. One thread at a time.
class Pages {
public:
    // `made` is the document's date, RFC 3339; `foot` stands below each page.
    Pages(const std::string& title, const std::string& made, const std::string& foot);
    ~Pages();
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;

    // Structure elements (ISO 32000-1, 14.8.4): "H1", "P", "Table", "TR", "TH", "TD", "Figure".
    void open(const char* tag);
    void close(const char* tag);

    // A block of text in lines as wide as `width`; the height it takes.
    double height_of(const std::string& text, const Lettering& lettering, double width) const;
    void write(const std::string& text, const Lettering& lettering, double x, double y,
               double width);

    // Where the next thing goes; what is below the page begins a new one.
    double y() const;
    void move_to(double y);
    double room() const;  // left on this page
    void next_page();

    // The page as a canvas whose corner is at x, y.
    std::unique_ptr<Canvas> canvas(double x, double y);

    // The PDF's bytes as cairo makes them; nothing may be drawn after it.
    Result<std::string> finish();

private:
    struct Surface;
    std::unique_ptr<Surface> surface_;
};

}  // namespace stageclock::report
