// SPDX-License-Identifier: MIT
#include "bot/app/chat_people.h"

#include <algorithm>

namespace stageclock {
namespace {

bool lists_account(const Post& post, const Speaker& speaker) {
    if (speaker.account.empty()) return false;
    const std::string wanted = folded(speaker.channel + ":" + speaker.account);
    return std::ranges::any_of(
        post.accounts, [&](const std::string& account) { return folded(account) == wanted; });
}

}  // namespace

bool KnownSpeaker::has(std::string_view address) const {
    const std::string wanted = folded(address);
    return !wanted.empty() && std::ranges::find(addresses, wanted) != addresses.end();
}

bool KnownSpeaker::is(const Recipient& to) const {
    const bool post = std::ranges::any_of(
        posts, [&](const Post* each) { return !to.id.empty() && each->id == to.id; });
    return post || has(to.address);
}

KnownSpeaker known_on(const Directory& directory, const Speaker& speaker) {
    KnownSpeaker who;
    const auto add = [&](const std::string& address) {
        const std::string plain = folded(address);
        if (!plain.empty() && !who.has(plain)) who.addresses.push_back(plain);
    };
    add(speaker.address);
    for (const Post& post : directory.posts) {
        if (!lists_account(post, speaker) && !has_address(post, speaker.address)) continue;
        who.posts.push_back(&post);
        add(post.address);
        for (const std::string& address : post.more_addresses) add(address);
    }
    return who;
}

bool has_part(const KnownSpeaker& who, const Case& the_case, const std::vector<NoticeRow>& rows) {
    const auto named = [&](const Contact& contact) { return who.has(contact.address); };
    const auto asked = [&](const Recipient& person) { return who.is(person); };
    const auto told = [&](const NoticeRow& row) { return who.is(row.notice.to); };
    return who.has(the_case.raiser.address) ||
           std::ranges::any_of(the_case.facts.contacts, named) ||
           std::ranges::any_of(the_case.informed, asked) || std::ranges::any_of(rows, told);
}

bool may_speak_of(const Speaker& speaker, const std::string& board) {
    return speaker.boards.empty() ||
           std::ranges::find(speaker.boards, board) != speaker.boards.end();
}

}  // namespace stageclock
