// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace stageclock::testing {

// The first line in which two texts part, for people.
inline std::string first_difference(const std::string& expected, const std::string& found) {
    std::istringstream left(expected), right(found);
    std::string a, b;
    for (int number = 1;; ++number) {
        const bool more_a = static_cast<bool>(std::getline(left, a));
        const bool more_b = static_cast<bool>(std::getline(right, b));
        if (!more_a && !more_b) return "line ends differ";
        if (more_a && more_b && a == b) continue;
        return "line " + std::to_string(number) + "\n  expected: " + (more_a ? a : "(end)") +
               "\n  found:    " + (more_b ? b : "(end)");
    }
}

// Holds `text` against the file at `path`, relative to the repository root (where tests run).
// With UPDATE_GOLDEN=1 in the environment the file is written instead: read the change before you
// keep it.
inline void check_golden(const std::string& path, const std::string& text) {
    const char* update = std::getenv("UPDATE_GOLDEN");
    if (update != nullptr && std::string(update) == "1") {
        std::filesystem::create_directories(std::filesystem::path(path).parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return;
    }
    std::ifstream file(path, std::ios::binary);
    CHECK_MESSAGE(file.is_open(), path << " is missing: run the test with UPDATE_GOLDEN=1");
    const std::string expected((std::istreambuf_iterator<char>(file)), {});
    CHECK_MESSAGE(expected == text, path << ", " << first_difference(expected, text));
}

}  // namespace stageclock::testing
