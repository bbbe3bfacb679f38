// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace stageclock::test {

// An IMAP server on loopback that is as strange as a test wants: one mailbox of one mail, and an
// answer of the test's own to any command. One connection at a time, in the clear, no log-in.
class ImapServer {
public:
    // Given a command without its tag: what to send, where "TAG" becomes the tag. "" is the usual
    // answer; "HANG UP" as its end closes the connection.
    using Answer = std::function<std::string(const std::string& command)>;
    explicit ImapServer(Answer answer);
    ~ImapServer();
    ImapServer(const ImapServer&) = delete;
    ImapServer& operator=(const ImapServer&) = delete;

    int port() const { return port_; }
    std::vector<std::string> commands() const;
    // How many commands began so.
    int count(const std::string& start) const;

    static std::string mail();  // the one it has

private:
    void listen_for_connections();
    void serve(int socket);
    std::string usual(const std::string& command);

    const Answer answer_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> socket_{-1};
    std::atomic<bool> moved_{false};
    mutable std::mutex mutex_;
    std::vector<std::string> commands_;
    std::jthread thread_;
};

}  // namespace stageclock::test
