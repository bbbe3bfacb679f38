// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/pen.h"

#include <algorithm>

namespace stageclock::pdf {
namespace {

constexpr Ink accent_ink{0.09, 0.31, 0.38};
constexpr Ink line_grey{0.62, 0.69, 0.73};
constexpr Ink pale{0.94, 0.96, 0.965};

}  // namespace

void append_rectangle(std::string& content, const Box& box) {
    for (const double part : {box.x, page_height - box.y - box.height, box.width, box.height}) {
        append_number(content, part);
        content += ' ';
    }
    content += "re\n";
}

std::string rectangle(const Box& box) {
    return "[" + to_number(box.x) + " " + to_number(page_height - box.y - box.height) + " " +
           to_number(box.x + box.width) + " " + to_number(page_height - box.y) + "]";
}

void Pen::new_page() { pages_.push_back({objects_.reserve()}); }

// Everything on a page is in the structure or says that it is decoration (14.8.2.2).
void Pen::begin(const char* tag) {
    if (!tag) {
        content() += "/Artifact BMC\n";
        return;
    }
    structure_.open(tag);
    content() += std::string("/") + tag + " << /MCID " +
                 std::to_string(structure_.content(number())) + " >> BDC\n";
}

void Pen::end(const char* tag) {
    content() += "EMC\n";
    if (tag) structure_.close();
}

void Pen::write(const char* tag, const Text& text, std::size_t first, std::size_t count, double x,
                double y) {
    begin(tag);
    const std::size_t stop = std::min(first + count, text.lines());
    for (std::size_t at = first; at < stop; ++at) {
        const Line& line = text.line(at);
        append_line(content(), line, x, page_height - y - line.baseline, fonts_);
        y += line.height;
    }
    end(tag);
}

void Pen::draw(const char* tag, const char* name, const Box& box) {
    begin(tag);
    content() += "q 1 0 0 1 " + to_number(box.x) + " " +
                 to_number(page_height - box.y - box.height) + " cm /" + name + " Do Q\n";
    end(tag);
}

void Pen::frame(const Box& box) {
    begin(nullptr);
    append_ink(content(), line_grey, "RG");
    append_rectangle(content(), box);
    content() += "0.6 w S\n";
    end(nullptr);
}

void Pen::rule(double x, double y, double width) {
    begin(nullptr);
    append_ink(content(), line_grey, "RG");
    const std::string height = to_number(page_height - y);
    content() +=
        to_number(x) + " " + height + " m " + to_number(x + width) + " " + height + " l 0.6 w S\n";
    end(nullptr);
}

void Pen::accent(const Box& box) {
    begin(nullptr);
    append_ink(content(), accent_ink, "rg");
    append_rectangle(content(), box);
    content() += "f\n";
    end(nullptr);
}

void Pen::tint(const Box& box) {
    begin(nullptr);
    append_ink(content(), pale, "rg");
    append_rectangle(content(), box);
    content() += "f\n";
    end(nullptr);
}

int Pen::widget(const std::string& words, int& parent) {
    const int object = objects_.reserve();
    parent = structure_.widget(number(), object, words);
    return object;
}

Pen::Written Pen::finish(int resources) {
    Written written;
    written.pages = objects_.reserve();
    std::vector<int>& numbers = written.page_objects;
    std::string kids;
    for (std::size_t at = 0; at < pages_.size(); ++at) {
        const Page& page = pages_[at];
        numbers.push_back(page.object);
        kids += " " + to_ref(page.object);
        written.annotations.push_back(objects_.reserve());
        const int content = objects_.add_stream("/Filter /FlateDecode", deflated(page.content));
        objects_.put(page.object,
                     "<< /Type /Page /Parent " + to_ref(written.pages) + " /MediaBox [0 0 " +
                         to_number(page_width) + " " + to_number(page_height) + "] /Resources " +
                         to_ref(resources) + " /Contents " + to_ref(content) + " /Annots " +
                         to_ref(written.annotations.back()) + " /StructParents " +
                         std::to_string(structure_.parents_of_page(at)) + " /Tabs /S >>");
    }
    objects_.put(written.pages, "<< /Type /Pages /Count " + std::to_string(pages_.size()) +
                                    " /Kids [" + kids + " ] >>");
    written.structure = structure_.write(objects_, numbers);
    written.fonts = " /F0 " + to_ref(base_face(false).embed_base(objects_)) + " /F1 " +
                    to_ref(base_face(true).embed_base(objects_)) + fonts_.embed(objects_);
    return written;
}

}  // namespace stageclock::pdf
