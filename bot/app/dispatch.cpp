// SPDX-License-Identifier: MIT
#include "bot/app/dispatch.h"

#include <algorithm>
#include <iterator>

#include <spdlog/spdlog.h>

#include "bot/app/board_reports.h"
#include "bot/app/calendar_entries.h"
#include "bot/app/form_values.h"
#include "bot/app/model.h"
#include "bot/app/sealed_address.h"
#include "bot/core/backoff.h"
#include "bot/core/recipients.h"
#include "bot/core/ways.h"

namespace stageclock {
namespace {

// A broken template or form is mended by a person: look again at this pace.
constexpr std::chrono::minutes until_mended{10};
constexpr std::size_t most_forms_kept = 32;

constexpr const char* word_type =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

}  // namespace

Dispatch::Dispatch(Parts parts) : parts_(std::move(parts)) {}

Notifier* Dispatch::notifier(const std::string& channel) const {
    const auto found =
        std::find_if(parts_.notifiers.begin(), parts_.notifiers.end(),
                     [&](const auto& candidate) { return candidate->channel() == channel; });
    return found == parts_.notifiers.end() ? nullptr : found->get();
}

// An answer to somebody we know nothing of is signed by the first board served here.
const ServedBoard* Dispatch::board_of(const Notice& notice, const Case& the_case) const {
    if (!the_case.board.empty()) return parts_.rulebook.board(the_case.board);
    if (!notice.board.empty()) return parts_.rulebook.board(notice.board);
    const auto boards = parts_.rulebook.boards();
    return boards.empty() ? nullptr : parts_.rulebook.board(boards.front()->id);
}

SendResult Dispatch::failed(const NoticeRow& row, Instant now, const std::string& why) const {
    return {row.id, NoticeState::failed, now, now, why, ""};
}

SendResult Dispatch::try_later(const NoticeRow& row, Instant now, const std::string& why,
                               std::chrono::seconds after) const {
    const auto wait = next_attempt(row.attempts, row.notice.urgent,
                                   static_cast<std::uint64_t>(row.id));
    if (!wait) return failed(row, now, "given up after 48 hours; last: " + why);
    return {row.id, NoticeState::retrying, now, now + std::max(*wait, after), why, ""};
}

Result<std::string> Dispatch::make_form(const FormRenderer& renderer, const std::string& name,
                                        const FormValues& values, const std::string& of) {
    const std::string key = name + '/' + of;
    {
        const std::lock_guard lock(mutex_);
        for (const MadeForm& made : made_) {
            if (made.of == key) return made.bytes;
        }
    }
    auto bytes = renderer.render(values);
    // One with a mark is its reader's alone: nobody asks for it again but a repeat.
    if (!bytes || !values.mark.empty()) return bytes;
    const std::lock_guard lock(mutex_);
    made_.push_back({key, *bytes});
    if (made_.size() > most_forms_kept) made_.pop_front();
    return bytes;
}

// A reader who may see what a form holds may fill it in and send it back: it carries a reference of
// its own for that, and comes as a Word file too when the notice asks for something. Other copies
// are to look at.
Done Dispatch::attach_form(const NoticeRow& row, const Case& the_case, const Rules& rules,
                           std::vector<Attachment>& files) {
    const Notice& notice = row.notice;
    const Form* form = find_form(rules.policy, notice.form);
    if (form == nullptr) return Error{Code::not_found, "the policy has no such form", notice.form};
    const Audience audience = notice.to.audience;
    const bool fills = audience == Audience::officer;
    // As of the decision, not of the attempt: a repeat carries the same form.
    FormValues values = form_values(*form, the_case, rules, notice.decided, audience);
    if (fills) values.mark = parts_.seal.close(SealFor::returned, row.id);
    carry_forward(values, *form, the_case, parts_.layouts, audience);
    const std::string of = the_case.ref + '/' + std::to_string(the_case.events) + '/' + form->id +
                           '/' + std::to_string(static_cast<int>(audience)) + '/' +
                           to_rfc3339(notice.decided);
    const std::string file = form->id + "-" + notice.ref;
    auto pdf = make_form(parts_.forms, "pdf", values, of);
    if (!pdf) return pdf.error();
    files.push_back({file + ".pdf", "application/pdf", std::move(*pdf)});
    const bool asked = notice.kind == NoticeKind::prompt || notice.kind == NoticeKind::reminder;
    if (!fills || !asked || notice.channel != "mail") return done();
    auto word = make_form(parts_.word, "word", values, of);
    if (!word) return word.error();
    files.push_back({file + ".docx", word_type, std::move(*word)});
    return done();
}

Result<std::vector<Attachment>> Dispatch::attachments(const NoticeRow& row, const Case& the_case,
                                                      const Rules& rules) {
    const Notice& notice = row.notice;
    if (notice.reason == Reason::board_report && parts_.reports != nullptr) {
        return parts_.reports->of(notice.board, BoardReports::period_of(notice.occurrence),
                                  notice.decided);
    }
    std::vector<Attachment> files;
    if (!notice.form.empty()) {
        const Done attached = attach_form(row, the_case, rules, files);
        if (!attached) return attached.error();
    }
    auto entries = calendar_files(row, the_case, rules, parts_.settings, parts_.store);
    if (!entries) return entries.error();
    std::move(entries->begin(), entries->end(), std::back_inserter(files));
    return files;
}

// An officer gets a page and an address that are theirs alone.
Result<Rendered> Dispatch::worded(const NoticeRow& row, const Notice& leaving, const Case& the_case,
                                  const Rules& rules, const std::vector<Attachment>& attached,
                                  const Notifier& channel) const {
    const Settings& settings = parts_.settings;
    const std::string own = leaving.to.audience == Audience::officer
                                ? sealed_address(SealFor::reply, row.id, settings, parts_.seal)
                                : std::string();
    const Model model =
        model_of(leaving, the_case, rules, settings.public_url,
                 own.empty() ? settings.mail_from : own,
                 page_of(leaving, row.id, settings.public_url, parts_.seal),
                 calendar_page_of(leaving, row.id, settings, parts_.seal));
    const auto templates = parts_.board_templates.find(rules.board.id);
    return channel.render(
        {leaving, model, attached, row.possible_repeat, own,
         sealed_address(SealFor::bounce, row.id, settings, parts_.seal),
         sealed_message_id(row.id, settings, parts_.seal),
         templates == parts_.board_templates.end() ? nullptr : templates->second.get()});
}

// What only a person can mend is logged and put on the operator's list, at most once an hour.
void Dispatch::call_operator(const std::string& channel, const std::string& what, Instant now) {
    {
        const std::lock_guard lock(mutex_);
        const auto last = called_.find(channel);
        if (last != called_.end() && now < last->second + std::chrono::hours(1)) return;
        called_[channel] = now;
    }
    spdlog::error("channel {}: {}", channel, what);
    if (!parts_.store.set_aside({channel, "", "nothing can be sent: " + what, "", now})) {
        spdlog::error("channel {}: the operator's list cannot be written", channel);
    }
}

SendResult Dispatch::deliver(const NoticeRow& row, Instant now) {
    const Notice& notice = row.notice;
    Notifier* channel = notifier(notice.channel);
    if (channel == nullptr) {
        return failed(row, now, "the channel \"" + notice.channel + "\" is not configured");
    }
    const std::string about = notice.channel + ":" + notice.destination;
    if (flood_.full(notice.ref, about, now)) {
        spdlog::error("notice {} held back: a loop? too many within an hour", row.id);
        return try_later(row, now, "held back: too many messages to this reader within an hour",
                         std::chrono::hours(1));
    }
    Case the_case;
    if (!notice.ref.empty()) {
        auto known = parts_.store.load(notice.ref);
        if (!known) return try_later(row, now, known.error().what, {});
        if (!*known) return failed(row, now, "there is no such case");
        the_case = std::move(**known);
    }
    const ServedBoard* served = board_of(notice, the_case);
    if (served == nullptr) return failed(row, now, "its board is not served here");
    const Rules rules = parts_.rulebook.rules(*served, the_case);
    const auto attached = attachments(row, the_case, rules);
    if (!attached) {
        spdlog::error("notice {}: form {}: {}", row.id, notice.form, attached.error().what);
        return try_later(row, now, "what is attached could not be made: " + attached.error().what,
                         until_mended);
    }
    const Notice leaving = without_hold(notice, the_case, rules);
    const auto rendered = worded(row, leaving, the_case, rules, *attached, *channel);
    if (!rendered) {
        spdlog::error("notice {}: {}: {}", row.id, rendered.error().where, rendered.error().what);
        // An address or destination that cannot be: no later attempt will change that.
        if (rendered.error().code == Code::invalid_input) {
            return failed(row, now, rendered.error().what);
        }
        return try_later(row, now, "it could not be worded: " + rendered.error().what,
                         until_mended);
    }
    const Delivery delivery = channel->deliver(*rendered);
    if (delivery.to_mend) call_operator(notice.channel, delivery.reply, now);
    switch (delivery.outcome) {
        case Delivered::accepted:
            flood_.note(notice.ref, about, now);
            return {row.id, NoticeState::accepted, now, now, delivery.reply, rendered->bytes};
        case Delivered::try_again: return try_later(row, now, delivery.reply, delivery.after);
        case Delivered::never: return failed(row, now, delivery.reply);
    }
    return failed(row, now, "unknown outcome");
}

std::optional<Notice> Dispatch::other_way(const Notice& notice, const SendResult& result) const {
    const bool failed = result.state == NoticeState::failed;
    if (!failed && result.state != NoticeState::retrying) return std::nullopt;
    const ServedBoard* served = board_of(notice, {});
    if (served == nullptr) return std::nullopt;
    const Instant begun = notice.hold_until.value_or(notice.decided);
    const Instant limit = begun + patience_of(notice, served->board);
    if (!failed && result.not_before < limit) return std::nullopt;
    auto next = next_way(notice, served->directory);
    if (!next) return std::nullopt;
    const auto the_case = parts_.store.load(notice.ref);
    const bool over = the_case && *the_case && !still_owed(notice, **the_case);
    return over ? std::nullopt : std::move(next);
}

std::optional<Notice> Dispatch::failure_notice(const Notice& failed, std::int64_t id,
                                               Instant now) const {
    if (failed.to.role == "inbox") return std::nullopt;
    Case the_case;
    if (!failed.ref.empty()) {
        auto known = parts_.store.load(failed.ref);
        if (!known || !*known) return std::nullopt;
        the_case = std::move(**known);
    }
    const ServedBoard* served = board_of(failed, the_case);
    if (served == nullptr) return std::nullopt;
    const auto inbox =
        recipients(the_case, {Side::board, "inbox"}, parts_.rulebook.rules(*served, the_case),
                   failed.decided);
    if (inbox.empty()) return std::nullopt;
    Notice notice = failed;
    notice.kind = NoticeKind::prompt;
    notice.reason = Reason::delivery_failed;
    notice.rule = "delivery";
    notice.occurrence = static_cast<int>(id);
    notice.to = inbox.front();
    notice.channel = "mail";
    notice.destination = notice.to.address;
    notice.scheduled = now;
    notice.decided = now;
    notice.form.clear();
    notice.understood.clear();
    notice.in_reply_to.clear();
    notice.missing = {role_words(failed.to.role) + " (" + failed.to.agency + ")"};
    notice.ask =
        "A notice could not be delivered. Please reach this person another way and tell us "
        "their present address.";
    return notice;
}

SendResult Dispatch::send(const NoticeRow& row, Instant now) {
    try {
        return deliver(row, now);
    } catch (const std::exception& error) {
        spdlog::error("notice {}: {}", row.id, error.what());
        return try_later(row, now, "it could not be sent: internal error", until_mended);
    }
}

}  // namespace stageclock
