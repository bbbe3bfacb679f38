// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stageclock::front {

struct Header {
    std::string name;
    std::string value;
};

// A request whose framing and size were checked. Everything in it is what a stranger wrote; header
// values arrive percent-decoded and may hold any byte, so none is ever copied into an answer.
struct Request {
    std::string method;
    std::string path;             // letters, digits and -._~/ only; without the query
    std::vector<Header> headers;  // names in lower case
    std::string body;

    // The value of a header sent exactly once; nullptr otherwise: two of a kind decide nothing.
    const std::string* header(std::string_view lower_case_name) const;
    bool has(std::string_view lower_case_name) const;
    // "application/json" of "Application/JSON; charset=utf-8"; empty without the header.
    std::string media_type() const;
};

struct Response {
    int status = 200;
    std::string content_type;
    std::string body;
    std::vector<Header> headers;
};

// An address of ours at which a chat platform calls us. Thread-safe: many workers use it at once.
class Door {
public:
    virtual ~Door() = default;

    // "/chat/v1/camden-slack"
    virtual std::string path() const = 0;
    // A POST to that path. Proves the caller first: without proof 401, with a line in the refusals
    // (ChatDesk::note_refusal) and nothing else done.
    virtual Response answer(const Request& request) = 0;
};

}  // namespace stageclock::front
