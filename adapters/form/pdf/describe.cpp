// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/describe.h"

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

// "2026-12-24T17:00:00Z" as "D:20261224170000Z" (ISO 32000-1, 7.9.4).
std::string pdf_date(const std::string& made) {
    std::string date = "D:";
    for (const char c : made.substr(0, 19))
        if (c >= '0' && c <= '9') date += c;
    return date + "Z";
}

}  // namespace

void describe(Objects& objects, const Prepared& form, const std::string& subject,
              const std::string& made) {
    const std::string date = text_string(pdf_date(made));
    objects.put(form.info, "<< /Title " + text_string(form.title) + " /Subject " +
                               text_string(subject) + " /Creator (stageclock) /CreationDate " +
                               date + " /ModDate " + date + " >>");
    objects.put_stream(form.metadata, "/Type /Metadata /Subtype /XML",
                       xmp(form.title, form.language, made));
}

}  // namespace stageclock::pdf
