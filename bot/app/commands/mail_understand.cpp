// SPDX-License-Identifier: MIT
#include <cstdio>

#include "bot/app/commands/commands.h"
#include "bot/app/commands/story_files.h"
#include "bot/app/reading/mail_report.h"
#include "bot/app/wire_boards.h"

namespace stageclock::commands {
namespace {

int fail(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) std::fprintf(stderr, "%s\n", to_text(finding).c_str());
    return exit_config;
}

// The boards of a daemon, as its mails are read by.
struct Boards {
    std::vector<BoardData> data;
    std::vector<Finding> findings;
};

Boards boards_of(const std::string& config, const Zone& zone) {
    Boards boards;
    if (config.empty()) return boards;
    const auto settings = load_settings(config, {});
    boards.findings = settings.findings;
    if (!boards.findings.empty()) return boards;
    const auto calendars = load_calendar(settings.value.calendar, zone);
    boards.findings = calendars.findings;
    for (const BoardSettings& one : settings.value.boards) {
        auto loaded = load_board(one, calendars.value);
        boards.findings.insert(boards.findings.end(), loaded.findings.begin(),
                               loaded.findings.end());
        boards.data.push_back(std::move(loaded.value));
    }
    return boards;
}

// Whose side the sender is on is known to the daemon only: a mail is read as from the raising one.
std::optional<Understood> read(const IncomingMail& mail, const Boards& boards, const Zone& zone) {
    if (mail.writer.kind != Writer::Kind::person) return std::nullopt;
    const MailText text{mail.subject, mail.text};
    if (boards.data.empty()) return understand_alone(text, zone);
    std::vector<KnownBoard> known;
    for (const BoardData& each : boards.data)
        known.push_back({each.board, each.policy, each.directory});
    const std::string only = known.size() == 1 ? known.front().board.id : "";
    return understand(text, {known, zone, only, Side::raising});
}

void print(const IncomingMail& mail, const std::optional<Understood>& understood, bool json) {
    std::string text;
    if (json) {
        text = reading::report_json(mail, understood).print_line();
    } else {
        for (const auto& line : reading::report_lines(mail, understood)) text += line + '\n';
    }
    std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace

int mail_understand(const MailUnderstand& options) {
    const auto zone = story_zone();
    if (!zone) {
        std::fprintf(stderr, "%s\n", zone.error().what.c_str());
        return exit_config;
    }
    const Boards boards = boards_of(options.config, *zone);
    if (!boards.findings.empty()) return fail(boards.findings);
    int code = exit_ok;
    for (const std::string& file : options.files) {
        const auto mail = load_mail(file);
        if (!mail) {
            std::fprintf(stderr, "%s: %s\n", file.c_str(), mail.error().what.c_str());
            const bool missing = mail.error().code == Code::not_found;
            code = missing ? exit_no_input : code == exit_ok ? exit_data : code;
            continue;
        }
        if (!options.json && options.files.size() > 1) std::printf("== %s\n", file.c_str());
        print(*mail, read(*mail, boards, *zone), options.json);
    }
    return code;
}

}  // namespace stageclock::commands
