// SPDX-License-Identifier: MIT
//
// The measuring half of script/bench, which starts the daemon and the mail server.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

#include "tests/bench/forms.h"
#include "tests/bench/mails.h"
#include "tests/bench/updates.h"

namespace {

constexpr int exit_usage = 64;

std::string first_line(const std::string& file) {
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line)) throw std::runtime_error(file + " cannot be read");
    return line;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace stageclock::bench;
    const std::string what = argc > 1 ? argv[1] : "";
    const bool usable = (what == "updates" && argc == 5) || (what == "mails" && argc == 6) ||
                        (what == "chats" && argc == 7) ||
                        (what == "forms" && argc == 2);
    if (!usable) {
        std::fprintf(stderr,
                     "usage: stageclock_bench updates PORT PID FOLDER\n"
                     "       stageclock_bench mails PORT PID FOLDER SINK_PID\n"
                     "       stageclock_bench chats PORT PID FOLDER SINK_PID WEB_PID\n"
                     "       stageclock_bench forms\n");
        return exit_usage;
    }
    try {
        if (what == "forms") {
            measure_forms();
            return EXIT_SUCCESS;
        }
        const std::string folder = argv[4];
        const Daemon daemon{static_cast<std::uint16_t>(std::atoi(argv[2])), std::atoi(argv[3]),
                            first_line(folder + "/bench.bearer")};
        if (what == "updates") return measure_updates(daemon, folder) ? EXIT_SUCCESS : EXIT_FAILURE;
        const pid_t sink = std::atoi(argv[5]);
        if (what == "chats") {
            measure_chats(daemon, folder, {sink, std::atoi(argv[6])});
        } else {
            measure_mails(daemon, folder, sink);
        }
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "\nbench: %s\n", error.what());
        return EXIT_FAILURE;
    }
}
