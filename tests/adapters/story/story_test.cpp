// SPDX-License-Identifier: MIT
//
// What whoever writes a story reads when something is wrong. The base is a sound story; each row
// breaks one thing.
#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "tests/adapters/policy/scratch_folder.h"
#include "tests/support/calendars.h"

namespace stageclock {
namespace {

using testing::london_time;
using testing::replaced;
using testing::utc;

const std::string sound_story = R"(title = "Two updates"
about = "For the reader of the files."
start = "2026-06-01 10:00"
until = "2026-06-10 09:00"
vacant = ["post-one"]

[raise]
raising = { agency = "Housing", unit = "North" }
receiving = { agency = "School" }
subject = "child"
happened = "2026-05-29 16:00"
contacts = [{ side = "receiving", role = "line-manager", address = "line@receiving.example.org" }]

[[update]]
at = "2026-06-02T09:30:15+01:00"
do = "escalate"
by = "receiving"
stage = "3"
text = "No agreement."

[[update]]
at = "2026-06-03 09:00"
do = "set-deadline"
deadline = "2026-06-04 12:00"
)";

Loaded<StoryFile> load(const std::string& text) {
    const testing::ScratchFolder folder;
    return load_story(folder.write("stories/one.toml", text), testing::london());
}

// The one finding of a story, as people read it, without its folder.
std::string said(const std::string& text) {
    const auto loaded = load(text);
    REQUIRE(loaded.findings.size() == 1);
    const std::string line = to_text(loaded.findings.front());
    return line.substr(line.find("one.toml"));
}

}  // namespace

TEST_CASE("a story is read whole: times on London's clock, people made up where none are named") {
    const auto loaded = load(sound_story);
    for (const Finding& finding : loaded.findings) FAIL_CHECK(to_text(finding));
    const StoryFile& story = loaded.value;
    CHECK(story.title == "Two updates");
    CHECK(story.addresses == Addresses::made_up);
    CHECK(story.vacant == std::vector<std::string>{"post-one"});
    const Script& script = story.script;
    CHECK(script.raise.received == london_time("2026-06-01 10:00"));
    CHECK(script.raise.happened == london_time("2026-05-29 16:00"));
    CHECK(script.until == london_time("2026-06-10 09:00"));
    CHECK(script.raise.facts.raising.unit == "North");
    CHECK(script.raise.by.address == "practitioner@raising.example.org");
    REQUIRE(script.raise.facts.contacts.size() == 3);
    CHECK(script.raise.facts.contacts[0].role == "line-manager");
    CHECK(script.raise.facts.contacts[2].address == "practitioner@receiving.example.org");
    REQUIRE(script.updates.size() == 2);
    CHECK(script.updates[0].received == utc("2026-06-02T08:30:15Z"));
    CHECK(script.updates[0].kind == UpdateKind::escalate);
    CHECK(script.updates[0].by.side == Side::receiving);
    CHECK(script.updates[0].stage == "3");
    CHECK(script.updates[1].by.side == Side::raising);
    CHECK(script.updates[1].deadline == london_time("2026-06-04 12:00"));
}

TEST_CASE("the policy's folder is found from where the story lies") {
    const testing::ScratchFolder folder;
    const auto usual = load_story(folder.write("stories/one.toml", sound_story), testing::london());
    CHECK(std::filesystem::path(usual.value.policy).lexically_relative(folder.path()) == ".");
    const auto other =
        load_story(folder.write("stories/two.toml", "policy = \"../../elsewhere\"\n" + sound_story),
                   testing::london());
    CHECK(other.value.policy.ends_with("elsewhere"));
}

TEST_CASE("the other side may have no practitioner at all") {
    const auto loaded =
        load(replaced(sound_story, "subject =", "no_receiving_practitioner = true\nsubject ="));
    CHECK(loaded.findings.empty());
    CHECK(loaded.value.script.raise.facts.contacts.size() == 2);
}

TEST_CASE("each mistake is said with its line, field and what is permitted") {
    CHECK(said(replaced(sound_story, "2026-06-03 09:00", "2026-06-03 9:00")) ==
          "one.toml:22: update 2, at: \"2026-06-03 9:00\" is not a time. Permitted: \"2026-12-23 "
          "09:00\" as London's clocks show it, or \"2026-12-23T09:00:00Z\".");
    CHECK(said(replaced(sound_story, "do = \"escalate\"", "do = \"escalat\""))
              .starts_with("one.toml:16: update 1, do: unknown value \"escalat\". Did you mean "
                           "\"escalate\"?"));
    CHECK(said(replaced(sound_story, "stage = \"3\"", "stge = \"3\""))
              .starts_with("one.toml:18: update 1, stge: unknown key. Did you mean \"stage\"?"));
    CHECK(said(replaced(sound_story, "role = \"line-manager\", ", ""))
              .starts_with("one.toml:12: raise, contacts, role: is missing"));
    CHECK(said(replaced(sound_story, "receiving = { agency = \"School\" }\n", ""))
              .starts_with("one.toml:7: raise, receiving: is missing"));
    CHECK(said(replaced(sound_story, "2026-06-03 09:00", "2026-06-01 23:00"))
              .starts_with("one.toml:22: update 2, at: lies before what stands above it"));
    CHECK(said(replaced(sound_story, "2026-06-03 09:00", "2026-07-03 09:00"))
              .starts_with("one.toml:22: update 2, at: lies after the end of the story"));
    CHECK(said(replaced(sound_story, "2026-06-10 09:00", "2026-05-10 09:00"))
              .find("lies before the start") != std::string::npos);
    CHECK(said(replaced(sound_story, "vacant =", "addresses = \"published\"\nvacant ="))
              .find("is of no use with published addresses") != std::string::npos);
}

TEST_CASE("a time the clocks skip is no time, one that comes twice is the first") {
    const std::string spring = replaced(
        replaced(sound_story, "happened = \"2026-05-29 16:00\"", "happened = \"2026-03-29 01:30\""),
        "subject = \"child\"\n", "");
    CHECK(said(spring).find("\"2026-03-29 01:30\" does not exist: the clocks go forward past it") !=
          std::string::npos);
    const std::string autumn =
        replaced(sound_story, "happened = \"2026-05-29 16:00\"", "happened = \"2025-10-26 01:30\"");
    const auto loaded = load(autumn);
    CHECK(loaded.findings.empty());
    CHECK(loaded.value.script.raise.happened == utc("2025-10-26T00:30:00Z"));
}

TEST_CASE("every mistake is said at once, and a file that is no TOML says so") {
    CHECK(load("title = 1\nuntil = \"soon\"\n[[update]]\n").findings.size() >= 6);
    CHECK(said("title = \"open").starts_with("one.toml:1:"));
}

TEST_CASE("a story that does not exist is a finding") {
    const auto loaded = load_story("no/such/story.toml", testing::london());
    REQUIRE(loaded.findings.size() == 1);
    CHECK(loaded.findings.front().what == "cannot be read");
}

}  // namespace stageclock
