// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/support/mail_parse.h"

typedef struct _GMimeObject GMimeObject;

// What the parts of a mail say. Internal to adapters/support/mail_parse.cpp.
namespace stageclock::mail {

struct MailParts {
    std::string text;             // what the sender wrote, with what it quotes
    std::string delivery_status;  // of the first message/delivery-status, LF
    std::string returned;         // header of the first mail within the mail, LF
    std::string calendar_method;  // of a text/calendar part, lower case
    std::vector<ReceivedFile> attachments;
    std::optional<std::string> wanted;  // of file_in()
};
// `body` may be null. At most limits.parts parts, limits.depth deep, are looked at.
MailParts parts_of(GMimeObject* body, const MailLimits& limits);

// The decoded bytes of the attachment with that digest, found by the same walk that lists it.
std::optional<std::string> file_in(GMimeObject* body, std::string_view sha256,
                                   const MailLimits& limits);

// "multipart/report", lower case; empty: none.
std::string content_type_of(GMimeObject* object);
// The parameter of its content type; empty: none.
std::string parameter_of(GMimeObject* object, const char* name);

}  // namespace stageclock::mail
