// SPDX-License-Identifier: MIT
#include "tests/adapters/inbox/imap_server.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stageclock::test {

ImapServer::ImapServer(Answer answer) : answer_(std::move(answer)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, any, size) != 0 || listen(listener_, 16) != 0 ||
        getsockname(listener_, any, &size) != 0) {
        throw std::runtime_error("no port for the mail server");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { listen_for_connections(); });
}

ImapServer::~ImapServer() {
    shutdown(listener_, SHUT_RDWR);
    if (const int socket = socket_; socket >= 0) shutdown(socket, SHUT_RDWR);
    thread_.join();
    close(listener_);
}

void ImapServer::listen_for_connections() {
    while (true) {
        const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        socket_ = socket;
        serve(socket);
        socket_ = -1;
        close(socket);
    }
}

void ImapServer::serve(int socket) {
    const auto say = [socket](const std::string& text) {
        return send(socket, text.data(), text.size(), MSG_NOSIGNAL) >= 0;
    };
    say("* OK [CAPABILITY IMAP4rev1] ready\r\n");
    std::string idle_tag;
    std::string buffer;
    std::array<char, 4096> block{};
    while (true) {
        const auto end = buffer.find("\r\n");
        if (end == std::string::npos) {
            const auto got = recv(socket, block.data(), block.size(), 0);
            if (got <= 0) return;
            buffer.append(block.data(), static_cast<std::size_t>(got));
            continue;
        }
        const auto line = buffer.substr(0, end);
        buffer.erase(0, end + 2);
        const auto space = std::min(line.find(' '), line.size());
        const auto command = line.substr(std::min(space + 1, line.size()));
        {
            const std::lock_guard lock(mutex_);
            commands_.push_back(command);
        }
        if (line == "DONE") {
            say(idle_tag + " OK done\r\n");
            continue;
        }
        if (command == "IDLE") idle_tag = line.substr(0, space);
        auto text = answer_(command);
        if (text.empty()) text = usual(command);
        for (auto at = text.find("TAG"); at != std::string::npos; at = text.find("TAG"))
            text.replace(at, 3, line.substr(0, space));
        const bool last = text.ends_with("HANG UP");
        if (last) text.resize(text.size() - 7);
        if (!say(text) || last) return;
    }
}

std::string ImapServer::usual(const std::string& command) {
    const std::string good = "TAG OK done\r\n";
    if (command == "CAPABILITY") return "* CAPABILITY IMAP4rev1 MOVE UIDPLUS\r\n" + good;
    if (command.starts_with("SELECT")) {
        return "* 1 EXISTS\r\n* OK [UIDVALIDITY 17] x\r\n* OK [UIDNEXT 2] x\r\n"
               "TAG OK [READ-WRITE] done\r\n";
    }
    if (command.starts_with("UID SEARCH"))
        return (moved_ ? "* SEARCH\r\n" : "* SEARCH 1\r\n") + good;
    if (command.starts_with("UID MOVE")) moved_ = true;
    if (command.find("RFC822.SIZE") != std::string::npos) {
        return "* 1 FETCH (UID 1 RFC822.SIZE 60 INTERNALDATE \"17-Jul-2026 02:44:25 +0100\")\r\n" +
               good;
    }
    if (command.find("BODY.PEEK[]") != std::string::npos) {
        return "* 1 FETCH (UID 1 BODY[]<0> {" + std::to_string(mail().size()) + "}\r\n" + mail() +
               ")\r\n" + good;
    }
    return good;
}

std::string ImapServer::mail() {
    return "From: sam@example.org\r\nMessage-ID: <one@example.org>\r\n\r\nescalate\r\n";
}

std::vector<std::string> ImapServer::commands() const {
    const std::lock_guard lock(mutex_);
    return commands_;
}

int ImapServer::count(const std::string& start) const {
    const auto all = commands();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const std::string& command) {
        return command.starts_with(start);
    }));
}

}  // namespace stageclock::test
