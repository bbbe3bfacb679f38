// SPDX-License-Identifier: MIT
//
// The front over the fake desk, as a program: for nginx_test.py, and to look at the pages.
//   http_fake_front LISTEN      prints its address, ends with its standard input
#include <cstdio>
#include <string>

#include "adapters/registry.h"
#include "tests/adapters/http/fake_desk.h"

int main(int argc, char** argv) {
    using namespace stageclock;
    FakeDesk desk;
    Settings settings = front_settings();
    if (argc > 1) settings.listen = argv[1];
    const auto front = make_http_front(settings, desk);
    if (const Done started = front->start(); !started) {
        std::fprintf(stderr, "%s: %s\n", started.error().where.c_str(),
                     started.error().what.c_str());
        return 1;
    }
    std::printf("%s\n", front->address().c_str());
    std::fflush(stdout);
    while (std::getchar() != EOF) continue;
    front->stop();
    for (const Update& update : desk.updates()) std::printf("accepted %s\n", update.id.c_str());
    return 0;
}
