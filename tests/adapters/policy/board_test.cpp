// SPDX-License-Identifier: MIT
//
// The two boards as they are delivered: tests run in the top folder of the repository.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "adapters/registry.h"
#include "tests/support/calendars.h"

namespace stageclock {
namespace {

BoardData loaded(const std::string& board, bool sandbox) {
    BoardSettings settings{board, "policies/" + board, {}};
    if (sandbox) settings.directories = {"config/sandbox/" + board + ".toml"};
    auto result = load_board(settings, {testing::england_and_wales()});
    for (const Finding& finding : result.findings) MESSAGE(to_text(finding));
    CHECK(result.findings.empty());
    return std::move(result.value);
}

std::vector<Finding> gaps_of(const std::string& board, bool sandbox) {
    BoardSettings settings{board, "policies/" + board, {}};
    if (sandbox) settings.directories = {"config/sandbox/" + board + ".toml"};
    return load_board(settings, {testing::england_and_wales()}).gaps;
}

template <class Rows>
void add_clauses(std::set<std::string>& clauses, const Rows& rows) {
    for (const auto& row : rows) clauses.insert(row.clauses.begin(), row.clauses.end());
}

std::set<std::string> clauses_of(const BoardData& data) {
    const Policy& policy = data.policy;
    std::set<std::string> clauses(policy.clauses.begin(), policy.clauses.end());
    add_clauses(clauses, policy.procedures);
    add_clauses(clauses, policy.stages);
    add_clauses(clauses, policy.duties);
    add_clauses(clauses, policy.copies);
    add_clauses(clauses, policy.events);
    add_clauses(clauses, policy.forms);
    add_clauses(clauses, policy.guards);
    add_clauses(clauses, policy.reasons);
    add_clauses(clauses, data.directory.agencies);
    add_clauses(clauses, data.directory.posts);
    return clauses;
}

std::vector<std::string> ids(const std::vector<const Post*>& posts) {
    std::vector<std::string> found;
    for (const Post* post : posts) found.push_back(post->id);
    return found;
}

using Ids = std::vector<std::string>;

TEST_CASE("both boards load without a finding, with and without the sandbox's people") {
    for (const char* board : {"camden", "north-somerset"}) {
        for (bool sandbox : {false, true}) {
            const BoardData data = loaded(board, sandbox);
            CHECK(data.board.id == board);
            CHECK(data.policy.board == board);
        }
    }
}

TEST_CASE("rules implement all 94 clauses of Camden's text and no others") {
    const auto clauses = clauses_of(loaded("camden", false));
    CHECK(clauses.size() == 94);
    for (int i = 1; i <= 94; ++i) {
        CAPTURE(i);
        CHECK(clauses.contains("CAMDEN-" + std::to_string(i)));
    }
}

TEST_CASE("rules implement 73 of North Somerset's 74 clauses: appendix 1 is empty") {
    const auto clauses = clauses_of(loaded("north-somerset", false));
    CHECK(clauses.size() == 73);
    for (int i = 1; i <= 74; ++i) {
        CAPTURE(i);
        CHECK(clauses.contains("NSOM-" + std::to_string(i)) == (i != 59));
    }
}

TEST_CASE("Camden's ladder has six stages, with a week or 24 hours at each of the first five") {
    const Policy policy = loaded("camden", false).policy;
    CHECK(place_of(policy, "6") == 5);
    CHECK(find_stage(policy, "6")->last);
    CHECK(find_stage(policy, "6")->after == "limit-5");
    for (const char* stage : {"1", "2", "3", "4", "5"}) {
        const Duty* limit = find_duty(policy, std::string("limit-") + stage);
        REQUIRE(limit != nullptr);
        CHECK(limit->stage == stage);
        CHECK(limit->due == Term{Unit::working_weeks, 1});
        CHECK(limit->by_priority ==
              std::vector<PriorityTerm>{{"urgent", {Unit::hours, 24}}});
    }
    CHECK(place_of(policy, "cross-border-6") == 5);
    CHECK(find_duty(policy, "limit-6") == nullptr);
}

TEST_CASE("North Somerset's limits are all counted from the outset") {
    const Policy policy = loaded("north-somerset", false).policy;
    const int days[] = {1, 2, 3, 5};
    for (int i = 0; i < 4; ++i) {
        const Duty* limit = find_duty(policy, "limit-" + std::to_string(i + 1));
        REQUIRE(limit != nullptr);
        CHECK((limit->starts == "outset" || limit->from == "outset"));
        CHECK(limit->due == Term{Unit::working_days, days[i]});
    }
    const Duty* overall = find_duty(policy, "overall");
    REQUIRE(overall != nullptr);
    CHECK(overall->met_by == Ids{"resolved", "reached:4"});
    CHECK(find_duty(policy, "line-managers")->due == Term{Unit::hours, 24});
    CHECK(find_form(policy, "monitoring-form")->stages == Ids{"3", "4"});
}

TEST_CASE("Camden's officers follow the case status where the table says so") {
    const Directory directory = loaded("camden", false).directory;
    const auto leads = [&](const char* agency, const char* status) {
        return ids(posts_for(directory, agency, "named-safeguarding-lead",
                             {.unit = "", .case_status = status, .subject = "child"}));
    };
    CHECK(leads("csfh", "cp") == Ids{"csfh-3a"});
    CHECK(leads("csfh", "leaving-care") == Ids{"csfh-3b"});
    CHECK(leads("csfh", "disability") == Ids{"csfh-3c"});
    CHECK(leads("csfh", "") == Ids{"csfh-3a", "csfh-3b", "csfh-3c"});
    CHECK(leads("ncl-icb", "cin") == Ids{"ncl-icb-3a", "ncl-icb-3b"});
    CHECK(leads("housing", "cp") == Ids{"housing-3"});
    CHECK(leads("gp-practice", "cp").empty());
}

TEST_CASE("every case status somebody can give leads to an officer of children's social care") {
    const BoardData data = loaded("camden", false);
    for (const std::string& status : data.policy.case_status) {
        CAPTURE(status);
        CHECK(posts_for(data.directory, "csfh", "named-safeguarding-lead",
                        {.unit = "", .case_status = status, .subject = "child"})
                  .size() == 1);
    }
}

TEST_CASE("names that differ between Camden's two tables are one agency") {
    const Directory directory = loaded("camden", false).directory;
    const auto same = [&](const char* one, const char* other) {
        const Agency* agency = find_agency(directory, one);
        return agency != nullptr && agency == find_agency(directory, other);
    };
    CHECK(same("GOSH NHS Foundation Trust", "great ormond street hospital nhs foundation trust"));
    CHECK(same("Integrated Early Years Service", "Early Years"));
    CHECK(same("NCL Integrated Care Board (Camden)", "NCL Integrated Care Board"));
    CHECK(same("Metropolitan Police Service, Safeguarding, CN BCU",
               "Metropolitan Police Service, Central North BCU"));
    CHECK(same("Metropolitan Police Service, Gangs, CN BCU",
               "Metropolitan Police Service, Gangs, Central North BCU"));
    CHECK_FALSE(same("Metropolitan Police Service, Gangs, CN BCU", "Met Police"));
}

TEST_CASE("the two blank cells of Camden's second table are marked as assumed") {
    const Directory directory = loaded("camden", false).directory;
    CHECK(find_post(directory, "early-years-4")->assumed);
    CHECK(find_post(directory, "csfh-4")->assumed);
    CHECK_FALSE(find_post(directory, "early-help-4")->assumed);
}

TEST_CASE("no name or alias belongs to two agencies of a board") {
    for (const char* board : {"camden", "north-somerset"}) {
        std::set<std::string> names;
        const Directory directory = loaded(board, false).directory;
        for (const Agency& agency : directory.agencies) {
            std::set<std::string> own{folded(agency.id), folded(agency.name)};
            for (const std::string& alias : agency.aliases) own.insert(folded(alias));
            for (const std::string& called : own) {
                CAPTURE(called);
                CHECK(names.insert(called).second);
            }
        }
    }
}

TEST_CASE("in the sandbox every post has an invented address and no published holder") {
    for (const char* board : {"camden", "north-somerset"}) {
        const BoardData data = loaded(board, true);
        std::set<std::string> addresses;
        for (const Post& post : data.directory.posts) {
            CAPTURE(post.id);
            CHECK(post.address.ends_with("@example.org"));
            CHECK(post.holder.empty());
            CHECK(addresses.insert(post.address).second);
        }
        for (const std::string& domain : data.board.mail_domains) {
            CHECK((domain == "example.org" || domain.ends_with(".example.org")));
        }
    }
}

TEST_CASE("a family with a child and an adult has the representatives of both boards") {
    const Directory directory = loaded("north-somerset", true).directory;
    const auto representatives = [&](const char* subject) {
        return ids(posts_for(directory, "police", "board-representative",
                             {.unit = "", .case_status = "", .subject = subject}));
    };
    CHECK(representatives("child") == Ids{"police-nsscb"});
    CHECK(representatives("adult") == Ids{"police-nssab"});
    CHECK(representatives("both") == Ids{"police-nsscb", "police-nssab"});
}

TEST_CASE("what the texts leave blank is a named gap with its place, not a finding") {
    const auto named = [](const std::vector<Finding>& gaps, const std::string& field) {
        return std::any_of(gaps.begin(), gaps.end(), [&](const Finding& gap) {
            return gap.field == field && gap.line > 0 && gap.file.ends_with("directory.toml");
        });
    };
    const auto camden = gaps_of("camden", false);
    CHECK(named(camden, "post housing-3, address"));
    CHECK(named(camden, "post lead-safeguarding-partners, address"));
    CHECK(named(camden, "agency gp-practice, post"));
    CHECK_FALSE(named(camden, "post board-inbox, address"));
    const auto north_somerset = gaps_of("north-somerset", false);
    CHECK(named(north_somerset, "post audit-manager, address"));
    CHECK(named(north_somerset, "post board-inbox, address"));
    CHECK(named(north_somerset, "agency police, post"));
    CHECK(gaps_of("north-somerset", true).empty());
}

}  // namespace
}  // namespace stageclock
