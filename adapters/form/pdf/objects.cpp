// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/objects.h"

#include <cmath>
#include <cstdio>

#include <glib.h>
#include <qpdf/Pl_Buffer.hh>
#include <qpdf/Pl_Flate.hh>

namespace stageclock::pdf {
namespace {

constexpr char hex[] = "0123456789ABCDEF";

bool is_ascii(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x7F) return false;
    return true;
}

std::string hex_of(std::uint64_t value) {
    std::string out;
    append_hex(out, static_cast<unsigned>(value >> 32U), 8);
    append_hex(out, static_cast<unsigned>(value), 8);
    return out;
}

}  // namespace

Objects::Objects() : out_("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n") {}

int Objects::reserve() {
    offsets_.push_back(0);
    return static_cast<int>(offsets_.size());
}

void Objects::begin(int number) {
    offsets_[static_cast<std::size_t>(number) - 1] = out_.size();
    out_ += std::to_string(number);
    out_ += " 0 obj\n";
}

void Objects::put(int number, std::string_view body) {
    begin(number);
    out_ += body;
    out_ += "\nendobj\n";
}

int Objects::add(std::string_view body) {
    const int number = reserve();
    put(number, body);
    return number;
}

void Objects::put_stream(int number, std::string_view entries, std::string_view bytes) {
    begin(number);
    out_ += "<< ";
    out_ += entries;
    out_ += " /Length ";
    out_ += std::to_string(bytes.size());
    out_ += " >>\nstream\n";
    out_ += bytes;
    out_ += "\nendstream\nendobj\n";
}

int Objects::add_stream(std::string_view entries, std::string_view bytes) {
    const int number = reserve();
    put_stream(number, entries, bytes);
    return number;
}

std::string Objects::finish(int root, int info) && {
    const std::size_t table = out_.size();
    const std::string size = std::to_string(offsets_.size() + 1);
    const std::string id = hex_of(digest(out_, 1)) + hex_of(digest(size, digest(out_, 2)));
    out_ += "xref\n0 " + size + "\n0000000000 65535 f \n";
    for (const std::size_t offset : offsets_) {
        char entry[21] = "0000000000 00000 n \n";
        std::size_t rest = offset;
        for (int digit = 9; digit >= 0; --digit, rest /= 10)
            entry[digit] = static_cast<char>('0' + rest % 10);
        out_.append(entry, 20);
    }
    out_ += "trailer\n<< /Size " + size + " /Root " + to_ref(root) + " /Info " + to_ref(info) +
            " /ID [<" + id + "> <" + id + ">] >>\nstartxref\n" + std::to_string(table) +
            "\n%%EOF\n";
    return std::move(out_);
}

std::string to_ref(int number) { return std::to_string(number) + " 0 R"; }

void append_number(std::string& out, double value) {
    long hundredths = std::lround(value * 100);
    if (hundredths < 0) {
        out += '-';
        hundredths = -hundredths;
    }
    out += std::to_string(hundredths / 100);
    const long rest = hundredths % 100;
    if (rest == 0) return;
    out += '.';
    out += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0) out += static_cast<char>('0' + rest % 10);
}

std::string to_number(double value) {
    std::string out;
    append_number(out, value);
    return out;
}

void append_hex(std::string& out, unsigned value, int digits) {
    for (int at = digits - 1; at >= 0; --at)
        out += hex[(value >> (4U * static_cast<unsigned>(at))) & 15U];
}

void append_utf16(std::string& out, char32_t letter) {
    if (letter < 0x10000) {
        append_hex(out, letter, 4);
    } else {
        append_hex(out, 0xD800 + ((letter - 0x10000) >> 10U), 4);
        append_hex(out, 0xDC00 + ((letter - 0x10000) & 0x3FFU), 4);
    }
}

std::string text_string(std::string_view utf8) {
    if (!is_ascii(utf8)) {
        std::string wide = "<FEFF";
        const char* const end = utf8.data() + utf8.size();
        for (const char* at = utf8.data(); at < end; at = g_utf8_next_char(at))
            append_utf16(wide, g_utf8_get_char(at));
        return wide + ">";
    }
    std::string out = "(";
    for (const char c : utf8) {
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        out += c;
    }
    return out + ")";
}

std::string name_object(std::string_view bytes) {
    std::string out = "/";
    for (const char c : bytes) {
        if (g_ascii_isalnum(c) || c == '-' || c == '_') {
            out += c;
        } else {
            out += '#';
            append_hex(out, static_cast<unsigned char>(c), 2);
        }
    }
    return out;
}

std::string deflated(std::string_view bytes) {
    Pl_Buffer kept("kept");
    Pl_Flate flate("deflate", &kept, Pl_Flate::a_deflate);
    std::string copy(bytes);  // qpdf's interface wants it writable
    flate.write(reinterpret_cast<unsigned char*>(copy.data()), copy.size());
    flate.finish();
    const auto buffer = kept.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::uint64_t digest(std::string_view bytes, std::uint64_t seed) {
    std::uint64_t sum = 14695981039346656037ULL ^ seed;
    for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return sum;
}

}  // namespace stageclock::pdf
