// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/support/oauth_token.h"
#include "bot/core/result.h"

// A protected, logged-in connection to a mail server, for the dialogues of SMTP and IMAP. libcurl
// connects, does TLS and logs in (CURLOPT_CONNECT_ONLY); what is said then is the caller's.
namespace stageclock::mail {

using Deadline = std::chrono::steady_clock::time_point;

// A mail server, checked.
struct MailServer {
    std::string url;       // what curl is given: "smtp://mail.example.org:587/our-domain"
    bool starttls = true;  // required; false: TLS from the start, or none on loopback
    std::string ca_file;   // empty: the system's
    std::string user;      // empty: no log-in
    std::string password;
    std::shared_ptr<oauth::TokenSource> tokens;  // log in with these (RFC 7628) and no password
    std::string table = "smtp";                  // of the settings, for error texts
};

// Checks an address of `protocol` ("smtp", "imap") and how it is protected: `tls` is "starttls",
// "tls" or "none", and "none" passes only for this very machine. The error names a key of `table`.
Result<MailServer> mail_server(const std::string& protocol, const std::string& table,
                               const std::string& url, const std::string& tls);

// True for a host of a URL that is this very machine: "localhost", "127.1.2.3", "[::1]".
bool is_loopback(const std::string& host);

// Used by one thread at a time.
class MailLine {
public:
    // `wake`: a descriptor that ends all waiting when it can be read; -1: none. It is not read.
    explicit MailLine(int wake = -1);
    ~MailLine();
    MailLine(const MailLine&) = delete;
    MailLine& operator=(const MailLine&) = delete;

    // Connects and logs in, in at most 30 s; with tokens once more when an older one is refused.
    // `heard` is shown each line of the server until then. Code::refused: the log-in, and somebody
    // must correct the settings; Code::conflict: woken; else Code::unavailable. No text holds a
    // secret or what the server said.
    Done open(const MailServer& server, Deadline deadline,
              const std::function<void(std::string_view)>& heard = {});
    // Code::unavailable: the connection is lost, or too slow. Code::conflict: woken.
    Done write(std::string_view bytes, Deadline deadline);
    // Adds what has arrived to `buffer`; waits until something has.
    Done read(std::string& buffer, Deadline deadline);
    // The same, but silence until the deadline and being woken are no errors.
    enum class Heard { bytes, nothing, woken };
    Result<Heard> listen(std::string& buffer, Deadline deadline);
    // Says goodbye if that does not block.
    void quit(std::string_view command);

private:
    struct Curl;
    std::unique_ptr<Curl> curl_;
    const int wake_;
};

}  // namespace stageclock::mail
