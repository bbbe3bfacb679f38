// SPDX-License-Identifier: MIT
#include "adapters/form/docx/document.h"

#include <algorithm>

#include "adapters/form/docx/markup.h"
#include "adapters/form/layout/fit.h"

namespace stageclock::docx {
namespace {

using forms::value_of;

// Rich text, although none is wanted: LibreOffice 7.4 makes one line of plain text and writes it
// several times when it saves.
constexpr const char* text_kind = "<w:richText/>";

// [MS-DOCX] 2.6.1: the box and what it shows in its two states.
std::string check_kind(bool is_ticked) {
    return std::string("<w14:checkbox><w14:checked w14:val=\"") + (is_ticked ? "1" : "0") +
           "\"/><w14:checkedState w14:val=\"2612\" w14:font=\"MS Gothic\"/>"
           "<w14:uncheckedState w14:val=\"2610\" w14:font=\"MS Gothic\"/></w14:checkbox>";
}

std::string date_kind(const std::string& language) {
    return "<w:date><w:dateFormat w:val=\"d MMMM yyyy\"/><w:lid w:val=\"" + quoted(language) +
           "\"/><w:storeMappedDataAs w:val=\"dateTime\"/><w:calendar w:val=\"gregorian\"/>"
           "</w:date>";
}

// A list and not a row of boxes: it is one thing to reach, named by its label, and holds one
// answer.
std::string choice_kind(const FormField& field) {
    std::string kind = "<w:dropDownList>";
    for (const std::string& option : field.options) {
        const std::string words = quoted(option);
        kind += "<w:listItem w:displayText=\"" + words + "\" w:value=\"" + words + "\"/>";
    }
    return kind + "</w:dropDownList>";
}

class Writer {
public:
    Writer(const FormLayout& layout, const FormValues& values) : layout_(layout), values_(values) {
        out_.reserve(48'000);
    }

    std::string document();

private:
    void say(std::string_view style, std::string_view text) {
        out_ += paragraph(style, runs(text), runs_left(text));
    }
    void front();
    void section(const FormSection& section);
    void label(const FormField& field);
    void field(const FormField& field);
    void check(const FormField& field);
    void choice(const FormField& field);
    void signature(const FormField& field);
    // A control in a paragraph of its own.
    void box(const std::string& id, const FormField& field, const std::string& kind,
             const std::string& placeholder);

    const FormLayout& layout_;
    const FormValues& values_;
    std::string out_;
    int number_ = 0;  // of the last control
};

void Writer::front() {
    say("Heading1", layout_.title);
    if (!layout_.tagline.empty()) say("Subtitle", layout_.tagline);
    std::string below = runs(values_.reference, "Strong");
    if (!values_.subtitle.empty()) below += runs("   " + values_.subtitle);
    out_ += paragraph("Reference", below);
    if (forms::has_return_notice(layout_, values_)) {
        const std::string person = forms::return_person(layout_, values_);
        std::string notice = runs(layout_.return_to);
        if (!person.empty()) notice += "<w:r><w:br/></w:r>" + runs(person, "Strong");
        out_ += paragraph("Notice", notice, runs_left(layout_.return_to));
    }
    for (const std::string& text : layout_.introduction) say("BodyText", text);
}

void Writer::label(const FormField& field) {
    std::string words = runs(field.label);
    if (!field.hint.empty()) words += runs(" " + field.hint, "Hint");
    out_ += paragraph("FieldLabel", words, runs_left(field.label));
}

void Writer::box(const std::string& id, const FormField& field, const std::string& kind,
                 const std::string& placeholder) {
    const std::string& text = value_of(values_, id);
    out_ += paragraph("FieldText",
                      control({.tag = id,
                               .alias = field.label,
                               .kind = kind,
                               .text = text,
                               .placeholder = placeholder},
                              ++number_),
                      runs_left(text));
}

void Writer::check(const FormField& field) {
    const bool is_ticked = !value_of(values_, field.id).empty();
    std::string content = control({.tag = field.id,
                                   .alias = field.label,
                                   .kind = check_kind(is_ticked),
                                   .text = is_ticked ? "\u2612" : "\u2610",
                                   .placeholder = {},
                                   .style = "CheckBox"},
                                  ++number_);
    content += runs("  " + field.label);
    if (!field.hint.empty()) content += runs(" " + field.hint, "Hint");
    out_ += paragraph("CheckLine", content, runs_left(field.label));
}

// A value that is none of the options is shown beside them.
void Writer::choice(const FormField& field) {
    const std::string& value = value_of(values_, field.id);
    const bool offered =
        std::find(field.options.begin(), field.options.end(), value) != field.options.end();
    label(field);
    std::string content = control({.tag = field.id,
                                   .alias = field.label,
                                   .kind = choice_kind(field),
                                   .text = offered ? value : std::string(),
                                   .placeholder = layout_.words.choose},
                                  ++number_);
    if (!offered && !value.empty()) content += runs("   " + value);
    out_ += paragraph("FieldText", content, runs_left(value));
}

void Writer::signature(const FormField& field) {
    label(field);
    out_ += paragraph("SignatureBox", "");
    const FormWords& words = layout_.words;
    const std::string captions[] = {words.name, words.designation, words.agency, words.date};
    const std::vector<std::string> ids = value_ids(field);
    for (std::size_t at = 0; at < ids.size(); ++at) {
        const bool is_date = at + 1 == ids.size();
        const std::string& text = value_of(values_, ids[at]);
        const std::string content =
            runs(captions[at], "Caption") + "<w:r><w:tab/></w:r>" +
            control({.tag = ids[at],
                     .alias = field.label + ": " + captions[at],
                     .kind = is_date ? date_kind(layout_.language) : text_kind,
                     .text = text,
                     .placeholder = is_date ? words.pick_date : words.write},
                    ++number_);
        out_ += paragraph("SignatureLine", content);
    }
}

void Writer::field(const FormField& field) {
    switch (field.kind) {
        case FieldKind::check: return check(field);
        case FieldKind::choice: return choice(field);
        case FieldKind::signature: return signature(field);
        case FieldKind::text:
        case FieldKind::multiline:
            label(field);
            return box(field.id, field, text_kind, layout_.words.write);
        case FieldKind::date:
            label(field);
            return box(field.id, field, date_kind(layout_.language), layout_.words.pick_date);
    }
}

void Writer::section(const FormSection& section) {
    if (!section.title.empty()) say("Heading2", section.title);
    for (const std::string& text : section.text) say("BodyText", text);
    for (const FormField& each : section.fields) field(each);
}

std::string Writer::document() {
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
        "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
        "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
        "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" "
        "mc:Ignorable=\"w14\"><w:body>";
    front();
    for (const FormSection& each : layout_.sections) section(each);
    if (!values_.mark.empty()) out_ += mark_paragraph(layout_, values_.mark, ++number_);
    out_ +=
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/>"
        "<w:footerReference w:type=\"default\" r:id=\"rId4\"/>"
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
        "<w:pgMar w:top=\"1247\" w:right=\"1134\" w:bottom=\"1247\" w:left=\"1134\" "
        "w:header=\"624\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>";
    return std::move(out_);
}

}  // namespace

std::string mark_paragraph(const FormLayout& layout, const std::string& mark, int number) {
    return paragraph("Mark",
                     runs(layout.words.mark + ": ") + control({.tag = std::string(form_mark_field),
                                                               .alias = layout.words.mark,
                                                               .kind = text_kind,
                                                               .text = mark,
                                                               .placeholder = {},
                                                               .fixed = true},
                                                              number));
}

std::string document(const FormLayout& layout, const FormValues& values) {
    return Writer(layout, values).document();
}

}  // namespace stageclock::docx
