// SPDX-License-Identifier: MIT
//
// Each known hole of cpp-httplib 0.11.4, attacked over a real socket (docs/adapters/http.md,
// "Guards").
#include <doctest/doctest.h>

#include "adapters/http/server.h"
#include "tests/adapters/http/raw_client.h"
#include "tests/adapters/http/recording_application.h"

using namespace stageclock;

namespace {

struct Open {
    RecordingApplication application;
    front::Server server{"127.0.0.1:0", false, application};
    Open() { REQUIRE(server.start()); }

    int status(const std::string& bytes) { return status_of(ask(server.address(), bytes)); }
};

std::string post(const std::string& headers, const std::string& body) {
    return "POST /take HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
}

std::string chunk(std::size_t size) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (std::size_t rest = size; rest > 0; rest /= 16) hex.insert(hex.begin(), digits[rest % 16]);
    return hex + "\r\n" + std::string(size, 'x') + "\r\n";
}

}  // namespace

TEST_CASE("a body in chunks is counted, however long it claims not to be") {
    Open open;
    RawClient client(open.server.address());
    client.send(post("Transfer-Encoding: chunked\r\n", ""));
    std::size_t sent = 0;
    while (sent < std::size_t{64} * 1024 * 1024 && client.send(chunk(65536))) sent += 65536;
    CHECK(sent < std::size_t{16} * 1024 * 1024);  // what the kernel buffers and we drain
    CHECK(open.application.seen().empty());
}

TEST_CASE("a body in chunks just over the limit is answered 413, one within it is taken") {
    Open open;
    const std::string head = post("Transfer-Encoding: chunked\r\n", "");
    CHECK(open.status(head + chunk(262144) + chunk(1) + "0\r\n\r\n") == 413);
    CHECK(open.status(head + chunk(262144) + "0\r\n\r\n") == 200);
    REQUIRE(open.application.seen().size() == 1);
    CHECK(open.application.seen()[0].body.size() == 262144);
}

TEST_CASE("tiny chunks cannot make us read without end") {
    Open open;
    RawClient client(open.server.address());
    client.send(post("Transfer-Encoding: chunked\r\n", ""));
    std::string flood;
    for (int i = 0; i < 300000; ++i) flood += "1;padding=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n";
    client.send(flood);
    CHECK(status_of(client.answer()) / 100 == 4);
    CHECK(open.application.seen().empty());
}

TEST_CASE("a declared length over the limit is answered 413 without reading") {
    Open open;
    CHECK(open.status(post("Content-Length: 262145\r\n", "")) == 413);
    CHECK(open.status(post("Content-Length: 99999999999999999999999\r\n", "")) == 400);
}

TEST_CASE("compressed bodies are refused before anything is inflated") {
    Open open;
    for (const char* coding : {"gzip", "br", "deflate", "zstd", "identity"}) {
        CHECK(open.status(post("Content-Encoding: " + std::string(coding) +
                                   "\r\nContent-Length: 3\r\n", "abc")) == 415);
    }
    CHECK(open.application.seen().empty());
}

TEST_CASE("a multipart body is refused, not thrown at") {
    Open open;
    CHECK(open.status(post("Content-Type: multipart/form-data; boundary=x\r\n"
                           "Content-Length: 5\r\n", "--x--")) == 415);
    CHECK(open.status(post("Content-Type: multipart/form-data\r\nContent-Length: 0\r\n", "")) ==
          415);
}

TEST_CASE("sixty-four headers are read, more are answered 431") {
    Open open;
    const auto with = [](int count) {
        std::string text = "GET /look HTTP/1.1\r\n";
        for (int i = 0; i < count; ++i) text += "X-" + std::to_string(i) + ": y\r\n";
        return text + "\r\n";
    };
    CHECK(open.status(with(64)) == 200);
    CHECK(open.status(with(65)) == 431);
    CHECK(open.status(with(3000)) == 431);
}

TEST_CASE("a header line without end is not kept in memory") {
    Open open;
    RawClient client(open.server.address());
    client.send("GET /look HTTP/1.1\r\nX-Long: ");
    std::size_t sent = 0;
    const std::string block(65536, 'a');
    while (sent < std::size_t{64} * 1024 * 1024 && client.send(block)) sent += block.size();
    CHECK(sent < std::size_t{16} * 1024 * 1024);
    CHECK(open.status("GET /look HTTP/1.1\r\nX: " + std::string(60000, 'a') + "\r\n\r\n") == 400);
    CHECK(open.status("GET /" + std::string(60000, 'a') + " HTTP/1.1\r\n\r\n") != 200);
}

TEST_CASE("a header cannot pretend to be the library's own") {
    Open open;
    CHECK(open.status("GET /look HTTP/1.1\r\nREMOTE_ADDR: 192.0.2.7\r\nremote_port: 1\r\n"
                      "LOCAL_ADDR: 192.0.2.8\r\nX-Real: 1\r\n\r\n") == 200);
    const auto seen = open.application.seen();
    REQUIRE(seen.size() == 1);
    for (const auto& header : seen[0].headers) {
        CHECK(header.value.find("192.0.2") == std::string::npos);
    }
    CHECK(!seen[0].has("remote_addr"));
    CHECK(seen[0].has("x-real"));
}

TEST_CASE("percent-encoded line breaks in a header reach no answer") {
    Open open;
    const std::string answer =
        ask(open.server.address(), "GET /look HTTP/1.1\r\nX-Evil: a%0D%0ASet-Cookie:%20b=c\r\n"
                                   "Authorization: Bearer %0d%0aX-Injected: 1\r\n\r\n");
    CHECK(status_of(answer) == 200);
    CHECK(answer.find("Set-Cookie") == std::string::npos);
    CHECK(answer.find("X-Injected") == std::string::npos);
}

TEST_CASE("requests two readers could understand differently are refused and end the connection") {
    Open open;
    const std::string hidden = "GET /hidden HTTP/1.1\r\n\r\n";
    const auto check_one_answer = [&](const std::string& bytes, int status) {
        CAPTURE(bytes);
        RawClient client(open.server.address());
        client.send(bytes + hidden);
        const std::string all = client.rest();
        CHECK(status_of(all) == status);
        CHECK(all.find("HTTP/1.1", 8) == std::string::npos);
    };
    check_one_answer(post("Content-Length: abc\r\n", ""), 400);
    check_one_answer(post("Content-Length: +5\r\n", "hello"), 400);
    check_one_answer(post("Content-Length: -1\r\n", ""), 400);
    check_one_answer(post("Content-Length: 0\r\nContent-Length: 5\r\n", "hello"), 400);
    check_one_answer(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
    check_one_answer(post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400);
    check_one_answer(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", ""), 400);
    check_one_answer(post("", "hello"), 411);
    check_one_answer("GET /look HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", 400);
    check_one_answer("GET /look HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    for (const auto& request : open.application.seen()) CHECK(request.path != "/hidden");
}

TEST_CASE("the unread body of a refused request is not taken for the next request") {
    Open open;
    const std::string hidden = "GET /hidden HTTP/1.1\r\n\r\n";
    RawClient client(open.server.address());
    client.send("POST /refuse HTTP/1.1\r\nContent-Length: " + std::to_string(hidden.size()) +
                "\r\n\r\n" + hidden);
    CHECK(status_of(client.answer()) == 403);
    CHECK(client.closed());
    CHECK(open.application.seen().empty());
}

TEST_CASE("what an application throws is not told to the client") {
    Open open;
    const std::string answer = ask(open.server.address(), "GET /throw HTTP/1.1\r\n\r\n");
    CHECK(status_of(answer) == 500);
    CHECK(answer.find("Canary") == std::string::npos);
    CHECK(answer.find("EXCEPTION") == std::string::npos);
    CHECK(status_of(ask(open.server.address(), post("Content-Length: 5\r\n", "throw"))) == 500);
}

TEST_CASE("answers are never cut to a range nor compressed") {
    Open open;
    const std::string answer =
        ask(open.server.address(), "GET /look HTTP/1.1\r\nRange: bytes=0-1\r\n"
                                   "Accept-Encoding: gzip, br\r\n\r\n");
    CHECK(status_of(answer) == 200);
    CHECK(answer.find("Content-Encoding") == std::string::npos);
    CHECK(answer.find("looked") != std::string::npos);
}

TEST_CASE("odd paths, methods and lines are refused") {
    Open open;
    const std::string end = " HTTP/1.1\r\n\r\n";
    for (const char* path : {"/%00", "/a%0ab", "/a b", "/<x>", "/%2e%2e%5c", "//%ff"}) {
        CAPTURE(path);
        CHECK(open.status("GET " + std::string(path) + end) / 100 == 4);
    }
    CHECK(open.status("GET /" + std::string(300, 'a') + end) == 404);
    CHECK(open.status("POST /a%0ab HTTP/1.1\r\nContent-Length: 0\r\n\r\n") == 404);
    for (const char* method : {"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"}) {
        CHECK(open.status(std::string(method) + " /look" + end) == 405);
    }
    CHECK(open.status("BREW /look" + end) == 400);
    CHECK(open.status("nonsense\r\n\r\n") == 400);
    CHECK(open.status(std::string(3, '\0') + "\r\n\r\n") == 400);
    CHECK(open.application.seen().empty());
}

TEST_CASE("who hangs up in the middle of a request harms nobody") {
    Open open;
    for (const char* begun : {"", "G", "GET /look HTTP/1.1\r\nX", "GET /look HTTP/1.1\r\n\r\n"}) {
        RawClient client(open.server.address());
        client.send(begun);
    }
    {
        RawClient client(open.server.address());
        client.send(post("Content-Length: 100\r\n", "half"));
    }
    CHECK(open.status("GET /look HTTP/1.1\r\n\r\n") == 200);
}
