// SPDX-License-Identifier: MIT
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <doctest/doctest.h>

#include "adapters/support/http_client.h"
#include "tests/contract/hook_server.h"

using namespace stageclock;

namespace {

bool is_public(const char* text) {
    sockaddr_in6 six{};
    sockaddr_in four{};
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        return http::is_public_address(reinterpret_cast<const sockaddr&>(four));
    }
    REQUIRE(inet_pton(AF_INET6, text, &six.sin6_addr) == 1);
    six.sin6_family = AF_INET6;
    return http::is_public_address(reinterpret_cast<const sockaddr&>(six));
}

http::Client local_client() {
    http::ClientOptions options;
    options.local_hosts = {"127.0.0.1"};
    options.total_limit = std::chrono::milliseconds(800);
    return http::Client(options);
}

}  // namespace

TEST_CASE("which addresses are public") {
    for (const char* yes :
         {"1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.167.0.1", "100.63.0.1",
          "100.128.0.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"}) {
        CAPTURE(yes);
        CHECK(is_public(yes));
    }
    for (const char* no : {"0.0.0.0",
                           "10.1.2.3",
                           "100.64.0.1",
                           "127.0.0.1",
                           "127.9.9.9",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "198.18.0.1",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fe80::1",
                           "fc00::1",
                           "fd12::1",
                           "ff02::1",
                           "::ffff:127.0.0.1",
                           "::ffff:169.254.169.254",
                           "64:ff9b::7f00:1",
                           "2002:7f00:1::",
                           "2001::1",
                           "2001:db8::1",
                           "::127.0.0.1"}) {
        CAPTURE(no);
        CHECK_FALSE(is_public(no));
    }
}

TEST_CASE("an answer comes back with status, body and Retry-After") {
    test::HookServer server;
    server.answer(503, "busy", "9");
    auto client = local_client();
    const auto answer = client.send({"POST", server.url("/a"), "text/plain", "x", {}});
    REQUIRE(answer);
    CHECK(answer->status == 503);
    CHECK(answer->body == "busy");
    CHECK(answer->retry_after == std::chrono::seconds(9));
    CHECK(server.last_type() == "text/plain");
}

TEST_CASE("our own network is out of reach unless allowed by name") {
    test::HookServer server;
    http::ClientOptions options;
    options.local_hosts = {"localhost"};
    http::Client client(options);
    const auto refused = client.send({"POST", server.url("/a"), "", "x", {}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::refused);
    http::Client stranger({});
    for (const std::string url :
         {"https://127.0.0.1:1/", "https://localhost:1/", "https://[::1]/", "https://2130706433/",
          "https://0x7f.1/", "http://example.org/", "file:///etc/passwd", "ftp://example.org/", "",
          "https://user:password@example.org/"}) {
        CAPTURE(url);
        const auto answer = stranger.send({"GET", url, "", "", {}});
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Code::refused);
    }
    CHECK(server.calls() == 0);
}

TEST_CASE("a header value cannot add a header") {
    test::HookServer server;
    auto client = local_client();
    const auto answer = client.send(
        {"POST", server.url("/a"), "text/plain\r\nX-Evil: 1", "x", {{"X-A", "1\nX-B: 2"}}});
    REQUIRE(answer);
    CHECK(server.last_type().find("text/plain") == std::string::npos);
}

TEST_CASE("a configured proxy is asked for the whole address, and no other proxy ever") {
    test::HookServer proxy;
    setenv("http_proxy", "http://127.0.0.1:9/", 1);
    http::ClientOptions options;
    options.local_hosts = {"chat.example.org"};
    options.proxy = proxy.url("");
    http::Client client(options);
    const auto answer = client.send({"POST", "http://chat.example.org/hook?sig=1", "text/plain",
                                     "words", {}});
    unsetenv("http_proxy");
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(proxy.calls() == 1);
    CHECK(proxy.last_body() == "words");
}

TEST_CASE("a proxy does not open plain http to everybody") {
    test::HookServer proxy;
    http::ClientOptions options;
    options.proxy = proxy.url("");
    http::Client client(options);
    const auto answer = client.send({"POST", "http://chat.example.org/hook", "", "", {}});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Code::refused);
    CHECK(proxy.calls() == 0);
}
