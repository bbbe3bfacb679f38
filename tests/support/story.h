// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/decide.h"

namespace stageclock::testing {

// A case told as dated events on a fake clock, with nothing but the core: what a person reads of it
// is its timeline, which the tests keep as golden files.
//
//   Story story("camden", "silence over Christmas");
//   story.at("2026-12-18 16:30").raise({.raising = "Housing", ...});
//   story.silence_until("2027-02-01 09:00");
//   CHECK_TIMELINE(story);
class Story {
public:
    // Loads the board's published policy with the sandbox's example.org addresses.
    Story(const std::string& board, std::string title);

    // Moves the clock on, doing everything due on the way in order. London wall-clock time.
    Story& at(const std::string& when);
    Story& silence_until(const std::string& when) { return at(when); }

    // A raise between two agencies; `change` may alter any of its facts.
    struct Raise {
        std::string raising;
        std::string receiving;
        std::string happened = {};      // wall-clock; empty: now
        std::string stage = {};
        std::string skip_reason = {};
        std::string case_status = {};
        std::string subject = "child";
        std::string procedure = {};
        bool urgent = false;
        std::vector<Contact> contacts = {};
    };
    Story& raise(const Raise& raise);
    Story& contact(Side side, const std::string& role, const std::string& address);
    Story& escalate(const std::string& stage = "");
    Story& resolve(const std::string& outcome);
    Story& send(UpdateKind kind, Side by = Side::raising, const std::string& text = "");
    Story& report(const std::string& event, Side by = Side::raising);
    Story& tag(const std::string& tag);
    Story& protect(const std::string& until);

    // The refusal of the last update; fails the test when it was accepted.
    const Refusal& refusal() const;

    const Case& the_case() const { return case_; }
    const std::vector<Notice>& notices() const { return notices_; }
    // Notices made since the last call to at() or an update.
    const std::vector<Notice>& latest() const { return latest_; }
    Rules rules() const;
    Instant now() const { return now_; }
    Instant instant(const std::string& when) const;
    std::string timeline() const { return timeline_; }
    // Compares the timeline with tests/golden/BOARD/TITLE.txt.
    void check_golden() const;

private:
    void settle(std::vector<Event> events);
    void take(Update update);
    void write_events(const std::vector<Event>& events);
    void write_notices(const std::vector<Notice>& notices);
    void line(const std::string& text) { timeline_ += text + "\n"; }
    std::string clock_face(Instant instant) const;

    std::string board_id_;
    std::string title_;
    Board board_;
    Policy policy_;
    Directory directory_;
    Calendar calendar_;
    Case case_;
    Instant now_{};
    std::optional<Instant> next_;
    std::optional<Refusal> refusal_;
    std::vector<Notice> notices_;
    std::vector<Notice> latest_;
    std::string timeline_;
};

}  // namespace stageclock::testing
