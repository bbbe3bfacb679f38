// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>

#include "bot/app/commands/commands.h"

namespace {

constexpr const char* default_config = "config/sandbox.toml";

void add_serve(CLI::App& serving, stageclock::commands::Serve& to_serve) {
    serving.add_option("--config", to_serve.config, "Settings file")->capture_default_str();
    serving.add_option("--data", to_serve.data_dir, "Folder for the store and the mail");
    serving.add_option("--port", to_serve.port, "Port on the loopback address");
}

void add_check(CLI::App& checking, stageclock::commands::Check& to_check) {
    checking.add_option("paths", to_check.paths,
                        "Policy folders or a folder of them, stories, settings files");
    checking.add_option("--config", to_check.config,
                        std::string("Settings file; without a path ") + default_config);
    checking.add_option("--calendar", to_check.calendar, "Bank-holiday file of policy folders");
    checking.add_flag("--json", to_check.json, "As docs/checking.md describes");
}

void add_simulate(CLI::App& simulating, stageclock::commands::Simulate& to_play) {
    auto* stories = simulating.add_option("stories", to_play.stories, "Story files (TOML)");
    auto* coverage = simulating.add_option("--coverage", to_play.coverage,
                                           "Name the rules of this policy folder no story touches");
    coverage->excludes(stories);
    simulating.require_option(1, 0);
    auto* json = simulating.add_flag("--json", to_play.json, "As docs/simulate.md describes");
    auto* markdown = simulating.add_flag("--markdown", to_play.markdown, "For documents");
    auto* svg = simulating.add_flag("--svg", to_play.svg, "A picture of the ladder");
    markdown->excludes(json);
    svg->excludes(json)->excludes(markdown);
    simulating.add_flag("--write", to_play.write, "Write NAME.txt beside each story");
    simulating.add_option("--from", to_play.from, "Leave out what comes before");
    simulating.add_option("--until", to_play.until, "End the story here");
    simulating.add_option("--every-hour-of-a-week", to_play.every_hour_of_a_week,
                          "Who would be told for ROLE or SIDE:ROLE, from the Monday after the end");
    simulating.add_option("--calendar", to_play.calendar, "Bank-holiday file");
}

void add_explain(CLI::App& explaining, stageclock::commands::Explain& to_explain) {
    explaining.add_option("what", to_explain.what, "A story file, or the reference of a case")
        ->required();
    explaining.add_option("--at", to_explain.at, "The instant of a story; else its end");
    explaining.add_option("--config", to_explain.config, "Settings file of the daemon")
        ->capture_default_str();
    explaining.add_option("--data", to_explain.data_dir, "Folder the daemon was started with");
    explaining.add_option("--calendar", to_explain.calendar, "Bank-holiday file of a story");
    explaining.add_flag("--json", to_explain.json, "As docs/simulate.md describes");
}

void add_policy_diff(CLI::App& diff, stageclock::commands::PolicyDiff& to_compare) {
    diff.add_option("old", to_compare.before, "Policy folder or policy.toml")->required();
    diff.add_option("new", to_compare.after, "Policy folder")->required();
    diff.add_option("--config", to_compare.config, "Settings file: show its running cases too");
    diff.add_option("--data", to_compare.data_dir, "Folder the daemon was started with");
    diff.add_flag("--json", to_compare.json, "As docs/running.md describes");
}

void add_policy_migrate(CLI::App& migrate, stageclock::commands::PolicyMigrate& to_migrate) {
    to_migrate.config = default_config;
    migrate.add_option("ref", to_migrate.ref, "Reference of a running case")->required();
    migrate.add_option("--reason", to_migrate.reason, "Goes on the record")->required();
    migrate.add_option("--config", to_migrate.config, "Settings file")->capture_default_str();
    migrate.add_option("--data", to_migrate.data_dir, "Folder the daemon was started with");
    migrate.add_option("--port", to_migrate.port, "Port the daemon was started with");
}

CLI::App* add_mail_understand(CLI::App& app, stageclock::commands::MailUnderstand& to_read) {
    auto* mail = app.add_subcommand("mail", "The mails people send");
    mail->require_subcommand(1);
    auto* understand = mail->add_subcommand("understand", "Show what a mail is and asks for");
    understand->add_option("files", to_read.files, "Mails as they are stored (.eml); \"-\": stdin")
        ->required();
    understand->add_option("--config", to_read.config,
                          "Settings file: read them with its boards and policies");
    understand->add_flag("--json", to_read.json,
                         "As docs/adapters/mail-understand.md describes, a line for each mail");
    return understand;
}

void add_clock(CLI::App& app, stageclock::commands::ClockForward& to_move) {
    auto* clock = app.add_subcommand("clock", "The sandbox's clock");
    clock->require_subcommand(1);
    auto* forward = clock->add_subcommand("forward", "Move it on, doing everything due on the way");
    forward->add_option("by", to_move.by,
                        "\"5 working days\", \"26 hours\", \"Monday 09:30\" or RFC 3339")
        ->required();
    forward->add_option("--config", to_move.config, "Settings file")->capture_default_str();
    forward->add_option("--data", to_move.data_dir, "Folder the daemon was started with");
    forward->add_option("--port", to_move.port, "Port the daemon was started with");
}

void add_report(CLI::App& reporting, stageclock::commands::ReportOf& to_report) {
    auto* quarter = reporting.add_option("--quarter", to_report.quarter, "Such as 2026-Q4");
    auto* year = reporting.add_option("--year", to_report.year, "Such as 2026");
    quarter->excludes(year);
    reporting.require_option(1, 0);
    reporting.add_option("--board", to_report.board, "Id or reference prefix")->required();
    reporting.add_option("--out", to_report.folder, "Folder for the files")->capture_default_str();
    reporting.add_option("--format", to_report.formats, "csv, html, pdf, or several of them")
        ->capture_default_str();
    reporting.add_option("--config", to_report.config, "Settings file of the daemon")
        ->capture_default_str();
    reporting.add_option("--data", to_report.data_dir, "Folder the daemon was started with");
}

void add_import(CLI::App& importing, stageclock::commands::DirectoryImport& to_import) {
    importing.add_option("file", to_import.file, "CSV file, see docs/directory-import.md")
        ->required();
    importing.add_option("--board", to_import.board, "Whose directory it is")->required();
    importing.add_option("--config", to_import.config, "Settings file")->capture_default_str();
    importing.add_option("--data", to_import.data_dir, "Folder the daemon was started with");
    importing.add_flag("--apply", to_import.apply, "Write it, instead of showing it only");
    importing.add_flag("--skip-errors", to_import.skip_errors, "Leave out rows with errors");
    importing.add_flag("--json", to_import.json, "As docs/directory-import.md describes");
}

}  // namespace

int main(int argc, char** argv) {
    using namespace stageclock::commands;
    CLI::App app{"stageclock: keeps escalations between agencies from going quiet"};
    app.require_subcommand(1);
    app.set_version_flag("--version", STAGECLOCK_VERSION);

    Serve to_serve{default_config, "", 0};
    auto* serving = app.add_subcommand("serve", "Run the daemon");
    add_serve(*serving, to_serve);

    Check to_check;
    auto* checking = app.add_subcommand("check", "Say everything wrong in policies and settings");
    add_check(*checking, to_check);

    ClockForward to_move{default_config, "", 0, ""};
    add_clock(app, to_move);

    DirectoryImport to_import;
    to_import.config = default_config;
    auto* directory = app.add_subcommand("directory", "The posts of a board");
    directory->require_subcommand(1);
    add_import(*directory->add_subcommand("import", "Take a board's list of officers in"),
               to_import);

    Simulate to_play;
    auto* simulating = app.add_subcommand("simulate", "Play stories and print their timelines");
    add_simulate(*simulating, to_play);

    Explain to_explain;
    to_explain.config = default_config;
    auto* explaining = app.add_subcommand("explain", "Say why a case stands as it does");
    add_explain(*explaining, to_explain);

    MailUnderstand to_read;
    auto* reading = add_mail_understand(app, to_read);

    ReportOf to_report;
    to_report.config = default_config;
    auto* reporting = app.add_subcommand("report", "The board's figures for a quarter or a year");
    add_report(*reporting, to_report);

    auto* policy = app.add_subcommand("policy", "Versions of a board's policy");
    policy->require_subcommand(1);
    PolicyDiff to_compare;
    auto* diff = policy->add_subcommand("diff", "What differs between two versions");
    add_policy_diff(*diff, to_compare);
    PolicyMigrate to_migrate;
    auto* migrate = policy->add_subcommand("migrate", "Move a running case to the present one");
    add_policy_migrate(*migrate, to_migrate);

    CLI11_PARSE(app, argc, argv);
    if (*reading) return mail_understand(to_read);
    if (*diff) return policy_diff(to_compare);
    if (*migrate) return policy_migrate(to_migrate);
    if (*simulating) {
        return to_play.coverage.empty() ? simulate_stories(to_play) : simulate_coverage(to_play);
    }
    if (*explaining) return explain(to_explain);
    if (*reporting) return report(to_report);
    if (*directory) return directory_import(to_import);
    if (*serving) return serve(to_serve);
    if (*checking) {
        if (to_check.paths.empty() && to_check.config.empty()) to_check.config = default_config;
        return check(to_check);
    }
    return clock_forward(to_move);
}
