// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bot/core/result.h"
#include "bot/core/robot.h"
#include "bot/core/time.h"

namespace stageclock {

// What came with a mail. It is never opened, run or written out again; the original has it.
struct ReceivedFile {
    std::string name;          // as the sender calls it, one line; "unnamed", "message"
    std::string content_type;  // as the sender says, lower case: "application/pdf"
    std::size_t size = 0;      // bytes once decoded; 0 for a mail within the mail
    std::string sha256;        // of these, hex; empty for a mail within the mail
    bool embedded = false;     // a small picture the text shows, such as the logo of a signature
    bool operator==(const ReceivedFile&) const = default;
};

// A mail, taken apart: header fields decoded, text parts as UTF-8 with LF line ends. All of it is
// what a stranger wrote.
struct IncomingMail {
    std::string id;            // stable for the message: Message-ID, or a digest without one
    std::string digest;        // SHA-256 of the whole message, hex
    std::string original;      // path of the kept original
    std::string from_name;
    std::string from_address;  // of the single From mailbox; empty when there is none or several
    std::string return_path;
    std::vector<std::string> to;  // Delivered-To, X-Original-To, To and Cc: ours among them
    std::string subject;
    std::string message_id;    // with angle brackets, for In-Reply-To
    std::vector<std::string> references;  // In-Reply-To and References, angle brackets kept
    std::optional<Instant> date;
    std::optional<Instant> arrived;  // when it was delivered to the place we watch
    Writer writer;             // a person, or a machine of which kind
    std::vector<std::string> authentication_results;  // topmost first, unfolded
    std::string text;          // the plain part, or the HTML part as text
    std::vector<ReceivedFile> attachments;  // in order, for the record
};

// What became of a mail; decides where its file goes.
enum class Handled { done, aside, later };

// Takes mails. Called by one inbox at a time, in order of arrival.
class MailSink {
public:
    virtual ~MailSink() = default;

    // `done`: everything it caused is committed. `aside`: kept for a person to look at. `later`:
    // the store is in the way; offer it again.
    virtual Handled take(const IncomingMail& mail) = 0;
    // A file that is not a mail, or is too large to be read.
    virtual Handled unreadable(const std::string& path, const std::string& why) = 0;
};

// A place mails come from.
class Inbox {
public:
    virtual ~Inbox() = default;

    // Offers every waiting mail to the sink and moves it on as the answer says. Returns how many
    // were handled; blocks up to `patience` while there is none.
    virtual Result<int> poll(MailSink& sink, std::chrono::milliseconds patience) = 0;
    // Ends a poll that waits. Thread-safe.
    virtual void interrupt() = 0;
};

}  // namespace stageclock
