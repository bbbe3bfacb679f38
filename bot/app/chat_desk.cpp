// SPDX-License-Identifier: MIT
#include "bot/app/chat_desk.h"

#include <algorithm>

#include "bot/app/chat_words.h"
#include "bot/app/model.h"
#include "bot/app/model_parts.h"

namespace stageclock {
namespace {

constexpr const char* source = "chat";
constexpr std::size_t longest_text = 20000;  // bytes, as on the pages behind links
constexpr std::size_t most_looked_at = 100;  // cases of one person
constexpr std::size_t most_shown = 10;
constexpr std::size_t refusals_an_hour = 60;  // noted of each app

using Kind = ChatReply::Kind;

std::string act_id(const Speaker& speaker, const std::string& id) {
    return speaker.channel + ":" + id;
}

std::string account_of(const Speaker& speaker) {
    return speaker.account.empty() ? speaker.channel : speaker.channel + ":" + speaker.account;
}

// The event a notice has to offer for it.
std::string event_of(ChatCommand::Kind kind) {
    switch (kind) {
        case ChatCommand::Kind::acknowledge: return "acknowledged";
        case ChatCommand::Kind::resolve: return "resolved";
        case ChatCommand::Kind::escalate: return "escalated";
        default: return "";
    }
}

bool offers(const ActionPage& page, const std::string& event) {
    return std::ranges::any_of(page.choices,
                               [&](const Choice& choice) { return choice.id == event; });
}

std::optional<Instant> next_deadline(const CaseView& view) {
    std::optional<Instant> next;
    for (const DutyView& duty : view.duties) {
        const bool open =
            duty.state == DutyRun::State::running || duty.state == DutyRun::State::missed;
        if (!open || !duty.deadline.due) continue;
        if (!next || *duty.deadline.due < *next) next = duty.deadline.due;
    }
    return next;
}

}  // namespace

void CaseChat::note_refusal(const std::string& app, const std::string& why) {
    const std::string key = "chat/" + app;
    std::size_t before = 0;
    {
        const std::scoped_lock lock(mutex_);
        before = refusals_.of(key, parts_.desk.now());
        if (before > refusals_an_hour) return;
        refusals_.note(key, parts_.desk.now());
    }
    const bool last = before == refusals_an_hour;
    parts_.desk.note_refusal(key, "", last ? "more calls were refused than are listed" : why);
}

Result<std::vector<std::string>> CaseChat::open_cases(const Speaker& speaker) {
    std::vector<std::string> refs;
    for (const Board* board : parts_.rulebook.boards()) {
        if (!may_speak_of(speaker, board->id)) continue;
        const ServedBoard* served = parts_.rulebook.board(board->id);
        for (const std::string& address : known_on(served->directory, speaker).addresses) {
            const auto cases = parts_.store.cases_of(address, most_looked_at);
            if (!cases) return cases.error();
            for (const CaseSummary& summary : *cases) {
                const bool known = std::ranges::find(refs, summary.ref) != refs.end();
                if (summary.board == board->id && !known) refs.push_back(summary.ref);
            }
        }
    }
    return refs;
}

Result<bool> CaseChat::is_known(const Speaker& speaker) {
    for (const Board* board : parts_.rulebook.boards()) {
        if (!may_speak_of(speaker, board->id)) continue;
        const ServedBoard* served = parts_.rulebook.board(board->id);
        if (!known_on(served->directory, speaker).posts.empty()) return true;
    }
    const auto cases = open_cases(speaker);
    if (!cases) return cases.error();
    return !cases->empty();
}

// Whether the case exists makes no difference to who hears what.
ChatReply CaseChat::unknown(const std::string& ref, const Speaker& speaker) {
    const auto known = is_known(speaker);
    if (!known) return chat_words::unavailable();
    return *known ? chat_words::which(ref) : chat_words::who(speaker);
}

CaseChat::Or<CaseChat::Matter> CaseChat::matter_of(const std::string& ref, const Speaker& speaker) {
    auto known = parts_.store.load(ref);
    if (!known) return {std::nullopt, chat_words::unavailable()};
    if (!*known || !may_speak_of(speaker, (*known)->board)) {
        return {std::nullopt, unknown(ref, speaker)};
    }
    Matter matter;
    matter.the_case = std::move(**known);
    matter.served = parts_.rulebook.board(matter.the_case.board);
    if (matter.served == nullptr) return {std::nullopt, unknown(ref, speaker)};
    auto rows = parts_.store.notices(ref);
    if (!rows) return {std::nullopt, chat_words::unavailable()};
    matter.rows = std::move(*rows);
    std::ranges::sort(matter.rows, std::greater(), &NoticeRow::id);
    matter.who = known_on(matter.served->directory, speaker);
    if (!has_part(matter.who, matter.the_case, matter.rows)) {
        return {std::nullopt, unknown(ref, speaker)};
    }
    return {std::move(matter), {}};
}

// The newest page of theirs on which there is something to do.
std::string CaseChat::page_of(const Matter& matter) {
    if (parts_.public_url.empty()) return {};
    for (const NoticeRow& row : matter.rows) {
        if (!matter.who.is(row.notice.to)) continue;
        const auto page = parts_.links.action(row.id);
        if (!page || !page->over.empty()) continue;
        return stageclock::page_of(row.notice, row.id, parts_.public_url, parts_.seal);
    }
    return {};
}

ChatCase CaseChat::shown(const Matter& matter) {
    const Case& the_case = matter.the_case;
    const Rules rules = parts_.rulebook.rules(*matter.served, the_case);
    const Zone& zone = rules.calendar.zone();
    const Instant now = parts_.desk.now();
    ChatCase made;
    made.ref = the_case.ref;
    made.stage = model_parts::stage_label(find_stage(rules.policy, the_case.stage));
    if (const auto due = next_deadline(view(the_case, rules, now)); due && the_case.open()) {
        made.deadline = to_words(*due, zone);
        made.passed = *due <= now;
    }
    made.urgent = the_case.urgent_since.has_value();
    made.status = to_text(the_case.status);
    if (!the_case.open() && the_case.closed)
        made.status += " on " + to_words(*the_case.closed, zone);
    made.board = rules.board.name;
    made.page = page_of(matter);
    return made;
}

ChatReply CaseChat::list(const Speaker& speaker) {
    const auto refs = open_cases(speaker);
    if (!refs) return chat_words::unavailable();
    if (refs->empty()) {
        const auto known = is_known(speaker);
        if (!known) return chat_words::unavailable();
        return *known ? chat_words::reply(Kind::told, "No open case asks anything of you.")
                      : chat_words::who(speaker);
    }
    struct Dated {
        Instant due = Instant::max();
        Matter matter;
    };
    std::vector<Dated> all;
    for (const std::string& ref : *refs) {
        auto matter = matter_of(ref, speaker);
        if (!matter.value && matter.reply.kind == Kind::unavailable) return matter.reply;
        if (!matter.value) continue;
        const Case& the_case = matter.value->the_case;
        const Rules rules = parts_.rulebook.rules(*matter.value->served, the_case);
        const auto due = next_deadline(view(the_case, rules, parts_.desk.now()));
        all.push_back({due.value_or(Instant::max()), std::move(*matter.value)});
    }
    std::ranges::stable_sort(all, {}, &Dated::due);
    const std::size_t count = all.size();
    std::string text = count == 1 ? "One open case asks something of you."
                                  : std::to_string(count) + " open cases ask something of you.";
    if (count > most_shown) {
        const std::size_t left = count - most_shown;
        text += " These are the most pressing; " + std::to_string(left) +
                (left == 1 ? " is" : " are") + " not shown.";
        all.resize(most_shown);
    }
    ChatReply reply = chat_words::reply(Kind::told, text);
    for (const Dated& each : all) reply.cases.push_back(shown(each.matter));
    return reply;
}

// The case that was named, or the only one it can be. `before`: the case this very message was
// recorded on already.
CaseChat::Or<std::string> CaseChat::case_meant(const ChatCommand& command, const Said& said,
                                               const std::string& before) {
    if (!before.empty()) return {before, {}};
    if (!command.ref.empty()) return {command.ref, {}};
    const auto refs = open_cases(said.who);
    if (!refs) return {std::nullopt, chat_words::unavailable()};
    if (refs->size() == 1) return {refs->front(), {}};
    ChatReply reply = list(said.who);
    if (refs->size() > 1) {
        reply.kind = Kind::not_understood;
        reply.text = "Say which case you mean: write its reference as well. " + reply.text;
    }
    return {std::nullopt, reply};
}

ChatReply CaseChat::show(const ChatCommand& command, const Said& said) {
    const auto ref = case_meant(command, said, "");
    if (!ref.value) return ref.reply;
    const auto matter = matter_of(*ref.value, said.who);
    if (!matter.value) return matter.reply;
    ChatReply reply = chat_words::reply(Kind::told, "This is how " + *ref.value + " stands.");
    reply.cases.push_back(shown(*matter.value));
    return reply;
}

Result<CaseChat::Offered> CaseChat::notice_for(const std::string& event, const Matter& matter,
                                               bool repeated) {
    Offered offered;
    for (const NoticeRow& row : matter.rows) {
        if (!matter.who.is(row.notice.to)) continue;
        auto page = parts_.links.action(row.id);
        if (!page && page.error().code != Code::not_found) return page.error();
        if (!page) continue;
        const bool open = page->over.empty();
        if (repeated || (open && offers(*page, event))) {
            offered.notice = row.id;
            return offered;
        }
        // Of a closed case the page that says so, of an open one the page that still stands.
        const bool better = !offered.other ||
                            (open == matter.the_case.open() && open != offered.other->over.empty());
        if (better) offered.other = std::move(*page);
    }
    return offered;
}

ChatReply CaseChat::act(const ChatCommand& command, const Said& said) {
    const Action action{event_of(command.kind), command.text, act_id(said.who, said.id), source,
                        account_of(said.who)};
    const auto before = parts_.store.answer(source, action.form);
    if (!before) return chat_words::unavailable();
    const auto ref = case_meant(command, said, *before ? (*before)->ref : "");
    if (!ref.value) return ref.reply;
    const auto matter = matter_of(*ref.value, said.who);
    if (!matter.value) return matter.reply;
    const auto offered = notice_for(action.choice, *matter.value, before->has_value());
    if (!offered) return chat_words::unavailable();
    if (offered->notice != 0) return record(offered->notice, action, *matter.value);
    ChatReply reply = offered->other
                          ? chat_words::not_offered(*ref.value, *offered->other)
                          : chat_words::reply(Kind::refused, "Nothing on " + *ref.value +
                                                                 " waits for an answer from you.");
    reply.cases.push_back(shown(*matter.value));
    return reply;
}

ChatReply CaseChat::record(std::int64_t notice, const Action& action, const Matter& matter) {
    const auto acted = parts_.links.act(notice, action);
    if (!acted) {
        return acted.error().code == Code::not_found ? chat_words::which(matter.the_case.ref)
                                                     : chat_words::unavailable();
    }
    ChatReply reply = chat_words::acted(*acted, parts_.desk.zone());
    Matter now = matter;
    if (auto after = parts_.store.load(matter.the_case.ref); after && *after)
        now.the_case = std::move(**after);
    reply.cases.push_back(shown(now));
    return reply;
}

ChatReply CaseChat::hear(const Said& said) {
    if (said.id.empty()) return chat_words::unavailable();
    if (said.text.size() > longest_text) return chat_words::too_long();
    std::vector<std::string> prefixes;
    for (const Board* board : parts_.rulebook.boards()) prefixes.push_back(board->reference_prefix);
    const ChatCommand command = chat_command(said.text, prefixes);
    switch (command.kind) {
        case ChatCommand::Kind::help: return chat_words::help();
        case ChatCommand::Kind::unclear: return chat_words::not_understood();
        case ChatCommand::Kind::list: return list(said.who);
        case ChatCommand::Kind::show: return show(command, said);
        default: return act(command, said);
    }
}

ChatReply CaseChat::press(const Pressed& pressed) {
    if (pressed.id.empty()) return chat_words::unavailable();
    if (pressed.text.size() > longest_text) return chat_words::too_long();
    const auto notice = parts_.seal.open(SealFor::link, pressed.link);
    if (!notice) return unknown("", pressed.who);
    const auto row = parts_.store.notice(*notice);
    if (!row) return chat_words::unavailable();
    if (!*row || (*row)->notice.ref.empty()) return unknown("", pressed.who);
    const Recipient& to = (*row)->notice.to;
    const auto matter = matter_of((*row)->notice.ref, pressed.who);
    if (!matter.value && matter.reply.kind != Kind::which) return matter.reply;
    if (!matter.value || !matter.value->who.is(to)) {
        return chat_words::reply(Kind::refused,
                                 "Nothing was recorded: this was put to somebody else. Write "
                                 "\"list\" to see the cases that ask something of you.");
    }
    const Action action{pressed.choice, chat_text(pressed.text), act_id(pressed.who, pressed.id),
                        source, account_of(pressed.who)};
    return record(*notice, action, *matter.value);
}

}  // namespace stageclock
