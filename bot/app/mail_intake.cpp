// SPDX-License-Identifier: MIT
#include "bot/app/mail_intake.h"

#include <algorithm>
#include <cstdint>
#include <exception>

#include "bot/app/mail_sender.h"

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
constexpr const char* for_board =
    "A mail to this service could not be acted on and is kept for a person to look at: see the "
    "list of mails set aside. Nothing was changed by it.";

// What makes a mail the same mail: not the fields each delivery adds (Received, Delivered-To).
// FNV-1a: it tells repeats from reuse of a Message-ID, and need not withstand anybody else, since
// only the sender's own words go in.
std::string content_print(const IncomingMail& mail) {
    std::uint64_t hash = 14695981039346656037u;
    for (const auto& part : {mail.from_address, mail.subject, mail.text}) {
        for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
        hash = (hash ^ 0x100u) * 1099511628211u;
    }
    std::string hex;
    for (int shift = 60; shift >= 0; shift -= 4) hex += "0123456789abcdef"[(hash >> shift) & 15u];
    return hex;
}

// Kinds whose sender is told by the case itself: the receipt of a raise, the outcome of a closing.
bool told_by_the_case(UpdateKind kind) {
    return kind == UpdateKind::raise || kind == UpdateKind::resolve ||
           kind == UpdateKind::withdraw || kind == UpdateKind::reopen;
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
    const auto ref = reference_in({mail.subject, mail.text}, known_boards());
    return ref.empty() ? judge_raise(mail) : judge_update(mail, ref);
}

Handled MailIntake::judge_update(const IncomingMail& mail, const std::string& ref) {
    const auto boards = known_boards();
    const auto found = desk_.look(ref);
    if (!found && found.error().code != Code::not_found) return Handled::later;
    // Whoever may not see a case is told the same whether it exists or not.
    if (!found) return refuse_stranger(mail, "", "", "it names no case we have");
    const auto& the_case = found->the_case;
    const auto* directory = desk_.directory(the_case.board);
    if (!is_proven(mail, settings_.authserv_id))
        return refuse_stranger(mail, the_case.board, ref, "its sender is not proven");
    const auto sender = directory != nullptr ? place_on(the_case, *directory, mail) : std::nullopt;
    if (!sender) return refuse_stranger(mail, the_case.board, ref, "its sender has no part in it");
    const auto understood =
        understand({mail.subject, mail.text}, {boards, desk_.zone(), the_case.board, sender->side});
    if (understood.kind == Understood::Kind::certain) return act(mail, understood, *sender);
    return ask_back(mail, understood, *sender, {});
}

Handled MailIntake::judge_raise(const IncomingMail& mail) {
    std::vector<KnownBoard> boards;
    for (const auto& known : known_boards())
        if (may_raise(known.board, known.directory, mail.from_address)) boards.push_back(known);
    if (boards.empty()) return refuse_stranger(mail, "", "", "its sender is not known");
    const auto board = boards.size() == 1 ? boards.front().board.id : "";
    if (!is_proven(mail, settings_.authserv_id))
        return refuse_stranger(mail, board, "", "its sender is not proven");
    auto earlier = texts_completed_by(mail);
    if (!earlier) return Handled::later;
    const auto understood = understand({mail.subject, mail.text, *earlier},
                                       {boards, desk_.zone(), board, Side::raising});
    const Actor sender{Side::raising, "practitioner", mail.from_name, mail.from_address};
    if (understood.kind == Understood::Kind::certain) return act(mail, understood, sender);
    earlier->push_back(new_text(mail.text));
    return ask_back(mail, understood, sender, std::move(*earlier));
}

Handled MailIntake::act(const IncomingMail& mail, const Understood& understood,
                        const Actor& sender) {
    std::optional<Refusal> refusal;
    bool unheard = false;  // something was done that its sender would hear nothing of
    std::string ref = understood.ref;
    for (std::size_t i = 0; i < understood.updates.size(); ++i) {
        auto update = understood.updates[i];
        update.source = source;
        update.id = mail.id + (i == 0 ? "" : "#" + std::to_string(i + 1));
        update.digest = content_print(mail);
        update.by = sender;
        update.received = desk_.now();
        if (!update.happened) update.happened = happened_by_delivery(mail);
        unheard = unheard || !told_by_the_case(update.kind);
        const auto answer = desk_.submit(std::move(update));
        if (answer.kind == Answer::Kind::unavailable) return Handled::later;
        if (answer.kind == Answer::Kind::conflict)
            return finish(mail, {Handled::aside, "its Message-ID was used before", "", {}});
        if (answer.kind == Answer::Kind::refused && !refusal) refusal = answer.refusal;
        if (!answer.ref.empty()) ref = answer.ref;
    }
    Ending ending;
    if (refusal) {
        auto notice = answer_to(mail, sender, ref, Reason::mail_not_understood);
        notice.ask = refusal->what;
        notice.clauses = refusal->clauses;
        notice.understood = understood.understood;
        add_answer(ending, std::move(notice));
        ending.handled = Handled::aside;
        ending.why = "refused: " + std::string(to_text(refusal->reason));
    } else if (unheard) {
        auto notice = answer_to(mail, sender, ref, Reason::mail_understood);
        notice.understood = understood.understood;
        add_answer(ending, std::move(notice));
    }
    return finish(mail, ending);
}

Handled MailIntake::ask_back(const IncomingMail& mail, const Understood& understood,
                             const Actor& sender, std::vector<std::string> texts) {
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
    for (const auto& notice : ending.notices) told_.emplace_back(now, folded(notice.destination));
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

std::vector<KnownBoard> MailIntake::known_boards() const {
    std::vector<KnownBoard> known;
    for (const auto* board : desk_.boards()) {
        const auto* policy = desk_.policy(board->id);
        const auto* directory = desk_.directory(board->id);
        if (policy != nullptr && directory != nullptr)
            known.push_back({*board, *policy, *directory});
    }
    return known;
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
    Notice notice;
    notice.ref = ref;
    notice.rule = "mail";
    notice.kind = NoticeKind::receipt;
    notice.reason = reason;
    notice.to.id = "mail:" + mail.id;
    notice.to.side = sender.side;
    notice.to.role = sender.role;
    notice.to.name = sender.name;
    notice.to.address = sender.address;
    notice.channel = "mail";
    notice.destination = sender.address;
    notice.scheduled = desk_.now();
    notice.decided = notice.scheduled;
    notice.in_reply_to = mail.message_id;
    return notice;
}

void MailIntake::add_answer(Ending& ending, Notice notice) {
    if (may_tell(notice.destination, answers_per_hour)) ending.notices.push_back(std::move(notice));
}

void MailIntake::tell_board(Ending& ending, const IncomingMail& mail, const std::string& board,
                            const std::string& ref) {
    const auto boards = desk_.boards();
    const auto id = board.empty() && boards.size() == 1 ? boards.front()->id : board;
    const auto* directory = desk_.directory(id);
    if (directory == nullptr) return;
    for (const auto* post : posts_for(*directory, "", "inbox", {})) {
        const std::string& address = address_of(*post);
        if (address.empty() || !may_tell(address, board_notices_per_hour)) continue;
        auto notice =
            answer_to(mail, {Side::board, post->role, "", address}, ref, Reason::mail_kept);
        notice.board = id;
        notice.kind = NoticeKind::copy;
        notice.to.id += ":" + post->id;
        notice.to.title = post->title;
        notice.to.audience = Audience::board;
        notice.in_reply_to.clear();  // the board never saw that mail
        notice.ask = for_board;
        ending.notices.push_back(std::move(notice));
    }
}

// At most so many within an hour. Kept in memory: after a restart the count starts anew.
bool MailIntake::may_tell(const std::string& address, std::size_t most) {
    const auto hour_ago = desk_.now() - std::chrono::hours(1);
    while (!told_.empty() && told_.front().first <= hour_ago) told_.pop_front();
    const auto wanted = folded(address);
    const auto told = std::ranges::count_if(
        told_, [&](const auto& each) { return each.second == wanted; });
    return static_cast<std::size_t>(told) < most;
}

}  // namespace stageclock
