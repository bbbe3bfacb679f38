// SPDX-License-Identifier: MIT
//
// docs/policy-language.md and the loader know the same tables and keys.
#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "adapters/policy/toml/rows.h"
#include "tests/adapters/policy/scratch_folder.h"

namespace stageclock {
namespace {

// Every key the loader asks for when each table is there once.
std::set<std::string> asked_keys() {
    const testing::ScratchFolder folder;
    const std::string limits = R"([[TABLE]]
when = {}
owed_by = [{}]
)";
    const std::string policy =
        folder.write("policy.toml", "[policy]\n[[procedure]]\n[[stage]]\n" +
                                        testing::replaced(limits, "TABLE", "duty") +
                                        "[[step]]\n[[copy]]\n[[event]]\n"
                                        "[[form]]\n[[form.part]]\n[[guard]]\n[[reason]]\n"
                                        "[[priority]]\n[[circumstance]]\n[[area]]\n"
                                        "[[route]]\nto = [{}]\n[[phrase]]\n[[report]]\n");
    const std::string directory = folder.write(
        "directory.toml", "[directory]\n[[agency]]\n[[post]]\n[[post.absent]]\n[[delegate]]\n");
    toml_reader::Report report;
    policy_toml::read_policy(policy, report);
    policy_toml::read_board(folder.write("board.toml", "[board]\n"), report);
    BoardData data;
    policy_toml::read_directory(directory, data.directory, report);
    policy_toml::read_overlay(folder.write("overlay.toml", "[board]\n"), data, report);
    policy_toml::check_clauses(folder.write("not-rules.toml", "[text]\n[[not_rule]]\n"), data,
                               report);
    std::set<std::string> keys;
    for (const std::string& key : report.keys) {
        if (key.find('.') != std::string::npos) keys.insert(key);  // the others name the tables
    }
    return keys;
}

// The words in `code` marks in a line's first column.
std::vector<std::string> first_column(const std::string& line) {
    std::vector<std::string> words;
    const std::size_t end = line.find('|', 1);
    std::istringstream parts(line.substr(1, end - 1));
    for (std::string part; std::getline(parts, part, '`');) {
        if (!std::getline(parts, part, '`')) break;
        words.push_back(part);
    }
    return words;
}

// "## `[[duty]]`" opens the table of duty; its rows name the keys.
std::set<std::string> documented_keys() {
    std::ifstream doc("docs/policy-language.md");
    std::set<std::string> keys;
    std::string table;
    bool of_keys = false;
    for (std::string line; std::getline(doc, line);) {
        if (line.starts_with("## ")) {
            table.clear();
            for (char c : line.substr(3)) {
                if (c != '`' && c != '[' && c != ']') table += c;
            }
            of_keys = false;
        } else if (line.starts_with("| key |")) {
            of_keys = true;
        } else if (of_keys && line.starts_with("| `")) {
            for (const std::string& key : first_column(line)) keys.insert(table + "." + key);
        }
    }
    return keys;
}

TEST_CASE("every key the loader reads is documented") {
    const auto documented = documented_keys();
    for (const std::string& key : asked_keys()) {
        CAPTURE(key);
        CHECK(documented.contains(key));
    }
}

TEST_CASE("every documented key is one the loader reads") {
    const auto asked = asked_keys();
    CHECK(asked.size() > 80);
    for (const std::string& key : documented_keys()) {
        CAPTURE(key);
        CHECK(asked.contains(key));
    }
}

TEST_CASE("every event word a rule may use is documented") {
    const std::string doc = testing::contents("docs/policy-language.md");
    for (const std::string& word : known_events()) {
        CAPTURE(word);
        CHECK(doc.find("`" + word + "`") != std::string::npos);
    }
    for (const std::string& tag : known_tags())
        CHECK(doc.find("`" + tag + "`") != std::string::npos);
}

}  // namespace
}  // namespace stageclock
