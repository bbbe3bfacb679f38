// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stageclock::pdf {

// The objects of a PDF file as they are written, one after the other (ISO 32000-1, 7.5). A copy can
// be written on: a form is made ready once, copied, and filled.
class Objects {
public:
    Objects();

    // A number that can be pointed to before its object is written.
    int reserve();
    void put(int number, std::string_view body);  // "<< /Type /Page ... >>"
    int add(std::string_view body);
    // `entries` of the stream's dictionary, without /Length and its brackets.
    void put_stream(int number, std::string_view entries, std::string_view bytes);
    int add_stream(std::string_view entries, std::string_view bytes);

    // The whole file. Its id is made from its bytes. Every reserved number has been written.
    std::string finish(int root, int info) &&;

private:
    void begin(int number);

    std::string out_;
    std::vector<std::size_t> offsets_;  // of object 1, 2, ...; 0: not written yet
};

// Parts of objects.
std::string to_ref(int number);       // "7 0 R"
std::string to_number(double value);  // two decimals at most, in every locale
void append_number(std::string& out, double value);
std::string text_string(std::string_view utf8);  // "(...)", or "<FEFF...>" beyond ASCII
void append_hex(std::string& out, unsigned value, int digits);
void append_utf16(std::string& out, char32_t letter);              // "00F3", or two of them
std::string name_object(std::string_view bytes);                   // "/a#20b"
std::string deflated(std::string_view bytes);                      // for /Filter /FlateDecode
std::uint64_t digest(std::string_view bytes, std::uint64_t seed);  // FNV-1a: not for secrets

}  // namespace stageclock::pdf
