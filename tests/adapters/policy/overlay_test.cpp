// SPDX-License-Identifier: MIT
//
// A board's overlay rewritten: what stood there stays, what was imported is read back the same, and
// the file is replaced in one step.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>

#include "adapters/policy/toml/overlay_text.h"
#include "adapters/policy/toml/rows.h"
#include "tests/adapters/policy/scratch_folder.h"
#include "tests/support/calendars.h"

namespace stageclock {
namespace {

namespace fs = std::filesystem;

Post full_post() {
    Post post;
    post.id = "lead";
    post.agency = "housing";
    post.role = "line-manager";
    post.title = "Lead \"of\" leads \\ Zoë\ttab";
    post.holder = "Ann Archer";
    post.address = "ann@example.org";
    post.more_addresses = {"a2@example.org", "a3@example.org"};
    post.phone = "0100";
    post.channels = {"teams:leads", "mail"};
    post.window = {*parse_hours("working days 08:00-18:00"), *parse_hours("Saturday 10:00-12:00")};
    post.deputy = "other";
    post.absent = {{testing::date("2026-12-24"), testing::date("2027-01-04")}};
    post.unit = {"North, East"};
    post.case_status = {"cp"};
    post.subject = {"child"};
    post.area = {"north"};
    return post;
}

// A change that sets every field of the post.
PostChange whole(const Post& post) {
    PostChange change{2, true, post, {}};
    for (const ColumnSpec& spec : import_columns()) change.fields.push_back({spec.key, "", "x"});
    return change;
}

// Read after a directory with an agency and these posts in it.
BoardData read_back(const std::string& text, const std::vector<std::string>& published = {}) {
    const testing::ScratchFolder folder;
    BoardData data;
    for (const std::string& id : published) {
        data.directory.posts.push_back({.id = id, .role = "line-manager", .title = "Lead"});
    }
    data.directory.agencies = {{"housing", "Housing", {}, "", {}}};
    toml_reader::Report report;
    policy_toml::read_overlay(folder.write("overlay.toml", text), data, report);
    for (const Finding& finding : report.findings) CHECK_MESSAGE(false, to_text(finding));
    return data;
}

constexpr const char* by_hand = R"(# our people
post = [
  { id = "lead", holder = "Old Name", required = true },
  { id = "other", address = "other@example.org" },
]

[board]
mail_domains = ["example.org"]

[[agency]]
id = "housing"
aliases = ["Homes"]
)";

TEST_CASE("every field that can be imported is written and read back the same") {
    const Post post = full_post();
    const auto text = policy_toml::overlay_with("", "overlay.toml", {whole(post)});
    REQUIRE(text);
    const BoardData data = read_back(*text);
    REQUIRE(data.directory.posts.size() == 1);
    for (const ColumnSpec& spec : import_columns()) {
        CAPTURE(spec.key);
        CHECK(value_of(data.directory.posts[0], spec.column) == value_of(post, spec.column));
    }
}

TEST_CASE("rows nobody imported stay, and a changed row keeps its other fields") {
    Post post = full_post();
    const PostChange change{2, false, post, {{"holder", "Old Name", "Ann Archer"}}};
    const auto text = policy_toml::overlay_with(by_hand, "overlay.toml", {change});
    REQUIRE(text);
    const BoardData data = read_back(*text, {"lead", "other"});
    CHECK(data.board.mail_domains == std::vector<std::string>{"example.org"});
    CHECK(data.directory.agencies[0].aliases == std::vector<std::string>{"Homes"});
    const Post* lead = find_post(data.directory, "lead");
    REQUIRE(lead != nullptr);
    CHECK(lead->holder == "Ann Archer");
    CHECK(lead->required);
    CHECK(lead->address.empty());
    CHECK(find_post(data.directory, "other")->address == "other@example.org");
}

TEST_CASE("what was written is written the same again") {
    const auto once = policy_toml::overlay_with(by_hand, "overlay.toml", {whole(full_post())});
    REQUIRE(once);
    const auto twice = policy_toml::overlay_with(*once, "overlay.toml", {});
    REQUIRE(twice);
    CHECK(*once == *twice);
}

TEST_CASE("a new post of the board says that it is one") {
    Post post;
    post.id = "chair";
    post.audience = Audience::board;
    const PostChange change{2, true, post, {{"id", "", "chair"}, {"audience", "", "board"}}};
    const auto text = policy_toml::overlay_with("", "overlay.toml", {change});
    REQUIRE(text);
    CHECK(text->find("audience = \"board\"") != std::string::npos);
}

TEST_CASE("an overlay that is no TOML is an error with its line") {
    const auto text = policy_toml::overlay_with("a = 1\nb = [", "overlay.toml", {});
    REQUIRE_FALSE(text);
    CHECK(text.error().where == "overlay.toml:2");
}

TEST_CASE("a draft takes the place of the overlay, with its rights, and keeps what stood there") {
    const testing::ScratchFolder folder;
    const std::string overlay = folder.write("overlay.toml", by_hand);
    REQUIRE(::chmod(overlay.c_str(), 0604) == 0);
    const auto draft = draft_overlay(overlay, {whole(full_post())});
    REQUIRE(draft);
    CHECK(testing::contents(overlay) == by_hand);
    REQUIRE(keep_draft(*draft));
    CHECK(testing::contents(overlay).find("Ann Archer") != std::string::npos);
    CHECK(testing::contents(overlay + ".before") == by_hand);
    CHECK((fs::status(overlay).permissions() & fs::perms::all) == fs::perms(0604));
    CHECK_FALSE(fs::exists(draft->file));
}

TEST_CASE("an overlay that is not there yet is made, for the daemon's group to read") {
    const testing::ScratchFolder folder;
    const std::string overlay = folder.path() + "/new.toml";
    const auto draft = draft_overlay(overlay, {whole(full_post())});
    REQUIRE(draft);
    REQUIRE(keep_draft(*draft));
    CHECK((fs::status(overlay).permissions() & fs::perms::all) == fs::perms(0640));
    CHECK_FALSE(fs::exists(overlay + ".before"));
}

TEST_CASE("an overlay that changed meanwhile is left alone") {
    const testing::ScratchFolder folder;
    const std::string overlay = folder.write("overlay.toml", by_hand);
    const auto draft = draft_overlay(overlay, {whole(full_post())});
    REQUIRE(draft);
    folder.write("overlay.toml", "# somebody else\n");
    const Done kept = keep_draft(*draft);
    REQUIRE_FALSE(kept);
    CHECK(kept.error().code == Code::conflict);
    CHECK(testing::contents(overlay) == "# somebody else\n");
    drop_draft(*draft);
    CHECK_FALSE(fs::exists(draft->file));
}

TEST_CASE("a link to an overlay stays a link") {
    const testing::ScratchFolder folder;
    const std::string overlay = folder.write("overlay.toml", by_hand);
    const std::string link = folder.path() + "/link.toml";
    fs::create_symlink(overlay, link);
    const auto draft = draft_overlay(link, {whole(full_post())});
    REQUIRE(draft);
    REQUIRE(keep_draft(*draft));
    CHECK(fs::is_symlink(link));
    CHECK(testing::contents(overlay).find("Ann Archer") != std::string::npos);
}

}  // namespace
}  // namespace stageclock
