// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "adapters/registry.h"

using namespace stageclock;
using namespace std::chrono_literals;

namespace {

// An empty folder that goes away with the test.
class Folder {
public:
    Folder() {
        char name[] = "/tmp/stageclock-clock-XXXXXX";
        REQUIRE(::mkdtemp(name));
        path_ = name;
    }
    Folder(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

std::unique_ptr<Clock> sandbox(const std::string& folder) {
    auto clock = make_sandbox_clock(folder);
    REQUIRE(clock);
    return std::move(*clock);
}

}  // namespace

TEST_CASE("the system clock shows the real time and refuses to be moved") {
    const auto clock = make_system_clock();
    CHECK(std::abs((clock->now() - std::chrono::system_clock::now()) / 1s) <= 2);
    CHECK_FALSE(clock->movable());
    const auto moved = clock->move_to(clock->now() + 1h);
    REQUIRE_FALSE(moved);
    CHECK(moved.error().code == Code::refused);
}

TEST_CASE("the sandbox clock begins at the real time and moves forward") {
    const Folder folder;
    const auto clock = sandbox(folder.path());
    CHECK(clock->movable());
    CHECK(std::abs((clock->now() - std::chrono::system_clock::now()) / 1s) <= 2);
    const Instant to = clock->now() + 120h;
    REQUIRE(clock->move_to(to));
    CHECK(clock->now() >= to);
    CHECK(clock->now() <= to + 5s);
}

TEST_CASE("the sandbox clock never moves back") {
    const Folder folder;
    const auto clock = sandbox(folder.path());
    REQUIRE(clock->move_to(clock->now() + 24h));
    REQUIRE(clock->move_to(clock->now() - 1h));  // already past: nothing changes
    CHECK(clock->now() > std::chrono::system_clock::now() + 23h);
}

TEST_CASE("a moved clock is still moved after a restart") {
    const Folder folder;
    Instant to;
    {
        const auto clock = sandbox(folder.path() + "/made/for/it");
        to = clock->now() + 1000h;
        REQUIRE(clock->move_to(to));
    }
    const auto again = sandbox(folder.path() + "/made/for/it");
    CHECK(again->now() >= to);
    CHECK(again->now() <= to + 5s);
}

TEST_CASE("a clock file that makes no sense is an error, not a guess") {
    for (const char* text : {"", "soon\n", "-5\n", "12x\n", "99999999999999999999999\n"}) {
        CAPTURE(text);
        const Folder folder;
        std::ofstream(folder.path() + "/clock") << text;
        const auto clock = make_sandbox_clock(folder.path());
        REQUIRE_FALSE(clock);
        CHECK(clock.error().where == folder.path() + "/clock");
    }
}

TEST_CASE("a clock that cannot be kept is not moved") {
    const Folder folder;
    const auto clock = sandbox(folder.path() + "/data");
    std::filesystem::remove_all(folder.path() + "/data");
    const auto moved = clock->move_to(clock->now() + 24h);
    REQUIRE_FALSE(moved);
    CHECK(moved.error().code == Code::unavailable);
    CHECK(clock->now() < std::chrono::system_clock::now() + 1h);
    std::ofstream(folder.path() + "/data") << "a file where the folder should be";
    CHECK_FALSE(make_sandbox_clock(folder.path() + "/data"));
}
