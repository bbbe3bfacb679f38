// SPDX-License-Identifier: MIT
#include "bot/app/board_reports.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "bot/core/recipients.h"
#include "bot/core/report_dates.h"

namespace stageclock {
namespace {

constexpr const char* source = "report";
constexpr std::chrono::seconds until_store_is_there{10};

Notice common(const Rules& rules, Reason reason, Instant due, Instant now) {
    Notice notice;
    notice.board = rules.board.id;
    notice.reason = reason;
    notice.scheduled = due;
    notice.decided = now;
    return notice;
}

Notice addressed(Notice notice, Recipient to) {
    // A group reads it, whoever opens its mail: no more than the board's inbox may see.
    to.audience = Audience::board;
    notice.to = std::move(to);
    notice.channel = "mail";
    notice.destination = notice.to.address;
    return notice;
}

}  // namespace

void BoardReports::wait_for(Instant instant) {
    if (!next_ || instant < *next_) next_ = instant;
}

Result<int> BoardReports::once(const std::string& id, const std::vector<Notice>& notices,
                               Instant now) {
    const auto before = store_.answer(source, id);
    if (!before) return before.error();
    if (*before) return 0;
    const Done noted = store_.post(notices, {source, id, "", "", "", now});
    if (!noted) return noted.error();
    return static_cast<int>(notices.size());
}

// When this board was first looked at: what ended before is not owed.
Result<Instant> BoardReports::start_of(const std::string& board, Instant now) {
    const std::string id = "start/" + board;
    const auto noted = once(id, {}, now);
    if (!noted) return noted.error();
    const auto start = store_.answer(source, id);
    if (!start) return start.error();
    return *start ? (*start)->at : now;
}

// To everybody of the groups that is known; where a group is not, the board's inbox gets it and is
// told so.
std::vector<Notice> BoardReports::to_groups(const Rules& rules, const std::vector<Target>& to,
                                            const Notice& said, Instant now) {
    const Filled groups = fill({}, to, rules, now);
    std::vector<Notice> notices;
    for (const Recipient& who : groups.people) notices.push_back(addressed(said, who));
    if (groups.missing.empty()) return notices;
    const Filled inbox = fill({}, {{Side::board, "inbox"}}, rules, now);
    for (const Recipient& who : inbox.people) {
        const auto same = [&](const Notice& notice) { return notice.to.id == who.id; };
        const auto known = std::ranges::find_if(notices, same);
        Notice& told = known != notices.end() ? *known : notices.emplace_back(addressed(said, who));
        told.missing = groups.missing;
        told.ask +=
            " It could not be sent to everybody it is for: no address is known for those "
            "below. Please pass it on, and tell us the address.";
    }
    if (notices.empty()) {
        spdlog::error("{} of board {}: nobody has an address", said.rule, rules.board.id);
        const Done kept = store_.set_aside({source, said.board + "/" + said.rule,
                                            "nobody this is for has an address, nor has the "
                                            "board's inbox: " +
                                                said.title,
                                            "", now});
        if (!kept) spdlog::error("{}", kept.error().what);
    }
    return notices;
}

Result<int> BoardReports::look_at_reports(const Rules& rules, Instant start, Instant now) {
    int made = 0;
    for (const BoardReport& row : rules.policy.reports) {
        if (row.every == BoardReport::Every::once) continue;  // a copy of each case
        const std::string name = rules.board.id + "/" + row.id;
        Period period = first_period(row, start, rules.calendar);
        if (const auto known = next_period_.find(name); known != next_period_.end()) {
            period = known->second;
        }
        for (;; period = after(period)) {
            next_period_[name] = period;
            const Instant due = report_due(row, period, rules.policy.readings, rules.calendar);
            if (due > now) {
                wait_for(due);
                break;
            }
            Notice notice = common(rules, Reason::board_report, due, now);
            const bool year = period.is_year();
            notice.kind = year ? NoticeKind::prompt : NoticeKind::copy;
            notice.rule = row.id;
            notice.occurrence = occurrence_of(period);
            notice.title = row.title + ": " + to_words(period);
            notice.ask = row.text;
            notice.clauses = row.clauses;
            const auto sent =
                once(name + "/" + to_text(period), to_groups(rules, row.to, notice, now), now);
            if (!sent) return sent.error();
            made += *sent;
        }
    }
    return made;
}

Result<int> BoardReports::look_at_review(const Rules& rules, Instant start, Instant now) {
    if (!rules.policy.review_due) return 0;
    const Date review = *rules.policy.review_due;
    const Readings& readings = rules.policy.readings;
    // A policy that was past its date before we were here is recalled from our first day on.
    const Date from = std::max(review, rules.calendar.date(start));
    const int number = last_review_prompt(from, now, readings, rules.calendar);
    wait_for(review_prompt_due(from, number + 1, readings, rules.calendar));
    if (number < 0) return 0;
    const Instant due = review_prompt_due(from, number, readings, rules.calendar);
    Notice notice = common(rules, Reason::policy_review, due, now);
    notice.kind = NoticeKind::prompt;
    notice.rule = "review";
    notice.occurrence = number + 1;
    notice.title = rules.policy.title + ", version " + rules.policy.version;
    notice.ask = "The policy was due for review on " + to_words(review) +
                 ". Please review it, and record the day of the next review (review_due).";
    return once(rules.board.id + "/review/" + to_text(review) + "/" + std::to_string(number),
                to_groups(rules, {{Side::board, "inbox"}}, notice, now), now);
}

Result<int> BoardReports::look(Instant now) {
    next_.reset();
    int made = 0;
    for (const Board* board : rulebook_.boards()) {
        const Rules rules = rulebook_.rules(*rulebook_.board(board->id));
        const auto start = start_of(board->id, now);
        const auto reports = start ? look_at_reports(rules, *start, now) : start.error();
        const auto reviews = start ? look_at_review(rules, *start, now) : start.error();
        if (!reports || !reviews) {
            next_ = now + until_store_is_there;
            return reports ? reviews.error() : reports.error();
        }
        made += *reports + *reviews;
    }
    return made;
}

}  // namespace stageclock
