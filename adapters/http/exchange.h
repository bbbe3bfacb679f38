// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/ports/door.h"

namespace stageclock::front {

// A field that is wrong, by its JSON pointer (RFC 6901), and what is permitted.
struct FieldProblem {
    std::string pointer;
    std::string detail;
    bool foreign = false;  // the pointer holds a key of the sender's own: not for our records
};

// A problem document (RFC 9457). `word` ends its type, "urn:stageclock:problem:WORD".
struct Problem {
    int status = 400;
    std::string word;
    std::string title;
    std::string detail;
    std::vector<FieldProblem> errors;
    std::vector<std::string> clauses;
};
Response to_response(const Problem& problem);

// True when the browser says that a page of another site sent this.
bool is_from_elsewhere(const Request& request);

// 401 with the challenge of both ways to send a token (RFC 6750, RFC 7617).
Response unauthorised(const std::string& detail);

// Answers requests. Thread-safe: many workers call it at once.
class Application {
public:
    virtual ~Application() = default;

    // Before the body is read: an answer ends the request, nothing lets it go on.
    virtual std::optional<Response> admit(const Request& head) = 0;
    virtual Response answer(const Request& request) = 0;
    // The answer after something threw in answer(), or when the request could not be read.
    virtual Response failed(int status) = 0;
};

}  // namespace stageclock::front
