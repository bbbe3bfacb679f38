// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/inbox/imap/response.h"
#include "adapters/support/mail_line.h"
#include "bot/core/result.h"

namespace stageclock::imap {

// One logged-in connection to an IMAP server (RFC 3501). After an error of any call it is of no
// more use; a command the server refuses is no error. Used by one thread at a time.
class Session {
public:
    // `wake` as MailLine has it. Each command takes at most `command_limit`.
    static Result<std::unique_ptr<Session>> open(const mail::MailServer& server, int wake,
                                                 std::chrono::milliseconds command_limit);
    ~Session();  // logs out, without waiting
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    struct Answer {
        bool ok = false;   // else NO or BAD
        std::string code;  // of the tagged response: "TRYCREATE", "READ-ONLY"
        std::vector<Response> data;
    };
    // Says one command, without tag and line end; it must not hold a line end.
    Result<Answer> run(const std::string& command);
    bool can(std::string_view capability) const;

    // IDLE (RFC 2177): the server tells of news by itself until end_idle().
    Done start_idle();
    Done end_idle();
    bool idling() const { return !idle_tag_.empty(); }
    // Listens until the deadline, the first news, or being woken.
    Result<mail::MailLine::Heard> listen(mail::Deadline deadline);
    // Whether mail may have come since this was asked last.
    bool take_news();

private:
    Session(int wake, std::chrono::milliseconds command_limit);
    std::string new_tag();
    mail::Deadline soon() const;
    Result<Response> next(mail::Deadline deadline);
    Result<Answer> answer_to(const std::string& tag, mail::Deadline deadline);
    void notice(const Response& response);

    mail::MailLine line_;
    const std::chrono::milliseconds command_limit_;
    ResponseReader reader_;
    const std::string tag_start_;  // random: no mail can hold our next tag
    unsigned commands_ = 0;
    std::vector<std::string> capabilities_;
    std::string idle_tag_;
    bool news_ = false;
};

}  // namespace stageclock::imap
