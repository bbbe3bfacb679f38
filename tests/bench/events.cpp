// SPDX-License-Identifier: MIT
#include "tests/bench/events.h"

#include <stdexcept>

namespace stageclock::bench {
namespace {

std::string of_case(const std::string& id, const std::string& kind, const std::string& ref,
                    const std::string& text) {
    return R"({"specversion": "1.0", "id": ")" + id +
           R"(", "source": "/bench", "type": "stageclock.case.)" + kind + R"(", "subject": ")" +
           ref + R"(", "data": {"by": {"name": "Rowan Receiver", "email": "rowan@example.org"},
  "text": ")" + text + R"("}})";
}

}  // namespace

std::string raise_event(const std::string& id) {
    return R"({"specversion": "1.0", "id": ")" + id +
           R"(", "source": "/bench", "type": "stageclock.case.raise", "data": {
  "board": "camden",
  "subject": {"kind": "child", "name": "Sam Sample"},
  "raising": {"agency": "housing",
    "practitioner": {"name": "Robin Raiser", "email": "robin@example.org"},
    "contacts": [{"role": "line-manager", "name": "Lee Line", "email": "lee@example.org"}]},
  "receiving": {"agency": "early-help",
    "practitioner": {"name": "Rowan Receiver", "email": "rowan@example.org"},
    "contacts": [{"role": "line-manager", "name": "Lou Line", "email": "lou@example.org"}]},
  "summary": "We think the child should be seen this week. A visit is planned for next month.",
  "wanted": "A joint visit within five days."}})";
}

std::string acknowledge_event(const std::string& id, const std::string& ref) {
    return of_case(id, "acknowledge", ref, "Seen; we will look at it today.");
}

std::string escalate_event(const std::string& id, const std::string& ref,
                           const std::string& stage) {
    return R"({"specversion": "1.0", "id": ")" + id +
           R"(", "source": "/bench", "type": "stageclock.case.escalate", "subject": ")" + ref +
           R"(", "data": {"by": {"name": "Robin Raiser", "email": "robin@example.org"},
  "stage": ")" + stage + R"(", "text": "No agreement."}})";
}

std::string resolve_event(const std::string& id, const std::string& ref) {
    return of_case(id, "resolve", ref, "A joint visit on Thursday.");
}

std::string ref_of(const std::string& answer) {
    const std::string key = "\"case\": \"";
    const auto from = answer.find(key);
    const auto to = answer.find('"', from + key.size());
    if (from == std::string::npos || to == std::string::npos)
        throw std::runtime_error("an answer names no case");
    return answer.substr(from + key.size(), to - from - key.size());
}

}  // namespace stageclock::bench
