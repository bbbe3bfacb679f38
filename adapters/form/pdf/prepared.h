// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/form/pdf/compose.h"

namespace stageclock::pdf {

// A field of a form that is ready to be filled.
struct Slot {
    // One box of it.
    struct Place {
        int object = 0;
        int appearance = 0;  // text: its object
        std::string widget;  // entries of its dictionary
        std::string option;  // choice
        Box box;
        double inset = 0;
        std::size_t first = 0;
        std::size_t count = 0;  // of lines; 0: all
    };
    Widget::Kind kind{};
    std::string id;
    int object = 0;     // of the field; its only place's, when it is one object with it
    std::string field;  // entries of its dictionary
    bool multiline = false;
    double text_width = 0;
    std::size_t lines = 0;  // that fit; of a field in several boxes: any
    std::vector<Place> places;
};

// A form whose boxes are where they are: all of the file that no value changes, and what is to be
// written after it. Never changed once made, so that any thread can fill a copy.
struct Prepared {
    Objects objects;
    std::string title;
    std::string language;
    std::vector<Slot> slots;
    std::string fonts;          // entries of the resources' /Font
    bool has_subtitle = false;  // drawn by name; else it is printed
    // Objects that are reserved.
    int root = 0;
    int info = 0;
    int metadata = 0;
    int resources = 0;
    int reference = 0;
    int subtitle = 0;
    int mark = 0;              // 0: without
    std::string mark_entries;  // of its dictionary
};

// Lays a form out and writes it, all but what differs from case to case. `values` decide how high
// boxes are; empty ones give the form of its least height.
Prepared prepare(const FormLayout& layout, const Values& values, const std::string& subtitle,
                 bool with_mark);

}  // namespace stageclock::pdf
