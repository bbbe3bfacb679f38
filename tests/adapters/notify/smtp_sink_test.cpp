// SPDX-License-Identifier: MIT
// Against Postfix's smtp-sink, which is nobody's mock.
#include <filesystem>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "adapters/notify/smtp/mail_notifier.h"
#include "tests/adapters/notify/fixtures.h"

using namespace stageclock;
using namespace stageclock::test;

namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

int free_port() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    bind(fd, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    close(fd);
    return ntohs(address.sin_port);
}

bool answers(int port) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const auto address = loopback(port);
    const bool connected =
        connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return connected;
}

class Sink {
public:
    explicit Sink(std::vector<std::string> switches) : port_(free_port()) {
        std::vector<std::string> words{"/usr/sbin/smtp-sink"};
        if (geteuid() == 0) words.insert(words.end(), {"-u", "nobody"});
        words.insert(words.end(), switches.begin(), switches.end());
        words.insert(words.end(), {"127.0.0.1:" + std::to_string(port_), "64"});
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        process_ = fork();
        if (process_ == 0) {
            execv(arguments[0], arguments.data());
            _exit(127);
        }
        for (int tries = 0; tries < 200 && !answers(port_); ++tries) poll(nullptr, 0, 10);
        if (!answers(port_)) throw std::runtime_error("smtp-sink (package postfix) does not run");
    }
    ~Sink() {
        kill(process_, SIGTERM);
        waitpid(process_, nullptr, 0);
    }
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;

    std::unique_ptr<Notifier> notifier() const {
        auto settings = some_settings();
        settings.smtp.url = "smtp://127.0.0.1:" + std::to_string(port_);
        settings.smtp.tls = "none";
        auto made = smtp::make_mail(settings, templates_, std::chrono::seconds(5));
        REQUIRE(made);
        return *std::move(made);
    }

private:
    int port_;
    pid_t process_ = -1;
    FakeTemplates templates_;
};

Rendered a_mail() {
    return {"message/rfc822", "Subject: x\r\n\r\n.dot\r\nhello\r\n", "stageclock@board.example.org",
            "zoe@housing.example.org"};
}

}  // namespace

TEST_CASE("smtp-sink takes our mails") {
    const TemporaryFolder folder;
    std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
    const Sink sink({"-d", folder.path() + "/mail."});
    const auto notifier = sink.notifier();
    for (int i = 0; i < 3; ++i) {
        const auto delivery = notifier->deliver(a_mail());
        CHECK(delivery.outcome == Delivered::accepted);
        CHECK(delivery.reply.starts_with("250"));
    }
    int kept = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
        const auto text = file_text(file.path());
        CHECK(text.find("\n\n.dot\nhello\n") != std::string::npos);
        CHECK(text.find("zoe@housing.example.org") != std::string::npos);
        ++kept;
    }
    CHECK(kept == 3);
}

TEST_CASE("smtp-sink's faults get their verdicts") {
    struct Row {
        std::vector<std::string> switches;
        Delivered outcome;
    };
    const Row rows[] = {{{"-f", "RCPT"}, Delivered::never},
                        {{"-r", "RCPT"}, Delivered::try_again},
                        {{"-q", "RCPT"}, Delivered::try_again},
                        {{"-Q", "RCPT"}, Delivered::try_again},
                        {{"-r", "MAIL"}, Delivered::try_again},
                        {{"-f", "DATA"}, Delivered::never},
                        {{"-q", "DATA"}, Delivered::try_again},
                        {{"-f", "."}, Delivered::never},
                        {{"-r", "."}, Delivered::try_again},
                        {{"-q", "."}, Delivered::try_again},
                        {{"-Q", "."}, Delivered::try_again},
                        {{"-A", "0"}, Delivered::never},
                        {{"-q", "CONNECT"}, Delivered::try_again},
                        {{"-f", "CONNECT"}, Delivered::try_again},
                        {{"-e"}, Delivered::accepted},
                        {{"-p", "-8", "-E"}, Delivered::accepted}};
    for (const auto& row : rows) {
        CAPTURE(row.switches[0]);
        CAPTURE(row.switches.back());
        const Sink sink(row.switches);
        const auto notifier = sink.notifier();
        for (int i = 0; i < 2; ++i) {
            const auto delivery = notifier->deliver(a_mail());
            CAPTURE(delivery.reply);
            CHECK(delivery.outcome == row.outcome);
            CHECK_FALSE(delivery.reply.empty());
        }
    }
}
