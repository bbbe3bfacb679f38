// SPDX-License-Identifier: MIT
#include "adapters/notify/smtp/smtp_connection.h"

#include <array>
#include <optional>
#include <vector>

#include "adapters/notify/smtp/transport.h"

namespace stageclock::smtp {
namespace {

// RFC 3461 section 4: what is not plain is written as +XX.
std::string xtext(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7F && c != '+' && c != '=') {
            out += c;
        } else {
            out += {'+', digits[byte >> 4u], digits[byte & 15u]};
        }
    }
    return out;
}

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

std::string Connection::mail_command(const Envelope& envelope, std::size_t size) const {
    std::string command = "MAIL FROM:<" + std::string(envelope.sender) + ">";
    if (transport_->has("SIZE")) command += " SIZE=" + std::to_string(size);
    if (transport_->has("DSN")) command += " RET=HDRS";
    if (envelope.onward != Onward::any && transport_->has("REQUIRETLS")) command += " REQUIRETLS";
    return command + "\r\n";
}

// We want to hear of every failure, and that it takes long; of an answer to a mail, nothing.
std::string Connection::recipient_command(const Envelope& envelope) const {
    std::string command = "RCPT TO:<" + std::string(envelope.recipient) + ">";
    if (transport_->has("DSN")) {
        command += envelope.sender.empty()
                       ? " NOTIFY=NEVER"
                       : " NOTIFY=FAILURE,DELAY ORCPT=rfc822;" + xtext(envelope.recipient);
    }
    return command + "\r\n";
}

// The commands before the text go out at once where the server permits it (RFC 2920); DATA is the
// last of them. The first refusal decides, but every answer must be read.
Connection::Outcome Connection::send(const Envelope& envelope, std::string_view data,
                                     Deadline deadline) {
    if (envelope.onward == Onward::tls && !transport_->has("REQUIRETLS")) {
        return {{Delivered::try_again,
                 "TLS is required for this recipient's domain, and the mail server cannot promise "
                 "it (REQUIRETLS, RFC 8689): see smtp.require_tls_onward"},
                true,
                false};
    }
    const std::array<std::string, 3> commands{mail_command(envelope, data.size()),
                                              recipient_command(envelope), "DATA\r\n"};
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
