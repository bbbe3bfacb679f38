// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bot/ports/chat.h"
#include "bot/ports/door.h"
#include "bot/ports/places.h"

namespace stageclock::test {

// Answers everything alike, and remembers what it was asked.
class FakeChatDesk final : public ChatDesk {
public:
    ChatReply reply{ChatReply::Kind::told, "One open case asks something of you.", {}, "", {}};
    std::vector<Said> heard;
    std::vector<Pressed> pressed;
    std::vector<std::string> refusals;

    ChatReply hear(const Said& said) override {
        heard.push_back(said);
        return reply;
    }
    ChatReply press(const Pressed& what) override {
        pressed.push_back(what);
        return reply;
    }
    void note_refusal(const std::string&, const std::string& why) override {
        refusals.push_back(why);
    }
};

class FakePlaces final : public Places {
public:
    std::map<std::string, std::string> kept;  // by person

    Done keep_place(const std::string&, const std::string& person,
                    const std::string& place) override {
        if (place.empty()) {
            kept.erase(person);
        } else {
            kept[person] = place;
        }
        return done();
    }
    Result<std::optional<std::string>> place_of(const std::string&,
                                                const std::string& person) override {
        const auto found = kept.find(person);
        if (found == kept.end()) return std::optional<std::string>();
        return std::optional(found->second);
    }
};

inline front::Request a_call(std::string type, std::string body) {
    return {"POST", "/chat/v1/desk", {{"content-type", std::move(type)}}, std::move(body)};
}

// True as soon as `condition` is, within five seconds.
template <class Condition>
bool comes_true(const Condition& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

}  // namespace stageclock::test
