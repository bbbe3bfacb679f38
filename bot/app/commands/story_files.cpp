// SPDX-License-Identifier: MIT
#include "bot/app/commands/story_files.h"

#include <algorithm>
#include <filesystem>

#include "bot/core/nearest.h"

namespace stageclock::commands {
namespace {

namespace fs = std::filesystem;

constexpr const char* zone_name = "Europe/London";
constexpr const char* usual_calendar = "policies/calendars/bank-holidays.json";

void add(std::vector<Finding>& all, std::vector<Finding> more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

void check_vacant(const StoryFile& story, const Directory& directory,
                  std::vector<Finding>& findings) {
    std::vector<std::string> posts;
    for (const Post& post : directory.posts) posts.push_back(post.id);
    for (const std::string& id : simulate::unknown_posts(directory, story.vacant)) {
        const std::string near = nearest(id, posts);
        findings.push_back({story.file, 0, "vacant", "unknown post \"" + id + "\"",
                            near.empty() ? "Permitted: ids of posts of the policy's directory."
                                         : "Did you mean \"" + near + "\"?"});
    }
}

StoryRun failed(const Error& error, const std::string& file) {
    StoryRun run;
    run.findings.push_back({error.where.empty() ? file : error.where, 0, "", error.what, ""});
    return run;
}

}  // namespace

Result<Zone> story_zone() { return load_zone(zone_name); }

Result<Instant> parse_story_time(const std::string& text, const Zone& zone) {
    if (const auto instant = parse_rfc3339(text)) return *instant;
    constexpr std::size_t day_length = 10;
    const auto date = parse_date(text.substr(0, day_length));
    const bool only_day = text.size() == day_length;
    const auto time = only_day                   ? TimeOfDay{0}
                      : text.size() > day_length ? parse_time_of_day(text.substr(day_length + 1))
                                                 : std::nullopt;
    if (!date || !time) {
        return Error{Code::invalid_input,
                     "\"" + text +
                         "\" is not a time. Permitted: \"2026-12-23 09:00\", \"2026-12-23\" or "
                         "\"2026-12-23T09:00:00Z\".",
                     ""};
    }
    return zone.instant(LocalTime{*date} + *time);
}

Loaded<BoardData> load_policy_folder(const std::string& folder,
                                     const std::vector<Calendar>& calendars) {
    const auto first = load_board({"", folder, {}, {}}, calendars);
    return load_board({first.value.board.id, folder, {}, {}}, calendars);
}

Loaded<std::vector<Calendar>> calendars_for(const std::string& folder, const std::string& calendar,
                                            const Zone& zone) {
    if (!calendar.empty()) return load_calendar(calendar, zone);
    std::error_code ignored;  // what cannot be looked at is not there
    const fs::path beside = fs::path(folder) / "../calendars/bank-holidays.json";
    const bool there = fs::exists(beside, ignored);
    return load_calendar(there ? beside.lexically_normal().string() : usual_calendar, zone);
}

StoryRun run_story(const std::string& file, const std::string& calendar,
                   const std::optional<std::string>& until) {
    StoryRun run;
    std::error_code ignored;
    run.missing = !fs::is_regular_file(file, ignored);
    const auto zone = story_zone();
    if (!zone) return failed(zone.error(), file);
    auto story = load_story(file, *zone);
    add(run.findings, std::move(story.findings));
    if (!run.findings.empty() && story.value.policy.empty()) return run;
    if (until) {
        const auto end = parse_story_time(*until, *zone);
        if (!end) return failed(end.error(), "--until");
        story.value.script.until = *end;
    }
    auto calendars = calendars_for(story.value.policy, calendar, *zone);
    add(run.findings, std::move(calendars.findings));
    if (calendars.value.empty()) return run;
    auto board = load_policy_folder(story.value.policy, calendars.value);
    add(run.findings, std::move(board.findings));
    if (run.findings.empty()) check_vacant(story.value, board.value.directory, run.findings);
    if (!run.findings.empty()) return run;
    BoardData& data = board.value;
    const Calendar& calendar_of_policy = calendar_of(data.policy, calendars.value);
    run.played =
        simulate::play_story(std::move(story.value), std::move(data.board), std::move(data.policy),
                             std::move(data.directory), calendar_of_policy);
    return run;
}

StoryFolder run_stories_of(const std::string& folder, const std::string& calendar) {
    StoryFolder all;
    std::error_code ignored;
    all.missing = !fs::is_directory(folder, ignored);
    const auto zone = story_zone();
    if (all.missing || !zone) {
        all.findings.push_back({folder, 0, "", "there is no such folder", ""});
        return all;
    }
    const auto calendars = calendars_for(folder, calendar, *zone);
    add(all.findings, calendars.findings);
    if (calendars.value.empty()) return all;
    auto board = load_policy_folder(folder, calendars.value);
    add(all.findings, std::move(board.findings));
    all.policy = std::move(board.value.policy);
    if (!all.findings.empty()) return all;
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "stories", ignored)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) {
        StoryRun run = run_story(file, calendar, std::nullopt);
        add(all.findings, std::move(run.findings));
        if (run.played) all.played.push_back(std::move(run.played));
    }
    return all;
}

}  // namespace stageclock::commands
