// SPDX-License-Identifier: MIT
#include "tests/bench/progress.h"

#include <cstdio>

#include <unistd.h>

namespace stageclock::bench {
namespace {

void write_over(const std::string& text) {
    if (::isatty(STDERR_FILENO) == 1) std::fprintf(stderr, "\r\033[K%s", text.c_str());
}

}  // namespace

void show_progress(const std::string& text) { write_over("  " + text); }
void clear_progress() { write_over(""); }

}  // namespace stageclock::bench
