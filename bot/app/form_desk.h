// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "bot/app/rulebook.h"
#include "bot/core/form_judge.h"
#include "bot/ports/desk.h"
#include "bot/ports/form_reader.h"
#include "bot/ports/inbox.h"
#include "bot/ports/links.h"
#include "bot/ports/mail_archive.h"
#include "bot/ports/seal.h"
#include "bot/ports/store.h"

// Forms that come back: which file of a mail is one, what it says, and what its sender makes of
// that (docs/forms.md).
namespace stageclock {

// A file of a mail that is a form we sent, or was.
struct FoundForm {
    enum class Kind {
        read,        // its fields can be shown back
        altered,     // its reference is not one we gave
        unreadable,  // damaged, encrypted, hostile: `why`
        flat         // printed, scanned or saved without its fields
    };
    Kind kind{};
    KeptFile file;
    std::string ref;                // read: the case it belongs to
    std::string why;                // unreadable: a sentence for its sender
    std::optional<NoticeRow> sent;  // read: the message it went out with
    FilledForm filled;              // read
    int more = 0;                   // further forms in the same mail, which are left alone
};

// Thread-safe.
class FormDesk {
public:
    struct Parts {
        Desk& desk;
        Store& store;
        const Rulebook& rulebook;
        const FormReader& reader;
        const MailArchive& mails;
        const Seal& seal;
        const std::map<std::string, FormLayout>& layouts;
        // After notices were put into the outbox.
        std::function<void()> posted;
    };
    explicit FormDesk(Parts parts) : parts_(std::move(parts)) {}

    // The form a mail brings back. `answers`: the notice whose own address it came to. A file that
    // was never a form of ours is none: people attach all kinds of things.
    Result<std::optional<FoundForm>> find(const IncomingMail& mail,
                                          const std::optional<Notice>& answers) const;

    // Asks the sender of `mail` to confirm what was read for the case `ref`, or says why it could
    // not be and what to do. Once for each mail. `by`: their place on the case.
    Done ask(const IncomingMail& mail, const FoundForm& form, const std::string& ref,
             const Actor& by);
    // Whether what was found can be recorded for the case `ref` once its sender confirms it.
    static bool fits(const FoundForm& form, const std::string& ref);

    // `row`: the mail that asks for the confirmation. Code::not_found: it asks for none.
    Result<FormPage> page(const NoticeRow& row);
    Result<FormAnswered> answer(const NoticeRow& row, FormChoice choice);

private:
    struct Found {
        std::string mail;
        std::string from;
        KeptFile file;
        Case the_case;
        const ServedBoard* served = nullptr;
        const Form* form = nullptr;
        FormReturn returned;
        JudgedForm judged;
        std::optional<Actor> by;
        FormPage page;
    };
    Result<std::optional<FoundForm>> look_at(const IncomingMail& mail, const ReceivedFile& file,
                                             bool asked) const;
    Result<FoundForm> opened(const KeptFile& file, std::string_view bytes) const;
    Result<std::map<std::string, std::string>> values_sent(const Notice& sent, const Form& form,
                                                           const Rules& rules);
    Result<Found> found(const NoticeRow& row);
    Done read_again(const NoticeRow& row, Found& found);
    Result<FormAnswered> record(const Found& found, FormChoice choice);
    Done settle(const Found& found, const std::string& how);

    Parts parts_;
    std::mutex mutex_;  // one answer at a time: yes and no never both
};

}  // namespace stageclock
