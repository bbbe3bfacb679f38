// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace stageclock::test {

class Stream;

// What a mail server on trial shall say. Empty answers: the usual good one.
struct Script {
    std::string greeting = "220 relay.example.org ESMTP";
    std::vector<std::string> capabilities{"PIPELINING", "SIZE 1000000", "ENHANCEDSTATUSCODES"};
    std::string mail;
    std::map<std::string, std::string> recipients;  // answer by address
    std::string data;
    std::string end;  // the answer to the whole text
    bool hang_up_after_text = false;
    int mails_per_connection = 0;  // then it hangs up without a word; 0: no limit
    std::string certificate;       // PEM file; with `key` it offers STARTTLS
    std::string key;
    bool tls_from_the_start = false;
    std::string log_in;  // what AUTH must carry (base64); empty: no AUTH
    std::string mechanism = "PLAIN";
};

// A mail server on loopback that follows a script, a thread a connection.
class SmtpServer {
public:
    explicit SmtpServer(Script script);
    ~SmtpServer();
    SmtpServer(const SmtpServer&) = delete;
    SmtpServer& operator=(const SmtpServer&) = delete;

    struct Mail {
        std::string sender_line;
        std::string recipient_line;
        std::string text;  // with the dots undone
        bool secure = false;
    };
    // From now on log-ins must carry this (base64).
    void expect(const std::string& log_in);
    int port() const { return port_; }
    int connections() const { return connections_; }
    std::vector<Mail> mails() const;
    std::vector<std::string> commands() const;

private:
    struct Session;
    void listen_for_connections();
    void serve(int socket);
    bool answer(Session& session, const std::string& line);
    bool answer_greeting(Session& session, const std::string& verb);
    bool take_text(Session& session);
    bool knows(const std::string& log_in) const;
    void note(const std::string& line);

    Script script_;  // its log-in under the mutex
    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> connections_{0};
    mutable std::mutex mutex_;
    std::vector<int> sockets_;
    std::vector<Mail> mails_;
    std::vector<std::string> commands_;
    std::vector<std::jthread> sessions_;
    std::jthread thread_;
};

// A certificate authority of our own and a certificate for "localhost" it signed, made by the
// openssl program in `folder`.
struct Certificates {
    explicit Certificates(const std::string& folder);
    std::string authority;
    std::string stranger;  // another authority, that signed nothing here
    std::string certificate;
    std::string key;
};

}  // namespace stageclock::test
