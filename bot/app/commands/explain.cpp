// SPDX-License-Identifier: MIT
#include <cstdio>
#include <filesystem>

#include "bot/app/commands/commands.h"
#include "bot/app/commands/story_files.h"
#include "bot/app/simulate/explanation.h"
#include "bot/app/wire_boards.h"

namespace stageclock::commands {
namespace {

using simulate::Explanation;

int print(const Explanation& explanation, const Rules& rules, bool json) {
    const std::string text = json ? explanation_json(explanation, rules).print()
                                  : as_text(explanation_lines(explanation, rules));
    std::fwrite(text.data(), 1, text.size(), stdout);
    return exit_ok;
}

int fail(const std::vector<Finding>& findings, int code) {
    for (const Finding& finding : findings) {
        std::fprintf(stderr, "%s\n", to_text(finding).c_str());
    }
    return code;
}

int fail(const Error& error, int code) {
    const std::string where = error.where.empty() ? "" : error.where + ": ";
    std::fprintf(stderr, "%s%s\n", where.c_str(), error.what.c_str());
    return code;
}

bool is_story(const std::string& what) {
    std::error_code ignored;
    return what.ends_with(".toml") || std::filesystem::is_regular_file(what, ignored);
}

int explain_story(const Explain& options) {
    const std::optional<std::string> at =
        options.at.empty() ? std::nullopt : std::optional(options.at);
    const StoryRun run = run_story(options.what, options.calendar, at);
    if (run.missing) {
        return fail({{options.what, 0, "", "there is no such file", ""}}, exit_no_input);
    }
    if (!run.played) return fail(run.findings, exit_data);
    return print(simulate::explain(*run.played), run.played->rules(), options.json);
}

std::optional<ReadBoard> board_of(const Settings& settings, const std::string& id,
                                  const std::vector<Calendar>& calendars) {
    for (const BoardSettings& one : settings.boards) {
        if (one.id == id) return read_board(one, settings.data_dir, calendars);
    }
    return std::nullopt;
}

int explain_case(const Explain& options) {
    const auto settings = load_settings(options.config, {options.data_dir, 0});
    if (!settings.findings.empty()) return fail(settings.findings, exit_config);
    const std::string store = settings.value.data_dir + "/stageclock.db";
    const auto file = read_case_file(store, options.what);
    if (!file) {
        return fail(file.error(),
                    file.error().code == Code::not_found ? exit_no_input : exit_unavailable);
    }
    const auto zone = story_zone();
    if (!zone) return fail(zone.error(), exit_config);
    auto calendars = load_calendar(settings.value.calendar, *zone);
    if (calendars.value.empty()) return fail(calendars.findings, exit_config);
    auto read = board_of(settings.value, file->the_case.board, calendars.value);
    if (!read) {
        return fail({{options.config, 0, "board", "the board of this case is not served",
                      "Give the settings the daemon runs with."}},
                    exit_config);
    }
    if (!read->findings.empty()) return fail(read->findings, exit_config);
    std::vector<ServedBoard> boards;
    boards.push_back(std::move(read->served));
    const Rulebook rulebook(std::move(boards), std::move(calendars.value));
    const ServedBoard& board = *rulebook.board(file->the_case.board);
    if (!Rulebook::serves_version_of(board, file->the_case)) {
        std::fprintf(stderr,
                     "The version of the policy this case was raised under is not there: "
                     "explained by the present one.\n");
    }
    const Rules rules = rulebook.rules(board, file->the_case);
    return print(simulate::explain(*file, rules), rules, options.json);
}

}  // namespace

int explain(const Explain& options) {
    return is_story(options.what) ? explain_story(options) : explain_case(options);
}

}  // namespace stageclock::commands
