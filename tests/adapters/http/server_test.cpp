// SPDX-License-Identifier: MIT
#include "adapters/http/server.h"

#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/http/wire.h"
#include "adapters/http/workers.h"
#include "tests/adapters/http/raw_client.h"
#include "tests/adapters/http/recording_application.h"

using namespace stageclock;
using namespace std::chrono_literals;

namespace {

const std::string look = "GET /look HTTP/1.1\r\nHost: x\r\n\r\n";

struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("http-test-" + std::to_string(::getpid()));
    Folder() { std::filesystem::create_directory(path); }
    ~Folder() { std::filesystem::remove_all(path); }
};

struct Pair {
    front::Descriptor near;
    front::Descriptor far;
    Pair() {
        int sockets[2]{};
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, sockets) == 0);
        near = front::Descriptor(sockets[0]);
        far = front::Descriptor(sockets[1]);
    }
};

}  // namespace

TEST_CASE("a connection is kept for many requests, also when they come together") {
    RecordingApplication application;
    front::Server server("127.0.0.1:0", false, application);
    REQUIRE(server.start());
    RawClient client(server.address());
    for (int i = 0; i < 200; ++i) {
        client.send(look);
        REQUIRE(status_of(client.answer()) == 200);
    }
    client.send(look + look + look);
    for (int i = 0; i < 3; ++i) CHECK(status_of(client.answer()) == 200);
    client.send("GET /look HTTP/1.1\r\nConnection: Close\r\n\r\n");
    const std::string last = client.answer();
    CHECK(last.find("Connection: close") != std::string::npos);
    CHECK(client.closed());
}

TEST_CASE("HEAD is answered without a body") {
    RecordingApplication application;
    front::Server server("127.0.0.1:0", false, application);
    REQUIRE(server.start());
    RawClient client(server.address());
    client.send("HEAD /look HTTP/1.1\r\nConnection: close\r\n\r\n");
    const std::string all = client.rest();
    CHECK(status_of(all) == 200);
    CHECK(all.ends_with("\r\n\r\n"));
}

TEST_CASE("five hundred connections at once are all answered") {
    RecordingApplication application;
    front::Server server("127.0.0.1:0", false, application);
    REQUIRE(server.start());
    const auto begun = std::chrono::steady_clock::now();
    std::vector<RawClient> clients;
    for (int i = 0; i < 500; ++i) clients.emplace_back(server.address());
    for (RawClient& client : clients) client.send(look);
    for (RawClient& client : clients) REQUIRE(status_of(client.answer()) == 200);
    // With a backlog of five the kernel's retries alone take longer.
    CHECK(std::chrono::steady_clock::now() - begun < 3s);
}

TEST_CASE("idle connections, far more than workers, do not hold up an active one") {
    RecordingApplication application;
    front::Server server("127.0.0.1:0", false, application);
    REQUIRE(server.start());
    std::vector<RawClient> idle;
    for (int i = 0; i < 400; ++i) {
        idle.emplace_back(server.address());
        if (i % 2 == 0) idle.back().send(look);  // half of them have asked something before
    }
    for (std::size_t i = 0; i < idle.size(); i += 2) REQUIRE(status_of(idle[i].answer()) == 200);
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i) CHECK(status_of(ask(server.address(), look)) == 200);
    CHECK(std::chrono::steady_clock::now() - begun < 3s);
    idle[7].send(look);
    CHECK(status_of(idle[7].answer()) == 200);
}

TEST_CASE("a second daemon at the same port is told so") {
    RecordingApplication application;
    front::Server first("127.0.0.1:0", false, application);
    REQUIRE(first.start());
    const std::string port = first.address().substr(first.address().rfind(':') + 1);
    front::Server second("127.0.0.1:" + port, false, application);
    const Done started = second.start();
    REQUIRE(!started);
    CHECK(started.error().code == Code::unavailable);
    CHECK(started.error().what.find("is another stageclock running?") != std::string::npos);
    CHECK(started.error().where == "127.0.0.1:" + port);
}

TEST_CASE("an address other machines can reach needs an explicit setting") {
    for (const char* address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:8080", "[2001:db8::1]:80"}) {
        const auto refused = front::listen_at(address, false);
        REQUIRE(!refused);
        CHECK(refused.error().code == Code::refused);
    }
    CHECK(front::listen_at("0.0.0.0:0", true));
    CHECK(front::listen_at("localhost:0", false));
    CHECK(front::listen_at("127.9.9.9:0", false));
}

TEST_CASE("what is no address is refused with an example") {
    for (const char* address : {"", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x",
                                "127.0.0.1:99999", "example.org:80", "127.0.0.1:80 ", "unix:",
                                "unix:relative"}) {
        CAPTURE(address);
        const auto refused = front::listen_at(address, true);
        REQUIRE(!refused);
        CHECK(refused.error().code == Code::invalid_input);
    }
    CHECK(!front::listen_at("unix:/" + std::string(200, 'x'), false));
}

TEST_CASE("a unix socket is for the daemon and its group, survives a crash, and is locked") {
    const Folder folder;
    const std::string path = folder.path / "http.sock";
    {
        // What a killed daemon leaves: a socket file nobody listens on.
        auto crashed = front::listen_at("unix:" + path, false);
        REQUIRE(crashed);
        crashed->unix_path.clear();
    }
    REQUIRE(std::filesystem::exists(path));
    RecordingApplication application;
    front::Server server("unix:" + path, false, application);
    REQUIRE(server.start());
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0660);
    CHECK(status_of(ask(server.address(), look)) == 200);
    front::Server second("unix:" + path, false, application);
    const Done started = second.start();
    REQUIRE(!started);
    CHECK(started.error().what.find("another stageclock") != std::string::npos);
    CHECK(status_of(ask(server.address(), look)) == 200);
    server.stop();
    CHECK(!std::filesystem::exists(path));
}

TEST_CASE("a file in the place of the socket is not removed") {
    const Folder folder;
    const std::string path = folder.path / "precious";
    std::ofstream(path) << "data";
    CHECK(!front::listen_at("unix:" + path, false));
    CHECK(std::filesystem::exists(path));
}

TEST_CASE("stopping finishes the request in hand and takes no new one") {
    RecordingApplication application;
    front::Server server("127.0.0.1:0", false, application);
    REQUIRE(server.start());
    const std::string address = server.address();
    RawClient client(address);
    RawClient idle(address);
    client.send("GET /wait HTTP/1.1\r\n\r\n");
    REQUIRE(application.wait_for(1));
    auto stopped = std::async(std::launch::async, [&] { server.stop(); });
    CHECK(idle.closed());
    CHECK(stopped.wait_for(0s) == std::future_status::timeout);
    application.let_go();
    CHECK(status_of(client.answer()) == 200);
    REQUIRE(stopped.wait_for(5s) == std::future_status::ready);
    CHECK(!RawClient(address).connected());
}

TEST_CASE("a server may be stopped at once, twice, or without having been started") {
    RecordingApplication application;
    front::Server server("127.0.0.1:0", false, application);
    server.stop();
    for (int i = 0; i < 5; ++i) {
        REQUIRE(server.start());
        server.stop();
        server.stop();
    }
}

TEST_CASE("a byte now and then does not keep a request open past its deadline") {
    Pair pair;
    front::Wire wire(pair.near.get());
    wire.expect(1000, std::chrono::steady_clock::now() + 150ms);
    std::jthread slow([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (::send(pair.far.get(), "x", 1, MSG_NOSIGNAL) < 0) return;
            pollfd nothing{-1, 0, 0};
            ::poll(&nothing, 1, 10);  // a byte every 10 ms
        }
    });
    const auto begun = std::chrono::steady_clock::now();
    char byte = 0;
    int read = 0;
    while (read < 100000 && wire.read(&byte, 1) == 1) ++read;
    CHECK(std::chrono::steady_clock::now() - begun < 1s);
    CHECK(read < 100);
}

TEST_CASE("a part of a request gives no more bytes than it may have") {
    Pair pair;
    front::Wire wire(pair.near.get());
    REQUIRE(::send(pair.far.get(), "0123456789", 10, 0) == 10);
    wire.expect(4, std::chrono::steady_clock::now() + 1s);
    char bytes[10]{};
    CHECK(wire.read(bytes, 10) == 4);
    CHECK(wire.read(bytes, 1) == -1);
    wire.expect(100, std::chrono::steady_clock::now() + 1s);
    CHECK(wire.readable(0ms));
    CHECK(wire.read(bytes, 10) == 6);
    CHECK(wire.taken() == 6);
    pair.far.close();
    CHECK(wire.read(bytes, 10) == -1);
}

TEST_CASE("the queue before the workers has an end: who brings more waits") {
    std::promise<void> go;
    const std::shared_future<void> gate = go.get_future().share();
    std::atomic<int> served{0};
    front::Workers workers(1, 2, [&](front::Visit) {
        gate.wait();
        ++served;
    });
    for (int i = 0; i < 3; ++i) workers.bring({});  // one in hand (or about to be), two waiting
    auto fourth = std::async(std::launch::async, [&] {
        workers.bring({});
        workers.bring({});
    });
    CHECK(fourth.wait_for(100ms) == std::future_status::timeout);
    CHECK(workers.busy());
    go.set_value();
    REQUIRE(fourth.wait_for(5s) == std::future_status::ready);
    workers.finish();
    CHECK(served == 5);
}
