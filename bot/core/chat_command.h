// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stageclock {

// What a sentence written to us in a chat asks for.
struct ChatCommand {
    enum class Kind { help, list, show, acknowledge, resolve, escalate, unclear };
    Kind kind = Kind::unclear;
    std::string ref;   // "CSCP-2026-0042", as its board writes it; empty: no case was named
    std::string text;  // resolve: what was agreed, escalate: why; may be empty
};

// Reads a sentence, with or without a mention of our name before it: "@stageclock please ack
// CSCP-2026-0042", "resolve cscp 2026 42: a joint visit". `prefixes` are those the boards write
// their references with. Pure and total. Hedges, questions, two cases and words of two kinds are
// unclear: nothing is done that was not asked for in so many words.
ChatCommand chat_command(std::string_view text, const std::vector<std::string>& prefixes);

// What people wrote, as it may go on the record: LF line ends, no control characters and no bytes
// that are not UTF-8, nothing but text at both ends.
std::string chat_text(std::string_view text);

}  // namespace stageclock
