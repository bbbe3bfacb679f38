// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/result.h"

namespace stageclock {

// What a service that took a message of ours says became of it. Only the end counts: "on its way"
// is never reported.
struct DeliveryReport {
    std::string id;          // of the message, as Rendered::id gave it
    bool delivered = false;  // false: it did not arrive, and will not
    std::string said;        // the service's own word: "permanent-failure"; no personal data
};

// Takes reports, however they came. The same report any number of times is one. Thread-safe.
class ReportDesk {
public:
    virtual ~ReportDesk() = default;

    // False: it could not be stored yet, tell us again. A report about nothing of ours is taken and
    // forgotten.
    virtual bool take(const DeliveryReport& report) = 0;
    // A report that did not prove itself or could not be read. `why`: no personal data.
    virtual void note_refusal(const std::string& why) = 0;
};

// A service that can be asked. Used by one thread.
class DeliveryReports {
public:
    virtual ~DeliveryReports() = default;

    // One call, of at most 20 seconds; gives what it says to `desk`. Code::unavailable: no answer.
    virtual Done ask(ReportDesk& desk) = 0;
};

}  // namespace stageclock
