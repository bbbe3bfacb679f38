// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/core/notice.h"
#include "bot/core/result.h"
#include "bot/ports/templates.h"

namespace stageclock {

struct Attachment {
    std::string file_name;     // ASCII, no path
    std::string content_type;  // "application/pdf", "text/calendar; method=PUBLISH"
    std::string bytes;
};

// A notice on its way out, with everything a channel needs to word it.
struct Outgoing {
    const Notice& notice;
    const Model& model;
    const std::vector<Attachment>& attachments;
    bool possible_repeat = false;  // an earlier attempt may have arrived
    // Of a mail: its own address for answers, the one mail systems report to, and its Message-ID
    // with angle brackets. Empty: the common ones, and an id made from the notice's key.
    std::string reply_to = {};
    std::string bounce_to = {};
    std::string message_id = {};
    const Templates* templates = nullptr;  // the board's; none: those of the settings
};

// What would be sent, complete: kept as proof once accepted.
struct Rendered {
    std::string content_type;  // "message/rfc822", "application/json"
    std::string bytes;
    // Where it goes: for mail the envelope sender and one recipient, for chat the destination.
    std::string sender;
    std::string recipient;
    // The same for every attempt at this notice, and for no other; empty: not known.
    std::string id = {};
};

enum class Delivered { accepted, try_again, never };

struct Delivery {
    Delivered outcome{};
    std::string reply;              // the other side's last word, or what went wrong; no secrets
    std::chrono::seconds after{0};  // try_again: not before this (Retry-After); 0: our own back-off
    bool to_mend = false;  // a setting of ours is wrong: an operator is to look at `reply`
};

// A way out of the machine: one per channel. Thread-safe: several senders use one notifier.
class Notifier {
public:
    virtual ~Notifier() = default;

    virtual std::string_view channel() const = 0;
    // Pure: the same outgoing gives the same bytes. An error means the template is broken.
    virtual Result<Rendered> render(const Outgoing& outgoing) const = 0;
    // Blocks until answered, at most a minute. Never throws. try_again: temporary or unknown;
    // never: this message to this recipient will not be taken.
    virtual Delivery deliver(const Rendered& message) = 0;
};

}  // namespace stageclock
