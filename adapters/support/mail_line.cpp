// SPDX-License-Identifier: MIT
#include "adapters/support/mail_line.h"

#include <algorithm>
#include <array>

#include <poll.h>

#include <curl/curl.h>

#include "adapters/support/libraries.h"

namespace stageclock::mail {

using std::chrono::milliseconds;

struct MailLine::Curl {
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy{curl_easy_init(), curl_easy_cleanup};
    curl_socket_t socket = CURL_SOCKET_BAD;
    std::function<void(std::string_view)> heard;
    bool later = false;  // the server's last word was "not now"
};

namespace {

const Error too_slow{Code::unavailable, "the mail server did not answer in time", ""};
const Error hung_up{Code::unavailable, "the mail server closed the connection", ""};
const Error stopped{Code::conflict, "stopped", ""};

milliseconds left(Deadline deadline) {
    return std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
}

enum class Waited { ready, too_long, woken };

Waited wait_for(curl_socket_t socket, short events, int wake, Deadline deadline) {
    const auto time = std::min(left(deadline), milliseconds(3'600'000));
    if (time <= milliseconds::zero()) return Waited::too_long;
    std::array<pollfd, 2> entries{{{socket, events, 0}, {wake, POLLIN, 0}}};
    poll(entries.data(), entries.size(), static_cast<int>(time.count()));
    return (entries[1].revents & POLLIN) != 0 ? Waited::woken : Waited::ready;
}

// Curl asks about once a second whether to go on.
int is_woken(void* wake, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    pollfd entry{*static_cast<const int*>(wake), POLLIN, 0};
    return entry.fd >= 0 && poll(&entry, 1, 0) > 0 ? 1 : 0;
}

// "454 4.7.0 ..." (RFC 4954 section 6), "A1 NO [UNAVAILABLE] ..." (RFC 5530 section 3): the server
// cannot judge our log-in just now.
bool says_later(std::string_view line) {
    return line.starts_with("4") || line.find(" NO [UNAVAILABLE]") != std::string_view::npos;
}

template <class T>
void set(CURL* curl, CURLoption option, T value) {
    curl_easy_setopt(curl, option, value);
}

void set_options(CURL* curl, const MailServer& server, milliseconds limit) {
    set(curl, CURLOPT_URL, server.url.c_str());
    set(curl, CURLOPT_CONNECT_ONLY, 1L);
    set(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps,imap,imaps");
    set(curl, CURLOPT_PROXY, "");
    set(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(curl, CURLOPT_NOSIGNAL, 1L);
    set(curl, CURLOPT_TCP_KEEPALIVE, 1L);
    set(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limit.count()));
    set(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limit.count()));
    set(curl, CURLOPT_USE_SSL,
        static_cast<long>(server.starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    set(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    set(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!server.ca_file.empty()) {
        set(curl, CURLOPT_CAINFO, server.ca_file.c_str());
        set(curl, CURLOPT_CAPATH, static_cast<char*>(nullptr));  // else the system's count as well
    }
    if (server.user.empty()) return;
    set(curl, CURLOPT_USERNAME, server.user.c_str());
    if (server.tokens) {
        set(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=OAUTHBEARER;AUTH=XOAUTH2");
    } else {
        set(curl, CURLOPT_PASSWORD, server.password.c_str());
    }
}

// Our own sentences: curl's may hold what the server said, and that may be anything.
Error trouble(CURLcode code, long last_reply, bool later, const MailServer& server) {
    const auto unavailable = [](std::string what) { return Error{Code::unavailable, what, ""}; };
    switch (code) {
        case CURLE_ABORTED_BY_CALLBACK: return stopped;
        case CURLE_COULDNT_RESOLVE_HOST:
            return unavailable("the mail server's name could not be resolved");
        case CURLE_COULDNT_CONNECT: return unavailable("no connection to the mail server");
        case CURLE_OPERATION_TIMEDOUT: return too_slow;
        case CURLE_PEER_FAILED_VERIFICATION:
            return unavailable("the mail server's certificate is not trusted");
        case CURLE_USE_SSL_FAILED: return unavailable("the mail server offers no STARTTLS");
        case CURLE_SSL_CONNECT_ERROR: return unavailable("no TLS connection to the mail server");
        case CURLE_SSL_CACERT_BADFILE:
            return unavailable("the file of " + server.table + ".ca_file cannot be used");
        case CURLE_LOGIN_DENIED:
            if (later) return unavailable("the mail server cannot check our log-in just now");
            if (server.tokens) {
                return {Code::refused,
                        "the mail server refuses our access token: see " + server.table +
                            ".user and [oauth]",
                        server.table + ".user"};
            }
            return {Code::refused,
                    "the mail server refuses our user name or password: see " + server.table +
                        ".user and " + server.table + ".password_file",
                    server.table + ".user"};
        default: break;
    }
    return unavailable("the mail server refused the connection (curl error " +
                       std::to_string(code) +
                       (last_reply > 0 ? ", last reply " + std::to_string(last_reply) : "") + ")");
}

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
    std::string out = text;
    curl_free(text);
    return out;
}

}  // namespace

bool is_loopback(const std::string& host) {
    const bool numbers = host.find_first_not_of("0123456789.") == std::string::npos;
    return host == "localhost" || host == "[::1]" || (numbers && host.starts_with("127."));
}

Result<MailServer> mail_server(const std::string& protocol, const std::string& table,
                               const std::string& url, const std::string& tls) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), curl_url_cleanup);
    // A user or password in the URL would end in logs and process lists.
    const auto bad = curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER);
    const auto scheme = bad != CURLUE_OK ? "" : part_of(parts.get(), CURLUPART_SCHEME);
    const auto host = bad != CURLUE_OK ? "" : part_of(parts.get(), CURLUPART_HOST);
    if ((scheme != protocol && scheme != protocol + "s") || host.empty()) {
        return Error{Code::invalid_input,
                     "must read " + protocol + "://HOST:PORT or " + protocol +
                         "s://HOST:PORT, without a user",
                     table + ".url"};
    }
    if (tls != "starttls" && tls != "tls" && tls != "none") {
        return Error{Code::invalid_input, "must be \"starttls\", \"tls\" or \"none\"",
                     table + ".tls"};
    }
    const bool from_the_start = tls == "tls" || scheme == protocol + "s";
    if (tls == "none" && !from_the_start && !is_loopback(host)) {
        return Error{Code::refused, "\"none\" is permitted for a mail server on this machine only",
                     table + ".tls"};
    }
    const auto port = part_of(parts.get(), CURLUPART_PORT);
    MailServer server;
    server.url = protocol + (from_the_start ? "s://" : "://") + host +
                 (port.empty() ? "" : ":" + port) + "/";
    server.starttls = !from_the_start && tls == "starttls";
    server.table = table;
    return server;
}

MailLine::MailLine(int wake) : wake_(wake) {
    support::start_curl();
    curl_ = std::make_unique<Curl>();
}

MailLine::~MailLine() = default;

Done MailLine::open(const MailServer& server, Deadline deadline,
                    const std::function<void(std::string_view)>& heard) {
    CURL* easy = curl_->easy.get();
    if (easy == nullptr) return Error{Code::unavailable, "no memory for a connection", ""};
    curl_->heard = heard;
    const auto take_line = [](char* data, std::size_t size, std::size_t count, void* user) {
        auto& curl = *static_cast<Curl*>(user);
        const std::string_view line(data, size * count);
        curl.later = says_later(line);
        if (curl.heard) curl.heard(line);
        return line.size();
    };
    set(easy, CURLOPT_HEADERFUNCTION,
        static_cast<std::size_t (*)(char*, std::size_t, std::size_t, void*)>(take_line));
    set(easy, CURLOPT_HEADERDATA, static_cast<void*>(curl_.get()));
    set(easy, CURLOPT_NOPROGRESS, 0L);
    set(easy, CURLOPT_XFERINFOFUNCTION, is_woken);
    set(easy, CURLOPT_XFERINFODATA, const_cast<int*>(&wake_));
    for (bool last = !server.tokens;; last = true) {
        oauth::Token token;
        if (server.tokens) {
            auto got = server.tokens->get();
            if (!got) return got.error();
            token = *std::move(got);
            set(easy, CURLOPT_XOAUTH2_BEARER, token.text.c_str());
        }
        set_options(easy, server,
                    std::clamp(left(deadline), milliseconds(1), milliseconds(30'000)));
        const auto code = curl_easy_perform(easy);
        if (code == CURLE_OK) break;
        const bool refused = code == CURLE_LOGIN_DENIED && !curl_->later;
        if (refused && server.tokens) server.tokens->forget(token.text);
        if (refused && !last && !token.fresh) continue;
        long last_reply = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &last_reply);
        return trouble(code, last_reply, curl_->later, server);
    }
    curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &curl_->socket);
    return curl_->socket == CURL_SOCKET_BAD ? Done(hung_up) : done();
}

Done MailLine::write(std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        std::size_t sent = 0;
        const auto code = curl_easy_send(curl_->easy.get(), bytes.data(), bytes.size(), &sent);
        if (code == CURLE_OK) {
            bytes.remove_prefix(sent);
            continue;
        }
        if (code != CURLE_AGAIN) return hung_up;
        const auto waited = wait_for(curl_->socket, POLLOUT, wake_, deadline);
        if (waited == Waited::woken) return stopped;
        if (waited == Waited::too_long) return too_slow;
    }
    return done();
}

Result<MailLine::Heard> MailLine::listen(std::string& buffer, Deadline deadline) {
    std::array<char, 16384> block{};
    while (true) {
        std::size_t got = 0;
        // Before waiting: TLS may hold bytes the socket no longer shows.
        const auto code = curl_easy_recv(curl_->easy.get(), block.data(), block.size(), &got);
        if (code == CURLE_OK && got > 0) {
            buffer.append(block.data(), got);
            return Heard::bytes;
        }
        if (code != CURLE_AGAIN) return hung_up;
        const auto waited = wait_for(curl_->socket, POLLIN, wake_, deadline);
        if (waited == Waited::woken) return Heard::woken;
        if (waited == Waited::too_long) return Heard::nothing;
    }
}

Done MailLine::read(std::string& buffer, Deadline deadline) {
    const auto heard = listen(buffer, deadline);
    if (!heard) return heard.error();
    if (*heard == Heard::woken) return stopped;
    if (*heard == Heard::nothing) return too_slow;
    return done();
}

void MailLine::quit(std::string_view command) {
    std::size_t sent = 0;
    curl_easy_send(curl_->easy.get(), command.data(), command.size(), &sent);
}

}  // namespace stageclock::mail
