// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/form/pdf/objects.h"
#include "bot/core/result.h"

struct hb_face_t;

namespace stageclock::pdf {

using GlyphId = std::uint16_t;
// What a glyph stands for: a letter, two (as the Arabic lam-alef), or none (a part of a letter).
struct Letters {
    char32_t first = 0;
    char32_t second = 0;
};
using Glyphs = std::map<GlyphId, Letters>;

// One font file. Kept for the life of the process and never changed: any thread may use it.
class Face {
public:
    Face(const std::string& file, unsigned index);
    Face(const Face&) = delete;
    Face& operator=(const Face&) = delete;
    ~Face();

    // Has outlines that can be embedded as they are (a "glyf" table).
    bool embeddable() const { return embeddable_; }
    double advance(GlyphId glyph) const;  // in thousandths of the size
    // A letter of the base set; glyph 0: it is not among them.
    struct Known {
        GlyphId glyph = 0;
        float advance = 0;  // in thousandths of the size
    };
    Known base_letter(char32_t letter) const {
        return letter < letters_.size() ? letters_[letter] : Known{};
    }
    const Glyphs& base() const { return base_; }
    bool in_base(GlyphId glyph) const { return base_.contains(glyph); }
    // Makes this a face whose base set is embedded in every form. Before other threads see it.
    void make_base(const std::vector<char32_t>& letters);

    // Writes a font of these glyphs; gives the object to point to. Codes are glyph ids, two bytes.
    int embed(Objects& objects, const Glyphs& glyphs) const;
    int embed_base(Objects& objects) const;  // the same for the base set, made once

private:
    struct Parts;
    Parts parts_of(const Glyphs& glyphs) const;
    static int write(Objects& objects, const Parts& parts);

    hb_face_t* face_ = nullptr;
    bool embeddable_ = false;
    double units_ = 1000;
    std::string name_;
    Glyphs base_;
    std::vector<Known> letters_;
    std::shared_ptr<const Parts> base_parts_;
};

// The two of every form, and whichever else the machine has for a letter they lack. An error that
// says what to install when they are missing.
Done check_faces();
const Face& base_face(bool bold);
// Throws std::runtime_error when the file cannot be read.
const Face& face_of_file(const std::string& file, unsigned index);

}  // namespace stageclock::pdf
