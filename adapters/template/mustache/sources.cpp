// SPDX-License-Identifier: MIT
#include "adapters/template/mustache/sources.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace stageclock::mustache_template {
namespace {

namespace fs = std::filesystem;

struct Tag {
    std::size_t begin = 0;  // of the opening braces
    std::size_t end = 0;    // behind the closing ones
    char sign = ' ';        // '#', '^', '/', '!', '>', '=', '&', '{', or ' ' for a plain name
    std::string_view name;
};

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// The next tag at or after `from`; `begin` is npos when there is none, `end` when it is unclosed.
Tag next_tag(std::string_view text, std::size_t from) {
    Tag tag;
    tag.begin = text.find("{{", from);
    if (tag.begin == std::string_view::npos) return tag;
    const std::size_t inside = tag.begin + 2;
    constexpr std::string_view signs = "#^/!>=&{";
    if (inside < text.size() && signs.find(text[inside]) != std::string_view::npos) {
        tag.sign = text[inside];
    }
    const std::string_view closing = tag.sign == '{' ? "}}}" : "}}";
    const std::size_t close = text.find(closing, inside);
    tag.end = close == std::string_view::npos ? close : close + closing.size();
    if (close == std::string_view::npos) return tag;
    const std::size_t start = tag.sign == ' ' ? inside : inside + 1;
    tag.name = trimmed(text.substr(start, close - start));
    return tag;
}

// Where a tag that is alone on its line begins and ends with that line; the tag itself otherwise.
std::pair<std::size_t, std::size_t> reach(std::string_view text, const Tag& tag) {
    constexpr std::string_view shown = " {&";  // tags that stand for text of their own
    const std::pair<std::size_t, std::size_t> only{tag.begin, tag.end};
    if (shown.find(tag.sign) != std::string_view::npos) return only;
    std::size_t first = tag.begin;
    while (first > 0 && (text[first - 1] == ' ' || text[first - 1] == '\t')) --first;
    if (first > 0 && text[first - 1] != '\n') return only;
    const std::size_t last = std::min(text.find_first_not_of(" \t\r", tag.end), text.size());
    if (last < text.size() && text[last] != '\n') return only;
    return {first, std::min(last + 1, text.size())};
}

class Expansion {
public:
    Expansion(const Sources& sources, bool html, std::vector<std::string>& problems)
        : sources_(sources), html_(html), problems_(problems) {}

    std::string run(const std::string& name) {
        const std::string& text = sources_.find(name)->second;
        open_.push_back(name);
        std::string out;
        std::size_t at = 0;
        for (Tag tag = next_tag(text, 0); tag.begin != std::string_view::npos;
             tag = next_tag(text, tag.end)) {
            if (!acceptable(name, text, tag)) break;
            const auto [first, last] = reach(text, tag);
            out.append(text, at, first - at);
            out += replacement(name, text, tag, last > tag.end);
            at = last;
        }
        out.append(text, std::min(at, text.size()));
        open_.pop_back();
        return out;
    }

private:
    bool acceptable(const std::string& name, std::string_view text, const Tag& tag) {
        std::string_view what;
        if (tag.end == std::string_view::npos) {
            what = "unclosed tag";
        } else if (tag.sign == '=') {
            what = "other delimiters than {{ and }} are not supported";
        } else if (html_ && (tag.sign == '{' || tag.sign == '&')) {
            what = "HTML must be escaped: use {{name}}";
        }
        if (!what.empty()) problems_.push_back(placed(name, text, tag.begin, what));
        return what.empty();
    }

    std::string replacement(const std::string& name, std::string_view text, const Tag& tag,
                            bool whole_line) {
        if (tag.sign == '!') return {};
        if (tag.sign != '>') return std::string(text.substr(tag.begin, tag.end - tag.begin));
        const std::string partial(tag.name);
        if (!sources_.contains(partial)) {
            problems_.push_back(
                placed(name, text, tag.begin, "there is no partial \"" + partial + "\""));
            return {};
        }
        if (std::find(open_.begin(), open_.end(), partial) != open_.end()) {
            problems_.push_back(
                placed(name, text, tag.begin, "the partial \"" + partial + "\" includes itself"));
            return {};
        }
        std::string inner = run(partial);
        if (whole_line && !inner.empty() && inner.back() != '\n') inner.push_back('\n');
        return inner;
    }

    const Sources& sources_;
    bool html_;
    std::vector<std::string>& problems_;
    std::vector<std::string> open_;  // the files being put in place, outermost first
};

bool is_template(const fs::path& path) {
    constexpr std::array<std::string_view, 5> endings{".txt", ".html", ".subject", ".ics", ".json"};
    return !path.filename().string().starts_with('.') &&
           std::find(endings.begin(), endings.end(), path.extension().string()) != endings.end();
}

}  // namespace

bool is_html(std::string_view name) { return name.ends_with(".html"); }
bool is_json(std::string_view name) { return name.ends_with(".json"); }

Result<Sources> read_sources(const std::string& folder) {
    Sources sources;
    std::error_code failed;
    fs::recursive_directory_iterator entries(folder, failed);
    if (failed)
        return Error{Code::not_found, "cannot read the templates: " + failed.message(), folder};
    while (entries != fs::recursive_directory_iterator()) {
        const fs::path path = entries->path();
        if (entries->is_regular_file(failed) && is_template(path)) {
            std::ifstream file(path, std::ios::binary);
            std::string text((std::istreambuf_iterator<char>(file)), {});
            if (!file) return Error{Code::unavailable, "cannot read this template", path.string()};
            std::erase(text, '\r');
            sources.emplace(path.lexically_relative(folder).generic_string(), std::move(text));
        }
        entries.increment(failed);
        if (failed) return Error{Code::unavailable, failed.message(), folder};
    }
    return sources;
}

std::string placed(std::string_view name, std::string_view text, std::size_t offset,
                   std::string_view what) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t newline = before.rfind('\n');
    const std::size_t column =
        newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
    return std::string(name) + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " +
           std::string(what);
}

std::string expanded(const Sources& sources, std::string_view name,
                     std::vector<std::string>& problems) {
    return Expansion(sources, is_html(name), problems).run(std::string(name));
}

}  // namespace stageclock::mustache_template
