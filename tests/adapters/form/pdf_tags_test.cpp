// SPDX-License-Identifier: MIT
#include <set>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "tests/adapters/form/pdf_tools.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;

// What a screen reader needs, looked up in the file itself (ISO 32000-1, 14.7 and 14.8).
namespace {

// Content that is neither in the structure nor said to be decoration; and the ids of what is.
class Audit final : public QPDFObjectHandle::ParserCallbacks {
public:
    void handleObject(QPDFObjectHandle object) override {
        static const std::set<std::string> painting{"S", "f", "Tj", "TJ", "Do", "sh", "B"};
        if (!object.isOperator()) {
            operands_.push_back(object);
            return;
        }
        const std::string what = object.getOperatorValue();
        if (what == "BDC") ids.insert(operands_.back().getKey("/MCID").getIntValueAsInt());
        if (what == "BDC" || what == "BMC") ++open_;
        if (what == "EMC") --open_;
        if (painting.contains(what) && open_ == 0) ++untagged;
        operands_.clear();
    }
    void handleEOF() override { CHECK(open_ == 0); }

    int untagged = 0;
    std::set<int> ids;

private:
    int open_ = 0;
    std::vector<QPDFObjectHandle> operands_;
};

// The elements by number, as the tree of parents has them.
QPDFObjectHandle parents(QPDF& pdf, int number) {
    QPDFObjectHandle all =
        pdf.getRoot().getKey("/StructTreeRoot").getKey("/ParentTree").getKey("/Nums");
    for (int at = 0; at + 1 < all.getArrayNItems(); at += 2)
        if (all.getArrayItem(at).getIntValueAsInt() == number) return all.getArrayItem(at + 1);
    return QPDFObjectHandle::newNull();
}

bool reaches_root(QPDFObjectHandle element, QPDF& pdf) {
    for (int steps = 0; steps < 20 && element.isDictionary(); ++steps) {
        if (element.getObjGen() == pdf.getRoot().getKey("/StructTreeRoot").getObjGen()) return true;
        element = element.getKey("/P");
    }
    return false;
}

void check_widget(QPDF& pdf, QPDFObjectHandle widget) {
    const bool hidden = (widget.getKey("/F").getIntValueAsInt() & 2) != 0;
    if (hidden) return;
    QPDFObjectHandle look = widget.getKey("/AP").getKey("/N");
    CHECK((look.isStream() || look.isDictionary()));
    QPDFObjectHandle element = parents(pdf, widget.getKey("/StructParent").getIntValueAsInt());
    REQUIRE(element.isDictionary());
    CHECK(element.getKey("/S").getName() == "/Form");
    CHECK(element.getKey("/Alt").getUTF8Value() != "");
    CHECK(element.getKey("/K").getArrayItem(0).getKey("/Obj").getObjGen() == widget.getObjGen());
    CHECK(reaches_root(element, pdf));
    const bool own = widget.hasKey("/TU") || widget.getKey("/Parent").hasKey("/TU");
    CHECK(own);
}

void check_page(QPDF& pdf, QPDFObjectHandle page) {
    Audit audit;
    page.parsePageContents(&audit);
    CHECK(audit.untagged == 0);
    CHECK(page.getKey("/Tabs").getName() == "/S");
    QPDFObjectHandle elements = parents(pdf, page.getKey("/StructParents").getIntValueAsInt());
    REQUIRE(elements.isArray());
    CHECK(elements.getArrayNItems() == static_cast<int>(audit.ids.size()));
    for (QPDFObjectHandle element : elements.aitems()) CHECK(reaches_root(element, pdf));
    for (QPDFObjectHandle widget : page.getKey("/Annots").aitems()) check_widget(pdf, widget);
}

}  // namespace

TEST_CASE("all content is tagged or decoration, and every widget is in the structure") {
    for (const char* layout : {"monitoring-form", "escalation-record"}) {
        for (const std::size_t length : {100UL, 9'000UL}) {
            CAPTURE(layout);
            const std::string bytes = rendered({.layout = layout,
                                                .reference = "NSSB-2026-0007",
                                                .subtitle = "Opened at stage 3",
                                                .mark = "v1.sealed",
                                                .made = utc("2026-12-24T17:00:00Z"),
                                                .values = {{"subject", "Siân"},
                                                           {"summary", std::string(length, 'x')},
                                                           {"matter", std::string(length, 'x')}}});
            QPDF pdf;
            pdf.processMemoryFile("form", bytes.data(), bytes.size());
            QPDFObjectHandle root = pdf.getRoot();
            CHECK(root.getKey("/MarkInfo").getKey("/Marked").getBoolValue());
            CHECK(root.getKey("/Lang").getUTF8Value() == "en-GB");
            CHECK(root.getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
            CHECK(pdf.getTrailer().getKey("/Info").getKey("/Title").getUTF8Value() != "");
            CHECK_FALSE(root.getKey("/AcroForm").hasKey("/NeedAppearances"));
            for (QPDFObjectHandle page : pdf.getAllPages()) check_page(pdf, page);
        }
    }
}
