// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "adapters/form/pdf/ink.h"
#include "adapters/form/pdf/structure.h"

namespace stageclock::pdf {

// Lengths are points (1/72 inch), from the top left corner of the page.
constexpr double page_width = 595.276;  // A4
constexpr double page_height = 841.89;

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

// Draws the tagged pages of a form: everything but what stands in its fields.
class Pen {
public:
    Pen(const std::string& language, Objects& objects)
        : shaper_(language), objects_(objects), fonts_('S') {}

    Shaper& shaper() { return shaper_; }

    void new_page();
    // Structure elements around what follows.
    void open(const char* tag) { structure_.open(tag); }
    void close() { structure_.close(); }

    // Lines of a text with their top at y. `tag`: the element they are; nullptr: decoration.
    void write(const char* tag, const Text& text, std::size_t first, std::size_t count, double x,
               double y);
    // What is drawn under a name of the resources: "Reference". Its own origin is its lower left
    // corner.
    void draw(const char* tag, const char* name, const Box& box);
    // Decoration.
    void frame(const Box& box);
    void rule(double x, double y, double width);
    void accent(const Box& box);
    void tint(const Box& box);

    // The object of a new widget on this page; `parent` becomes its /StructParent.
    int widget(const std::string& words, int& parent);
    int this_page() const { return pages_.back().object; }

    // Writes pages, structure and fonts; what they point to is the caller's to write.
    struct Written {
        int pages = 0;
        int structure = 0;
        std::string fonts;  // " /F0 7 0 R /F1 ..."
        std::vector<int> page_objects;
        std::vector<int> annotations;  // of each page: an array, not written yet
    };
    Written finish(int resources);

private:
    struct Page {
        int object = 0;
        std::string content = {};
    };
    std::string& content() { return pages_.back().content; }
    std::size_t number() const { return pages_.size() - 1; }
    void begin(const char* tag);
    void end(const char* tag);

    Shaper shaper_;
    Objects& objects_;
    Fonts fonts_;
    Structure structure_;
    std::vector<Page> pages_;
};

// "54 700.5 120 20 re"
void append_rectangle(std::string& content, const Box& box);
// "[54 680.5 174 700.5]"
std::string rectangle(const Box& box);

}  // namespace stageclock::pdf
