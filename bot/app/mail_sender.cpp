// SPDX-License-Identifier: MIT
#include "bot/app/mail_sender.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace stageclock {
namespace {

// An Authentication-Results value in its parts (RFC 8601 section 2.2): comments gone, quotes
// removed, split at the semicolons outside both.
std::vector<std::string> parts_of(std::string_view value) {
    std::vector<std::string> parts(1);
    int comments = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        const bool escaped = c == '\\' && (quoted || comments > 0) && i + 1 < value.size();
        if (escaped) {
            ++i;
            if (quoted && comments == 0) parts.back() += value[i] == ';' ? ',' : value[i];
        } else if (comments == 0 && c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == '(') {
            ++comments;
        } else if (comments > 0) {
            if (c == ')') --comments;
            if (comments == 0) parts.back() += ' ';
        } else if (c == ';' && !quoted) {
            parts.emplace_back();
        } else {
            parts.back() += c == ';' ? ',' : c;
        }
    }
    return parts;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char c : folded(text)) {
        if (c == ' ') words.emplace_back();
        else words.back() += c;
    }
    return words;
}

std::string domain_of(std::string_view address) {
    return folded(address.substr(std::min(address.rfind('@') + 1, address.size())));
}

// "dmarc=pass header.from=example.org", spaces around "=" and a method version allowed.
struct MethodResult {
    std::string method;
    std::string result;
    std::string from;
};
MethodResult method_result(std::string part) {
    for (auto at = part.find('='); at != std::string::npos; at = part.find('=', at + 1)) {
        while (at > 0 && (part[at - 1] == ' ' || part[at - 1] == '\t')) part.erase(--at, 1);
        while (at + 1 < part.size() && (part[at + 1] == ' ' || part[at + 1] == '\t'))
            part.erase(at + 1, 1);
    }
    MethodResult found;
    for (const auto& word : words_of(part)) {
        const auto equals = word.find('=');
        if (equals == std::string::npos) continue;
        const auto name = word.substr(0, equals);
        const auto value = word.substr(equals + 1);
        if (found.method.empty()) {
            found.method = name.substr(0, name.find('/'));
            found.result = value;
        } else if (name == "header.from") {
            found.from = value.substr(std::min(value.rfind('@') + 1, value.size()));
        }
    }
    return found;
}

bool says_dmarc_pass(const std::vector<std::string>& parts, const std::string& domain) {
    bool passed = false;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto found = method_result(parts[i]);
        if (found.method != "dmarc") continue;
        if (found.result != "pass") return false;
        if (!found.from.empty() && found.from != domain) return false;
        passed = true;
    }
    return passed;
}


}  // namespace

bool is_proven(const IncomingMail& mail, const std::string& authserv_id) {
    if (mail.from_address.empty()) return false;
    if (authserv_id.empty()) return true;
    for (const auto& value : mail.authentication_results) {
        const auto parts = parts_of(value);
        if (words_of(parts.front()).front() != folded(authserv_id)) continue;
        return says_dmarc_pass(parts, domain_of(mail.from_address));
    }
    return false;
}

std::optional<Actor> place_on(const Case& the_case, const Directory& directory,
                              const std::string& name, const std::string& address) {
    const auto wanted = folded(address);
    if (wanted.empty()) return std::nullopt;
    const auto actor = [&](Side side, const std::string& role, const std::string& known) {
        return Actor{side, role, known.empty() ? name : known, address};
    };
    for (const auto& contact : the_case.facts.contacts)
        if (folded(contact.address) == wanted)
            return actor(contact.side, contact.role, contact.name);
    if (folded(the_case.raiser.address) == wanted)
        return actor(Side::raising, the_case.raiser.role, the_case.raiser.name);
    for (const auto& post : directory.posts) {
        if (!has_address(post, wanted)) continue;
        if (post.agency.empty()) return actor(Side::board, post.role, post.holder);
        if (post.agency == the_case.facts.raising.agency)
            return actor(Side::raising, post.role, post.holder);
        if (post.agency == the_case.facts.receiving.agency)
            return actor(Side::receiving, post.role, post.holder);
    }
    return std::nullopt;
}

std::optional<Actor> place_on(const Case& the_case, const Directory& directory,
                              const IncomingMail& mail) {
    return place_on(the_case, directory, mail.from_name, mail.from_address);
}

std::optional<Actor> form_sender(const Case& the_case, const Directory& directory,
                                 const Notice& sent, const std::string& name,
                                 const std::string& address) {
    auto place = place_on(the_case, directory, name, address);
    if (place || sent.ref != the_case.ref) return place;
    if (folded(sent.to.address) != folded(address)) return std::nullopt;
    return Actor{sent.to.side, sent.to.role, sent.to.name.empty() ? name : sent.to.name,
                 sent.to.address};
}

bool may_raise(const Board& board, const Directory& directory, const std::string& address) {
    if (!is_address(address)) return false;
    const auto domain = domain_of(address);
    const bool listed = std::ranges::any_of(
        board.mail_domains, [&](const std::string& each) { return folded(each) == domain; });
    return listed || std::ranges::any_of(directory.posts, [&](const Post& post) {
               return has_address(post, address);
           });
}

}  // namespace stageclock
