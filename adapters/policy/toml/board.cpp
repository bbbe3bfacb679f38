// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/policy/toml/rows.h"
#include "adapters/support/crypto.h"
#include "bot/core/check.h"
#include "bot/core/decide.h"
#include "bot/core/nearest.h"

namespace stageclock {
namespace {

using toml_reader::Place;
using toml_reader::Report;

// A problem of core, at the place in the files where its row stands.
Finding located(const Problem& problem, const Report& report, const std::string& file) {
    const Place place = report.place(problem.table, problem.id, problem.field, file);
    std::string field = problem.table + (problem.id.empty() ? "" : " " + problem.id);
    field += ", " + problem.field;
    return {place.file, place.line, field, problem.what, problem.permitted};
}

void say(Report& report, const std::string& file, const std::string& table, const char* key,
         std::string what, std::string permitted) {
    const Place place = report.place(table, "", key, file);
    report.findings.push_back(
        {place.file, place.line, table + ", " + key, std::move(what), std::move(permitted)});
}

// A version of a policy is known by its text: sixteen hex digits are enough to tell them apart.
std::string digest_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return in ? crypto::sha256_hex(text.str()).substr(0, 16) : "";
}

void check_board(const BoardData& data, const BoardSettings& settings, const std::string& file,
                 Report& report) {
    const Board& board = data.board;
    const bool served = !settings.id.empty();  // else a folder is read by itself
    const std::string& id = served ? settings.id : board.id;
    const auto must_be = [&](const char* table, const char* key, const std::string& found) {
        if (found == id || found.empty() || id.empty()) return;
        say(report, file, table, key, "is \"" + found + "\"",
            (served ? "The settings call this board \"" : "board.toml calls this board \"") + id +
                "\".");
    };
    must_be("board", "id", board.id);
    must_be("policy", "board", data.policy.board);
    if (board.subjects.empty()) {
        say(report, file, "board", "subjects", "names no subject",
            "Permitted: \"child\", \"adult\" or both.");
    }
    for (const std::string& subject : board.subjects) {
        if (subject == "child" || subject == "adult") continue;
        say(report, file, "board", "subjects", "unknown subject \"" + subject + "\"",
            "Permitted: \"child\", \"adult\".");
    }
    std::vector<std::string> stages;
    for (const Stage& stage : data.policy.stages) stages.push_back(stage.id);
    for (const std::string& stage : board.stage_copies) {
        if (find_stage(data.policy, stage) != nullptr) continue;
        const std::string near = nearest(stage, stages);
        say(report, file, "board", "stage_copies", "unknown stage \"" + stage + "\"",
            near.empty() ? "Permitted: a stage of the policy." : "Did you mean \"" + near + "\"?");
    }
}

// What the files say of days no calendar knows.
class Dates {
public:
    Dates(const std::vector<Calendar>& calendars, const Policy& policy, Report& report)
        : calendars_(calendars), policy_(policy), report_(report) {}

    // Without the holidays of its own division a policy would count by those of another.
    void check_division(const std::string& file) {
        for (const Calendar& calendar : calendars_) {
            if (calendar.version().starts_with(policy_.calendar)) return;
        }
        say(report_, file, "policy", "calendar",
            "the bank-holiday file has no division \"" + policy_.calendar + "\"",
            "Add it to the file.");
    }

    // A policy in force beyond the holiday list will have deadlines that are only provisional.
    void note_review(const std::string& file, std::vector<Finding>& gaps) const {
        if (!policy_.review_due || *policy_.review_due <= last()) return;
        gaps.push_back(beyond(report_.place("policy", "", "review_due", file), "policy, review_due",
                              "Deadlines beyond it are provisional: add the holidays when "
                              "published."));
    }

    void note_absences(const Directory& directory, const std::string& file,
                       std::vector<Finding>& gaps) const {
        for (const Post& post : directory.posts) {
            for (const Absence& absence : post.absent) {
                if (absence.to <= last()) continue;
                gaps.push_back(beyond(report_.place("post", post.id, "absent", file),
                                      "post " + post.id + ", absent",
                                      "Permitted, but is the year right?"));
                break;
            }
        }
    }

private:
    Date last() const { return calendar_of(policy_, calendars_).last(); }

    Finding beyond(const Place& place, std::string field, std::string permitted) const {
        return {place.file, place.line, std::move(field),
                "lies beyond the last day of the calendar, " + to_text(last()),
                std::move(permitted)};
    }

    const std::vector<Calendar>& calendars_;
    const Policy& policy_;
    Report& report_;
};

}  // namespace

void check_calendar(const Policy& policy, const std::vector<Calendar>& calendars,
                    const std::string& file, Report& report) {
    std::vector<std::string> known;
    for (const Calendar& calendar : calendars) {
        known.push_back(calendar.version().substr(0, calendar.version().find(' ')));
        if (known.back() == policy.calendar) return;
    }
    const std::string near = nearest(policy.calendar, known);
    say(report, file, "policy", "calendar",
        "the bank-holiday file has no division \"" + policy.calendar + "\"",
        near.empty() ? "Permitted: a division of that file." : "Did you mean \"" + near + "\"?");
}

Loaded<BoardData> load_board(const BoardSettings& settings,
                             const std::vector<Calendar>& calendars) {
    const std::filesystem::path folder(settings.policy);
    const std::string policy_file = (folder / "policy.toml").string();
    const std::string directory_file = (folder / "directory.toml").string();
    const std::string board_file = (folder / "board.toml").string();
    const std::string clauses_file = (folder / "not-rules.toml").string();

    Loaded<BoardData> loaded;
    BoardData& data = loaded.value;
    Report report;
    data.policy = policy_toml::read_policy(policy_file, report);
    data.policy.digest = digest_of(policy_file);
    data.board = policy_toml::read_board(board_file, report);
    policy_toml::read_directory(directory_file, data.directory, report);
    for (const std::string& overlay : settings.directories) {
        policy_toml::read_overlay(overlay, data, report);
    }
    for (const Problem& problem : check(data.policy)) {
        report.findings.push_back(located(problem, report, policy_file));
    }
    for (const Problem& problem : check(data.policy, data.directory)) {
        report.findings.push_back(located(problem, report, directory_file));
    }
    check_board(data, settings, board_file, report);
    check_calendar(data.policy, calendars, policy_file, report);
    Dates dates(calendars, data.policy, report);
    dates.check_division(policy_file);
    std::error_code ignored;  // a file that cannot be looked at is reported when it is read
    if (std::filesystem::exists(clauses_file, ignored)) {
        policy_toml::check_clauses(clauses_file, data, report);
    } else {
        loaded.gaps.push_back({clauses_file, 0, "text", "there is no such file",
                               "Without the number of clauses nobody can say whether each has "
                               "a rule."});
    }
    for (const Problem& gap : gaps(data.policy, data.directory)) {
        loaded.gaps.push_back(located(gap, report, directory_file));
    }
    dates.note_review(policy_file, loaded.gaps);
    dates.note_absences(data.directory, directory_file, loaded.gaps);
    loaded.findings = std::move(report.findings);
    return loaded;
}

}  // namespace stageclock
