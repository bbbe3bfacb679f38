// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/reply.h"

// The scanners understand() is made of. Internal to bot/core: reply*, chat_*, robot,
// bounce* and away*.cpp.
namespace stageclock::reply {

// ---- text (reply_text.cpp)

std::string_view trimmed(std::string_view text);
std::vector<std::string> lines_of(std::string_view text);
std::string joined(const std::vector<std::string>& parts, std::string_view between);
// No-break and other odd spaces as spaces, curly apostrophes straight, invisible and control
// characters gone, tabs as spaces.
std::string tidied(std::string_view text);
// "Named Safeguarding Lead" -> "named-safeguarding-lead".
std::string slug(std::string_view text);
// The word at `at`, in lower case; letters, digits and apostrophes. Moves `at` behind it.
std::string next_word(std::string_view text, std::size_t& at);

using Lines = std::vector<std::string>;
// Lower case without the stars of bold text and outer spaces.
std::string plain(std::string_view line);

// ---- what stands around a text (reply_tail.cpp)

// What programs, telephones and gateways put below a text begins with this line.
bool begins_signature(const Lines& lines, std::size_t at);
// Drops warnings and protective markings above a text, and markings below it.
void drop_banners(Lines& lines);
// Cuts at the farewell, unless what follows might be more than a name and a telephone number.
void cut_farewell(Lines& lines);

// ---- dates (reply_dates.cpp)

struct When {
    Date date;
    std::optional<TimeOfDay> time;
    // Without a time of day: the start of the day, the earliest it can have been.
    Instant instant(const Zone& zone) const;
};
// "2026-12-22 16:30", "22 December 2026 at 4.30pm", "Tue 22/12/2026": the day comes first.
std::optional<When> parse_when(std::string_view text);

// The first date in a text of any kind. With `sent`, days without a year ("4 January", "4/1") and
// years of two digits count too: the next such day from then on.
std::optional<Date> date_within(std::string_view text, const std::optional<Date>& sent);

// ---- `Name: value` lines (reply_facts.cpp)

enum class Field {
    board,
    child,
    adult,
    person,
    status,
    agency,
    unit,
    contact,
    reason,
    summary,
    view,
    wanted,
    happened,
    urgent,
    immediate_risk,
    stage,
    skip_reason,
    procedure,
    deadline,
    agreed,       // a deadline the parties agreed on
    unavailable,  // a role that cannot be reached
    priority,
    tag,
    correction,
    action  // "Resolved: ...": a word that asks for something
};

// As the sender says it.
enum class Whose { unsaid, ours, theirs, raising, receiving };

struct Action {
    UpdateKind kind{};
    std::string event;  // report_event
    std::string mode;   // discuss
    bool operator==(const Action&) const = default;
};

struct Fact {
    Field field{};
    Whose whose = Whose::unsaid;
    std::string role;   // contact
    Action action;      // action
    std::string label;  // as written
    std::string value;
};

struct Facts {
    std::vector<Fact> lines;
    std::string rest;  // what stands in no such line
};

// `policy` may be null: then no role or event of its own is known.
Facts read_facts(std::string_view text, const Policy* policy);
// How many lines of the text begin with a name we know.
int count_labels(std::string_view text);

// ---- raises (reply_raise.cpp)

// "named-safeguarding-lead" -> "named safeguarding lead".
std::string readable(std::string_view role);
// "Sam Field <sam@example.org>", "Sam Field (sam@example.org)": the first address in the value and
// the name before it. Without an address the whole value is the name.
Contact contact_of(const Fact& fact, Side side);
std::optional<Instant> instant_of(std::string_view value, const Zone& zone);
inline constexpr std::string_view date_wanted =
    "Happened: write the date as 2026-12-22 16:30 or 22 December 2026 at 16:30";
// The id of the stage a value names by id or title; empty: none.
std::string stage_of(const Policy& policy, std::string_view value);
// Fills in what the facts of a raise give and lack.
void understand_raise(const Facts& facts, const Background& background, const KnownBoard& known,
                      Understood& into);

// ---- updates of a case (reply_update.cpp)

// Fills in what a mail about a case asks for.
void understand_update(const Facts& facts, std::string_view subject, const Background& background,
                       const KnownBoard& known, Understood& into);

// ---- words (reply_words.cpp, reply_phrases.cpp)

enum class Opens { freely, narrowly, never };  // what may follow it in the first sentence

struct Phrase {
    std::string_view text;
    UpdateKind kind;
    Opens opens = Opens::narrowly;
};
std::span<const Phrase> phrases();

// The action a label stands for ("resolved" in "Resolved: ..."), words of the policy included.
std::optional<Action> action_of_label(std::string_view folded_label, const Policy* policy);

struct Spoken {
    std::vector<Action> certain;    // each once
    std::vector<UpdateKind> heard;  // mentioned, but not so that we may act on it
    bool negated = false;           // a mention with "not", "if", "?" and the like
    std::string stage;              // "escalate to stage 3"
    bool bare = false;              // the text is nothing but one such phrase
};
Spoken listen(std::string_view text, const Policy* policy);
// True when the text has a word that might ask for something grave (resolved, escalate, ...).
bool has_strong_word(std::string_view text);
// "no", "not yet", "n/a": a value that denies its label.
bool denies(std::string_view value);
std::optional<bool> yes_or_no(std::string_view value);

}  // namespace stageclock::reply
