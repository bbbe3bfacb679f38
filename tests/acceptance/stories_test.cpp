// SPDX-License-Identifier: MIT
//
// Every story of every board, held against the timeline beside it, and every rule of every board
// held against its stories.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "bot/app/commands/story_files.h"
#include "bot/app/simulate/lines.h"
#include "bot/core/coverage.h"
#include "tests/support/golden.h"

using namespace stageclock;

namespace {

namespace fs = std::filesystem;

std::vector<std::string> boards_with_stories() {
    std::vector<std::string> folders;
    for (const char* root : {"policies", "tests/boards"}) {
        for (const auto& entry : fs::directory_iterator(root)) {
            const fs::path stories = entry.path() / "stories";
            if (fs::is_directory(stories)) folders.push_back(entry.path().string());
        }
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

void check_findings(const commands::StoryFolder& folder) {
    for (const Finding& finding : folder.findings) FAIL_CHECK(to_text(finding));
}

}  // namespace

TEST_CASE("each story of each board has the timeline that lies beside it") {
    for (const std::string& board : boards_with_stories()) {
        const auto folder = commands::run_stories_of(board, "");
        check_findings(folder);
        for (const auto& played : folder.played) {
            const auto golden = fs::path(played->story.file).replace_extension(".txt");
            const auto text = simulate::as_text(simulate::describe(*played, std::nullopt));
            testing::check_golden(golden.string(), text);
            CHECK_MESSAGE(!played->timeline.stuck, played->story.file);
        }
    }
}

TEST_CASE("each rule of each board is touched by a story of that board") {
    for (const std::string& board : boards_with_stories()) {
        const auto folder = commands::run_stories_of(board, "");
        const std::size_t least = board.starts_with("policies/") ? 10 : 1;
        CHECK_MESSAGE(folder.played.size() >= least, board << " has too few stories");
        std::set<RuleName> seen;
        for (const auto& played : folder.played) {
            seen.merge(touched(played->timeline, played->policy));
        }
        for (const RuleName& rule : uncovered(folder.policy, seen)) {
            FAIL_CHECK(board << ": no story covers " << rule.kind << " " << rule.id);
        }
    }
}

TEST_CASE("no story tells anybody outside example.org, unless it plays the published directory") {
    for (const std::string& board : boards_with_stories()) {
        for (const auto& played : commands::run_stories_of(board, "").played) {
            if (played->story.addresses == Addresses::published) continue;
            for (const Moment& moment : played->timeline.moments) {
                for (const Notice& notice : moment.notices) {
                    const bool mail = notice.channel == "mail";
                    CHECK_MESSAGE((!mail || notice.destination.ends_with("example.org")),
                                  played->story.file << ": " << notice.to.title);
                }
            }
        }
    }
}
