// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/pen.h"

#include <algorithm>
#include <array>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace stageclock::pdf {
namespace {

constexpr const char* family = "DejaVu Sans";

struct Ink {
    double red;
    double green;
    double blue;
};
constexpr Ink accent{0.09, 0.31, 0.38};
constexpr Ink dark{0.11, 0.13, 0.15};
constexpr Ink grey{0.36, 0.41, 0.45};
constexpr Ink line_grey{0.62, 0.69, 0.73};
constexpr Ink pale{0.94, 0.96, 0.965};

struct Look {
    double size;
    bool bold;
    Ink ink;
    double leading;  // white added below each line
};

const Look& look(Style style) {
    static constexpr std::array<Look, 12> looks{{
        {19.0, true, accent, 1.0},  // title
        {10.5, false, grey, 1.5},   // tagline
        {10.5, true, accent, 1.5},  // heading
        {8.2, false, dark, 2.2},    // text
        {8.4, false, dark, 2.2},    // notice
        {8.2, true, dark, 1.4},     // label
        {8.2, false, grey, 1.4},    // hint
        {7.8, false, grey, 1.4},    // caption
        {9.0, false, dark, 2.0},    // value
        {11.5, false, dark, 0.0},   // mark
        {7.2, false, grey, 1.0},    // small
        {8.2, true, accent, 1.0},   // bold
    }};
    return looks[static_cast<std::size_t>(style)];
}

double points(int units) { return static_cast<double>(units) / PANGO_SCALE; }

guint16 sixteen_bits(double part) { return static_cast<guint16>(part * 65535.0); }

void add(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
    attribute->start_index = static_cast<guint>(from);
    attribute->end_index = static_cast<guint>(to);
    pango_attr_list_insert(list, attribute);
}

void add_style(PangoAttrList* list, Style style, std::size_t from, std::size_t to) {
    const Look& is = look(style);
    add(list, pango_attr_size_new(static_cast<int>(is.size * PANGO_SCALE)), from, to);
    add(list, pango_attr_weight_new(is.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL), from, to);
    add(list,
        pango_attr_foreground_new(sixteen_bits(is.ink.red), sixteen_bits(is.ink.green),
                                  sixteen_bits(is.ink.blue)),
        from, to);
}

cairo_status_t keep_bytes(void* bytes, const unsigned char* data, unsigned int length) {
    try {
        static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
    } catch (const std::bad_alloc&) {  // must not pass through C
        return CAIRO_STATUS_NO_MEMORY;
    }
}

}  // namespace

void Text::Free::operator()(void* layout) const { g_object_unref(layout); }

double Text::height(std::size_t first, std::size_t count) const {
    double sum = 0;
    const std::size_t end = std::min(first + count, rows_.size());
    for (std::size_t row = first; row < end; ++row) sum += rows_[row].height;
    return sum;
}

struct Pen::Surface {
    std::string bytes;
    cairo_surface_t* surface = nullptr;
    cairo_t* cairo = nullptr;
    PangoContext* context = nullptr;
    PangoFontDescription* font = nullptr;

    void use(const Ink& ink) { cairo_set_source_rgb(cairo, ink.red, ink.green, ink.blue); }
};

Pen::Pen(const About& about) : surface_(std::make_unique<Surface>()) {
    Surface& s = *surface_;
    s.surface = cairo_pdf_surface_create_for_stream(keep_bytes, &s.bytes, page_width, page_height);
    const auto say = [&](cairo_pdf_metadata_t what, const std::string& text) {
        cairo_pdf_surface_set_metadata(s.surface, what, text.c_str());
    };
    say(CAIRO_PDF_METADATA_TITLE, about.title);
    say(CAIRO_PDF_METADATA_SUBJECT, about.subject);
    say(CAIRO_PDF_METADATA_CREATOR, "stageclock");
    say(CAIRO_PDF_METADATA_CREATE_DATE, about.made);
    say(CAIRO_PDF_METADATA_MOD_DATE, about.made);
    s.cairo = cairo_create(s.surface);
    s.context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    pango_cairo_context_set_resolution(s.context, 72);  // so that a point is a point
    pango_context_set_language(s.context, pango_language_from_string(about.language.c_str()));
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(s.context, options);
    cairo_font_options_destroy(options);
    s.font = pango_font_description_from_string(family);
    cairo_set_line_width(s.cairo, 0.6);
}

Pen::~Pen() {
    pango_font_description_free(surface_->font);
    g_object_unref(surface_->context);
    cairo_destroy(surface_->cairo);
    cairo_surface_destroy(surface_->surface);
}

Text Pen::shape(const std::vector<Run>& runs, double width) const {
    std::string whole;
    PangoAttrList* attributes = pango_attr_list_new();
    // A ligature needs its letters spelt out beside it in the file. Without, each glyph is its
    // letter: sure to be found and copied, and the file is a tenth smaller.
    add(attributes, pango_attr_font_features_new("liga=0, clig=0"), 0, G_MAXUINT);
    for (const Run& run : runs) {
        const std::size_t from = whole.size();
        whole += run.text;
        add_style(attributes, run.style, from, whole.size());
    }
    PangoLayout* layout = pango_layout_new(surface_->context);
    Text text;
    text.layout_.reset(layout);
    pango_layout_set_font_description(layout, surface_->font);
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout, whole.data(), static_cast<int>(whole.size()));

    PangoLayoutIter* lines = pango_layout_get_iter(layout);
    do {
        PangoRectangle area;
        pango_layout_iter_get_line_extents(lines, nullptr, &area);
        const int baseline = pango_layout_iter_get_baseline(lines) - area.y;
        text.rows_.push_back({points(area.x), points(baseline),
                              points(area.height) + look(runs.front().style).leading});
        text.width_ = std::max(text.width_, points(area.width));
    } while (pango_layout_iter_next_line(lines));
    pango_layout_iter_free(lines);
    return text;
}

void Pen::write(const Text& text, std::size_t first, std::size_t count, double x, double y) {
    auto* layout = static_cast<PangoLayout*>(text.layout_.get());
    const std::size_t end = std::min(first + count, text.lines());
    for (std::size_t row = first; row < end; ++row) {
        const Text::Row& at = text.rows_[row];
        cairo_move_to(surface_->cairo, x + at.x, y + at.baseline);
        pango_cairo_show_layout_line(surface_->cairo,
                                     pango_layout_get_line_readonly(layout, static_cast<int>(row)));
        y += at.height;
    }
}

void Pen::box(double x, double y, double width, double height) {
    surface_->use(line_grey);
    cairo_rectangle(surface_->cairo, x, y, width, height);
    cairo_stroke(surface_->cairo);
}

void Pen::rule(double x, double y, double width) {
    surface_->use(line_grey);
    cairo_move_to(surface_->cairo, x, y);
    cairo_rel_line_to(surface_->cairo, width, 0);
    cairo_stroke(surface_->cairo);
}

void Pen::accent_rule(double x, double y, double width, double height) {
    surface_->use(accent);
    cairo_rectangle(surface_->cairo, x, y, width, height);
    cairo_fill(surface_->cairo);
}

void Pen::tint(double x, double y, double width, double height) {
    surface_->use(pale);
    cairo_rectangle(surface_->cairo, x, y, width, height);
    cairo_fill(surface_->cairo);
}

void Pen::open(const char* tag) { cairo_tag_begin(surface_->cairo, tag, nullptr); }
void Pen::close(const char* tag) { cairo_tag_end(surface_->cairo, tag); }

void Pen::next_page() { cairo_show_page(surface_->cairo); }

Result<std::string> Pen::finish() {
    cairo_show_page(surface_->cairo);
    cairo_status_t status = cairo_status(surface_->cairo);
    cairo_surface_finish(surface_->surface);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface_->surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return Error{Code::internal,
                     std::string("drawing the form failed: ") + cairo_status_to_string(status),
                     "cairo"};
    return std::move(surface_->bytes);
}

Done check_font() {
    PangoFontFamily** families = nullptr;
    int count = 0;
    pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
    bool found = false;
    for (int at = 0; at < count; ++at)
        found = found || std::string_view(pango_font_family_get_name(families[at])) == family;
    g_free(families);
    if (found) return done();
    return Error{Code::not_found,
                 std::string("the font \"") + family +
                     "\" is not installed (Debian package "
                     "fonts-dejavu-core)",
                 "fontconfig"};
}

}  // namespace stageclock::pdf
