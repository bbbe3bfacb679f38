// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/fill.h"

#include <algorithm>

#include "adapters/form/pdf/appearance.h"
#include "adapters/form/pdf/describe.h"

namespace stageclock::pdf {
namespace {

const std::string& value_of(const Values& values, const std::string& id) {
    static const std::string none;
    const auto found = values.find(id);
    return found == values.end() ? none : found->second;
}

// The option a choice has taken; nothing: none of them.
std::optional<std::size_t> chosen(const Slot& slot, const std::string& value) {
    for (std::size_t at = 0; at < slot.places.size(); ++at)
        if (slot.places[at].option == value) return at;
    return std::nullopt;
}

class Filler {
public:
    Filler(const Prepared& form, const Filling& filling)
        : form_(form), filling_(filling), shaper_(form.language) {}

    // All texts in their lines; false when one does not fit.
    bool shape(bool certain) {
        if (form_.has_subtitle) {
            std::optional<Text> line = subtitle_line(shaper_, filling_);
            if (!line) return false;
            subtitle_ = std::move(*line);
        }
        texts_.reserve(form_.slots.size());
        for (const Slot& slot : form_.slots) {
            const std::string& value = value_of(filling_.values, slot.id);
            Text& text = texts_.emplace_back();
            if (slot.kind == Widget::Kind::text)
                text = shaper_.value(Style::value, value, slot.text_width);
            const bool fits = slot.kind == Widget::Kind::choice
                                  ? value.empty() || chosen(slot, value)
                                  : text.lines() <= slot.lines;
            if (!fits && !certain) return false;
        }
        return true;
    }

    std::string file() {
        objects_ = form_.objects;
        for (std::size_t at = 0; at < form_.slots.size(); ++at) put(form_.slots[at], texts_[at]);
        if (form_.mark != 0) put_mark();
        put_lines();
        put_resources();
        describe(objects_, form_, filling_.reference, filling_.made);
        return std::move(objects_).finish(form_.root, form_.info);
    }

private:
    void put(const Slot& slot, const Text& text) {
        const std::string& shown = value_of(filling_.values, slot.id);
        switch (slot.kind) {
            case Widget::Kind::text: put_text(slot, text, shown); return;
            case Widget::Kind::check: {
                const char* state = shown.empty() ? "/Off" : "/Yes";
                objects_.put(slot.object, "<<" + slot.field + slot.places.front().widget + " /V " +
                                              state + " /AS " + state + " >>");
                return;
            }
            case Widget::Kind::choice: put_choice(slot, shown); return;
        }
    }

    void put_text(const Slot& slot, const Text& text, const std::string& shown) {
        const std::string& whole = value_of(filling_.whole, slot.id);
        const std::string value = " /V " + text_string(whole.empty() ? shown : whole);
        std::string kids;
        for (const Slot::Place& place : slot.places) {
            const Box& box = place.box;
            objects_.put_stream(place.appearance,
                                appearance_entries(box.width, box.height) + " /Resources " +
                                    to_ref(form_.resources),
                                text_content(text,
                                             {.width = box.width,
                                              .height = box.height,
                                              .inset = place.inset,
                                              .centred = is_centred(box.height + 2),
                                              .first = place.first,
                                              .count = place.count},
                                             fonts_));
            const std::string widget =
                place.widget + " /AP << /N " + to_ref(place.appearance) + " >>";
            if (place.object == slot.object) {
                objects_.put(slot.object, "<<" + slot.field + widget + value + " >>");
                return;
            }
            objects_.put(place.object, "<<" + widget + " >>");
            kids += " " + to_ref(place.object);
        }
        objects_.put(slot.object, "<<" + slot.field + value + " /Kids [" + kids + " ] >>");
    }

    void put_choice(const Slot& slot, const std::string& value) {
        const std::optional<std::size_t> taken = chosen(slot, value);
        std::string kids;
        for (std::size_t at = 0; at < slot.places.size(); ++at) {
            const Slot::Place& place = slot.places[at];
            objects_.put(place.object, "<<" + place.widget + " /AS /" +
                                           (at == taken ? std::to_string(at) : "Off") + " >>");
            kids += " " + to_ref(place.object);
        }
        objects_.put(slot.object, "<<" + slot.field + " /V /" +
                                      (taken ? std::to_string(*taken) : "Off") + " /Kids [" + kids +
                                      " ] >>");
    }

    // Hidden and not to be written in: nobody reads it but we, when the form comes back.
    void put_mark() {
        objects_.put(form_.mark,
                     "<< /Type /Annot /Subtype /Widget /FT /Tx /Ff 1 /F 2"
                     " /Rect [0 0 0 0]" +
                         form_.mark_entries + " /V " + text_string(filling_.mark) + " >>");
    }

    void put_lines() {
        std::string content;
        if (form_.has_subtitle)
            append_line(content, subtitle_.line(0), 0, subtitle_height - subtitle_.line(0).baseline,
                        fonts_);
        put_line(form_.subtitle, body_width, subtitle_height, content);
        const Text reference = shaper_.value(Style::bold, filling_.reference, reference_box.width);
        content.clear();
        if (reference.lines() > 0)
            append_line(content, reference.line(0), reference_box.width - reference.line(0).width,
                        reference_box.height - 2 - reference.line(0).baseline, fonts_);
        put_line(form_.reference, reference_box.width, reference_box.height, content);
    }

    void put_line(int object, double width, double height, const std::string& content) {
        objects_.put_stream(object,
                            appearance_entries(width, height) + " /Resources << /Font " +
                                to_ref(fonts_object()) + " >>",
                            content);
    }

    int fonts_object() {
        if (font_names_ == 0) font_names_ = objects_.reserve();
        return font_names_;
    }

    void put_resources() {
        objects_.put(fonts_object(), "<<" + form_.fonts + fonts_.embed(objects_) + " >>");
        objects_.put(form_.resources, "<< /Font " + to_ref(fonts_object()) +
                                          " /XObject << /Reference " + to_ref(form_.reference) +
                                          " /Subtitle " + to_ref(form_.subtitle) + " >> >>");
    }

    const Prepared& form_;
    const Filling& filling_;
    Shaper shaper_;
    Fonts fonts_{'V'};
    Text subtitle_;
    std::vector<Text> texts_;
    Objects objects_;
    int font_names_ = 0;
};

}  // namespace

std::optional<Text> subtitle_line(Shaper& shaper, const Filling& filling) {
    Text line = shaper.value(Style::bold, filling.reference, body_width);
    const Text after = shaper.value(Style::notice, filling.subtitle, body_width);
    constexpr double gap = 8;
    if (line.lines() != 1 || after.lines() > 1) return std::nullopt;
    if (after.lines() == 1) line.append(after.line(0), gap);
    if (line.width() > body_width) return std::nullopt;
    return line;
}

std::optional<std::string> fill(const Prepared& form, const Filling& filling, bool certain) {
    Filler filler(form, filling);
    if (!filler.shape(certain)) return std::nullopt;
    return filler.file();
}

}  // namespace stageclock::pdf
