// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bot/app/board_reports.h"
#include "bot/app/calendar_desk.h"
#include "bot/app/chat_desk.h"
#include "bot/app/delivery_desk.h"
#include "bot/app/dispatch.h"
#include "bot/app/engine.h"
#include "bot/app/form_desk.h"
#include "bot/app/front_desk.h"
#include "bot/app/link_desk.h"
#include "bot/app/mail_claims.h"
#include "bot/app/mail_intake.h"
#include "bot/app/outbox.h"
#include "bot/app/report_watch.h"
#include "bot/app/rulebook.h"
#include "bot/app/wakeup.h"
#include "bot/ports/clock.h"
#include "bot/ports/form_reader.h"
#include "bot/ports/form_renderer.h"
#include "bot/ports/front.h"
#include "bot/ports/inbox.h"
#include "bot/ports/mail_archive.h"
#include "bot/ports/seal.h"
#include "bot/ports/settings.h"
#include "bot/ports/store.h"
#include "bot/ports/templates.h"

namespace stageclock {

// The running whole. Members are declared in the order they are built and stop in the reverse.
class Daemon {
public:
    explicit Daemon(Settings read) : settings(std::move(read)) {}
    ~Daemon() { stop(); }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    // Starts every thread; on an error nothing runs.
    Done start();
    // Ends intake first, so that whatever was taken in is also decided and recorded. Idempotent.
    void stop();

    const Settings settings;
    std::unique_ptr<Clock> clock;
    std::unique_ptr<Store> store;
    std::unique_ptr<Seal> seal;
    std::unique_ptr<Templates> templates;
    std::map<std::string, std::unique_ptr<Templates>> board_templates;  // of boards with their own
    std::unique_ptr<FormRenderer> forms;       // as PDF
    std::unique_ptr<FormRenderer> word_forms;  // as DOCX
    std::map<std::string, FormLayout> layouts;
    std::unique_ptr<FormReader> form_reader;
    std::unique_ptr<MailArchive> mail_archive;
    std::unique_ptr<Rulebook> rulebook;
    std::unique_ptr<ReportFiles> report_files;
    std::unique_ptr<BoardReports> board_reports;
    std::unique_ptr<Dispatch> dispatch;
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<FrontDesk> desk;
    std::unique_ptr<MailClaims> mail_claims;
    std::unique_ptr<FormDesk> form_desk;
    std::unique_ptr<LinkDesk> links;
    std::unique_ptr<CalendarDesk> calendars;
    std::unique_ptr<CaseChat> chat;
    std::unique_ptr<MailIntake> mail_intake;
    std::unique_ptr<Inbox> inbox;      // null: no mail is taken in
    std::unique_ptr<DeliveryDesk> delivery_desk;
    std::unique_ptr<DeliveryReports> delivery_reports;  // null: no service is asked
    std::unique_ptr<ReportWatch> report_watch;
    std::unique_ptr<Front> front;

private:
    void read_mail(const std::stop_token& stop);

    Wakeup mail_bell_;
    std::jthread mail_thread_;
    bool started_ = false;
};

}  // namespace stageclock
