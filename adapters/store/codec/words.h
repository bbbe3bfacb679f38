// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "bot/core/case.h"
#include "bot/core/notice.h"

// The words of enumerations, by one name for all of them.
namespace stageclock::codec {

inline std::string_view word_of(Audience audience) {
    switch (audience) {
        case Audience::officer: return "officer";
        case Audience::board: return "board";
        case Audience::chat: return "chat";
    }
    return "";
}
template <class Enum>
std::string_view word_of(Enum value) {
    return to_text(value);
}

inline bool parse_word(std::string_view text, Audience& value) {
    for (const Audience audience : {Audience::officer, Audience::board, Audience::chat}) {
        if (word_of(audience) != text) continue;
        value = audience;
        return true;
    }
    return false;
}
inline bool parse_word(std::string_view text, Status& value) {
    for (const Status status : {Status::open, Status::resolved, Status::withdrawn}) {
        if (to_text(status) != text) continue;
        value = status;
        return true;
    }
    return false;
}

template <class Enum>
bool take(std::optional<Enum> parsed, Enum& value) {
    if (parsed) value = *parsed;
    return parsed.has_value();
}
inline bool parse_word(std::string_view text, Side& value) {
    return take(parse_side(text), value);
}
inline bool parse_word(std::string_view text, Unreached::How& value) {
    return take(parse_unreached(text), value);
}
inline bool parse_word(std::string_view text, EventKind& value) {
    return take(parse_event_kind(text), value);
}
inline bool parse_word(std::string_view text, Occasion& value) {
    return take(parse_occasion(text), value);
}
inline bool parse_word(std::string_view text, Reason& value) {
    return take(parse_reason(text), value);
}
inline bool parse_word(std::string_view text, DutyRun::State& value) {
    return take(parse_duty_state(text), value);
}
inline bool parse_word(std::string_view text, NoticeKind& value) {
    return take(parse_notice_kind(text), value);
}

}  // namespace stageclock::codec
