// SPDX-License-Identifier: MIT
#include "bot/app/directory/report.h"

#include <algorithm>
#include <set>

namespace stageclock::directory {
namespace {

using simulate::Json;

int added(const ImportPlan& plan) {
    return static_cast<int>(std::count_if(plan.changes.begin(), plan.changes.end(),
                                          [](const PostChange& change) { return change.added; }));
}

std::string shown(const std::string& value) { return value.empty() ? "(empty)" : value; }

void add_change(std::string& text, const PostChange& change) {
    text += "\n" + std::string(change.added ? "added   " : "changed ") + change.post.id + " (row " +
            std::to_string(change.row) + ", " + change.post.title + ")\n";
    for (const FieldChange& field : change.fields) {
        text += "  " + field.key + ": ";
        text += change.added ? field.after : shown(field.before) + " -> " + shown(field.after);
        text += "\n";
    }
}

std::string ending(const Import& import) {
    if (import.applied) {
        return "\nWritten to " + import.overlay +
               ". The daemon reads it when it is started again.\n";
    }
    if (!import.plan.readable) return "\nNo row was looked at: the header is wrong.\n";
    if (!import.plan.problems.empty() && !import.skipping) {
        return "\nNothing is written while a row has an error; --skip-errors leaves those rows "
               "out.\n";
    }
    if (import.plan.changes.empty()) return "\nNothing to change.\n";
    return "\nNothing was written: this is a preview. --apply writes it to " + import.overlay +
           ".\n";
}

}  // namespace

int wrong_rows(const ImportPlan& plan) {
    std::set<int> rows;
    for (const RowProblem& problem : plan.problems) rows.insert(problem.row);
    return static_cast<int>(rows.size());
}

std::string as_text(const Import& import) {
    const ImportPlan& plan = import.plan;
    const int fresh = added(plan);
    std::string text = import.file + " for " + import.board + ": " + std::to_string(fresh) +
                       " added, " + std::to_string(static_cast<int>(plan.changes.size()) - fresh) +
                       " changed, " + std::to_string(plan.unchanged) + " unchanged, " +
                       std::to_string(wrong_rows(plan)) + " with errors\n";
    if (!plan.ignored.empty()) {
        text += "Columns not used:";
        for (const std::string& heading : plan.ignored) {
            text += (&heading == &plan.ignored.front() ? " " : ", ") + heading;
        }
        text += "\n";
    }
    for (const PostChange& change : plan.changes) add_change(text, change);
    return text + ending(import);
}

Json as_json(const Import& import) {
    Json json = Json::object();
    json["file"] = import.file;
    json["board"] = import.board;
    json["overlay"] = import.overlay;
    json["applied"] = import.applied;
    Json changes{Json::List{}};
    for (const PostChange& change : import.plan.changes) {
        Json one = Json::object();
        one["row"] = change.row;
        one["post"] = change.post.id;
        one["added"] = change.added;
        Json fields{Json::List{}};
        for (const FieldChange& field : change.fields) {
            Json entry = Json::object();
            entry["field"] = field.key;
            entry["before"] = field.before;
            entry["after"] = field.after;
            fields.push_back(std::move(entry));
        }
        one["fields"] = std::move(fields);
        changes.push_back(std::move(one));
    }
    json["changes"] = std::move(changes);
    json["unchanged"] = import.plan.unchanged;
    json["columns_not_used"] = import.plan.ignored;
    Json problems{Json::List{}};
    for (const RowProblem& problem : import.plan.problems) {
        Json one = Json::object();
        one["row"] = problem.row;
        one["column"] = problem.column;
        one["what"] = problem.what;
        one["permitted"] = problem.permitted;
        problems.push_back(std::move(one));
    }
    json["problems"] = std::move(problems);
    return json;
}

std::vector<std::string> problem_lines(const Import& import) {
    std::vector<std::string> lines;
    for (const RowProblem& problem : import.plan.problems) {
        std::string line = import.file + ": row " + std::to_string(problem.row);
        if (!problem.column.empty()) line += ", " + problem.column;
        line += ": " + problem.what + ".";
        if (!problem.permitted.empty()) line += " " + problem.permitted;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace stageclock::directory
