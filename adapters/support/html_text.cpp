// SPDX-License-Identifier: MIT
#include "adapters/support/html_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <vector>

#include "adapters/support/html_quote.h"
#include "adapters/support/mail_text.h"
#include "bot/core/reply.h"

// A reader, not a parser: it knows where a tag ends and which tags break a line. What browsers
// mend it reads as text, which is the safe side.
namespace stageclock::mail {
namespace {

std::string lower(std::string_view text) {
    std::string made(text);
    std::ranges::transform(made, made.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return made;
}

struct Tag {
    std::string name;  // lower case
    bool closing = false;
    std::string_view attributes;  // as they stand, up to the ">"
};

bool among(std::string_view name, const auto& names) {
    return std::ranges::find(names, name) != names.end();
}

class HtmlReader {
public:
    // `containers`: what mail programs wrap around quotations is quoted.
    HtmlReader(std::string_view html, bool containers) : html_(html), containers_(containers) {}

    std::string read() {
        while (at_ < html_.size()) {
            if (html_[at_] == '<' && take_markup()) continue;
            if (html_[at_] == '&' && take_entity()) continue;
            put(html_[at_++]);
        }
        end_line();
        return std::move(text_);
    }

private:
    // Comments and tags; false when the "<" is text ("a < b").
    bool take_markup() {
        const auto rest = html_.substr(at_);
        if (rest.starts_with("<!--")) {
            const auto end = html_.find("-->", at_ + 4);
            at_ = end == std::string_view::npos ? html_.size() : end + 3;
            return true;
        }
        const bool tag = rest.size() > 1 && (std::isalpha(static_cast<unsigned char>(rest[1])) !=
                                             0 || rest[1] == '/' || rest[1] == '!' ||
                                             rest[1] == '?');
        if (!tag) return false;
        const auto found = read_tag();
        if (!found.closing && (found.name == "script" || found.name == "style" ||
                               found.name == "title" || found.name == "head"))
            skip_to_end_of(found.name);
        else
            take_tag(found);
        return true;
    }

    Tag read_tag() {
        Tag tag;
        ++at_;
        if (at_ < html_.size() && html_[at_] == '/') {
            tag.closing = true;
            ++at_;
        }
        const auto start = at_;
        while (at_ < html_.size() && std::isalnum(static_cast<unsigned char>(html_[at_])) != 0)
            ++at_;
        tag.name = lower(html_.substr(start, at_ - start));
        char quote = 0;
        const auto attributes = at_;
        for (; at_ < html_.size(); ++at_) {
            const char c = html_[at_];
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                break;
            }
        }
        tag.attributes = html_.substr(attributes, at_ - attributes);
        if (at_ < html_.size()) ++at_;
        return tag;
    }

    void skip_to_end_of(const std::string& name) {
        const auto closing = "</" + name;
        for (auto end = html_.find("</", at_); end != std::string_view::npos;
             end = html_.find("</", end + 2)) {
            if (lower(html_.substr(end, closing.size())) != closing) continue;
            at_ = html_.find('>', end);
            at_ = at_ == std::string_view::npos ? html_.size() : at_ + 1;
            return;
        }
        at_ = html_.size();
    }

    void take_tag(const Tag& tag) {
        static constexpr auto empty = std::to_array<std::string_view>(
            {"br", "img", "meta", "input", "link", "wbr", "col", "area", "base"});
        if (tag.closing) {
            break_at(tag);
            close(tag.name);
            return;
        }
        const auto what = containers_ ? container_of(tag.name, tag.attributes) : Container::none;
        if (what != Container::none) end_line();
        break_at(tag);
        if (what == Container::rest) rest_ = true;
        if (among(tag.name, empty) || tag.name == "hr" || open_.size() >= deepest) return;
        const bool quotes = what == Container::element;
        open_.push_back({tag.name, quotes});
        quoting_ += quotes ? 1 : 0;
    }

    // Closes the innermost element of that name, and what was left open in it.
    void close(const std::string& name) {
        const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                        [&](const Open& each) { return each.name == name; });
        if (found == open_.rend()) return;
        while (true) {
            const bool last = open_.back().name == name;
            if (open_.back().quotes) {
                end_line();
                --quoting_;
            }
            open_.pop_back();
            if (last) return;
        }
    }

    bool quoted() const { return depth_ > 0 || quoting_ > 0 || rest_; }

    void break_at(const Tag& tag) {
        static constexpr auto blocks = std::to_array<std::string_view>(
            {"p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre",
             "blockquote", "hr", "body", "section", "article", "header", "footer"});
        if (tag.name == "br") return new_line();
        if (tag.name == "td" || tag.name == "th") {
            if (!line_.empty()) put(' ');
            return;
        }
        if (!among(tag.name, blocks)) return;
        end_line();
        if (tag.name == "blockquote") depth_ = std::max(0, depth_ + (tag.closing ? -1 : 1));
        if (tag.name == "p" && tag.closing) blank_line();
    }

    // Letters and "#" up to a semicolon; anything else is an ampersand.
    bool take_entity() {
        constexpr std::size_t longest = 10;
        const auto end = html_.substr(at_, longest).find(';');
        if (end == std::string_view::npos) return false;
        const auto name = html_.substr(at_ + 1, end - 1);
        const auto code = name.starts_with('#') ? number_of(name.substr(1)) : named(name);
        if (code == 0) return false;
        append_utf8(line_, code);
        at_ += end + 1;
        return true;
    }

    static char32_t number_of(std::string_view digits) {
        int base = 10;
        if (digits.starts_with('x') || digits.starts_with('X')) {
            digits.remove_prefix(1);
            base = 16;
        }
        unsigned value = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
        if (error != std::errc{} || end != digits.data() + digits.size() || value > 0x10FFFF)
            return 0;
        return value;
    }

    static char32_t named(std::string_view name) {
        struct Entity {
            std::string_view name;
            char32_t code;
        };
        static constexpr auto entities = std::to_array<Entity>(
            {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '},
             {"pound", 0xA3}, {"copy", 0xA9}, {"reg", 0xAE}, {"ndash", 0x2013}, {"mdash", 0x2014},
             {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D},
             {"hellip", 0x2026}, {"bull", 0x2022}, {"middot", 0xB7}, {"eacute", 0xE9},
             {"egrave", 0xE8}, {"euro", 0x20AC}, {"zwnj", 0x200C}, {"shy", 0xAD}});
        const auto found = std::ranges::find(entities, name, &Entity::name);
        return found == entities.end() ? 0 : found->code;
    }

    void put(char c) {
        const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!space) line_ += c;
        else if (!line_.empty() && line_.back() != ' ') line_ += ' ';
    }

    void new_line() {
        while (line_.ends_with(' ')) line_.pop_back();
        if (quoted()) text_ += "> ";
        text_ += line_ + '\n';
        line_.clear();
    }
    void end_line() {
        if (line_.find_first_not_of(' ') != std::string::npos) new_line();
        line_.clear();
    }
    void blank_line() {
        if (!text_.empty() && !text_.ends_with("\n\n")) text_ += quoted() ? ">\n" : "\n";
    }

    std::string_view html_;
    std::size_t at_ = 0;
    std::string text_;
    std::string line_;
    int depth_ = 0;  // of quoted blocks
    bool containers_;
    static constexpr std::size_t deepest = 200;
    struct Open {
        std::string name;
        bool quotes = false;
    };
    std::vector<Open> open_;
    int quoting_ = 0;    // open elements that mail programs quote in
    bool rest_ = false;  // everything from here on is quoted
};

}  // namespace

std::string text_of_html(std::string_view html) { return HtmlReader(html, false).read(); }

std::string text_of_reply(std::string_view html) {
    auto text = HtmlReader(html, true).read();
    return new_text(text).empty() ? text_of_html(html) : text;
}

}  // namespace stageclock::mail
