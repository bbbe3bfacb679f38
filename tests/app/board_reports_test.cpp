// SPDX-License-Identifier: MIT
#include "bot/app/board_reports.h"

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "bot/app/report_files.h"
#include "tests/support/flaky_store.h"
#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

BoardReport quarterly(const std::string& role) {
    BoardReport report;
    report.id = "quarterly";
    report.title = "Use of the policy";
    report.to = {{Side::board, role}};
    report.text = "How the policy was used.";
    return report;
}

// A board with one report, and what was noted to be sent.
struct House {
    FlakyStore store{make_memory_store()};
    Rulebook rulebook;

    explicit House(Small small = Small())
        : rulebook(boards(std::move(small)), {england_and_wales()}) {}
    static std::vector<ServedBoard> boards(Small small) {
        std::vector<ServedBoard> served;
        served.push_back({small.board, small.policy, small.directory});
        return served;
    }
    std::vector<Notice> sent() {
        std::vector<Notice> notices;
        const auto rows = store.recent_notices(100);
        for (const NoticeRow& row : *rows) notices.push_back(row.notice);
        return notices;
    }
};

Small with(const BoardReport& report) {
    Small small;
    small.policy.reports = {report};
    return small;
}

}  // namespace

TEST_CASE("a quarter's report goes out once, on the first working day after it") {
    House house(with(quarterly("inbox")));
    BoardReports reports(house.store, house.rulebook);
    REQUIRE(reports.look(london_time("2026-11-22 10:00")));
    CHECK(house.sent().empty());
    CHECK(reports.next() == london_time("2027-01-04 09:00"));
    CHECK(*reports.look(london_time("2027-01-04 09:00")) == 1);
    CHECK(*reports.look(london_time("2027-01-04 09:00")) == 0);
    REQUIRE(house.sent().size() == 1);
    const Notice notice = house.sent().front();
    CHECK(notice.reason == Reason::board_report);
    CHECK(notice.to.audience == Audience::board);
    CHECK(notice.title == "Use of the policy: October to December 2026");
    CHECK(BoardReports::period_of(notice.occurrence) == Period{2026, 4});
}

TEST_CASE("a report that fell due while the daemon was down goes out when it is back") {
    House house(with(quarterly("inbox")));
    REQUIRE(BoardReports(house.store, house.rulebook).look(london_time("2026-11-22 10:00")));
    BoardReports later(house.store, house.rulebook);
    CHECK(*later.look(london_time("2027-04-20 10:00")) == 2);  // two quarters have ended
    BoardReports restarted(house.store, house.rulebook);
    CHECK(*restarted.look(london_time("2027-04-20 10:01")) == 0);
    CHECK(house.sent().size() == 2);
}

TEST_CASE("a report the store would not take is due again") {
    House house(with(quarterly("inbox")));
    BoardReports reports(house.store, house.rulebook);
    REQUIRE(reports.look(london_time("2026-11-22 10:00")));
    house.store.posts_fail = true;
    const Instant due = london_time("2027-01-04 09:00");
    CHECK_FALSE(reports.look(due));
    CHECK(reports.next() == due + std::chrono::seconds(10));
    house.store.posts_fail = false;
    CHECK(*reports.look(due) == 1);
}

TEST_CASE("the board's inbox gets the report of a group nobody is known for, and is told so") {
    House house(with(quarterly("quality-group")));
    BoardReports reports(house.store, house.rulebook);
    REQUIRE(reports.look(london_time("2026-11-22 10:00")));
    CHECK(*reports.look(london_time("2027-01-04 09:00")) == 1);
    REQUIRE(house.sent().size() == 1);
    const Notice notice = house.sent().front();
    CHECK(notice.destination == "inbox@board.example.org");
    REQUIRE(notice.missing.size() == 1);
    CHECK(notice.missing.front().find("quality group") != std::string::npos);
    CHECK(notice.ask.find("pass it on") != std::string::npos);
}

TEST_CASE("a report nobody can get is put before the operator") {
    Small small = with(quarterly("quality-group"));
    small.directory.posts.clear();
    House house(std::move(small));
    BoardReports reports(house.store, house.rulebook);
    REQUIRE(reports.look(london_time("2026-11-22 10:00")));
    CHECK(*reports.look(london_time("2027-01-04 09:00")) == 0);
    CHECK(house.store.set_asides(10)->size() == 1);
}

TEST_CASE("a policy past its review date is recalled every month until it is changed") {
    Small small;
    small.policy.review_due = date("2026-12-15");
    House house(small);
    BoardReports reports(house.store, house.rulebook);
    REQUIRE(reports.look(london_time("2026-11-22 10:00")));
    CHECK(reports.next() == london_time("2026-12-16 09:00"));
    CHECK(*reports.look(london_time("2026-12-16 09:00")) == 1);
    CHECK(reports.next() == london_time("2027-01-15 09:00"));
    CHECK(*reports.look(london_time("2027-01-15 09:00")) == 1);
    CHECK(house.sent().front().reason == Reason::policy_review);
    CHECK(house.sent().front().destination == "inbox@board.example.org");
    small.policy.review_due = date("2027-12-15");
    const Rulebook changed(House::boards(small), {england_and_wales()});
    BoardReports quiet(house.store, changed);
    CHECK(*quiet.look(london_time("2027-02-15 09:00")) == 0);
}

TEST_CASE("a policy long past its review date is recalled on the morning after the first start") {
    Small small;
    small.policy.review_due = date("2018-11-30");
    House house(std::move(small));
    BoardReports reports(house.store, house.rulebook);
    CHECK(*reports.look(london_time("2026-11-20 15:00")) == 0);
    CHECK(reports.next() == london_time("2026-11-23 09:00"));
    CHECK(*reports.look(london_time("2026-11-23 09:00")) == 1);
    CHECK(*reports.look(london_time("2026-11-23 09:01")) == 0);
}

TEST_CASE("a report's files are made from every case of its board, once for all its readers") {
    House house;
    int read = 0;
    std::vector<std::unique_ptr<ReportWriter>> writers = make_report_writers();
    ReportFiles files(
        [&](const std::string& board, const ReportFiles::Look& look) {
            CHECK(board == "small");
            ++read;
            Case the_case;
            the_case.raised = london_time("2026-10-05 10:00");
            look(the_case);
            return done();
        },
        house.rulebook, std::move(writers));
    const Instant made = london_time("2027-01-04 09:00");
    const auto first = files.of("small", {2026, 4}, made);
    REQUIRE(first);
    REQUIRE(first->size() == 3);
    CHECK(first->front().file_name == "report-SB-2026-Q4.csv");
    CHECK(first->front().bytes.find("headline,,raised,Raised in the period,October to December "
                                    "2026,1,") != std::string::npos);
    CHECK(files.of("small", {2026, 4}, made)->front().bytes == first->front().bytes);
    CHECK(read == 1);
    CHECK_FALSE(files.of("atlantis", {2026, 4}, made));
}
