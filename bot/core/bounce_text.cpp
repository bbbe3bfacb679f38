// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "bot/core/bounce.h"
#include "bot/core/bounce_parts.h"
#include "bot/core/directory.h"
#include "bot/core/reply_parts.h"

// Reports in plain words: whom they name, and for how long it failed.
namespace stageclock::bounce {
namespace {

constexpr std::size_t longest_explanation = 20000;
constexpr std::size_t most_recipients = 100;
constexpr std::size_t most_ids = 50;

using Lines = std::vector<std::string>;

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool says_any(std::string_view said, const auto& list) {
    return std::ranges::any_of(list, [&](std::string_view each) { return contains(said, each); });
}

bool begins_any(std::string_view said, const auto& list) {
    return std::ranges::any_of(list, [&](std::string_view each) { return said.starts_with(each); });
}

// Below such a line stands the mail that came back.
bool begins_returned(std::string_view said) {
    static constexpr auto dividers =
        std::to_array<std::string_view>({"below this line is a copy of the message",
                                         "this is a copy of the message",
                                         "this is a copy of your message",
                                         "unsent message follows",
                                         "original message follows",
                                         "message header follows",
                                         "message headers follow",
                                         "your original message",
                                         "your message header",
                                         "the body of the message is",
                                         "included is a copy of the message",
                                         "header of the original message",
                                         "original message headers",
                                         "original message header",
                                         "copy of the original message:",
                                         "header text follows",
                                         "message text follows",
                                         "returned message follows",
                                         "the header page follows",
                                         "original mail header"});
    const bool rule = said.starts_with("--") || said.starts_with("==") || said.starts_with("**");
    const bool original = contains(said, "original message") ||
                          contains(said, "returned message") || contains(said, "message header");
    // Some put nothing above the returned header, which then begins with the way it took.
    static constexpr auto ways = std::to_array<std::string_view>(
        {"received: from ", "received:from ", "received: by ", "received:by ", "received: (qmail"});
    return (rule && original && !contains(said, "was received")) || begins_any(said, ways) ||
           (said.size() < 120 && says_any(said, dividers));
}

// A header field of a mail inside the text: "Return-path:", "Received:".
bool is_field(std::string_view said) {
    static constexpr auto names = std::to_array<std::string_view>({"return-path:",
                                                                   "received:",
                                                                   "from:",
                                                                   "reply-to:",
                                                                   "sender:",
                                                                   "cc:",
                                                                   "message-id:",
                                                                   "x-",
                                                                   "dkim-",
                                                                   "arc-",
                                                                   "authentication-results:",
                                                                   "mime-version:",
                                                                   "references:",
                                                                   "in-reply-to:",
                                                                   "envelope-to:",
                                                                   "delivered-to:",
                                                                   "reporting-mta:",
                                                                   "mail from",
                                                                   ">>> mail",
                                                                   "message-id"});
    return begins_any(said, names);
}

// The words of the system itself: up to the mail it returns, at most so long.
Lines explanation_of(std::string_view text) {
    Lines lines;
    for (auto& line : reply::lines_of(reply::tidied(text.substr(0, longest_explanation)))) {
        const auto said = folded(line);
        if (begins_returned(said) || said.starts_with("return-path: <")) break;
        lines.push_back(std::move(line));
    }
    return lines;
}

// The mail a report of one part returns below its own words.
std::string returned_in(std::string_view text) {
    std::string returned;
    bool below = false;
    for (const auto& line : reply::lines_of(text.substr(0, longest_explanation))) {
        if (below) returned += line + '\n';
        below = below || begins_returned(folded(line));
    }
    return returned;
}

bool is_machine_address(std::string_view address) {
    const auto said = folded(address);
    return said.starts_with("mailer-daemon@") || said.starts_with("postmaster@") ||
           said.starts_with("mailer_daemon@") || said.starts_with("abuse@") ||
           said.starts_with("mail-daemon@");
}

// What neither is a recipient of ours nor can be: ourselves, and the system that writes.
class Others {
public:
    explicit Others(const MailSigns& signs, bool machines = false)
        : own_(signs.own), from_(folded(signs.from)), machines_(machines) {
        for (auto& each : own_) each = folded(each);
    }
    bool operator()(std::string_view address) const {
        const auto said = folded(address);
        return said != from_ && (machines_ || !is_machine_address(said)) &&
               std::ranges::find(own_, said) == own_.end();
    }

private:
    std::vector<std::string> own_;
    std::string from_;
    bool machines_;  // mails to postmasters are meant too
};

struct Named {
    std::string address;
    std::size_t line = 0;
};

std::string lower(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return made;
}

// "<final@x> (expanded from <first@x>):": the first is whom we wrote to.
std::string original_in(std::string_view line) {
    const auto said = lower(line);
    for (const std::string_view sign : {"(expanded from", "generated from"}) {
        const auto at = said.find(sign);
        if (at == std::string::npos) continue;
        const auto found = addresses_in(line.substr(at));
        if (!found.empty()) return found.front();
    }
    return "";
}

// Lines that begin with an address and little else: how most systems list recipients.
std::vector<Named> listed(const Lines& lines, const Others& other) {
    static constexpr auto leads = std::to_array<std::string_view>(
        {"to:", "recipient:", "recipient address:", "original recipient:", "final recipient:",
         "address:", "failed recipient:", "recipients:", "failed:", "for:", "email:", "user:",
         "e-mail address:", "undeliverable address:", "unknown recipient:", "rcpt to:"});
    std::vector<Named> named;
    for (std::size_t i = 0; i < lines.size() && named.size() < most_recipients; ++i) {
        auto said = folded(lines[i]);
        auto original = original_in(lines[i]);
        const bool wrapped = said.ends_with("(expanded from") && i + 1 < lines.size();
        if (wrapped) original = original_in(lines[i] + ' ' + lines[i + 1]);
        if (!original.empty() && !named.empty() && said.starts_with("(")) {
            named.back().address = original;
            continue;
        }
        for (const auto lead : leads)
            if (said.starts_with(lead)) said.erase(0, lead.size());
        const auto start = said.find_first_not_of(" \t<\"'*-\u2022[(");
        if (is_field(said) || start == std::string::npos) continue;
        const auto found = addresses_in(lines[i]);
        if (found.empty() || said.find(folded(found.front())) != start) continue;
        const auto& address = original.empty() ? found.front() : original;
        if (other(address)) named.push_back({address, i});
        if (wrapped) ++i;
    }
    return named;
}

// "did not reach the following recipient(s):": who is listed above it is not meant.
std::size_t introduction_in(const Lines& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto said = folded(lines[i]);
        const bool them = contains(said, "recipient") || contains(said, "address");
        if (said.ends_with(':') && contains(said, "following") && them) return i;
    }
    return 0;
}

// The listed ones below the introduction; all when none is.
std::vector<Named> introduced(std::vector<Named> named, const Lines& lines) {
    const auto from = introduction_in(lines);
    const auto above = [&](const Named& each) { return each.line < from; };
    if (!std::ranges::all_of(named, above)) std::erase_if(named, above);
    return named;
}

// Any address in the words of the system.
std::vector<Named> mentioned(const Lines& lines, const Others& other) {
    std::vector<Named> named;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_field(folded(lines[i]))) continue;
        for (const auto& address : addresses_in(lines[i]))
            if (other(address) && named.size() < most_recipients) named.push_back({address, i});
    }
    return named;
}

// Whom the returned mail was for.
std::vector<Named> addressed(std::string_view header, const Others& other) {
    std::vector<Named> named;
    bool open = false;
    for (const auto& line : reply::lines_of(header)) {
        const bool more = line.starts_with(' ') || line.starts_with('\t');
        const auto said = folded(line);
        open = more ? open : said.starts_with("to:") || said.starts_with("x-failed-recipients:");
        if (!open) continue;
        for (const auto& address : addresses_in(line))
            if (other(address) && named.size() < most_recipients) named.push_back({address, 0});
    }
    return named;
}

bool names(const std::vector<Named>& all, std::string_view address) {
    return std::ranges::any_of(
        all, [&](const Named& each) { return folded(each.address) == folded(address); });
}

// Of several addresses in the words, those the returned mail was for, when there are any: the
// others are of a help desk and the like.
std::vector<Named> those_meant(std::vector<Named> named, const std::vector<Named>& sent_to) {
    const bool meant =
        std::ranges::any_of(named, [&](const Named& each) { return names(sent_to, each.address); });
    if (meant)
        std::erase_if(named, [&](const auto& each) { return !names(sent_to, each.address); });
    return named;
}

// A report that delivery is still being tried.
bool is_warning(std::string_view subject, const std::string& said) {
    static constexpr auto gave_up = std::to_array<std::string_view>(
        {"i'm not going to try again", "giving up", "gave up", "has been given up",
         "no longer be retried", "retry timeout exceeded", "retry time not reached",
         "permanent fatal error", "permanent error", "will not be retried",
         "exceeded the maximum time", "message expired"});
    static constexpr auto trying =
        std::to_array<std::string_view>({"warning message only",
                                         "this is a warning only",
                                         "you do not need to resend",
                                         "do not need to resend",
                                         "has not yet been delivered",
                                         "will continue to try",
                                         "will continue trying",
                                         "will keep trying",
                                         "will retry",
                                         "will be retried",
                                         "still being retried",
                                         "still trying",
                                         "will try again",
                                         "attempts will continue",
                                         "delivery attempts will continue",
                                         "being retried",
                                         "transient non-fatal",
                                         "delivery has been delayed",
                                         "delivery is delayed",
                                         "is delayed",
                                         "has been delayed",
                                         "delivery incomplete",
                                         "temporary problem",
                                         "delivery will continue",
                                         "no action is required on your part",
                                         "not been delivered yet"});
    static constexpr auto late = std::to_array<std::string_view>(
        {"warning:", "delivery delayed", "delayed", "message delayed", "warning from",
         "delivery status notification (delay)"});
    if (says_any(said, gave_up)) return false;
    return says_any(said, trying) || begins_any(folded(subject), late);
}

std::string status_between(const Lines& lines, std::size_t from, std::size_t to) {
    std::string said;
    for (std::size_t i = from; i < std::min(to, lines.size()); ++i) said += lines[i] + '\n';
    return status_in(said);
}

void add_id(std::vector<std::string>& ids, std::string_view id) {
    const bool plain = id.size() >= 5 && id.size() <= 250 && contains(id, "@") &&
                       std::ranges::all_of(id, [](char c) { return c > 0x20 && c < 0x7f; });
    if (plain && ids.size() < most_ids && std::ranges::find(ids, id) == ids.end())
        ids.emplace_back(id);
}

// "<id>" behind a label such as "Message-ID:", on that line or the next.
void add_labelled(std::vector<std::string>& ids, std::string_view text) {
    constexpr std::size_t nearest = 60;
    const auto said = lower(text);
    for (const std::string_view label : {"message-id", "message id", "messageid", "message_id"}) {
        for (auto at = said.find(label); at != std::string::npos && ids.size() < most_ids;
             at = said.find(label, at + 1)) {
            const auto open = text.find('<', at);
            if (open == std::string_view::npos || open - at > nearest) continue;
            const auto close = text.find('>', open);
            if (close == std::string_view::npos) continue;
            add_id(ids, text.substr(open, close - open + 1));
        }
    }
}

}  // namespace

std::vector<std::string> addresses_in(std::string_view text) {
    constexpr std::string_view between = " \t\r\n<>(),;:[]\"'|*`\u00a0";
    std::vector<std::string> found;
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        const auto before = at == 0 ? std::string_view::npos : text.find_last_of(between, at - 1);
        const auto start = before == std::string_view::npos ? 0 : before + 1;
        const auto end = std::min(text.find_first_of(between, at), text.size());
        auto word = text.substr(start, end - start);
        while (!word.empty() && (word.back() == '.' || word.back() == '!' || word.back() == '?'))
            word.remove_suffix(1);
        if (is_address(word) && std::ranges::find(found, word) == found.end())
            found.emplace_back(word);
        if (found.size() >= most_recipients) break;
        at = std::max(at, end == 0 ? at : end - 1);
    }
    return found;
}

std::vector<FailedRecipient> failed_in_text(const MailSigns& signs) {
    const Others other(signs);
    const auto lines = explanation_of(signs.text);
    std::vector<Named> named = introduced(listed(lines, other), lines);
    std::vector<Named> in_header;
    for (const auto& value : values_of(signs.fields, "x-failed-recipients"))
        for (const auto& address : addresses_in(value)) in_header.push_back({address, 0});
    if (named.empty())
        named = those_meant(mentioned(lines, other), addressed(signs.returned, other));
    if (!in_header.empty()) {  // whose lines in the text give the status
        for (auto& each : in_header)
            for (const auto& line : named)
                if (folded(line.address) == folded(each.address)) each.line = line.line;
        named = std::move(in_header);
    }
    const Others anybody(signs, true);
    if (named.empty()) named = addressed(signs.returned, anybody);
    if (named.empty()) named = addressed(returned_in(signs.text), anybody);
    const auto said = folded(reply::joined(lines, " "));
    const bool final = !is_warning(signs.subject, said);
    const auto anywhere = status_in(said);
    std::vector<FailedRecipient> all;
    for (std::size_t i = 0; i < named.size(); ++i) {
        const auto end = i + 1 < named.size() ? named[i + 1].line : lines.size();
        auto status = status_between(lines, named[i].line, std::max(end, named[i].line + 1));
        if (status.empty()) status = anywhere;
        const bool known = std::ranges::any_of(all, [&](const FailedRecipient& each) {
            return folded(each.address) == folded(named[i].address);
        });
        if (!known) all.push_back({named[i].address, std::move(status), final});
    }
    if (all.empty()) all.push_back({"", anywhere, final});
    return all;
}

bool is_detailed(const MailSigns& signs) {
    const auto told = failed_in_text(signs).front();
    return !signs.returned.empty() || !told.address.empty() || !told.status.empty() ||
           !returned_in(signs.text).empty();
}

std::vector<std::string> message_ids_in(const MailSigns& signs) {
    std::vector<std::string> ids;
    for (const std::string_view name : {"in-reply-to", "x-original-message-id"})
        for (const auto& value : values_of(signs.fields, name)) {
            const auto open = value.find('<');
            const auto close = value.find('>', open == std::string::npos ? 0 : open);
            if (open != std::string::npos && close != std::string::npos)
                add_id(ids, std::string_view(value).substr(open, close - open + 1));
        }
    add_labelled(ids, signs.returned);
    add_labelled(ids, signs.delivery_status);
    add_labelled(ids, signs.text);
    return ids;
}

}  // namespace stageclock::bounce
