// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/finish.h"

#include <exception>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

namespace stageclock::pdf {
namespace {

std::string xml_escaped(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else
            escaped += c;
    }
    return escaped;
}

// ISO 16684-1, the least a reader needs: title, language, date.
std::string xmp(const std::string& title, const std::string& language, const std::string& made) {
    return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
           " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">"
           "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
           xml_escaped(title) +
           "</rdf:li></rdf:Alt></dc:title>"
           "<dc:language><rdf:Bag><rdf:li>" +
           xml_escaped(language) +
           "</rdf:li></rdf:Bag></dc:language>"
           "<xmp:CreateDate>" +
           made +
           "</xmp:CreateDate>"
           "<xmp:CreatorTool>stageclock</xmp:CreatorTool>"
           "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

void describe(QPDF& pdf, const std::string& title, const std::string& language,
              const std::string& made) {
    QPDFObjectHandle root = pdf.getRoot();
    root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(language));
    QPDFObjectHandle viewer = QPDFObjectHandle::newDictionary();
    viewer.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
    root.replaceKey("/ViewerPreferences", viewer);
    QPDFObjectHandle metadata = QPDFObjectHandle::newStream(&pdf, xmp(title, language, made));
    metadata.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
    root.replaceKey("/Metadata", metadata);
    for (QPDFObjectHandle page : pdf.getAllPages())
        page.replaceKey("/Tabs", QPDFObjectHandle::newName("/S"));
}

}  // namespace

Result<std::string> finished(const std::string& drawn, const std::string& title,
                             const std::string& language, const std::string& made) {
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile("form", drawn.data(), drawn.size());
        describe(pdf, title, language, made);
        QPDFWriter writer(pdf);
        writer.setOutputMemory();
        writer.setDeterministicID(true);
        writer.write();
        const auto buffer = writer.getBufferSharedPointer();
        return std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
    } catch (const std::exception& error) {
        return Error{Code::internal, std::string("finishing the form failed: ") + error.what(),
                     "qpdf"};
    }
}

}  // namespace stageclock::pdf
