// SPDX-License-Identifier: MIT
#include "tests/adapters/notify/smtp_server.h"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/ssl.h>

namespace stageclock::test {

// A connection, in the clear or under TLS, read by lines.
class Stream {
public:
    explicit Stream(int socket) : socket_(socket) {}

    bool start_tls(const Script& script) {
        context_.reset(SSL_CTX_new(TLS_server_method()));
        SSL_CTX_use_certificate_file(context_.get(), script.certificate.c_str(), SSL_FILETYPE_PEM);
        SSL_CTX_use_PrivateKey_file(context_.get(), script.key.c_str(), SSL_FILETYPE_PEM);
        tls_.reset(SSL_new(context_.get()));
        SSL_set_fd(tls_.get(), socket_);
        return SSL_accept(tls_.get()) == 1;
    }
    bool secure() const { return tls_ != nullptr; }

    // Without CRLF; false at the end.
    bool line(std::string& out) {
        while (true) {
            const auto end = buffer_.find("\r\n");
            if (end != std::string::npos) {
                out = buffer_.substr(0, end);
                buffer_.erase(0, end + 2);
                return true;
            }
            std::array<char, 4096> block{};
            const auto got = tls_ ? SSL_read(tls_.get(), block.data(), int{block.size()})
                                  : recv(socket_, block.data(), block.size(), 0);
            if (got <= 0) return false;
            buffer_.append(block.data(), static_cast<std::size_t>(got));
        }
    }
    void say(const std::string& text) {
        const auto bytes = text + "\r\n";
        if (tls_) {
            SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
        } else {
            send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        }
    }

private:
    int socket_;
    std::string buffer_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, SSL_free};
};

struct SmtpServer::Session {
    Stream stream;
    Mail mail;
    int mails = 0;
};

SmtpServer::SmtpServer(Script script) : script_(std::move(script)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, any, size) != 0 || listen(listener_, 64) != 0 ||
        getsockname(listener_, any, &size) != 0) {
        throw std::runtime_error("no port for the mail server");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { listen_for_connections(); });
}

SmtpServer::~SmtpServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    {
        const std::lock_guard lock(mutex_);
        for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
    }
    sessions_.clear();
    for (const int socket : sockets_) close(socket);
    close(listener_);
}

void SmtpServer::listen_for_connections() {
    while (true) {
        const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        ++connections_;
        const int yes = 1;  // several short replies in a row would wait for each other
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        const std::lock_guard lock(mutex_);
        sockets_.push_back(socket);
        sessions_.emplace_back([this, socket] { serve(socket); });
    }
}

void SmtpServer::serve(int socket) {
    Session session{Stream(socket), {}, 0};
    const bool ready = !script_.tls_from_the_start || session.stream.start_tls(script_);
    if (ready && !script_.greeting.empty()) session.stream.say(script_.greeting);
    std::string line;
    while (ready && session.stream.line(line)) {
        note(line);
        if (!answer(session, line)) break;
    }
    shutdown(socket, SHUT_RDWR);
}

bool SmtpServer::answer(Session& session, const std::string& line) {
    auto& stream = session.stream;
    const auto verb = line.substr(0, 4);
    const auto usual = [](const std::string& answer, const std::string& good) {
        return answer.empty() ? good : answer;
    };
    if (verb == "QUIT") return false;
    if (verb == "EHLO" || verb == "STAR" || verb == "AUTH") return answer_greeting(session, line);
    if (verb == "MAIL") {
        session.mail = {line, "", "", stream.secure()};
        stream.say(usual(script_.mail, "250 2.1.0 Ok"));
    } else if (verb == "RCPT") {
        const auto address = line.substr(9, line.find('>') - 9);
        const auto found = script_.recipients.find(address);
        const auto said = found == script_.recipients.end() ? "" : found->second;
        stream.say(usual(said, "250 2.1.5 Ok"));
        if (usual(said, "2")[0] == '2') session.mail.recipient_line = line;
    } else if (verb == "DATA") {
        const bool empty = session.mail.recipient_line.empty();
        const auto said =
            usual(script_.data, empty ? "554 5.5.1 No valid recipients" : "354 End with .");
        stream.say(said);
        if (said.starts_with("354")) return take_text(session);
    } else {
        session.mail = {};
        stream.say("250 2.0.0 Ok");
    }
    return true;
}

bool SmtpServer::answer_greeting(Session& session, const std::string& line) {
    auto& stream = session.stream;
    if (line.starts_with("STARTTLS")) {
        stream.say("220 2.0.0 Ready");
        return stream.start_tls(script_);
    }
    if (line.starts_with("AUTH")) {
        stream.say("334 ");
        std::string given;
        const bool known = stream.line(given) && knows(given);
        if (!known && script_.mechanism != "PLAIN") {
            // The reason comes as a challenge, {"status":"401"}, and wants an empty answer (RFC
            // 7628 section 3.2.3).
            stream.say("334 eyJzdGF0dXMiOiI0MDEifQ==");
            stream.line(given);
        }
        stream.say(known ? "235 2.7.0 Welcome" : "535 5.7.8 Not you");
        return true;
    }
    stream.say("250-relay.example.org");
    for (const auto& capability : script_.capabilities) stream.say("250-" + capability);
    if (!script_.certificate.empty() && !stream.secure()) stream.say("250-STARTTLS");
    if (!knows("")) stream.say("250-AUTH " + script_.mechanism);
    stream.say("250 HELP");
    return true;
}

bool SmtpServer::take_text(Session& session) {
    std::string line;
    while (session.stream.line(line)) {
        if (line == ".") {
            {
                const std::lock_guard lock(mutex_);
                mails_.push_back(session.mail);
            }
            if (script_.hang_up_after_text) return false;
            session.stream.say(script_.end.empty() ? "250 2.0.0 Ok: queued" : script_.end);
            session.mail = {};
            return ++session.mails != script_.mails_per_connection;
        }
        if (line[0] == '.') line.erase(0, 1);
        session.mail.text += line + "\r\n";
    }
    return false;
}

void SmtpServer::note(const std::string& line) {
    const std::lock_guard lock(mutex_);
    commands_.push_back(line);
}

void SmtpServer::expect(const std::string& log_in) {
    const std::lock_guard lock(mutex_);
    script_.log_in = log_in;
}

bool SmtpServer::knows(const std::string& log_in) const {
    const std::lock_guard lock(mutex_);
    return log_in == script_.log_in;
}

std::vector<SmtpServer::Mail> SmtpServer::mails() const {
    const std::lock_guard lock(mutex_);
    return mails_;
}

std::vector<std::string> SmtpServer::commands() const {
    const std::lock_guard lock(mutex_);
    return commands_;
}

Certificates::Certificates(const std::string& folder)
    : authority(folder + "/ca.pem"),
      stranger(folder + "/stranger.pem"),
      certificate(folder + "/cert.pem"),
      key(folder + "/key.pem") {
    const std::string new_key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 ";
    const std::string script =
        "cd '" + folder + "' && exec 2>log && openssl req -x509 " + new_key +
        "-keyout ca.key -out ca.pem -subj /CN=ours && openssl req -x509 " + new_key +
        "-keyout stranger.key -out stranger.pem -subj /CN=theirs && openssl req " + new_key +
        "-keyout key.pem -out request.pem -subj /CN=localhost && "
        "printf 'subjectAltName=DNS:localhost\\n' > names && openssl x509 -req -in request.pem "
        "-CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out cert.pem";
    if (std::system(script.c_str()) != 0) throw std::runtime_error("openssl made no certificates");
}

}  // namespace stageclock::test
