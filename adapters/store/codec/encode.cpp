// SPDX-License-Identifier: MIT
#include "adapters/store/codec/codec.h"

#include <charconv>
#include <cstdint>
#include <variant>

#include <nlohmann/json.hpp>

#include "adapters/store/codec/fields.h"
#include "adapters/store/codec/members.h"
#include "adapters/store/codec/words.h"

// Written straight to text, without a tree of values in between: this runs for each update.
namespace stageclock::codec {
namespace {

class Writer {
public:
    Writer() { out_.reserve(2048); }

    template <class T>
    void operator()(const char* name, const T& value) {
        const std::size_t before = out_.size();
        key(name);
        if (!write(value)) out_.resize(before);
    }
    template <class T>
    void required(const char* name, const T& value) {
        key(name);
        write(value);
    }

    template <class T>
    static std::string text_of(const T& value) {
        Writer writer;
        writer.write(value);
        return std::move(writer.out_);
    }

private:
    // Each write() says whether the value was more than zero.
    bool write(const std::string& text) {
        quote(text);
        return !text.empty();
    }
    bool write(bool value) {
        out_ += value ? "true" : "false";
        return value;
    }
    bool write(int value) { return number(value); }
    bool write(std::uint64_t value) { return number(value); }
    bool write(Instant value) { return number(value.time_since_epoch().count()); }
    bool write(Date value) { return number(value.time_since_epoch().count()); }

    template <class Enum>
        requires std::is_enum_v<Enum>
    bool write(Enum value) {
        quote(word_of(value));
        return value != Enum{};
    }
    template <class T>
    bool write(const std::optional<T>& value) {
        if (value) write(*value);
        return value.has_value();
    }
    template <class T>
    bool write(const std::vector<T>& values) {
        out_ += '[';
        for (const T& value : values) {
            separate();
            write(value);
        }
        out_ += ']';
        return !values.empty();
    }
    bool write(const decltype(Event::detail)& detail) {
        out_ += '{';
        if (const auto* raised = std::get_if<Raised>(&detail)) required("raised", *raised);
        if (const auto* told = std::get_if<Told>(&detail)) required("told", *told);
        if (const auto* contact = std::get_if<Contact>(&detail)) required("contact", *contact);
        if (const auto* people = std::get_if<Informed>(&detail)) required("informed", *people);
        if (const auto* missed = std::get_if<Unreached>(&detail)) required("unreached", *missed);
        if (const auto* form = std::get_if<FormReturn>(&detail)) required("form", *form);
        out_ += '}';
        return detail.index() != 0;
    }
    template <class T>
        requires std::is_class_v<T>
    bool write(const T& value) {
        out_ += '{';
        const std::size_t before = out_.size();
        fields(*this, value);
        const bool something = out_.size() > before;
        out_ += '}';
        return something;
    }

    template <class Integer>
    bool number(Integer value) {
        char digits[24];
        const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
        out_.append(std::begin(digits), end);
        return value != 0;
    }
    void separate() {
        if (out_.back() != '{' && out_.back() != '[') out_ += ',';
    }
    void key(const char* name) {
        separate();
        out_.append("\"").append(name).append("\":");
    }
    void quote(std::string_view text) {
        for (const char c : text) {
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') continue;
            const nlohmann::json value = text;
            out_ += value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
            return;
        }
        out_.append("\"").append(text).append("\"");
    }

    std::string out_;
};

}  // namespace

std::string encode(const Case& the_case) { return Writer::text_of(the_case); }
std::string encode(const Event& event) { return Writer::text_of(event); }
std::string encode(const Notice& notice) { return Writer::text_of(notice); }

}  // namespace stageclock::codec
