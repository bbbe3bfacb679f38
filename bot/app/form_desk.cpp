// SPDX-License-Identifier: MIT
#include "bot/app/form_desk.h"

#include <algorithm>
#include <utility>

#include "bot/app/form_values.h"
#include "bot/app/mail_acts.h"
#include "bot/app/mail_files.h"
#include "bot/app/mail_sender.h"
#include "bot/app/model_parts.h"
#include "bot/core/recipients.h"

namespace stageclock {
namespace {

constexpr const char* asked_source = "mail-form";     // a form whose sender was asked
constexpr const char* answer_source = "form-answer";  // what they said
constexpr const char* form_source = "form";           // the update
constexpr std::size_t largest_form = 10 << 20;   // bytes
constexpr std::size_t most_looked_at = 10;  // files of one mail
constexpr std::chrono::days valid{14};
constexpr std::string_view id_start = "mail:";

constexpr const char* altered_ask =
    "The reference inside the form was changed or lost, so it is not certain which case it belongs "
    "to. Nothing was recorded; the file is kept. Please fill in the form attached to our message "
    "and send that one back.";
constexpr const char* other_case_ask =
    "The form belongs to another case than the one your mail is about. Nothing was recorded; the "
    "file is kept. Please send it as an answer to the message it came with.";
constexpr const char* flat_ask =
    "The file has no fields that can be read: it was printed, scanned or saved as a picture or a "
    "plain PDF. Nothing was recorded; the file is kept, and the board was told that it came. "
    "Please fill in the form attached to our message and send that file back as it is, or answer "
    "in words.";
constexpr const char* unreadable_ask =
    " Nothing was recorded; the file is kept. Please fill in the form attached to our message and "
    "send that file back as it is.";
constexpr const char* said_already = "You have confirmed this form already: it is recorded.";
constexpr const char* said_wrong =
    "You have said that this form was not read rightly. Nothing was recorded.";
constexpr const char* too_late =
    "This form came too long ago to be confirmed. Nothing was recorded. Please send it again.";
constexpr const char* not_readable =
    "This form can no longer be read. Nothing was recorded. Please send it again.";

bool is_picture(const ReceivedFile& file) { return file.content_type.starts_with("image/"); }

KeptFile kept(const ReceivedFile& file, const IncomingMail& mail) {
    return {clean_file_name(file.name), file.content_type, file.size, file.sha256, mail.digest};
}

// The part its message asked for.
std::string part_of(const Notice& sent, const Policy& policy) {
    const Duty* duty = find_duty(policy, sent.rule);
    return duty == nullptr ? std::string() : duty->part;
}

std::string capacity_of(const Actor& by) {
    const std::string role = by.role.empty() ? "contact" : role_words(by.role);
    if (by.side == Side::board) return role + " of the board";
    if (by.side == Side::raising) return role + " of the raising side";
    if (by.side == Side::receiving) return role + " of the receiving side";
    return role + " of this case";
}

}  // namespace

Result<FoundForm> FormDesk::opened(const KeptFile& file, std::string_view bytes) const {
    FoundForm form;
    form.file = file;
    auto filled = parts_.reader.read(bytes);
    if (!filled) {
        form.kind = filled.error().code == Code::not_found ? FoundForm::Kind::flat
                                                           : FoundForm::Kind::unreadable;
        form.why = filled.error().what;
        return form;
    }
    form.filled = std::move(*filled);
    form.kind = FoundForm::Kind::altered;
    const auto number = parts_.seal.open(SealFor::returned, form.filled.mark);
    if (!number) return form;
    auto row = parts_.desk.notice(*number);
    if (!row && row.error().code != Code::not_found) return row.error();
    if (!row || !*row || (*row)->notice.form.empty()) return form;
    form.kind = FoundForm::Kind::read;
    form.ref = (*row)->notice.ref;
    form.sent = std::move(**row);
    return form;
}

// `asked`: the mail answers a message that came with a form, so that a file which is none any more
// was one before.
Result<std::optional<FoundForm>> FormDesk::look_at(const IncomingMail& mail,
                                                   const ReceivedFile& file, bool asked) const {
    const std::optional<FoundForm> none;
    if (file.embedded || file.sha256.empty() || file.size == 0) return none;
    FoundForm flat;
    flat.kind = FoundForm::Kind::flat;
    flat.file = kept(file, mail);
    if (is_picture(file)) return asked ? std::optional(flat) : none;
    if (file.size > largest_form) return none;
    const auto bytes = parts_.mails.file(mail.digest, file.sha256);
    if (!bytes) {
        if (bytes.error().code == Code::not_found) return none;
        return bytes.error();
    }
    if (!parts_.reader.knows(*bytes)) return none;
    auto form = opened(flat.file, *bytes);
    if (!form) return form.error();
    const bool marked = form->kind == FoundForm::Kind::read || !form->filled.mark.empty();
    if (!marked && !asked) return none;
    return std::optional(std::move(*form));
}

Result<std::optional<FoundForm>> FormDesk::find(const IncomingMail& mail,
                                                const std::optional<Notice>& answers) const {
    const bool asked = answers && !answers->form.empty();
    std::optional<FoundForm> best;
    std::size_t looked = 0;
    for (const ReceivedFile& file : mail.attachments) {
        if (++looked > most_looked_at) break;
        auto form = look_at(mail, file, asked);
        if (!form) return form.error();
        if (!*form) continue;
        const bool reads = (*form)->kind == FoundForm::Kind::read;
        const bool better = !best || (reads && best->kind != FoundForm::Kind::read);
        const int more = best && reads && !better ? best->more + 1 : 0;
        if (better) best = std::move(**form);
        best->more = std::max(best->more, more);
    }
    return best;
}

bool FormDesk::fits(const FoundForm& form, const std::string& ref) {
    return form.kind == FoundForm::Kind::read && form.ref == ref;
}

Done FormDesk::ask(const IncomingMail& mail, const FoundForm& form, const std::string& ref,
                   const Actor& by) {
    const bool fit = fits(form, ref);
    Notice notice =
        answer_to(parts_.desk, mail.id, by, ref, fit ? Reason::form_read : Reason::form_not_read);
    notice.in_reply_to = mail.message_id;
    std::vector<Notice> notices;
    switch (form.kind) {
        case FoundForm::Kind::read: notice.ask = fit ? "" : other_case_ask; break;
        case FoundForm::Kind::altered: notice.ask = altered_ask; break;
        case FoundForm::Kind::flat: notice.ask = flat_ask; break;
        case FoundForm::Kind::unreadable: notice.ask = form.why + unreadable_ask; break;
    }
    if (fit && form.more > 0) {
        notice.ask = "Your mail brought more than one form: this is about the first. Please send "
                     "each of the others in a mail of its own.";
    }
    const auto seen = parts_.desk.look(ref);
    if (!seen) return seen.error();
    if (fit) {
        const ServedBoard* served = parts_.rulebook.board(seen->the_case.board);
        if (served == nullptr) return Error{Code::unavailable, "its board is not served here", ""};
        const Rules rules = parts_.rulebook.rules(*served, seen->the_case);
        const Form* known = find_form(rules.policy, form.sent->notice.form);
        if (known != nullptr) notice.title = known->title;
    } else {
        notices = board_notices(parts_.desk, mail.id, seen->the_case.board, ref);
    }
    notices.push_back(std::move(notice));
    // Its own row of the outbox, beside what else is answered to the same mail.
    for (Notice& each : notices) each.rule = "form";
    const std::string body = fit ? waiting_body(mail.from_address, {form.file}) : "not read";
    const Done posted = parts_.store.post(
        notices, {asked_source, mail.id, mail.digest, ref, body, parts_.desk.now()});
    if (posted) parts_.posted();
    return posted;
}

// What the form said when it went out: as the case stood then.
Result<std::map<std::string, std::string>> FormDesk::values_sent(const Notice& sent,
                                                                 const Form& form,
                                                                 const Rules& rules) {
    const auto events = parts_.store.events(sent.ref);
    if (!events) return events.error();
    Case then;
    then.ref = sent.ref;
    for (const Event& event : *events) {
        // Where the clock stands still, a form may come back at the instant it went out.
        const bool later = event.kind == EventKind::form_returned ? event.recorded >= sent.decided
                                                                  : event.recorded > sent.decided;
        if (later) break;
        then = apply(std::move(then), event);
    }
    FormValues values = form_values(form, then, rules, sent.decided, sent.to.audience);
    carry_forward(values, form, then, parts_.layouts, sent.to.audience);
    return std::move(values.values);
}

Done FormDesk::read_again(const NoticeRow& row, Found& found) {
    const auto bytes = parts_.mails.file(found.file.mail, found.file.sha256);
    if (!bytes && bytes.error().code != Code::not_found) return bytes.error();
    found.page.over = not_readable;
    if (!bytes) return done();
    const auto form = opened(found.file, *bytes);
    if (!form) return form.error();
    if (!fits(*form, row.notice.ref)) return done();
    auto seen = parts_.desk.look(row.notice.ref);
    if (!seen && seen.error().code != Code::not_found) return seen.error();
    if (!seen) return done();
    found.the_case = std::move(seen->the_case);
    found.served = parts_.rulebook.board(found.the_case.board);
    if (found.served == nullptr) return done();
    const Rules rules = parts_.rulebook.rules(*found.served, found.the_case);
    found.form = find_form(rules.policy, form->sent->notice.form);
    found.by = form_sender(found.the_case, rules.directory, form->sent->notice, "", found.from);
    if (found.form == nullptr || !found.by) return done();
    const auto layout = parts_.layouts.find(found.form->layout);
    if (layout == parts_.layouts.end()) return done();
    const auto sent = values_sent(form->sent->notice, *found.form, rules);
    if (!sent) return sent.error();
    found.judged = judge_form(layout->second, form->filled.values, *sent);
    found.returned = found.judged.returned;
    found.returned.form = found.form->id;
    found.returned.part = part_of(form->sent->notice, rules.policy);
    found.returned.sha256 = found.file.sha256;
    found.page.over.clear();
    return done();
}

Result<FormDesk::Found> FormDesk::found(const NoticeRow& row) {
    const Error none{Code::not_found, "nothing is to be confirmed here", ""};
    const Notice& asked = row.notice;
    if (asked.reason != Reason::form_read || !asked.to.id.starts_with(id_start)) return none;
    Found found;
    found.mail = asked.to.id.substr(id_start.size());
    found.from = asked.to.address;
    auto files = waiting_files(parts_.store, asked_source, found.mail);
    if (!files) return files.error();
    if (files->empty()) return none;
    found.file = std::move(files->front());
    FormPage& page = found.page;
    page.ref = asked.ref;
    page.title = asked.title;
    page.came = to_words(asked.decided, parts_.desk.zone());
    const auto before = parts_.store.answer(answer_source, found.mail);
    if (!before) return before.error();
    const auto acted = parts_.store.answer(form_source, found.mail);
    if (!acted) return acted.error();
    if (*before && (*before)->body == "wrong") {
        page.over = said_wrong;
    } else if (*before || *acted) {
        page.over = said_already;
    } else if (parts_.desk.now() - asked.decided > valid) {
        page.over = too_late;
    } else if (const Done read = read_again(row, found); !read) {
        return read.error();
    }
    if (!page.over.empty()) return found;
    page.board = found.served->board.name;
    page.capacity = capacity_of(*found.by);
    page.lines = found.judged.lines;
    page.missing = found.judged.missing;
    page.doubtful = found.judged.doubtful;
    page.may_resolve = found.the_case.open() && page.missing.empty() &&
                       !found.returned.use(to_text(FieldUse::outcome)).empty();
    return found;
}

Result<FormPage> FormDesk::page(const NoticeRow& row) {
    auto it = found(row);
    if (!it) return it.error();
    return std::move(it->page);
}

Done FormDesk::settle(const Found& found, const std::string& how) {
    return parts_.store.post(
        {}, {answer_source, found.mail, how, found.page.ref, how, parts_.desk.now()});
}

Result<FormAnswered> FormDesk::record(const Found& found, FormChoice choice) {
    Update update;
    update.kind = UpdateKind::return_form;
    update.source = form_source;
    update.id = found.mail;
    update.digest = found.file.sha256;
    update.ref = found.page.ref;
    update.by = *found.by;
    update.returned = found.returned;
    update.resolves = choice == FormChoice::resolve;
    update.files = {found.file};
    const Answer answer = parts_.desk.submit(std::move(update));
    FormAnswered answered;
    answered.page = found.page;
    switch (answer.kind) {
        case Answer::Kind::accepted:
        case Answer::Kind::repeated:
            answered.kind = FormAnswered::Kind::recorded;
            answered.resolved = choice == FormChoice::resolve;
            break;
        case Answer::Kind::refused:
            answered.kind = FormAnswered::Kind::refused;
            if (answer.refusal) {
                answered.refusal = answer.refusal->what;
                answered.clauses = answer.refusal->clauses;
            }
            return answered;
        case Answer::Kind::conflict:
        case Answer::Kind::unavailable:
            return Error{Code::unavailable, "the form could not be recorded", ""};
    }
    if (const Done settled = settle(found, "recorded"); !settled) return settled.error();
    return answered;
}

Result<FormAnswered> FormDesk::answer(const NoticeRow& row, FormChoice choice) {
    const std::lock_guard lock(mutex_);
    const auto it = found(row);
    if (!it) return it.error();
    FormAnswered answered;
    answered.page = it->page;
    if (!it->page.over.empty()) {
        answered.kind = FormAnswered::Kind::over;
        return answered;
    }
    if (choice == FormChoice::wrong) {
        const Done kept = parts_.store.set_aside(
            {form_source, it->mail, "its sender says that a form was not read rightly", "",
             parts_.desk.now()});
        if (!kept) return kept.error();
        if (const Done settled = settle(*it, "wrong"); !settled) return settled.error();
        answered.kind = FormAnswered::Kind::dropped;
        return answered;
    }
    if (!it->page.missing.empty() || (choice == FormChoice::resolve && !it->page.may_resolve)) {
        answered.kind = FormAnswered::Kind::incomplete;
        return answered;
    }
    return record(*it, choice);
}

}  // namespace stageclock
