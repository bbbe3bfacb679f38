// SPDX-License-Identifier: MIT
#include "adapters/notify/smtp/smtp_connection.h"

#include <array>
#include <optional>
#include <vector>

#include <curl/curl.h>

#include "adapters/notify/smtp/transport.h"

namespace stageclock::smtp {
namespace {

bool is_loopback(const std::string& host) {
    const bool numbers = host.find_first_not_of("0123456789.") == std::string::npos;
    return host == "localhost" || host == "[::1]" || (numbers && host.starts_with("127."));
}

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
    std::string out = text;
    curl_free(text);
    return out;
}

Connection::Outcome lost(const Error& error, bool untouched) {
    return {{Delivered::try_again, error.what}, false, untouched};
}

}  // namespace

Result<Relay> relay_of(const std::string& url, const std::string& tls,
                       const std::string& our_domain) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), curl_url_cleanup);
    // A user or password in the URL would end in logs and process lists.
    const auto bad = curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER);
    const auto scheme = bad != CURLUE_OK ? "" : part_of(parts.get(), CURLUPART_SCHEME);
    const auto host = bad != CURLUE_OK ? "" : part_of(parts.get(), CURLUPART_HOST);
    if ((scheme != "smtp" && scheme != "smtps") || host.empty()) {
        return Error{Code::invalid_input,
                     "must read smtp://HOST:PORT or smtps://HOST:PORT, without a user", "smtp.url"};
    }
    if (tls != "starttls" && tls != "tls" && tls != "none") {
        return Error{Code::invalid_input, "must be \"starttls\", \"tls\" or \"none\"", "smtp.tls"};
    }
    const bool from_the_start = tls == "tls" || scheme == "smtps";
    if (tls == "none" && !from_the_start && !is_loopback(host)) {
        return Error{Code::refused, "\"none\" is permitted for a mail server on this machine only",
                     "smtp.tls"};
    }
    const auto port = part_of(parts.get(), CURLUPART_PORT);
    Relay relay;
    relay.url = (from_the_start ? "smtps://" : "smtp://") + host +
                (port.empty() ? "" : ":" + port) + "/" + our_domain;
    relay.starttls = !from_the_start && tls == "starttls";
    return relay;
}

Connection::Connection(std::unique_ptr<Transport> transport) : transport_(std::move(transport)) {}

Connection::~Connection() { transport_->quit(); }

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
        if (const auto read = transport_->read(deadline); !read) return read.error();
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
        const auto written = transport_->write(commands[0] + commands[1] + commands[2], deadline);
        if (!written) return lost(written.error(), true);
    }
    std::optional<Reply> refused;
    bool text_awaited = false;
    for (std::size_t i = 0; i < commands.size() && (at_once || !refused); ++i) {
        if (!at_once) {
            const auto written = transport_->write(commands[i], deadline);
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
    if (!transport_->write(text_awaited ? ".\r\n" : "RSET\r\n", deadline)) return outcome;
    const auto answer = reply(deadline);
    outcome.usable = answer.has_value() && answer->code != 421;
    return outcome;
}

Connection::Outcome Connection::send_text(std::string_view data, Deadline deadline) {
    const auto written = transport_->write(data, deadline);
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
