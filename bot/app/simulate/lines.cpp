// SPDX-License-Identifier: MIT
#include "bot/app/simulate/lines.h"

namespace stageclock::simulate {
namespace {

constexpr std::size_t columns = 100;
constexpr std::size_t step = 4;

// Breaks at spaces; a line that goes on is set in by two more.
void add_wrapped(std::string& text, std::size_t indent, const std::string& line) {
    std::size_t at = 0, margin = indent;
    while (line.size() - at > columns - margin) {
        std::size_t end = line.rfind(' ', at + columns - margin);
        if (end == std::string::npos || end <= at) end = line.find(' ', at);
        if (end == std::string::npos) break;
        text.append(margin, ' ').append(line, at, end - at);
        while (!text.empty() && text.back() == ' ') text.pop_back();
        text += '\n';
        at = line.find_first_not_of(' ', end);
        if (at == std::string::npos) return;
        margin = indent + 2;
    }
    text.append(margin, ' ').append(line, at).append("\n");
}

// What Markdown would read as its own signs.
std::string escaped(const std::string& text) {
    std::string safe;
    for (const char letter : text) {
        if (std::string_view("\\`*_[]<>#|").find(letter) != std::string_view::npos) safe += '\\';
        safe += letter;
    }
    return safe;
}

}  // namespace

std::string as_text(const std::vector<Paragraph>& paragraphs) {
    std::string text;
    for (const Paragraph& paragraph : paragraphs) {
        if (!text.empty()) text += "\n";
        add_wrapped(text, 0, paragraph.heading);
        for (const Line& line : paragraph.lines) {
            add_wrapped(text, step * static_cast<std::size_t>(1 + line.depth), line.text);
        }
    }
    return text;
}

std::string as_markdown(const std::vector<Paragraph>& paragraphs) {
    std::string text;
    for (const Paragraph& paragraph : paragraphs) {
        text += (text.empty() ? "# " : "\n## ") + escaped(paragraph.heading) + "\n\n";
        for (const Line& line : paragraph.lines) {
            text.append(static_cast<std::size_t>(2 * line.depth), ' ');
            text += "- " + escaped(line.text) + "\n";
        }
    }
    return text;
}

}  // namespace stageclock::simulate
