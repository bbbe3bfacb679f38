// SPDX-License-Identifier: MIT
#include <chrono>

#include "tests/adapters/form/docx_tools.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

// What its sender is told, and whether that took a bearable time.
Error refusal(const std::string& bytes) {
    const auto begin = std::chrono::steady_clock::now();
    const auto form = docx::read(bytes);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
    REQUIRE(!form);
    CHECK(form.error().what.ends_with("."));
    return form.error();
}

void refused(const std::string& bytes, const std::string& word) {
    const Error error = refusal(bytes);
    CAPTURE(error.what);
    CHECK(error.code == Code::invalid_input);
    CHECK(error.what.find(word) != std::string::npos);
}

std::string value_in(const std::string& content, const std::string& kind = "") {
    return read_back(file_with(document_with("<w:p>" + named("a", content, kind) + "</w:p>")))
        .values.at("a");
}

// The declared sizes of the first part in both directories of the archive.
std::string with_declared_size(std::string bytes, std::uint32_t size) {
    const std::size_t local = 22;  // APPNOTE.TXT 4.3.7, and 4.3.12
    const std::size_t central = bytes.find("PK\x01\x02") + 24;
    for (const std::size_t at : {local, central}) {
        for (std::size_t byte = 0; byte < 4; ++byte) {
            bytes[at + byte] = static_cast<char>((size >> (8 * byte)) & 0xFFU);
        }
    }
    return bytes;
}

}  // namespace

TEST_CASE("text in several runs, lines and paragraphs is one value") {
    CHECK(value_in(text_run("one ") + text_run("two")) == "one two");
    CHECK(value_in("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>x</w:t></w:r>") ==
          "one\ntwo x");
    CHECK(read_back(file_with(document_with(named("a", "<w:p>" + text_run("one") + "</w:p><w:p>" +
                                                           text_run("two") + "</w:p>"))))
              .values.at("a") == "one\ntwo");
}

TEST_CASE("of tracked changes the inserted text counts and the deleted does not") {
    CHECK(value_in("<w:ins>" + text_run("new") +
                   "</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>") == "new");
    CHECK(value_in("<w:moveFrom>" + text_run("old") + "</w:moveFrom><w:moveTo>" + text_run("new") +
                   "</w:moveTo>") == "new");
    const auto gone = docx::read(
        file_with(document_with("<w:p><w:del>" + named("a", text_run("x")) + "</w:del></w:p>")));
    REQUIRE(!gone);
    CHECK(gone.error().code == Code::not_found);
}

TEST_CASE("placeholder text is no value") {
    CHECK(value_in(text_run("Click here"), "<w:showingPlcHdr/>") == "");
    CHECK(value_in(text_run("Click here"), "<w:showingPlcHdr w:val=\"1\"/>") == "");
    CHECK(value_in(text_run("mine"), "<w:showingPlcHdr w:val=\"0\"/>") == "mine");
}

TEST_CASE("a check box has the value of its state, whatever glyph stands in it") {
    const auto box = [](const std::string& state) {
        return value_in(text_run("?"),
                        "<w14:checkbox><w14:checked w14:val=\"" + state + "\"/></w14:checkbox>");
    };
    CHECK(box("1") == ticked);
    CHECK(box("true") == ticked);
    CHECK(box("0") == "");
    CHECK(value_in(text_run("\u2612"), "<w14:checkbox/>") == "");
}

TEST_CASE(
    "a control without a tag goes by its bookmark, else by its title; of two the filled one") {
    const std::string title = "<w:sdt><w:sdtPr><w:alias w:val=\"T\"/></w:sdtPr><w:sdtContent>" +
                              text_run("x") + "</w:sdtContent></w:sdt>";
    CHECK(read_back(file_with(document_with(title))).values.at("T") == "x");
    const std::string marked =
        "<w:sdt><w:sdtPr/><w:sdtContent><w:bookmarkStart w:id=\"1\" w:name=\"field_headDname\"/>" +
        text_run("y") + "</w:sdtContent></w:sdt>";
    CHECK(read_back(file_with(document_with(marked))).values.at("head.name") == "y");
    CHECK(read_back(file_with(document_with(named("a", "") + named("a", text_run("z")))))
              .values.at("a") == "z");
}

TEST_CASE("a file that is no Word form is told apart from one that is broken") {
    CHECK(refusal("").code == Code::not_found);
    CHECK(refusal("%PDF-1.7").code == Code::not_found);
    CHECK(refusal(*docx::with_parts({}, {{"xl/workbook.xml", "<workbook/>"}})).code ==
          Code::not_found);
    CHECK(refusal(file_with("<html><body/></html>")).code == Code::not_found);
    CHECK(refusal(file_with(document_with("<w:p/>"))).code == Code::not_found);
    CHECK(docx::knows(word_file(kinds({}))));
    CHECK_FALSE(docx::knows("%PDF-1.7"));
}

TEST_CASE("a Word file with a password, or of an older kind, is answered with what to do") {
    const std::string old("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    std::string name;
    for (const char c : std::string("EncryptedPackage")) name += {c, '\0'};
    CHECK(docx::knows(old));
    refused(old + std::string(600, '\0') + name + std::string(600, '\0'), "password");
    const Error error = refusal(old + std::string(600, '\0'));
    CHECK(error.code == Code::not_found);
    CHECK(error.what.find(".docx") != std::string::npos);
}

TEST_CASE("a truncated Word file is refused wherever it ends, and a changed byte never crashes") {
    const std::string whole = word_file(kinds({{"subject", "Siân"}}));
    for (std::size_t length = 4; length < whole.size(); length += 97) {
        CHECK(refusal(whole.substr(0, length)).code == Code::invalid_input);
    }
    for (std::size_t at = 0; at < whole.size(); at += 13) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x41);
        static_cast<void>(docx::read(changed));
    }
}

TEST_CASE("a file that unpacks to far more than it says, or than a form holds, is refused") {
    const std::string huge = file_with(document_with(std::string(25'000'000, ' ')));
    CHECK(huge.size() < 200'000);
    refused(huge, "unpacks");
    refused(with_declared_size(huge, 1000), "damaged");
    refused(with_declared_size(file_with(document_with("<w:p/>")), 15'000'000), "unpacks");
    refused(file_with(document_with(std::string(15'000'000, 'a'))), "unpacks");
    refused(std::string("PK\x03\x04", 4) + std::string(10'000'001, 'x'), "10 MB");
}

TEST_CASE("deep nests, endless elements and endless parts are refused") {
    std::string deep;
    for (int level = 0; level < 200'000; ++level) deep += "<w:p>" + std::to_string(level);
    refused(file_with(document_with(deep)), "damaged");
    std::string closed = "x";
    for (int level = 0; level < 200; ++level) closed = "<w:p>" + closed + "</w:p>";
    refused(file_with(document_with(closed)), "deeper");
    std::string many;
    for (int each = 0; each < 1'100'000; ++each) many += "<x/>" + std::to_string(each * 977);
    refused(file_with(document_with(many)), "more in it");
    std::string controls;
    for (int each = 0; each < 6'000; ++each) controls += named(std::to_string(each), "");
    refused(file_with(document_with(controls)), "fields");
    std::vector<docx::Part> parts;
    for (int each = 0; each < 2'500; ++each) parts.push_back({std::to_string(each), "x"});
    refused(*docx::with_parts({}, parts), "parts");
}

TEST_CASE("a document type is refused, and no entity is ever expanded") {
    refused(
        file_with("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>" +
                  document_with(named("a", text_run("&a;&b;")))),
        "says of itself");
    CHECK(value_in(text_run("&a; &amp; &#65;")) == "&a; & A");
}

TEST_CASE("nothing outside the file is opened, macros and bound data are not looked at") {
    const std::string rels =
        "<Relationships><Relationship Id=\"rId1\" TargetMode=\"External\" "
        "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        "officeDocument\""
        " Target=\"file:///etc/passwd\"/></Relationships>";
    const auto bytes =
        docx::with_parts({}, {{"_rels/.rels", rels},
                              {"word/document.xml", document_with(named("a", text_run("x")))},
                              {"word/vbaProject.bin", std::string(1000, '\x90')},
                              {"customXml/item1.xml", "<!DOCTYPE x><broken"}});
    REQUIRE(bytes);
    CHECK(read_back(*bytes).values.at("a") == "x");
}

TEST_CASE("values that are not UTF-8, or turn the text about, are made fit to be shown") {
    CHECK(value_in(text_run("a\xFF"
                            "b\u202E"
                            "c")) == "a\uFFFDbc");
}
