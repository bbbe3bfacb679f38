// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/text.h"

#include <algorithm>
#include <array>
#include <limits>

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-font.h>

namespace stageclock::pdf {
namespace {

constexpr const char* family = "DejaVu Sans";
constexpr Ink accent{0.09, 0.31, 0.38};
constexpr Ink dark{0.11, 0.13, 0.15};
constexpr Ink grey{0.36, 0.41, 0.45};
// Of DejaVu Sans, in parts of the size.
constexpr double ascent = 0.928;
constexpr double descent = 0.236;

double points(int units) { return static_cast<double>(units) / PANGO_SCALE; }

void add(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
    attribute->start_index = static_cast<guint>(from);
    attribute->end_index = static_cast<guint>(to);
    pango_attr_list_insert(list, attribute);
}

// The base set's glyphs of a text; false: it has letters of other sets, which Pango must shape.
bool to_letters(std::string_view text, const Face& face, std::vector<Piece::Placed>& letters,
                double size) {
    letters.clear();
    letters.reserve(text.size());
    const auto* at = reinterpret_cast<const unsigned char*>(text.data());
    const unsigned char* const end = at + text.size();
    while (at < end) {
        char32_t letter = *at;
        if (letter < 0x80) {
            ++at;
        } else {  // `text` is valid UTF-8
            letter = g_utf8_get_char(reinterpret_cast<const char*>(at));
            at = reinterpret_cast<const unsigned char*>(
                g_utf8_next_char(reinterpret_cast<const char*>(at)));
        }
        if (letter == '\n') {
            letters.push_back({.letters = {letter}});
            continue;
        }
        const Face::Known found = face.base_letter(letter);
        if (found.glyph == 0 || letter == 0xAD) return false;  // 0xAD: shown only where it breaks
        letters.push_back({.glyph = found.glyph,
                           .advance = static_cast<float>(found.advance * size / 1000),
                           .letters = {letter}});
    }
    return true;
}

// Where the line that begins at `from` ends, and where the next begins.
struct Break {
    std::size_t end = 0;
    std::size_t next = 0;
};

Break break_of(const std::vector<Piece::Placed>& letters, std::size_t from, double width) {
    double used = 0;
    Break at_word{};
    for (std::size_t at = from; at < letters.size(); ++at) {
        const char32_t letter = letters[at].letters.first;
        if (letter == '\n') return {at, at + 1};
        used += letters[at].advance;
        if (letter == ' ') {
            at_word = {at, at + 1};
        } else if (used > width && at > from) {
            if (at_word.next == 0) return {at, at};
            // White space at a line's end belongs to no line.
            while (at_word.next < letters.size() && letters[at_word.next].letters.first == ' ')
                ++at_word.next;
            return at_word;
        } else if (letter == '-' || letter == 0x2013) {
            at_word = {at + 1, at + 1};
        }
    }
    return {letters.size(), letters.size()};
}

}  // namespace

const Look& look(Style style) {
    static constexpr std::array<Look, 11> looks{{
        {19.0, true, accent, 1.0},  // title
        {10.5, false, grey, 1.5},   // tagline
        {10.5, true, accent, 1.5},  // heading
        {8.2, false, dark, 2.2},    // text
        {8.4, false, dark, 2.2},    // notice
        {8.2, true, dark, 1.4},     // label
        {8.2, false, grey, 1.4},    // hint
        {7.8, false, grey, 1.4},    // caption
        {9.0, false, dark, 2.0},    // value
        {7.2, false, grey, 1.0},    // small
        {8.2, true, accent, 1.0},   // bold
    }};
    return looks[static_cast<std::size_t>(style)];
}

double value_line() {
    const Look& is = look(Style::value);
    return is.size * (ascent + descent) + is.leading;
}

double Text::height(std::size_t first, std::size_t count) const {
    double sum = 0;
    const std::size_t end = std::min(first + count, lines_.size());
    for (std::size_t at = first; at < end; ++at) sum += lines_[at].height;
    return sum;
}

double Text::width() const {
    double widest = 0;
    for (const Line& line : lines_) widest = std::max(widest, line.width);
    return widest;
}

void Text::append(const Line& line, double gap) {
    Line& last = lines_.back();
    for (Piece piece : line.pieces) {
        piece.x += last.width + gap + line.x;
        last.pieces.push_back(std::move(piece));
    }
    last.width += gap + line.width;
}

struct Shaper::Pango {
    PangoContext* context;
    PangoFontDescription* font;

    explicit Pango(const std::string& language)
        : context(pango_font_map_create_context(pango_cairo_font_map_get_default())),
          font(pango_font_description_from_string(family)) {
        pango_cairo_context_set_resolution(context, 72);  // so that a point is a point
        pango_context_set_language(context, pango_language_from_string(language.c_str()));
        pango_context_set_round_glyph_positions(context, FALSE);
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context, options);
        cairo_font_options_destroy(options);
    }
    Pango(const Pango&) = delete;
    Pango& operator=(const Pango&) = delete;
    ~Pango() {
        pango_font_description_free(font);
        g_object_unref(context);
    }
};

namespace {

struct FreeLayout {
    void operator()(PangoLayout* it) const { g_object_unref(it); }
    void operator()(PangoLayoutIter* it) const { pango_layout_iter_free(it); }
};

// Runs joined to one text, with where each ends.
struct Joined {
    std::string text;
    std::vector<std::pair<std::size_t, Style>> ends;

    Style style_at(std::size_t at) const {
        for (const auto& [end, style] : ends)
            if (at < end) return style;
        return ends.back().second;
    }
};

const Face* face_of(PangoFont* font) {
    const FcPattern* pattern = nullptr;
    g_object_get(font, "pattern", &pattern, nullptr);
    FcChar8* file = nullptr;
    int index = 0;
    if (!pattern || FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch) return nullptr;
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    return &face_of_file(reinterpret_cast<char*>(file), static_cast<unsigned>(index) & 0xFFFFU);
}

// The letters of the cluster that begins at a byte of the item: a glyph stands for one or two.
Letters letters_of(const char* from, const char* end) {
    Letters letters{g_utf8_get_char(from)};
    from = g_utf8_next_char(from);
    if (from < end) letters.second = g_utf8_get_char(from);
    return letters;
}

// Where the cluster at a byte ends: where the next of the item begins.
int end_of_cluster(const PangoGlyphItem& run, int begin) {
    int end = run.item->length;
    for (int at = 0; at < run.glyphs->num_glyphs; ++at)
        if (const int other = run.glyphs->log_clusters[at]; other > begin)
            end = std::min(end, other);
    return end;
}

Piece piece_of(const PangoGlyphItem& run, const Joined& joined, double x) {
    const PangoItem& item = *run.item;
    const PangoGlyphString& glyphs = *run.glyphs;
    const char* words = joined.text.data() + item.offset;
    Piece piece{.face = face_of(item.analysis.font),
                .style = joined.style_at(static_cast<std::size_t>(item.offset)),
                .x = x,
                .glyphs = {}};
    const bool usable = piece.face && piece.face->embeddable();
    if (!usable) piece.face = &base_face(look(piece.style).bold);
    int last = -1;
    for (int at = 0; at < glyphs.num_glyphs; ++at) {
        const PangoGlyphInfo& is = glyphs.glyphs[at];
        const int cluster = glyphs.log_clusters[at];
        Piece::Placed placed{.x = static_cast<float>(points(is.geometry.x_offset)),
                             .y = static_cast<float>(-points(is.geometry.y_offset)),
                             .advance = static_cast<float>(points(is.geometry.width))};
        const bool unknown = !usable || (is.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
        // A letter that no font has whose outlines can be embedded is drawn as an empty box.
        if (is.glyph == PANGO_GLYPH_EMPTY)
            placed.letters = {U'\n'};
        else if (unknown)
            placed.letters = {0xFFFD};
        else if (cluster != last)
            placed.letters = letters_of(words + cluster, words + end_of_cluster(run, cluster));
        if (is.glyph != PANGO_GLYPH_EMPTY && !unknown)
            placed.glyph = static_cast<GlyphId>(is.glyph);
        last = cluster;
        piece.glyphs.push_back(placed);
    }
    return piece;
}

Line line_of(PangoLayoutLine& from, const Joined& joined) {
    Line line;
    double x = 0;
    for (GSList* at = from.runs; at; at = at->next) {
        const auto& run = *static_cast<PangoGlyphItem*>(at->data);
        Piece piece = piece_of(run, joined, x);
        for (const Piece::Placed& glyph : piece.glyphs) x += glyph.advance;
        line.pieces.push_back(std::move(piece));
    }
    return line;
}

PangoAttrList* attributes_of(const Joined& joined) {
    PangoAttrList* list = pango_attr_list_new();
    // A ligature needs its letters spelt out beside it in the file. Without, each glyph is its
    // letter: sure to be found and copied.
    add(list, pango_attr_font_features_new("liga=0, clig=0"), 0, G_MAXUINT);
    std::size_t from = 0;
    for (const auto& [end, style] : joined.ends) {
        const Look& is = look(style);
        add(list, pango_attr_size_new(static_cast<int>(is.size * PANGO_SCALE)), from, end);
        add(list, pango_attr_weight_new(is.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL), from,
            end);
        // Two styles of one font are drawn in their own inks: no item may hold both.
        add(list, pango_attr_foreground_new(static_cast<guint16>(style), 0, 0), from, end);
        from = end;
    }
    return list;
}

}  // namespace

Shaper::Shaper(const std::string& language) : language_(language) {}
Shaper::~Shaper() = default;

Shaper::Pango& Shaper::pango() {
    if (!pango_) pango_ = std::make_unique<Pango>(language_);
    return *pango_;
}

Text Shaper::shape(const std::vector<Run>& runs, double width) {
    Joined joined;
    for (const Run& run : runs) {
        joined.text += run.text;
        joined.ends.emplace_back(joined.text.size(), run.style);
    }
    const std::unique_ptr<PangoLayout, FreeLayout> layout(pango_layout_new(pango().context));
    pango_layout_set_font_description(layout.get(), pango().font);
    PangoAttrList* attributes = attributes_of(joined);
    pango_layout_set_attributes(layout.get(), attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), joined.text.data(), static_cast<int>(joined.text.size()));

    Text text;
    const std::unique_ptr<PangoLayoutIter, FreeLayout> at(pango_layout_get_iter(layout.get()));
    do {
        PangoRectangle area;
        pango_layout_iter_get_line_extents(at.get(), nullptr, &area);
        Line line = line_of(*pango_layout_iter_get_line_readonly(at.get()), joined);
        line.x = points(area.x);
        line.baseline = points(pango_layout_iter_get_baseline(at.get()) - area.y);
        line.height = points(area.height) + look(runs.front().style).leading;
        line.width = points(area.width);
        text.lines_.push_back(std::move(line));
    } while (pango_layout_iter_next_line(at.get()));
    return text;
}

Text Shaper::value(Style style, std::string_view words, double width) {
    const Look& is = look(style);
    thread_local std::vector<Piece::Placed> letters;
    Text text;
    if (words.empty()) return text;
    if (to_letters(words, base_face(is.bold), letters, is.size)) {
        for (std::size_t from = 0; from < letters.size();) {
            const Break at = break_of(letters, from, width);
            const auto begin = letters.begin() + static_cast<std::ptrdiff_t>(from);
            const auto end = letters.begin() + static_cast<std::ptrdiff_t>(at.end);
            Line line;
            for (auto glyph = begin; glyph != end; ++glyph) line.width += glyph->advance;
            line.pieces.push_back(
                {.face = &base_face(is.bold), .style = style, .glyphs = {begin, end}});
            text.lines_.push_back(std::move(line));
            from = std::max(at.next, from + 1);
        }
    } else {
        text = shape({{style, words}}, width);
    }
    for (Line& line : text.lines_) {
        line.baseline = is.size * ascent;
        line.height = is.size * (ascent + descent) + is.leading;
    }
    return text;
}

}  // namespace stageclock::pdf
