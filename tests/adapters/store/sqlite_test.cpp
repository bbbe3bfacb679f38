// SPDX-License-Identifier: MIT
#include <sys/stat.h>

#include <fstream>

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "adapters/store/codec/codec.h"
#include "adapters/store/sqlite/schema.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "tests/adapters/store/scratch.h"
#include "tests/contract/store_samples.h"

using namespace stageclock;
using namespace stageclock::samples;

namespace {

std::unique_ptr<Store> opened(const std::string& path) {
    auto store = make_sqlite_store(path);
    REQUIRE(store);
    return *std::move(store);
}

// Another connection, as an operator's tool would have one.
sqlite::Database tool(const std::string& path) {
    return {path, sqlite::Database::Use::write, std::chrono::milliseconds(1000)};
}

unsigned mode_of(const std::string& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("everything is there when the store is opened again") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    const Transition raised = raise("CSCP-2027-0012");
    {
        const auto store = opened(path);
        REQUIRE(store->commit(only(raised)));
        const auto claimed = store->claim(monday, after(60), 10);
        REQUIRE(store->record(std::vector{result(claimed->front().id, NoticeState::accepted)}));
        REQUIRE(store->set_aside({"mail", "<1@example.org>", "why", "original", monday}));
        REQUIRE(*store->count_attempt("mail", "x") == 1);
    }
    const auto store = opened(path);
    CHECK(codec::encode(**store->load(raised.ref)) == codec::encode(raised.after));
    CHECK(store->events(raised.ref)->size() == 1);
    const auto rows = store->notices(raised.ref);
    REQUIRE(rows->size() == 1);
    CHECK(rows->front().state == NoticeState::accepted);
    CHECK(*store->sent(rows->front().id) == result(1, NoticeState::accepted).sent);
    CHECK(store->set_asides(10)->size() == 1);
    CHECK(*store->answer("case-system", raised.answer->id));
    CHECK(*store->next_due() == after(3600));
    CHECK(*store->next_number("CSCP", 2027) == 13);
    CHECK(*store->count_attempt("mail", "x") == 2);
}

TEST_CASE("an empty file becomes a database of the present version, for its owner only") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    const auto store = opened(path);
    REQUIRE(store->probe());
    auto database = tool(path);
    CHECK(database.integer("PRAGMA user_version") ==
          static_cast<std::int64_t>(sqlite::migrations().size()));
    CHECK(database.text("PRAGMA journal_mode") == "wal");
    CHECK(database.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                           " AND sql NOT LIKE '%STRICT%' AND name NOT LIKE 'sqlite_%'") == 0);
    for (const char* name : {"store.db", "store.db-wal", "store.db-shm", "store.db.attempts"})
        CHECK(mode_of(scratch.file(name)) == 0600);
}

TEST_CASE("a database of the first version is brought up to date, its notices with it") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    {
        sqlite::make_file(path);
        auto database = tool(path);
        database.run(sqlite::migrations()[0]);
        database.run("PRAGMA user_version = 1");
        database.run("INSERT INTO notice (ref, key, rule, kind, recipient, state, not_before,"
                     " done_at, reply) VALUES ('', 'k', 'mail', 'receipt', 'a', 'accepted', 1, 2,"
                     " '250 2.0.0 Ok')");
        database.run("INSERT INTO notice_body (id, body) VALUES (1, '{\"kind\":\"receipt\","
                     "\"reason\":\"mail-kept\",\"to\":{\"audience\":\"board\"},\"decided\":1}')");
    }
    const auto store = opened(path);
    REQUIRE(store->bounced(1, after(60), "reported"));
    const auto row = store->notice(1);
    REQUIRE(row);
    CHECK((*row)->state == NoticeState::bounced);
    CHECK((*row)->reply == "250 2.0.0 Ok");
}

TEST_CASE("a database of a newer version is refused with a sentence and left alone") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    opened(path).reset();
    tool(path).run("PRAGMA user_version = 99");
    const auto store = make_sqlite_store(path);
    REQUIRE_FALSE(store);
    CHECK(store.error().code == Code::refused);
    CHECK(store.error().what ==
          "the database is of version 99, made by a newer stageclock; this one knows versions up "
          "to 4. Install the newer stageclock");
    CHECK(store.error().where == path);
    CHECK(tool(path).integer("PRAGMA user_version") == 99);
}

TEST_CASE("a file that is not ours is refused and left alone") {
    const Scratch scratch;
    const std::string other = scratch.file("other.db");
    std::ofstream(other).close();
    tool(other).run("CREATE TABLE theirs (id INTEGER)");
    const auto foreign = make_sqlite_store(other);
    REQUIRE_FALSE(foreign);
    CHECK(foreign.error().code == Code::refused);
    CHECK(tool(other).text("PRAGMA journal_mode") == "delete");

    const std::string text = scratch.file("text.db");
    std::ofstream(text) << std::string(5000, 'x');
    CHECK(make_sqlite_store(text).error().code == Code::unavailable);
}

TEST_CASE("a database in a directory that does not exist is an error with its path") {
    const Scratch scratch;
    const auto store = make_sqlite_store(scratch.file("missing/store.db"));
    REQUIRE_FALSE(store);
    CHECK(store.error().code == Code::unavailable);
    CHECK(store.error().where == scratch.file("missing/store.db"));
}

TEST_CASE("closed cases and settled notices are in no index of due work") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    const auto store = opened(path);
    Transition raised = raise("CSCP-2027-0001");
    raised.next = std::nullopt;
    REQUIRE(store->commit(only(raised)));
    const auto claimed = store->claim(monday, after(60), 10);
    REQUIRE(store->record(std::vector{result(claimed->front().id, NoticeState::accepted)}));
    auto database = tool(path);
    const auto used = [&database](const std::string& sql) {
        sqlite::Query plan = database.query(sql);
        return plan.step() ? plan.text(3) : std::string();
    };
    CHECK(used("EXPLAIN QUERY PLAN SELECT ref FROM case_file WHERE next_look IS NOT NULL"
               " AND next_look <= 1 ORDER BY next_look, ref LIMIT 1") ==
          "SEARCH case_file USING COVERING INDEX case_due (next_look>? AND next_look<?)");
    // The partial indexes are walked here, and are empty.
    CHECK(database.integer("SELECT count(*) FROM case_file INDEXED BY case_due"
                           " WHERE next_look IS NOT NULL") == 0);
    CHECK(database.integer("SELECT count(*) FROM notice INDEXED BY notice_due"
                           " WHERE state IN ('pending', 'retrying')") == 0);
    CHECK(database.integer("SELECT count(*) FROM notice INDEXED BY notice_leased"
                           " WHERE state = 'claimed'") == 0);
}

TEST_CASE("events are never changed or removed") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    REQUIRE(opened(path)->commit(only(raise("CSCP-2027-0001"))));
    CHECK_THROWS_AS(tool(path).run("UPDATE event SET body = '{}'"), sqlite::Failure);
    CHECK_THROWS_AS(tool(path).run("DELETE FROM event"), sqlite::Failure);
    CHECK(opened(path)->events("CSCP-2027-0001")->size() == 1);
}

TEST_CASE("a notice whose text is damaged fails and does not stop the others") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    const auto store = opened(path);
    Transition raised = raise("CSCP-2027-0001");
    raised.notices = {reminder(raised.ref, "a", "one", 1), reminder(raised.ref, "a", "two", 1)};
    REQUIRE(store->commit(only(raised)));
    tool(path).run("UPDATE notice_body SET body = '{\"kind\":\"song\"}' WHERE id = 1");
    const auto claimed = store->claim(monday, after(60), 10);
    REQUIRE(claimed);
    REQUIRE(claimed->size() == 1);
    CHECK(claimed->front().id == 2);
    auto database = tool(path);
    CHECK(database.text("SELECT state FROM notice WHERE id = 1") == "failed");
    CHECK(database.text("SELECT reply FROM notice WHERE id = 1") ==
          "the stored value cannot be read: it is none of the known words (notice/kind)");
}

TEST_CASE("a damaged case is an error that says where and does not quote it") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    const auto store = opened(path);
    REQUIRE(store->commit(only(raise("CSCP-2027-0001"))));
    tool(path).run("UPDATE case_file SET snapshot = replace(snapshot, '\"open\"', '\"ajar\"')");
    const auto the_case = store->load("CSCP-2027-0001");
    REQUIRE_FALSE(the_case);
    CHECK(the_case.error().code == Code::internal);
    CHECK(the_case.error().where == "case/status");
    CHECK(the_case.error().what.find("ajar") == std::string::npos);
}

TEST_CASE("the write-ahead log keeps a steady size") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    sqlite::Options options;
    options.log = {32, 100000};
    const auto store = sqlite::open_store(path, options);
    REQUIRE(store);
    for (int i = 0; i < 150; ++i)
        REQUIRE((*store)->commit(only(raise("CSCP-2027-" + std::to_string(i)))));
    // Without checkpoints it would be more than 8 MB.
    CHECK(std::filesystem::file_size(path + "-wal") < 3 * 1024 * 1024);
    CHECK((*store)->cases(1000)->size() == 150);
}

TEST_CASE("an operator who reads for long does not stop the log from being copied in the end") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    sqlite::Options options;
    options.log = {32, 100000};
    const auto store = sqlite::open_store(path, options);
    REQUIRE(store);
    {
        auto reader = tool(path);
        reader.run("BEGIN; SELECT * FROM case_file");
        for (int i = 0; i < 40; ++i)
            REQUIRE((*store)->commit(only(raise("CSCP-2027-" + std::to_string(i)))));
    }
    const auto held = std::filesystem::file_size(path + "-wal");
    for (int i = 40; i < 160; ++i)
        REQUIRE((*store)->commit(only(raise("CSCP-2027-" + std::to_string(i)))));
    CHECK(std::filesystem::file_size(path + "-wal") < 2 * held);
}

TEST_CASE("a torn end of the attempts is dropped and counting goes on") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    {
        const auto store = opened(path);
        REQUIRE(store->count_attempt("mail", "a"));
        REQUIRE(store->count_attempt("mail", "b"));
        REQUIRE(store->forget_attempt("mail", "b"));
    }
    std::ofstream(path + ".attempts", std::ios::app) << "+4 100 mail torn";
    CHECK(*opened(path)->count_attempt("mail", "a") == 2);
    CHECK(*opened(path)->count_attempt("mail", "a") == 3);
    CHECK(*opened(path)->count_attempt("mail", "b") == 1);
}

TEST_CASE("the file of attempts does not grow without end") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    const std::string id(1000, 'i');
    {
        const auto store = opened(path);
        REQUIRE(store->count_attempt("mail", "stays"));
        for (int i = 0; i < 3000; ++i) {
            REQUIRE(store->count_attempt("mail", id));
            REQUIRE(store->forget_attempt("mail", id));
        }
        CHECK(std::filesystem::file_size(path + ".attempts") < 1100000);
    }
    const auto store = opened(path);
    CHECK(*store->count_attempt("mail", id) == 1);
    CHECK(*store->count_attempt("mail", "stays") == 2);
    REQUIRE(store->forget_attempt("mail", id));
    REQUIRE(store->forget_attempt("mail", "stays"));
    CHECK(std::filesystem::file_size(path + ".attempts") == 0);
}

TEST_CASE("one case is read beside the process that writes it, and nothing is made or changed") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    CHECK(read_case_file(path, "CSCP-2027-0012").error().code == Code::not_found);
    CHECK_FALSE(std::ifstream(path).is_open());
    const Transition raised = raise("CSCP-2027-0012");
    const auto store = opened(path);
    REQUIRE(store->commit(only(raised)));
    const auto file = read_case_file(path, raised.ref);
    REQUIRE(file);
    CHECK(codec::encode(file->the_case) == codec::encode(raised.after));
    CHECK(file->events.size() == 1);
    REQUIRE(file->notices.size() == 1);
    CHECK(file->notices.front().state == NoticeState::pending);
    CHECK(read_case_file(path, "CSCP-2027-0099").error().code == Code::not_found);
    REQUIRE(store->commit(only(change(raised))));
    CHECK(read_case_file(path, raised.ref)->events.size() == 2);
    tool(path).run("PRAGMA user_version = 999");
    CHECK(read_case_file(path, raised.ref).error().code == Code::refused);
}
