// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>

// Every limit of the HTTP front, in one place; docs/adapters/http.md explains them.
namespace stageclock::front::limits {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Connections.
constexpr int backlog = 4096;                   // cpp-httplib's own is 5: bursts waited seconds
constexpr std::size_t workers = 96;             // requests in hand at once
constexpr std::size_t queue = 1024;             // connections with a request, waiting for a worker
constexpr std::size_t idle_connections = 4096;  // kept without a thread; longest idle goes
constexpr std::size_t spare_descriptors = 128;  // left to the store, mail and logs
constexpr seconds idle{30};                     // no request for so long: closed
constexpr milliseconds linger{5};               // a worker waits so long for the next request
constexpr std::size_t requests_per_connection = 100000;

// One request.
constexpr std::size_t head_bytes = std::size_t{32} * 1024;
constexpr std::size_t headers = 64;
constexpr std::size_t path_bytes = 256;
constexpr std::size_t body_bytes = std::size_t{256} * 1024;
constexpr std::size_t wire_bytes = 4 * body_bytes;  // a body with its chunk sizes
constexpr seconds head_time{10};   // from its first byte to the end of its headers
constexpr seconds body_time{20};   // ... to the end of its body
constexpr seconds answer_time{20}; // to take our answer
constexpr seconds farewell{1};     // unread input is drained so long, so that an answer arrives

// What a body may hold, in bytes of UTF-8.
constexpr std::size_t json_depth = 32;
constexpr std::size_t json_values = 4096;
constexpr std::size_t id_bytes = 256;
constexpr std::size_t word_bytes = 100;    // ids and words of policies
constexpr std::size_t name_bytes = 200;
constexpr std::size_t email_bytes = 254;   // RFC 5321, section 4.5.3.1.3
constexpr std::size_t phone_bytes = 64;
constexpr std::size_t text_bytes = 20000;
constexpr std::size_t contacts = 20;
constexpr std::size_t words = 20;          // circumstances, flags of a panel's member

// Standard Webhooks 1.0.
constexpr seconds signature_window{300};
constexpr std::size_t signatures = 8;            // looked at in one header
constexpr std::size_t remembered_ids = 65536;    // webhook ids, for replays

// Lines a minute that refused requests may add to the list of refusals.
constexpr int refusal_lines = 600;

// Rows of a page.
constexpr std::size_t page_rows = 200;

}  // namespace stageclock::front::limits
