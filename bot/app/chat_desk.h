// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bot/app/chat_people.h"
#include "bot/app/hourly_count.h"
#include "bot/app/rulebook.h"
#include "bot/core/chat_command.h"
#include "bot/ports/chat.h"
#include "bot/ports/desk.h"
#include "bot/ports/links.h"
#include "bot/ports/seal.h"
#include "bot/ports/store.h"

namespace stageclock {

// The ChatDesk of the running daemon. It finds out who speaks and which case they mean; what may
// be done is offered and judged where it is for the links in mails (Links).
class CaseChat final : public ChatDesk {
public:
    // What it works with; all of it outlives this.
    struct Parts {
        Desk& desk;
        Links& links;
        Store& store;
        const Rulebook& rulebook;
        const Seal& seal;
        std::string public_url;  // what links start with; empty: answers hold none
    };
    explicit CaseChat(Parts parts) : parts_(std::move(parts)) {}

    ChatReply hear(const Said& said) override;
    ChatReply press(const Pressed& pressed) override;
    void note_refusal(const std::string& app, const std::string& why) override;

private:
    // A case and who the speaker is on it.
    struct Matter {
        Case the_case;
        const ServedBoard* served = nullptr;
        std::vector<NoticeRow> rows;  // newest first
        KnownSpeaker who;
    };
    // What to answer instead, when there is nothing to go on with.
    template <class T>
    struct Or {
        std::optional<T> value;
        ChatReply reply;
    };
    // A notice that offers what was asked for, or what it offers instead.
    struct Offered {
        std::int64_t notice = 0;
        std::optional<ActionPage> other;
    };

    Or<Matter> matter_of(const std::string& ref, const Speaker& speaker);
    // The open cases that ask something of them, newest first.
    Result<std::vector<std::string>> open_cases(const Speaker& speaker);
    Result<bool> is_known(const Speaker& speaker);
    Or<std::string> case_meant(const ChatCommand& command, const Said& said,
                               const std::string& before);
    Result<Offered> notice_for(const std::string& event, const Matter& matter, bool repeated);

    ChatReply list(const Speaker& speaker);
    ChatReply show(const ChatCommand& command, const Said& said);
    ChatReply act(const ChatCommand& command, const Said& said);
    ChatReply record(std::int64_t notice, const Action& action, const Matter& matter);
    ChatReply unknown(const std::string& ref, const Speaker& speaker);
    ChatCase shown(const Matter& matter);
    std::string page_of(const Matter& matter);

    Parts parts_;
    std::mutex mutex_;
    HourlyCount refusals_;
};

}  // namespace stageclock
