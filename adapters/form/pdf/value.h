// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace stageclock::pdf {

// One object of a PDF file that somebody else made (ISO 32000-1, 7.3).
struct Value {
    enum class Kind { null, boolean, number, text, name, array, dictionary, reference };
    Kind kind = Kind::null;
    double number = 0;  // number; reference: of the object; boolean: 0 or 1
    std::string bytes;  // text and name: as they are, escapes undone
    std::vector<Value> items;
    std::map<std::string, Value, std::less<>> entries;

    bool is(Kind other) const { return kind == other; }
    bool is_name(std::string_view name) const { return kind == Kind::name && bytes == name; }
    // An entry of a dictionary; the null object when there is none.
    const Value& at(std::string_view key) const;
    int to_int() const;  // a number within the range of object numbers; else -1
};

// More than any form needs: the file means to use up time or memory.
struct TooMuch : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// How much of a file may be looked at, counted over everything that is parsed.
struct Allowance {
    std::size_t values = 1'000'000;   // parsed in all
    std::size_t of_one = 100'000;     // of one object
    std::size_t bytes = 100'000'000;  // gone through, an object looked at twice counting twice
};

// Reads objects from bytes. What is broken becomes the null object; what is too deep or too much
// throws TooMuch.
class Parser {
public:
    Parser(std::string_view bytes, std::size_t at, Allowance& allowance)
        : bytes_(bytes), at_(at), allowance_(allowance), left_(allowance.of_one) {}

    Value value();
    std::size_t position() const { return at_; }
    void skip_space();  // and comments
    // Whether the word stands here; it is taken.
    bool take(std::string_view word);
    // A whole number of at most ten digits; -1: none stands here.
    long whole_number();

private:
    Value value(int depth);
    Value number_or_reference();
    Value literal();
    Value hexadecimal();
    Value array(int depth);
    Value dictionary(int depth);
    std::string name();
    void escape(std::string& out);
    bool ended() const { return at_ >= bytes_.size(); }
    char here() const { return ended() ? '\0' : bytes_[at_]; }

    std::string_view bytes_;
    std::size_t at_;
    Allowance& allowance_;
    std::size_t left_;
};

bool is_space(char c);
bool is_delimiter(char c);

}  // namespace stageclock::pdf
