// SPDX-License-Identifier: MIT
#include "adapters/inbox/imap/session.h"

#include <algorithm>
#include <random>
#include <sstream>
#include <utility>

#include <spdlog/spdlog.h>

#include "adapters/support/crypto.h"
#include "adapters/support/mime_compose.h"

namespace stageclock::imap {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t most_responses = 100'000;  // to one command

std::string random_word() {
    std::random_device source;
    std::string bytes;
    for (int i = 0; i < 8; ++i) bytes += static_cast<char>(source());
    return "s" + crypto::to_hex(bytes);
}

// An alert is for people (RFC 3501 section 7.1); an address in it is not for a log.
std::string for_log(const std::string& text) {
    std::istringstream words(mime::one_line(text, 200));
    std::string out;
    for (std::string word; words >> word;) {
        out += (out.empty() ? "" : " ") +
               (word.find('@') == std::string::npos ? word : std::string("(address)"));
    }
    return out;
}

}  // namespace

Session::Session(int wake, std::chrono::milliseconds command_limit)
    : line_(wake), command_limit_(command_limit), tag_start_(random_word()) {}

Session::~Session() { line_.quit((idling() ? "DONE\r\n" : "") + new_tag() + " LOGOUT\r\n"); }

Result<std::unique_ptr<Session>> Session::open(const mail::MailServer& server, int wake,
                                               std::chrono::milliseconds command_limit) {
    std::unique_ptr<Session> session(new Session(wake, command_limit));
    const auto opened = session->line_.open(server, session->soon());
    if (!opened) return opened.error();
    const auto answer = session->run("CAPABILITY");
    if (!answer) return answer.error();
    for (const auto& response : answer->data) {
        if (response.word != "CAPABILITY") continue;
        for (const auto& value : response.values) session->capabilities_.push_back(value.text);
    }
    return session;
}

std::string Session::new_tag() { return tag_start_ + std::to_string(++commands_); }

mail::Deadline Session::soon() const { return steady_clock::now() + command_limit_; }

bool Session::can(std::string_view capability) const {
    return std::find(capabilities_.begin(), capabilities_.end(), capability) != capabilities_.end();
}

void Session::notice(const Response& response) {
    if (response.word == "EXISTS") news_ = true;
    if (response.code == "ALERT")
        spdlog::warn("the mail server sends an alert: {}", for_log(response.text));
}

Result<Response> Session::next(mail::Deadline deadline) {
    while (true) {
        auto taken = reader_.next();
        if (!taken) return taken.error();
        if (*taken) {
            notice(**taken);
            if ((*taken)->tag == "*" && (*taken)->word == "BYE")
                return Error{Code::unavailable, "the mail server ended the connection", ""};
            return **std::move(taken);
        }
        if (const auto read = line_.read(reader_.buffer(), deadline); !read) return read.error();
    }
}

Result<Session::Answer> Session::answer_to(const std::string& tag, mail::Deadline deadline) {
    Answer answer;
    while (answer.data.size() < most_responses) {
        auto response = next(deadline);
        if (!response) return response.error();
        if (response->tag == tag) {
            answer.ok = response->word == "OK";
            answer.code = response->code;
            return answer;
        }
        if (response->tag != "*") break;
        answer.data.push_back(*std::move(response));
    }
    return Error{Code::unavailable, "the mail server's answer does not belong to our command", ""};
}

Result<Session::Answer> Session::run(const std::string& command) {
    if (command.find_first_of("\r\n") != std::string::npos)
        return Error{Code::internal, "a command of two lines", ""};
    const auto tag = new_tag();
    const auto deadline = soon();
    const auto written = line_.write(tag + " " + command + "\r\n", deadline);
    if (!written) return written.error();
    return answer_to(tag, deadline);
}

Done Session::start_idle() {
    const auto tag = new_tag();
    const auto deadline = soon();
    if (const auto written = line_.write(tag + " IDLE\r\n", deadline); !written)
        return written.error();
    while (true) {
        const auto response = next(deadline);
        if (!response) return response.error();
        if (response->tag == "+") break;
        if (response->tag == "*") continue;
        // It does not keep what it promised: the poll is left.
        std::erase(capabilities_, "IDLE");
        return done();
    }
    idle_tag_ = tag;
    return done();
}

Done Session::end_idle() {
    const auto deadline = soon();
    if (const auto written = line_.write("DONE\r\n", deadline); !written) return written.error();
    const auto answer = answer_to(std::exchange(idle_tag_, ""), deadline);
    return answer ? done() : Done(answer.error());
}

Result<mail::MailLine::Heard> Session::listen(mail::Deadline deadline) {
    using Heard = mail::MailLine::Heard;
    while (true) {
        while (true) {
            auto taken = reader_.next();
            if (!taken) return taken.error();
            if (!*taken) break;
            notice(**taken);
            if ((*taken)->word == "BYE" || (*taken)->tag != "*")
                return Error{Code::unavailable, "the mail server ended the connection", ""};
        }
        if (news_) return Heard::bytes;
        const auto heard = line_.listen(reader_.buffer(), deadline);
        if (!heard || *heard != Heard::bytes) return heard;
    }
}

bool Session::take_news() { return std::exchange(news_, false); }

}  // namespace stageclock::imap
