// SPDX-License-Identifier: MIT
#include "adapters/inbox/imap/response.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace stageclock::imap {
namespace {

constexpr std::array<std::string_view, 5> statuses{"OK", "NO", "BAD", "BYE", "PREAUTH"};
// The data we ask for. What a server adds of its own is nothing to fail on.
constexpr std::array<std::string_view, 3> understood{"FETCH", "SEARCH", "CAPABILITY"};
const Error nonsense{Code::unavailable, "the mail server's answer is not IMAP", ""};
const Error too_large{Code::unavailable, "the mail server's answer is too large", ""};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string uppered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), upper);
    return out;
}

// The word up to the next space, taken off the front with the space.
std::string_view take_word(std::string_view& text) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

// Free text may end in anything: only these may not announce a literal.
bool is_status(std::string_view line) {
    const auto tag = take_word(line);
    const auto word = uppered(take_word(line));
    return tag == "+" || std::find(statuses.begin(), statuses.end(), word) != statuses.end();
}

// The size a line announces at its end, "{12}" or "{12+}" (RFC 3501 section 4.3, RFC 7888).
Result<std::optional<std::size_t>> announced(std::string_view line) {
    if (line.empty() || line.back() != '}') return std::optional<std::size_t>();
    const auto open = line.rfind('{');
    if (open == std::string_view::npos) return std::optional<std::size_t>();
    auto digits = line.substr(open + 1, line.size() - open - 2);
    if (!digits.empty() && digits.back() == '+') digits.remove_suffix(1);
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::optional<std::size_t>();
    std::uint64_t size = 0;
    const auto end = digits.data() + digits.size();
    if (std::from_chars(digits.data(), end, size).ec != std::errc{}) return too_large;
    if (size > std::numeric_limits<std::uint32_t>::max()) return too_large;
    return std::optional(static_cast<std::size_t>(size));
}

// Whether an atom that goes on with a bracket names a part of a mail.
bool is_section(std::string_view atom) {
    const auto word = uppered(atom);
    return word == "BODY" || word == "BINARY" || word == "BINARY.SIZE";
}

// The values of one response; `lines` are its text around the literals.
class Values {
public:
    Values(std::vector<std::string_view> lines, std::vector<std::string_view> literals, int depth)
        : lines_(std::move(lines)), literals_(std::move(literals)), deepest_(depth) {}

    Result<std::vector<Value>> read() {
        Value all{Value::Kind::list, "", {}};
        if (!read_list(all, 0) || !rest().empty()) return nonsense;
        return std::move(all.items);
    }

private:
    std::string_view rest() const { return lines_[line_].substr(at_); }

    // Reads up to the end, or up to the parenthesis that closes this list.
    bool read_list(Value& list, int depth) {
        if (depth > deepest_) return false;
        while (true) {
            if (rest().empty()) return depth == 0;
            const char c = rest().front();
            if (c == ' ') {
                ++at_;
            } else if (c == ')') {
                ++at_;
                return depth > 0;
            } else if (c == '(') {
                ++at_;
                list.items.push_back({Value::Kind::list, "", {}});
                if (!read_list(list.items.back(), depth + 1)) return false;
            } else if (!read_value(list.items)) {
                return false;
            }
        }
    }

    bool read_value(std::vector<Value>& into) {
        if (rest().front() == '"') return read_quoted(into);
        // The announcement stands at the end of every line but the last, and nowhere else.
        const auto open = line_ + 1 < lines_.size() ? rest().rfind('{') : std::string_view::npos;
        if (open == 0 || (open == 1 && rest().front() == '~')) {
            into.push_back({Value::Kind::text, std::string(literals_[line_]), {}});
            ++line_;
            at_ = 0;
            return true;
        }
        return read_atom(into);
    }

    bool read_quoted(std::vector<Value>& into) {
        Value value{Value::Kind::text, "", {}};
        for (++at_; !rest().empty(); ++at_) {
            if (rest().front() == '"') {
                ++at_;
                into.push_back(std::move(value));
                return true;
            }
            if (rest().front() == '\\') ++at_;
            if (rest().empty()) return false;
            value.text += rest().front();
        }
        return false;
    }

    // An atom may have brackets with anything in them: BODY[HEADER.FIELDS (FROM TO)]<0>.
    bool read_atom(std::vector<Value>& into) {
        std::size_t length = 0;
        bool inside = false;
        for (const char c : rest()) {
            if (!inside && (c == ' ' || c == '(' || c == ')' || c == '"' || c == '{')) break;
            if (c == '[') inside = is_section(rest().substr(0, length));
            if (c == ']') inside = false;
            ++length;
        }
        if (length == 0 || inside) return false;
        into.push_back({Value::Kind::atom, std::string(rest().substr(0, length)), {}});
        at_ += length;
        return true;
    }

    std::vector<std::string_view> lines_;
    std::vector<std::string_view> literals_;
    int deepest_;
    std::size_t line_ = 0;
    std::size_t at_ = 0;
};

// "[UIDNEXT 4] Predicted next UID": the code is optional.
void read_status(std::string_view rest, Response& response) {
    if (rest.starts_with('[')) {
        const auto end = rest.find(']');
        if (end != std::string_view::npos) {
            response.code = rest.substr(1, end - 1);
            rest.remove_prefix(end + 1);
            if (rest.starts_with(' ')) rest.remove_prefix(1);
        }
    }
    response.text = rest;
}

Result<Response> parsed(std::vector<std::string_view> lines, std::vector<std::string_view> literals,
                        int depth) {
    Response response;
    auto& first = lines.front();
    const bool status = is_status(first);
    response.tag = take_word(first);
    if (response.tag.empty()) return nonsense;
    if (response.tag == "+") {
        response.text = first;
        return response;
    }
    auto word = take_word(first);
    if (const auto number = number_of(word)) {
        response.number = *number;
        word = take_word(first);
    }
    response.word = uppered(word);
    if (response.word.empty()) return nonsense;
    if (status) {
        read_status(first, response);
        return response;
    }
    if (response.tag != "*") return nonsense;
    if (std::find(understood.begin(), understood.end(), response.word) == understood.end())
        return response;
    auto values = Values(std::move(lines), std::move(literals), depth).read();
    if (!values) return values.error();
    response.values = *std::move(values);
    return response;
}

}  // namespace

Result<std::optional<Response>> ResponseReader::next() {
    while (true) {
        const auto end = buffer_.find('\n', std::max(scanned_, line_));
        if (end == std::string::npos) {
            scanned_ = buffer_.size();
            const auto text = buffer_.size() - std::min(buffer_.size(), literal_bytes_);
            if (line_ <= buffer_.size() && text > limits_.line) return too_large;
            return std::optional<Response>();
        }
        scanned_ = end + 1;
        if (end + 1 - literal_bytes_ > limits_.line) return too_large;
        const auto whole = std::string_view(buffer_);
        auto line = whole.substr(line_, end - line_);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        const bool free_text = literals_.empty() && is_status(line);
        const auto size = free_text ? Result(std::optional<std::size_t>()) : announced(line);
        if (!size) return size.error();
        if (*size) {
            literal_bytes_ += **size;
            if (literal_bytes_ > limits_.literal || literals_.size() >= 1000) return too_large;
            literals_.push_back({end + 1, **size});
            line_ = end + 1 + **size;
            continue;
        }
        std::vector<std::string_view> lines;
        std::vector<std::string_view> literals;
        std::size_t at = 0;
        for (const auto& literal : literals_) {
            auto before = whole.substr(at, literal.at - 1 - at);
            if (!before.empty() && before.back() == '\r') before.remove_suffix(1);
            lines.push_back(before);
            literals.push_back(whole.substr(literal.at, literal.size));
            at = literal.at + literal.size;
        }
        lines.push_back(line);
        auto response = parsed(std::move(lines), std::move(literals), limits_.depth);
        buffer_.erase(0, end + 1);
        forget();
        if (!response) return response.error();
        return std::optional(*std::move(response));
    }
}

void ResponseReader::forget() {
    line_ = 0;
    scanned_ = 0;
    literal_bytes_ = 0;
    literals_.clear();
}

const Value* item(const Value& pairs, std::string_view name) {
    for (std::size_t i = 0; i + 1 < pairs.items.size(); i += 2) {
        if (uppered(pairs.items[i].text) == uppered(name)) return &pairs.items[i + 1];
    }
    return nullptr;
}

std::optional<std::uint32_t> number_of(std::string_view text) {
    std::uint32_t number = 0;
    const auto end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, number);
    if (text.empty() || failure != std::errc{} || stop != end) return std::nullopt;
    return number;
}

}  // namespace stageclock::imap
