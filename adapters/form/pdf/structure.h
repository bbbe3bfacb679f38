// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "adapters/form/pdf/objects.h"

namespace stageclock::pdf {

// The tree that says what is what and in which order it is read (ISO 32000-1, 14.7).
class Structure {
public:
    // Opens an element under the innermost open one: "Document", "H1", "H2", "P", "Div", "Lbl",
    // "Form". Gives its number.
    int open(const char* tag);
    void close();
    // The next piece of marked content of a page (from 0), in the innermost element. Gives its id.
    int content(std::size_t page);
    // A widget under the innermost element, said as `words`. `widget` is its object. Gives what
    // the widget's /StructParent must be; widgets are numbered before pages are.
    int widget(std::size_t page, int widget, const std::string& words);

    std::size_t widgets() const { return by_widget_.size(); }
    // The /StructParents of a page: after all widgets.
    std::size_t parents_of_page(std::size_t page) const { return widgets() + page; }
    // Writes the tree; gives the object of its root. `pages`: the object of each page.
    int write(Objects& objects, const std::vector<int>& pages) const;

private:
    struct Kid {
        enum class What { element, content, widget };
        What what{};
        int number = 0;
        std::size_t page = 0;
    };
    struct Element {
        const char* tag;
        int parent;
        std::vector<Kid> kids = {};
        std::string words = {};
    };
    std::string body(std::size_t at, int parent, const std::vector<int>& elements,
                     const std::vector<int>& pages) const;

    std::vector<Element> elements_;
    std::vector<int> open_;
    std::vector<std::vector<int>> by_page_;  // the element of each piece of content
    std::vector<int> by_widget_;
};

}  // namespace stageclock::pdf
