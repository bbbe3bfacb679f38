// SPDX-License-Identifier: MIT
#include "adapters/notify/smtp/smtp_reply.h"

#include <algorithm>
#include <array>

#include "adapters/support/mime_compose.h"

namespace stageclock::smtp {
namespace {

constexpr std::size_t reply_limit = 16 * 1024;
constexpr std::size_t text_limit = 400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The code of a reply line; 0: it is none.
int code_of(std::string_view line) {
    if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) return 0;
    if (line.size() > 3 && line[3] != ' ' && line[3] != '-') return 0;
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    return code >= 200 && code < 600 ? code : 0;
}

// "5.7.30" of "535 5.7.30 ..."; empty when there is none (RFC 2034 section 4).
std::string_view enhanced(std::string_view text) {
    if (text.size() < 5) return {};
    text.remove_prefix(4);
    text = text.substr(0, text.find(' '));
    const bool form =
        std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
    return form && std::count(text.begin(), text.end(), '.') == 2 ? text : std::string_view{};
}

}  // namespace

Result<std::optional<Reply>> take_reply(std::string& buffer) {
    const Error nonsense{Code::unavailable, "the mail server's answer is not SMTP", ""};
    Reply reply;
    std::size_t at = 0;
    while (true) {
        const auto end = buffer.find('\n', at);
        if (end == std::string::npos) break;
        auto line = std::string_view(buffer).substr(at, end - at);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        const int code = code_of(line);
        if (code == 0 || (reply.code != 0 && code != reply.code)) return nonsense;
        if (reply.code == 0) reply.text = line.substr(0, 3);
        reply.code = code;
        if (line.size() > 4) reply.text.append(" ").append(line.substr(4));
        at = end + 1;
        if (line.size() > 3 && line[3] == '-') continue;
        reply.text = mime::one_line(reply.text, text_limit);
        buffer.erase(0, at);
        return std::optional(std::move(reply));
    }
    if (buffer.size() > reply_limit) return nonsense;
    return std::optional<Reply>();
}

bool is_login_refusal(const Reply& reply) {
    constexpr std::array codes{530, 534, 535, 538};
    // 5.7.8, 5.7.9, 5.7.11 are RFC 4954's; 5.7.30 and 5.7.57 are said by Exchange Online.
    constexpr std::array<std::string_view, 5> words{"5.7.8", "5.7.9", "5.7.11", "5.7.30", "5.7.57"};
    return std::find(codes.begin(), codes.end(), reply.code) != codes.end() ||
           std::find(words.begin(), words.end(), enhanced(reply.text)) != words.end();
}

Delivery judge(const Reply& reply) {
    if (reply.good()) return {Delivered::accepted, reply.text};
    if (is_login_refusal(reply)) {
        return {.outcome = Delivered::try_again,
                .reply = "the mail server refuses our log-in: " + reply.text,
                .to_mend = true};
    }
    // 503: it lost track of the dialogue. 521: it takes no mail at all (RFC 7504).
    const bool about_the_mail = reply.code >= 500 && reply.code != 503 && reply.code != 521;
    return {about_the_mail ? Delivered::never : Delivered::try_again, reply.text};
}

std::string data_of(std::string_view message) {
    std::string out;
    out.reserve(message.size() + message.size() / 64 + 16);
    bool line_start = true;
    for (std::size_t i = 0; i < message.size(); ++i) {
        const char c = message[i];
        if (c == '\r' || c == '\n') {
            if (c == '\r' && i + 1 < message.size() && message[i + 1] == '\n') ++i;
            out += "\r\n";
            line_start = true;
            continue;
        }
        if (line_start && c == '.') out += '.';
        out += c;
        line_start = false;
    }
    if (!line_start) out += "\r\n";
    return out + ".\r\n";
}

}  // namespace stageclock::smtp
