// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/app/mail_acts.h"
#include "bot/ports/desk.h"
#include "bot/ports/links.h"
#include "bot/ports/store.h"

namespace stageclock {

// A mail that was understood and whose sender is not proven, as it is kept until they confirm it:
// its words, to be read again then, so that nothing but text has to be stored.
struct Claim {
    Instant came;
    std::string stage;  // of the case as the mail came; empty: it would raise one
    bool open = true;   // the case was
    std::string ref;
    std::string board;
    std::string from_address;
    std::string from_name;
    std::string subject;
    std::string text;
    std::vector<std::string> earlier;  // the texts it completes
};

// The claim as the line a mail's answer row holds (docs/adapters/mail-in.md), and back; empty when
// it is too long to be kept. Nullopt: no claim.
std::string to_kept(const Claim& claim);
std::optional<Claim> parse_claim(std::string_view kept);

// What is asked of those senders: confirm a mail, or say that it was not yours. Thread-safe.
class MailClaims {
public:
    // `posted` is called after notices were put into the outbox. All outlive this.
    MailClaims(Desk& desk, Store& store, std::function<void()> posted)
        : desk_(desk), store_(store), posted_(std::move(posted)) {}

    // `row`: the mail that asks for the confirmation. Code::not_found: it asks for none.
    Result<ClaimPage> page(const NoticeRow& row);
    Result<ClaimAnswered> answer(const NoticeRow& row, bool yes);

private:
    struct Found {
        Claim claim;
        MailKey mail;
        Understood understood;
        std::optional<Actor> sender;
        std::vector<KeptFile> files;
        ClaimPage page;
    };
    Result<Found> find(const NoticeRow& row);
    Result<std::string> over(const NoticeRow& row, Found& found);
    Result<ClaimAnswered> confirm(const NoticeRow& row, const Found& found);
    Result<ClaimAnswered> drop(const Found& found);
    Done settle(const Found& found, const std::string& how, const std::vector<Notice>& notices);

    Desk& desk_;
    Store& store_;
    std::function<void()> posted_;
    std::mutex mutex_;  // one answer at a time: yes and no never both
};

}  // namespace stageclock
