// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cctype>

#include "bot/core/directory.h"
#include "bot/core/reply_parts.h"

// What gateways, telephones and habits put around a text: warnings and protective markings above
// it, farewells, signatures and legal words below.
namespace stageclock::reply {
namespace {

bool is_blank(std::string_view line) { return trimmed(line).empty(); }

bool starts_with_any(std::string_view text, const auto& beginnings) {
    return std::ranges::any_of(beginnings,
                               [&](std::string_view each) { return text.starts_with(each); });
}

bool contains_any(std::string_view text, const auto& parts) {
    return std::ranges::any_of(
        parts, [&](std::string_view each) { return text.find(each) != std::string_view::npos; });
}

// A line of nothing but the one sign.
bool is_rule(std::string_view line, char sign) {
    const auto bare = trimmed(line);
    return bare.size() >= 10 && bare.find_first_not_of(sign) == std::string_view::npos;
}

constexpr auto legal = std::to_array<std::string_view>({"this email and any",
                                                        "this e-mail and any",
                                                        "this email is con",
                                                        "this e-mail is con",
                                                        "this message is con",
                                                        "this email (and any",
                                                        "this e-mail (and any",
                                                        "this message (and any",
                                                        "this message and any",
                                                        "this email, and any",
                                                        "this communication",
                                                        "this email may con",
                                                        "this e-mail may con",
                                                        "this message may con",
                                                        "this email contains",
                                                        "this e-mail contains",
                                                        "this message contains",
                                                        "this email is intended",
                                                        "this e-mail is intended",
                                                        "this message is intended",
                                                        "the information in this",
                                                        "the information contained in this",
                                                        "the contents of this e",
                                                        "the content of this e",
                                                        "disclaimer",
                                                        "confidentiality notice",
                                                        "confidentiality:",
                                                        "privileged and confidential",
                                                        "private and confidential:",
                                                        "if you have received this",
                                                        "if you are not the intended",
                                                        "please consider the environment",
                                                        "think before you print",
                                                        "this email has been scanned",
                                                        "this message has been scanned",
                                                        "this e-mail has been scanned",
                                                        "any views or opinions",
                                                        "mae'r e-bost hwn",
                                                        "mae'r neges hon"});

// Warnings gateways put above a mail from outside: how they begin, and how they go on.
constexpr auto banners = std::to_array<std::string_view>({"caution:",
                                                          "caution -",
                                                          "caution!",
                                                          "[caution",
                                                          "[external",
                                                          "external:",
                                                          "external email",
                                                          "external sender",
                                                          "external message",
                                                          "warning: this email",
                                                          "warning: external",
                                                          "warning: this message",
                                                          "you don't often get email from",
                                                          "some people who received this",
                                                          "this email originated from outside",
                                                          "this message originated from outside",
                                                          "this email originated outside",
                                                          "this message was sent from outside",
                                                          "this email was sent from outside",
                                                          "this message is from an external",
                                                          "this email is from an external",
                                                          "this email has come from outside",
                                                          "this email came from outside",
                                                          "this message came from outside",
                                                          "\u26a0",
                                                          "rhybudd:",
                                                          "zjqcmqryfpfptbannerstart"});
constexpr auto more_of_banner = std::to_array<std::string_view>({"originated from outside",
                                                                 "originated outside",
                                                                 "external sender",
                                                                 "external email",
                                                                 "do not click",
                                                                 "don't click",
                                                                 "unless you recogni",
                                                                 "do not open",
                                                                 "content is safe",
                                                                 "contents are safe",
                                                                 "think before you click",
                                                                 "report phishing",
                                                                 "report suspicious",
                                                                 "learn why this is important",
                                                                 "be cautious",
                                                                 "exercise caution",
                                                                 "take care when",
                                                                 "outside of the organi",
                                                                 "outside the organi",
                                                                 "outside your organi",
                                                                 "outside of your organi",
                                                                 "verify the sender",
                                                                 "links or attachments",
                                                                 "attachments or links",
                                                                 "if in doubt",
                                                                 "if you are unsure",
                                                                 "zjqcmqryfpfptbanner"});

// "OFFICIAL", "[OFFICIAL-SENSITIVE]", "Classification: OFFICIAL - SENSITIVE [PERSONAL]".
bool is_marking(std::string_view line) {
    static constexpr auto words = std::to_array<std::string_view>({"official",
                                                                   "sensitive",
                                                                   "personal",
                                                                   "commercial",
                                                                   "protect",
                                                                   "restricted",
                                                                   "confidential",
                                                                   "nhs",
                                                                   "police",
                                                                   "council",
                                                                   "internal",
                                                                   "marking",
                                                                   "classification",
                                                                   "protective",
                                                                   "protectively",
                                                                   "marked",
                                                                   "not",
                                                                   "classified",
                                                                   "as",
                                                                   "this",
                                                                   "email",
                                                                   "has",
                                                                   "been",
                                                                   "data",
                                                                   "and",
                                                                   "only",
                                                                   "use",
                                                                   "unclassified",
                                                                   "swyddogol",
                                                                   "sensitif"});
    static constexpr auto marks =
        std::to_array<std::string_view>({"official", "not protectively marked", "restricted",
                                         "nhs confidential", "swyddogol", "protect"});
    const auto said = plain(line);
    if (said.size() > 80 || !contains_any(said, marks)) return false;
    std::size_t at = 0;
    for (auto word = next_word(said, at); !word.empty(); word = next_word(said, at))
        if (std::ranges::find(words, word) == words.end()) return false;
    return true;
}

bool is_farewell(std::string_view line) {
    static constexpr auto farewells = std::to_array<std::string_view>({"kind regards",
                                                                       "best regards",
                                                                       "warm regards",
                                                                       "kindest regards",
                                                                       "regards",
                                                                       "many thanks",
                                                                       "thanks",
                                                                       "thank you",
                                                                       "with thanks",
                                                                       "best wishes",
                                                                       "best",
                                                                       "yours sincerely",
                                                                       "yours faithfully",
                                                                       "cheers",
                                                                       "kr",
                                                                       "diolch",
                                                                       "cofion",
                                                                       "cofion gorau",
                                                                       "with kind regards",
                                                                       "with best wishes",
                                                                       "with regards",
                                                                       "warmest regards",
                                                                       "thanks and regards",
                                                                       "thanks & regards",
                                                                       "many thanks and regards",
                                                                       "thanks again",
                                                                       "thanks in advance",
                                                                       "thanking you",
                                                                       "all the best",
                                                                       "yours truly",
                                                                       "yours",
                                                                       "sincerely",
                                                                       "rgds",
                                                                       "diolch yn fawr",
                                                                       "mit freundlichen grüßen",
                                                                       "viele grüße",
                                                                       "cordialement",
                                                                       "bien cordialement",
                                                                       "pozdrawiam",
                                                                       "med venlig hilsen",
                                                                       "met vriendelijke groet",
                                                                       "saludos",
                                                                       "atentamente"});
    const auto said = plain(line);
    if (std::ranges::count(said, ' ') > 3) return false;
    return std::ranges::any_of(farewells, [&](std::string_view each) {
        if (!said.starts_with(each)) return false;
        const auto after = said.substr(each.size());
        return after.empty() || after.find_first_of(",.!-") == 0;
    });
}

// How many lines a banner takes from `at` on; 0: none stands there. A banner is never taken to go
// on up to an empty line: the answer may stand right below it.
std::size_t banner_at(const Lines& lines, std::size_t at) {
    constexpr std::size_t wrapped_from = 60;
    if (is_marking(lines[at])) return 1;
    if (!starts_with_any(plain(lines[at]), banners)) return 0;
    std::size_t end = at + 1;
    while (end < lines.size() && !is_blank(lines[end])) {
        const auto& above = lines[end - 1];
        const char first = trimmed(lines[end]).front();
        const bool wrapped = above.size() >= wrapped_from && first >= 'a' && first <= 'z';
        if (!wrapped && !contains_any(plain(lines[end]), more_of_banner)) break;
        ++end;
    }
    return end - at;
}

}  // namespace

bool begins_signature(const Lines& lines, std::size_t at) {
    static constexpr auto devices = std::to_array<std::string_view>(
        {"sent from my ",    "sent from outlook", "sent from mail for", "sent from yahoo",
         "sent from proton", "sent from samsung", "sent from aol",      "sent from the ",
         "sent via ",        "sent using ",       "get outlook for",    "download outlook for",
         "sent with proton", "get bluemail",      "anfonwyd o fy ",     "envoyé de mon ",
         "von meinem ",      "enviado desde mi ", "enviado do meu ",    "wysłane z "});
    const auto bare = trimmed(lines[at]);
    if (bare == "--" || is_rule(bare, '*') || is_rule(bare, '#')) return true;
    const auto said = plain(bare);
    // A line that begins small goes on with a sentence: "the letter was / sent from the school".
    const bool begins = !bare.empty() && (bare.front() < 'a' || bare.front() > 'z');
    const bool closes = starts_with_any(said, devices) || starts_with_any(said, legal);
    if (closes && (begins || said.starts_with("sent from my "))) return true;
    const bool rule = is_rule(bare, '_') || is_rule(bare, '-') || is_rule(bare, '=');
    for (std::size_t i = at + 1; rule && i < lines.size() && i < at + 4; ++i)
        if (starts_with_any(plain(lines[i]), legal)) return true;
    return false;
}

void drop_banners(Lines& lines) {
    constexpr int most = 8;
    for (int n = 0; n < most; ++n) {
        const auto first = std::ranges::find_if_not(lines, is_blank);
        if (first == lines.end()) return;
        const auto at = static_cast<std::size_t>(first - lines.begin());
        const auto many = banner_at(lines, at);
        if (many == 0) break;
        lines.erase(lines.begin(), first + static_cast<std::ptrdiff_t>(many));
    }
    while (!lines.empty() && (is_blank(lines.back()) || is_marking(lines.back()))) lines.pop_back();
}

void cut_farewell(Lines& lines) {
    bool text_before = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (text_before && is_farewell(lines[i])) {
            const auto tail = joined(
                Lines(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end()), "\n");
            if (has_strong_word(tail) || count_labels(tail) > 1) return;
            lines.resize(i);
            return;
        }
        text_before = text_before || !is_blank(lines[i]);
    }
}

}  // namespace stageclock::reply
