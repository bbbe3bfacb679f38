// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/value.h"

#include <cstdlib>

namespace stageclock::pdf {
namespace {

constexpr int deepest = 64;
constexpr std::size_t longest_number = 32;
constexpr int most_objects = 8'388'607;  // ISO 32000-1, annex C

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

bool is_delimiter(char c) {
    return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}

const Value& Value::at(std::string_view key) const {
    static const Value none;
    const auto found = entries.find(key);
    return found == entries.end() ? none : found->second;
}

int Value::to_int() const {
    const bool whole = kind == Kind::number || kind == Kind::reference;
    return whole && number >= 0 && number <= most_objects ? static_cast<int>(number) : -1;
}

void Parser::skip_space() {
    while (!ended() && (is_space(here()) || here() == '%')) {
        if (here() == '%')
            while (!ended() && here() != '\n' && here() != '\r') ++at_;
        else
            ++at_;
    }
}

bool Parser::take(std::string_view word) {
    if (!bytes_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
}

long Parser::whole_number() {
    const std::size_t from = at_;
    long number = 0;
    while (is_digit(here()) && at_ - from < 10) number = number * 10 + (bytes_[at_++] - '0');
    return at_ == from || is_digit(here()) ? -1 : number;
}

Value Parser::value() {
    const std::size_t from = at_;
    Value made = value(0);
    if (at_ - from > allowance_.bytes) throw TooMuch("too many bytes");
    allowance_.bytes -= at_ - from;
    return made;
}

Value Parser::value(int depth) {
    if (depth > deepest) throw TooMuch("nested too deeply");
    if (left_ == 0 || allowance_.values == 0) throw TooMuch("too many values");
    --left_;
    --allowance_.values;
    skip_space();
    const char c = here();
    if (is_digit(c) || c == '+' || c == '-' || c == '.') return number_or_reference();
    if (c == '(') return literal();
    if (c == '[') return array(depth);
    if (c == '/') {
        Value made{.kind = Value::Kind::name, .bytes = {}, .items = {}, .entries = {}};
        made.bytes = name();
        return made;
    }
    if (c == '<') return take("<<") ? dictionary(depth) : hexadecimal();
    for (const bool truth : {true, false})
        if (take(truth ? "true" : "false")) {
            Value made;
            made.kind = Value::Kind::boolean;
            made.number = truth ? 1 : 0;
            return made;
        }
    // "null", or a word that has no meaning here. It is passed, so that the end is reached.
    if (!ended() && is_delimiter(c)) ++at_;
    while (!ended() && !is_space(here()) && !is_delimiter(here())) ++at_;
    return {};
}

Value Parser::number_or_reference() {
    Value made;
    made.kind = Value::Kind::number;
    const std::size_t from = at_;
    const long object = whole_number();
    if (object >= 0 && is_space(here())) {
        const std::size_t after = at_;
        skip_space();
        if (whole_number() >= 0 && is_space(here())) {
            skip_space();
            if (take("R")) {
                made.kind = Value::Kind::reference;
                made.number = static_cast<double>(object);
                return made;
            }
        }
        at_ = after;
        made.number = static_cast<double>(object);
        return made;
    }
    at_ = from;
    std::string digits;
    while (!ended() && (is_digit(here()) || here() == '.' || here() == '-' || here() == '+')) {
        if (digits.size() < longest_number) digits += here();
        ++at_;
    }
    made.number = std::strtod(digits.c_str(), nullptr);
    return made;
}

void Parser::escape(std::string& out) {
    const char c = here();
    ++at_;
    switch (c) {
        case 'n': out += '\n'; return;
        case 'r': out += '\r'; return;
        case 't': out += '\t'; return;
        case 'b': out += '\b'; return;
        case 'f': out += '\f'; return;
        case '\n': return;  // the text goes on on the next line
        case '\r':
            if (here() == '\n') ++at_;
            return;
        default: break;
    }
    if (c < '0' || c > '7') {
        out += c;
        return;
    }
    int code = c - '0';
    for (int more = 0; more < 2 && here() >= '0' && here() <= '7'; ++more)
        code = code * 8 + (bytes_[at_++] - '0');
    out += static_cast<char>(code & 255);
}

Value Parser::literal() {
    Value made;
    made.kind = Value::Kind::text;
    ++at_;
    for (int open = 1; !ended();) {
        const char c = bytes_[at_++];
        if (c == '\\') {
            if (!ended()) escape(made.bytes);
            continue;
        }
        if (c == '(') ++open;
        if (c == ')' && --open == 0) break;
        made.bytes += c;
    }
    return made;
}

Value Parser::hexadecimal() {
    Value made;
    made.kind = Value::Kind::text;
    ++at_;
    int half = -1;
    for (; !ended() && here() != '>'; ++at_) {
        const int digit = hex_digit(here());
        if (digit < 0) continue;
        if (half >= 0) made.bytes += static_cast<char>(half * 16 + digit);
        half = half >= 0 ? -1 : digit;
    }
    if (half >= 0) made.bytes += static_cast<char>(half * 16);
    if (!ended()) ++at_;
    return made;
}

std::string Parser::name() {
    std::string out;
    for (++at_; !ended() && !is_space(here()) && !is_delimiter(here()); ++at_) {
        const bool coded = here() == '#' && at_ + 2 < bytes_.size() &&
                           hex_digit(bytes_[at_ + 1]) >= 0 && hex_digit(bytes_[at_ + 2]) >= 0;
        if (coded) {
            out += static_cast<char>(hex_digit(bytes_[at_ + 1]) * 16 + hex_digit(bytes_[at_ + 2]));
            at_ += 2;
        } else {
            out += here();
        }
    }
    return out;
}

Value Parser::array(int depth) {
    Value made;
    made.kind = Value::Kind::array;
    ++at_;
    for (skip_space(); !ended() && here() != ']'; skip_space())
        made.items.push_back(value(depth + 1));
    if (!ended()) ++at_;
    return made;
}

Value Parser::dictionary(int depth) {
    Value made;
    made.kind = Value::Kind::dictionary;
    for (skip_space(); !ended() && !take(">>"); skip_space()) {
        if (here() != '/') {  // broken: what has no key has no meaning
            value(depth + 1);
            continue;
        }
        std::string key = name();
        made.entries[std::move(key)] = value(depth + 1);
    }
    return made;
}

}  // namespace stageclock::pdf
