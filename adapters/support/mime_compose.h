// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/core/result.h"
#include "bot/core/time.h"
#include "bot/ports/notifier.h"

// Writing mails, over GMime. Reading them is the inbox's work.
namespace stageclock::mime {

struct Mailbox {
    std::string name;     // for display; may be empty
    std::string address;  // must pass is_address()
};

// A mail to one recipient, before it is bytes.
struct Mail {
    Mailbox from;
    Mailbox to;
    std::string subject;
    Instant date;
    std::string message_id;  // "left@right", without angle brackets
    // Further header fields, written in this order. Names must be RFC 5322 field names.
    std::vector<std::pair<std::string, std::string>> fields;
    std::string text;
    std::string html;  // empty: no such part
    std::vector<Attachment> attachments;
    std::string seed;  // unique to the mail: its part boundaries are derived from it
};

// The mail as RFC 5322 bytes: CRLF, 7 bit, UTF-8 inside, multipart/mixed(multipart/alternative,
// attachments). The same mail gives the same bytes. Every text part is quoted-printable, so that no
// text can contain a boundary. Control characters are taken out of all header values. An error:
// an address or field name that must not stand in a header. Thread-safe.
Result<std::string> compose(const Mail& mail);

// `text` fit for one line of a header or a log: every control character, line and direction
// separator becomes a space, runs of spaces become one, bad UTF-8 becomes U+FFFD, and at most
// `limit` bytes are kept.
std::string one_line(std::string_view text, std::size_t limit = 900);
// The first `limit` bytes at most, never half a UTF-8 character.
std::string_view cut(std::string_view text, std::size_t limit);
// True for "<left@right>" as RFC 5322 section 3.6.4 has it, in at most 250 plain characters.
bool is_message_id(std::string_view text);

}  // namespace stageclock::mime
