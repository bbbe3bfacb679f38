// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "bot/core/bounce.h"
#include "bot/core/directory.h"
#include "bot/core/reply_parts.h"

// The fixed phrases of mail systems. Half of all bounces have nothing else to be known by.
namespace stageclock::bounce {
namespace {

constexpr auto subjects = std::to_array<std::string_view>({
    "undeliverable",
    "undelivered",
    "undelivered mail returned",
    "returned mail",
    "returned email",
    "returned message",
    "mail delivery fail",
    "mail delivery system",
    "mail delivery error",
    "mail delivery problem",
    "mail system error",
    "delivery status notification",
    "delivery failure",
    "delivery failed",
    "delivery has failed",
    "delivery error",
    "delivery notification",
    "delivery delayed",
    "delivery report",
    "delivery problem",
    "failure notice",
    "failure delivery",
    "failed delivery",
    "failed mail",
    "message not delivered",
    "message undeliverable",
    "message delivery",
    "message delayed",
    "message could not be delivered",
    "message you sent blocked",
    "mail could not be delivered",
    "mail not delivered",
    "email not delivered",
    "email delivery failure",
    "could not deliver",
    "couldn't deliver",
    "unable to deliver",
    "cannot deliver",
    "not delivered:",
    "delayed mail",
    "delayed:",
    "non delivery",
    "non-delivery",
    "nondeliverable",
    "nondelivery",
    "non recapitabile",
    "warning: message",
    "warning: could not send",
    "warning: e-mail delivery",
    "warning from ",
    "permanent delivery failure",
    "automatically rejected mail",
    "rejected mail",
    "[postmaster] email delivery failure",
    "[postmaster] email",
    "unzustellbar",
    "non remis",
    "échec de la remise",
    "no se puede entregar",
    "no entregado",
    "não entregue",
    "niedostarczalne",
    "onbestelbaar",
    "mancato recapito",
});

// Sentences no person opens a mail with. Apostrophes are straight here.
constexpr auto own_words = std::to_array<std::string_view>({
    "this is the qmail-send program",
    "this is the mail system at",
    "this is the postfix program",
    "this is a message from the mail system",
    "created automatically by mail delivery",
    "created automatically by the mail system",
    "created automatically by the smtp",
    "is a message created automatically",
    "the original message was received at",
    "had permanent fatal errors",
    "had transient non-fatal errors",
    "had permanent delivery errors",
    "automatically generated delivery status",
    "returning your message",
    "this report relates to a message you sent",
    "the following address failed",
    "the following addresses failed",
    "following recipients failed",
    "recipient(s) could not be reached",
});

// Sentences of mail systems that people may write of letters and errands.
constexpr auto phrases = std::to_array<std::string_view>({
    "delivery has failed to these recipients",
    "delivery has failed to the following",
    "delivery has been delayed to these",
    "did not reach the following recipient",
    "did not reach some or all of the intended",
    "delivery to the following recipient",
    "delivery to these recipients",
    "delivery to the recipient",
    "delivery of the message to",
    "delivery of this message",
    "delivery status notification",
    "couldn't be delivered",
    "could not be delivered",
    "cannot be delivered",
    "can't be delivered",
    "can not be delivered",
    "wasn't delivered",
    "was not delivered",
    "were not delivered",
    "has not been delivered",
    "has not yet been delivered",
    "not been delivered",
    "was undeliverable",
    "were undeliverable",
    "is undeliverable",
    "undeliverable to the following",
    "undeliverable mail",
    "undeliverable message",
    "unable to deliver",
    "not able to deliver",
    "wasn't able to deliver",
    "was not able to deliver",
    "could not deliver",
    "couldn't deliver",
    "cannot deliver",
    "failed to deliver",
    "failed to be delivered",
    "failed permanently",
    "delivery failed",
    "delivery failure",
    "delivery incomplete",
    "message blocked",
    "message rejected",
    "message not delivered",
    "message wasn't delivered",
    "your message was rejected",
    "your email was rejected",
    "was rejected by",
    "address not found",
    "address rejected",
    "address could not be found",
    "recipient not found",
    "recipient unknown",
    "user unknown",
    "unknown user",
    "no such user",
    "not listed in public name",
    "not listed in domino directory",
    "mailbox unavailable",
    "mailbox is full",
    "mailbox full",
    "over quota",
    "quota exceeded",
    "an error occurred while trying to deliver",
    "error occurred while sending",
    "returned to sender",
    "following recipient(s)",
    "recipients could not be reached",
    "could not be sent",
    "warning message only",
    "this is a warning only",
    "no action is required on your part",
    "diese nachricht wurde automatisch",
    "konnte nicht zugestellt",
    "n'a pas pu être remis",
    "no se pudo entregar",
    "não pôde ser entregue",
});

bool quoted(std::string_view line) { return line.starts_with('>') || line.starts_with('|'); }

// On one line, lower case.
std::string unquoted(std::string_view text) {
    constexpr std::size_t longest = 20000;  // the explanation stands at the top
    std::string said;
    for (const auto& line : reply::lines_of(reply::tidied(text.substr(0, longest)))) {
        const auto bare = reply::trimmed(line);
        if (!quoted(bare)) said += folded(bare) + ' ';
    }
    return said;
}

bool says_any(std::string_view said, const auto& list) {
    return std::ranges::any_of(list,
                               [&](auto each) { return said.find(each) != std::string::npos; });
}

}  // namespace

bool is_subject(std::string_view subject) {
    static constexpr auto answers =
        std::to_array<std::string_view>({"re:", "re ", "fw:", "fwd:", "aw:", "wg:", "tr:"});
    static constexpr auto anywhere = std::to_array<std::string_view>(
        {"undeliverable", "undelivered", "delivery failure", "delivery status notification",
         "returned mail", "nondeliverable"});
    const auto said = folded(reply::tidied(subject));
    const auto begins = [&](auto each) { return said.starts_with(each); };
    if (std::ranges::any_of(answers, begins)) return false;
    if (std::ranges::any_of(subjects, begins)) return true;
    return std::ranges::any_of(anywhere,
                               [&](auto each) { return said.find(each) != std::string::npos; });
}

bool speaks_as_system(std::string_view text) { return says_any(unquoted(text), own_words); }

bool has_phrase(std::string_view text) {
    const auto said = unquoted(text);
    return says_any(said, own_words) || says_any(said, phrases);
}

}  // namespace stageclock::bounce
