// SPDX-License-Identifier: MIT
#include "adapters/notify/plain_words.h"

#include <spdlog/spdlog.h>

namespace stageclock::notify {

std::string plain_subject(const Notice& notice) {
    return notice.ref.empty() ? "Safeguarding escalation"
                              : "[" + notice.ref + "] Safeguarding escalation";
}

std::string plain_text(const Notice& notice) {
    std::string out;
    const auto line = [&out](const std::string& label, const std::string& value) {
        if (!value.empty()) out += label + ": " + value + "\n";
    };
    line("Reference", notice.ref);
    line("Stage", notice.stage_title.empty() ? notice.stage : notice.stage_title);
    line("About", notice.title);
    line("What is asked", notice.ask);
    if (notice.deadline) {
        line("Deadline (UTC)", to_rfc3339(*notice.deadline) +
                                   (notice.provisional ? " at the earliest: provisional" : ""));
    }
    for (const auto& missing : notice.missing) line("Missing", missing);
    for (const auto& understood : notice.understood) line("Understood", understood);
    return out + "\nThis is the plain form of the message: its usual wording could not be made.\n";
}

void report_broken_template(const std::string& name, const Error& error) {
    spdlog::warn("template {} could not be rendered, the plain form is sent: {} ({})", name,
                 error.what, error.where);
}

}  // namespace stageclock::notify
