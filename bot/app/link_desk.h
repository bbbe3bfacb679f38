// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/app/form_desk.h"
#include "bot/app/mail_claims.h"
#include "bot/app/rulebook.h"
#include "bot/ports/desk.h"
#include "bot/ports/links.h"
#include "bot/ports/store.h"

namespace stageclock {

// The Links of the running daemon. What a notice offers, its mail and its page say alike
// (offers.h); what may be done is judged by the engine, as for any other update.
class LinkDesk final : public Links {
public:
    // All outlive this.
    LinkDesk(Desk& desk, Store& store, const Rulebook& rulebook, MailClaims& claims,
             FormDesk& forms)
        : desk_(desk), store_(store), rulebook_(rulebook), claims_(claims), forms_(forms) {}

    Result<ActionPage> action(std::int64_t notice) override;
    Result<Acted> act(std::int64_t notice, const Action& action) override;
    Result<ClaimPage> claim(std::int64_t notice) override;
    Result<ClaimAnswered> answer_claim(std::int64_t notice, bool yes) override;
    Result<FormPage> form(std::int64_t notice) override;
    Result<FormAnswered> answer_form(std::int64_t notice, FormChoice choice) override;

private:
    // A notice with the case it is about, as that stands now.
    struct Matter {
        NoticeRow row;
        Case the_case;
        const ServedBoard* served = nullptr;
    };
    Result<NoticeRow> row_of(std::int64_t notice);
    Result<Matter> matter_of(std::int64_t notice);
    ActionPage page_of(const Matter& matter, const Rules& rules) const;
    Acted judge(const Matter& matter, const Rules& rules, const Action& action,
                const std::string& id);
    Acted submit(Update update, Acted acted);

    Desk& desk_;
    Store& store_;
    const Rulebook& rulebook_;
    MailClaims& claims_;
    FormDesk& forms_;
};

}  // namespace stageclock
