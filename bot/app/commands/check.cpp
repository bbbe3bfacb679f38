// SPDX-License-Identifier: MIT
#include <cstdio>

#include "bot/app/commands/check_paths.h"
#include "bot/app/commands/commands.h"
#include "bot/app/simulate/json.h"

namespace stageclock::commands {
namespace {

using simulate::Json;

Json finding_json(const Finding& finding) {
    Json json = Json::object();
    json["file"] = finding.file;
    json["line"] = finding.line;
    json["field"] = finding.field;
    json["what"] = finding.what;
    json["permitted"] = finding.permitted;
    return json;
}

void print_json(const Checked& checked) {
    Json json = Json::object();
    json["problems"] = simulate::list_of(checked.problems, finding_json);
    json["gaps"] = simulate::list_of(checked.gaps, finding_json);
    json["clean"] = checked.problems.empty();
    std::fputs(json.print().c_str(), stdout);
}

void print_text(const Checked& checked) {
    for (const Finding& problem : checked.problems) std::printf("%s\n", to_text(problem).c_str());
    for (const Finding& gap : checked.gaps) std::printf("gap: %s\n", to_text(gap).c_str());
    std::fprintf(stderr, "%zu problems, %zu gaps\n", checked.problems.size(), checked.gaps.size());
}

}  // namespace

int check(const Check& options) {
    PathCheck check(options.calendar);
    if (!options.config.empty()) check.settings(options.config);
    for (const std::string& path : options.paths) check.path(path);
    const Checked checked = check.take();
    options.json ? print_json(checked) : print_text(checked);
    if (checked.missing) return exit_no_input;
    return checked.problems.empty() ? exit_ok : exit_data;
}

}  // namespace stageclock::commands
