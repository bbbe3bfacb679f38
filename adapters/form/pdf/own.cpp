// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/own.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFAcroFormDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "adapters/form/pdf/appearance.h"
#include "adapters/form/pdf/clean.h"
#include "adapters/form/pdf/read.h"
#include "adapters/form/pdf/text_of.h"

namespace stageclock::pdf {
namespace {

constexpr int multiline_flag = 1 << 12;
constexpr int radio_flag = 1 << 15;
constexpr double edge = 2;  // between a box and its text

// Draws appearances into a small file of its own, from which another can take them with the fonts
// they use.
class Drawings {
public:
    explicit Drawings(const std::string& language) : shaper_(language) {}

    std::size_t text(const std::string& value, double width, double height, bool multiline) {
        const bool centred = !multiline && is_centred(height);
        const double room = multiline ? width - 2 * edge : 1e6;  // one line stays one
        const Text text = shaper_.value(Style::value, value, room);
        return add(width, height,
                   text_content(text,
                                {.width = width,
                                 .height = height,
                                 .inset = edge,
                                 .centred = centred,
                                 .count = multiline ? 0U : 1U},
                                fonts_));
    }

    std::size_t button(double width, double height, bool round, bool on) {
        return add(width, height, button_content(std::min(width, height), round, on));
    }

    std::string file() && {
        std::string kids;
        for (const int drawing : drawings_) kids += " " + to_ref(drawing);
        objects_.put(resources_, "<< /Font << /F0 " +
                                     to_ref(base_face(false).embed_base(objects_)) + " /F1 " +
                                     to_ref(base_face(true).embed_base(objects_)) +
                                     fonts_.embed(objects_) + " >> >>");
        const int pages = objects_.reserve();
        const int page = objects_.add("<< /Type /Page /Parent " + to_ref(pages) +
                                      " /MediaBox [0 0 10 10] /Drawings [" + kids + " ] >>");
        objects_.put(pages, "<< /Type /Pages /Count 1 /Kids [" + to_ref(page) + "] >>");
        const int root = objects_.add("<< /Type /Catalog /Pages " + to_ref(pages) + " >>");
        return std::move(objects_).finish(root, objects_.add("<< >>"));
    }

private:
    std::size_t add(double width, double height, const std::string& content) {
        drawings_.push_back(objects_.add_stream(
            appearance_entries(width, height) + " /Resources " + to_ref(resources_), content));
        return drawings_.size() - 1;
    }

    Shaper shaper_;
    Objects objects_;
    Fonts fonts_{'V'};
    int resources_ = objects_.reserve();
    std::vector<int> drawings_;
};

// A widget and what is to be seen in it: one drawing, or one for each state of a button.
struct Look {
    QPDFObjectHandle widget;
    std::map<std::string, std::size_t> states;  // "": it has no states
};

double side(QPDFObjectHandle rectangle, int from) {
    return std::abs(rectangle.getArrayItem(from + 2).getNumericValue() -
                    rectangle.getArrayItem(from).getNumericValue());
}

std::string state_of(QPDFAnnotationObjectHelper widget) {
    QPDFObjectHandle looks = widget.getAppearanceDictionary().getKey("/N");
    if (looks.isDictionary())
        for (const std::string& name : looks.getKeys())
            if (name != "/Off") return name;
    return "/Yes";
}

class OwnFiller {
public:
    OwnFiller(QPDF& pdf, const FormLayout& layout, const Filling& filling)
        : pdf_(pdf), layout_(layout), filling_(filling), drawings_(layout.language) {}

    void run() {
        QPDFAcroFormDocumentHelper forms(pdf_);
        for (const auto& [id, name] : layout_.own.fields) {
            std::set<QPDFObjGen> seen;  // the boxes of one field have its name
            for (const QPDFObjGen& at : forms.getFieldsWithQualifiedName(name)) {
                QPDFObjectHandle field = pdf_.getObjectByObjGen(at);
                if (!field.hasKey("/T") && field.getKey("/Parent").isDictionary())
                    field = field.getKey("/Parent");
                if (seen.insert(field.getObjGen()).second) put(field, id);
            }
        }
        put_mark(forms);
        QPDFObjectHandle root = pdf_.getRoot().getKey("/AcroForm");
        root.removeKey("/NeedAppearances");  // they are ours
        root.removeKey("/XFA");              // a second form, which knows nothing of the values
        take_looks();
    }

private:
    void put(QPDFObjectHandle object, const std::string& id) {
        const auto found = filling_.values.find(id);
        if (found == filling_.values.end()) return;
        const auto whole = filling_.whole.find(id);
        const std::string& value = whole == filling_.whole.end() ? found->second : whole->second;
        QPDFFormFieldObjectHelper field(object);
        std::vector<QPDFAnnotationObjectHelper> widgets;
        for (QPDFObjectHandle& kid : object.getKey("/Kids").aitems()) widgets.emplace_back(kid);
        if (widgets.empty()) widgets.emplace_back(object);
        if (field.getFieldType() == "/Btn") {
            put_button(field, widgets, found->second);
            return;
        }
        field.setV(QPDFObjectHandle::newUnicodeString(value), false);
        for (QPDFAnnotationObjectHelper& widget : widgets) {
            QPDFObjectHandle box = widget.getObjectHandle().getKey("/Rect");
            const bool lines = (field.getFlags() & multiline_flag) != 0;
            looks_.push_back(
                {widget.getObjectHandle(),
                 {{"", drawings_.text(found->second, side(box, 0), side(box, 1), lines)}}});
        }
    }

    void put_button(QPDFFormFieldObjectHelper& field,
                    std::vector<QPDFAnnotationObjectHelper>& widgets, const std::string& value) {
        const bool round = (field.getFlags() & radio_flag) != 0;
        QPDFObjectHandle options = field.getInheritableFieldValue("/Opt");
        std::string taken = "/Off";
        for (std::size_t at = 0; at < widgets.size(); ++at) {
            const std::string state = state_of(widgets[at]);
            std::string words = text_of_name(state.substr(1));
            if (options.isArray() && static_cast<int>(at) < options.getArrayNItems() &&
                options.getArrayItem(static_cast<int>(at)).isString())
                words = options.getArrayItem(static_cast<int>(at)).getUTF8Value();
            const bool on = widgets.size() > 1 ? words == value : !value.empty();
            if (on) taken = state;
            QPDFObjectHandle widget = widgets[at].getObjectHandle();
            widget.replaceKey("/AS", QPDFObjectHandle::newName(on ? state : "/Off"));
            const double width = side(widget.getKey("/Rect"), 0);
            const double height = side(widget.getKey("/Rect"), 1);
            looks_.push_back({widget,
                              {{"/Off", drawings_.button(width, height, round, false)},
                               {state, drawings_.button(width, height, round, true)}}});
        }
        field.setFieldAttribute("/V", QPDFObjectHandle::newName(taken));
    }

    void put_mark(QPDFAcroFormDocumentHelper& forms) {
        if (filling_.mark.empty()) return;
        const std::string name(form_mark_field);
        const std::size_t point = name.find('.');
        QPDFObjectHandle page = pdf_.getAllPages().at(0);
        QPDFObjectHandle group = pdf_.makeIndirectObject(
            QPDFObjectHandle::parse("<< /T (" + name.substr(0, point) + ") >>"));
        QPDFObjectHandle mark = pdf_.makeIndirectObject(QPDFObjectHandle::parse(
            "<< /Type /Annot /Subtype /Widget /FT /Tx /Ff 1 /F 2 /Rect [0 0 0 0] /T (" +
            name.substr(point + 1) + ") /V " + text_string(filling_.mark) + " >>"));
        mark.replaceKey("/P", page);
        mark.replaceKey("/Parent", group);
        QPDFObjectHandle kids = QPDFObjectHandle::newArray();
        kids.appendItem(mark);
        group.replaceKey("/Kids", kids);
        if (!page.getKey("/Annots").isArray())
            page.replaceKey("/Annots", QPDFObjectHandle::newArray());
        page.getKey("/Annots").appendItem(mark);
        forms.addFormField(QPDFFormFieldObjectHelper(group));
    }

    void take_looks() {
        const std::string drawn = std::move(drawings_).file();
        QPDF source;
        source.setImmediateCopyFrom(true);  // else it would have to outlive the file
        source.processMemoryFile("drawings", drawn.data(), drawn.size());
        QPDFObjectHandle page = source.getAllPages().at(0);
        QPDFObjectHandle all = page.getKey("/Drawings");
        const auto drawing = [&](std::size_t at) {
            return pdf_.copyForeignObject(all.getArrayItem(static_cast<int>(at)));
        };
        for (Look& look : looks_) {
            QPDFObjectHandle normal = QPDFObjectHandle::newDictionary();
            for (const auto& [state, at] : look.states) {
                if (state.empty())
                    normal = drawing(at);
                else
                    normal.replaceKey(state, drawing(at));
            }
            QPDFObjectHandle appearance = QPDFObjectHandle::newDictionary();
            appearance.replaceKey("/N", normal);
            look.widget.replaceKey("/AP", appearance);
        }
    }

    QPDF& pdf_;
    const FormLayout& layout_;
    const Filling& filling_;
    Drawings drawings_;
    std::vector<Look> looks_;
};

// "OfficeUse", "Stage": the fields of a file, for people; long lists are cut.
std::string names_of(const FilledForm& form) {
    constexpr std::size_t most = 30;
    std::string names;
    std::size_t shown = 0;
    for (const auto& [name, value] : form.values) {
        if (++shown > most) return names + ", ...";
        names += (names.empty() ? "\"" : ", \"") + clean(name) + "\"";
    }
    return names.empty() ? "none" : names;
}

}  // namespace

Result<OwnPdf> load_own(const FormLayout& layout) {
    const std::string& path = layout.own.pdf;
    const std::string file = std::filesystem::path(path).filename();
    std::ifstream in(path, std::ios::binary);
    OwnPdf own{.bytes = {std::istreambuf_iterator<char>(in), {}}, .gaps = {}};
    if (!in || own.bytes.empty())
        return Error{Code::not_found, file + ": the file cannot be read", path};
    const Result<FilledForm> read = pdf::read(own.bytes);
    if (!read) return Error{Code::invalid_input, file + ": " + read.error().what, path};

    std::string problems;
    const auto problem = [&](const std::string& what) {
        problems += (problems.empty() ? "" : "\n") + file + ": " + what;
    };
    std::map<std::string, std::string> mapped;  // by the file's names
    for (const auto& [id, name] : layout.own.fields) {
        if (!layout.accepts.contains(id))
            problem("the map gives a field to \"" + id + "\", which is no value of the form");
        if (!read->values.contains(name))
            problem("the map names the field \"" + clean(name) +
                    "\", which the file does not have; it has " + names_of(*read));
        if (!mapped.emplace(name, id).second)
            problem("the map gives the field \"" + name + "\" to two values");
    }
    if (!problems.empty()) return Error{Code::invalid_input, problems, path};
    for (const auto& [name, value] : read->values)
        if (!mapped.contains(name))
            own.gaps.push_back(file + ": the field \"" + clean(name) + "\" is not in the map");
    for (const FormSection& section : layout.sections)
        for (const FormField& field : section.fields)
            for (const std::string& id : value_ids(field))
                if (!layout.own.fields.contains(id))
                    own.gaps.push_back(file + ": no field is given to \"" + id + "\"");
    return own;
}

std::string fill_own(const OwnPdf& own, const FormLayout& layout, const Filling& filling) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("form", own.bytes.data(), own.bytes.size());
    OwnFiller(pdf, layout, filling).run();
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace stageclock::pdf
