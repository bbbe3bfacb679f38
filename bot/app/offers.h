// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/decide.h"

// What the reader of a notice may answer: the words in its mail and the choices on its page are
// these. Pure.
namespace stageclock {

struct Offer {
    std::string event;   // the policy's word for what it makes happen: "resolved"
    std::string word;    // what a mail begins with: "resolved:"
    std::string then;    // what follows it: "what was agreed"; empty: nothing has to
    std::string effect;  // what it does: "every clock of the case stops"
};

// In the order in which they are offered; empty when nothing is asked of the reader. An escalation
// is among them only where it would be taken.
std::vector<Offer> offers(const Notice& notice, const Case& the_case, const Rules& rules);

// How a button or a choice is called: "resolved:" -> "Resolved", "line-manager-told" -> "Line
// manager told".
std::string title_of(std::string_view word);

// What a page can take of it: a choice and a text. More (a date, a name, a panel) is for a mail.
struct OnPage {
    Update update;  // its kind, case, stage or event; the rest is the caller's
    bool needs_text = false;
};
std::optional<OnPage> on_page(const Offer& offer, const Case& the_case, const Rules& rules);

// Whether the case still stands where it stood when the notice was made, so that an answer to it
// means what it says: it has not left the stage, or what the notice asks for outlasts the stage.
bool still_stands(const Notice& notice, const Case& the_case, const Rules& rules);

}  // namespace stageclock
