// SPDX-License-Identifier: MIT
#pragma once

#include <ctime>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/adapters/notify/fixtures.h"

namespace stageclock::test {

// A real Dovecot on a free loopback port, with one mailbox in a folder of its own. Starts in the
// constructor, is gone after the destructor. Needs no rights, but works as root too.
class Dovecot {
public:
    struct Options {
        std::string password = "right";
        std::string capability = {};  // what it says it can do; empty: what it can
        std::string certificate =
            {};  // PEM file; with `key` it speaks TLS, and refuses plain log-ins
        std::string key = {};
        std::string token_key = {};  // of tokens signed with HS256; empty: passwords
        std::string token_issuer = {};
        std::string mechanisms = "plain login";
    };
    Dovecot() : Dovecot(Options{}) {}
    explicit Dovecot(Options options);
    ~Dovecot();
    Dovecot(const Dovecot&) = delete;
    Dovecot& operator=(const Dovecot&) = delete;

    int port() const { return port_; }
    int tls_port() const { return tls_port_; }
    // Waits until it answers.
    void start();
    void start(Options options);
    // Every process of it is killed, as by a power cut.
    void kill_hard();

    // A delivery into the inbox; `age` seconds ago.
    void deliver(const std::string& text, std::time_t age = 0);
    // The mails of a folder ("" is the inbox), by their text.
    std::vector<std::string> mails(const std::string& folder) const;
    // Loses its numbers, as after a restore: a new UIDVALIDITY. Only while it is stopped.
    void forget_numbers() const;
    // The log, for what went wrong.
    std::string log() const;

private:
    void write_configuration() const;
    std::string path(const std::string& below) const { return folder_.path() + "/" + below; }

    TemporaryFolder folder_;
    Options options_;
    int port_ = 0;
    int tls_port_ = 0;
    pid_t process_ = -1;
    int delivered_ = 0;
};

// The answer of a token endpoint that holds a token for `user`, signed with HS256 (RFC 7519).
std::string signed_token(const std::string& key, const std::string& issuer, const std::string& user,
                         std::time_t expires);

}  // namespace stageclock::test
