// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/time.h"

namespace stageclock {

// A header field as it stands in a mail, unfolded, not decoded.
struct MailField {
    std::string name;   // lower case
    std::string value;  // outer spaces removed
};
using MailFields = std::vector<MailField>;

// The values of that field, topmost first.
std::vector<std::string> values_of(const MailFields& fields, std::string_view name);

// What a mail shows of how it came to be. What a stranger wrote.
struct MailSigns {
    const MailFields& fields;     // the header
    std::string content_type;     // of the whole, lower case, no parameters: "multipart/report"
    std::string report_type;      // its parameter of that name, lower case
    std::string from;             // address of the sender, or what stands for it
    std::string subject;          // decoded
    std::string text;             // the plain part, LF
    std::string delivery_status;  // content of message/delivery-status, LF
    std::string returned;         // header of the returned mail, LF
    std::string calendar_method = {};   // of a text/calendar part, lower case: "reply"
    std::vector<std::string> own = {};  // addresses it was sent to: ours among them
    std::optional<Date> sent = {};      // the day of its Date field, for dates without a year
};

// Somebody a mail did not reach.
struct FailedRecipient {
    std::string address;  // as reported; may be empty when only the mail is known
    std::string status;   // "5.1.1"; empty: not said
    bool final = false;   // RFC 3464 section 2.3.3: delivery has ended
};

// Who wrote a mail.
struct Writer {
    enum class Kind {
        person,
        robot,  // an automatic answer, a list, our own mail come back, a receipt, an answer to a
                // meeting
        bounce  // a mail system about a mail of ours
    };
    Kind kind = Kind::person;
    std::string why;    // the sign of it, for people; nothing of the mail is in it
    bool away = false;  // robot: its owner is out of office
    std::vector<FailedRecipient> failed = {};    // bounce
    std::vector<std::string> returned_ids = {};  // bounce: Message-IDs in it, angle brackets kept
    std::string back = {};      // away: the day of return as said, "2027-01-04"; empty: not said
    std::string suggests = {};  // robot: the one other address its text gives; empty: none, several
};
std::string_view to_text(Writer::Kind kind);

// Recognises what no person wrote, so that nothing is changed by it and nothing answered (RFC 3834
// section 2, RFC 3464, RFC 8098, RFC 2919). Pure and total; never judges by the subject alone, nor
// by words somebody only quotes. docs/adapters/mail-in.md lists the signs.
Writer writer_of(const MailSigns& signs);

}  // namespace stageclock
