// SPDX-License-Identifier: MIT
#include "bot/core/directory.h"

#include <algorithm>

#include "bot/core/nearest.h"

namespace stageclock {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_called(const Agency& agency, const std::string& folded_text) {
    if (folded(agency.id) == folded_text || folded(agency.name) == folded_text) return true;
    return std::any_of(agency.aliases.begin(), agency.aliases.end(),
                       [&](const std::string& alias) { return folded(alias) == folded_text; });
}

bool lists(const std::vector<std::string>& words, std::string_view word) {
    const std::string wanted = folded(word);
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& listed) { return folded(listed) == wanted; });
}

// An empty list means any; a fact not known matches every post (C-6) where `tell_all` says so.
bool allows(const std::vector<std::string>& words, std::string_view fact, bool tell_all) {
    return words.empty() || (fact.empty() && tell_all) || lists(words, fact);
}

bool holds_under(const Post& post, const Circumstances& circumstances) {
    const bool every_subject = circumstances.subject == "both";
    return allows(post.unit, circumstances.unit, false) &&
           allows(post.case_status, circumstances.case_status, true) &&
           (every_subject || allows(post.subject, circumstances.subject, true)) &&
           allows(post.area, circumstances.area, true);
}

// Dot-separated parts, none of them empty, of the characters `permitted` takes.
template <class Permitted>
bool is_dotted(std::string_view text, Permitted permitted) {
    bool part_begun = false;
    for (char c : text) {
        if (c == '.') {
            if (!part_begun) return false;
            part_begun = false;
        } else {
            if (!permitted(c)) return false;
            part_begun = true;
        }
    }
    return part_begun;
}

// RFC 5321 section 4.1.2: labels of letters, digits and inner hyphens. At least two of them: a
// host without a domain is a slip of the pen.
bool is_domain(std::string_view text) {
    const auto in_label = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
    if (text.find('.') == std::string_view::npos || !is_dotted(text, in_label)) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool at_edge =
            i == 0 || i + 1 == text.size() || text[i - 1] == '.' || text[i + 1] == '.';
        if (text[i] == '-' && at_edge) return false;
    }
    return text.size() <= 255;
}

}  // namespace

const Agency* find_agency(const Directory& directory, std::string_view text) {
    // An accepted case holds ids: no need to fold every name for them.
    for (const Agency& agency : directory.agencies) {
        if (agency.id == text) return &agency;
    }
    const std::string wanted = folded(text);
    if (wanted.empty()) return nullptr;
    const auto found =
        std::find_if(directory.agencies.begin(), directory.agencies.end(),
                     [&](const Agency& agency) { return is_called(agency, wanted); });
    return found == directory.agencies.end() ? nullptr : &*found;
}

const Agency* nearest_agency(const Directory& directory, std::string_view text) {
    std::vector<std::string> names;
    for (const Agency& agency : directory.agencies) {
        names.push_back(agency.id);
        names.push_back(agency.name);
        names.insert(names.end(), agency.aliases.begin(), agency.aliases.end());
    }
    return find_agency(directory, nearest(folded(text), names));
}

std::vector<const Post*> posts_for(const Directory& directory, std::string_view agency,
                                   std::string_view role, const Circumstances& circumstances) {
    std::vector<const Post*> posts;
    for (const Post& post : directory.posts) {
        const bool fills = post.agency == agency && post.role == role;
        if (fills && holds_under(post, circumstances)) posts.push_back(&post);
    }
    return posts;
}

bool names_agency(const Directory& directory, const std::vector<std::string>& words,
                  std::string_view agency) {
    if (words.empty()) return true;
    const Agency* known = find_agency(directory, agency);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return word == agency || (known != nullptr && !known->kind.empty() && word == known->kind);
    });
}

const Post* find_post(const Directory& directory, std::string_view id) {
    const auto found = std::find_if(directory.posts.begin(), directory.posts.end(),
                                    [&](const Post& post) { return post.id == id; });
    return found == directory.posts.end() ? nullptr : &*found;
}

const std::string& address_of(const Post& post) {
    const bool next = post.address.empty() && !post.more_addresses.empty();
    return next ? post.more_addresses.front() : post.address;
}

bool has_address(const Post& post, std::string_view address) {
    const std::string wanted = folded(address);
    if (wanted.empty()) return false;
    return folded(post.address) == wanted || lists(post.more_addresses, address);
}

bool operator==(const Way& a, const Way& b) {
    return a.channel == b.channel && a.destination == b.destination;
}

namespace {

// Where the post itself is reached on a channel that no place is named of.
std::string own_place(const Post& post, const std::string& channel) {
    if (channel == "mail" || channel == "notify-mail") return address_of(post);
    if (channel == "sms") return post.phone;
    for (const std::string& account : post.accounts) {
        if (account.starts_with(channel + ":")) return "@" + account.substr(channel.size() + 1);
    }
    return address_of(post).empty() ? "" : "@" + address_of(post);
}

}  // namespace

std::vector<Way> ways_to(const Post& post) {
    std::vector<Way> ways;
    for (const std::string& entry : post.channels) {
        const std::size_t colon = entry.find(':');
        Way way = colon == std::string::npos
                      ? Way{entry, own_place(post, entry)}
                      : Way{entry.substr(0, colon), entry.substr(colon + 1)};
        const bool known = std::find(ways.begin(), ways.end(), way) != ways.end();
        if (!way.destination.empty() && !known) ways.push_back(std::move(way));
    }
    return ways;
}

bool is_account(std::string_view text) {
    const std::size_t colon = text.find(':');
    return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
           text.find_first_of(" \t\r\n@") == std::string_view::npos;
}

bool is_channel(std::string_view text) {
    if (text.find(':') != std::string_view::npos) return is_account(text);
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") ==
                                std::string_view::npos;
}

std::string folded(std::string_view text) {
    constexpr std::string_view typographic_apostrophe = "\u2019";
    std::string result;
    bool space_owed = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (text.substr(i).starts_with(typographic_apostrophe)) {
            c = '\'';  // as mail programs write it
            i += typographic_apostrophe.size() - 1;
        }
        if (is_space(c)) {
            space_owed = !result.empty();
            continue;
        }
        if (space_owed) result += ' ';
        space_owed = false;
        result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

bool is_address(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || text.size() > 254 || at > 64) return false;
    const auto in_atom = [](char c) {  // atext of RFC 5322 section 3.2.3
        return is_letter(c) || is_digit(c) ||
               std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
    };
    return is_dotted(text.substr(0, at), in_atom) && is_domain(text.substr(at + 1));
}

}  // namespace stageclock
