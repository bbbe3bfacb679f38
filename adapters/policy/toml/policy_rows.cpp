// SPDX-License-Identifier: MIT
#include <algorithm>

#include "adapters/policy/toml/common_rows.h"
#include "adapters/policy/toml/rows.h"

namespace stageclock::policy_toml {
namespace {

using toml_reader::Row;

Side read_event_side(Row& row, const char* key) {
    return parse_side(row.choice(key, {"none", "raising", "receiving"})).value_or(Side::none);
}

// How something closes the case; nothing: it does not.
std::optional<bool> read_closes(Row& row, const char* key) {
    const std::string closes = row.choice(key, {"", "resolved", "withdrawn"});
    return closes.empty() ? std::nullopt : std::optional(closes == "resolved");
}

// `by_priority = { urgent = "24 hours" }`; `urgent = "24 hours"` says the same.
std::vector<PriorityTerm> read_by_priority(Row& row) {
    std::vector<PriorityTerm> terms;
    if (const auto urgent = row.term("urgent")) terms.push_back({"urgent", *urgent});
    if (auto levels = row.table("by_priority")) {
        for (const std::string& level : levels->keys()) {
            terms.push_back({level, levels->required_term(level.c_str())});
        }
    }
    return terms;
}

// A reminder is a span before a deadline: only spans that can be counted back.
std::vector<Term> read_reminders(Row& row, const char* key) {
    std::vector<Term> terms = row.terms(key);
    for (const Term& term : terms) {
        if (term.unit == Unit::working_days || term.unit == Unit::hours) continue;
        row.wrong(key, "\"" + to_text(term) + "\" cannot be counted back from a deadline",
                  "Permitted: working days or hours, such as \"1 working day\".");
    }
    return terms;
}

Procedure read_procedure(Row row) {
    return {.id = row.required("id"),
            .title = row.required("title"),
            .raise_within = row.term("raise_within"),
            .raise_late_warns = row.choice("raise_late", {"refuse", "warn"}) == "warn",
            .raise_roles = read_targets(row, "raise_roles"),
            .when = read_when(row),
            .clauses = row.texts("clauses")};
}

// A [[stage]], and a [[step]], which lies within one.
Stage read_stage(Row& row, bool step) {
    return {.id = row.required("id"),
            .procedure = step ? "" : row.required("procedure"),
            .within = step ? row.required("stage") : "",
            .title = row.required("title"),
            .guidance = row.text("guidance"),
            .actors = read_targets(row, "actors"),
            .joins = read_targets(row, "joins"),
            .skip_to_with = row.text("skip_to_with"),
            .last = row.flag("last", false),
            .announce = row.flag("announce", true),
            .next = row.text("next"),
            .leave_with = row.texts("leave_with"),
            .after = row.text("after"),
            .resolve_after = row.text("resolve_after"),
            .when = read_when(row),
            .clauses = row.texts("clauses")};
}

Duty read_duty(Row row) {
    return {.id = row.required("id"),
            .title = row.required("title"),
            .ask = row.text("ask"),
            .procedure = row.text("procedure"),
            .stage = row.text("stage"),
            .starts = row.required("starts"),
            .or_starts = row.texts("or_starts"),
            .starts_side = read_event_side(row, "starts_side"),
            .from = row.text("from"),
            .due = row.required_term("due"),
            .by_priority = read_by_priority(row),
            .at_most = row.term("at_most"),
            .owed_by = read_targets(row, "owed_by"),
            .met_by = row.texts("met_by"),
            .met_side = read_event_side(row, "met_side"),
            .missed_tells = read_targets(row, "missed_tells"),
            .missed_tells_next = row.flag("missed_tells_next", false),
            .announce = row.flag("announce", true),
            .outlasts = row.flag("outlasts", false),
            .met_enters = row.text("met_enters"),
            .missed_enters = row.text("missed_enters"),
            .met_closes = read_closes(row, "met_closes"),
            .missed_closes = read_closes(row, "missed_closes"),
            .remind = read_reminders(row, "remind"),
            .repeat = row.term("repeat"),
            .form = row.text("form"),
            .part = row.text("part"),
            .when = read_when(row),
            .clauses = row.texts("clauses")};
}

Copy read_copy(Row row) {
    const std::string kind = row.choice("kind", {"copy", "outcome", "prompt"});
    return {.id = row.required("id"),
            .on = row.required("on"),
            .stage = row.text("stage"),
            .from_stage = row.text("from_stage"),
            .procedure = row.text("procedure"),
            .kind = kind == "prompt"    ? CopyKind::prompt
                    : kind == "outcome" ? CopyKind::outcome
                                        : CopyKind::copy,
            .to = read_targets(row, "to"),
            .text = row.required("text"),
            .form = row.text("form"),
            .when = read_when(row),
            .clauses = row.texts("clauses")};
}

NamedEvent read_event(Row row) {
    NamedEvent event{
        .id = row.required("id"),
        .title = row.required("title"),
        .words = row.texts("words"),
        .side = parse_side(row.choice("side", {"none", "raising", "receiving", "board"}))
                    .value_or(Side::none),
        .stages = row.texts("stages"),
        .enters = row.text("enters"),
        .after = row.text("after"),
        .closes = read_closes(row, "closes"),
        .sets = row.texts("sets"),
        .clears = row.texts("clears"),
        .needs = row.texts("needs"),
        .members_at_least = row.number("members_at_least", 0, 1, 50),
        .members_flag = row.text("members_flag"),
        .uninvolved = row.flag("uninvolved", false),
        .clauses = row.texts("clauses")};
    return event;
}

Form read_form(Row row) {
    Form form{.id = row.required("id"),
              .title = row.required("title"),
              .layout = row.required("layout"),
              .stages = row.texts("stages"),
              .return_to = std::nullopt,
              .parts = {},
              .clauses = row.texts("clauses")};
    if (auto target = row.table("return_to", "target")) form.return_to = read_target(*target);
    for (Row& part : row.rows("part", "form.part")) {
        FormPart read{.id = part.required("id"), .title = part.required("title"), .filled_by = {}};
        if (auto target = part.table("filled_by", "target")) {
            read.filled_by = read_target(*target);
        } else {
            part.required("filled_by");
        }
        form.parts.push_back(std::move(read));
    }
    return form;
}

Guard read_guard(Row row) {
    const std::string kind = row.choice("kind", {"warning", "refusal", "signpost"});
    return {.id = row.required("id"),
            .kind = kind == "refusal"    ? GuardKind::refusal
                    : kind == "signpost" ? GuardKind::signpost
                                         : GuardKind::warning,
            .when = row.required("when"),
            .when_case = read_when(row, "when_case"),
            .stages = row.texts("stages"),
            .text = row.required("text"),
            .clauses = row.texts("clauses")};
}

ReasonOption read_reason(Row row) {
    return {
        .id = row.required("id"), .title = row.required("title"), .clauses = row.texts("clauses")};
}

void read_readings(Row& row, Readings& readings) {
    readings.close_of_business =
        row.time_of_day("close_of_business").value_or(readings.close_of_business);
    readings.reminder_time = row.time_of_day("reminder_time").value_or(readings.reminder_time);
    readings.opening = row.time_of_day("opening").value_or(readings.opening);
    readings.late_start = row.time_of_day("late_start");
    readings.first_day_counts = row.flag("first_day_counts", false);
    readings.same_clock_time_on_last_day = row.flag("same_clock_time_on_last_day", false);
    readings.week_is_same_weekday = row.flag("week_is_same_weekday", false);
}

void read_head(Row row, Policy& policy) {
    policy.id = row.required("id");
    policy.board = row.required("board");
    policy.title = row.required("title");
    policy.version = row.required("version");
    policy.text = row.text("text");
    policy.review_due = row.date("review_due");
    read_readings(row, policy.readings);
    policy.auto_advance = row.flag("auto_advance", false);
    policy.remind = read_reminders(row, "remind");
    policy.remind_hours = read_reminders(row, "remind_hours");
    policy.repeat = row.term("repeat").value_or(policy.repeat);
    policy.repeat_urgent = row.term("repeat_urgent").value_or(policy.repeat_urgent);
    policy.quiet = row.term("quiet").value_or(Term{Unit::working_days, 5});
    policy.case_status = row.texts("case_status");
    policy.case_roles = row.texts("case_roles");
    policy.clauses = row.texts("clauses");
    policy.readings_used = row.texts("readings");
    policy.calendar = row.text("calendar", policy.calendar);
}

// Steps stand after the stage they lie in, in the order of the file.
std::vector<Stage> read_ladder(Row& root) {
    std::vector<Stage> steps;
    for (Row& row : root.rows("step")) steps.push_back(read_stage(row, true));
    std::vector<Stage> rungs;
    for (Row& row : root.rows("stage")) {
        rungs.push_back(read_stage(row, false));
        const Stage stage = rungs.back();
        for (Stage& step : steps) {
            if (step.within != stage.id) continue;
            step.procedure = stage.procedure;
            rungs.push_back(step);
        }
    }
    for (Stage& step : steps) {
        if (step.procedure.empty()) rungs.push_back(std::move(step));  // check() says what is wrong
    }
    return rungs;
}

// A report on each case is told when it ends, like any copy.
void add_report_copies(Policy& policy) {
    for (const BoardReport& report : policy.reports) {
        if (report.every != BoardReport::Every::once) continue;
        policy.copies.push_back({.id = report.id,
                                 .on = "closed",
                                 .from_stage = report.from_stage,
                                 .to = report.to,
                                 .text = report.text,
                                 .clauses = report.clauses});
    }
}

// What follows from several rows together: the levels of a duty in the policy's order, the warning
// of a procedure that takes late cases, and the copies that reports on single cases are.
void complete(Policy& policy) {
    add_report_copies(policy);
    for (Duty& duty : policy.duties) {
        std::stable_sort(duty.by_priority.begin(), duty.by_priority.end(),
                         [&](const PriorityTerm& a, const PriorityTerm& b) {
                             return level_of(policy, a.level) < level_of(policy, b.level);
                         });
    }
    for (const Procedure& procedure : policy.procedures) {
        if (!procedure.raise_within || !procedure.raise_late_warns) continue;
        Guard guard;
        guard.id = procedure.id + "-raised-late";
        guard.when = "prompt";
        guard.when_case.circumstance = {std::string(raised_late)};
        guard.when_case.procedure = {procedure.id};
        guard.text = "This was raised later than " + to_text(*procedure.raise_within) +
                     " after the decision it disputes: the policy asks for it earlier.";
        guard.clauses = procedure.clauses;
        policy.guards.push_back(std::move(guard));
    }
}

template <class Value, class Read>
std::vector<Value> read_all(Row& root, const char* key, Read read) {
    std::vector<Value> values;
    for (const Row& row : root.rows(key)) values.push_back(read(row));
    return values;
}

}  // namespace

Policy read_policy(const std::string& file, toml_reader::Report& report) {
    Policy policy;
    toml_reader::Document document(file, report);
    if (!document.usable()) return policy;
    Row root = document.root();
    if (auto head = root.table("policy")) {
        read_head(*head, policy);
    } else {
        root.wrong("", "has no [policy] table", "It is required: docs/policy-language.md.");
    }
    policy.procedures = read_all<Procedure>(root, "procedure", read_procedure);
    policy.stages = read_ladder(root);
    policy.duties = read_all<Duty>(root, "duty", read_duty);
    policy.copies = read_all<Copy>(root, "copy", read_copy);
    policy.events = read_all<NamedEvent>(root, "event", read_event);
    policy.forms = read_all<Form>(root, "form", read_form);
    policy.guards = read_all<Guard>(root, "guard", read_guard);
    policy.reasons = read_all<ReasonOption>(root, "reason", read_reason);
    read_more(root, policy);
    complete(policy);
    document.report_unknown_keys();
    return policy;
}

void read_choices(Row& row, Board& board) {
    constexpr int longest = 24 * 60;
    const auto minutes = [&row](const char* key, std::chrono::minutes otherwise) {
        const int given = row.number(key, static_cast<int>(otherwise.count()), 1, longest);
        return std::chrono::minutes(given);
    };
    board.fall_back_after = minutes("fall_back_after_minutes", board.fall_back_after);
    board.urgent_fall_back_after =
        minutes("urgent_fall_back_after_minutes", board.urgent_fall_back_after);
    board.urgent_at_once = row.number("urgent_at_once", board.urgent_at_once, 1, 5);
    board.suppress_below = row.number("suppress_below", board.suppress_below, 0, 100);
    if (board.suppress_below == 1 || board.suppress_below == 2) {
        row.wrong("suppress_below", "withholds nothing: \"fewer than 2\" would be 1",
                  "Permitted: 0, or 3 to 100.");
    }
}

Board read_board(const std::string& file, toml_reader::Report& report) {
    Board board;
    toml_reader::Document document(file, report);
    if (!document.usable()) return board;
    Row root = document.root();
    if (auto row = root.table("board")) {
        board.id = row->required("id");
        board.name = row->required("name");
        board.reference_prefix = row->required("reference_prefix");
        board.subjects = row->texts("subjects");
        board.stage_copies = row->texts("stage_copies");
        board.mail_domains = row->texts("mail_domains");
        read_choices(*row, board);
    } else {
        root.wrong("", "has no [board] table", "It is required: docs/policy-language.md.");
    }
    document.report_unknown_keys();
    return board;
}

}  // namespace stageclock::policy_toml
