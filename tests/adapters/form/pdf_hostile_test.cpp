// SPDX-License-Identifier: MIT
#include <ctime>

#include <sys/resource.h>

#include "adapters/form/pdf/objects.h"
#include "tests/adapters/form/pdf_tools.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

// A file of these objects, whose catalogue is the first.
std::string file_of(const std::vector<std::string>& objects, const std::string& trailer = "") {
    std::string file = "%PDF-1.7\n";
    for (std::size_t at = 0; at < objects.size(); ++at)
        file += std::to_string(at + 1) + " 0 obj\n" + objects[at] + "\nendobj\n";
    return file + "trailer\n<< /Root 1 0 R " + trailer + " >>\nstartxref\n0\n%%EOF\n";
}

const std::string catalogue = "<< /Type /Catalog /AcroForm << /Fields [2 0 R] >> >>";

std::string field(const std::string& value) { return "<< /T (f) /FT /Tx /V " + value + " >>"; }

std::string repeated(const std::string& part, int times) {
    std::string all;
    for (int at = 0; at < times; ++at) all += part;
    return all;
}

std::string sound_form() {
    return rendered({.layout = "monitoring-form",
                     .reference = "NSSB-2026-0007",
                     .subtitle = "",
                     .mark = "v1.sealed",
                     .made = utc("2026-12-24T17:00:00Z"),
                     .values = {{"subject", "Siân"}}});
}

// Refused, or read, within a second of processor time and 200 MB.
Result<FilledForm> bounded(const std::string& pdf) {
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    const std::clock_t start = std::clock();
    auto read = make_form_reader()->read(pdf);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    CHECK(seconds < 2);
    CHECK(after.ru_maxrss - before.ru_maxrss < 200'000);  // KB
    return read;
}

Code refused(const std::string& pdf) {
    const auto read = bounded(pdf);
    if (read) return Code::internal;  // it was not
    CHECK(read.error().what.ends_with("."));
    return read.error().code;
}

}  // namespace

TEST_CASE("a small file made by hand is read") {
    const auto read = bounded(file_of({catalogue, field("(a\\(b\\)\\134\\r\\nc \\200)")}));
    REQUIRE(read);
    CHECK(read->values.at("f") == "a(b)\\\nc •");
}

TEST_CASE("text in each encoding is read") {
    const auto value = [](const std::string& as) {
        const auto read = bounded(file_of({catalogue, field(as)}));
        return read ? read->values.at("f") : read.error().what;
    };
    CHECK(value("<FEFF0141D83DDC6A>") == "Ł👪");
    CHECK(value("<FEFFD83D0041>") == "\uFFFDA");
    CHECK(value("<FEFF001B656E001B0041>") == "A");
    CHECK(value("(\xEF\xBB\xBFŁ\r\nó)") == "Ł\nó");
    CHECK(value("(\xE9\x96)") == "é\u0152");
    CHECK(value("()") == "");
    CHECK(value("/name") == "");
}

TEST_CASE("an encrypted file is refused with a sentence that says so") {
    const TempFolder folder;
    const std::string out = folder.path() / "locked.pdf";
    said_by("qpdf --encrypt secret secret 256 --", sound_form(), out);
    std::ifstream in(out, std::ios::binary);
    const std::string locked{std::istreambuf_iterator<char>(in), {}};
    const auto read = bounded(locked);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Code::invalid_input);
    CHECK(read.error().what.find("encrypted") != std::string::npos);
}

TEST_CASE("a file without fields is not a form: printed, scanned or flattened") {
    CHECK(refused(file_of({"<< /Type /Catalog >>"})) == Code::not_found);
    CHECK(refused(file_of({catalogue})) == Code::not_found);
    const TempFolder folder;
    const std::string out = folder.path() / "flat.pdf";
    said_by("qpdf --flatten-annotations=all", sound_form(), out);
    std::ifstream in(out, std::ios::binary);
    const std::string flat{std::istreambuf_iterator<char>(in), {}};
    CHECK(refused(flat) == Code::not_found);
}

TEST_CASE("a dynamic form is refused with a sentence that says so") {
    const auto read = bounded(
        file_of({"<< /Type /Catalog /AcroForm << /Fields [] /XFA [(template) 3 0 R] >> >>"}));
    REQUIRE_FALSE(read);
    CHECK(read.error().what.find("XFA") != std::string::npos);
}

TEST_CASE("a form cut off anywhere is refused or gives values that were in it") {
    const std::string whole = sound_form();
    for (std::size_t size = 0; size < whole.size(); size += 997) {
        const auto read = make_form_reader()->read(whole.substr(0, size));
        if (read) CHECK(read->values.size() <= 40);
        if (!read) CHECK(read.error().what.ends_with("."));
    }
}

TEST_CASE("loops among fields, boxes and pages end") {
    const auto own_kid =
        bounded(file_of({catalogue, "<< /T (f) /FT /Tx /V (x) /Kids [2 0 R 3 0 R] >>",
                         "<< /T (g) /Kids [2 0 R 3 0 R] /Parent 3 0 R >>"}));
    CHECK_FALSE(own_kid);
    CHECK(refused(file_of({"1 0 R"})) == Code::invalid_input);
    CHECK(refused(file_of({"<< /Type /Catalog /AcroForm 2 0 R >>", "2 0 R"})) == Code::not_found);
    const auto value = bounded(file_of({catalogue, "<< /T (f) /FT /Tx /V 3 0 R >>", "3 0 R"}));
    REQUIRE(value);
    CHECK(value->values.at("f") == "");
}

TEST_CASE("a million nested arrays and thirty thousand nested fields are refused") {
    CHECK(refused(file_of({catalogue, std::string(1'000'000, '[')})) == Code::invalid_input);
    CHECK(refused(file_of({catalogue, repeated("<</A", 500'000)})) == Code::invalid_input);
    std::vector<std::string> chain{catalogue};
    for (int at = 2; at < 30'000; ++at)
        chain.push_back("<< /T (f) /Kids [" + std::to_string(at + 1) + " 0 R] >>");
    CHECK(refused(file_of(chain)) == Code::invalid_input);
}

TEST_CASE("counts beyond any form are refused") {
    CHECK(refused(file_of({catalogue, "[" + repeated("1 ", 4'000'000) + "]"})) ==
          Code::invalid_input);
    CHECK(refused(file_of(std::vector<std::string>(150'000, "null"))) == Code::invalid_input);
    std::string many = "<< /Type /Catalog /AcroForm << /Fields [";
    for (int at = 0; at < 20'000; ++at) many += "<< /T (f) /FT /Tx >>";
    CHECK(refused(file_of({many + "] >> >>"})) == Code::invalid_input);
    CHECK(refused(std::string("%PDF-1.7") + std::string(10'000'001, ' ')) == Code::invalid_input);
}

TEST_CASE("one long value pointed to by thousands of fields is not copied thousands of times") {
    std::string fields = "<< /Type /Catalog /AcroForm << /Fields [";
    for (int at = 0; at < 4'000; ++at) fields += "<< /T (f) /FT /Tx /V 2 0 R >>";
    CHECK(refused(file_of({fields + "] >> >>", "(" + std::string(5'000'000, 'x') + ")"})) ==
          Code::invalid_input);
}

TEST_CASE("a packed stream that unpacks to a thousand times its size is refused") {
    const std::string bomb = pdf::deflated("3 0 " + std::string(400'000'000, ' '));
    CHECK(bomb.size() < 1'000'000);
    const std::string holder = "<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length " +
                               std::to_string(bomb.size()) + " >>\nstream\n" + bomb + "\nendstream";
    CHECK(refused(file_of({catalogue, field("(x)"), holder})) == Code::invalid_input);
    const std::string in_field = "<< /Filter /FlateDecode /Length " + std::to_string(bomb.size()) +
                                 " >>\nstream\n" + bomb + "\nendstream";
    CHECK(refused(file_of({catalogue, field("3 0 R"), in_field})) == Code::invalid_input);
}

TEST_CASE("streams without an end, and lengths that are lies, cost no more than the file") {
    const std::string open = "<< /Length 999999999 >>\nstream\n";
    std::string file = file_of({catalogue, field("(x)")});
    for (int at = 3; at < 90'000; ++at) file += std::to_string(at) + " 0 obj " + open;
    const auto read = bounded(file);
    REQUIRE(read);
    CHECK(read->values.at("f") == "x");
}

TEST_CASE("what is said inside strings and streams is no object") {
    const std::string lure = "1 0 obj << /Type /Catalog >> endobj trailer << /Encrypt 1 0 R >>";
    const std::string stream =
        "<< /Length " + std::to_string(lure.size()) + " >>\nstream\n" + lure + "\nendstream";
    const auto read = bounded(file_of({catalogue, field("(" + lure + ")"), stream}));
    REQUIRE(read);
    CHECK(read->values.at("f") == lure);
}

TEST_CASE("other files are not known as forms") {
    const auto reader = make_form_reader();
    CHECK(reader->knows(sound_form()));
    CHECK(reader->knows("junk before\n%PDF-1.4"));
    CHECK_FALSE(reader->knows("hello"));
    CHECK_FALSE(reader->knows(std::string(1'100, ' ') + "%PDF-1.4"));
    CHECK_FALSE(reader->knows(""));
    CHECK(refused("%PDF-1.4 and nothing else") == Code::invalid_input);
}
