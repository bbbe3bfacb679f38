// SPDX-License-Identifier: MIT
#include "adapters/support/http_client.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <mutex>

#include <netinet/in.h>
#include <sys/socket.h>

#include <curl/curl.h>

#include "adapters/support/libraries.h"

namespace stageclock::http {
namespace {

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Lines = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

struct Block {
    std::uint32_t first;
    int bits;
};
constexpr std::array<Block, 14> not_public{{{0x00000000, 8},
                                            {0x0A000000, 8},
                                            {0x64400000, 10},
                                            {0x7F000000, 8},
                                            {0xA9FE0000, 16},
                                            {0xAC100000, 12},
                                            {0xC0000000, 24},
                                            {0xC0000200, 24},
                                            {0xC0A80000, 16},
                                            {0xC6120000, 15},
                                            {0xC6336400, 24},
                                            {0xCB007100, 24},
                                            {0xE0000000, 4},
                                            {0xF0000000, 4}}};

bool is_public_v4(std::uint32_t address) {
    return std::none_of(not_public.begin(), not_public.end(), [address](const Block& block) {
        return (address >> (32 - block.bits)) == (block.first >> (32 - block.bits));
    });
}

std::uint32_t v4_at(const std::uint8_t* bytes) {
    return static_cast<std::uint32_t>(bytes[0]) << 24U |
           static_cast<std::uint32_t>(bytes[1]) << 16U |
           static_cast<std::uint32_t>(bytes[2]) << 8U | bytes[3];
}

bool is_public_v6(const std::uint8_t* b) {
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    constexpr std::array<std::uint8_t, 12> nat64{0, 0x64, 0xFF, 0x9B};
    if (std::equal(mapped.begin(), mapped.end(), b)) return is_public_v4(v4_at(b + 12));
    if (std::equal(nat64.begin(), nat64.end(), b)) return is_public_v4(v4_at(b + 12));
    if (b[0] == 0x20 && b[1] == 0x02) return is_public_v4(v4_at(b + 2));
    const bool teredo_or_documents =
        b[0] == 0x20 && b[1] == 0x01 && (b[2] < 0x02 || (b[2] == 0x0D && b[3] == 0xB8));
    // Of all of IPv6 only 2000::/3 is handed out as public.
    return (b[0] & 0xE0U) == 0x20U && !teredo_or_documents;
}

// One call in hand, as curl's callbacks see it.
struct Call {
    bool local = false;    // may use our own network
    bool blocked = false;  // an address was refused
    bool overflow = false;
    std::size_t limit = 0;
    std::string body;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
    auto& call = *static_cast<Call*>(user);
    const std::size_t bytes = size * count;
    call.overflow = call.body.size() + bytes > call.limit;
    if (call.overflow) return 0;
    call.body.append(data, bytes);
    return bytes;
}

curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
    auto& call = *static_cast<Call*>(user);
    if (!call.local && !is_public_address(address->addr)) {
        call.blocked = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

template <class T>
void set(CURL* curl, CURLoption option, T value) {
    curl_easy_setopt(curl, option, value);
}

void set_guards(CURL* curl, const ClientOptions& options) {
    set(curl, CURLOPT_FOLLOWLOCATION, 0L);
    set(curl, CURLOPT_NOSIGNAL, 1L);
    set(curl, CURLOPT_PROXY, options.proxy.c_str());
    set(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    set(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    set(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_limit.count()));
    set(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options.total_limit.count()));
    set(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.answer_limit));
    set(curl, CURLOPT_PATH_AS_IS, 1L);  // a signed URL must not be tidied
    set(curl, CURLOPT_USERAGENT, "stageclock");
    if (options.ca_file.empty()) return;
    set(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    set(curl, CURLOPT_CAPATH, static_cast<char*>(nullptr));  // else the system's count as well
}

void set_request(CURL* curl, const Request& request) {
    set(curl, CURLOPT_URL, request.url.c_str());
    if (request.method == "GET") {
        set(curl, CURLOPT_HTTPGET, 1L);
        return;
    }
    set(curl, CURLOPT_POST, 1L);
    set(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    set(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(curl, CURLOPT_POSTFIELDS, request.body.c_str());
}

Lines header_lines(const Request& request) {
    Lines lines(curl_slist_append(nullptr, "Expect:"), curl_slist_free_all);
    const auto append = [&lines](const std::string& line) {
        // Line ends would begin a field of their own; no caller has a use for them.
        if (line.find_first_of("\r\n") != std::string::npos) return;
        lines.reset(curl_slist_append(lines.release(), line.c_str()));
    };
    if (!request.content_type.empty()) append("Content-Type: " + request.content_type);
    for (const auto& [name, value] : request.headers) append(name + ": " + value);
    return lines;
}

// The host of a URL we may call, or empty.
std::string called_host(const std::string& url, bool& secure) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), curl_url_cleanup);
    char* text = nullptr;
    if (curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK ||
        curl_url_get(parts.get(), CURLUPART_SCHEME, &text, 0) != CURLUE_OK) {
        return {};
    }
    const std::string scheme = text;
    curl_free(text);
    secure = scheme == "https";
    if ((!secure && scheme != "http") ||
        curl_url_get(parts.get(), CURLUPART_HOST, &text, 0) != CURLUE_OK) {
        return {};
    }
    std::string host = text;
    curl_free(text);
    return host;
}

// Our own sentences: curl's may name the host or the address.
std::string trouble(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST: return "the server's name could not be resolved";
        case CURLE_COULDNT_CONNECT: return "no connection to the server";
        case CURLE_OPERATION_TIMEDOUT: return "no complete answer in time";
        case CURLE_PEER_FAILED_VERIFICATION: return "the server's certificate is not trusted";
        case CURLE_SSL_CONNECT_ERROR: return "no TLS connection to the server";
        case CURLE_PARTIAL_FILE: return "the answer was cut off";
        case CURLE_GOT_NOTHING: return "the server gave no answer";
        case CURLE_FILESIZE_EXCEEDED: return "the answer was too long";
        default: return "the call failed (curl error " + std::to_string(code) + ")";
    }
}

Result<Answer> answer_of(CURL* curl, CURLcode code, Call& call) {
    if (call.blocked) {
        return Error{Code::refused, "the server's address is not a public one", "url"};
    }
    if (call.overflow) return Error{Code::unavailable, "the answer was too long", ""};
    if (code != CURLE_OK) return Error{Code::unavailable, trouble(code), ""};
    long status = 0;
    curl_off_t retry_after = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after);
    return Answer{static_cast<int>(status), std::move(call.body),
                  std::chrono::seconds(std::max<curl_off_t>(retry_after, 0))};
}

}  // namespace

// Idle handles, each with its open connections. A handle is used by one call at a time.
struct Client::Handles {
    std::mutex mutex;
    std::vector<Easy> idle;

    Easy take() {
        const std::lock_guard lock(mutex);
        if (idle.empty()) return Easy(curl_easy_init(), curl_easy_cleanup);
        Easy handle = std::move(idle.back());
        idle.pop_back();
        return handle;
    }
    void give_back(Easy handle) {
        curl_easy_reset(handle.get());  // forgets the request, keeps the connections
        const std::lock_guard lock(mutex);
        if (idle.size() < 16) idle.push_back(std::move(handle));
    }
};

Client::Client(ClientOptions options)
    : options_(std::move(options)), handles_(std::make_unique<Handles>()) {
    support::start_curl();
}

Client::~Client() = default;

Result<Answer> Client::send(const Request& request) {
    bool secure = false;
    const auto host = called_host(request.url, secure);
    const auto& local = options_.local_hosts;
    Call call;
    call.local =
        !options_.proxy.empty() || std::find(local.begin(), local.end(), host) != local.end();
    call.limit = options_.answer_limit;
    const bool near = std::find(local.begin(), local.end(), host) != local.end();
    if (host.empty() || (!secure && !near)) {
        return Error{Code::refused, "the address is not an https one", "url"};
    }
    Easy curl = handles_->take();
    if (!curl) return Error{Code::unavailable, "no memory for a call", ""};
    set_guards(curl.get(), options_);
    set_request(curl.get(), request);
    set(curl.get(), CURLOPT_PROTOCOLS_STR, secure ? "https" : "http");
    const Lines lines = header_lines(request);
    set(curl.get(), CURLOPT_HTTPHEADER, lines.get());
    set(curl.get(), CURLOPT_WRITEFUNCTION, take_body);
    set(curl.get(), CURLOPT_WRITEDATA, static_cast<void*>(&call));
    set(curl.get(), CURLOPT_OPENSOCKETFUNCTION, open_socket);
    set(curl.get(), CURLOPT_OPENSOCKETDATA, static_cast<void*>(&call));
    auto answer = answer_of(curl.get(), curl_easy_perform(curl.get()), call);
    handles_->give_back(std::move(curl));
    return answer;
}

std::string host_of(const std::string& url) {
    bool secure = false;
    return called_host(url, secure);
}

std::string encoded(std::string_view text) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (plain.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
    return out;
}

bool is_public_address(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return is_public_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6) return false;
    // The caller's sockaddr is the head of a larger structure (curl_sockaddr, sockaddr_storage).
    return is_public_v6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr.s6_addr);
}

}  // namespace stageclock::http
