// SPDX-License-Identifier: MIT
#pragma once

#include <string>

// CloudEvents as the daemon takes them; everybody in them is invented.
namespace stageclock::bench {

// A case of the board "camden". `id` must be new.
std::string raise_event(const std::string& id);
// An acknowledgement of a case: one event more, no notice.
std::string acknowledge_event(const std::string& id, const std::string& ref);
// To that stage, named, so that no second step follows by mistake.
std::string escalate_event(const std::string& id, const std::string& ref, const std::string& stage);
// The end of a case: everybody on it is told, and the practitioners get the record to fill in.
std::string resolve_event(const std::string& id, const std::string& ref);
// The reference an answer names; throws std::runtime_error when there is none.
std::string ref_of(const std::string& answer);

}  // namespace stageclock::bench
