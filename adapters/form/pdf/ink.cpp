// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/ink.h"

#include <cmath>

namespace stageclock::pdf {
namespace {

constexpr double visible = 0.01;  // points

void append_font(std::string& out, const std::string& name, double size) {
    out += '/';
    out += name;
    out += ' ';
    append_number(out, size);
    out += " Tf\n";
}

void append_place(std::string& out, double x, double y) {
    out += "1 0 0 1 ";
    append_number(out, x);
    out += ' ';
    append_number(out, y);
    out += " Tm\n";
}

bool drawn(const Piece::Placed& glyph) { return glyph.letters.first != U'\n'; }
bool moved(const Piece::Placed& glyph) {
    return std::abs(glyph.x) > visible || std::abs(glyph.y) > visible;
}

// One piece, from left to right: strings of glyphs that follow each other at their own widths,
// begun anew where the font changes or a glyph stands elsewhere.
class Writer {
public:
    Writer(std::string& out, const Piece& piece, double x, double y, Fonts& fonts)
        : out_(out), piece_(piece), x_(x), y_(y), fonts_(fonts) {}

    void write() {
        for (const Piece::Placed& glyph : piece_.glyphs) {
            if (drawn(glyph)) put(glyph);
            x_ += glyph.advance;
        }
        close();
    }

private:
    void put(const Piece::Placed& glyph) {
        const std::string& font = fonts_.name_of(*piece_.face, glyph.glyph, glyph.letters);
        const double own = piece_.face->advance(glyph.glyph) * size_ / 1000;
        if (font != font_ || moved(glyph)) {
            close();
            if (font != font_) append_font(out_, font_ = font, size_);
            append_place(out_, x_ + glyph.x, y_ + glyph.y);
            out_ += "[<";
            open_ = true;
        } else if (!open_) {
            append_place(out_, x_, y_);
            out_ += "[<";
            open_ = true;
        }
        append_hex(out_, glyph.glyph, 4);
        const double gap = own - glyph.advance;
        if (moved(glyph)) {
            close();
        } else if (std::abs(gap) > visible) {
            out_ += '>';
            append_number(out_, gap * 1000 / size_);
            out_ += '<';
        }
    }

    void close() {
        if (open_) out_ += ">] TJ\n";
        open_ = false;
    }

    std::string& out_;
    const Piece& piece_;
    double x_;
    double y_;
    Fonts& fonts_;
    double size_ = look(piece_.style).size;
    std::string font_;
    bool open_ = false;
};

// The quick way, for most lines of most forms: letters of the base set at their own widths.
bool append_plain(std::string& out, const Piece& piece, double x, double y) {
    if (piece.face != &base_face(look(piece.style).bold)) return false;
    for (const Piece::Placed& glyph : piece.glyphs) {
        const Face::Known known = piece.face->base_letter(glyph.letters.first);
        const double own = known.advance * look(piece.style).size / 1000;
        if (known.glyph != glyph.glyph || moved(glyph) || std::abs(own - glyph.advance) > visible)
            return false;
    }
    append_font(out, look(piece.style).bold ? "F1" : "F0", look(piece.style).size);
    append_place(out, x, y);
    out += '<';
    for (const Piece::Placed& glyph : piece.glyphs) append_hex(out, glyph.glyph, 4);
    out += "> Tj\n";
    return true;
}

}  // namespace

const std::string& Fonts::name_of(const Face& face, GlyphId glyph, Letters letters) {
    static const std::string base[] = {"F0", "F1"};
    for (const bool bold : {false, true})
        if (&face == &base_face(bold) && face.in_base(glyph)) return base[bold ? 1 : 0];
    for (Extra& extra : extra_)
        if (extra.face == &face) {
            extra.glyphs.emplace(glyph, letters);
            return extra.name;
        }
    extra_.push_back({&face, initial_ + std::to_string(extra_.size()), {{glyph, letters}}});
    return extra_.back().name;
}

std::string Fonts::embed(Objects& objects) const {
    std::string names;
    for (const Extra& extra : extra_)
        names += " /" + extra.name + " " + to_ref(extra.face->embed(objects, extra.glyphs));
    return names;
}

void append_ink(std::string& content, const Ink& ink, const char* op) {
    for (const double part : {ink.red, ink.green, ink.blue}) {
        append_number(content, part);
        content += ' ';
    }
    content += op;
    content += '\n';
}

void append_line(std::string& content, const Line& line, double x, double y, Fonts& fonts) {
    x += line.x;
    for (const Piece& piece : line.pieces) {
        if (piece.glyphs.empty()) continue;
        content += "BT\n";
        append_ink(content, look(piece.style).ink, "rg");
        if (!append_plain(content, piece, x + piece.x, y))
            Writer(content, piece, x + piece.x, y, fonts).write();
        content += "ET\n";
    }
}

}  // namespace stageclock::pdf
