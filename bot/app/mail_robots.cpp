// SPDX-License-Identifier: MIT
//
// Which message a report is about is taken from what only we can have made, in this order: the
// address it came to, a Message-ID in it, and last the recipient it names (54 % of real bounces
// have no machine-readable part). A report is not proof of who wrote it, so it can do no more than
// this (RFC 3464 section 4.1).
#include "bot/app/mail_robots.h"

#include <algorithm>

#include "bot/app/sealed_address.h"
#include "bot/app/unreached.h"
#include "bot/core/recipients.h"

namespace stageclock {
namespace {

// How far back a recipient is looked for when nothing else is known.
constexpr std::size_t notices_looked_at = 500;

const FailedRecipient* final_failure(const Writer& writer) {
    const auto& failed = writer.failed;
    const auto found = std::find_if(failed.begin(), failed.end(),
                                    [](const FailedRecipient& one) { return one.final; });
    return found == failed.end() ? nullptr : &*found;
}

}  // namespace

MailRobots::Ending MailRobots::take(const IncomingMail& mail) {
    if (mail.writer.kind == Writer::Kind::bounce) return bounce(mail);
    if (mail.writer.away) return away(mail);
    return {Handled::aside, "automatic mail: " + mail.writer.why};
}

MailRobots::Ending MailRobots::bounce(const IncomingMail& mail) {
    const auto row = row_it_is_about(mail);
    if (!row) return {Handled::later, ""};
    if (!*row) return {Handled::aside, "a delivery report about no message we know"};
    const FailedRecipient* failed = final_failure(mail.writer);
    // "Delayed" is not the end (RFC 3464 section 2.3.3); we hear again when it is.
    if (failed == nullptr && !mail.writer.failed.empty()) return {Handled::done, ""};
    const std::string status = failed != nullptr ? failed->status : "";
    const std::string report =
        "reported as not delivered" + (status.empty() ? "" : " (" + status + ")");
    // An attempt whose end is not recorded yet must not hold up the mails behind this one: the case
    // is told all the same, and the row ends as the attempt does.
    const Done kept = store_.bounced((*row)->id, desk_.now(), report);
    if (!kept && kept.error().code != Code::conflict) return {Handled::later, ""};
    return this->report(mail, **row, came_back(status, desk_.now()));
}

MailRobots::Ending MailRobots::away(const IncomingMail& mail) {
    const auto row = row_it_is_about(mail);
    if (!row) return {Handled::later, ""};
    if (!*row) return {Handled::aside, "an automatic answer to no message we know"};
    // Somebody else's robot, such as that of a list the message went through.
    if (folded(mail.from_address) != folded((*row)->notice.destination)) {
        return {Handled::aside, "an automatic answer of somebody else"};
    }
    Unreached missed;
    missed.how = Unreached::How::away;
    missed.until = back_at(mail);
    return report(mail, **row, std::move(missed));
}

// The start of the day of return; one that is over, or years away, was misread.
std::optional<Instant> MailRobots::back_at(const IncomingMail& mail) const {
    constexpr std::chrono::days longest{400};
    const auto day = parse_date(mail.writer.back);
    if (!day) return std::nullopt;
    const Instant at = desk_.zone().instant(LocalTime(*day));
    const bool sound = desk_.now() < at && at < desk_.now() + longest;
    return sound ? std::optional(at) : std::nullopt;
}

// The board hears of it through the case; what belongs to no case is for the operator to see.
MailRobots::Ending MailRobots::report(const IncomingMail& mail, const NoticeRow& row,
                                      Unreached missed) {
    const bool bounced = missed.how != Unreached::How::away;
    if (row.notice.ref.empty()) {
        return {bounced ? Handled::aside : Handled::done, "an answer to a mail was not delivered"};
    }
    Update update = unreached_update(row.notice, std::move(missed), "mail", mail.id);
    update.digest = mail.digest;
    update.received = desk_.now();
    const Answer answer = desk_.submit(std::move(update));
    switch (answer.kind) {
        case Answer::Kind::unavailable: return {Handled::later, ""};
        case Answer::Kind::refused:
        case Answer::Kind::conflict:
            return {Handled::aside, "a delivery report the case could not take"};
        default: break;
    }
    // Nobody is left to be told when the board's own inbox fails.
    if (is_to_inbox(row.notice) && bounced) {
        return {Handled::aside, "the board's own inbox could not be reached"};
    }
    return {Handled::done, ""};
}

std::vector<std::int64_t> MailRobots::rows_named_by(const IncomingMail& mail) const {
    std::vector<std::int64_t> rows;
    if (seal_ == nullptr) return rows;
    const auto add = [&](const std::optional<std::int64_t>& row) {
        if (row) rows.push_back(*row);
    };
    for (const SealFor purpose : {SealFor::bounce, SealFor::reply}) {
        for (const std::string& address : mail.to) {
            add(row_of_address(purpose, address, settings_, *seal_));
        }
    }
    for (const std::string& id : mail.writer.returned_ids) {
        add(row_of_message_id(id, settings_, *seal_));
    }
    for (const std::string& id : mail.references) add(row_of_message_id(id, settings_, *seal_));
    return rows;
}

Result<std::optional<NoticeRow>> MailRobots::row_it_is_about(const IncomingMail& mail) {
    for (const std::int64_t id : rows_named_by(mail)) {
        auto row = store_.notice(id);
        if (!row) return row.error();
        if (*row) return row;
    }
    for (const FailedRecipient& failed : mail.writer.failed) {
        if (failed.address.empty()) continue;
        auto row = latest_to(failed.address);
        if (!row || *row) return row;
    }
    return std::optional<NoticeRow>{};
}

Result<std::optional<NoticeRow>> MailRobots::latest_to(const std::string& address) {
    auto rows = store_.recent_notices(notices_looked_at);
    if (!rows) return rows.error();
    for (NoticeRow& row : *rows) {
        const bool sent = row.state == NoticeState::accepted ||
                          row.state == NoticeState::bounced || row.state == NoticeState::delivered;
        if (sent && row.notice.channel == "mail" &&
            folded(row.notice.destination) == folded(address)) {
            return std::optional(std::move(row));
        }
    }
    return std::optional<NoticeRow>{};
}

}  // namespace stageclock
