// SPDX-License-Identifier: MIT
#include "adapters/notify/smtp/transport.h"

#include <algorithm>
#include <array>

#include <poll.h>

#include <curl/curl.h>

#include "adapters/support/libraries.h"

namespace stageclock::smtp {

using std::chrono::milliseconds;

struct Connection::Transport::Curl {
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy{curl_easy_init(), curl_easy_cleanup};
    curl_socket_t socket = CURL_SOCKET_BAD;
};

namespace {

const Error too_slow{Code::unavailable, "the mail server did not answer in time", ""};
const Error hung_up{Code::unavailable, "the mail server closed the connection", ""};

milliseconds left(Deadline deadline) {
    return std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
}

bool wait_for(curl_socket_t socket, short events, Deadline deadline) {
    const auto time = left(deadline);
    if (time <= milliseconds::zero()) return false;
    pollfd entry{socket, events, 0};
    return poll(&entry, 1, static_cast<int>(time.count())) >= 0;
}

// curl shows every line of the opening dialogue here. A line with 220 (greeting, or go-ahead for
// TLS) begins anew: what was said before TLS does not count (RFC 3207 section 4.2).
std::size_t take_line(char* data, std::size_t size, std::size_t count, void* user) {
    auto& capabilities = *static_cast<std::string*>(user);
    const std::string_view line(data, size * count);
    if (line.substr(0, 3) == "220") capabilities.clear();
    if (line.substr(0, 3) == "250" && capabilities.size() < 8192) capabilities += line;
    return line.size();
}

template <class T>
void set(CURL* curl, CURLoption option, T value) {
    curl_easy_setopt(curl, option, value);
}

void set_options(CURL* curl, const Relay& relay, milliseconds limit) {
    set(curl, CURLOPT_URL, relay.url.c_str());
    set(curl, CURLOPT_CONNECT_ONLY, 1L);
    set(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(curl, CURLOPT_PROXY, "");
    set(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(curl, CURLOPT_NOSIGNAL, 1L);
    set(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limit.count()));
    set(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limit.count()));
    set(curl, CURLOPT_USE_SSL,
        static_cast<long>(relay.starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    set(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    set(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!relay.ca_file.empty()) {
        set(curl, CURLOPT_CAINFO, relay.ca_file.c_str());
        set(curl, CURLOPT_CAPATH, static_cast<char*>(nullptr));  // else the system's count as well
    }
    if (!relay.user.empty()) {
        set(curl, CURLOPT_USERNAME, relay.user.c_str());
        set(curl, CURLOPT_PASSWORD, relay.password.c_str());
    }
}

// Our own sentences: curl's may hold what the server said, and that may be anything.
std::string trouble(CURLcode code, long last_reply) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "the mail server's name could not be resolved";
        case CURLE_COULDNT_CONNECT:
            return "no connection to the mail server";
        case CURLE_OPERATION_TIMEDOUT:
            return too_slow.what;
        case CURLE_PEER_FAILED_VERIFICATION:
            return "the mail server's certificate is not trusted";
        case CURLE_USE_SSL_FAILED:
            return "the mail server offers no STARTTLS";
        case CURLE_SSL_CONNECT_ERROR:
            return "no TLS connection to the mail server";
        case CURLE_SSL_CACERT_BADFILE:
            return "the file of smtp.ca_file cannot be used";
        case CURLE_LOGIN_DENIED:
            return "the mail server refuses our user name or password";
        default:
            break;
    }
    return "the mail server refused the connection (curl error " + std::to_string(code) +
           (last_reply > 0 ? ", last reply " + std::to_string(last_reply) : "") + ")";
}

}  // namespace

Connection::Transport::Transport() {
    support::start_curl();
    curl = std::make_unique<Curl>();
}

Connection::Transport::~Transport() = default;

Done Connection::Transport::open(const Relay& relay, Deadline deadline) {
    CURL* easy = curl->easy.get();
    if (easy == nullptr) return Error{Code::unavailable, "no memory for a connection", ""};
    const auto limit = std::clamp(left(deadline), milliseconds(1), milliseconds(30'000));
    set_options(easy, relay, limit);
    set(easy, CURLOPT_HEADERFUNCTION, take_line);
    set(easy, CURLOPT_HEADERDATA, static_cast<void*>(&capabilities));
    if (const auto code = curl_easy_perform(easy); code != CURLE_OK) {
        long last_reply = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &last_reply);
        return Error{Code::unavailable, trouble(code, last_reply), ""};
    }
    curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &curl->socket);
    return curl->socket == CURL_SOCKET_BAD ? Done(hung_up) : done();
}

Done Connection::Transport::write(std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        std::size_t sent = 0;
        const auto code = curl_easy_send(curl->easy.get(), bytes.data(), bytes.size(), &sent);
        if (code == CURLE_OK) {
            bytes.remove_prefix(sent);
        } else if (code != CURLE_AGAIN) {
            return hung_up;
        } else if (!wait_for(curl->socket, POLLOUT, deadline)) {
            return too_slow;
        }
    }
    return done();
}

Done Connection::Transport::read(Deadline deadline) {
    std::array<char, 4096> block{};
    while (true) {
        std::size_t got = 0;
        // Before waiting: TLS may hold bytes the socket no longer shows.
        const auto code = curl_easy_recv(curl->easy.get(), block.data(), block.size(), &got);
        if (code == CURLE_OK && got > 0) {
            buffer.append(block.data(), got);
            return done();
        }
        if (code != CURLE_AGAIN) return hung_up;
        if (!wait_for(curl->socket, POLLIN, deadline)) return too_slow;
    }
}

void Connection::Transport::quit() {
    constexpr std::string_view command = "QUIT\r\n";
    std::size_t sent = 0;
    curl_easy_send(curl->easy.get(), command.data(), command.size(), &sent);
}

bool Connection::Transport::has(std::string_view keyword) const {
    for (const char before : {' ', '-'}) {
        const auto at = capabilities.find(before + std::string(keyword));
        if (at == std::string::npos) continue;
        const auto after = capabilities.substr(at + 1 + keyword.size(), 1);
        if (after == "\r" || after == "\n" || after == " ") return true;
    }
    return false;
}

}  // namespace stageclock::smtp
