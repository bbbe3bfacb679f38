// SPDX-License-Identifier: MIT
#include "bot/core/files.h"

#include <doctest/doctest.h>

namespace stageclock {
namespace {

KeptFile file(const std::string& name, const std::string& type = "application/octet-stream",
              std::uint64_t size = 1000) {
    return {name, type, size, std::string(64, 'a'), std::string(64, 'b')};
}

bool is_kept(const KeptFile& offered) { return sort_files({offered}).kept.size() == 1; }

}  // namespace

TEST_CASE("documents, tables, pictures, mails and calendar entries are kept") {
    for (const char* name : {"report.pdf", "Report.PDF", "a.doc", "a.docx", "a.odt", "a.rtf",
                             "a.txt", "a.csv", "a.xls", "a.xlsx", "a.png", "a.jpg", "a.jpeg",
                             "a.gif", "a.heic", "a.eml", "a.ics", "Minutes of 3. May.pdf"}) {
        CAPTURE(name);
        CHECK(is_kept(file(name)));
    }
    CHECK(is_kept(file("plan.docx", "application/zip")));
    CHECK(is_kept(file("unnamed", "image/jpeg")));
    CHECK(is_kept({"Re: v1.2 of the plan", "message/rfc822", 0, "", "b"}));
}

TEST_CASE("programs, scripts, pages, archives and macros are never kept") {
    for (const char* name : {"setup.exe",
                             "report.pdf.exe",
                             "SETUP.EXE",
                             "setup.exe.",
                             "setup.exe. .",
                             "a.js",
                             "a.vbs",
                             "a.bat",
                             "a.cmd",
                             "a.scr",
                             "a.msi",
                             "a.jar",
                             "a.ps1",
                             "a.html",
                             "a.htm",
                             "a.svg",
                             "a.docm",
                             "a.xlsm",
                             "a.zip",
                             "a.7z",
                             "a.iso",
                             "a.lnk",
                             "a.hta",
                             "a.com",
                             "report.pdf:a.exe",
                             "\xE2\x80\xAE"
                             "fdp.exe",
                             "unnamed",
                             "pdf",
                             ".pdf"}) {
        CAPTURE(name);
        CHECK_FALSE(is_kept(file(name)));
    }
    for (const char* type : {"application/x-msdownload", "application/x-dosexec", "text/javascript",
                             "text/html", "image/svg+xml", "APPLICATION/JAVASCRIPT",
                             "application/vnd.ms-word.document.macroEnabled.12"}) {
        CAPTURE(type);
        CHECK_FALSE(is_kept(file("report.pdf", type)));
    }
    // Only a mail that was taken apart may be called anything.
    CHECK_FALSE(is_kept(file("setup.exe", "message/rfc822")));
}

TEST_CASE("a file may have ten MiB, a mail twenty files; the rest is named with the reason") {
    CHECK(is_kept(file("a.pdf", "application/pdf", largest_file)));
    const auto large = sort_files({file("a.pdf", "application/pdf", largest_file + 1)});
    REQUIRE(large.left_out.size() == 1);
    CHECK(large.left_out[0].why == "it is larger than 10 MB");

    std::vector<KeptFile> many(22, file("a.pdf"));
    many.front() = file("a.exe");
    const auto sorted = sort_files(many);
    CHECK(sorted.kept.size() == 20);
    REQUIRE(sorted.left_out.size() == 2);
    CHECK(sorted.left_out[0].why == "this type is not taken");
    CHECK(sorted.left_out[1].why == "only 20 are taken of one mail");
}

TEST_CASE("a name loses its path and whatever cannot be seen") {
    CHECK(clean_file_name("report.pdf") == "report.pdf");
    CHECK(clean_file_name("../../etc/report.pdf") == "report.pdf");
    CHECK(clean_file_name("C:\\Users\\sam\\report.pdf") == "report.pdf");
    CHECK(clean_file_name("re\r\nport\t\x7F.pdf") == "report.pdf");
    CHECK(clean_file_name("\xE2\x80\xAE"
                          "fdp.exe") == "fdp.exe");
    CHECK(clean_file_name("adroddiad t\xC5\xB7.pdf") == "adroddiad t\xC5\xB7.pdf");
    CHECK(clean_file_name("  report.pdf . ") == "report.pdf");
    for (const char* nothing : {"", "...", "/", "\x01", " . "})
        CHECK(clean_file_name(nothing) == "unnamed");
    CHECK(clean_file_name("cut\xE2\x80") == "cut");
}

TEST_CASE("a long name is cut between characters and keeps its ending") {
    std::string stem;
    for (int i = 0; i < 200; ++i) stem += "\xC5\xB7";
    const auto name = clean_file_name(stem + ".docx");
    CHECK(name.size() == 95 * 2 + 5);
    CHECK(name.ends_with("\xC5\xB7.docx"));
    CHECK(clean_file_name(stem).size() == 200);
    CHECK(clean_file_name(std::string(150, 'a') + '.' + std::string(50, 'b')).size() == 100);
}

TEST_CASE("the sender is told what was kept, and what was not and why") {
    CHECK(to_lines({}).empty());
    const auto sorted = sort_files({file("a.pdf", "application/pdf", 122880),
                                    file("setup.exe"),
                                    {"Re: visit", "message/rfc822", 0, "", "b"}});
    CHECK(to_lines(sorted) ==
          std::vector<std::string>{"Files kept: a.pdf (120 KB), Re: visit",
                                   "Not kept with the case: setup.exe (this type is not taken). "
                                   "The mail itself is kept."});
    CHECK(size_in_words(1) == "1 KB");
    CHECK(size_in_words(1048576) == "1 MB");
    CHECK(size_in_words(2500000) == "2.4 MB");
}

}  // namespace stageclock
