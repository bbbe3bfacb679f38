// SPDX-License-Identifier: MIT
#include <cstdio>
#include <filesystem>

#include "adapters/registry.h"
#include "bot/app/commands/commands.h"
#include "bot/app/commands/story_files.h"
#include "bot/app/directory/report.h"
#include "bot/app/wire.h"
#include "bot/core/nearest.h"

namespace stageclock::commands {
namespace {

namespace fs = std::filesystem;

int fail(const Error& error, int code) {
    const std::string where = error.where.empty() ? "" : error.where + ": ";
    std::fprintf(stderr, "%s%s\n", where.c_str(), error.what.c_str());
    return code;
}

int fail(const std::string& what) { return fail({Code::invalid_input, what, ""}, exit_data); }

// `draft` stands for `overlay` in the findings.
int fail(std::vector<Finding> findings, const std::string& draft = "",
         const std::string& overlay = "") {
    for (Finding& finding : findings) {
        if (!draft.empty() && finding.file == draft) finding.file = overlay;
        std::fprintf(stderr, "%s\n", to_text(finding).c_str());
    }
    return exit_data;
}

bool exists(const std::string& file) {
    std::error_code ignored;
    return fs::exists(file, ignored);
}

fs::path real(const std::string& file) {
    std::error_code failure;
    const auto path = fs::weakly_canonical(file, failure);
    return failure ? fs::path(file) : path;
}

bool lies_below(const fs::path& file, const fs::path& folder) {
    const auto relative = file.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

const BoardSettings* board_of(const Settings& settings, const std::string& id) {
    for (const BoardSettings& board : settings.boards) {
        if (board.id == id) return &board;
    }
    return nullptr;
}

int unknown_board(const Settings& settings, const std::string& id) {
    std::vector<std::string> known;
    std::string all;
    for (const BoardSettings& board : settings.boards) {
        known.push_back(board.id);
        all += (all.empty() ? "" : ", ") + board.id;
    }
    const std::string near = nearest(id, known);
    return fail("unknown board \"" + id + "\". " +
                (near.empty() ? "Permitted: " + all + "." : "Did you mean \"" + near + "\"?"));
}

// Why the last of a board's overlays may not be rewritten; empty: it may.
std::string not_its_own(const Settings& settings, const BoardSettings& board) {
    if (board.directories.empty()) {
        return "board " + board.id +
               " has no overlay of its own: name a file in `directories` of its [[board]]";
    }
    const fs::path own = real(board.directories.back());
    for (const BoardSettings& other : settings.boards) {
        if (lies_below(own, real(other.policy))) {
            return board.directories.back() +
                   " lies in a policy folder: published data is not rewritten. Name a file "
                   "elsewhere, last in `directories` of the [[board]]";
        }
        if (other.id == board.id) continue;
        for (const std::string& file : other.directories) {
            if (real(file) != own) continue;
            return file + " is an overlay of board " + other.id +
                   " too: name one of its own, last in `directories` of the [[board]]";
        }
    }
    return "";
}

// Writes the changes, and shows that the board loads with them before they count.
int apply(const BoardSettings& board, const std::vector<Calendar>& calendars,
          const ImportPlan& plan) {
    const auto draft = draft_overlay(board.directories.back(), plan.changes);
    if (!draft) {
        return fail(draft.error(), draft.error().code == Code::invalid_input ? exit_data : exit_io);
    }
    BoardSettings trial = board;
    trial.directories.back() = draft->file;
    const auto loaded = load_board(trial, calendars);
    if (!loaded.findings.empty()) {
        drop_draft(*draft);
        return fail(loaded.findings, draft->file, board.directories.back());
    }
    const Done kept = keep_draft(*draft);
    if (kept) return exit_ok;
    drop_draft(*draft);
    return fail(kept.error(), exit_io);
}

void show(const directory::Import& import, bool json) {
    const std::string text = json ? as_json(import).print() : as_text(import);
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (json) return;
    for (const std::string& line : problem_lines(import)) {
        std::fprintf(stderr, "%s\n", line.c_str());
    }
}

int import_into(const BoardSettings& board, const Settings& settings, const Sheet& sheet,
                const DirectoryImport& options) {
    const auto zone = story_zone();
    if (!zone) return fail(zone.error(), exit_data);
    const auto calendars = load_calendar(settings.calendar, *zone);
    if (calendars.value.empty()) return fail(calendars.findings);
    BoardSettings present = board;
    if (!exists(present.directories.back())) present.directories.pop_back();
    const auto loaded = load_board(present, calendars.value);
    if (!loaded.findings.empty()) return fail(loaded.findings);

    std::vector<std::string> chats = channels_of(settings);
    const BoardData& data = loaded.value;
    directory::Import import{
        .file = options.file,
        .board = board.id,
        .overlay = board.directories.back(),
        .applied = false,
        .skipping = options.skip_errors,
        .plan = plan_import(sheet, {data.directory, data.policy, data.board, std::move(chats)})};
    const bool blocked =
        !import.plan.readable || (!import.plan.problems.empty() && !options.skip_errors);
    int code = blocked ? exit_data : exit_ok;
    if (options.apply && !blocked && !import.plan.changes.empty()) {
        code = apply(board, calendars.value, import.plan);
        if (code != exit_ok) return code;
        import.applied = true;
    }
    show(import, options.json);
    return code;
}

}  // namespace

int directory_import(const DirectoryImport& options) {
    const auto sheet = load_sheet(options.file);
    if (!sheet) {
        return fail(sheet.error(),
                    sheet.error().code == Code::not_found ? exit_no_input : exit_data);
    }
    if (!exists(options.config)) {
        return fail({Code::not_found, "there is no such file", options.config}, exit_no_input);
    }
    const auto settings = load_settings(options.config, {options.data_dir, 0});
    if (!settings.findings.empty()) return fail(settings.findings);
    const BoardSettings* board = board_of(settings.value, options.board);
    if (board == nullptr) return unknown_board(settings.value, options.board);
    if (const std::string why = not_its_own(settings.value, *board); !why.empty()) return fail(why);
    return import_into(*board, settings.value, *sheet, options);
}

}  // namespace stageclock::commands
