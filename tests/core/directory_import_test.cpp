// SPDX-License-Identifier: MIT
//
// A board's list of officers held against its directory: which post a row is, what changes, what is
// wrong, and that no error repeats what stands in a cell.
#include "bot/core/directory_import.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

using Cells = std::vector<std::string>;

struct Import {
    Small small;
    std::vector<std::string> chats{"teams:duty-managers"};

    ImportPlan plan(const Cells& header, const std::vector<Cells>& rows) const {
        Sheet sheet;
        sheet.header = {1, header};
        int number = 1;
        for (const Cells& cells : rows) sheet.rows.push_back({++number, cells});
        return plan_import(sheet, {small.directory, small.policy, small.board, chats});
    }

    // The problem of a sheet of one row of housing's line manager with one more column.
    RowProblem problem(const std::string& heading, const std::string& cell) const {
        const auto made = plan({"Agency", "Role", heading}, {{"Housing", "Line manager", cell}});
        CAPTURE(heading);
        CAPTURE(cell);
        REQUIRE(made.problems.size() == 1);
        CHECK(made.changes.empty());
        return made.problems.front();
    }

    // What that column changes; one change is expected.
    std::string after(const std::string& heading, const std::string& cell) const {
        const auto made = plan({"Agency", "Role", heading}, {{"Housing", "Line manager", cell}});
        CAPTURE(heading);
        CAPTURE(cell);
        CHECK(made.problems.empty());
        REQUIRE(made.changes.size() == 1);
        REQUIRE(made.changes.front().fields.size() == 1);
        return made.changes.front().fields.front().after;
    }
};

}  // namespace

TEST_CASE("a row is its agency's post of that role, however agency and role are written") {
    const Import import;
    for (const char* agency : {"housing", " HOUSING ", "homes"}) {
        for (const char* role : {"line-manager", "Line Manager", "LINE  manager"}) {
            const auto plan = import.plan({"e-mail ADDRESS", "organisation:", "Role"},
                                          {{"New@Housing.example.org", agency, role}});
            REQUIRE(plan.changes.size() == 1);
            const PostChange& change = plan.changes.front();
            CHECK(change.post.id == "housing-line-manager");
            CHECK_FALSE(change.added);
            REQUIRE(change.fields.size() == 1);
            CHECK(change.fields[0].key == "address");
            CHECK(change.fields[0].before == "line-manager@housing.example.org");
            CHECK(change.fields[0].after == "New@Housing.example.org");
        }
    }
}

TEST_CASE("a row that says what is known is unchanged, and blank cells change nothing") {
    const auto plan =
        Import().plan({"Agency", "Role", "Email", "Name", "Notes"},
                      {{"Housing", "Director", "director@housing.example.org", "", "rings back"},
                       {"", "", "", "", ""},
                       {"School", "Director", "", "  ", ""}});
    CHECK(plan.changes.empty());
    CHECK(plan.unchanged == 2);
    CHECK(plan.problems.empty());
    CHECK(plan.ignored == Cells{"Notes"});
}

TEST_CASE("a row nobody is known for yet is a new post") {
    const auto plan = Import().plan({"Agency", "Role", "Team", "Name"},
                                    {{"School", "director", "Sixth form", "Ann Archer"}});
    REQUIRE(plan.changes.size() == 1);
    const PostChange& change = plan.changes.front();
    CHECK(change.added);
    CHECK(change.post.id == "school-director-sixth-form");
    CHECK(change.post.title == "Director");
    CHECK(change.post.unit == Cells{"Sixth form"});
    CHECK(change.post.audience == Audience::officer);
}

TEST_CASE("a post of the board is written \"board\", and a new one is never sent a name") {
    Import import;
    CHECK(import.plan({"Agency", "Role", "Phone"}, {{"Board", "inbox", "0100"}})
              .changes.at(0)
              .post.id == "inbox");
    import.small.directory.posts.pop_back();
    import.small.policy.duties[0].missed_tells = {{ Side::board, "inbox" }};
    const auto plan = import.plan({"Agency", "Role"}, {{"small board", "inbox"}});
    REQUIRE(plan.changes.size() == 1);
    CHECK(plan.changes[0].post.agency.empty());
    CHECK(plan.changes[0].post.audience == Audience::board);
}

TEST_CASE("a post is found by its id before anything else") {
    const auto plan = Import().plan({"Post id", "Agency", "Role", "Name"},
                                    {{"School-Director", "", "", "Ann Archer"},
                                     {"school-head", "School", "Director", "Bo Baker"},
                                     {"school-directr", "", "", "Cy Cook"}});
    REQUIRE(plan.changes.size() == 2);
    CHECK(plan.changes[0].post.id == "school-director");
    CHECK(plan.changes[1].post.id == "school-head");
    CHECK(plan.changes[1].added);
    REQUIRE(plan.problems.size() == 1);
    CHECK(plan.problems[0].column == "Post id");
    CHECK(plan.problems[0].permitted.find("school-director") != std::string::npos);
}

TEST_CASE("posts of one role are told apart by unit and case status, then by what else is known") {
    Import import;
    import.small.policy.case_status = {"cp", "cla"};
    auto& posts = import.small.directory.posts;
    import.small.add("school", "director");
    posts.back().id = "school-director-cla";
    posts.back().case_status = {"cla"};
    posts.back().title = "Head of Care";
    const auto plan = [&](const Cells& header, const Cells& row) {
        return import.plan(header, {row});
    };
    const auto find = [&](const std::string& id) -> Post& {
        return *std::find_if(posts.begin(), posts.end(),
                             [&](const Post& post) { return post.id == id; });
    };
    const Cells by_status{"Agency", "Role", "Case status", "Name"};
    CHECK(plan(by_status, {"School", "Director", "CLA", "A"}).changes.at(0).post.id ==
          "school-director-cla");
    CHECK(plan(by_status, {"School", "Director", "cp", "A"}).changes.at(0).added);
    const Cells by_title{"Agency", "Role", "Job title", "Name"};
    CHECK(plan(by_title, {"School", "Director", "head of care", "A"}).changes.at(0).post.id ==
          "school-director-cla");
    CHECK(plan({"Agency", "Role", "Name"}, {"School", "Director", "A"}).changes.at(0).post.id ==
          "school-director");
    find("school-director").case_status = {"cp"};
    const auto unclear = plan({"Agency", "Role", "Name"}, {"School", "Director", "A"});
    REQUIRE(unclear.problems.size() == 1);
    CHECK(unclear.problems[0].what == "fits 2 posts");
    CHECK(unclear.problems[0].permitted == "Give a Post id: school-director, school-director-cla.");
}

TEST_CASE("two rows of one post are an error of the second") {
    const auto plan = Import().plan(
        {"Agency", "Role", "Name"},
        {{"School", "Director", "A"}, {"school", "director", "B"}, {"Housing", "Director", "C"}});
    CHECK(plan.changes.size() == 2);
    REQUIRE(plan.problems.size() == 1);
    CHECK(plan.problems[0].row == 3);
    CHECK(plan.problems[0].what == "is the same post as row 2");
}

TEST_CASE("each field is read as people write it, and a hyphen empties it") {
    Import import;
    auto& posts = import.small.directory.posts;
    posts[0].phone = "0100 200";
    posts[0].absent = {{date("2026-01-01"), date("2026-01-02")}};
    import.small.policy.areas = {{ "north", "North Board", {} }};
    CHECK(import.after("Tel", "-").empty());
    CHECK(import.after("Telephone", "'0100 300") == "'0100 300");
    CHECK(import.after("Officer",
                       "\xC2\xA0"
                       "Zoë  d'Arc ") == "Zoë d'Arc");
    CHECK(import.after("Second email", "a@x.example.org; b@x.example.org") ==
          "a@x.example.org; b@x.example.org");
    CHECK(import.after("Channels", "E-mail, Teams:Duty-Managers") == "mail; teams:duty-managers");
    CHECK(import.after("Sending hours",
                       "Working days 08:00 \xE2\x80\x93 18:00; saturday 10:00-12:00") ==
          "working days 08:00-18:00; Saturday 10:00-12:00");
    CHECK(import.after("Subject", "Adults") == "adult");
    CHECK(import.after("Area", "north board") == "north");
    posts[0].unit = {"Day"};
    const auto emptied = import.plan({"Post id", "Team"}, {{"housing-line-manager", "-\n"}});
    CHECK(emptied.changes.at(0).fields.at(0).before == "Day");
    CHECK(emptied.changes.at(0).fields.at(0).after.empty());
}

TEST_CASE("an absence is two days, the day first or the year first") {
    const Import import;
    const auto absence = [&](const char* from, const char* to) {
        return import.plan({"Agency", "Role", "Away from", "Away until"},
                           {{"Housing", "Director", from, to}});
    };
    for (const auto& [from, to] :
         {std::pair{"24/12/2026", "4/1/2027"}, std::pair{"2026-12-24", "2027-01-04"}}) {
        const auto plan = absence(from, to);
        REQUIRE(plan.changes.size() == 1);
        CHECK(plan.changes[0].fields.at(0).key == "absent");
        CHECK(plan.changes[0].fields.at(0).after == "2026-12-24 to 2027-01-04");
    }
    const auto column = [&](const char* from, const char* to) {
        return absence(from, to).problems.at(0).column;
    };
    CHECK(column("12/24/2026", "2026-12-31") == "Away from");
    CHECK(column("24/12/26", "31/12/2026") == "Away from");
    CHECK(column("24/12/2026", "31/02/2027") == "Away to");
    CHECK(column("24/12/2026", "") == "Away to");
    CHECK(column("", "24/12/2026") == "Away from");
    CHECK(column("24/12/2026", "23/12/2026") == "Away to");
}

TEST_CASE("a deputy is named by id, title, name or address, also of a row further down") {
    Import import;
    import.small.directory.posts[1].holder = "Dee Dale";
    for (const char* deputy : {"Housing-Director", "director", "dee dale",
                               "Director@housing.example.org", "School-Director"}) {
        CAPTURE(deputy);
        const std::string expected = deputy[0] == 'S' ? "school-director" : "housing-director";
        CHECK(import.after("Deputy", deputy) == expected);
    }
    const auto plan =
        import.plan({"Agency", "Role", "Unit", "Deputy", "Email"},
                    {{"Housing", "Director", "", "housing-line-manager-night", ""},
                     {"Housing", "Line manager", "Night", "", "night@housing.example.org"}});
    CHECK(plan.problems.empty());
    CHECK(plan.changes.at(0).post.deputy == "housing-line-manager-night");
}

TEST_CASE("a deputy that is unknown, unclear, the post itself or of a wrong row is an error") {
    Import import;
    CHECK(import.problem("Deputy", "Ann Archer").what == "is no post we know");
    CHECK(import.problem("Deputy", "housing-line-manager").what == "is the post itself");
    CHECK(import.problem("Deputy", "housing-directer").permitted ==
          "Did you mean \"housing-director\"?");
    const auto plan = import.plan({"Agency", "Role", "Unit", "Deputy", "Email"},
                                  {{"School", "Director", "", "housing-director", ""},
                                   {"Housing", "Director", "", "housing-line-manager-night", ""},
                                   {"Housing", "Line manager", "Night", "", "night"}});
    REQUIRE(plan.problems.size() == 2);
    CHECK(plan.problems[0].row == 3);
    CHECK(plan.problems[0].what == "is the post of row 4, which cannot be taken");
    CHECK(plan.changes.size() == 1);
}

TEST_CASE(
    "what cannot be taken is said by row and column, with the nearest name, and not repeated") {
    Import import;
    import.small.policy.case_status = {"cp", "cla"};
    struct Wrong {
        const char* heading;
        const char* cell;
        const char* column;
        const char* permitted;  // part of it
    };
    const std::string secret = "ann.archer";
    for (const Wrong& wrong :
         {Wrong{"Email", "ann.archer at example.org", "Email", "name@example.org"},
          Wrong{"E-mail", "Ann Archer <ann.archer@example.org>", "Email", "name@example.org"},
          Wrong{"Second email", "a@example.org, ann.archer", "Second email", "name@example.org"},
          Wrong{"Phone number", "4.47701E+11", "Phone", "text"},
          Wrong{"Channels", "mail; teams:duty-manager", "Channels", "teams:duty-managers"},
          Wrong{"Sending hours", "ann.archer", "Sending hours", "working days"},
          Wrong{"Case status", "clq", "Case status", "Permitted: \"cp\", \"cla\""},
          Wrong{"Subject", "ann.archer", "Subject", "child"},
          Wrong{"Area", "ann.archer", "Area", "empty"}, Wrong{"Title", "-", "Post", "title"},
          Wrong{"Name", "ann.archer\x01", "Name", ""}}) {
        const RowProblem found = import.problem(wrong.heading, wrong.cell);
        CHECK(found.row == 2);
        CHECK(found.column == wrong.column);
        CHECK(found.permitted.find(wrong.permitted) != std::string::npos);
        CHECK((found.what + found.permitted).find(secret) == std::string::npos);
    }
    const auto plan = import.plan({"Agency", "Role"}, {{"Housng", "Director"},
                                                       {"ann.archer", "Director"},
                                                       {"School", "Diretor"},
                                                       {"School", ""},
                                                       {"", "Director"},
                                                       {"School"}});
    REQUIRE(plan.problems.size() == 6);
    CHECK(plan.problems[0].permitted == "Did you mean \"Housing\"?");
    CHECK(plan.problems[1].permitted.find("ann.archer") == std::string::npos);
    CHECK(plan.problems[2].permitted == "Did you mean \"director\"?");
    CHECK(plan.problems[3].column == "Role");
    CHECK(plan.problems[4].column == "Agency");
    CHECK(plan.problems[5].what == "has 1 cells");
}

TEST_CASE("a header that is unclear stops everything") {
    const Import import;
    const auto unreadable = [&](const Cells& header) {
        const auto plan = import.plan(header, {Cells(header.size(), "x")});
        CHECK_FALSE(plan.readable);
        CHECK(plan.changes.empty());
        REQUIRE_FALSE(plan.problems.empty());
        return plan.problems[0].what + " " + plan.problems[0].permitted;
    };
    CHECK(unreadable({"Agency", "Role", "Email", "E-MAIL "}) ==
          "is there twice, in columns 3 and 4 Keep one of them.");
    CHECK(unreadable({"Agency", "Role", "Emial"}).find("Did you mean \"Email\"") !=
          std::string::npos);
    CHECK(unreadable({"Agency", "Email"}).find("which post") != std::string::npos);
}

TEST_CASE("what an import made is unchanged when it is imported again") {
    Import import;
    const Cells header{"Agency", "Role",      "Unit",    "Name",          "Email",
                       "Tel",    "Away from", "Away to", "Sending hours", "Deputy"};
    const std::vector<Cells> rows{
        {"School", "Director", "", "A", "a@example.org", "1", "01/02/2027", "03/02/2027", "", ""},
        {"School", "Director", "Night", "B", "b@example.org", "2", "", "", "21:00-07:00",
         "school-director"}};
    const auto first = import.plan(header, rows);
    CHECK(first.problems.empty());
    REQUIRE(first.changes.size() == 2);
    for (const PostChange& change : first.changes) {
        auto& posts = import.small.directory.posts;
        std::erase_if(posts, [&](const Post& post) { return post.id == change.post.id; });
        posts.push_back(change.post);
    }
    const auto second = import.plan(header, rows);
    CHECK(second.problems.empty());
    CHECK(second.changes.empty());
    CHECK(second.unchanged == 2);
}
