// SPDX-License-Identifier: MIT
//
// `policy diff` and `policy migrate`: what another version of a policy changes, and moving a case.
#include <cstdio>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "bot/app/commands/commands.h"
#include "bot/app/commands/story_files.h"
#include "bot/app/wire_boards.h"
#include "bot/core/impact.h"

namespace stageclock::commands {
namespace {

using Json = nlohmann::ordered_json;

struct Affected {
    std::string ref;
    std::vector<Impact> impacts;
};

struct Running {
    std::string board;
    int cases = 0;  // open, and not under the newer version yet
    std::vector<Affected> affected;
};

int fail(const Error& error, int code) {
    const std::string where = error.where.empty() ? "" : error.where + ": ";
    std::fprintf(stderr, "%s%s\n", where.c_str(), error.what.c_str());
    return code;
}

int fail(const std::vector<Finding>& findings, int code) {
    for (const Finding& finding : findings) std::fprintf(stderr, "%s\n", to_text(finding).c_str());
    return code;
}

std::string_view to_text(PolicyChange::Kind kind) {
    switch (kind) {
        case PolicyChange::Kind::added: return "added";
        case PolicyChange::Kind::removed: return "removed";
        case PolicyChange::Kind::changed: break;
    }
    return "changed";
}

std::string_view to_text(Impact::Kind kind) {
    switch (kind) {
        case Impact::Kind::no_such_stage: return "stage-gone";
        case Impact::Kind::duty_gone: return "duty-gone";
        case Impact::Kind::duty_new: return "duty-new";
        case Impact::Kind::deadline_moved: break;
    }
    return "deadline-moved";
}

std::string words(const std::optional<Instant>& instant, const Zone& zone) {
    return instant ? to_words(*instant, zone) : "none";
}

// The open cases of the newer policy's board in the daemon's store, and what would change for them.
Result<Running> running_cases(const PolicyDiff& options, const Settings& settings,
                              const std::vector<Calendar>& calendars) {
    const auto newer = load_policy_folder(options.after, calendars);
    if (!newer.findings.empty()) {
        return Error{Code::invalid_input, stageclock::to_text(newer.findings.front()), ""};
    }
    Running running;
    running.board = newer.value.policy.board;
    for (const BoardSettings& one : settings.boards) {
        if (one.id != running.board) continue;
        ReadBoard read = read_board(one, settings.data_dir, calendars);
        std::vector<ServedBoard> boards;
        boards.push_back(std::move(read.served));
        const Rulebook rulebook(std::move(boards), calendars);
        const ServedBoard* served = rulebook.board(running.board);
        if (served == nullptr) continue;
        const Policy& policy = newer.value.policy;
        const Rules after{policy, served->board, served->directory, calendar_of(policy, calendars)};
        const auto sandbox = settings.sandbox ? make_sandbox_clock(settings.data_dir)
                                              : Error{Code::not_found, "", ""};
        const Instant now = sandbox ? (*sandbox)->now() : make_system_clock()->now();
        const Done done =
            each_open_case(settings.data_dir + "/stageclock.db", [&](const Case& the_case) {
                if (the_case.board != running.board) return;
                if (the_case.policy_digest == policy.digest) return;
                ++running.cases;
                auto impacts = impact_of(the_case, rulebook.rules(*served, the_case), after, now);
                if (!impacts.empty()) {
                    running.affected.push_back({the_case.ref, std::move(impacts)});
                }
            });
        if (!done) return done.error();
        return running;
    }
    return Error{Code::not_found, "the settings serve no board \"" + running.board + "\"", ""};
}

void print_text(const std::vector<PolicyChange>& changes, const std::optional<Running>& running,
                const Zone& zone) {
    for (const PolicyChange& change : changes) {
        const std::string row = change.table + (change.id.empty() ? "" : " " + change.id);
        std::printf("%-8s %s", std::string(to_text(change.kind)).c_str(), row.c_str());
        if (change.kind == PolicyChange::Kind::changed) {
            std::printf(", %s: %s -> %s", change.key.c_str(),
                        change.before.empty() ? "(not there)" : change.before.c_str(),
                        change.after.empty() ? "(not there)" : change.after.c_str());
        }
        std::printf("  (line %d)\n", change.line);
    }
    if (changes.empty()) std::printf("Nothing differs.\n");
    if (!running) return;
    std::printf(
        "\nRunning cases of %s that keep the version they were raised under: %d.\n"
        "Those that would change if migrated: %zu.\n",
        running->board.c_str(), running->cases, running->affected.size());
    for (const Affected& one : running->affected) {
        for (const Impact& impact : one.impacts) {
            std::printf("%s  %s %s: %s -> %s\n", one.ref.c_str(),
                        std::string(to_text(impact.kind)).c_str(), impact.rule.c_str(),
                        words(impact.before, zone).c_str(), words(impact.after, zone).c_str());
        }
    }
}

Json instant_json(const std::optional<Instant>& instant) {
    return instant ? Json(to_rfc3339(*instant)) : Json(nullptr);
}

void print_json(const std::vector<PolicyChange>& changes, const std::optional<Running>& running) {
    Json root{{"changes", Json::array()}};
    for (const PolicyChange& change : changes) {
        root["changes"].push_back({{"kind", to_text(change.kind)},
                                   {"table", change.table},
                                   {"id", change.id},
                                   {"key", change.key},
                                   {"before", change.before},
                                   {"after", change.after},
                                   {"line", change.line}});
    }
    if (running) {
        Json cases = Json::array();
        for (const Affected& one : running->affected) {
            Json impacts = Json::array();
            for (const Impact& impact : one.impacts) {
                impacts.push_back({{"kind", to_text(impact.kind)},
                                   {"rule", impact.rule},
                                   {"before", instant_json(impact.before)},
                                   {"after", instant_json(impact.after)}});
            }
            cases.push_back({{"ref", one.ref}, {"impacts", std::move(impacts)}});
        }
        root["running"] = {
            {"board", running->board}, {"cases", running->cases}, {"affected", std::move(cases)}};
    }
    std::printf("%s\n", root.dump(2).c_str());
}

}  // namespace

int policy_diff(const PolicyDiff& options) {
    for (const std::string& path : {options.before, options.after}) {
        std::error_code ignored;
        if (std::filesystem::exists(path, ignored)) continue;
        return fail(Error{Code::not_found, "there is no such file or folder", path}, exit_no_input);
    }
    const auto changes = diff_policies(options.before, options.after);
    if (!changes) return fail(changes.error(), exit_data);
    const auto zone = story_zone();
    if (!zone) return fail(zone.error(), exit_config);
    std::optional<Running> running;
    if (!options.config.empty()) {
        const auto settings = load_settings(options.config, {options.data_dir, 0});
        if (!settings.findings.empty()) return fail(settings.findings, exit_config);
        const auto calendars = load_calendar(settings.value.calendar, *zone);
        if (calendars.value.empty()) return fail(calendars.findings, exit_config);
        auto found = running_cases(options, settings.value, calendars.value);
        if (!found) return fail(found.error(), exit_data);
        running = std::move(*found);
    }
    if (options.json) {
        print_json(*changes, running);
    } else {
        print_text(*changes, running, *zone);
    }
    return exit_ok;
}

int policy_migrate(const PolicyMigrate& options) {
    const auto settings = load_settings(options.config, {options.data_dir, options.port});
    if (!settings.findings.empty()) return fail(settings.findings, exit_config);
    const Done moved = migrate_case(settings.value, options.ref, options.reason);
    if (!moved) {
        return fail(moved.error(),
                    moved.error().code == Code::unavailable ? exit_unavailable : exit_data);
    }
    std::printf("%s is judged by the present version of its policy from now on.\n",
                options.ref.c_str());
    return exit_ok;
}

}  // namespace stageclock::commands
