// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/result.h"

namespace stageclock::front {

struct MessagePart {
    std::string file_name;     // as the message says it; may be empty
    std::string content_type;  // "application/pdf"
    std::string bytes;
};

// A mail taken apart so that a person can read it.
struct MessageView {
    struct Field {
        std::string name;
        std::string value;  // decoded, UTF-8
    };
    std::vector<Field> fields;  // in order
    std::string text;           // the plain part, UTF-8
    std::string html;           // the HTML part; empty when there is none
    std::vector<MessagePart> attachments;
};

// Reads an RFC 5322 message, over GMime. Error: these bytes are no message. Thread-safe.
Result<MessageView> read_message(const std::string& bytes);

}  // namespace stageclock::front
