// SPDX-License-Identifier: MIT
#include <filesystem>

#include "adapters/registry.h"
#include "adapters/story/toml/rows.h"

namespace stageclock {
namespace {

using toml_reader::Row;

Instant required_time(Row& row, const char* key, const Zone& zone) {
    if (!row.has(key)) row.required(key);
    return story_toml::read_time(row, key, zone).value_or(Instant{});
}

// Updates arrive in order, not before the raise and not after the end.
void read_updates(Row& root, Script& script, const Zone& zone) {
    Instant last = script.raise.received;
    for (Row& row : root.rows("update")) {
        Update update = story_toml::read_update(row, zone);
        const bool known = update.received != Instant{};
        if (known && update.received < last) {
            row.wrong("at", "lies before what stands above it",
                      "Put the updates in order of time.");
        }
        if (known && update.received > script.until && script.until > script.raise.received) {
            row.wrong("at", "lies after the end of the story",
                      "Permitted: up to `until`, " + to_words(script.until, zone) + ".");
        }
        if (known) last = std::max(last, update.received);
        script.updates.push_back(std::move(update));
    }
}

void read_head(Row& root, StoryFile& story, const Zone& zone) {
    story.title = root.required("title");
    story.about = root.text("about");
    const std::filesystem::path folder = std::filesystem::path(story.file).parent_path();
    story.policy = (folder / root.text("policy", "..")).lexically_normal().string();
    story.addresses = root.choice("addresses", {"made-up", "published"}) == "published"
                          ? Addresses::published
                          : Addresses::made_up;
    story.vacant = root.texts("vacant");
    if (!story.vacant.empty() && story.addresses == Addresses::published) {
        root.wrong("vacant", "is of no use with published addresses",
                   "Leave it out, or leave out `addresses`.");
    }
    story.script.raise.received = required_time(root, "start", zone);
    story.script.until = required_time(root, "until", zone);
    if (story.script.until < story.script.raise.received && story.script.until != Instant{}) {
        root.wrong("until", "lies before the start", "Permitted: a time after `start`.");
    }
}

}  // namespace

Loaded<StoryFile> load_story(const std::string& file, const Zone& zone) {
    Loaded<StoryFile> loaded;
    StoryFile& story = loaded.value;
    story.file = file;
    toml_reader::Report report;
    toml_reader::Document document(file, report);
    if (document.usable()) {
        Row root = document.root();
        read_head(root, story, zone);
        if (auto raise = root.table("raise")) {
            const Instant start = story.script.raise.received;
            story.script.raise = story_toml::read_raise(*raise, zone);
            story.script.raise.received = start;
        } else {
            root.wrong("raise", "is missing", "It is required: a [raise] table.");
        }
        read_updates(root, story.script, zone);
        document.report_unknown_keys();
    }
    loaded.findings = std::move(report.findings);
    return loaded;
}

}  // namespace stageclock
