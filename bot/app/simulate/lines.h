// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/app/simulate/played.h"

// A timeline as headed paragraphs: what text and Markdown have in common.
namespace stageclock::simulate {

struct Line {
    int depth = 0;  // 0: below the heading; 1: a detail of the line above
    std::string text;
};

struct Paragraph {
    std::string heading;
    std::vector<Line> lines;
};

// The title, then a paragraph for each instant, then the end. Instants before `from` are left out.
std::vector<Paragraph> describe(const Played& played, std::optional<Instant> from);

// A duty and how its deadline was counted: one line and its details.
void describe_duty(std::vector<Line>& lines, const DutyShown& duty, const std::string& what,
                   const Zone& zone);
// What a notice says, without to whom.
std::string describe_notice(const Notice& notice, const Zone& zone);
std::string describe_not_told(const NotTold& not_told, const Zone& zone);

// As text of at most 100 columns, and as Markdown; both end with a line end.
std::string as_text(const std::vector<Paragraph>& paragraphs);
std::string as_markdown(const std::vector<Paragraph>& paragraphs);

}  // namespace stageclock::simulate
