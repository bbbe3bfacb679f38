// SPDX-License-Identifier: MIT
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "bot/app/commands/commands.h"
#include "bot/app/commands/story_files.h"
#include "bot/app/simulate/lines.h"
#include "bot/app/simulate/svg.h"
#include "bot/app/simulate/timeline_json.h"
#include "bot/app/simulate/week_text.h"
#include "bot/core/coverage.h"
#include "bot/core/week.h"

namespace stageclock::commands {
namespace {

using simulate::Json;
using simulate::Played;

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int fail(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    return exit_data;
}

Json problems_json(const std::string& file, const std::vector<Finding>& findings) {
    Json json = Json::object();
    json["format"] = "stageclock.problems/1";
    json["file"] = file;
    json["problems"] = simulate::list_of(findings, [](const Finding& finding) {
        Json problem = Json::object();
        problem["file"] = finding.file;
        problem["line"] = finding.line;
        problem["field"] = finding.field;
        problem["what"] = finding.what;
        problem["permitted"] = finding.permitted;
        return problem;
    });
    return json;
}

// "receiving:line-manager", or the role alone for both sides.
Result<Target> parse_target(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) return Target{Side::both, text};
    const auto side = parse_side(text.substr(0, colon));
    const std::string role = text.substr(colon + 1);
    if (side && *side != Side::none && !role.empty()) return Target{*side, role};
    return Error{Code::invalid_input,
                 "\"" + text +
                     "\" is no role of a side. Permitted: ROLE, raising:ROLE, "
                     "receiving:ROLE, board:ROLE.",
                 ""};
}

int print_week(const Simulate& options, const Played& played, std::optional<Instant> from) {
    const auto target = parse_target(options.every_hour_of_a_week);
    if (!target) return fail(target.error().what);
    if (played.timeline.end.ref.empty()) return fail("The raise was refused: there is no case.");
    const Rules rules = played.rules();
    const Date day =
        from ? rules.calendar.date(*from) : monday_after(played.timeline.until, rules.calendar);
    const auto spans = every_hour_of_a_week(played.timeline.end, *target, rules, day);
    print(options.json ? week_json(played, *target, spans).print()
                       : simulate::as_text(describe_week(played, *target, spans)));
    return exit_ok;
}

int write_beside(const Played& played) {
    const auto path = std::filesystem::path(played.story.file).replace_extension(".txt");
    std::ofstream file(path, std::ios::binary);
    file << simulate::as_text(simulate::describe(played, std::nullopt));
    file.close();
    if (!file) return fail(path.string() + ": cannot be written");
    std::fprintf(stderr, "%s written\n", path.string().c_str());
    return exit_ok;
}

int print_timeline(const Simulate& options, const Played& played) {
    std::optional<Instant> from;
    if (!options.from.empty()) {
        const auto parsed = parse_story_time(options.from, played.calendar.zone());
        if (!parsed) return fail("--from: " + parsed.error().what);
        from = *parsed;
    }
    if (!options.every_hour_of_a_week.empty()) return print_week(options, played, from);
    if (options.write) return write_beside(played);
    if (options.json) {
        print(timeline_json(played, from).print());
    } else if (options.svg) {
        print(simulate::as_svg(played));
    } else {
        const auto paragraphs = simulate::describe(played, from);
        print(options.markdown ? simulate::as_markdown(paragraphs) : simulate::as_text(paragraphs));
    }
    return exit_ok;
}

int simulate_one(const Simulate& options, const std::string& file) {
    const std::optional<std::string> until =
        options.until.empty() ? std::nullopt : std::optional(options.until);
    const StoryRun run = run_story(file, options.calendar, until);
    if (run.missing) {
        std::fprintf(stderr, "%s: there is no such file\n", file.c_str());
        return exit_no_input;
    }
    if (run.played) return print_timeline(options, *run.played);
    if (options.json) print(problems_json(file, run.findings).print());
    for (const Finding& finding : run.findings) {
        std::fprintf(stderr, "%s\n", to_text(finding).c_str());
    }
    return exit_data;
}

Json coverage_json(const std::string& folder, const Policy& policy,
                   const std::set<RuleName>& seen) {
    Json json = Json::object();
    json["format"] = "stageclock.coverage/1";
    json["policy"] = folder;
    json["rules"] = simulate::list_of(rules_of(policy), [&](const RuleName& rule) {
        Json row = Json::object();
        row["kind"] = rule.kind;
        row["id"] = rule.id;
        row["covered"] = seen.contains(rule);
        return row;
    });
    return json;
}

}  // namespace

int simulate_stories(const Simulate& options) {
    int worst = exit_ok;
    for (const std::string& story : options.stories) {
        const bool first = &story == &options.stories.front();
        if (!first && !options.json && !options.write) print("\n");
        worst = std::max(worst, simulate_one(options, story));
    }
    return worst;
}

int simulate_coverage(const Simulate& options) {
    const StoryFolder folder = run_stories_of(options.coverage, options.calendar);
    for (const Finding& finding : folder.findings) {
        std::fprintf(stderr, "%s\n", to_text(finding).c_str());
    }
    if (folder.missing) return exit_no_input;
    if (!folder.findings.empty()) return exit_data;
    std::set<RuleName> seen;
    for (const auto& played : folder.played) seen.merge(touched(played->timeline, played->policy));
    const auto rules = rules_of(folder.policy);
    const auto missing = uncovered(folder.policy, seen);
    if (options.json) {
        print(coverage_json(options.coverage, folder.policy, seen).print());
    } else {
        for (const RuleName& rule : missing) {
            print("no story covers " + rule.kind + " " + rule.id + "\n");
        }
        print(std::to_string(folder.played.size()) + " stories cover " +
              std::to_string(rules.size() - missing.size()) + " of " +
              std::to_string(rules.size()) + " rules\n");
    }
    return missing.empty() ? exit_ok : exit_data;
}

}  // namespace stageclock::commands
