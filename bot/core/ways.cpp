// SPDX-License-Identifier: MIT
#include "bot/core/ways.h"

#include <algorithm>

namespace stageclock {
namespace {

bool is_mail(const Way& way) { return way.channel == "mail"; }
// A mail by another service: to the same reader, with the same content.
bool is_second_mail(const Way& way) { return way.channel == "notify-mail"; }

// The post's ways besides mail.
std::vector<Way> other_ways(const Post& post) {
    std::vector<Way> ways = ways_to(post);
    std::erase_if(ways, is_mail);
    return ways;
}

// What a chat may hold: who reads along there nobody can say.
Notice by(Notice notice, const Way& way) {
    notice.channel = way.channel;
    notice.destination = way.destination;
    if (is_second_mail(way)) return notice;
    notice.to.audience = Audience::chat;
    notice.to.name.clear();
    notice.to.address.clear();
    notice.to.phone.clear();
    notice.form.clear();
    return notice;
}

bool asks(const Notice& notice) {
    return notice.kind == NoticeKind::reminder || notice.kind == NoticeKind::prompt;
}

// An answer to a mail, and what says that a message failed, stay in mail.
bool may_change_ways(const Notice& notice) {
    return !notice.ref.empty() && notice.in_reply_to.empty() &&
           notice.reason != Reason::delivery_failed;
}

}  // namespace

std::vector<Notice> nudges_beside(const Notice& mail, const Directory& directory,
                                  const Board& board) {
    std::vector<Notice> nudges;
    const Post* post = find_post(directory, mail.to.id);
    if (post == nullptr || !asks(mail)) return nudges;
    const std::size_t most = mail.urgent ? static_cast<std::size_t>(board.urgent_at_once) : 1;
    for (const Way& way : other_ways(*post)) {
        if (nudges.size() == most) break;
        if (is_second_mail(way)) continue;  // only when the first does not get through
        nudges.push_back(by(mail, way));
    }
    return nudges;
}

std::optional<Notice> next_way(const Notice& failed, const Directory& directory) {
    const Post* post = find_post(directory, failed.to.id);
    if (post == nullptr || !may_change_ways(failed)) return std::nullopt;
    const std::vector<Way> ways = other_ways(*post);
    auto next = ways.begin();
    if (failed.channel != "mail") {
        const auto tried = std::find(ways.begin(), ways.end(),
                                     Way{failed.channel, failed.destination});
        if (tried == ways.end()) return std::nullopt;
        next = tried + 1;
    }
    if (next == ways.end()) return std::nullopt;
    Notice notice = by(failed, *next);
    notice.instead_of = failed.channel;
    notice.hold_until.reset();  // the hours were waited for before the first way was tried
    return notice;
}

bool still_owed(const Notice& notice, const Case& the_case) {
    if (!asks(notice)) return true;
    const auto run = std::find_if(the_case.duties.rbegin(), the_case.duties.rend(),
                                  [&](const DutyRun& each) { return each.duty == notice.rule; });
    if (run != the_case.duties.rend()) return run->open();
    const bool of_stage = notice.rule.starts_with("stage-");
    return the_case.open() && (!of_stage || the_case.stage == notice.stage);
}

std::chrono::minutes patience_of(const Notice& notice, const Board& board) {
    return notice.urgent ? board.urgent_fall_back_after : board.fall_back_after;
}

}  // namespace stageclock
