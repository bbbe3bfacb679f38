// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/compose.h"

#include <algorithm>
#include <deque>
#include <optional>

#include "adapters/form/pdf/cell.h"

namespace stageclock::pdf {
namespace {

constexpr double half_width = (body_width - column_gap) / 2;
constexpr double field_gap = 9;
constexpr double section_gap = 7;
// A text may be split when it has this many lines, this many of them at the foot of the page.
constexpr std::size_t splittable = 8;
constexpr std::size_t lines_before_split = 5;
// How far an empty part of a box may shrink to keep the field on its page.
constexpr double shrink = 0.6;

// One field, or two side by side, as they stand on the page.
struct Band {
    Cell first;
    std::optional<Cell> second;
    const FormField* field = nullptr;

    double height() const {
        return second ? std::max(first.height(), second->height()) : first.height();
    }
};

class Composer {
public:
    Composer(const FormLayout& layout, const Values& values, const std::string& subtitle,
             Sheet& sheet)
        : layout_(layout), values_(values), subtitle_(subtitle), sheet_(sheet) {}

    void front();
    void section(const FormSection& section);

private:
    const std::string& value(const std::string& id) const;
    void return_notice();
    Cell cell(const FormField& field, double width);
    Band single(const FormField& field, double width);
    std::vector<Band> bands(const std::vector<FormField>& fields);
    double least_height(const Band& band) const;
    void place(const Band& band);
    void place_whole(const Band& band, double height);
    void split(const Band& band);

    const FormLayout& layout_;
    const Values& values_;
    const std::string& subtitle_;
    Sheet& sheet_;
    std::deque<FormField> parts_;  // signature blocks that have grown too long, taken apart
};

const std::string& Composer::value(const std::string& id) const {
    static const std::string none;
    const auto found = values_.find(id);
    return found == values_.end() ? none : found->second;
}

void Composer::front() {
    sheet_.skip(6);
    const std::string below = layout_.tagline.empty() ? "" : "\n" + layout_.tagline;
    sheet_.flow("H1",
                sheet_.shape({{Style::title, layout_.title}, {Style::tagline, below}}, body_width));
    sheet_.skip(5);
    if (subtitle_.empty()) {
        sheet_.draw("P", "Subtitle", {left_edge, sheet_.y(), body_width, subtitle_height});
        sheet_.skip(subtitle_height);
    } else {
        sheet_.flow("P", sheet_.shape({{Style::notice, subtitle_}}, body_width));
    }
    sheet_.skip(8);
    return_notice();
    for (const std::string& paragraph : layout_.introduction) {
        sheet_.flow("P", sheet_.shape({{Style::text, paragraph}}, body_width));
        sheet_.skip(4);
    }
}

// Where the form goes, on a ground of its own.
void Composer::return_notice() {
    const std::string& only_if = layout_.return_to_if;
    if (layout_.return_to.empty() || (!only_if.empty() && value(only_if).empty())) return;
    const std::string person = return_person(layout_, values_);
    const Text& text =
        sheet_.shape({{Style::notice, layout_.return_to}, {Style::label, person}}, body_width - 24);
    // Longer than a page only by mischief; then it flows without its ground.
    if (text.height() > body_height / 2) {
        sheet_.flow("P", text);
    } else {
        if (text.height() + 12 > sheet_.room()) sheet_.new_page();
        sheet_.tint({left_edge, sheet_.y(), body_width, text.height() + 12});
        sheet_.accent({left_edge, sheet_.y(), 2.4, text.height() + 12});
        sheet_.write("P", text, left_edge + 13, sheet_.y() + 7);
        sheet_.skip(text.height() + 12);
    }
    sheet_.skip(9);
}

Cell Composer::cell(const FormField& field, double width) {
    return make_cell(
        sheet_, field, layout_.words,
        [this](const std::string& id) -> const std::string& { return value(id); }, width);
}

std::vector<Band> Composer::bands(const std::vector<FormField>& fields) {
    std::vector<Band> all;
    const auto fits_half = [](const FormField& field, const Cell& made) {
        return made.height() < body_height / 3 &&
               !(field.kind == FieldKind::signature && too_long_for_block(made));
    };
    for (std::size_t at = 0; at < fields.size(); ++at) {
        const FormField& field = fields[at];
        Band band = single(field, field.half ? half_width : body_width);
        if (field.kind == FieldKind::signature && too_long_for_block(band.first)) {
            for (FormField& part : as_single_fields(field, layout_.words))
                all.push_back(single(parts_.emplace_back(std::move(part)), body_width));
            continue;
        }
        if (field.half && !fits_half(field, band.first)) band = single(field, body_width);
        if (band.first.width == half_width && at + 1 < fields.size() && fields[at + 1].half) {
            Cell beside = cell(fields[at + 1], half_width);
            if (fits_half(fields[at + 1], beside)) {
                band.second = std::move(beside);
                ++at;
            }
        }
        all.push_back(std::move(band));
    }
    return all;
}

Band Composer::single(const FormField& field, double width) {
    return {.first = cell(field, width), .second = std::nullopt, .field = &field};
}

// How much room the beginning of a band needs: all of it, unless it may be split.
double Composer::least_height(const Band& band) const {
    const Text* text = band.first.flowing();
    if (band.second || !text || text->lines() < splittable) {
        const double needed = text ? text->height() + 2 * cell_pad : 0;
        const bool elastic = !band.second && band.field->kind == FieldKind::multiline;
        return elastic ? band.first.label_height() +
                             std::max(needed, shrink * band.first.rows[0].height)
                       : band.height();
    }
    return std::min(band.height(),
                    band.first.label_height() + 2 * cell_pad + text->height(0, lines_before_split));
}

void Composer::place_whole(const Band& band, double height) {
    draw_cell(sheet_, band.first, left_edge, sheet_.y(), height);
    if (band.second)
        draw_cell(sheet_, *band.second, left_edge + half_width + column_gap, sheet_.y(), height);
    sheet_.skip(height + field_gap);
}

void Composer::place(const Band& band) {
    if (least_height(band) > sheet_.room() && !sheet_.fresh()) sheet_.new_page();
    const Text* text = band.first.flowing();
    const bool holds =
        !text || band.first.label_height() + text->height() + 2 * cell_pad <= sheet_.room();
    if (holds)
        place_whole(band, std::min(band.height(), sheet_.room()));
    else
        split(band);
}

// A text too long for its page. Each part has its own box, and all boxes are one field: whoever
// edits one edits the whole text. The last line never stands alone.
void Composer::split(const Band& band) {
    const Cell& cell = band.first;
    const Text& text = *cell.flowing();
    const std::string again = band.field->label + " " + layout_.words.continued;
    const Text& continued = sheet_.shape({{Style::hint, again}}, body_width);
    sheet_.open("Div");
    if (cell.label) sheet_.write("Lbl", *cell.label, left_edge, sheet_.y());
    sheet_.skip(cell.label_height());
    for (std::size_t first = 0; first < text.lines();) {
        const std::size_t rest = text.lines() - first;
        std::size_t count = 1;
        while (count < rest && text.height(first, count + 1) + 2 * cell_pad <= sheet_.room())
            ++count;
        if (rest - count == 1 && count > 2) --count;
        const bool last = count == rest;
        const double height = last ? text.height(first, count) + 2 * cell_pad : sheet_.room();
        const Box box{left_edge, sheet_.y(), cell.width, height};
        sheet_.frame(box);
        Widget widget = cell.rows[0].widget;
        widget.first = first;
        widget.count = count;
        draw_widget(sheet_, std::move(widget), box);
        sheet_.skip(height + field_gap);
        first += count;
        if (last) break;
        sheet_.new_page();
        sheet_.write(nullptr, continued, left_edge, sheet_.y());
        sheet_.skip(continued.height() + label_gap);
    }
    sheet_.close();
}

void Composer::section(const FormSection& section) {
    const std::vector<Band> all = bands(section.fields);
    if (section.title.empty()) {
        sheet_.skip(section_gap / 2);
    } else {
        const Text& title = sheet_.shape({{Style::heading, section.title}}, body_width);
        const double below = all.empty() ? 3 * title.height() : least_height(all.front());
        const double needed = section_gap + title.height() + 5 + below;
        if (needed > sheet_.room() && !sheet_.fresh())
            sheet_.new_page();
        else
            sheet_.skip(section_gap);
        sheet_.flow("H2", title);
        sheet_.skip(4);
    }
    for (const std::string& paragraph : section.text) {
        sheet_.flow("P", sheet_.shape({{Style::text, paragraph}}, body_width));
        sheet_.skip(5);
    }
    for (const Band& band : all) place(band);
}

}  // namespace

std::string return_person(const FormLayout& layout, const Values& values) {
    std::string given;
    for (const std::string& id : layout.return_to_values) {
        const auto found = values.find(id);
        if (found != values.end() && !found->second.empty())
            given += (given.empty() ? "" : ", ") + found->second;
    }
    return given.empty() ? "" : "\n" + given;
}

void compose(const FormLayout& layout, const Values& values, const std::string& subtitle,
             Sheet& sheet) {
    Composer composer(layout, values, subtitle, sheet);
    composer.front();
    for (const FormSection& section : layout.sections) composer.section(section);
}

}  // namespace stageclock::pdf
