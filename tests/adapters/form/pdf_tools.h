// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

#include <doctest/doctest.h>

#include "adapters/registry.h"

// What poppler and qpdf, which are not ours, say about a form.
namespace stageclock::testing {

// A folder of its own, gone with the object.
class TempFolder {
public:
    TempFolder() {
        std::string path = std::filesystem::temp_directory_path() / "stageclock-form-XXXXXX";
        REQUIRE(mkdtemp(path.data()) != nullptr);
        path_ = path;
    }
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path_ / name, std::ios::binary) << bytes;
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

// Runs a program on a PDF and gives its output, errors included.
inline std::string said_by(const std::string& program, const std::string& pdf,
                           const std::string& after = "") {
    const TempFolder folder;
    const std::string command =
        program + " " + folder.write("form.pdf", pdf) + " " + after + " 2>&1";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    REQUIRE(pipe);
    std::string said;
    char part[4096];
    while (const std::size_t got = fread(part, 1, sizeof part, pipe.get())) said.append(part, got);
    return said;
}

// The text in the order in which it is read aloud, lines joined by single spaces.
inline std::string text_of(const std::string& pdf) {
    std::string text;
    for (const char c : said_by("pdftotext -raw -enc UTF-8", pdf, "-")) {
        const bool space = c == '\n' || c == ' ' || c == '\f';
        if (!space)
            text += c;
        else if (!text.empty() && text.back() != ' ')
            text += ' ';
    }
    return text;
}

// The number after a word such as "Pages:" in what pdfinfo says.
inline int number_of_pages(const std::string& pdf) {
    const std::string info = said_by("pdfinfo", pdf);
    const std::size_t at = info.find("Pages:");
    REQUIRE(at != std::string::npos);
    return std::stoi(info.substr(at + 6));
}

inline bool in_order(const std::string& text, const std::vector<std::string>& parts) {
    std::size_t at = 0;
    for (const std::string& part : parts) {
        at = text.find(part, at);
        INFO("not found, or out of order: " << part);
        CHECK(at != std::string::npos);
        if (at == std::string::npos) return false;
        at += part.size();
    }
    return true;
}

inline std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        if (!line.empty()) lines.push_back(line);
    return lines;
}

// What our own reader finds in the fields.
inline std::map<std::string, std::string> fields_of(const std::string& pdf) {
    const auto read = make_form_reader()->read(pdf);
    if (!read) FAIL(read.error().what);
    return read->values;
}

inline const FormRenderer& forms() {
    static const auto made = make_pdf_forms("templates/forms");
    if (!made) FAIL(made.error().what);
    return **made;
}

inline std::string rendered(const FormValues& values) {
    const auto pdf = forms().render(values);
    if (!pdf) FAIL(pdf.error().what);
    return *pdf;
}

}  // namespace stageclock::testing
