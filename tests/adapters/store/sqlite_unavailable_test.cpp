// SPDX-License-Identifier: MIT
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <thread>

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "tests/adapters/store/process.h"
#include "tests/adapters/store/scratch.h"
#include "tests/contract/store_samples.h"

using namespace stageclock;
using namespace stageclock::samples;

namespace {

constexpr int not_permitted = 77;

Transition numbered(int number) { return raise("CSCP-2027-" + std::to_string(number)); }

// Commits until one is refused; the number of those stored, or -1 for another error.
int fill(Store& store, int most) {
    for (int stored = 0; stored < most; ++stored) {
        const Done one = store.commit(only(numbered(stored)));
        if (!one) return one.error().code == Code::unavailable ? stored : -1;
    }
    return most;
}

// True when exactly the first `count` cases are there, each whole.
bool holds_exactly(Store& store, int count) {
    const auto cases = store.cases(100000);
    if (!cases || cases->size() != static_cast<std::size_t>(count)) return false;
    for (const CaseSummary& summary : *cases)
        if (store.events(summary.ref)->size() != 1 || store.notices(summary.ref)->size() != 1)
            return false;
    return true;
}

// Fills the store until `full` is in the way, then removes the cause. Exit codes say which step.
int full_and_free(const std::string& path, const std::function<bool()>& free) {
    const auto store = make_sqlite_store(path);
    if (!store) return 1;
    const int stored = fill(**store, 5000);
    if (stored <= 0 || stored == 5000) return 2;
    if ((*store)->commit(only(numbered(stored)))) return 3;  // still full
    if (!holds_exactly(**store, stored)) return 4;
    if (!free()) return 5;
    if (!(*store)->commit(only(numbered(stored)))) return 6;
    if (!holds_exactly(**store, stored + 1)) return 7;
    return (*store)->probe() ? 0 : 8;
}

int limit_files(rlim_t bytes) {
    rlimit limit{bytes, RLIM_INFINITY};
    return ::setrlimit(RLIMIT_FSIZE, &limit);
}

int with_small_disk(const std::string& directory) {
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("none", directory.c_str(), "tmpfs", 0, "size=1m,mode=0700") != 0)
        return not_permitted;
    return full_and_free(directory + "/store.db", [&] {
        return ::mount("none", directory.c_str(), "tmpfs", MS_REMOUNT, "size=64m") == 0;
    });
}

int in_read_only_directory(const std::string& directory) {
    if (::chmod(directory.c_str(), 0555) != 0) return 1;
    // Root may write everywhere: nobody may not.
    if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(65534) != 0 ||
                             ::setuid(65534) != 0))
        return not_permitted;
    const auto store = make_sqlite_store(directory + "/store.db");
    if (store) return 2;
    return store.error().code == Code::unavailable ? 0 : 3;
}

}  // namespace

TEST_CASE("a full disk stores nothing of the group, and the store works again when there is room") {
    const Scratch scratch;
    const int code = exit_code(ended_with([&] { return with_small_disk(scratch.path()); }));
    if (code == not_permitted)
        MESSAGE("not run: a small disk needs the right to mount one");
    else
        CHECK(code == 0);
}

TEST_CASE("a file that cannot grow is unavailable until it can") {
    const Scratch scratch;
    CHECK(exit_code(ended_with([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        if (limit_files(512 * 1024) != 0) return 10;
        return full_and_free(scratch.file("store.db"),
                             [] { return limit_files(RLIM_INFINITY) == 0; });
    })) == 0);
}

TEST_CASE("a database in a directory that cannot be written is unavailable") {
    const Scratch scratch;
    const int code = exit_code(ended_with([&] { return in_read_only_directory(scratch.path()); }));
    CHECK((code == 0 || code == not_permitted));
}

TEST_CASE("while another process writes the store is unavailable, and reads go on") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    sqlite::Options options;
    options.busy = std::chrono::milliseconds(50);
    const auto store = sqlite::open_store(path, options);
    REQUIRE(store);
    REQUIRE((*store)->commit(only(numbered(1))));
    {
        sqlite::Database other(path, sqlite::Database::Use::write, {});
        const sqlite::Transaction held(other);
        const Done refused = (*store)->commit(only(numbered(2)));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Code::unavailable);
        CHECK(refused.error().what == "the store cannot be used: database is locked");
        CHECK((*store)->probe().error().code == Code::unavailable);
        CHECK((*store)->claim(monday, after(60), 1).error().code == Code::unavailable);
        CHECK(*(*store)->load("CSCP-2027-1"));
    }
    CHECK((*store)->commit(only(numbered(2))));
    CHECK((*store)->probe());
}

TEST_CASE("a reader does not wait for a commit that waits") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    sqlite::Options options;
    options.busy = std::chrono::milliseconds(20000);
    const auto store = sqlite::open_store(path, options);
    REQUIRE(store);
    REQUIRE((*store)->commit(only(numbered(1))));
    auto other = std::make_unique<sqlite::Database>(path, sqlite::Database::Use::write,
                                                    std::chrono::milliseconds(0));
    auto held = std::make_unique<sqlite::Transaction>(*other);
    bool stored = false;
    std::jthread committing([&] { stored = bool((*store)->commit(only(numbered(2)))); });
    for (int i = 0; i < 100; ++i) CHECK(*(*store)->load("CSCP-2027-1"));
    CHECK_FALSE(*(*store)->load("CSCP-2027-2"));
    held.reset();
    committing.join();
    CHECK(stored);
    CHECK(*(*store)->load("CSCP-2027-2"));
}
