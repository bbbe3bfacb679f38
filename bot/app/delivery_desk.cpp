// SPDX-License-Identifier: MIT
//
// Whatever a failure asks for is done before the row is marked: a crash in between does it once
// more, and each of it counts once.
#include "bot/app/delivery_desk.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "bot/app/sealed_address.h"
#include "bot/app/unreached.h"
#include "bot/core/ways.h"

namespace stageclock {
namespace {

constexpr std::size_t notices_looked_at = 500;
constexpr std::chrono::days asked_about{4};
constexpr const char* source = "outbox";

bool in_hand(const NoticeRow& row) {
    return row.state == NoticeState::claimed || row.state == NoticeState::retrying;
}

bool was_sent(const NoticeRow& row) {
    return row.state == NoticeState::accepted || row.state == NoticeState::delivered;
}

bool is_mail(const Notice& notice) {
    return notice.channel == "mail" || notice.channel == "notify-mail";
}

}  // namespace

bool DeliveryDesk::take(const DeliveryReport& report) {
    const auto id = row_of_message_id(report.id, settings_, seal_);
    if (!id) return true;
    const auto found = store_.notice(*id);
    if (!found) return false;
    if (!*found) return true;
    const NoticeRow& row = **found;
    if (in_hand(row)) return false;  // its acceptance is not recorded yet
    if (!was_sent(row)) return true;
    if (!report.delivered) return came_back(row, report.said);
    if (row.state == NoticeState::delivered) return true;
    return store_.delivered(row.id, desk_.now(), report.said).has_value();
}

bool DeliveryDesk::came_back(const NoticeRow& row, const std::string& said) {
    if (!try_next_way(row)) return false;
    if (is_mail(row.notice) && !tell_case(row, said)) return false;
    spdlog::warn("notice {} did not arrive: {}", row.id, said);
    return store_.bounced(row.id, desk_.now(), "reported as not delivered (" + said + ")")
        .has_value();
}

// Under the same id as the outbox, which may have had reason to try it before.
bool DeliveryDesk::try_next_way(const NoticeRow& row) {
    const Directory* directory = desk_.directory(row.notice.board);
    if (directory == nullptr) return true;
    auto next = next_way(row.notice, *directory);
    if (!next) return true;
    // A service may take days to give up: what was asked may have been done meanwhile.
    const auto seen = desk_.look(next->ref);
    if (seen && !still_owed(*next, seen->the_case)) return true;
    const StoredAnswer once{source,     "other-way-" + std::to_string(row.id), "", next->ref, "",
                            desk_.now()};
    next->decided = desk_.now();
    if (!store_.post({&*next, 1}, once)) return false;
    ring_();
    return true;
}

bool DeliveryDesk::tell_case(const NoticeRow& row, const std::string& said) {
    if (row.notice.ref.empty()) {
        call_operator(row, "an answer to a mail was not delivered");
        return true;
    }
    Update update = unreached_update(row.notice, stageclock::came_back(said, desk_.now()), source,
                                     "bounced-" + std::to_string(row.id));
    const Answer answer = desk_.submit(std::move(update));
    if (answer.kind == Answer::Kind::unavailable) return false;
    if (answer.kind == Answer::Kind::refused || answer.kind == Answer::Kind::conflict) {
        call_operator(row, "a delivery report the case could not take");
    }
    if (is_to_inbox(row.notice)) {
        call_operator(row, "the board's own inbox could not be reached");
    }
    return true;
}

void DeliveryDesk::call_operator(const NoticeRow& row, const std::string& why) {
    const std::string about = "notice " + std::to_string(row.id);
    if (!store_.set_aside({row.notice.channel, about, why, "", desk_.now()})) {
        spdlog::error("{}: {}", about, why);
    }
}

void DeliveryDesk::note_refusal(const std::string& why) {
    desk_.note_refusal("govuk-notify", "", why);
}

bool DeliveryDesk::waiting() {
    const auto rows = store_.recent_notices(notices_looked_at);
    if (!rows) return false;
    const Instant since = desk_.now() - asked_about;
    const bool carries_mail = settings_.smtp.url.empty() && !settings_.notify.mail_template.empty();
    return std::any_of(rows->begin(), rows->end(), [&](const NoticeRow& row) {
        const std::string& channel = row.notice.channel;
        const bool by_it =
            channel == "sms" || channel == "notify-mail" || (channel == "mail" && carries_mail);
        return by_it && row.state == NoticeState::accepted && row.done_at && *row.done_at > since;
    });
}

}  // namespace stageclock
