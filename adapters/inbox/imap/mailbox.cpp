// SPDX-License-Identifier: MIT
#include "adapters/inbox/imap/mailbox.h"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "adapters/support/crypto.h"
#include "adapters/support/kept_mail.h"
#include "adapters/support/mail_parse.h"

namespace stageclock::imap {
namespace {

constexpr std::size_t largest_mail = 10 << 20;
constexpr std::size_t described_at_once = 100;
constexpr int most_tries = 3;

const Error no_folder{Code::refused,
                      "the mail server does not let us open the folder of mail.imap.folder",
                      "mail.imap.folder"};

}  // namespace

Mailbox::Mailbox(ImapSettings settings, std::string data_dir, const Clock& clock)
    : settings_(std::move(settings)),
      clock_(clock),
      data_dir_(std::move(data_dir)),
      digest_(crypto::sha256_hex(settings_.user + "\n" + settings_.folder)) {}

Done Mailbox::select(Session& session) {
    const auto selected = session.run("SELECT " + *folder_argument(settings_.folder));
    if (!selected) return selected.error();
    if (!selected->ok) return no_folder;
    if (selected->code == "READ-ONLY") {
        return Error{Code::refused,
                     "the mail server lets us read the folder of mail.imap.folder only, and "
                     "handled mail must leave it",
                     "mail.imap.folder"};
    }
    const auto numbers = numbers_of(session, *selected);
    if (!numbers) return numbers.error();
    const auto path = data_dir_ + "/mailbox.state";
    if (!state_) {
        auto read = read_state(path);
        if (!read) return read.error();
        state_ = *std::move(read);
    }
    const bool known = state_ && state_->mailbox == digest_;
    // Numbers never go back, unless the mailbox was made anew by a server that does not say so.
    if (known && state_->uid_validity == numbers->uid_validity &&
        state_->first_uid <= numbers->next_uid) {
        return done();
    }
    settled_.clear();
    tries_.clear();
    left_alone_.clear();
    const auto begun = known ? begin_again(*numbers) : begin(*numbers);
    const auto kept = begun ? write_state(path, *state_) : begun;
    if (!kept) state_.reset();
    return kept;
}

Result<Mailbox::Numbers> Mailbox::numbers_of(Session& session, const Session::Answer& selected) {
    Numbers numbers;
    for (const auto& response : selected.data) {
        if (response.word == "EXISTS") numbers.messages = response.number;
        const auto code = std::string_view(response.code);
        if (code.starts_with("UIDVALIDITY "))
            numbers.uid_validity = number_of(code.substr(12)).value_or(0);
        if (code.starts_with("UIDNEXT ")) numbers.next_uid = number_of(code.substr(8)).value_or(0);
    }
    if (numbers.uid_validity == 0) {
        return Error{Code::unavailable, "the mail server does not number its mails for good",
                     "mail.imap.folder"};
    }
    if (numbers.next_uid == 0) {  // older servers do not say
        const auto all = search(session, "ALL");
        if (!all) return all.error();
        numbers.next_uid = all->empty() ? 1 : all->back() + 1;
    }
    return numbers;
}

Done Mailbox::begin(const Numbers& numbers) {
    const bool all = settings_.import_existing;
    state_ = MailboxState{digest_, numbers.uid_validity, all ? 1 : numbers.next_uid,
                          all ? Instant{} : clock_.now(), false};
    if (!all && numbers.messages > 0) {
        spdlog::warn(
            "first connect to the mailbox: {} mails that are there already are left alone and "
            "nobody is answered. If any of them came for stageclock while it was down, set "
            "mail.imap.import_existing and remove DATA/mailbox.state.",
            numbers.messages);
    }
    return done();
}

// The same mailbox under new numbers: it was restored or moved. Those we handled have left it, and
// one that did not is known by its Message-ID.
Done Mailbox::begin_again(const Numbers& numbers) {
    spdlog::warn("the mail server numbers the mailbox anew: what came since {} is looked at again",
                 to_rfc3339(state_->since));
    state_->uid_validity = numbers.uid_validity;
    state_->first_uid = numbers.next_uid;
    state_->rescan = true;
    return done();
}

Result<std::vector<std::uint32_t>> Mailbox::search(Session& session, const std::string& what) {
    const auto answer = session.run("UID SEARCH " + what);
    if (!answer) return answer.error();
    if (!answer->ok)
        return Error{Code::unavailable, "the mail server refuses to search the mailbox", ""};
    return found(answer->data);
}

Result<std::vector<std::uint32_t>> Mailbox::waiting(Session& session) {
    // Without UIDPLUS what was copied away can only be marked as deleted.
    const bool stays = !session.can("MOVE") && !session.can("UIDPLUS");
    const std::string only = stays ? " UNDELETED" : "";
    const auto first = std::to_string(state_->first_uid);
    auto uids = search(session, "UID " + first + ":*" + only);
    if (!uids) return uids;
    // "N:*" also means the last one, whatever its number (RFC 3501 section 9, seq-range).
    std::erase_if(*uids, [this](std::uint32_t uid) { return uid < state_->first_uid; });
    if (state_->rescan && state_->first_uid > 1) {
        auto earlier = search(session, "UID 1:" + std::to_string(state_->first_uid - 1) +
                                           " SINCE " + search_day_before(state_->since) + only);
        if (!earlier) return earlier;
        std::erase_if(*earlier, [this](std::uint32_t uid) { return left_alone_.contains(uid); });
        uids->insert(uids->begin(), earlier->begin(), earlier->end());
    }
    return uids;
}

Result<std::vector<Fetched>> Mailbox::describe(Session& session,
                                               const std::vector<std::uint32_t>& uids) {
    auto answer = session.run("UID FETCH " + uid_set(uids) + " (UID RFC822.SIZE INTERNALDATE)");
    if (!answer) return answer.error();
    std::vector<Fetched> out;
    for (auto& response : answer->data) {
        auto about = fetched(std::move(response));
        // One that is not among them, or without a size, was told of unasked.
        if (about && about->size && std::binary_search(uids.begin(), uids.end(), about->uid))
            out.push_back(*std::move(about));
    }
    std::sort(out.begin(), out.end(),
              [](const Fetched& a, const Fetched& b) { return a.uid < b.uid; });
    return out;
}

Result<Mailbox::Look> Mailbox::look(Session& session, MailSink& sink) {
    if (const auto noted = session.run("NOOP"); !noted) return noted.error();
    const auto uids = waiting(session);
    if (!uids) return uids.error();
    Look look;
    for (std::size_t at = 0; at < uids->size(); at += described_at_once) {
        const auto end = std::min(at + described_at_once, uids->size());
        const auto some = describe(session, {uids->begin() + static_cast<std::ptrdiff_t>(at),
                                             uids->begin() + static_cast<std::ptrdiff_t>(end)});
        if (!some) return some.error();
        for (const auto& about : *some) {
            const auto offered = offer(session, sink, about);
            if (!offered) return offered.error();
            if (*offered == Offered::settled) {
                const auto moved = move_on(session, about.uid);
                if (!moved) return moved.error();
                look.handled += *moved ? 1 : 0;
                look.left = look.left || !*moved;
            }
            look.left = look.left || *offered == Offered::later || *offered == Offered::stop;
            if (*offered == Offered::stop) return look;
        }
    }
    if (state_->rescan && !look.left) {
        auto finished = *state_;
        finished.rescan = false;
        const auto kept = write_state(data_dir_ + "/mailbox.state", finished);
        if (!kept) return kept.error();
        state_ = finished;
    }
    return look;
}

// Where the operator finds a mail that is not read: it has no other name.
std::string Mailbox::place(std::uint32_t uid) const {
    return "imap:" + settings_.aside_folder + ", uid " + std::to_string(uid) + " of " +
           settings_.folder + " (numbering " + std::to_string(state_->uid_validity) + ")";
}

Mailbox::Offered Mailbox::offer_unread(MailSink& sink, std::uint32_t uid, const std::string& path,
                                       const std::string& why) {
    if (sink.unreadable(path, why) == Handled::later) return Offered::stop;
    settled_[uid] = Handled::aside;
    return Offered::settled;
}

Result<Mailbox::Offered> Mailbox::offer(Session& session, MailSink& sink, const Fetched& about) {
    const auto uid = about.uid;
    if (settled_.contains(uid)) return Offered::settled;
    if (uid < state_->first_uid && about.arrived && *about.arrived < state_->since) {
        left_alone_.insert(uid);
        return Offered::passed;
    }
    const auto too_large = "it is larger than " + std::to_string(largest_mail >> 20) + " MiB";
    if (*about.size > largest_mail) return offer_unread(sink, uid, place(uid), too_large);
    // Counted before it is tried: a mail that ends the connection each time must not hold up all
    // that come after it.
    if (++tries_[uid] > most_tries)
        return offer_unread(sink, uid, place(uid), "the mail server does not hand it over");
    // One byte more than we take: the size the server tells need not be true.
    auto answer = session.run("UID FETCH " + std::to_string(uid) + " (UID BODY.PEEK[]<0." +
                              std::to_string(largest_mail + 1) + ">)");
    if (!answer) return answer.error();
    std::optional<std::string> bytes;
    for (auto& response : answer->data) {
        auto got = fetched(std::move(response));
        if (got && got->uid == uid && got->body) bytes = std::move(got->body);
    }
    if (!bytes) return answer->ok ? Offered::passed : Offered::later;  // passed: it is gone
    if (bytes->size() > largest_mail) return offer_unread(sink, uid, place(uid), too_large);
    const auto original = mail::keep_mail(data_dir_, *bytes);
    if (!original) return original.error();
    tries_.erase(uid);
    auto mail = mail::parse_mail(*bytes);
    if (!mail) return offer_unread(sink, uid, *original, mail.error().what);
    mail->original = *original;
    mail->arrived = about.arrived;
    const auto handled = sink.take(*mail);
    if (handled == Handled::later) return Offered::stop;
    settled_[uid] = handled;
    return Offered::settled;
}

Result<bool> Mailbox::move_on(Session& session, std::uint32_t uid) {
    const bool aside = settled_[uid] == Handled::aside;
    const auto folder = *folder_argument(aside ? settings_.aside_folder : settings_.done_folder);
    auto moved = move_to(session, uid, folder);
    if (moved && !moved->ok && moved->code.starts_with("TRYCREATE")) {
        // Subscribed, or most mail programs do not show it. A refusal shows in the second try.
        for (const auto* verb : {"CREATE ", "SUBSCRIBE "}) {
            if (const auto made = session.run(verb + folder); !made) return made.error();
        }
        moved = move_to(session, uid, folder);
    }
    if (!moved) return moved.error();
    if (moved->ok) {
        settled_.erase(uid);
        told_of_move_ = false;
    } else if (!std::exchange(told_of_move_, true)) {
        spdlog::error("handled mail cannot be moved: see mail.imap.{}; it stays in the inbox",
                      aside ? "aside_folder" : "done_folder");
    }
    return moved->ok;
}

// RFC 6851, or what did the same before it.
Result<Session::Answer> Mailbox::move_to(Session& session, std::uint32_t uid,
                                         const std::string& folder) {
    const auto number = std::to_string(uid);
    if (session.can("MOVE")) return session.run("UID MOVE " + number + " " + folder);
    auto answer = session.run("UID COPY " + number + " " + folder);
    if (!answer || !answer->ok) return answer;
    answer = session.run("UID STORE " + number + " +FLAGS.SILENT (\\Deleted)");
    // Only with UIDPLUS (RFC 4315): a plain EXPUNGE would take other people's mails along.
    if (!answer || !answer->ok || !session.can("UIDPLUS")) return answer;
    return session.run("UID EXPUNGE " + number);
}

}  // namespace stageclock::imap
