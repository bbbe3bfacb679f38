// SPDX-License-Identifier: MIT
#include "adapters/report/pdf/page.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace stageclock::report {
namespace {

constexpr const char* family = "DejaVu Sans";
constexpr double foot_at = page_height - 34;

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
    try {
        static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
    } catch (const std::bad_alloc&) {  // must not pass through C
        return CAIRO_STATUS_NO_MEMORY;
    }
    return CAIRO_STATUS_SUCCESS;
}

void use(cairo_t* cairo, Tone tone) {
    constexpr double full = 255;
    const Colour colour = colour_of(tone);
    cairo_set_source_rgb(cairo, colour.red / full, colour.green / full, colour.blue / full);
}

struct Unref {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

// Shaped text. `width` in points; negative: one line.
Layout shaped(PangoContext* context, const std::string& text, const Lettering& lettering,
              double width) {
    Layout layout(pango_layout_new(context));
    PangoFontDescription* font = pango_font_description_from_string(family);
    pango_font_description_set_size(font, static_cast<int>(lettering.size * PANGO_SCALE));
    pango_font_description_set_weight(font,
                                      lettering.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    // Each glyph is its letter: sure to be found and copied.
    PangoAttrList* plain = pango_attr_list_new();
    pango_attr_list_insert(plain, pango_attr_font_features_new("liga=0, clig=0"));
    pango_layout_set_attributes(layout.get(), plain);
    pango_attr_list_unref(plain);
    if (width >= 0) {
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_line_spacing(layout.get(), 1.15F);
    }
    if (lettering.align == Align::right)
        pango_layout_set_alignment(layout.get(), PANGO_ALIGN_RIGHT);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
}

double points(int units) { return static_cast<double>(units) / PANGO_SCALE; }

double height(PangoLayout* layout) {
    PangoRectangle area;
    pango_layout_get_extents(layout, nullptr, &area);
    return points(area.height);
}

double width(PangoLayout* layout) {
    PangoRectangle area;
    pango_layout_get_extents(layout, nullptr, &area);
    return points(area.width);
}

class PageCanvas : public Canvas {
public:
    PageCanvas(cairo_t* cairo, PangoContext* context, double x, double y)
        : cairo_(cairo), context_(context), x_(x), y_(y) {}

    void box(double x, double y, double width, double height, Tone tone) override {
        use(cairo_, tone);
        cairo_rectangle(cairo_, x_ + x, y_ + y, width, height);
        cairo_fill(cairo_);
    }
    void frame(double x, double y, double width, double height, Tone tone) override {
        use(cairo_, tone);
        cairo_set_line_width(cairo_, 0.8);
        cairo_rectangle(cairo_, x_ + x + 0.4, y_ + y + 0.4, width - 0.8, height - 0.8);
        cairo_stroke(cairo_);
    }
    void line(const Points& points, Tone tone, double thickness, bool dashed) override {
        use(cairo_, tone);
        cairo_set_line_width(cairo_, thickness);
        const double dashes[] = {5, 3};
        cairo_set_dash(cairo_, dashes, dashed ? 2 : 0, 0);
        for (const auto& [x, y] : points) cairo_line_to(cairo_, x_ + x, y_ + y);
        cairo_stroke(cairo_);
        cairo_set_dash(cairo_, nullptr, 0, 0);
    }
    void dot(double x, double y, double radius, Tone tone) override {
        use(cairo_, tone);
        cairo_arc(cairo_, x_ + x, y_ + y, radius, 0, 2 * G_PI);
        cairo_fill(cairo_);
    }
    void text(double x, double baseline, const std::string& text,
              const Lettering& lettering) override {
        Lettering plain = lettering;
        plain.align = Align::left;
        const Layout layout = shaped(context_, text, plain, -1);
        const double back = lettering.align == Align::right    ? width(layout.get())
                            : lettering.align == Align::middle ? width(layout.get()) / 2
                                                               : 0;
        use(cairo_, lettering.tone);
        cairo_move_to(cairo_, x_ + x - back, y_ + baseline);
        pango_cairo_show_layout_line(cairo_, pango_layout_get_line_readonly(layout.get(), 0));
        cairo_new_path(cairo_);
    }
    double width_of(const std::string& text, const Lettering& lettering) const override {
        return width(shaped(context_, text, lettering, -1).get());
    }

private:
    cairo_t* cairo_;
    PangoContext* context_;
    double x_;
    double y_;
};

}  // namespace

struct Pages::Surface {
    std::string bytes;
    cairo_surface_t* surface = nullptr;
    cairo_t* cairo = nullptr;
    PangoContext* context = nullptr;
    std::string foot;
    int page = 1;
    double y = margin;

    // Outside every element: decoration.
    void draw_foot() const {
        PageCanvas canvas(cairo, context, 0, 0);
        const Lettering small{.tone = Tone::soft, .size = 7.5};
        canvas.line({{margin, foot_at - 14}, {page_width - margin, foot_at - 14}}, Tone::line, 0.6,
                    false);
        canvas.text(margin, foot_at, foot, small);
        canvas.text(page_width - margin, foot_at, "Page " + std::to_string(page),
                    {.tone = Tone::soft, .size = 7.5, .align = Align::right});
    }
};

Pages::Pages(const std::string& title, const std::string& made, const std::string& foot)
    : surface_(std::make_unique<Surface>()) {
    Surface& s = *surface_;
    s.foot = foot;
    s.surface = cairo_pdf_surface_create_for_stream(append, &s.bytes, page_width, page_height);
    const auto say = [&](cairo_pdf_metadata_t what, const std::string& text) {
        cairo_pdf_surface_set_metadata(s.surface, what, text.c_str());
    };
    say(CAIRO_PDF_METADATA_TITLE, title);
    say(CAIRO_PDF_METADATA_CREATOR, "stageclock");
    say(CAIRO_PDF_METADATA_CREATE_DATE, made);
    say(CAIRO_PDF_METADATA_MOD_DATE, made);
    s.cairo = cairo_create(s.surface);
    s.context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    pango_cairo_context_set_resolution(s.context, 72);  // so that a point is a point
    pango_context_set_language(s.context, pango_language_from_string("en-GB"));
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(s.context, options);
    cairo_font_options_destroy(options);
}

Pages::~Pages() {
    g_object_unref(surface_->context);
    cairo_destroy(surface_->cairo);
    cairo_surface_destroy(surface_->surface);
}

void Pages::open(const char* tag) { cairo_tag_begin(surface_->cairo, tag, nullptr); }
void Pages::close(const char* tag) { cairo_tag_end(surface_->cairo, tag); }

double Pages::height_of(const std::string& text, const Lettering& lettering, double width) const {
    return height(shaped(surface_->context, text, lettering, width).get());
}

void Pages::write(const std::string& text, const Lettering& lettering, double x, double y,
                  double width) {
    const Layout layout = shaped(surface_->context, text, lettering, width);
    use(surface_->cairo, lettering.tone);
    cairo_move_to(surface_->cairo, x, y);
    pango_cairo_show_layout(surface_->cairo, layout.get());
    cairo_new_path(surface_->cairo);
}

double Pages::y() const { return surface_->y; }
void Pages::move_to(double y) { surface_->y = y; }
double Pages::room() const { return foot_at - 24 - surface_->y; }

void Pages::next_page() {
    surface_->draw_foot();
    cairo_show_page(surface_->cairo);
    ++surface_->page;
    surface_->y = margin;
}

std::unique_ptr<Canvas> Pages::canvas(double x, double y) {
    return std::make_unique<PageCanvas>(surface_->cairo, surface_->context, x, y);
}

Result<std::string> Pages::finish() {
    surface_->draw_foot();
    cairo_show_page(surface_->cairo);
    cairo_status_t status = cairo_status(surface_->cairo);
    cairo_surface_finish(surface_->surface);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface_->surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        return Error{Code::internal,
                     std::string("drawing the report failed: ") + cairo_status_to_string(status),
                     "cairo"};
    }
    return std::move(surface_->bytes);
}

}  // namespace stageclock::report
