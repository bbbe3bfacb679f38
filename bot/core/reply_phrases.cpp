// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "bot/core/reply_parts.h"

// The words and labels people may write, as docs/adapters/mail-in.md lists them.
namespace stageclock::reply {
namespace {

constexpr auto all_phrases = std::to_array<Phrase>({
    {"ack", UpdateKind::acknowledge, Opens::never},
    {"acknowledge", UpdateKind::acknowledge},
    {"acknowledged", UpdateKind::acknowledge},
    {"acknowledging", UpdateKind::acknowledge},
    {"acknowledging receipt", UpdateKind::acknowledge},
    {"confirm receipt", UpdateKind::acknowledge},
    {"confirming receipt", UpdateKind::acknowledge},
    {"message received", UpdateKind::acknowledge},
    {"received", UpdateKind::acknowledge},
    {"seen", UpdateKind::acknowledge, Opens::never},
    {"noted", UpdateKind::acknowledge},
    {"resolved", UpdateKind::resolve},
    {"this is resolved", UpdateKind::resolve},
    {"this is now resolved", UpdateKind::resolve},
    {"this has been resolved", UpdateKind::resolve},
    {"the case is resolved", UpdateKind::resolve},
    {"the case has been resolved", UpdateKind::resolve},
    {"the matter is resolved", UpdateKind::resolve},
    {"the matter has been resolved", UpdateKind::resolve},
    {"this matter is resolved", UpdateKind::resolve},
    {"this matter has been resolved", UpdateKind::resolve},
    {"the disagreement is resolved", UpdateKind::resolve},
    {"the disagreement has been resolved", UpdateKind::resolve},
    {"case resolved", UpdateKind::resolve},
    {"matter resolved", UpdateKind::resolve},
    {"disagreement resolved", UpdateKind::resolve},
    {"we have agreed", UpdateKind::resolve, Opens::freely},
    {"we've agreed", UpdateKind::resolve, Opens::freely},
    {"it has been agreed", UpdateKind::resolve, Opens::freely},
    {"escalate", UpdateKind::escalate},
    {"we could not agree", UpdateKind::escalate, Opens::freely},
    {"we cannot agree", UpdateKind::escalate, Opens::freely},
    {"we can't agree", UpdateKind::escalate, Opens::freely},
    {"we couldn't agree", UpdateKind::escalate, Opens::freely},
    {"we do not agree", UpdateKind::escalate, Opens::freely},
    {"we don't agree", UpdateKind::escalate, Opens::freely},
    {"we did not agree", UpdateKind::escalate, Opens::freely},
    {"we have not agreed", UpdateKind::escalate, Opens::freely},
    {"no agreement", UpdateKind::escalate},
    {"not agreed", UpdateKind::escalate},
    {"we were unable to agree", UpdateKind::escalate, Opens::freely},
    {"we are unable to agree", UpdateKind::escalate, Opens::freely},
    {"unable to agree", UpdateKind::escalate},
    {"could not agree", UpdateKind::escalate},
    {"agreement was not reached", UpdateKind::escalate},
    {"agreement could not be reached", UpdateKind::escalate},
    {"disagree", UpdateKind::escalate, Opens::never},
    {"still disagree", UpdateKind::escalate, Opens::never},
    {"do not agree", UpdateKind::escalate, Opens::never},
    {"don't agree", UpdateKind::escalate, Opens::never},
    {"wish to escalate", UpdateKind::escalate},
    {"would like to escalate", UpdateKind::escalate},
    {"want to escalate", UpdateKind::escalate},
    {"escalating", UpdateKind::escalate},
    {"withdraw", UpdateKind::withdraw},
    {"withdrawn", UpdateKind::withdraw},
    {"we withdraw", UpdateKind::withdraw},
    {"wish to withdraw", UpdateKind::withdraw},
    {"would like to withdraw", UpdateKind::withdraw},
    {"want to withdraw", UpdateKind::withdraw},
    {"withdrawing", UpdateKind::withdraw},
    {"urgent", UpdateKind::mark_urgent, Opens::never},
    {"mark urgent", UpdateKind::mark_urgent},
    {"mark as urgent", UpdateKind::mark_urgent},
    {"mark this as urgent", UpdateKind::mark_urgent},
    {"mark this urgent", UpdateKind::mark_urgent},
    {"this is urgent", UpdateKind::mark_urgent, Opens::never},
    {"this is now urgent", UpdateKind::mark_urgent},
    {"now urgent", UpdateKind::mark_urgent},
    {"not urgent", UpdateKind::mark_standard},
    {"no longer urgent", UpdateKind::mark_standard},
    {"this is not urgent", UpdateKind::mark_standard},
    {"this is no longer urgent", UpdateKind::mark_standard},
    {"mark not urgent", UpdateKind::mark_standard},
    {"mark this not urgent", UpdateKind::mark_standard},
    {"mark this as not urgent", UpdateKind::mark_standard},
    {"mark this as no longer urgent", UpdateKind::mark_standard},
    {"mark as no longer urgent", UpdateKind::mark_standard},
    {"mark as not urgent", UpdateKind::mark_standard},
    {"recorded", UpdateKind::attest, Opens::never},
    {"on file", UpdateKind::attest, Opens::never},
    {"recorded on file", UpdateKind::attest, Opens::never},
    {"recorded on our file", UpdateKind::attest, Opens::never},
    {"on our file", UpdateKind::attest, Opens::never},
    {"confirmed", UpdateKind::confirm_outcome, Opens::never},
    {"outcome confirmed", UpdateKind::confirm_outcome},
    {"reopen", UpdateKind::reopen},
    {"re open", UpdateKind::reopen},
});

}  // namespace

std::span<const Phrase> phrases() { return all_phrases; }

std::optional<Action> action_of_label(std::string_view name, const Policy* policy) {
    struct Label {
        std::string_view text;
        UpdateKind kind;
        std::string_view mode = {};
    };
    static constexpr auto labels = std::to_array<Label>({
        {"acknowledged", UpdateKind::acknowledge},
        {"resolved", UpdateKind::resolve},
        {"agreed", UpdateKind::resolve},
        {"agreed outcome", UpdateKind::resolve},
        {"outcome agreed", UpdateKind::resolve},
        {"we have agreed", UpdateKind::resolve},
        {"escalate", UpdateKind::escalate},
        {"escalated", UpdateKind::escalate},
        {"please escalate", UpdateKind::escalate},
        {"withdraw", UpdateKind::withdraw},
        {"withdrawn", UpdateKind::withdraw},
        {"discussed", UpdateKind::discuss},
        {"discussion", UpdateKind::discuss},
        {"discussed by telephone", UpdateKind::discuss, "telephone"},
        {"discussed by phone", UpdateKind::discuss, "telephone"},
        {"discussed by email", UpdateKind::discuss, "email"},
        {"discussed in a meeting", UpdateKind::discuss, "meeting"},
        {"discussed at a meeting", UpdateKind::discuss, "meeting"},
        {"decision", UpdateKind::decide},
        {"decided", UpdateKind::decide},
        {"confirmed", UpdateKind::confirm_outcome},
        {"recorded", UpdateKind::attest},
        {"on file", UpdateKind::attest},
        {"reopen", UpdateKind::reopen},
    });
    for (const auto& label : labels)
        if (label.text == name) return Action{label.kind, "", std::string(label.mode)};
    if (policy == nullptr) return std::nullopt;
    for (const auto& event : policy->events)
        for (const auto& word : event.words)
            if (folded(word) == name) return Action{UpdateKind::report_event, event.id, ""};
    return std::nullopt;
}

bool denies(std::string_view value) {
    const auto said = folded(value);
    constexpr auto whole = std::to_array<std::string_view>(
        {"no", "no.", "none", "n/a", "never", "nothing", "nothing yet", "not"});
    return std::ranges::find(whole, said) != whole.end() || said.starts_with("not ") ||
           said.starts_with("no,") || said.starts_with("no -");
}

std::optional<bool> yes_or_no(std::string_view value) {
    std::size_t at = 0;
    const auto word = next_word(value, at);
    if (word == "yes" || word == "y" || word == "true") return true;
    if (word == "no" || word == "n" || word == "false" || word == "not") return false;
    return std::nullopt;
}

}  // namespace stageclock::reply
