// SPDX-License-Identifier: MIT
#include "bot/app/wire_boards.h"

#include <algorithm>
#include <filesystem>

namespace stageclock {
namespace {

bool serves(const ServedBoard& served, const std::string& digest) {
    const auto same = [&](const Policy& policy) { return policy.digest == digest; };
    return same(served.policy) || std::any_of(served.earlier.begin(), served.earlier.end(), same);
}

void add_earlier(const BoardSettings& settings, const std::vector<std::string>& kept,
                 const std::vector<Calendar>& calendars, ReadBoard& read) {
    for (const std::string& folder : settings.earlier) {
        auto version = load_board({settings.id, folder, {}, {}}, calendars);
        read.findings.insert(read.findings.end(), version.findings.begin(), version.findings.end());
        read.served.earlier.push_back(std::move(version.value.policy));
    }
    for (const std::string& folder : kept) {
        auto version = load_board({settings.id, folder, {}, {}}, calendars);
        if (serves(read.served, version.value.policy.digest)) continue;
        if (version.findings.empty()) {
            read.served.earlier.push_back(std::move(version.value.policy));
        } else {
            read.warnings.push_back(version.findings.front());
        }
    }
}

}  // namespace

ReadBoard read_board(const BoardSettings& settings, const std::string& data_dir,
                     const std::vector<Calendar>& calendars) {
    ReadBoard read;
    BoardSettings from = settings;
    const auto kept =
        data_dir.empty() ? std::vector<std::string>{} : kept_policies(data_dir, settings.id);
    const std::string file = settings.policy + "/policy.toml";
    std::error_code error;
    if (!kept.empty() && !std::filesystem::exists(file, error)) {
        from.policy = kept.front();
        read.warnings.push_back(
            {file, 0, "", "is not there", "Going on with the copy kept in " + kept.front() + "."});
    }
    read.folder = from.policy;
    auto loaded = load_board(from, calendars);
    read.findings = std::move(loaded.findings);
    read.gaps = std::move(loaded.gaps);
    read.served = {std::move(loaded.value.board), std::move(loaded.value.policy),
                   std::move(loaded.value.directory)};
    if (read.findings.empty()) add_earlier(settings, kept, calendars, read);
    return read;
}

}  // namespace stageclock
