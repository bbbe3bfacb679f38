// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/notify/smtp/smtp_reply.h"
#include "adapters/support/mail_line.h"
#include "bot/core/result.h"
#include "bot/ports/notifier.h"

namespace stageclock::smtp {

using Deadline = mail::Deadline;
using Relay = mail::MailServer;  // where mails are handed over, checked

// Checks the address and how it is protected: "none" only for this very machine. `our_domain` is
// said in EHLO. The error names the settings key.
Result<Relay> relay_of(const std::string& url, const std::string& tls,
                       const std::string& our_domain);

// Whether the servers after the relay must use TLS as well (RFC 8689).
enum class Onward {
    any,
    tls_if_offered,  // said where the relay takes it
    tls              // not handed to a relay that does not take it
};

// Who a mail is from and for; each is_address(), but that the sender may be empty: an answer, about
// which nobody wants to hear (RFC 3834 section 3.3).
struct Envelope {
    std::string_view sender;
    std::string_view recipient;
    Onward onward = Onward::any;
};

// One connection to the relay, logged in. libcurl does TLS and log-in; the dialogue is ours, for
// its answers to each command. Used by one thread at a time.
class Connection {
public:
    // Error: nobody there, no TLS, not trusted, log-in refused. The text holds no secret.
    static Result<std::unique_ptr<Connection>> open(const Relay& relay, Deadline deadline);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // How an attempt ended.
    struct Outcome {
        Delivery delivery;
        bool usable = false;  // the connection may take another mail
        // It was lost before the server could have taken the mail: safe to try elsewhere at once.
        bool untouched = false;
    };
    // Hands over one mail for one recipient; `data` as data_of() makes it.
    Outcome send(const Envelope& envelope, std::string_view data, Deadline deadline);

private:
    struct Transport;
    explicit Connection(std::unique_ptr<Transport> transport);

    std::string mail_command(const Envelope& envelope, std::size_t size) const;
    std::string recipient_command(const Envelope& envelope) const;
    Result<Reply> reply(Deadline deadline);
    Outcome finish(const Reply& refused, bool text_awaited, Deadline deadline);
    Outcome send_text(std::string_view data, Deadline deadline);

    std::unique_ptr<Transport> transport_;
};

}  // namespace stageclock::smtp
