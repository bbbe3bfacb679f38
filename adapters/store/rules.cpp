// SPDX-License-Identifier: MIT
#include "adapters/store/rules.h"

#include <charconv>

#include "bot/core/directory.h"

namespace stageclock {
namespace {

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

}  // namespace

std::optional<Error> mistake_in(const Transition& transition) {
    if (transition.ref.empty() || transition.after.ref != transition.ref)
        return Error{Code::internal, "the change names one case and holds another",
                     transition.ref};
    if (transition.after.events != transition.expected + transition.events.size())
        return Error{Code::internal, "the case is not the one its events make", transition.ref};
    if (transition.after.events == 0)
        return Error{Code::internal, "a case without events cannot be stored", transition.ref};
    return std::nullopt;
}

std::optional<Error> mistake_in(std::span<const SendResult> results) {
    for (const SendResult& result : results)
        if (result.state != NoticeState::accepted && result.state != NoticeState::retrying &&
            result.state != NoticeState::failed)
            return Error{Code::internal,
                         "an attempt cannot end as " + std::string(to_text(result.state)),
                         "notice " + std::to_string(result.id)};
    return std::nullopt;
}

Error case_moved_on(const std::string& ref) {
    return {Code::conflict, "the case has changed since it was read", ref};
}

Error answered_already(const std::string& ref) {
    return {Code::conflict, "this update has been answered already", ref};
}

Error still_in_hand(std::int64_t id) {
    return {Code::conflict, "an attempt to send it has not been recorded yet",
            "notice " + std::to_string(id)};
}

Error no_such_notice(std::int64_t id) {
    return {Code::not_found, "there is no such notice", "notice " + std::to_string(id)};
}

std::optional<bool> counts_as_bounced(NoticeState now) {
    switch (now) {
        case NoticeState::accepted:
        case NoticeState::delivered: return true;
        case NoticeState::claimed:
        case NoticeState::retrying: return std::nullopt;
        default: return false;
    }
}

std::optional<bool> counts_as_delivered(NoticeState now) {
    return now == NoticeState::delivered ? false : counts_as_bounced(now);
}

std::optional<NoticeState> after_result(NoticeState now, bool lapsed, NoticeState result) {
    if (now == NoticeState::accepted || now == NoticeState::bounced ||
        now == NoticeState::delivered) {
        return std::nullopt;
    }
    if (result == NoticeState::accepted) return result;  // late or not, it was sent
    if (now != NoticeState::claimed) return std::nullopt;
    if (result == NoticeState::retrying && lapsed) return NoticeState::cancelled;
    return result;
}

std::string recipient_of(const Notice& notice) {
    return notice.to.id.empty() ? notice.channel + ":" + notice.destination : notice.to.id;
}

bool lapses(NoticeKind kind) {
    return kind == NoticeKind::reminder || kind == NoticeKind::prompt;
}

Instant first_send(const Notice& notice) { return notice.hold_until.value_or(notice.decided); }

std::optional<Instant> moment_of(const Transition& transition) {
    if (transition.events.empty()) return std::nullopt;
    return transition.events.back().recorded;
}

std::optional<CaseNumber> number_in(std::string_view ref) {
    const std::size_t last = ref.rfind('-');
    if (last == std::string_view::npos || last == 0) return std::nullopt;
    const std::size_t middle = ref.rfind('-', last - 1);
    if (middle == std::string_view::npos) return std::nullopt;
    const auto year = whole_number(ref.substr(middle + 1, last - middle - 1));
    const auto number = whole_number(ref.substr(last + 1));
    if (!year || !number) return std::nullopt;
    return CaseNumber{std::string(ref.substr(0, middle)), *year, *number};
}

std::vector<std::string> new_readers(const Transition& transition) {
    std::vector<std::string> readers;
    for (const Event& event : transition.events) {
        const auto* informed = std::get_if<Informed>(&event.detail);
        if (informed == nullptr) continue;
        for (const Recipient& person : informed->people) {
            if (!person.address.empty()) readers.push_back(folded(person.address));
        }
    }
    return readers;
}

}  // namespace stageclock
