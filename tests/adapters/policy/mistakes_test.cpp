// SPDX-License-Identifier: MIT
//
// What whoever writes a policy reads when something is wrong: file, line, field, and what is
// permitted. The base is a board without a mistake; each row breaks one thing.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "adapters/registry.h"
#include "tests/adapters/policy/scratch_folder.h"
#include "tests/support/calendars.h"

namespace stageclock {
namespace {

using testing::replaced;
using Files = std::map<std::string, std::string>;

const Files sound_board{
    {"policy.toml", R"([policy]
id = "small-1"
board = "small"
title = "Small"
version = "1"
clauses = ["X-1"]

[[procedure]]
id = "main"
title = "Main"
clauses = ["X-1"]

[[stage]]
id = "1"
procedure = "main"
title = "First"
actors = [{ side = "both", role = "practitioner" }]
clauses = ["X-2"]

[[duty]]
id = "limit-1"
title = "Resolve"
stage = "1"
starts = "stage-entered"
due = "5 working days"
met_by = ["resolved", "escalated"]
clauses = ["X-2"]
)"},
    {"directory.toml", R"([directory]
version = "1"

[[agency]]
id = "housing"
name = "Housing"

[[post]]
id = "inbox"
role = "inbox"
title = "Inbox"
address = "inbox@example.org"

[[post]]
id = "lead"
agency = "housing"
role = "lead"
title = "Lead"
)"},
    {"board.toml", R"([board]
id = "small"
name = "Small Board"
reference_prefix = "SB"
subjects = ["child"]
)"},
    {"not-rules.toml", R"([text]
prefix = "X"
count = 3

[[not_rule]]
clause = "X-3"
why = "A greeting."
)"},
};

Loaded<BoardData> load(const testing::ScratchFolder& folder, const Files& files,
                       const std::vector<std::string>& overlays = {}) {
    for (const auto& [name, text] : files) folder.write(name, text);
    return load_board({"small", folder.path(), overlays}, {testing::england_and_wales()});
}

// The findings as people read them, without the folder.
std::vector<std::string> findings(const Files& files) {
    const testing::ScratchFolder folder;
    std::vector<std::string> lines;
    for (const Finding& finding : load(folder, files).findings) {
        lines.push_back(replaced(to_text(finding), folder.path() + "/", ""));
    }
    return lines;
}

struct Mistake {
    const char* file;
    const char* from;
    const char* to;
    std::string reads;  // how the finding begins
};

const std::vector<Mistake> mistakes{
    {"policy.toml", "met_by = [\"resolved\"", "met_by = [\"resolvd\"",
     "policy.toml:26: duty limit-1, met_by: unknown event \"resolvd\". Did you mean "
     "\"resolved\"? Permitted: "},
    {"policy.toml", "starts =", "start =",
     "policy.toml:24: duty limit-1, start: unknown key. Did you mean \"starts\"? Permitted: "},
    {"policy.toml", "starts = \"stage-entered\"\n", "",
     "policy.toml:20: duty limit-1, starts: is missing. It is required: a text in quotes."},
    {"policy.toml", "\"5 working days\"", "\"5 working dais\"",
     "policy.toml:25: duty limit-1, due: \"5 working dais\" is not a term. "},
    {"policy.toml", "due = \"5 working days\"", "due = 5",
     "policy.toml:25: duty limit-1, due: is a whole number. Permitted: a text in quotes."},
    {"policy.toml", "due = \"5 working days\"", "due = \"5 working days\"\nannounce = \"yes\"",
     "policy.toml:26: duty limit-1, announce: is a text. Permitted: true or false, without "
     "quotes."},
    {"policy.toml", "due = \"5 working days\"",
     "due = \"5 working days\"\nremind = [\"1 working week\"]",
     "policy.toml:26: duty limit-1, remind: \"1 working week\" cannot be counted back"},
    {"policy.toml", "met_by = [\"resolved\", \"escalated\"]", "met_by = \"resolved\"",
     "policy.toml:26: duty limit-1, met_by: is a text. Permitted: a list of texts"},
    {"policy.toml", "side = \"both\"", "side = \"bth\"",
     "policy.toml:17: stage 1, actors, side: unknown value \"bth\". Did you mean \"both\"? "},
    {"policy.toml", "role = \"practitioner\"", "rolle = \"practitioner\"",
     "policy.toml:17: stage 1, actors, rolle: unknown key. Did you mean \"role\"? "},
    {"policy.toml", "stage = \"1\"", "stage = \"7\"",
     "policy.toml:23: duty limit-1, stage: unknown stage \"7\". Permitted: \"1\"."},
    {"policy.toml", "procedure = \"main\"", "procedure = \"mian\"",
     "policy.toml:15: stage 1, procedure: unknown procedure \"mian\". Did you mean \"main\"? "},
    {"policy.toml", "version = \"1\"", "version = \"1\"\nreview_due = \"30 June\"",
     "policy.toml:6: policy, review_due: \"30 June\" is not a day. Permitted: such as"},
    {"policy.toml", "version = \"1\"", "version = \"1\"\nclose_of_business = \"25:00\"",
     "policy.toml:6: policy, close_of_business: \"25:00\" is not a time of day. "},
    {"policy.toml", "board = \"small\"", "board = \"large\"",
     "policy.toml:3: policy, board: is \"large\". The settings call this board \"small\"."},
    {"policy.toml", "clauses = [\"X-2\"]\n\n[[duty]]", "clauses = []\n\n[[duty]]",
     "policy.toml:18: stage 1, clauses: names no clause"},
    {"policy.toml", "clauses = [\"X-2\"]\n\n[[duty]]", "clauses = [\"X-22\"]\n\n[[duty]]",
     "policy.toml:18: stage 1, clauses: unknown clause \"X-22\". Did you mean \"X-2\"?"},
    {"policy.toml", "[[duty]]", "[[dutty]]",
     "policy.toml:20: dutty: unknown key. Did you mean \"duty\"? "},
    {"policy.toml", "id = \"limit-1\"", "id = \"limit-1", "policy.toml:21: "},
    {"directory.toml", "agency = \"housing\"", "agency = \"housign\"",
     "directory.toml:16: post lead, agency: unknown agency \"housign\". Did you mean \"housing\"?"},
    {"directory.toml", "\"inbox@example.org\"", "\"inbox at example.org\"",
     "directory.toml:12: post inbox, address: is not an email address. "},
    {"directory.toml", "id = \"lead\"", "id = \"inbox\"",
     "directory.toml:15: post inbox, id: a second post has the id \"inbox\" in this file. "},
    {"directory.toml", "title = \"Lead\"", "title = \"Lead\"\nchannels = [\"mail\", \"teams:\"]",
     "directory.toml:19: post lead, channels: \"teams:\" names no channel. "},
    {"directory.toml", "title = \"Lead\"", "title = \"Lead\"\nmore_addresses = [\"lead\"]",
     "directory.toml:19: post lead, more_addresses: one of them is not an email address. "},
    {"directory.toml", "title = \"Lead\"", "title = \"Lead\"\nwindow = [\"office hours\"]",
     "directory.toml:19: post lead, window: \"office hours\" are no hours. "},
    {"directory.toml", "title = \"Lead\"", "title = \"Lead\"\naudience = \"ofice\"",
     "directory.toml:19: post lead, audience: unknown value \"ofice\". Did you mean \"officer\"? "},
    {"policy.toml", "[[duty]]\nid",
     "[[step]]\nid = \"1-a\"\nstage = \"1\"\ntitle = \"Step\"\nactors = [{ side = \"both\", role = "
     "\"practitioner\" }]\nnext = \"1-b\"\nclauses = [\"X-2\"]\n\n[[duty]]\nid",
     "policy.toml:25: step 1-a, next: unknown stage \"1-b\". Did you mean \"1-a\"? "},
    {"policy.toml", "version = \"1\"", "version = \"1\"\ncalendar = \"scotland\"",
     "policy.toml:6: policy, calendar: the bank-holiday file has no division \"scotland\". "},
    {"policy.toml", "[[duty]]\nid",
     "[[route]]\nid = \"day\"\nrole = \"practitoner\"\nhours = [\"09:00-17:00\"]\nto = [{ role = "
     "\"lead\" }]\nclauses = [\"X-2\"]\n\n[[duty]]\nid",
     "policy.toml:22: route day, role: no rule asks for the role \"practitoner\". Did you mean "
     "\"practitioner\"? "},
    {"directory.toml", "[[post]]\nid = \"lead\"",
     "[[delegate]]\nagency = \"*\"\nrole = \"lead\"\nto = \"housing\"\n\n[[delegate]]\nagency = "
     "\"housin\"\nrole = \"lead\"\nto = \"housing\"\n\n[[post]]\nid = \"lead\"",
     "directory.toml:20: delegate 2, agency: unknown agency or kind of agency \"housin\". Did you "
     "mean \"housing\"?"},
    {"directory.toml", "[[post]]\nid = \"inbox\"",
     "[[agency]]\nid = \"homes\"\nname = \"Homes\"\naliases = [\"HOUSING\"]\n\n[[post]]\nid = "
     "\"inbox\"",
     "directory.toml:11: agency homes, aliases: \"HOUSING\" is also a name of \"housing\". "},
    {"directory.toml", "title = \"Lead\"", "title = \"Lead\"\ndeputy = \"led\"",
     "directory.toml:19: post lead, deputy: unknown post \"led\". Did you mean \"lead\"? "},
    {"board.toml", "subjects = [\"child\"]", "subjects = [\"chid\"]",
     "board.toml:5: board, subjects: unknown subject \"chid\". "},
    {"board.toml", "subjects = [\"child\"]", "subjects = [\"child\"]\nstage_copies = [\"9\"]",
     "board.toml:6: board, stage_copies: unknown stage \"9\". "},
    {"not-rules.toml", "clause = \"X-3\"", "clause = \"X-2\"",
     "not-rules.toml:6: not_rule X-2, clause: X-2 is named by a rule. "},
    {"not-rules.toml", "count = 3", "count = 4",
     "not-rules.toml:1: no rule implements X-4. Name it in the clauses of a row"},
    {"not-rules.toml", "why = \"A greeting.\"", "",
     "not-rules.toml:5: not_rule X-3, why: is missing. "},
};

TEST_CASE("a board without a mistake has no findings") { CHECK(findings(sound_board).empty()); }

TEST_CASE("each mistake is told with file, line, field and the nearest valid name") {
    for (const Mistake& mistake : mistakes) {
        Files files = sound_board;
        files[mistake.file] = replaced(files[mistake.file], mistake.from, mistake.to);
        const auto told = findings(files);
        std::string all;
        for (const std::string& line : told) all += line + "\n";
        CAPTURE(mistake.reads);
        CAPTURE(all);
        CHECK(std::any_of(told.begin(), told.end(), [&](const std::string& line) {
            return line.starts_with(mistake.reads);
        }));
    }
}

TEST_CASE("mistakes of all files are told at once") {
    Files files = sound_board;
    files["policy.toml"] = replaced(files["policy.toml"], "\"5 working days\"", "\"soon\"");
    files["policy.toml"] = replaced(files["policy.toml"], "\"escalated\"", "\"escalatd\"");
    files["directory.toml"] =
        replaced(files["directory.toml"], "title = \"Lead\"", "titel = \"L\"");
    files["board.toml"] = replaced(files["board.toml"], "id = \"small\"", "id = \"smal\"");
    CHECK(findings(files).size() == 5);  // a misspelt title is an unknown key and a missing one
}

TEST_CASE("a folder without files is a finding a file") {
    const testing::ScratchFolder folder;
    CHECK(load(folder, {}).findings.size() >= 3);
}

TEST_CASE("a file without a line of sense is one finding and no crash") {
    for (const char* text : {"\x00\xff\xfe", "[[[[", "a = [", "= 3", "[policy]\n[policy]\n"}) {
        Files files = sound_board;
        files["policy.toml"] = text;
        CHECK_FALSE(findings(files).empty());
    }
}

TEST_CASE("an overlay changes the fields it names and keeps the others") {
    const testing::ScratchFolder folder;
    const std::string overlay = folder.write("overlay.toml", R"([board]
mail_domains = ["example.org"]
[[post]]
id = "lead"
address = "lead@example.org"
channels = ["teams:leads"]
window = ["working days 08:00-18:00"]
more_addresses = ["l2@example.org"]
[[post]]
id = "deputy"
agency = "housing"
role = "lead"
title = "Deputy"
)");
    const auto loaded = load(folder, sound_board, {overlay});
    CHECK(loaded.findings.empty());
    REQUIRE(loaded.value.directory.posts.size() == 3);
    const Post* lead = find_post(loaded.value.directory, "lead");
    REQUIRE(lead != nullptr);
    CHECK(lead->address == "lead@example.org");
    CHECK(lead->title == "Lead");
    CHECK(ways_to(*lead).front().destination == "leads");
    REQUIRE(lead->window.size() == 1);
    CHECK(to_text(lead->window[0]) == "working days 08:00-18:00");
    CHECK(has_address(*lead, "L2@example.org"));
    CHECK(loaded.value.board.mail_domains == std::vector<std::string>{"example.org"});
    CHECK(loaded.value.board.name == "Small Board");
}

TEST_CASE("of two overlays the later one wins, and a mistake names the file it is in") {
    const testing::ScratchFolder folder;
    const std::string first =
        folder.write("a.toml", "[[post]]\nid = \"lead\"\naddress = \"a@example.org\"\n");
    const std::string second = folder.write(
        "b.toml", "[[post]]\nid = \"lead\"\naddress = \"b@example.org\"\nfone = \"\"\n");
    const auto loaded = load(folder, sound_board, {first, second});
    CHECK(find_post(loaded.value.directory, "lead")->address == "b@example.org");
    REQUIRE(loaded.findings.size() == 1);
    CHECK(loaded.findings[0].file == second);
    CHECK(loaded.findings[0].line == 4);
    CHECK(loaded.findings[0].field == "post lead, fone");
}

TEST_CASE("a review day beyond the holiday list is a gap") {
    Files files = sound_board;
    files["policy.toml"] = replaced(files["policy.toml"], "version = \"1\"",
                                    "version = \"1\"\nreview_due = \"2031-01-01\"");
    const testing::ScratchFolder folder;
    const auto loaded = load(folder, files);
    CHECK(loaded.findings.empty());
    REQUIRE_FALSE(loaded.gaps.empty());
    CHECK(loaded.gaps.back().field == "policy, review_due");
    CHECK(loaded.gaps.back().line == 6);
}

TEST_CASE("a policy without its list of clauses has a gap, and one with an absence too late") {
    Files files = sound_board;
    files.erase("not-rules.toml");
    files["directory.toml"] += "[[post.absent]]\nfrom = \"2026-12-24\"\nto = \"2206-12-31\"\n";
    const testing::ScratchFolder folder;
    const auto loaded = load(folder, files);
    CHECK(loaded.findings.empty());
    const auto named = [&](const std::string& file, const std::string& field) {
        return std::any_of(loaded.gaps.begin(), loaded.gaps.end(), [&](const Finding& gap) {
            return gap.file.ends_with(file) && gap.field == field;
        });
    };
    CHECK(named("not-rules.toml", "text"));
    CHECK(named("directory.toml", "post lead, absent"));
}

TEST_CASE("a folder read by itself is measured by its own board") {
    const testing::ScratchFolder folder;
    for (const auto& [name, text] : sound_board) folder.write(name, text);
    const std::vector<Calendar> calendars{testing::england_and_wales()};
    CHECK(load_board({"", folder.path(), {}, {}}, calendars).findings.empty());
    folder.write("board.toml", replaced(sound_board.at("board.toml"), "\"small\"", "\"smal\""));
    const auto loaded = load_board({"", folder.path(), {}, {}}, calendars);
    REQUIRE(loaded.findings.size() == 1);
    CHECK(loaded.findings[0].permitted == "board.toml calls this board \"smal\".");
}

}  // namespace
}  // namespace stageclock
