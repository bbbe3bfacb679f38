// SPDX-License-Identifier: MIT
#include "bot/app/mail_intake.h"

#include <algorithm>
#include <exception>

#include "bot/app/mail_claims.h"
#include "bot/app/mail_files.h"
#include "bot/app/mail_sender.h"
#include "bot/app/sealed_address.h"

namespace stageclock {
namespace {

constexpr const char* source = "mail";
constexpr const char* answer_source = "mail-answer";
constexpr int most_attempts = 2;              // the third finds a process that died twice
constexpr std::size_t answers_per_hour = 10;  // to one sender: no loop lasts
constexpr std::size_t board_notices_per_hour = 30;
constexpr std::size_t longest_kept_text = 64 << 10;
constexpr char between_texts = '\f';  // new_text() never has one
constexpr std::chrono::minutes normal_delay{5};

constexpr const char* for_stranger =
    "We could not tell who you are, so nothing was changed. Your mail is kept, and a person at "
    "the board will look at it.";
// What makes a mail the same mail: not the fields each delivery adds (Received, Delivered-To).
std::string content_print(const IncomingMail& mail) {
    return print_of({mail.from_address, mail.subject, mail.text});
}

void append(std::vector<std::string>& lines, const std::vector<std::string>& more) {
    lines.insert(lines.end(), more.begin(), more.end());
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

Handled MailIntake::take(const IncomingMail& mail) {
    try {
        const auto handled = take_counted(mail);
        forget_attempt(mail.id);
        return handled;
    } catch (const std::exception&) {
        forget_attempt(mail.id);
        const auto kept =
            store_.set_aside({source, mail.id, "it could not be read", mail.original, desk_.now()});
        return kept ? Handled::aside : Handled::later;
    }
}

Handled MailIntake::unreadable(const std::string& path, const std::string& why) {
    const auto id = "file:" + path.substr(path.rfind('/') + 1);
    const auto kept = store_.set_aside({source, id, why, path, desk_.now()});
    return kept ? Handled::aside : Handled::later;
}

Handled MailIntake::take_counted(const IncomingMail& mail) {
    const auto before = store_.answer(answer_source, mail.id);
    if (!before) return Handled::later;
    if (*before && (*before)->digest != content_print(mail)) {
        const auto kept = store_.set_aside({source, mail.id, "its Message-ID was used before",
                                            mail.original, desk_.now()});
        return kept ? Handled::aside : Handled::later;
    }
    if (*before) return first_line((*before)->body) == "done" ? Handled::done : Handled::aside;

    const auto too_often = attempted_too_often(mail);
    if (!too_often) return Handled::later;
    if (*too_often)
        return finish(mail, {Handled::aside, "set aside after killing the process twice", "", {}});
    if (mail.writer.kind != Writer::Kind::person) {
        const auto ending = robots_.take(mail);
        if (ending.handled == Handled::later) return Handled::later;
        return finish(mail, {ending.handled, ending.why, "", {}});
    }
    if (!mail.from_address.empty() && folded(mail.from_address) == folded(settings_.mail_from))
        return finish(mail, {Handled::aside, "automatic mail: from our own address", "", {}});
    return judge(mail);
}

// An attempt this process counted cannot have killed it: each mail is counted once a process.
Result<bool> MailIntake::attempted_too_often(const IncomingMail& mail) {
    if (counted_.contains(mail.id)) return false;
    const auto attempts = store_.count_attempt(source, mail.id);
    if (!attempts) return attempts.error();
    counted_.insert(mail.id);
    return *attempts > most_attempts;
}

void MailIntake::forget_attempt(const std::string& id) {
    if (counted_.contains(id) && store_.forget_attempt(source, id)) counted_.erase(id);
}

Handled MailIntake::judge(const IncomingMail& mail) {
    const auto answered = answered_notice(mail);
    if (!answered) return Handled::later;
    Letter letter{mail, {mail.subject, mail.text}, is_proven(mail, settings_.authserv_id)};
    const auto boards = known_boards(desk_);
    if (*answered) {
        letter.proven = true;
        letter.answers = *answered;
        const auto& ref = (*answered)->ref;
        const bool named = !reference_in({mail.subject, ""}, boards).empty();
        if (!ref.empty() && !named) letter.text.subject = "[" + ref + "] " + mail.subject;
    }
    const auto ref = reference_in(letter.text, boards);
    if (forms_ != nullptr) {
        const auto form = forms_->find(mail, letter.answers);
        if (!form) return Handled::later;
        const bool about = *form && (!ref.empty() || !(*form)->ref.empty());
        if (about) return judge_form(letter, ref, **form);
    }
    return ref.empty() ? judge_raise(letter) : judge_update(letter, ref);
}

// The notice whose own address this mail came to, when its sender is who that notice went to: a
// stranger can copy the address from a forwarded mail.
Result<std::optional<Notice>> MailIntake::answered_notice(const IncomingMail& mail) {
    if (seal_ == nullptr || mail.from_address.empty()) return std::optional<Notice>{};
    for (const auto& address : mail.to) {
        const auto id = row_of_address(SealFor::reply, address, settings_, *seal_);
        if (!id) continue;
        const auto row = desk_.notice(*id);
        if (!row && row.error().code == Code::not_found) continue;
        if (!row) return row.error();
        if (*row && folded((*row)->notice.to.address) == folded(mail.from_address))
            return std::optional((*row)->notice);
    }
    return std::optional<Notice>{};
}

// Whoever was asked to act on the case may, although their post is of no agency of it.
std::optional<Actor> MailIntake::asked_of(const Letter& letter, const std::string& ref) {
    if (!letter.answers || letter.answers->ref != ref) return std::nullopt;
    const auto kind = letter.answers->kind;
    if (kind != NoticeKind::prompt && kind != NoticeKind::reminder) return std::nullopt;
    const auto& to = letter.answers->to;
    return Actor{to.side, to.role, to.name.empty() ? letter.mail.from_name : to.name, to.address};
}

Handled MailIntake::judge_update(const Letter& letter, const std::string& ref) {
    const auto& mail = letter.mail;
    const auto boards = known_boards(desk_);
    const auto found = desk_.look(ref);
    if (!found && found.error().code != Code::not_found) return Handled::later;
    // Whoever may not see a case is told the same whether it exists or not.
    if (!found) return refuse_stranger(mail, "", "", "it names no case we have");
    const auto& the_case = found->the_case;
    const auto sender = sender_on(letter, the_case);
    if (!sender)
        return refuse_stranger(mail, the_case.board, ref,
                               letter.proven ? "its sender has no part in it"
                                             : "its sender is not proven");
    const auto understood = understand(
        letter.text, {boards, desk_.zone(), the_case.board, sender->side, sender->role});
    if (!letter.proven) return claim(letter, understood, *sender, the_case);
    if (understood.kind == Understood::Kind::certain) return act(mail, understood, *sender);
    return ask_back(mail, understood, *sender, {});
}

// The sender's place on the case; of a form, also that of the reader it was sent to.
std::optional<Actor> MailIntake::sender_on(const Letter& letter, const Case& the_case,
                                           const FoundForm* form) const {
    const auto* directory = desk_.directory(the_case.board);
    if (directory == nullptr) return asked_of(letter, the_case.ref);
    const auto& mail = letter.mail;
    const bool sent = form != nullptr && form->sent;
    auto sender = sent ? form_sender(the_case, *directory, form->sent->notice, mail.from_name,
                                     mail.from_address)
                       : place_on(the_case, *directory, mail);
    return sender ? sender : asked_of(letter, the_case.ref);
}

// What a form says is recorded when its sender has confirmed it on a page, whose link goes to their
// address alone: no other proof is needed. What the mail itself says is done beside it when it is
// certain; else the form is all it is about.
Handled MailIntake::judge_form(const Letter& letter, const std::string& named,
                               const FoundForm& form) {
    const auto& mail = letter.mail;
    const auto& ref = named.empty() ? form.ref : named;
    const auto found = desk_.look(ref);
    if (!found && found.error().code != Code::not_found) return Handled::later;
    if (!found) return refuse_stranger(mail, "", "", "it names no case we have");
    const auto& the_case = found->the_case;
    const bool fits = FormDesk::fits(form, ref);
    const auto sender = sender_on(letter, the_case, fits ? &form : nullptr);
    if (!sender || !may_tell(mail.from_address, answers_per_hour))
        return refuse_stranger(mail, the_case.board, ref, "a form from somebody without a part");
    if (!forms_->ask(mail, form, ref, *sender)) return Handled::later;
    told_.note(folded(mail.from_address), desk_.now());
    const auto understood =
        understand(letter.text, {known_boards(desk_), desk_.zone(), the_case.board, sender->side,
                                 sender->role});
    if (letter.proven && understood.kind == Understood::Kind::certain)
        return act(mail, understood, *sender);
    if (fits) return finish(mail, {Handled::done, "", "", {}});
    return finish(mail, {Handled::aside, "a form that could not be read", "", {}});
}

Handled MailIntake::judge_raise(const Letter& letter) {
    const auto& mail = letter.mail;
    const auto boards = boards_open_to(desk_, mail.from_address);
    if (boards.empty()) return refuse_stranger(mail, "", "", "its sender is not known");
    const auto board = boards.size() == 1 ? boards.front().board.id : "";
    auto earlier = texts_completed_by(mail);
    if (!earlier) return Handled::later;
    auto completed = letter;
    completed.text.earlier = *earlier;
    const auto understood =
        understand(completed.text, {boards, desk_.zone(), board, Side::raising});
    const Actor sender{Side::raising, "practitioner", mail.from_name, mail.from_address};
    if (!letter.proven) {
        Case none;
        none.board = understood.board.empty() ? board : understood.board;
        return claim(completed, understood, sender, none);
    }
    if (understood.kind == Understood::Kind::certain) return act(mail, understood, sender);
    earlier->push_back(new_text(mail.text));
    return ask_back(mail, understood, sender, std::move(*earlier));
}

// Nothing is done before whoever has that address says that the mail is theirs. A person looks at
// it when it is not certain what to ask them, or there is no page to ask on.
Handled MailIntake::claim(const Letter& letter, const Understood& understood, const Actor& sender,
                          const Case& the_case) {
    const auto& mail = letter.mail;
    const Claim made{happened_by_delivery(mail).value_or(desk_.now()),
                     the_case.stage,
                     the_case.open(),
                     the_case.ref,
                     the_case.board,
                     mail.from_address,
                     mail.from_name,
                     letter.text.subject,
                     letter.text.text,
                     letter.text.earlier};
    const auto kept = to_kept(made);
    if (understood.kind != Understood::Kind::certain || kept.empty() ||
        settings_.public_url.empty() || !may_tell(mail.from_address, answers_per_hour))
        return refuse_stranger(mail, the_case.board, the_case.ref, "its sender is not proven");
    const auto brought = files_brought_by(store_, mail, the_case.ref);
    if (!brought || !let_files_wait(store_, claimed_files_source, mail, the_case.ref, *brought,
                                    desk_.now()))
        return Handled::later;
    Ending ending{Handled::aside, "its sender is not proven and was asked to confirm it", kept, {}};
    auto notice = answer_to(mail, sender, the_case.ref, Reason::mail_claimed);
    notice.board = the_case.board;
    notice.stage = the_case.stage;
    notice.understood = understood.understood;
    append(notice.understood, counted_lines(*brought));
    ending.notices.push_back(std::move(notice));
    return finish(mail, ending);
}

Done MailIntake::let_wait(const IncomingMail& mail, const std::string& ref,
                          const std::vector<KeptFile>& files) {
    return let_files_wait(store_, asked_files_source, mail, ref, files, desk_.now());
}

Handled MailIntake::act(const IncomingMail& mail, const Understood& understood,
                        const Actor& sender) {
    const auto brought = files_brought_by(store_, mail, understood.ref);
    if (!brought) return Handled::later;
    const auto files = sort_files(*brought);
    const auto done = submit_all(desk_, {mail.id, content_print(mail)}, understood, sender,
                                 happened_by_delivery(mail), files);
    if (done.kind == Submitted::Kind::unavailable) return Handled::later;
    if (done.kind == Submitted::Kind::reused)
        return finish(mail, {Handled::aside, "its Message-ID was used before", "", {}});
    Ending ending;
    auto told = understood.understood;
    append(told, done.filed ? to_lines(files) : waiting_lines(*brought));
    if (done.refusal) {
        if (!done.filed && !let_wait(mail, understood.ref, *brought)) return Handled::later;
        auto notice = answer_to(mail, sender, done.ref, Reason::mail_not_understood);
        notice.ask = done.refusal->what;
        notice.clauses = done.refusal->clauses;
        notice.understood = std::move(told);
        add_answer(ending, std::move(notice));
        ending.handled = Handled::aside;
        ending.why = "refused: " + std::string(to_text(done.refusal->reason));
    } else if (done.unheard) {
        auto notice = answer_to(mail, sender, done.ref, Reason::mail_understood);
        notice.understood = std::move(told);
        add_answer(ending, std::move(notice));
    }
    return finish(mail, ending);
}

Handled MailIntake::ask_back(const IncomingMail& mail, const Understood& understood,
                             const Actor& sender, std::vector<std::string> texts) {
    const auto brought = files_brought_by(store_, mail, understood.ref);
    if (!brought || !let_wait(mail, understood.ref, *brought)) return Handled::later;
    const bool incomplete = understood.kind == Understood::Kind::incomplete;
    Ending ending{Handled::aside, "it could not be understood", "", {}};
    if (incomplete) {
        ending.why = "a raise that lacks something; its sender was asked";
        ending.kept = folded(mail.from_address);
        for (const auto& text : texts) ending.kept += between_texts + text;
        if (ending.kept.size() > longest_kept_text) ending.kept.clear();
    }
    auto notice = answer_to(mail, sender, understood.ref,
                            incomplete ? Reason::mail_incomplete : Reason::mail_not_understood);
    notice.board = understood.board;
    notice.ask = understood.ask;
    notice.understood = understood.understood;
    append(notice.understood, waiting_lines(*brought));
    notice.missing = understood.missing;
    add_answer(ending, std::move(notice));
    tell_board(ending, mail, understood.board, understood.ref);
    return finish(mail, ending);
}

Handled MailIntake::refuse_stranger(const IncomingMail& mail, const std::string& board,
                                    const std::string& ref, const std::string& why) {
    Ending ending{Handled::aside, why, "", {}};
    if (!mail.from_address.empty()) {
        // Neither the name the mail gives nor the case: a forged sender learns and spreads nothing.
        const Actor stranger{Side::none, "", "", mail.from_address};
        auto notice = answer_to(mail, stranger, "", Reason::mail_not_understood);
        notice.board = board;
        notice.ask = for_stranger;
        add_answer(ending, std::move(notice));
    }
    tell_board(ending, mail, board, ref);
    return finish(mail, ending);
}

// The list first, the answer row last: a crash between them shows the mail twice, never not at all.
Handled MailIntake::finish(const IncomingMail& mail, const Ending& ending) {
    const auto now = desk_.now();
    if (ending.handled == Handled::aside &&
        !store_.set_aside({source, mail.id, ending.why, mail.original, now}))
        return Handled::later;
    if (ending.handled == Handled::done && ending.notices.empty()) return Handled::done;
    const StoredAnswer row{answer_source, mail.id, content_print(mail), "",
                           (ending.handled == Handled::done ? "done\n" : "aside\n") + ending.kept,
                           now};
    if (!store_.post(ending.notices, row)) return Handled::later;
    for (const auto& notice : ending.notices) told_.note(folded(notice.destination), now);
    return ending.handled;
}

// The texts of the incomplete raise this mail answers, when the same person sent it.
Result<std::vector<std::string>> MailIntake::texts_completed_by(const IncomingMail& mail) {
    std::vector<std::string> texts;
    for (const auto& id : mail.references) {
        const auto row = store_.answer(answer_source, id);
        if (!row) return row.error();
        if (!*row) continue;
        const auto& body = (*row)->body;
        auto kept = body.substr(std::min(body.find('\n') + 1, body.size()));
        const auto end = kept.find(between_texts);
        if (end == std::string::npos || kept.substr(0, end) != folded(mail.from_address)) continue;
        texts.clear();  // a later one holds the earlier ones already
        for (auto at = end; at != std::string::npos; ) {
            const auto next = kept.find(between_texts, at + 1);
            texts.push_back(kept.substr(at + 1, next == std::string::npos ? next : next - at - 1));
            at = next;
        }
    }
    return texts;
}

// A mail that waited while we were down counts from its delivery: deadlines never move because of
// us. A sandbox has a time of its own, which files do not know.
std::optional<Instant> MailIntake::happened_by_delivery(const IncomingMail& mail) const {
    if (desk_.sandbox() || !mail.arrived || *mail.arrived + normal_delay > desk_.now())
        return std::nullopt;
    return mail.arrived;
}

Notice MailIntake::answer_to(const IncomingMail& mail, const Actor& sender, const std::string& ref,
                             Reason reason) const {
    auto notice = stageclock::answer_to(desk_, mail.id, sender, ref, reason);
    notice.in_reply_to = mail.message_id;
    return notice;
}

void MailIntake::add_answer(Ending& ending, Notice notice) {
    if (may_tell(notice.destination, answers_per_hour)) ending.notices.push_back(std::move(notice));
}

void MailIntake::tell_board(Ending& ending, const IncomingMail& mail, const std::string& board,
                            const std::string& ref) {
    for (auto& notice : board_notices(desk_, mail.id, board, ref))
        if (may_tell(notice.destination, board_notices_per_hour))
            ending.notices.push_back(std::move(notice));
}

// At most so many within an hour. Kept in memory: after a restart the count starts anew.
bool MailIntake::may_tell(const std::string& address, std::size_t most) {
    return told_.of(folded(address), desk_.now()) < most;
}

}  // namespace stageclock
