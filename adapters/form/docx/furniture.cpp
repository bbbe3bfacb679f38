// SPDX-License-Identifier: MIT
#include "adapters/form/docx/furniture.h"

#include "adapters/form/docx/markup.h"
#include "adapters/form/docx/styles.h"

namespace stageclock::docx {
namespace {

constexpr const char* declaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* word_ns =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

constexpr const char* header_part = "word/header1.xml";
constexpr const char* core_part = "docProps/core.xml";
constexpr const char* custom_part = "docProps/custom.xml";

// ECMA-376 part 2, section 10.1.2.
std::string content_types() {
    const auto part = [](const std::string& name, const std::string& type) {
        return "<Override PartName=\"/" + name + "\" ContentType=\"application/" + type +
               "+xml\"/>";
    };
    const std::string word = "vnd.openxmlformats-officedocument.wordprocessingml.";
    return declaration +
           std::string(
               "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
               "<Default Extension=\"rels\" "
               "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
               "<Default Extension=\"xml\" ContentType=\"application/xml\"/>") +
           part(document_part, word + "document.main") + part("word/styles.xml", word + "styles") +
           part("word/settings.xml", word + "settings") + part(header_part, word + "header") +
           part("word/footer1.xml", word + "footer") +
           part(core_part, "vnd.openxmlformats-package.core-properties") +
           part(custom_part, "vnd.openxmlformats-officedocument.custom-properties") + "</Types>";
}

std::string relationships(const std::vector<std::pair<std::string, std::string>>& targets) {
    std::string all =
        declaration +
        std::string(
            "<Relationships "
            "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    int number = 0;
    for (const auto& [type, target] : targets) {
        const bool package = type.starts_with("metadata/");
        all += "<Relationship Id=\"rId" + std::to_string(++number) +
               "\" Type=\"http://schemas.openxmlformats.org/" +
               (package ? "package/2006/relationships/" : "officeDocument/2006/relationships/") +
               type + "\" Target=\"" + target + "\"/>";
    }
    return all + "</Relationships>";
}

std::string settings(const std::string& language) {
    return declaration + std::string("<w:settings") + word_ns +
           "><w:defaultTabStop w:val=\"720\"/><w:compat><w:compatSetting "
           "w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
           "w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"" +
           quoted(language) + "\" w:bidi=\"ar-SA\"/></w:settings>";
}

std::string number_field(const char* code) {
    return std::string("<w:fldSimple w:instr=\" ") + code +
           " \"><w:r><w:t>1</w:t></w:r></w:fldSimple>";
}

// "page {page} of {pages}" with fields in the place of the holes.
std::string page_words(std::string_view words) {
    std::string content;
    while (!words.empty()) {
        const bool page = words.starts_with("{page}");
        const bool pages = words.starts_with("{pages}");
        if (page || pages) {
            content += number_field(page ? "PAGE" : "NUMPAGES");
            words.remove_prefix(page ? 6 : 7);
            continue;
        }
        const std::size_t end = words.find('{', 1);
        content += runs(words.substr(0, end));
        words.remove_prefix(std::min(end, words.size()));
    }
    return content;
}

std::string footer(const FormLayout& layout) {
    std::string content = declaration + std::string("<w:ftr") + word_ns + ">";
    for (const std::string& line : layout.footer) {
        content += paragraph("Footer", runs(line), runs_left(line));
    }
    return content + paragraph("Footer", "<w:r><w:tab/></w:r>" + page_words(layout.words.page)) +
           "</w:ftr>";
}

std::string header(const FormLayout& layout, const FormValues& values) {
    return declaration + std::string("<w:hdr") + word_ns + ">" +
           paragraph("Header", runs(layout.header) + "<w:r><w:tab/></w:r>" +
                                   runs(values.reference, "Strong")) +
           "</w:hdr>";
}

// ECMA-376 part 2, section 11: what a screen reader says when the file opens.
std::string core_properties(const FormLayout& layout, const FormValues& values) {
    const std::string made = to_rfc3339(values.made);
    const std::string title =
        layout.tagline.empty() ? layout.title : layout.title + " - " + layout.tagline;
    const auto time = [&](const std::string& name) {
        return "<dcterms:" + name + " xsi:type=\"dcterms:W3CDTF\">" + made + "</dcterms:" + name +
               ">";
    };
    return declaration +
           std::string(
               "<cp:coreProperties "
               "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
               "core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
               "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
               "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>") +
           quoted(title) + "</dc:title><dc:subject>" + quoted(values.reference) +
           "</dc:subject><dc:creator>stageclock</dc:creator>" + time("created") + time("modified") +
           "<dc:language>" + quoted(layout.language) + "</dc:language></cp:coreProperties>";
}

// The mark once more, for a form whose last lines were deleted.
std::string custom_properties(const FormValues& values) {
    std::string all =
        declaration + std::string(
                          "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/"
                          "2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/"
                          "officeDocument/2006/docPropsVTypes\">");
    if (!values.mark.empty()) {
        all += "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" name=\"" +
               std::string(form_mark_field) + "\"><vt:lpwstr>" + quoted(values.mark) +
               "</vt:lpwstr></property>";
    }
    return all + "</Properties>";
}

}  // namespace

std::vector<Part> furniture(const FormLayout& layout) {
    return {{"[Content_Types].xml", content_types()},
            {"_rels/.rels", relationships({{"officeDocument", document_part},
                                           {"metadata/core-properties", core_part},
                                           {"custom-properties", custom_part}})},
            {document_part, ""},
            {"word/_rels/document.xml.rels", relationships({{"styles", "styles.xml"},
                                                            {"settings", "settings.xml"},
                                                            {"header", "header1.xml"},
                                                            {"footer", "footer1.xml"}})},
            {"word/styles.xml", styles(layout.language)},
            {"word/settings.xml", settings(layout.language)},
            {header_part, ""},
            {"word/footer1.xml", footer(layout)},
            {core_part, ""},
            {custom_part, ""}};
}

std::vector<Part> particulars(const FormLayout& layout, const FormValues& values) {
    return {{header_part, header(layout, values)},
            {core_part, core_properties(layout, values)},
            {custom_part, custom_properties(values)}};
}

}  // namespace stageclock::docx
