// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/structure.h"

namespace stageclock::pdf {

int Structure::open(const char* tag) {
    const int number = static_cast<int>(elements_.size());
    elements_.push_back({tag, open_.empty() ? -1 : open_.back()});
    if (!open_.empty())
        elements_[static_cast<std::size_t>(open_.back())].kids.push_back(
            {Kid::What::element, number});
    open_.push_back(number);
    return number;
}

void Structure::close() { open_.pop_back(); }

int Structure::content(std::size_t page) {
    if (by_page_.size() <= page) by_page_.resize(page + 1);
    const int id = static_cast<int>(by_page_[page].size());
    by_page_[page].push_back(open_.back());
    elements_[static_cast<std::size_t>(open_.back())].kids.push_back(
        {Kid::What::content, id, page});
    return id;
}

int Structure::widget(std::size_t page, int widget, const std::string& words) {
    const int number = open("Form");
    Element& element = elements_[static_cast<std::size_t>(number)];
    element.kids.push_back({Kid::What::widget, widget, page});
    element.words = words;
    close();
    by_widget_.push_back(number);
    return static_cast<int>(by_widget_.size()) - 1;
}

std::string Structure::body(std::size_t at, int parent, const std::vector<int>& elements,
                            const std::vector<int>& pages) const {
    const Element& is = elements_[at];
    std::string body = std::string("<< /Type /StructElem /S /") + is.tag + " /P " + to_ref(parent);
    if (!is.words.empty()) body += " /Alt " + text_string(is.words);
    body += " /K [";
    for (const Kid& kid : is.kids) {
        switch (kid.what) {
            case Kid::What::element:
                body += " " + to_ref(elements[static_cast<std::size_t>(kid.number)]);
                break;
            case Kid::What::content:
                body += " << /Type /MCR /Pg " + to_ref(pages[kid.page]) + " /MCID " +
                        std::to_string(kid.number) + " >>";
                break;
            case Kid::What::widget:
                body += " << /Type /OBJR /Pg " + to_ref(pages[kid.page]) + " /Obj " +
                        to_ref(kid.number) + " >>";
                break;
        }
    }
    return body + " ] >>";
}

int Structure::write(Objects& objects, const std::vector<int>& pages) const {
    const int root = objects.reserve();
    std::vector<int> elements;
    for (std::size_t at = 0; at < elements_.size(); ++at) elements.push_back(objects.reserve());
    std::string top;
    for (std::size_t at = 0; at < elements_.size(); ++at) {
        const int parent = elements_[at].parent;
        if (parent < 0) top += " " + to_ref(elements[at]);
        objects.put(elements[at],
                    body(at, parent < 0 ? root : elements[static_cast<std::size_t>(parent)],
                         elements, pages));
    }
    std::string tree = "<< /Nums [";
    const auto element = [&](int number) {
        return " " + to_ref(elements[static_cast<std::size_t>(number)]);
    };
    for (std::size_t at = 0; at < by_widget_.size(); ++at)
        tree += " " + std::to_string(at) + element(by_widget_[at]);
    for (std::size_t page = 0; page < pages.size(); ++page) {
        tree += " " + std::to_string(parents_of_page(page)) + " [";
        if (page < by_page_.size())
            for (const int number : by_page_[page]) tree += element(number);
        tree += " ]";
    }
    const int parents = objects.add(tree + " ] >>");
    objects.put(root, "<< /Type /StructTreeRoot /K [" + top + " ] /ParentTree " + to_ref(parents) +
                          " /ParentTreeNextKey " + std::to_string(widgets() + pages.size()) +
                          " >>");
    return root;
}

}  // namespace stageclock::pdf
