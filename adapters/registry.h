// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot/core/calendar.h"
#include "bot/core/directory.h"
#include "bot/core/directory_import.h"
#include "bot/core/form_layout.h"
#include "bot/core/policy.h"
#include "bot/ports/calendar_feeds.h"
#include "bot/ports/case_file.h"
#include "bot/ports/chat.h"
#include "bot/ports/clock.h"
#include "bot/ports/delivery_reports.h"
#include "bot/ports/desk.h"
#include "bot/ports/door.h"
#include "bot/ports/form_reader.h"
#include "bot/ports/form_renderer.h"
#include "bot/ports/front.h"
#include "bot/ports/inbox.h"
#include "bot/ports/links.h"
#include "bot/ports/mail_archive.h"
#include "bot/ports/notifier.h"
#include "bot/ports/places.h"
#include "bot/ports/report_writer.h"
#include "bot/ports/seal.h"
#include "bot/ports/settings.h"
#include "bot/ports/store.h"
#include "bot/ports/story.h"
#include "bot/ports/templates.h"

// Every adapter, one line each: how the application gets hold of it. Only bot/app/wire.cpp and the
// commands include this.
namespace stageclock {

// Something wrong in a file people edit. `line` is 0 when no line can be named.
struct Finding {
    std::string file;
    int line = 0;
    std::string field;
    std::string what;
    std::string permitted;
};
// "policies/camden/policy.toml:41: duty resolve-2, met_by: unknown event \"resolvd\". Did you ..."
std::string to_text(const Finding& finding);

template <class T>
struct Loaded {
    T value{};
    std::vector<Finding> findings;  // not empty: `value` is not to be used
    std::vector<Finding> gaps;      // to be shown, no reason to stop
};

struct BoardData {
    Board board;
    Policy policy;
    Directory directory;
};

struct Overrides {      // what the command line may say instead of the file
    std::string data_dir;
    int port = 0;
};

// Paths in a settings file are relative to the folder the process runs in.
Loaded<Settings> load_settings(const std::string& file, const Overrides& overrides);
// `calendars`: all divisions of the bank-holiday file; the policy names the one it goes by.
Loaded<BoardData> load_board(const BoardSettings& settings,
                             const std::vector<Calendar>& calendars);
// Keeps a copy of the folder a board is served from, so that a case keeps the version it was raised
// under whatever happens to the file. One copy for each digest of policy.toml; a folder kept
// before is brought up to date.
Done keep_policy(const std::string& data_dir, const std::string& board, const std::string& folder,
                 const std::string& digest);
// The folders kept of a board: the one served last first, then the newest.
std::vector<std::string> kept_policies(const std::string& data_dir, const std::string& board);

// What differs between two versions of a policy, each a folder or a policy.toml, in the order of
// the file. Values are as they are written.
struct PolicyChange {
    enum class Kind { added, removed, changed };
    Kind kind{};
    std::string table;   // "duty"
    std::string id;      // "limit-2"; empty: the table has one row
    std::string key;     // changed: "due"
    std::string before;  // empty: it was not there
    std::string after;   // empty: it is not there any more
    int line = 0;        // of the row, in the newer file (removed: in the older)
};
Result<std::vector<PolicyChange>> diff_policies(const std::string& before,
                                                const std::string& after);

Result<Zone> load_zone(const std::string& name);
Loaded<std::vector<Calendar>> load_calendar(const std::string& file, const Zone& zone);

// A spreadsheet saved as CSV. Code::not_found: there is no such file; Code::invalid_input: it is
// none. The error names rows and never quotes a cell.
Result<Sheet> load_sheet(const std::string& file);

// A board's own overlay as it is to be, written to a file beside it so that it can be loaded before
// it takes the overlay's place.
struct OverlayDraft {
    std::string overlay;  // the file whose place it takes; need not be there yet
    std::string file;     // where the draft is
    std::string before;   // what the overlay said when the draft was made
};
// All rows of the overlay stay; its comments do not. Code::invalid_input: the overlay is no TOML;
// Code::unavailable: the draft cannot be written.
Result<OverlayDraft> draft_overlay(const std::string& overlay,
                                   const std::vector<PostChange>& changes);
// Puts the draft in its place, durably and in one step; what stood there stays as OVERLAY.before.
// Code::conflict: the overlay changed meanwhile.
Done keep_draft(const OverlayDraft& draft);
void drop_draft(const OverlayDraft& draft);

// A story for `simulate`. Its times are read on the zone's wall clock.
Loaded<StoryFile> load_story(const std::string& file, const Zone& zone);

std::unique_ptr<Clock> make_system_clock();
Result<std::unique_ptr<Clock>> make_sandbox_clock(const std::string& data_dir);

// Its key is kept in DATA_DIR/link.key and made when it is not there.
Result<std::unique_ptr<Seal>> make_seal(const std::string& data_dir);

Result<std::unique_ptr<Store>> make_sqlite_store(const std::string& path);
std::unique_ptr<Store> make_memory_store();
// One case of a store, beside the daemon that writes it: nothing is changed. Code::not_found: no
// such database or case.
Result<CaseFile> read_case_file(const std::string& path, const std::string& ref);
// Shows each open case to `look`, in the order they were raised; reads the whole store.
Done each_open_case(const std::string& path, const std::function<void(const Case&)>& look);
// Shows each case of a board to `look`, closed ones too, in the order they were raised and one at a
// time; `all` is how many there are. Beside the daemon, as above.
Done each_case(const std::string& path, const std::string& board,
               const std::function<void(const Case& the_case, std::size_t all)>& look);

// `own`: a board's folder, whose files take the place of those of the same name; empty: none. A
// file there that takes the place of none, is no part and belongs to no reason is an error.
Result<std::unique_ptr<Templates>> make_mustache_templates(const std::string& folder,
                                                           const std::string& own = "");
// The layouts of a folder, by name.
Result<std::map<std::string, FormLayout>> read_form_layouts(const std::string& folder);
// Reads the forms that come back, of every format.
std::unique_ptr<FormReader> make_form_reader();
Result<std::unique_ptr<FormRenderer>> make_pdf_forms(const std::string& folder);
// What boards' own PDFs leave empty, a sentence each: fields of the file that no value is given to,
// and values without a field. No reason to stop.
Result<std::vector<std::string>> own_pdf_gaps(const std::string& folder);
// The same forms as Word files (DOCX), each field a content control.
Result<std::unique_ptr<FormRenderer>> make_docx_forms(const std::string& folder);
// What `check` shows of the boards' own Word files: a line for each value that none of their
// controls shows, and for each control that nothing is put in.
Result<std::vector<std::string>> unused_word_fields(const std::string& folder);

// The files a report is made into: one for each of "csv", "html", "pdf".
std::vector<std::unique_ptr<ReportWriter>> make_report_writers();

// The notifiers of every configured channel; captured ones when delivery is not live.
Result<std::vector<std::unique_ptr<Notifier>>> make_notifiers(const Settings& settings,
                                                              const Templates& templates,
                                                              Places& places);
// The channels a [[chat]] of the settings may name, and those a [[chat_app]] may.
std::vector<std::string> chat_channels();
std::vector<std::string> chat_app_channels();
// What the settings of a channel cannot do without.
struct ChatNeeds {
    std::vector<std::string> of_app = {};   // keys of every [[chat_app]] of it
    std::vector<std::string> to_post = {};  // and of one that a [[chat]] names
    bool by_url = true;                     // a [[chat]] may be a webhook's address instead
};
ChatNeeds chat_needs(const std::string& channel);
// The addresses at which the chat platforms of the settings call us. `desk` and `places` outlive
// them.
std::vector<std::unique_ptr<front::Door>> make_doors(const Settings& settings, ChatDesk& desk,
                                                     Places& places, const Clock& clock);
// The service that delivers for us and can be asked what became of it; null: there is none, or
// nothing leaves this machine.
std::unique_ptr<DeliveryReports> make_delivery_reports(const Settings& settings);
// The address at which it tells us by itself; null: the settings name no token for it. `desk`
// outlives it.
std::unique_ptr<front::Door> make_report_door(const Settings& settings, ReportDesk& desk);
// One mail from a file, or from standard input when it is called "-". Code::not_found: there is no
// such file; Code::invalid_input: it is no mail we read.
Result<IncomingMail> load_mail(const std::string& file);
// Every mail is copied to DATA_DIR/mail before it is taken.
Result<std::unique_ptr<Inbox>> make_maildir_inbox(const std::string& maildir,
                                                  const std::string& data_dir);
// The mailbox of settings.imap; it connects when it is asked for mail. The clock outlives it.
Result<std::unique_ptr<Inbox>> make_imap_inbox(const Settings& settings, const Clock& clock);
// The mails both inboxes keep in DATA_DIR/mail.
std::unique_ptr<MailArchive> make_mail_archive(const std::string& data_dir);
// What the HTTP side serves besides the desk; all that is pointed to outlives it.
struct FrontParts {
    Links* links = nullptr;             // null, or no seal: no pages behind the links in mails
    const Seal* seal = nullptr;
    const MailArchive* mails = nullptr;  // null: it gives no files
    std::vector<std::unique_ptr<front::Door>> doors = {};
    CalendarFeeds* calendars = nullptr;  // null, or no seal: no calendars
};
std::unique_ptr<Front> make_http_front(const Settings& settings, Desk& desk, FrontParts parts = {});
// Asks the daemon of these settings to move its sandbox clock; gives its new time in words.
// Code::unavailable: no daemon answers there.
Result<std::string> move_daemon_clock(const Settings& settings, const std::string& by);
// Asks it to move a case to the policy served now. Code::refused: it says why not.
Done migrate_case(const Settings& settings, const std::string& ref, const std::string& reason);

}  // namespace stageclock
