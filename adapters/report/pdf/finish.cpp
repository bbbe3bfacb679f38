// SPDX-License-Identifier: MIT
#include "adapters/report/pdf/finish.h"

#include <exception>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

namespace stageclock::report {
namespace {

// Walks the structure tree in reading order.
class Describer {
public:
    explicit Describer(const std::vector<std::string>& figures) : figures_(figures) {}

    void walk(QPDFObjectHandle element) {
        if (!element.isDictionary()) return;
        const std::string kind =
            element.getKey("/S").isName() ? element.getKey("/S").getName() : std::string();
        if (kind == "/Figure" && next_ < figures_.size()) {
            element.replaceKey("/Alt", QPDFObjectHandle::newUnicodeString(figures_[next_++]));
        }
        if (kind == "/Table") rows_ = 0;
        if (kind == "/TR") ++rows_;
        if (kind == "/TH") say_scope(element);
        QPDFObjectHandle kids = element.getKey("/K");
        if (!kids.isArray()) {
            walk(kids);
            return;
        }
        for (int i = 0; i < kids.getArrayNItems(); ++i) walk(kids.getArrayItem(i));
    }

private:
    // The first row heads the columns; in the others the first cell heads its row.
    void say_scope(QPDFObjectHandle cell) const {
        QPDFObjectHandle attributes = QPDFObjectHandle::newDictionary();
        attributes.replaceKey("/O", QPDFObjectHandle::newName("/Table"));
        attributes.replaceKey("/Scope", QPDFObjectHandle::newName(rows_ <= 1 ? "/Column" : "/Row"));
        cell.replaceKey("/A", attributes);
    }

    const std::vector<std::string>& figures_;
    std::size_t next_ = 0;
    int rows_ = 0;
};

void describe(QPDF& pdf, const std::vector<std::string>& figures) {
    QPDFObjectHandle root = pdf.getRoot();
    root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString("en-GB"));
    QPDFObjectHandle viewer = QPDFObjectHandle::newDictionary();
    viewer.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
    root.replaceKey("/ViewerPreferences", viewer);
    QPDFObjectHandle tree = root.getKey("/StructTreeRoot");
    if (tree.isDictionary()) Describer(figures).walk(tree);
    for (QPDFObjectHandle page : pdf.getAllPages()) {
        page.replaceKey("/Tabs", QPDFObjectHandle::newName("/S"));
    }
}

}  // namespace

Result<std::string> finished(const std::string& drawn, const std::vector<std::string>& figures) {
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile("report", drawn.data(), drawn.size());
        describe(pdf, figures);
        QPDFWriter writer(pdf);
        writer.setOutputMemory();
        writer.setDeterministicID(true);
        writer.write();
        const auto buffer = writer.getBufferSharedPointer();
        return std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
    } catch (const std::exception& error) {
        return Error{Code::internal, std::string("finishing the report failed: ") + error.what(),
                     "qpdf"};
    }
}

}  // namespace stageclock::report
