// SPDX-License-Identifier: MIT
//
// `report`: the figures of a board for a quarter or a year, read beside the daemon.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "bot/app/commands/commands.h"
#include "bot/app/commands/progress.h"
#include "bot/app/commands/story_files.h"
#include "bot/app/wire_boards.h"

namespace stageclock::commands {
namespace {

int fail(const std::vector<Finding>& findings, int code) {
    for (const Finding& finding : findings) std::fprintf(stderr, "%s\n", to_text(finding).c_str());
    return code;
}

int fail(const std::string& what, int code) {
    std::fprintf(stderr, "%s\n", what.c_str());
    return code;
}

int fail(const Error& error, int code) {
    return fail((error.where.empty() ? "" : error.where + ": ") + error.what, code);
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

// The board of that id or reference prefix, letter case aside.
struct Found {
    std::unique_ptr<Rulebook> rulebook;
    std::string board;
    std::vector<Finding> findings;
    std::string known;  // the names it could have had
};

Found find_board(const std::string& name, const Settings& settings,
                 const std::vector<Calendar>& calendars) {
    Found found;
    for (const BoardSettings& one : settings.boards) {
        ReadBoard read = read_board(one, settings.data_dir, calendars);
        const std::string& prefix = read.served.board.reference_prefix;
        found.known += (found.known.empty() ? "" : ", ") + one.id +
                       (prefix.empty() ? "" : " (" + prefix + ")");
        if (lower(one.id) != lower(name) && lower(prefix) != lower(name)) continue;
        found.board = one.id;
        found.findings = read.findings;
        std::vector<ServedBoard> boards;
        boards.push_back(std::move(read.served));
        found.rulebook = std::make_unique<Rulebook>(std::move(boards), calendars);
        return found;
    }
    return found;
}

// The writers asked for, in that order. The error names the one that is unknown.
Result<std::vector<std::unique_ptr<ReportWriter>>> writers_of(const std::string& formats) {
    std::vector<std::unique_ptr<ReportWriter>> chosen;
    std::string rest = formats;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        const std::string one = lower(rest.substr(0, comma));
        rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
        const auto before = chosen.size();
        for (auto& writer : make_report_writers()) {
            if (writer->format() == one) chosen.push_back(std::move(writer));
        }
        if (chosen.size() == before) {
            return Error{Code::invalid_input,
                         "unknown format \"" + one + "\". Permitted: csv, html, pdf.", "--format"};
        }
    }
    return chosen;
}

Result<PeriodReport> counted(const Settings& settings, const Found& found, const Period& period) {
    const ServedBoard& served = *found.rulebook->board(found.board);
    const Rules present = found.rulebook->rules(served);
    Tally tally(quarters_of(period), present.calendar);
    Progress progress("Counting cases");
    std::size_t seen = 0;
    const Done done = each_case(settings.data_dir + "/stageclock.db", found.board,
                                [&](const Case& the_case, std::size_t all) {
                                    tally.add(the_case, found.rulebook->rules(served, the_case));
                                    progress.at(++seen, all);
                                });
    if (!done) return done.error();
    const auto sandbox =
        settings.sandbox ? make_sandbox_clock(settings.data_dir) : Error{Code::not_found, "", ""};
    const Instant now = sandbox ? (*sandbox)->now() : make_system_clock()->now();
    return make_report(tally, period, present, now);
}

int write_files(const PeriodReport& report, const std::string& folder,
                const std::vector<std::unique_ptr<ReportWriter>>& writers) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    for (const auto& writer : writers) {
        const auto bytes = writer->write(report);
        if (!bytes) return fail(bytes.error(), exit_io);
        const auto path = std::filesystem::path(folder) /
                          ("report-" + name_of(report) + "." + std::string(writer->format()));
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        file << *bytes;
        file.close();
        if (!file) return fail(path.string() + ": the file cannot be written", exit_io);
        std::printf("%s\n", path.c_str());
    }
    return exit_ok;
}

}  // namespace

int report(const ReportOf& options) {
    const std::string& name = options.quarter.empty() ? options.year : options.quarter;
    const auto period = parse_period(name);
    if (!period || period->is_year() != options.quarter.empty()) {
        return fail("\"" + name +
                        "\" is no quarter or year. Write --quarter 2026-Q4 or "
                        "--year 2026.",
                    exit_data);
    }
    const auto writers = writers_of(options.formats);
    if (!writers) return fail(writers.error(), exit_data);
    const auto settings = load_settings(options.config, {options.data_dir, 0});
    if (!settings.findings.empty()) return fail(settings.findings, exit_config);
    const auto zone = story_zone();
    if (!zone) return fail(zone.error(), exit_config);
    const auto calendars = load_calendar(settings.value.calendar, *zone);
    if (calendars.value.empty()) return fail(calendars.findings, exit_config);
    const Found found = find_board(options.board, settings.value, calendars.value);
    if (found.rulebook == nullptr) {
        return fail("These settings serve no board \"" + options.board + "\". They serve " +
                        found.known + ".",
                    exit_data);
    }
    if (!found.findings.empty()) return fail(found.findings, exit_config);
    const auto report = counted(settings.value, found, *period);
    if (!report) {
        const bool missing = report.error().code == Code::not_found;
        return fail(report.error(), missing ? exit_no_input : exit_unavailable);
    }
    return write_files(*report, options.folder, *writers);
}

}  // namespace stageclock::commands
