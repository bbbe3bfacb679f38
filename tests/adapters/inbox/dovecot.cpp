// SPDX-License-Identifier: MIT
#include "tests/adapters/inbox/dovecot.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "adapters/support/crypto.h"

namespace stageclock::test {
namespace {

namespace fs = std::filesystem;

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

int free_port() {
    const int one = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    const bool bound = bind(one, any, size) == 0 && getsockname(one, any, &size) == 0;
    close(one);
    if (!bound) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

// Whether the server at the port greets us.
bool greets(int port) {
    const int one = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(port);
    const timeval limit{2, 0};
    setsockopt(one, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    char byte = 0;
    const bool heard = connect(one, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                       recv(one, &byte, 1, 0) == 1 && byte == '*';
    close(one);
    return heard;
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

std::string base64url(const std::string& bytes) {
    auto text = crypto::base64_encode(bytes);
    text.erase(text.find_last_not_of('=') + 1);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

// The user the server's processes run as: Dovecot gives root's mail to nobody.
std::string mail_user() { return geteuid() == 0 ? "nobody" : getpwuid(geteuid())->pw_name; }

void give_to_mail_user(const std::string& path) {
    if (geteuid() != 0) return;
    const auto* user = getpwnam("nobody");
    if (chown(path.c_str(), user->pw_uid, user->pw_gid) != 0)
        throw std::runtime_error("cannot give a mail away");
}

}  // namespace

Dovecot::Dovecot(Options options) : options_(std::move(options)) {
    chmod(folder_.path().c_str(), 0755);
    for (const char* below : {"run", "state", "keys", "keys/default", "keys/default/HS256", "mail",
                              "mail/new", "mail/cur", "mail/tmp"}) {
        fs::create_directory(path(below));
    }
    for (const char* below : {"mail", "mail/new", "mail/cur", "mail/tmp"})
        give_to_mail_user(path(below));
    port_ = free_port();
    tls_port_ = free_port();
    start();
}

Dovecot::~Dovecot() {
    if (process_ < 0) return;
    kill(process_, SIGTERM);  // it ends its children
    int status = 0;
    waitpid(process_, &status, 0);
    kill(-process_, SIGKILL);
}

void Dovecot::start(Options options) {
    options_ = std::move(options);
    start();
}

void Dovecot::start() {
    write_configuration();
    const auto file = path("dovecot.conf");
    const auto out = path("out");
    const char* const arguments[] = {"dovecot", "-F", "-c", file.c_str(), nullptr};
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);  // one group, to be killed as one
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    const char* const surroundings[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", nullptr};
    const int failed =
        posix_spawnp(&process_, "/usr/sbin/dovecot", &files, &attributes,
                     const_cast<char* const*>(arguments), const_cast<char* const*>(surroundings));
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (failed != 0)
        throw std::runtime_error("/usr/sbin/dovecot cannot be started: apt install dovecot-imapd");
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!greets(port_)) {
        int status = 0;
        const bool ended = waitpid(process_, &status, WNOHANG) == process_;
        if (ended) process_ = -1;
        if (ended || std::chrono::steady_clock::now() > limit)
            throw std::runtime_error("Dovecot does not start: " + log());
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

void Dovecot::kill_hard() {
    kill(-process_, SIGKILL);
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    // Its children may still be ending: a socket they listen on would stop the next start.
    for (const auto& left : fs::directory_iterator(path("run"))) fs::remove_all(left.path());
}

void Dovecot::write_configuration() const {
    const bool tls = !options_.certificate.empty();
    const bool tokens = !options_.token_key.empty();
    const bool root = geteuid() == 0;
    std::string text = "protocols = imap\nlisten = 127.0.0.1\nbase_dir = " + path("run") +
                       "\nstate_dir = " + path("state") + "\nlog_path = " + path("log") +
                       "\nfirst_valid_uid = 1\nmail_location = maildir:" + path("mail") +
                       "\nauth_failure_delay = 0\nauth_mechanisms = " + options_.mechanisms + "\n";
    text += tls ? "ssl = required\nssl_cert = <" + options_.certificate + "\nssl_key = <" +
                      options_.key + "\n"
                : "ssl = no\ndisable_plaintext_auth = no\n";
    if (!options_.capability.empty())
        text += "protocol imap {\n  imap_capability = " + options_.capability + "\n}\n";
    if (tokens) {
        write_file(path("keys/default/HS256/default"), crypto::base64_encode(options_.token_key));
        write_file(path("oauth.conf"),
                   "introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix=" +
                       path("keys/") + "\nissuers = " + options_.token_issuer +
                       "\nusername_attribute = sub\nusername_format = %u\n");
        text += "passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = " +
                path("oauth.conf") + "\n}\n";
    } else {
        text += "passdb {\n  driver = static\n  args = password=" + options_.password + "\n}\n";
    }
    const auto user = mail_user();
    text += "userdb {\n  driver = static\n  args = uid=" + user +
            " gid=" + std::to_string(root ? getpwnam("nobody")->pw_gid : getegid()) +
            " home=" + path("mail") + "\n}\n";
    if (!root) {
        text += "default_internal_user = " + user + "\ndefault_login_user = " + user +
                "\ndefault_internal_group = " + getgrgid(getegid())->gr_name + "\n";
    }
    const std::string chroot = root ? "" : "  chroot =\n";
    // Failed log-ins of one test must not slow the next one down.
    text +=
        "service anvil {\n" + chroot +
        "  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}\nservice imap-login {\n" +
        chroot + "  inet_listener imap {\n    port = " + std::to_string(port_) +
        "\n  }\n  inet_listener imaps {\n    port = " + (tls ? std::to_string(tls_port_) : "0") +
        "\n  }\n}\n";
    write_file(path("dovecot.conf"), text);
}

void Dovecot::deliver(const std::string& text, std::time_t age) {
    const auto when = std::time(nullptr) - age;
    // Numbered in the order of names.
    const auto number = std::to_string(1'000'000 + ++delivered_).substr(1);
    const auto name = std::to_string(when) + ".M" + number + "P1.example";
    write_file(path("mail/tmp/" + name), text);
    const utimbuf times{when, when};
    utime(path("mail/tmp/" + name).c_str(), &times);
    give_to_mail_user(path("mail/tmp/" + name));
    fs::rename(path("mail/tmp/" + name), path("mail/new/" + name));
}

std::vector<std::string> Dovecot::mails(const std::string& folder) const {
    const auto base = path("mail/") + (folder.empty() ? "" : "." + folder + "/");
    std::vector<std::string> out;
    for (const char* part : {"new", "cur"}) {
        if (!fs::is_directory(base + part)) continue;
        for (const auto& entry : fs::directory_iterator(base + part))
            out.push_back(file_text(entry.path()));
    }
    std::sort(out.begin(), out.end());
    return out;
}

void Dovecot::forget_numbers() const {
    for (const auto& entry : fs::directory_iterator(path("mail"))) {
        const auto name = entry.path().filename().string();
        if (name == "dovecot-uidlist" || name.starts_with("dovecot.index"))
            fs::remove(entry.path());
    }
}

std::string Dovecot::log() const { return file_text(path("out")) + file_text(path("log")); }

std::string signed_token(const std::string& key, const std::string& issuer, const std::string& user,
                         std::time_t expires) {
    const auto text = base64url(R"({"typ":"JWT","alg":"HS256"})") + "." +
                      base64url(R"({"iss":")" + issuer + R"(","sub":")" + user + R"(","exp":)" +
                                std::to_string(expires) + "}");
    const auto token = text + "." + base64url(crypto::hmac_sha256(key, text));
    return R"({"token_type":"Bearer","expires_in":3600,"access_token":")" + token + R"("})";
}

}  // namespace stageclock::test
