// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/result.h"

namespace stageclock::mustache_template {

// The template files of a folder: text by path below it, with '/' between folders.
using Sources = std::map<std::string, std::string, std::less<>>;

// Reads every template below `folder`: files ending in .txt, .html, .subject, .ics and .json.
Result<Sources> read_sources(const std::string& folder);

bool is_html(std::string_view name);
bool is_json(std::string_view name);

// "email/stage-entered.txt:12:5: what"
std::string placed(std::string_view name, std::string_view text, std::size_t offset,
                   std::string_view what);

// The text of `name` with its partials put in place and its standalone tag lines removed (the
// library leaves an empty line behind a section that is not shown, and compiles partials anew at
// each use). Partials are named by their path: {{> email/parts/deadline.txt}}. Problems are added
// to `problems`: an unknown partial, a partial that includes itself, a change of delimiters, an
// unescaped name in HTML, an unclosed tag.
std::string expanded(const Sources& sources, std::string_view name,
                     std::vector<std::string>& problems);

}  // namespace stageclock::mustache_template
