// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/prepared.h"

#include <algorithm>
#include <map>

#include "adapters/form/pdf/appearance.h"

namespace stageclock::pdf {
namespace {

// The tree of fields: the parts of a name between its points are nodes (ISO 32000-1, 12.7.3.2).
class FieldTree {
public:
    explicit FieldTree(Objects& objects) : objects_(objects) {}

    // Puts a field in its place; gives the entries of its dictionary that say so.
    std::string add(const std::string& id, int object) {
        const std::size_t point = id.rfind('.');
        const std::string own = " /T " + text_string(id.substr(point + 1));
        if (point == std::string::npos) {
            top_ += " " + to_ref(object);
            return own;
        }
        const int parent = group(id.substr(0, point));
        kids_[parent] += " " + to_ref(object);
        return own + " /Parent " + to_ref(parent);
    }

    // Writes the groups; gives the fields without parents.
    std::string finish() {
        for (const auto& [object, entries] : entries_)
            objects_.put(object, "<< " + entries + " /Kids [" + kids_[object] + " ] >>");
        return top_;
    }

private:
    int group(const std::string& id) {
        int& object = groups_[id];
        if (object == 0) {
            object = objects_.reserve();
            const int made = object;  // add() may move the map's own
            entries_[made] = add(id, made);
            return made;
        }
        return object;
    }

    Objects& objects_;
    std::string top_;
    std::map<std::string, int> groups_;
    std::map<int, std::string> entries_;
    std::map<int, std::string> kids_;
};

std::string widget_entries(const Widget& widget) {
    return " /Type /Annot /Subtype /Widget /F 4 /Rect " + rectangle(widget.box) + " /P " +
           to_ref(widget.page) + " /StructParent " + std::to_string(widget.parent);
}

// How many lines of a value a box holds.
std::size_t lines_that_fit(double height) {
    const double room = height + 2 - 2 * cell_pad + 2;
    return static_cast<std::size_t>(std::max(1.0, room / value_line() + 0.001));
}

class Preparer {
public:
    Preparer(Prepared& form, const std::vector<Widget>& widgets) : form_(form), widgets_(widgets) {}

    // Gives the fields without parents.
    std::string run() {
        for (const Widget& widget : widgets_) add(widget);
        for (Slot& slot : form_.slots) finish(slot);
        if (form_.mark != 0) {
            mark_entries_ = tree_.add(std::string(form_mark_field), form_.mark);
        }
        return tree_.finish();
    }
    const std::string& mark_entries() const { return mark_entries_; }

private:
    void add(const Widget& widget) {
        const auto known = std::find_if(form_.slots.begin(), form_.slots.end(),
                                        [&](const Slot& slot) { return slot.id == widget.id; });
        Slot& slot = known == form_.slots.end() ? form_.slots.emplace_back() : *known;
        if (slot.id.empty()) {
            slot.kind = widget.kind;
            slot.id = widget.id;
            slot.field = " /TU " + text_string(widget.tip);
            slot.multiline = widget.multiline;
            slot.text_width = widget.text_width;
            slot.lines = lines_that_fit(widget.box.height);
        }
        Slot::Place place{.object = widget.object,
                          .widget = widget_entries(widget),
                          .option = widget.option,
                          .box = widget.box,
                          .inset = widget.inset,
                          .first = widget.first,
                          .count = widget.count};
        if (widget.kind == Widget::Kind::text) place.appearance = form_.objects.reserve();
        if (widget.kind == Widget::Kind::choice)
            place.widget += " /TU " + text_string(widget.tip + " " + widget.option);
        slot.places.push_back(std::move(place));
    }

    void finish(Slot& slot) {
        const bool one = slot.places.size() == 1 && slot.kind != Widget::Kind::choice;
        slot.object = one ? slot.places.front().object : form_.objects.reserve();
        slot.field += tree_.add(slot.id, slot.object);
        switch (slot.kind) {
            case Widget::Kind::text:
                slot.field += std::string(" /FT /Tx /DA (") + default_appearance + ")" +
                              (slot.multiline ? " /Ff 4096" : "");
                break;
            case Widget::Kind::check: slot.field += " /FT /Btn"; break;
            case Widget::Kind::choice: add_options(slot); break;
        }
        for (Slot::Place& place : slot.places) {
            if (!one) place.widget += " /Parent " + to_ref(slot.object);
            if (slot.kind != Widget::Kind::text) add_states(slot, place);
        }
    }

    // One of them, or none; the words of each are what it exports.
    void add_options(Slot& slot) {
        slot.field += " /FT /Btn /Ff 49152 /Opt [";
        for (const Slot::Place& place : slot.places) slot.field += text_string(place.option);
        slot.field += "]";
    }

    // The two looks of a button are the same wherever it stands.
    void add_states(const Slot& slot, Slot::Place& place) {
        const bool round = slot.kind == Widget::Kind::choice;
        const double size = place.box.width;
        int(&state)[2] = states_[round ? 1 : 0];
        for (const bool on : {false, true})
            if (state[on ? 1 : 0] == 0)
                state[on ? 1 : 0] = form_.objects.add_stream(appearance_entries(size, size),
                                                             button_content(size, round, on));
        const auto number = &place - slot.places.data();
        place.widget += " /AP << /N << /Off " + to_ref(state[0]) + " /" +
                        (round ? std::to_string(number) : "Yes") + " " + to_ref(state[1]) +
                        " >> >>";
    }

    Prepared& form_;
    const std::vector<Widget>& widgets_;
    FieldTree tree_{form_.objects};
    std::string mark_entries_;
    int states_[2][2] = {};
};

// Each page's widgets in the order in which they are read.
void put_annotations(Prepared& form, const std::vector<Widget>& widgets,
                     const std::vector<int>& pages, const std::vector<int>& annotations) {
    for (std::size_t at = 0; at < pages.size(); ++at) {
        std::string all = "[";
        for (const Widget& widget : widgets)
            if (widget.page == pages[at]) all += " " + to_ref(widget.object);
        if (at == 0 && form.mark != 0) all += " " + to_ref(form.mark);
        form.objects.put(annotations[at], all + " ]");
    }
}

void put_root(Prepared& form, const Pen::Written& written, const std::string& fields) {
    const int helvetica = form.objects.add(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    const int forms =
        form.objects.add("<< /Fields [" + fields + " ] /DA (" + default_appearance +
                         ") /DR << /Font << /Helv " + to_ref(helvetica) + " >> >> >>");
    form.objects.put(form.root,
                     "<< /Type /Catalog /Pages " + to_ref(written.pages) + " /AcroForm " +
                         to_ref(forms) + " /StructTreeRoot " + to_ref(written.structure) +
                         " /MarkInfo << /Marked true >> /Lang " + text_string(form.language) +
                         " /ViewerPreferences << /DisplayDocTitle true >> /Metadata " +
                         to_ref(form.metadata) + " >>");
}

}  // namespace

Prepared prepare(const FormLayout& layout, const Values& values, const std::string& subtitle,
                 bool with_mark) {
    Prepared form;
    form.title = layout.tagline.empty() ? layout.title : layout.title + " - " + layout.tagline;
    form.language = layout.language;
    form.has_subtitle = subtitle.empty();
    for (int* object :
         {&form.root, &form.info, &form.metadata, &form.resources, &form.reference, &form.subtitle})
        *object = form.objects.reserve();
    if (with_mark) form.mark = form.objects.reserve();

    Pen pen(layout.language, form.objects);
    Sheet sheet(pen);
    compose(layout, values, subtitle, sheet);
    sheet.draw({.header = layout.header, .footer = layout.footer, .page = layout.words.page});
    Pen::Written written = pen.finish(form.resources);
    form.fonts = written.fonts;
    Preparer preparer(form, sheet.widgets());
    const std::string fields = preparer.run();
    form.mark_entries = preparer.mark_entries() + " /P " + to_ref(written.page_objects.front());
    put_annotations(form, sheet.widgets(), written.page_objects, written.annotations);
    put_root(form, written, fields);
    return form;
}

}  // namespace stageclock::pdf
