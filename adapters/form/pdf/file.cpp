// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/file.h"

#include <algorithm>

#include <qpdf/Pl_Flate.hh>

namespace stageclock::pdf {
namespace {

constexpr std::size_t most_objects = 100'000;
constexpr std::size_t most_decoded = 16 * 1024 * 1024;  // bytes, of all streams that hold objects

// Keeps what comes until it is too much.
class Kept final : public Pipeline {
public:
    Kept(std::string& out, std::size_t most) : Pipeline("kept", nullptr), out_(out), most_(most) {}
    void write(unsigned char const* data, std::size_t length) override {
        if (length > most_ - out_.size()) throw TooMuch("unpacks to too much");
        out_.append(reinterpret_cast<const char*>(data), length);
    }
    void finish() override {}

private:
    std::string& out_;
    std::size_t most_;
};

// Nothing when the bytes are broken; TooMuch when there are more than `most`.
std::string inflated(std::string_view bytes, std::size_t most) {
    std::string out;
    Kept kept(out, most);
    Pl_Flate flate("inflate", &kept, Pl_Flate::a_inflate);
    flate.setWarnCallback([](const char*, int) {});
    try {
        // In parts, so that no more than one of them is unpacked beyond the limit.
        std::string part;
        for (std::size_t at = 0; at < bytes.size(); at += part.size()) {
            part = bytes.substr(at, 4096);
            flate.write(reinterpret_cast<unsigned char*>(part.data()), part.size());
        }
        flate.finish();
    } catch (const TooMuch&) {
        throw;
    } catch (const std::exception&) {
        return {};
    }
    return out;
}

bool is_only_flate(const Value& filter) {
    return filter.is_name("FlateDecode") ||
           (filter.is(Value::Kind::array) && filter.items.size() == 1 &&
            filter.items[0].is_name("FlateDecode"));
}

}  // namespace

File::File(std::string_view bytes) : bytes_(bytes) {
    scan();
    open_holders();
    root_ = resolved(root_);
}

void File::scan() {
    for (std::size_t at = 0; at < bytes_.size();) {
        Parser parser(bytes_, at, allowance_);
        parser.skip_space();
        at = parser.position();
        if (parser.take("trailer")) {
            take_trailer(parser.value());
            at = std::max(parser.position(), at + 1);
            continue;
        }
        const std::size_t after = object_at(at);
        if (after > at) {
            at = after;
            continue;
        }
        // Another word: past it, so that "1" of "11" is not taken for a number of its own.
        for (++at; at < bytes_.size() && !is_space(bytes_[at]) && !is_delimiter(bytes_[at]);) ++at;
    }
}

// Where the object that begins here ends; `at` when none does.
std::size_t File::object_at(std::size_t at) {
    Parser parser(bytes_, at, allowance_);
    const std::size_t order = at;
    const long number = parser.whole_number();
    if (number < 0) return at;
    parser.skip_space();
    if (parser.whole_number() < 0) return at;
    parser.skip_space();
    if (!parser.take("obj")) return at;
    const std::size_t offset = parser.position();
    const Value value = parser.value();
    if (number <= 8'388'607) places_[static_cast<int>(number)] = {order, offset};
    if (places_.size() > most_objects) throw TooMuch("too many objects");
    parser.skip_space();
    if (!value.is(Value::Kind::dictionary) || !parser.take("stream")) return parser.position();
    parser.take("\r");
    parser.take("\n");
    const std::size_t begin = parser.position();
    const std::size_t end = stream_end(value, begin);
    if (value.at("Type").is_name("XRef")) take_trailer(value);
    if (value.at("Type").is_name("ObjStm"))
        keep_holder(value, order, bytes_.substr(begin, end - begin));
    return end;
}

// By its length if that is said and true; else at the next word that ends one.
std::size_t File::stream_end(const Value& dictionary, std::size_t begin) {
    const Value& said = dictionary.at("Length");
    if (said.is(Value::Kind::number) && said.number >= 0 &&
        said.number <= static_cast<double>(bytes_.size() - begin)) {
        const std::size_t end = begin + static_cast<std::size_t>(said.number);
        std::string_view after = bytes_.substr(end, 11);
        while (!after.empty() && is_space(after.front())) after.remove_prefix(1);
        if (after.starts_with("endstream")) return end;
    }
    const std::size_t found =
        no_more_ends_ ? std::string_view::npos : bytes_.find("endstream", begin);
    if (found != std::string_view::npos) return found;
    no_more_ends_ = true;
    return begin;
}

void File::keep_holder(const Value& dictionary, std::size_t order, std::string_view bytes) {
    const Value& filter = dictionary.at("Filter");
    const int first = dictionary.at("First").to_int();
    const int count = dictionary.at("N").to_int();
    const bool plain = filter.is(Value::Kind::null);
    if (first < 0 || count < 0 || (!plain && !is_only_flate(filter))) return;
    Holder holder{order, static_cast<std::size_t>(first), static_cast<std::size_t>(count)};
    holder.bytes = plain ? std::string(bytes.substr(0, std::min(bytes.size(), most_decoded)))
                         : inflated(bytes, most_decoded - decoded_);
    decoded_ += holder.bytes.size();
    if (decoded_ > most_decoded) throw TooMuch("unpacks to too much");
    holders_.push_back(std::move(holder));
}

void File::take_trailer(const Value& dictionary) {
    encrypted_ = encrypted_ || dictionary.entries.contains("Encrypt");
    if (dictionary.at("Root").is(Value::Kind::reference)) root_ = dictionary.at("Root");
}

// Object streams begin with pairs: the number of an object, and where it is (7.5.7).
void File::open_holders() {
    for (std::size_t index = 0; index < holders_.size(); ++index) {
        const Holder& holder = holders_[index];
        Parser parser(holder.bytes, 0, allowance_);
        for (std::size_t at = 0; at < holder.count; ++at) {
            parser.skip_space();
            const long number = parser.whole_number();
            parser.skip_space();
            const long offset = parser.whole_number();
            if (number < 0 || number > 8'388'607 || offset < 0) break;
            Place& place = places_[static_cast<int>(number)];
            if (place.order <= holder.order)
                place = {holder.order, holder.first + static_cast<std::size_t>(offset),
                         static_cast<int>(index)};
            if (places_.size() > most_objects) throw TooMuch("too many objects");
        }
    }
}

Value File::resolved(const Value& value) const {
    if (!value.is(Value::Kind::reference)) return value;
    const auto found = places_.find(value.to_int());
    if (found == places_.end()) return {};
    const Place& place = found->second;
    const std::string_view bytes =
        place.stream < 0 ? bytes_
                         : std::string_view(holders_[static_cast<std::size_t>(place.stream)].bytes);
    if (place.offset >= bytes.size()) return {};
    Value made = Parser(bytes, place.offset, allowance_).value();
    return made.is(Value::Kind::reference) ? Value{} : made;
}

}  // namespace stageclock::pdf
