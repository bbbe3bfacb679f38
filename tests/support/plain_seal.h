// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>

#include "bot/ports/seal.h"

namespace stageclock::testing {

// A seal anybody can read: "r7" for the address, "l7" for the link of row 7.
class PlainSeal final : public Seal {
public:
    std::string close(SealFor purpose, std::int64_t number) const override {
        return letter(purpose) + std::to_string(number);
    }
    std::optional<std::int64_t> open(SealFor purpose, std::string_view text) const override {
        if (!text.starts_with(letter(purpose))) return std::nullopt;
        std::int64_t number = 0;
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data() + 1, end, number);
        return read.ptr == end && text.size() > 1 ? std::optional(number) : std::nullopt;
    }

private:
    static std::string letter(SealFor purpose) {
        return std::string(1, "brlcftkd"[static_cast<std::size_t>(purpose)]);
    }
};

}  // namespace stageclock::testing
