// SPDX-License-Identifier: MIT
#include "adapters/notify/smtp/smtp_connection.h"

#include <array>
#include <optional>
#include <vector>

#include "adapters/notify/smtp/transport.h"

namespace stageclock::smtp {
namespace {

Connection::Outcome lost(const Error& error, bool untouched) {
    return {{Delivered::try_again, error.what}, false, untouched};
}

}  // namespace

Result<Relay> relay_of(const std::string& url, const std::string& tls,
                       const std::string& our_domain) {
    auto relay = mail::mail_server("smtp", "smtp", url, tls);
    if (relay) relay->url += our_domain;
    return relay;
}

Connection::Connection(std::unique_ptr<Transport> transport) : transport_(std::move(transport)) {}

Connection::~Connection() { transport_->line.quit("QUIT\r\n"); }

Result<std::unique_ptr<Connection>> Connection::open(const Relay& relay, Deadline deadline) {
    auto transport = std::make_unique<Transport>();
    if (const auto opened = transport->open(relay, deadline); !opened) return opened.error();
    return std::unique_ptr<Connection>(new Connection(std::move(transport)));
}

Result<Reply> Connection::reply(Deadline deadline) {
    while (true) {
        auto taken = take_reply(transport_->buffer);
        if (!taken) return taken.error();
        if (*taken) return **std::move(taken);
        if (const auto read = transport_->line.read(transport_->buffer, deadline); !read)
            return read.error();
    }
}

// The commands before the text go out at once where the server permits it (RFC 2920); DATA is the
// last of them. The first refusal decides, but every answer must be read.
Connection::Outcome Connection::send(std::string_view sender, std::string_view recipient,
                                     std::string_view data, Deadline deadline) {
    const auto size = transport_->has("SIZE") ? " SIZE=" + std::to_string(data.size()) : "";
    const std::array<std::string, 3> commands{
        "MAIL FROM:<" + std::string(sender) + ">" + size + "\r\n",
        "RCPT TO:<" + std::string(recipient) + ">\r\n", "DATA\r\n"};
    const bool at_once = transport_->has("PIPELINING");
    if (at_once) {
        const auto written =
            transport_->line.write(commands[0] + commands[1] + commands[2], deadline);
        if (!written) return lost(written.error(), true);
    }
    std::optional<Reply> refused;
    bool text_awaited = false;
    for (std::size_t i = 0; i < commands.size() && (at_once || !refused); ++i) {
        if (!at_once) {
            const auto written = transport_->line.write(commands[i], deadline);
            if (!written) return lost(written.error(), true);
        }
        const auto answer = reply(deadline);
        if (!answer)
            return refused ? finish(*refused, false, deadline) : lost(answer.error(), true);
        text_awaited = i == 2 && answer->code == 354;
        if (!refused && !answer->good() && !text_awaited) refused = *answer;
    }
    if (refused) return finish(*refused, text_awaited, deadline);
    return send_text(data, deadline);
}

// Leaves the connection ready for the next mail, if it can be.
Connection::Outcome Connection::finish(const Reply& refused, bool text_awaited, Deadline deadline) {
    Outcome outcome{judge(refused), false, refused.code == 421};
    if (refused.code == 421 || refused.code == 503) return outcome;
    // A server that wants a text although it refused the recipient gets none (RFC 2920 section
    // 3.1); where no text is awaited the transaction is ended by RSET.
    if (!transport_->line.write(text_awaited ? ".\r\n" : "RSET\r\n", deadline)) return outcome;
    const auto answer = reply(deadline);
    outcome.usable = answer.has_value() && answer->code != 421;
    return outcome;
}

Connection::Outcome Connection::send_text(std::string_view data, Deadline deadline) {
    const auto written = transport_->line.write(data, deadline);
    // Also after a broken write: the server may have said why before it hung up.
    const auto answer = reply(deadline);
    if (!answer) {
        auto outcome = lost(written ? answer.error() : written.error(), false);
        outcome.delivery.reply += " after the text was sent: the mail may have arrived";
        return outcome;
    }
    return {judge(*answer), written.has_value() && answer->code != 421, false};
}

}  // namespace stageclock::smtp
