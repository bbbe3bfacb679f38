// SPDX-License-Identifier: MIT
#include "bot/app/simulate/played.h"

#include <algorithm>

namespace stageclock::simulate {
namespace {

bool takes(const Board& board, const std::string& subject) {
    return std::find(board.subjects.begin(), board.subjects.end(), subject) != board.subjects.end();
}

// The board, and a reference like those the daemon gives.
void complete(Script& script, const Board& board, const Calendar& calendar) {
    const std::chrono::year_month_day day{calendar.date(script.raise.received)};
    script.ref =
        board.reference_prefix + "-" + std::to_string(static_cast<int>(day.year())) + "-0001";
    script.raise.board = board.id;
    RaiseFacts& facts = script.raise.facts;
    if (facts.subject_kind.empty() && takes(board, "child")) facts.subject_kind = "child";
    for (Update& update : script.updates) update.ref = script.ref;
}

}  // namespace

Directory with_addresses(Directory directory, Addresses addresses,
                         const std::vector<std::string>& vacant) {
    if (addresses == Addresses::published) return directory;
    for (Post& post : directory.posts) {
        const bool empty = std::find(vacant.begin(), vacant.end(), post.id) != vacant.end();
        post.address = empty ? "" : post.id + "@example.org";
        post.more_addresses.clear();
    }
    return directory;
}

std::vector<std::string> unknown_posts(const Directory& directory,
                                       const std::vector<std::string>& vacant) {
    std::vector<std::string> unknown;
    for (const std::string& id : vacant) {
        if (find_post(directory, id) == nullptr) unknown.push_back(id);
    }
    return unknown;
}

std::unique_ptr<Played> play_story(StoryFile story, Board board, Policy policy, Directory directory,
                                   Calendar calendar) {
    directory = with_addresses(std::move(directory), story.addresses, story.vacant);
    complete(story.script, board, calendar);
    auto played = std::make_unique<Played>(Played{std::move(story),
                                                  std::move(board),
                                                  std::move(policy),
                                                  std::move(directory),
                                                  std::move(calendar),
                                                  {}});
    played->timeline = play(played->story.script, played->rules());
    return played;
}

}  // namespace stageclock::simulate
