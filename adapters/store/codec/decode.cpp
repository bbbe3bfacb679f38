// SPDX-License-Identifier: MIT
#include "adapters/store/codec/codec.h"

#include <cstdint>
#include <limits>
#include <variant>

#include <nlohmann/json.hpp>

#include "adapters/store/codec/fields.h"
#include "adapters/store/codec/words.h"

namespace stageclock::codec {
namespace {

using nlohmann::json;

// Where in the text we are, as a chain on the stack: made into words only when something is wrong.
struct Place {
    const Place* outer = nullptr;
    std::string_view name;
    std::size_t index = 0;  // of a list, when `name` is empty

    std::string words() const {
        const std::string here = name.empty() ? std::to_string(index) : std::string(name);
        return outer ? outer->words() + "/" + here : here;
    }
};

class Reader {
public:
    // Reads the members of `node` into whatever fields() shows it. The first error stays in
    // `error`, and nothing more is read.
    Reader(const json& node, const Place& place, std::optional<Error>& error)
        : node_(node), place_(place), error_(error) {}

    template <class T>
    void operator()(const char* name, T& value) {
        if (error_) return;
        const auto found = node_.find(name);
        if (found == node_.end()) return;
        ++known_;
        read(*found, Place{&place_, name}, value);
    }
    template <class T>
    void required(const char* name, T& value) {
        const std::size_t before = known_;
        (*this)(name, value);
        if (!error_ && known_ == before) fail(Place{&place_, name}, "it is missing");
    }

    template <class T>
    static Result<T> value_of(std::string_view text, std::string_view what) {
        std::optional<Error> error;
        const Place place{nullptr, what};
        try {
            const json node = json::parse(text);
            T value;
            Reader(node, place, error).read(node, place, value);
            if (!error) return value;
        } catch (const json::parse_error& broken) {
            error = Error{Code::internal,
                          "the stored text is broken at byte " + std::to_string(broken.byte),
                          place.words()};
        }
        return *error;
    }

private:
    void fail(const Place& place, const char* what) {
        if (!error_)
            error_ = Error{Code::internal, std::string("the stored value cannot be read: ") + what,
                           place.words()};
    }

    void read(const json& node, const Place& place, std::string& value) {
        if (const auto* text = node.get_ptr<const std::string*>())
            value = *text;
        else
            fail(place, "it is not a text");
    }
    void read(const json& node, const Place& place, bool& value) {
        if (const auto* yes = node.get_ptr<const bool*>())
            value = *yes;
        else
            fail(place, "it is neither true nor false");
    }
    void read(const json& node, const Place& place, std::uint64_t& value) {
        if (const auto* number = node.get_ptr<const json::number_unsigned_t*>())
            value = *number;
        else
            fail(place, "it is not a number from 0");
    }
    std::int64_t number(const json& node, const Place& place, std::int64_t least,
                        std::int64_t most) {
        if (!node.is_number_integer()) {
            fail(place, "it is not a whole number");
            return 0;
        }
        const auto* large = node.get_ptr<const json::number_unsigned_t*>();
        const bool fits = !large || *large <= static_cast<std::uint64_t>(most);
        const auto value = fits ? node.get<std::int64_t>() : 0;
        if (fits && value >= least && value <= most) return value;
        fail(place, "it is out of range");
        return 0;
    }
    void read(const json& node, const Place& place, int& value) {
        value = static_cast<int>(number(node, place, std::numeric_limits<int>::min(),
                                        std::numeric_limits<int>::max()));
    }
    // Whatever was written can be read, "never" (the last instant there is) included.
    void read(const json& node, const Place& place, Instant& value) {
        value = Instant(std::chrono::seconds(number(node, place, least_number, last_number)));
    }
    void read(const json& node, const Place& place, Date& value) {
        value = Date(std::chrono::days(number(node, place, least_number, last_number)));
    }

    template <class Enum>
        requires std::is_enum_v<Enum>
    void read(const json& node, const Place& place, Enum& value) {
        const auto* text = node.get_ptr<const std::string*>();
        if (!text || !parse_word(*text, value)) fail(place, "it is none of the known words");
    }
    template <class T>
    void read(const json& node, const Place& place, std::optional<T>& value) {
        read(node, place, value.emplace());
    }
    template <class T>
    void read(const json& node, const Place& place, std::vector<T>& values) {
        if (!node.is_array()) return fail(place, "it is not a list");
        values.resize(node.size());
        for (std::size_t i = 0; i < values.size() && !error_; ++i)
            read(node[i], Place{&place, {}, i}, values[i]);
    }
    void read(const json& node, const Place& place,
              decltype(Event::detail)& detail) {
        if (!node.is_object() || node.size() != 1)
            return fail(place, "it is not exactly one detail");
        Reader inner(node, place, error_);
        if (node.contains("raised")) inner("raised", detail.emplace<Raised>());
        if (node.contains("told")) inner("told", detail.emplace<Told>());
        if (node.contains("contact")) inner("contact", detail.emplace<Contact>());
        if (node.contains("informed")) inner("informed", detail.emplace<Informed>());
        if (node.contains("unreached")) inner("unreached", detail.emplace<Unreached>());
        if (node.contains("form")) inner("form", detail.emplace<FormReturn>());
        inner.finish();
    }
    template <class T>
        requires std::is_class_v<T>
    void read(const json& node, const Place& place, T& value) {
        if (!node.is_object()) return fail(place, "it is not a set of named values");
        Reader inner(node, place, error_);
        fields(inner, value);
        inner.finish();
    }

    void finish() {
        if (!error_ && known_ != node_.size()) fail(place_, "it has a name that is not known");
    }

    static constexpr std::int64_t least_number = std::numeric_limits<std::int64_t>::min();
    static constexpr std::int64_t last_number = std::numeric_limits<std::int64_t>::max();

    const json& node_;
    const Place& place_;
    std::optional<Error>& error_;
    std::size_t known_ = 0;
};

}  // namespace

Result<Case> decode_case(std::string_view text) { return Reader::value_of<Case>(text, "case"); }
Result<Event> decode_event(std::string_view text) { return Reader::value_of<Event>(text, "event"); }
Result<Notice> decode_notice(std::string_view text) {
    return Reader::value_of<Notice>(text, "notice");
}

}  // namespace stageclock::codec
