// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/face.h"

#include <cmath>
#include <mutex>
#include <stdexcept>
#include <utility>

#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <hb-subset.h>

namespace stageclock::pdf {
namespace {

constexpr const char* family = "DejaVu Sans";
constexpr char32_t last_base_letter = 0x20AC;

struct Free {
    void operator()(hb_blob_t* it) const { hb_blob_destroy(it); }
    void operator()(hb_face_t* it) const { hb_face_destroy(it); }
    void operator()(hb_font_t* it) const { hb_font_destroy(it); }
    void operator()(hb_subset_input_t* it) const { hb_subset_input_destroy(it); }
    void operator()(FcPattern* it) const { FcPatternDestroy(it); }
};
template <class T>
using Held = std::unique_ptr<T, Free>;

std::string bytes_of(hb_blob_t* blob) {
    unsigned size = 0;
    const char* data = hb_blob_get_data(blob, &size);
    return {data, size};
}

// A font file of these glyphs only, each with the id it had.
std::string subset(hb_face_t* face, const Glyphs& glyphs) {
    const Held<hb_subset_input_t> input(hb_subset_input_create_or_fail());
    if (!input) throw std::bad_alloc();
    for (const auto& [glyph, letters] : glyphs)
        hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_RETAIN_GIDS |
                                               HB_SUBSET_FLAGS_NO_HINTING |
                                               HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    // A font of a PDF needs outlines and widths; letters are found by glyph id.
    hb_set_t* drop = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (const char* tag :
         {"GSUB", "GPOS", "GDEF", "kern", "name", "cmap", "post", "OS/2", "FFTM", "gasp", "DSIG"})
        hb_set_add(drop, HB_TAG(tag[0], tag[1], tag[2], tag[3]));
    const Held<hb_face_t> made(hb_subset_or_fail(face, input.get()));
    if (!made) throw std::runtime_error("a font cannot be cut to its glyphs");
    const Held<hb_blob_t> blob(hb_face_reference_blob(made.get()));
    return bytes_of(blob.get());
}

// Which letter each code stands for (ISO 32000-1, 9.10.3), so that text can be copied and read.
std::string to_unicode(const Glyphs& glyphs) {
    std::string map =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n";
    std::string rows;
    int count = 0;
    const auto close = [&] {
        if (count > 0) map += std::to_string(count) + " beginbfchar\n" + rows + "endbfchar\n";
        rows.clear();
        count = 0;
    };
    for (const auto& [glyph, letters] : glyphs) {
        if (letters.first == 0) continue;
        rows += '<';
        append_hex(rows, glyph, 4);
        rows += "> <";
        append_utf16(rows, letters.first);
        if (letters.second != 0) append_utf16(rows, letters.second);
        rows += ">\n";
        if (++count == 100) close();  // no more in one block
    }
    close();
    return map + "endcmap CMapName currentdict /CMap defineresource pop end end";
}

// What every reader writes, wherever in Europe: Latin with the letters of Welsh, Polish, Romanian
// and the others; the signs of a text. Other letters come with the form that has them.
std::vector<char32_t> usual_letters() {
    std::vector<char32_t> letters;
    const auto range = [&](char32_t from, char32_t to) {
        for (char32_t c = from; c <= to; ++c) letters.push_back(c);
    };
    range(0x20, 0x7E);
    range(0xA0, 0x17F);
    range(0x218, 0x21B);    // Romanian
    range(0x1E80, 0x1E85);  // Welsh w with its accents
    for (const char32_t c : {0x1E9E, 0x1EF2, 0x1EF3, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019,
                             0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026, 0x20AC})
        letters.push_back(c);
    return letters;
}

std::vector<char32_t> plain_letters() {
    std::vector<char32_t> letters;
    for (char32_t c = 0x20; c <= 0x7E; ++c) letters.push_back(c);
    for (const char32_t c : {0xA3, 0xE9, 0x2013, 0x2019}) letters.push_back(c);
    return letters;
}

// The file fontconfig has for the family; empty when it has another family only.
std::string file_of(bool bold) {
    const Held<FcPattern> wanted(FcPatternCreate());
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
    FcPatternAddInteger(wanted.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_NORMAL);
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult result{};
    const Held<FcPattern> found(FcFontMatch(nullptr, wanted.get(), &result));
    FcChar8* name = nullptr;
    FcChar8* file = nullptr;
    if (!found || FcPatternGetString(found.get(), FC_FAMILY, 0, &name) != FcResultMatch ||
        std::string(reinterpret_cast<char*>(name)) != family ||
        FcPatternGetString(found.get(), FC_FILE, 0, &file) != FcResultMatch)
        return {};
    return reinterpret_cast<char*>(file);
}

}  // namespace

// The objects of an embedded font, ready to be written.
struct Face::Parts {
    std::string name;
    std::string program;  // deflated
    std::size_t length = 0;
    std::string letters;  // deflated
    std::string widths;
    std::string descriptor;
};

Face::Face(const std::string& file, unsigned index) {
    const Held<hb_blob_t> blob(hb_blob_create_from_file_or_fail(file.c_str()));
    if (!blob) throw std::runtime_error("a font file cannot be read");
    face_ = hb_face_create(blob.get(), index);
    hb_face_make_immutable(face_);
    units_ = hb_face_get_upem(face_);
    const Held<hb_blob_t> outlines(hb_face_reference_table(face_, HB_TAG('g', 'l', 'y', 'f')));
    embeddable_ = hb_blob_get_length(outlines.get()) > 0;
    char name[64];
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(face_, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
    name_.assign(name, size);
}

Face::~Face() { hb_face_destroy(face_); }

double Face::advance(GlyphId glyph) const {
    // Of the face's own font, in its own units: no size, no hinting.
    thread_local std::map<const Face*, Held<hb_font_t>> fonts;
    Held<hb_font_t>& font = fonts[this];
    if (!font) font.reset(hb_font_create(face_));
    return hb_font_get_glyph_h_advance(font.get(), glyph) * 1000.0 / units_;
}

void Face::make_base(const std::vector<char32_t>& letters) {
    const Held<hb_font_t> font(hb_font_create(face_));
    letters_.assign(last_base_letter + 1, {});
    for (const char32_t letter : letters) {
        hb_codepoint_t glyph = 0;
        if (!hb_font_get_nominal_glyph(font.get(), letter, &glyph)) continue;
        letters_[letter] = {
            static_cast<GlyphId>(glyph),
            static_cast<float>(hb_font_get_glyph_h_advance(font.get(), glyph) * 1000.0 / units_)};
        base_.emplace(static_cast<GlyphId>(glyph), Letters{letter});
    }
    base_parts_ = std::make_shared<const Parts>(parts_of(base_));
}

Face::Parts Face::parts_of(const Glyphs& glyphs) const {
    Parts parts;
    const std::string program = subset(face_, glyphs);
    // A name of its own for each set of glyphs: six letters and a plus (9.6.4).
    std::string ids;
    for (const auto& [glyph, letters] : glyphs) append_hex(ids, glyph, 4);
    std::uint64_t sum = digest(ids, 0);
    for (int at = 0; at < 6; ++at, sum /= 26) parts.name += static_cast<char>('A' + sum % 26);
    parts.name += "+" + name_;
    parts.program = deflated(program);
    parts.length = program.size();
    parts.letters = deflated(to_unicode(glyphs));
    int next = -1;
    for (const auto& [glyph, letters] : glyphs) {
        if (glyph != next) parts.widths += (next < 0 ? "" : "] ") + std::to_string(glyph) + " [";
        parts.widths += to_number(advance(glyph)) + " ";
        next = glyph + 1;
    }
    if (next >= 0) parts.widths += "]";
    const Held<hb_font_t> font(hb_font_create(face_));
    hb_font_extents_t extents{};
    hb_font_get_h_extents(font.get(), &extents);
    const double scale = 1000.0 / units_;
    const std::string up = to_number(extents.ascender * scale);
    const std::string down = to_number(extents.descender * scale);
    const bool bold = name_.find("Bold") != std::string::npos;
    parts.descriptor = "/Type /FontDescriptor /FontName /" + parts.name +
                       " /Flags 4 /FontBBox [-1000 -500 2000 1200] /ItalicAngle 0 /Ascent " + up +
                       " /Descent " + down + " /CapHeight 729 /StemV " + (bold ? "140" : "80");
    return parts;
}

int Face::write(Objects& objects, const Parts& parts) {
    const int program = objects.add_stream(
        "/Filter /FlateDecode /Length1 " + std::to_string(parts.length), parts.program);
    const int letters = objects.add_stream("/Filter /FlateDecode", parts.letters);
    const int descriptor =
        objects.add("<< " + parts.descriptor + " /FontFile2 " + to_ref(program) + " >>");
    const int glyphs =
        objects.add("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /" + parts.name +
                    " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
                    " /CIDToGIDMap /Identity /DW 600 /W [" +
                    parts.widths + "] /FontDescriptor " + to_ref(descriptor) + " >>");
    return objects.add("<< /Type /Font /Subtype /Type0 /BaseFont /" + parts.name +
                       " /Encoding /Identity-H /DescendantFonts [" + to_ref(glyphs) +
                       "] /ToUnicode " + to_ref(letters) + " >>");
}

int Face::embed(Objects& objects, const Glyphs& glyphs) const {
    return write(objects, parts_of(glyphs));
}

int Face::embed_base(Objects& objects) const { return write(objects, *base_parts_); }

namespace {

// Faces are never given back: a machine has a handful that text is ever drawn with.
struct Known {
    std::mutex lock;
    std::map<std::pair<std::string, unsigned>, std::unique_ptr<Face>> faces;
};

Known& known() {
    static Known all;
    return all;
}

struct BaseFaces {
    const Face* regular = nullptr;
    const Face* bold = nullptr;
};

const Face* made_base(bool bold) {
    const std::string file = file_of(bold);
    if (file.empty()) return nullptr;
    auto face = std::make_unique<Face>(file, 0);
    face->make_base(bold ? plain_letters() : usual_letters());
    const std::scoped_lock held(known().lock);
    auto& place = known().faces[{file, 0}];
    place = std::move(face);
    return place.get();
}

const BaseFaces& base_faces() {
    static const BaseFaces both{made_base(false), made_base(true)};
    return both;
}

}  // namespace

Done check_faces() {
    if (base_faces().regular && base_faces().bold) return done();
    return Error{Code::not_found,
                 std::string("the font \"") + family +
                     "\" is not installed (Debian package fonts-dejavu-core)",
                 "fontconfig"};
}

const Face& base_face(bool bold) { return bold ? *base_faces().bold : *base_faces().regular; }

const Face& face_of_file(const std::string& file, unsigned index) {
    base_faces();  // first, so that their files have their base sets
    const std::scoped_lock held(known().lock);
    auto& place = known().faces[{file, index}];
    if (!place) place = std::make_unique<Face>(file, index);
    return *place;
}

}  // namespace stageclock::pdf
