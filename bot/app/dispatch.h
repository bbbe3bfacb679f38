// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bot/app/flood_guard.h"
#include "bot/app/report_files.h"
#include "bot/app/rulebook.h"
#include "bot/core/form_layout.h"
#include "bot/ports/form_renderer.h"
#include "bot/ports/notifier.h"
#include "bot/ports/seal.h"
#include "bot/ports/settings.h"
#include "bot/ports/store.h"

namespace stageclock {

// Words one notice and hands it to its channel. Thread-safe.
class Dispatch {
public:
    struct Parts {
        Store& store;
        const Rulebook& rulebook;
        const FormRenderer& forms;  // as PDF
        const FormRenderer& word;   // the same as DOCX
        const std::map<std::string, FormLayout>& layouts;
        std::vector<std::unique_ptr<Notifier>> notifiers;
        const Settings& settings;
        const Seal& seal;
        // Of the boards that have their own.
        const std::map<std::string, std::unique_ptr<Templates>>& board_templates;
        ReportFiles* reports = nullptr;  // none: a notice of a report cannot be sent
    };
    explicit Dispatch(Parts parts);

    // Never throws. Blocks while the channel does.
    SendResult send(const NoticeRow& row, Instant now);

    // The same notice by its reader's next channel, when `result` says that this one failed or will
    // not take it within the board's time.
    std::optional<Notice> other_way(const Notice& notice, const SendResult& result) const;

    // The notice that tells the board's inbox that `failed` will never arrive. None when that was
    // itself addressed to the inbox, or the board has none.
    std::optional<Notice> failure_notice(const Notice& failed, std::int64_t id, Instant now) const;

private:
    SendResult failed(const NoticeRow& row, Instant now, const std::string& why) const;
    SendResult try_later(const NoticeRow& row, Instant now, const std::string& why,
                         std::chrono::seconds after) const;
    SendResult deliver(const NoticeRow& row, Instant now);
    void call_operator(const std::string& channel, const std::string& what, Instant now);
    Result<std::vector<Attachment>> attachments(const NoticeRow& row, const Case& the_case,
                                                const Rules& rules);
    Result<Rendered> worded(const NoticeRow& row, const Notice& leaving, const Case& the_case,
                            const Rules& rules, const std::vector<Attachment>& attached,
                            const Notifier& channel) const;
    const ServedBoard* board_of(const Notice& notice, const Case& the_case) const;
    Notifier* notifier(const std::string& channel) const;

    // A copy for board inboxes goes to several of them: it is made once.
    struct MadeForm {
        std::string of;   // case, its version, form, audience, time and reader: what it depends on
        std::string bytes;
    };
    Result<std::string> make_form(const FormRenderer& renderer, const std::string& name,
                                  const FormValues& values, const std::string& of);
    Done attach_form(const NoticeRow& row, const Case& the_case, const Rules& rules,
                     std::vector<Attachment>& files);

    Parts parts_;
    FloodGuard flood_;
    std::mutex mutex_;    // guards the two below
    std::deque<MadeForm> made_;
    std::map<std::string, Instant> called_;  // when an operator was last called about a channel
};

}  // namespace stageclock
