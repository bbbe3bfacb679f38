// SPDX-License-Identifier: MIT
#include "bot/core/directory.h"

#include <doctest/doctest.h>

using namespace stageclock;

namespace {

Post post(std::string id, std::string agency, std::string role) {
    Post result;
    result.id = std::move(id);
    result.agency = std::move(agency);
    result.role = std::move(role);
    return result;
}

Directory sample() {
    Directory directory;
    directory.agencies = {{"early-years", "Integrated Early Years Service", {"Early Years"}},
                          {"gosh", "Great Ormond Street", {"GOSH", "Great Ormond St"}},
                          {"police", "Police"}};
    directory.posts = {post("head", "police", "line-manager"),
                       post("cp", "early-years", "officer"),
                       post("cla", "early-years", "officer"),
                       post("unit", "police", "officer"),
                       post("adult", "gosh", "officer"),
                       post("inbox", "", "inbox")};
    directory.posts[1].case_status = {"CP", "CIN"};
    directory.posts[2].case_status = {"cla"};
    directory.posts[3].unit = {"Specialist Unit"};
    directory.posts[4].subject = {"adult"};
    return directory;
}

std::vector<std::string> ids(const std::vector<const Post*>& posts) {
    std::vector<std::string> result;
    for (const Post* each : posts) result.push_back(each->id);
    return result;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("names are compared without letter case, spare spaces and curly apostrophes") {
    CHECK(folded("  Children\u2019s   Social CARE ") == "children's social care");
    CHECK(folded("\u2019") == "'");
    CHECK(folded("caf\u00e9") == "caf\u00e9");
}

TEST_CASE("an agency is known by id, name and alias, whatever the case and spaces") {
    const Directory directory = sample();
    for (const char* text : {"gosh", "GOSH", " great  ormond\tSTREET ", "Great Ormond St"}) {
        CAPTURE(text);
        const Agency* found = find_agency(directory, text);
        REQUIRE(found);
        CHECK(found->id == "gosh");
    }
    CHECK(find_agency(directory, "") == nullptr);
    CHECK(find_agency(directory, "Great Ormond") == nullptr);
}

TEST_CASE("a misspelt agency finds the nearest one, a strange one none") {
    const Directory directory = sample();
    REQUIRE(nearest_agency(directory, "Polcie"));
    CHECK(nearest_agency(directory, "Polcie")->id == "police");
    CHECK(nearest_agency(directory, "  early  yaers")->id == "early-years");
    CHECK(nearest_agency(directory, "Fire Brigade") == nullptr);
    CHECK(nearest_agency(directory, "") == nullptr);
    CHECK(nearest_agency(Directory{}, "police") == nullptr);
}

TEST_CASE("a role is filled by the posts of that agency alone") {
    const Directory directory = sample();
    CHECK(ids(posts_for(directory, "police", "line-manager", {})) == Ids{"head"});
    CHECK(posts_for(directory, "gosh", "line-manager", {}).empty());
    CHECK(ids(posts_for(directory, "", "inbox", {})) == Ids{"inbox"});
}

TEST_CASE("the status of the case chooses the officer, and an unknown one means all of them") {
    const Directory directory = sample();
    CHECK(ids(posts_for(directory, "early-years", "officer", {"", "cp", ""})) == Ids{"cp"});
    CHECK(ids(posts_for(directory, "early-years", "officer", {"", "CLA", ""})) == Ids{"cla"});
    CHECK(ids(posts_for(directory, "early-years", "officer", {})) == Ids{"cp", "cla"});
}

TEST_CASE("a post of one unit is not told of another unit's cases") {
    const Directory directory = sample();
    CHECK(ids(posts_for(directory, "police", "officer", {"specialist unit", "", ""})) ==
          Ids{"unit"});
    CHECK(posts_for(directory, "police", "officer", {"uniform", "", ""}).empty());
    CHECK(posts_for(directory, "police", "officer", {}).empty());
}

TEST_CASE("a post for adults hears of adults, and of cases about both") {
    const Directory directory = sample();
    CHECK(posts_for(directory, "gosh", "officer", {"", "", "child"}).empty());
    CHECK(ids(posts_for(directory, "gosh", "officer", {"", "", "adult"})) == Ids{"adult"});
    CHECK(ids(posts_for(directory, "gosh", "officer", {"", "", "both"})) == Ids{"adult"});
}

TEST_CASE("a post is found by its id") {
    const Directory directory = sample();
    REQUIRE(find_post(directory, "cla"));
    CHECK(find_post(directory, "cla")->role == "officer");
    CHECK(find_post(directory, "CLA") == nullptr);
}

TEST_CASE("folding lowers ASCII letters and squeezes spaces") {
    CHECK(folded("  A \t\r\n b  ") == "a b");
    CHECK(folded("") == "");
    CHECK(folded(" \n ") == "");
    CHECK(folded("Caf\xc3\x89") == "caf\xc3\x89");
}

TEST_CASE("an address is one plain mailbox") {
    for (const char* right : {"a@example.org", "first.last+tag@sub.example.org",
                              "o'hara_1@example.co.uk", "a-b@ex-ample.org"}) {
        CAPTURE(right);
        CHECK(is_address(right));
    }
}

TEST_CASE("what could smuggle in a second recipient or command is no address") {
    for (const char* wrong :
         {"", "a", "@example.org", "a@", "a@b@example.org", "a@example", "a @example.org",
          "a@example.org ", "a@example.org,b@example.org", "a@example.org\r\nRCPT TO:<b@x.org>",
          "\"a b\"@example.org", "<a@example.org>", ".a@example.org", "a.@example.org",
          "a..b@example.org", "a@.example.org", "a@example..org", "a@example.org.",
          "a@-example.org", "a@example-.org", "a@exam_ple.org", "a@[127.0.0.1]",
          "\xc3\xa9@example.org", "a;b@example.org", "a(b)@example.org"}) {
        CAPTURE(wrong);
        CHECK_FALSE(is_address(wrong));
    }
    CHECK_FALSE(is_address(std::string(65, 'a') + "@example.org"));
    CHECK_FALSE(is_address("a@" + std::string(250, 'a') + ".org"));
    CHECK_FALSE(is_address(std::string_view{"a\0b@example.org", 15}));
}
