// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stageclock {

// What a sealed number is for: a seal made for one purpose opens no other.
enum class SealFor {
    bounce,  // the address mail systems report to
    reply,   // the address its recipient answers to
    link,    // the page on which its recipient may act
    claim,   // the page on which the sender of a mail confirms it
    form,    // what proves that a form was made by one of these pages: never shown
    returned,     // the reference in a monitoring form that we sent, by which it is known again
    confirm_form, // the page on which its sender confirms what was read in it
    calendar      // the calendar of deadlines its recipient subscribes to
};

// Turns the number of something we sent into a short name that nobody else can make, and back.
// Thread-safe, pure.
class Seal {
public:
    virtual ~Seal() = default;

    // Lower-case letters, digits and one "-"; at most 30 characters, so that it fits a local part
    // (RFC 5321 section 4.5.3.1.1) and a line of plain text.
    virtual std::string close(SealFor purpose, std::int64_t number) const = 0;
    // Letter case aside, since some mail systems change it. Nullopt: not ours, or changed.
    virtual std::optional<std::int64_t> open(SealFor purpose, std::string_view text) const = 0;
};

}  // namespace stageclock
