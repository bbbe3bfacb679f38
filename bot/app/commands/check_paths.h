// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/registry.h"

namespace stageclock::commands {

// What `check` found in everything it was asked about; each line once.
struct Checked {
    std::vector<Finding> problems;
    std::vector<Finding> gaps;
    bool missing = false;  // a path leads nowhere
};

// Checks files and folders, one after the other.
class PathCheck {
public:
    // `calendar` is a bank-holiday file; empty: the one beside each policy's folder.
    explicit PathCheck(std::string calendar) : calendar_(std::move(calendar)) {}

    // A policy's folder or one of its files, a folder of such folders, a story, a settings file.
    void path(const std::string& path);
    // A settings file, with all it names.
    void settings(const std::string& file);

    Checked take() { return std::move(checked_); }

private:
    void policy(const std::string& folder);
    void story(const std::string& file);
    void board(const BoardData& data, const Calendar& calendar, const std::string& folder,
               const std::string& templates, const std::string& own);
    void layouts(const Policy& policy, const std::string& folder, const std::string& templates);
    void parts(const Form& form, const std::string& file, const std::string& folder);
    Done forms(const std::string& folder);
    const Templates* templates(const std::string& folder, const std::string& own);

    void missing(const std::string& path);
    void add(std::vector<Finding>& all, Finding finding);
    void add(std::vector<Finding>& all, const std::vector<Finding>& more);

    std::string calendar_;
    Checked checked_;
    std::set<std::string> seen_;  // policy folders, and lines already there
    // By folder, and the board's own.
    std::map<std::pair<std::string, std::string>, std::unique_ptr<Templates>> templates_;
};

}  // namespace stageclock::commands
