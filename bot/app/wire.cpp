// SPDX-License-Identifier: MIT
//
// The one file that knows everybody. Deliberately straight down: what is built from what can be
// read from top to bottom.
#include "bot/app/wire.h"

#include <algorithm>

#include "adapters/registry.h"
#include "bot/app/wire_boards.h"
#include "bot/core/nearest.h"

namespace stageclock {
namespace {

constexpr const char* zone_name = "Europe/London";
constexpr int senders = 8;

void add(std::vector<std::string>& lines, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) lines.push_back(to_text(finding));
}

void add(std::vector<std::string>& lines, const Error& error) {
    lines.push_back(error.where.empty() ? error.what : error.where + ": " + error.what);
}

void add(std::vector<Finding>& all, const std::vector<Finding>& more) {
    all.insert(all.end(), more.begin(), more.end());
}

// A board that needs a post is not served while nobody knows its address: then the gap is a
// problem.
void add_gaps(Configuration& read, const ServedBoard& data, const std::vector<Finding>& gaps) {
    for (const Finding& gap : gaps) {
        const bool required = std::any_of(data.directory.posts.begin(), data.directory.posts.end(),
                                          [&](const Post& post) {
                                              return post.required && address_of(post).empty() &&
                                                     gap.field == "post " + post.id + ", address";
                                          });
        (required ? read.problems : read.gaps).push_back(gap);
    }
}

// Chats are named by posts and described by the settings.
void check_chats(Configuration& read, const BoardSettings& settings_of, const ServedBoard& data) {
    const std::vector<std::string> known = channels_of(read.settings);
    for (const Post& post : data.directory.posts) {
        for (const std::string& channel : post.channels) {
            if (std::find(known.begin(), known.end(), channel) != known.end()) continue;
            const std::string near = nearest(channel, known);
            read.problems.push_back({settings_of.policy, 0, "post " + post.id + ", channels",
                                     "the settings have no [[chat]] \"" + channel + "\"",
                                     near.empty() ? "Add it to the settings, or take it from the "
                                                    "post."
                                                  : "Did you mean \"" + near + "\"?"});
        }
    }
}

// Reads all files; `problems` says everything wrong in every one of them.
// With `keep` copies of the policies are read beside them, and made.
Configuration read_files(const std::string& settings_file, const Overrides& overrides, bool keep) {
    Configuration read;
    auto settings = load_settings(settings_file, overrides);
    add(read.problems, settings.findings);
    if (!settings.findings.empty()) return read;
    read.settings = std::move(settings.value);

    const auto zone = load_zone(zone_name);
    if (!zone) {
        read.problems.push_back({zone.error().where, 0, "", zone.error().what, ""});
        return read;
    }
    auto calendars = load_calendar(read.settings.calendar, *zone);
    add(read.problems, calendars.findings);
    if (calendars.value.empty()) return read;
    read.calendars = std::move(calendars.value);

    for (const BoardSettings& settings_of : read.settings.boards) {
        const std::string data_dir = keep ? read.settings.data_dir : "";
        auto board = read_board(settings_of, data_dir, read.calendars);
        add(read.problems, board.findings);
        add_gaps(read, board.served, board.gaps);
        add(read.warnings, board.warnings);
        check_chats(read, settings_of, board.served);
        if (keep && board.findings.empty()) {
            const std::string& digest = board.served.policy.digest;
            const Done kept = keep_policy(data_dir, settings_of.id, board.folder, digest);
            if (!kept) read.problems.push_back({kept.error().where, 0, "", kept.error().what, ""});
        }
        read.boards.push_back(std::move(board.served));
    }
    return read;
}

// Gives the value, or notes the error and gives nothing.
template <class T>
std::unique_ptr<T> taken(Result<std::unique_ptr<T>> made, Wired& wired) {
    if (made) return std::move(*made);
    add(wired.problems, made.error());
    return nullptr;
}

std::unique_ptr<Clock> make_clock(const Settings& settings, Wired& wired) {
    if (!settings.sandbox) return make_system_clock();
    return taken(make_sandbox_clock(settings.data_dir), wired);
}

// Everything by which the outside reaches us: mail, chats, reports of what we sent, HTTP.
void open_ways_in(Daemon& daemon, Wired& wired) {
    const Settings& settings = daemon.settings;
    if (!settings.maildir.empty() || !settings.imap.url.empty()) {
        daemon.mail_intake = std::make_unique<MailIntake>(*daemon.desk, *daemon.store, settings,
                                                          daemon.seal.get());
        daemon.inbox = taken(settings.imap.url.empty()
                                 ? make_maildir_inbox(settings.maildir, settings.data_dir)
                                 : make_imap_inbox(settings, *daemon.clock),
                             wired);
    }
    daemon.delivery_desk = std::make_unique<DeliveryDesk>(
        *daemon.desk, *daemon.store, settings, *daemon.seal,
        [outbox = daemon.outbox.get()] { outbox->ring(); });
    daemon.delivery_reports = make_delivery_reports(settings);
    daemon.report_watch = std::make_unique<ReportWatch>(daemon.delivery_reports.get(),
                                                        *daemon.delivery_desk);
    auto doors = make_doors(settings, *daemon.chat, *daemon.store, *daemon.clock);
    if (auto door = make_report_door(settings, *daemon.delivery_desk)) {
        doors.push_back(std::move(door));
    }
    daemon.mail_archive = make_mail_archive(settings.data_dir);
    daemon.front = make_http_front(
        settings, *daemon.desk,
        {daemon.links.get(), daemon.seal.get(), daemon.mail_archive.get(), std::move(doors)});
}

}  // namespace

std::vector<std::string> channels_of(const Settings& settings) {
    std::vector<std::string> channels{"mail"};
    for (const ChatSettings& chat : settings.chats) {
        channels.push_back(chat.channel + ":" + chat.name);
    }
    // An app of another kind answers and never speaks first.
    const std::vector<std::string> speaking = chat_channels();
    for (const ChatAppSettings& app : settings.chat_apps) {
        const bool speaks = std::ranges::find(speaking, app.channel) != speaking.end();
        if (speaks) channels.push_back(app.channel);
    }
    if (!settings.notify.sms_template.empty()) channels.emplace_back("sms");
    if (!settings.notify.mail_template.empty()) channels.emplace_back("notify-mail");
    return channels;
}

Configuration wire_dry(const std::string& settings_file) {
    return read_files(settings_file, {}, false);
}

Wired wire(const std::string& settings_file, const std::string& data_dir, int port) {
    Wired wired;
    Configuration read = read_files(settings_file, {data_dir, port}, true);
    add(wired.warnings, read.warnings);
    add(wired.problems, read.problems);
    add(wired.gaps, read.gaps);
    if (!wired.problems.empty()) return wired;

    auto daemon = std::make_unique<Daemon>(std::move(read.settings));
    const Settings& settings = daemon->settings;
    daemon->clock = make_clock(settings, wired);
    daemon->store = taken(make_sqlite_store(settings.data_dir + "/stageclock.db"), wired);
    daemon->seal = taken(make_seal(settings.data_dir), wired);
    daemon->templates = taken(make_mustache_templates(settings.templates), wired);
    for (const BoardSettings& board : settings.boards) {
        if (board.templates.empty()) continue;
        daemon->board_templates[board.id] =
            taken(make_mustache_templates(settings.templates, board.templates), wired);
    }
    daemon->forms = taken(make_pdf_forms(settings.templates + "/forms"), wired);
    if (!wired.problems.empty()) return wired;

    auto notifiers = make_notifiers(settings, *daemon->templates, *daemon->store);
    if (!notifiers) {
        add(wired.problems, notifiers.error());
        return wired;
    }
    daemon->rulebook =
        std::make_unique<Rulebook>(std::move(read.boards), std::move(read.calendars));
    daemon->report_files = std::make_unique<ReportFiles>(
        [file = settings.data_dir + "/stageclock.db"](const std::string& board,
                                                      const ReportFiles::Look& look) {
            return each_case(file, board,
                             [&look](const Case& the_case, std::size_t) { look(the_case); });
        },
        *daemon->rulebook, make_report_writers());
    daemon->board_reports = std::make_unique<BoardReports>(*daemon->store, *daemon->rulebook);
    daemon->dispatch = std::make_unique<Dispatch>(
        Dispatch::Parts{*daemon->store, *daemon->rulebook, *daemon->forms, std::move(*notifiers),
                        settings, *daemon->seal, daemon->board_templates,
                        daemon->report_files.get()});
    daemon->outbox =
        std::make_unique<Outbox>(*daemon->store, *daemon->clock, *daemon->dispatch, senders);
    daemon->engine = std::make_unique<Engine>(*daemon->store, *daemon->clock, *daemon->rulebook,
                                              [outbox = daemon->outbox.get()] { outbox->ring(); });
    daemon->engine->also(*daemon->board_reports);
    daemon->outbox->when_unreached([engine = daemon->engine.get()](Update update) {
        return engine->submit(std::move(update));
    });
    daemon->desk = std::make_unique<FrontDesk>(*daemon->engine, *daemon->outbox, *daemon->store,
                                               *daemon->clock, *daemon->rulebook);
    daemon->mail_claims = std::make_unique<MailClaims>(
        *daemon->desk, *daemon->store, [outbox = daemon->outbox.get()] { outbox->ring(); });
    daemon->links = std::make_unique<LinkDesk>(*daemon->desk, *daemon->store, *daemon->rulebook,
                                               *daemon->mail_claims);
    daemon->chat = std::make_unique<CaseChat>(
        CaseChat::Parts{*daemon->desk, *daemon->links, *daemon->store, *daemon->rulebook,
                        *daemon->seal, settings.public_url});
    open_ways_in(*daemon, wired);
    if (wired.problems.empty()) wired.daemon = std::move(daemon);
    return wired;
}

}  // namespace stageclock
