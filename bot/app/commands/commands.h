// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

// The sub-commands, one file each. Each returns the process's exit code (sysexits.h numbers): data
// goes to stdout, messages to stderr.
namespace stageclock::commands {

constexpr int exit_ok = 0;
constexpr int exit_data = 65;         // what was asked about has problems
constexpr int exit_no_input = 66;     // a named file does not exist
constexpr int exit_unavailable = 69;  // the daemon does not answer
constexpr int exit_io = 74;           // a file cannot be written
constexpr int exit_no_permission = 77;
constexpr int exit_config = 78;       // the daemon cannot start with this configuration

struct Serve {
    std::string config;
    std::string data_dir;
    int port = 0;
};
// Runs until SIGTERM or SIGINT.
int serve(const Serve& options);

struct Check {
    std::vector<std::string> paths;  // policies, stories, settings files
    std::string config;              // a settings file; empty: only the paths
    std::string calendar;            // bank-holiday file of policies; empty: the one beside them
    bool json = false;
};
// Prints every problem and every named gap of what it is asked about: docs/checking.md.
int check(const Check& options);

struct ClockForward {
    std::string config;
    std::string data_dir;
    int port = 0;
    std::string by;
};
// Moves the clock of a running sandbox.
int clock_forward(const ClockForward& options);

struct Simulate {
    std::vector<std::string> stories;
    std::string calendar;  // bank-holiday file; empty: the one beside the policy
    bool json = false;
    bool markdown = false;
    bool svg = false;
    bool write = false;    // NAME.txt beside each story, instead of printing
    std::string from;
    std::string until;
    std::string every_hour_of_a_week;  // "ROLE", "receiving:ROLE"
    std::string coverage;              // policy folder
};
// Plays each story and prints its timeline.
int simulate_stories(const Simulate& options);
// Plays the stories of a policy folder and names the rules none of them touches.
int simulate_coverage(const Simulate& options);

struct DirectoryImport {
    std::string file;      // CSV
    std::string board;
    std::string config;
    std::string data_dir;
    bool apply = false;    // else only the preview
    bool skip_errors = false;
    bool json = false;
};
// Shows what a board's list of officers would change in its directory, and changes it.
int directory_import(const DirectoryImport& options);

struct Explain {
    std::string what;      // a story's file, or the reference of a case
    std::string config;
    std::string data_dir;
    std::string calendar;  // of a story
    std::string at;        // of a story; empty: its end
    bool json = false;
};
// Says why each deadline, notice and refusal of a case is what it is.
int explain(const Explain& options);

struct MailUnderstand {
    std::vector<std::string> files;  // mails; "-": standard input
    std::string config;              // settings of a daemon; empty: no board is known
    bool json = false;
};
// Says what each mail is and asks for; nothing is changed: docs/adapters/mail-understand.md.
int mail_understand(const MailUnderstand& options);

struct PolicyDiff {
    std::string before;    // policy folder or policy.toml
    std::string after;
    std::string config;    // of a daemon, for its running cases; empty: the files only
    std::string data_dir;
    bool json = false;
};
// Prints what differs between two versions of a policy, and which running cases that would change.
int policy_diff(const PolicyDiff& options);

struct PolicyMigrate {
    std::string ref;
    std::string reason;
    std::string config;
    std::string data_dir;
    int port = 0;
};
// Asks the running daemon to judge a case by the present version of its policy.
int policy_migrate(const PolicyMigrate& options);

struct ReportOf {
    std::string quarter;         // "2026-Q4"; empty: `year`
    std::string year;            // "2026"
    std::string board;           // id or reference prefix
    std::string folder = ".";    // where the files go
    std::string formats = "csv,html,pdf";
    std::string config;
    std::string data_dir;
};
// Writes report-PREFIX-PERIOD.FORMAT and prints where: docs/reports.md.
int report(const ReportOf& options);

}  // namespace stageclock::commands
