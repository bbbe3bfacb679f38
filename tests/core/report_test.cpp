// SPDX-License-Identifier: MIT
#include "bot/core/report.h"

#include <doctest/doctest.h>

#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

constexpr Period q4{2026, 4};

Case raised_at(const std::string& day) {
    Case the_case;
    the_case.board = "small";
    the_case.raised = the_case.outset = london_time(day + " 10:00");
    the_case.stage = "1";
    the_case.entries = {{"1", the_case.raised}};
    the_case.facts.subject_kind = "child";
    the_case.facts.raising.agency = "housing";
    the_case.facts.receiving.agency = "school";
    return the_case;
}

Case closed_at(Case the_case, const std::string& day, Status status = Status::resolved) {
    the_case.status = status;
    the_case.closed = london_time(day + " 15:00");
    return the_case;
}

DutyRun run_of(const std::string& started, DutyRun::State state, const std::string& over = "") {
    DutyRun run;
    run.duty = "resolve-1";
    run.started = run.basis = london_time(started + " 10:00");
    run.state = state;
    if (!over.empty()) run.over = london_time(over + " 12:00");
    return run;
}

// A board's cases, counted.
struct Count {
    Small small;
    Period period;
    Tally tally{quarters_of(q4), small.calendar};

    explicit Count(const Period& of = q4) : period(of), tally(quarters_of(of), small.calendar) {}
    void add(const Case& the_case, int times = 1) {
        for (int i = 0; i < times; ++i) tally.add(the_case, small.rules());
    }
    PeriodReport report(int below = 0) {
        small.board.suppress_below = below;
        return make_report(tally, period, small.rules(), london_time("2027-01-04 09:00"));
    }
};

std::string cell(const PeriodReport& report, const std::string& table, const std::string& row,
                 std::size_t column = 0) {
    const ReportTable* found = find_table(report, table);
    if (found == nullptr) return "no such table";
    for (const ReportRow& one : found->rows) {
        if (one.id == row) return to_words(one.figures[column], report.suppress_below);
    }
    return "no such row";
}

}  // namespace

TEST_CASE("a case counts where it was raised, where it was closed and where it was open") {
    Count count;
    count.add(raised_at("2026-10-01"));
    count.add(closed_at(raised_at("2026-09-30"), "2026-10-05"));
    count.add(closed_at(raised_at("2026-11-02"), "2026-11-06", Status::withdrawn));
    count.add(closed_at(raised_at("2026-12-30"), "2027-01-02"));
    count.add(raised_at("2025-03-03"));
    const PeriodReport report = count.report();
    CHECK(cell(report, "headline", "raised") == "3");
    CHECK(cell(report, "headline", "raised", 1) == "1");
    CHECK(cell(report, "headline", "raised", 2) == "2");
    CHECK(cell(report, "headline", "resolved") == "1");
    CHECK(cell(report, "headline", "withdrawn") == "1");
    CHECK(cell(report, "headline", "open") == "3");
    CHECK(cell(report, "headline", "open", 1) == "2");
    CHECK(cell(report, "trend", "2025-Q4", 3) == "1");
}

TEST_CASE("what happens after the end of a period does not change it") {
    Count count;
    Case late = closed_at(raised_at("2026-12-15"), "2027-01-05");
    late.entries.push_back({"2", london_time("2027-01-02 10:00")});
    late.duties = {run_of("2026-12-15", DutyRun::State::met_late, "2027-01-05")};
    late.priorities = {{"urgent", london_time("2027-01-02 10:00")}};
    count.add(late);
    const PeriodReport report = count.report();
    CHECK(cell(report, "stage-open", "1") == "1");
    CHECK(cell(report, "stage-open", "2") == "0");
    CHECK(cell(report, "limits", "missed") == "1");
    CHECK(cell(report, "limits", "late") == "0");
    CHECK(cell(report, "priority", "urgent") == "0");
}

TEST_CASE("a deadline counts in the period in which it ended, unless it fell away before") {
    Count count;
    Case the_case = raised_at("2026-09-28");
    the_case.duties = {
        run_of("2026-09-28", DutyRun::State::met, "2026-09-29"),  // due 5 October
        run_of("2026-10-05", DutyRun::State::met_late, "2026-11-01"),
        run_of("2026-10-05", DutyRun::State::missed),
        run_of("2026-10-05", DutyRun::State::ended, "2026-10-06"),  // in time: gone
        run_of("2026-10-05", DutyRun::State::ended, "2026-11-20"),  // missed, then gone
        run_of("2026-12-30", DutyRun::State::running)};             // due in January
    count.add(the_case);
    const PeriodReport report = count.report();
    CHECK(cell(report, "limits", "due") == "4");
    CHECK(cell(report, "limits", "met") == "1");
    CHECK(cell(report, "limits", "late") == "1");
    CHECK(cell(report, "limits", "missed") == "2");
    CHECK(cell(report, "limits-stage", "1", 3) == "2");
    CHECK(cell(report, "limits-duty", "resolve-1", 0) == "4");
}

TEST_CASE("time to resolve is counted in working days from the outset, withdrawn cases left out") {
    Count count;
    for (const char* day : {"2026-10-05", "2026-10-06", "2026-10-07", "2026-10-12", "2026-11-02"}) {
        count.add(closed_at(raised_at("2026-10-05"), day));
    }
    count.add(closed_at(raised_at("2026-10-05"), "2026-12-21", Status::withdrawn));
    const PeriodReport report = count.report(5);
    CHECK(cell(report, "time", "shortest") == "0");
    CHECK(cell(report, "time", "lower-quartile") == "1");
    CHECK(cell(report, "time", "median") == "2");
    CHECK(cell(report, "time", "upper-quartile") == "5");
    CHECK(cell(report, "time", "longest") == "20");
    CHECK(cell(report, "time", "median", 1) == "–");
}

TEST_CASE("spans of days are joined until none holds a small number of cases") {
    Count count;
    count.add(closed_at(raised_at("2026-10-05"), "2026-10-06"), 9);
    count.add(closed_at(raised_at("2026-10-05"), "2026-10-14"), 3);
    count.add(closed_at(raised_at("2026-10-05"), "2026-10-26"), 6);
    const ReportTable spans = *find_table(count.report(5), "time-spans");
    long all = 0;
    for (const ReportRow& row : spans.rows) {
        const long cases = row.figures.front().value;
        CHECK((cases == 0 || cases >= 5));
        all += cases;
    }
    CHECK(all == 18);
}

TEST_CASE("fewer cases than the limit are not divided, and their median is withheld") {
    Count count;
    count.add(closed_at(raised_at("2026-10-05"), "2026-10-06"), 4);
    const PeriodReport report = count.report(5);
    CHECK(cell(report, "headline", "raised") == "4");
    CHECK(find_table(report, "reason")->rows.empty());
    CHECK_FALSE(find_table(report, "reason")->not_shown.empty());
    CHECK(find_table(report, "stage-closed")->rows.empty());
    CHECK(find_table(report, "time-spans")->rows.empty());
    CHECK(cell(report, "time", "median") == "withheld");
    CHECK(cell(report, "time", "longest") == "withheld");
}

TEST_CASE("a small number is not in the report at all, nor a change that would give it away") {
    Count count;
    count.add(raised_at("2026-10-05"), 8);
    Case urgent = raised_at("2026-10-05");
    urgent.priorities = {{"urgent", urgent.raised}};
    count.add(urgent, 3);
    count.add(raised_at("2026-07-06"), 9);
    const PeriodReport report = count.report(5);
    CHECK(cell(report, "priority", "urgent") == "fewer than 5");
    CHECK(cell(report, "priority", "") == "withheld");
    CHECK(cell(report, "priority", "", 1) == "9");
    CHECK(cell(report, "priority", "", 2) == "–");
    for (const ReportRow& row : find_table(report, "priority")->rows) {
        for (const Figure& figure : row.figures) {
            CHECK((figure.how == Figure::How::exact || figure.value == 0));
        }
    }
}

TEST_CASE("a theme of nearly all cases is withheld: the others would be a small number") {
    Count count;
    Case learnt = closed_at(raised_at("2026-10-05"), "2026-10-06");
    learnt.tags = {{"learning", "Somebody's words."}, {"learning", "More of them."}};
    count.add(learnt, 9);
    count.add(closed_at(raised_at("2026-10-05"), "2026-10-06"), 2);
    CHECK(cell(count.report(5), "theme", "learning") == "withheld");
    CHECK(cell(count.report(0), "theme", "learning") == "9");
    CHECK(cell(count.report(5), "theme", "policy-gap") == "0");
}

TEST_CASE("an agency somebody wrote in by hand has no name in a report") {
    Count count;
    Case by_hand = raised_at("2026-10-05");
    by_hand.facts.receiving.agency = "other:Sam Sample's own practice";
    count.add(by_hand, 6);
    const ReportTable pairs = *find_table(count.report(5), "agencies");
    REQUIRE(pairs.rows.size() == 1);
    CHECK(pairs.rows.front().label == "Housing → Another agency");
    CHECK(pairs.rows.front().id == "housing>other");
}

TEST_CASE("a year's figures are the sums of its quarters, and give none of them away") {
    Count count({2026, 0});
    count.add(raised_at("2026-02-02"), 8);
    count.add(raised_at("2026-05-05"), 7);
    count.add(raised_at("2025-05-05"), 6);
    Case urgent = raised_at("2026-05-05");
    urgent.priorities = {{"urgent", urgent.raised}};
    count.add(urgent, 9);
    CHECK(cell(count.report(5), "headline", "raised") == "24");
    CHECK(cell(count.report(5), "headline", "raised", 1) == "6");
    CHECK(cell(count.report(5), "headline", "open") == "30");
    CHECK(cell(count.report(5), "priority", "") == "15");
    CHECK(cell(count.report(5), "priority", "urgent") == "9");
    Case third = raised_at("2026-08-03");
    count.add(third, 6);
    third.priorities = {{"urgent", third.raised}};
    count.add(third, 2);
    // 11 urgent in the year, less 9 shown in its second quarter, would be 2.
    CHECK(cell(count.report(5), "priority", "urgent") == "withheld");
}

TEST_CASE("the rules by which it was counted stand in the report, with the board's limit") {
    Count count;
    std::string rules;
    for (const std::string& rule : count.report(7).rules) rules += rule + "\n";
    CHECK(rules.find("fewer than 7") != std::string::npos);
    CHECK(rules.find("from 1 to 6") != std::string::npos);
    CHECK(count.report(7).over);
    std::string none;
    for (const std::string& rule : count.report(0).rules) none += rule + "\n";
    CHECK(none.find("No figure is withheld") != std::string::npos);
}
