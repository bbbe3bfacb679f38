// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/result.h"

// What an IMAP server says (RFC 3501 section 7, grammar in section 9). Pure: bytes in, responses
// out. Literals are counted, never looked for: a mail that holds a line like a response stays a
// mail.
namespace stageclock::imap {

struct Value {
    enum class Kind { atom, text, list };  // text: quoted or a literal
    Kind kind = Kind::atom;
    std::string text;  // bytes; of an atom with its brackets, "BODY[]<0>"
    std::vector<Value> items;
};

struct Response {
    std::string tag;           // "*", "+", or the tag of our command
    std::string word;          // upper case: "OK", "NO", "BAD", "BYE", "PREAUTH", "EXISTS", "FETCH"
    std::uint32_t number = 0;  // of "* 12 EXISTS"
    std::string code;          // of a status: what stands in its brackets, "UIDNEXT 4"
    std::string text;          // of a status or "+": the rest, for people
    std::vector<Value> values;  // of FETCH, SEARCH and CAPABILITY: what follows
};

struct ReaderLimits {
    std::size_t line = 4 << 20;      // bytes of a response without its literals
    std::size_t literal = 11 << 20;  // bytes of all literals of a response together
    int depth = 16;                  // lists in lists
};

// Cuts a stream into responses. After an error the connection is of no more use: the place where
// the next response begins is not known.
class ResponseReader {
public:
    explicit ResponseReader(ReaderLimits limits = {}) : limits_(limits) {}

    void feed(std::string_view bytes) { buffer_.append(bytes); }
    // Where bytes may be added at the end.
    std::string& buffer() { return buffer_; }
    // The next whole response; none: more bytes are needed. Error: it is no IMAP, or too large. The
    // text holds nothing the server sent.
    Result<std::optional<Response>> next();

private:
    struct Literal {
        std::size_t at = 0;
        std::size_t size = 0;
    };
    void forget();

    ReaderLimits limits_;
    std::string buffer_;
    std::size_t line_ = 0;     // where the line in hand begins: the response, or behind a literal
    std::size_t scanned_ = 0;  // no line end before this
    std::size_t literal_bytes_ = 0;
    std::vector<Literal> literals_;
};

// The value behind the atom `name` in a list of pairs, as FETCH gives them; null: it is not there.
// Letter case does not count.
const Value* item(const Value& pairs, std::string_view name);

// A number as IMAP writes it (RFC 3501 section 9, number): digits only, 32 bits.
std::optional<std::uint32_t> number_of(std::string_view text);

}  // namespace stageclock::imap
