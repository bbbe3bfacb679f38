// SPDX-License-Identifier: MIT
#include "bot/app/front_desk.h"

#include <spdlog/spdlog.h>

namespace stageclock {
namespace {

constexpr std::size_t most_listed = 1000;
constexpr std::chrono::seconds send_after_forward{30};
constexpr std::chrono::seconds send_at_each_stop{10};
// A training session looks months ahead, not years: the holiday list ends somewhere.
constexpr std::chrono::days farthest_forward{366};

// "Monday 09:30": the next such moment.
std::optional<Instant> next_weekday(const std::string& by, Instant now, const Calendar& calendar) {
    const auto space = by.find(' ');
    if (space == std::string::npos) return std::nullopt;
    const auto time = parse_time_of_day(by.substr(space + 1));
    if (!time) return std::nullopt;
    Date day = calendar.date(now);
    for (int ahead = 0; ahead <= 7; ++ahead, day += std::chrono::days(1)) {
        const Instant at = calendar.at(day, *time);
        if (weekday_name(day) == by.substr(0, space) && at > now) return at;
    }
    return std::nullopt;
}

// Where the clock ends up: for days the same wall-clock time that many working days on.
Result<Instant> forward_to(const std::string& by, Instant now, const Calendar& calendar) {
    if (const auto instant = parse_rfc3339(by)) return *instant;
    if (const auto instant = next_weekday(by, now, calendar)) return *instant;
    const auto term = parse_term(by);
    if (!term) return term.error();
    Readings same_time;
    same_time.same_clock_time_on_last_day = true;
    const auto due = deadline(*term, now, same_time, calendar).due;
    if (!due) return Error{Code::invalid_input, "the clock needs a length of time", "by"};
    return *due;
}

}  // namespace

Answer FrontDesk::submit(Update update) {
    update.received = clock_.now();
    return engine_.submit(std::move(update));
}

Result<CaseView> FrontDesk::look(const std::string& ref) {
    const auto known = store_.load(ref);
    if (!known) return known.error();
    if (!*known) return Error{Code::not_found, "there is no case with this reference", ref};
    const ServedBoard* served = rulebook_.board((*known)->board);
    if (served == nullptr) return Error{Code::not_found, "its board is not served here", ref};
    return view(**known, rulebook_.rules(*served, **known), clock_.now());
}

Result<std::vector<NoticeRow>> FrontDesk::case_notices(const std::string& ref) {
    return store_.notices(ref);
}

Result<std::vector<CaseSummary>> FrontDesk::cases() { return store_.cases(most_listed); }

Result<std::vector<NoticeRow>> FrontDesk::outbox() { return store_.recent_notices(most_listed); }

Result<std::optional<NoticeRow>> FrontDesk::notice(std::int64_t id) { return store_.notice(id); }

Result<std::string> FrontDesk::message(std::int64_t id) { return store_.sent(id); }

Result<std::vector<SetAside>> FrontDesk::set_asides() { return store_.set_asides(most_listed); }

void FrontDesk::note_refusal(const std::string& source, const std::string& id,
                             const std::string& why) {
    spdlog::warn("refused from {}: {}", source, why);
    if (const Done kept = store_.set_aside({source, id, why, "", clock_.now()}); !kept) {
        spdlog::error("a refusal could not be kept: {}", kept.error().what);
    }
}

const Policy* FrontDesk::policy(const std::string& board) const {
    const ServedBoard* served = rulebook_.board(board);
    return served == nullptr ? nullptr : &served->policy;
}

const Directory* FrontDesk::directory(const std::string& board) const {
    const ServedBoard* served = rulebook_.board(board);
    return served == nullptr ? nullptr : &served->directory;
}

std::vector<const Board*> FrontDesk::boards() const { return rulebook_.boards(); }

const Zone& FrontDesk::zone() const { return rulebook_.calendar().zone(); }

Instant FrontDesk::now() const { return clock_.now(); }

bool FrontDesk::sandbox() const { return clock_.movable(); }

Result<Instant> FrontDesk::forward(const std::string& by) {
    if (!clock_.movable()) {
        return Error{Code::refused,
                     "The clock of a live daemon cannot be moved. Start one with a sandbox "
                     "configuration (script/run) to try things out.",
                     "by"};
    }
    const Instant now = clock_.now();
    const auto to = forward_to(by, now, rulebook_.calendar());
    if (!to) return to.error();
    if (*to < now || *to > now + farthest_forward) {
        return Error{Code::invalid_input,
                     "The clock moves forward only, at most a year at a time: \"5 working days\", "
                     "\"26 hours\", \"Monday 09:30\" or an instant such as "
                     "2026-12-24T17:00:00Z.",
                     "by"};
    }
    const auto send = [this] { outbox_.wait_until_sent(send_at_each_stop); };
    if (const Done moved = engine_.forward(*to, send); !moved) return moved.error();
    if (!outbox_.wait_until_sent(send_after_forward)) {
        return Error{Code::unavailable,
                     "The clock was moved, but the outbox is still sending. Look again shortly.",
                     "by"};
    }
    return clock_.now();
}

Answer FrontDesk::migrate(const std::string& ref, const std::string& reason) {
    Update update;
    update.kind = UpdateKind::migrate;
    update.source = "operator";
    // A request sent twice is one; another, after the case moved on, is judged anew.
    const auto known = store_.load(ref);
    const std::uint64_t events = known && *known ? (*known)->events : 0;
    update.id = "migrate/" + ref + "/" + std::to_string(events);
    update.digest = reason;
    update.ref = ref;
    update.by.role = "operator";
    update.text = reason;
    return submit(std::move(update));
}

Done FrontDesk::ready() { return store_.probe(); }

}  // namespace stageclock
