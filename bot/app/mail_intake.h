// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bot/app/form_desk.h"
#include "bot/app/hourly_count.h"
#include "bot/app/mail_acts.h"
#include "bot/app/mail_robots.h"
#include "bot/ports/desk.h"
#include "bot/ports/inbox.h"
#include "bot/ports/seal.h"
#include "bot/ports/settings.h"
#include "bot/ports/store.h"

namespace stageclock {

// Takes the mails people send: reads them, hands what they ask for to the desk, and answers once.
// docs/adapters/mail-in.md says what becomes of which mail.
//
// A mail is known by its Message-ID. Its updates are stored under source "mail" and that id; its
// answer, under "mail-answer", is stored last, so that a mail offered again after a crash goes on
// where it stopped. Used by one thread at a time. Never throws.
class MailIntake final : public MailSink {
public:
    // All outlive this. `seal` opens the addresses people answer to; none: there are none.
    // `forms` reads the forms that come back; none: a form is a file like any other.
    MailIntake(Desk& desk, Store& store, const Settings& settings, const Seal* seal = nullptr,
               FormDesk* forms = nullptr)
        : desk_(desk),
          store_(store),
          settings_(settings),
          seal_(seal),
          forms_(forms),
          robots_(desk, store, settings, seal) {}

    Handled take(const IncomingMail& mail) override;
    Handled unreadable(const std::string& path, const std::string& why) override;

private:
    // What is to be told to whom, and how the mail ends.
    struct Ending {
        Handled handled = Handled::done;
        std::string why;    // aside: for the list of mails set aside; no personal data
        std::string kept;   // what the answer row holds beside the ending
        std::vector<Notice> notices;
    };

    // A mail and what its way to us says of its sender.
    struct Letter {
        const IncomingMail& mail;
        MailText text;        // with the reference, where the address it came to gives it
        bool proven = false;  // its sender's address
        std::optional<Notice> answers = {};  // the notice whose own address it came to
    };

    Handled take_counted(const IncomingMail& mail);
    Handled judge(const IncomingMail& mail);
    Result<std::optional<Notice>> answered_notice(const IncomingMail& mail);
    static std::optional<Actor> asked_of(const Letter& letter, const std::string& ref);
    Handled judge_update(const Letter& letter, const std::string& ref);
    Handled judge_raise(const Letter& letter);
    Handled judge_form(const Letter& letter, const std::string& named, const FoundForm& form);
    std::optional<Actor> sender_on(const Letter& letter, const Case& the_case,
                                   const FoundForm* form = nullptr) const;
    Handled claim(const Letter& letter, const Understood& understood, const Actor& sender,
                  const Case& the_case);
    Done let_wait(const IncomingMail& mail, const std::string& ref,
                  const std::vector<KeptFile>& files);
    Handled act(const IncomingMail& mail, const Understood& understood, const Actor& sender);
    Handled ask_back(const IncomingMail& mail, const Understood& understood, const Actor& sender,
                     std::vector<std::string> texts);
    Handled refuse_stranger(const IncomingMail& mail, const std::string& board,
                            const std::string& ref, const std::string& why);
    Handled finish(const IncomingMail& mail, const Ending& ending);

    Result<bool> attempted_too_often(const IncomingMail& mail);
    void forget_attempt(const std::string& id);
    Result<std::vector<std::string>> texts_completed_by(const IncomingMail& mail);
    std::optional<Instant> happened_by_delivery(const IncomingMail& mail) const;

    Notice answer_to(const IncomingMail& mail, const Actor& sender, const std::string& ref,
                     Reason reason) const;
    void add_answer(Ending& ending, Notice notice);
    void tell_board(Ending& ending, const IncomingMail& mail, const std::string& board,
                    const std::string& ref);
    bool may_tell(const std::string& address, std::size_t most);

    Desk& desk_;
    Store& store_;
    const Settings& settings_;
    const Seal* seal_;
    FormDesk* forms_;
    MailRobots robots_;
    std::set<std::string> counted_;  // attempts counted by this process
    HourlyCount told_;  // notices, by address
};

}  // namespace stageclock
