// SPDX-License-Identifier: MIT
//
// Policies as they were served: DATA/policies/BOARD/NUMBER-DIGEST/ holds a copy of the folder for
// each version of policy.toml, numbered in the order they were first served. `latest` names the one
// served last.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "adapters/registry.h"

namespace stageclock {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 4> files{"policy.toml", "directory.toml", "board.toml",
                                           "not-rules.toml"};
constexpr const char* latest_file = "latest";
constexpr std::size_t number_digits = 4;

fs::path shelf_of(const std::string& data_dir, const std::string& board) {
    return fs::path(data_dir) / "policies" / board;
}

std::vector<fs::path> kept_below(const fs::path& shelf) {
    std::vector<fs::path> kept;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(shelf, error)) {
        if (fs::exists(entry.path() / files.front(), error)) kept.push_back(entry.path());
    }
    std::sort(kept.begin(), kept.end());
    return kept;
}

std::string numbered(std::size_t number, const std::string& digest) {
    const std::string digits = std::to_string(number);
    return std::string(number_digits - std::min(number_digits, digits.size()), '0') + digits + "-" +
           digest;
}

// A copy that is there whole or not at all.
void keep_file(const fs::path& from, const fs::path& to, std::error_code& error) {
    fs::path half = to;
    half += ".new";
    fs::copy_file(from, half, fs::copy_options::overwrite_existing, error);
    if (!error) fs::rename(half, to, error);
}

}  // namespace

Done keep_policy(const std::string& data_dir, const std::string& board, const std::string& folder,
                 const std::string& digest) {
    const fs::path shelf = shelf_of(data_dir, board);
    const auto kept = kept_below(shelf);
    const auto known = std::find_if(kept.begin(), kept.end(), [&](const fs::path& path) {
        return path.filename().string().ends_with("-" + digest);
    });
    const fs::path place = known != kept.end() ? *known : shelf / numbered(kept.size() + 1, digest);
    std::error_code error;
    fs::create_directories(place, error);
    // policy.toml last: a folder without it does not count.
    for (auto file = files.rbegin(); file != files.rend() && !error; ++file) {
        const fs::path from = fs::path(folder) / *file;
        std::error_code absent;
        if (fs::equivalent(from, place / *file, absent)) continue;  // served from here
        if (fs::exists(from, absent)) keep_file(from, place / *file, error);
    }
    if (!error) {
        std::ofstream(shelf / (std::string(latest_file) + ".new")) << place.filename().string();
        fs::rename(shelf / (std::string(latest_file) + ".new"), shelf / latest_file, error);
    }
    if (!error) return done();
    return Error{Code::unavailable, "a copy of the policy could not be kept: " + error.message(),
                 place.string()};
}

std::vector<std::string> kept_policies(const std::string& data_dir, const std::string& board) {
    const fs::path shelf = shelf_of(data_dir, board);
    std::string latest;
    std::getline(std::ifstream(shelf / latest_file), latest);
    std::vector<std::string> folders;
    for (const fs::path& path : kept_below(shelf)) folders.push_back(path.string());
    std::reverse(folders.begin(), folders.end());
    std::stable_partition(folders.begin(), folders.end(), [&](const std::string& folder) {
        return fs::path(folder).filename() == latest;
    });
    return folders;
}

}  // namespace stageclock
