// SPDX-License-Identifier: MIT
#include "adapters/policy/toml/rows.h"

namespace stageclock::policy_toml {
namespace {

using toml_reader::Row;

const std::vector<std::string> sides{"raising", "receiving", "both", "board"};

// The mistakes of a side are the choice's; the first side stands in meanwhile.
Target read_target(Row row) {
    Target target;
    if (!row.has("side")) row.required("side");
    target.side = parse_side(row.choice("side", sides)).value_or(Side::both);
    target.role = row.required("role");
    return target;
}

std::vector<Target> read_targets(Row& row, const char* key) {
    std::vector<Target> targets;
    for (const Row& target : row.rows(key, "target")) targets.push_back(read_target(target));
    return targets;
}

Side read_event_side(Row& row, const char* key) {
    return parse_side(row.choice(key, {"none", "raising", "receiving"})).value_or(Side::none);
}

When read_when(Row& row) {
    When when;
    if (auto limits = row.table("when")) {
        when.subject = limits->texts("subject");
        when.case_status = limits->texts("case_status");
        when.urgent = limits->flag("urgent");
    }
    return when;
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
    return {
        .id = row.required("id"), .title = row.required("title"), .clauses = row.texts("clauses")};
}

Stage read_stage(Row row) {
    return {.id = row.required("id"),
            .procedure = row.required("procedure"),
            .title = row.required("title"),
            .guidance = row.text("guidance"),
            .actors = read_targets(row, "actors"),
            .joins = read_targets(row, "joins"),
            .skip_to_with = row.text("skip_to_with"),
            .last = row.flag("last", false),
            .after = row.text("after"),
            .clauses = row.texts("clauses")};
}

Duty read_duty(Row row) {
    return {.id = row.required("id"),
            .title = row.required("title"),
            .ask = row.text("ask"),
            .procedure = row.text("procedure"),
            .stage = row.text("stage"),
            .starts = row.required("starts"),
            .starts_side = read_event_side(row, "starts_side"),
            .from = row.text("from"),
            .due = row.required_term("due"),
            .urgent = row.term("urgent"),
            .owed_by = read_targets(row, "owed_by"),
            .met_by = row.texts("met_by"),
            .met_side = read_event_side(row, "met_side"),
            .missed_tells = read_targets(row, "missed_tells"),
            .missed_tells_next = row.flag("missed_tells_next", false),
            .announce = row.flag("announce", true),
            .remind = read_reminders(row, "remind"),
            .repeat = row.term("repeat"),
            .form = row.text("form"),
            .when = read_when(row),
            .clauses = row.texts("clauses")};
}

Copy read_copy(Row row) {
    const std::string kind = row.choice("kind", {"copy", "outcome", "prompt"});
    return {.id = row.required("id"),
            .on = row.required("on"),
            .stage = row.text("stage"),
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
    return {.id = row.required("id"),
            .title = row.required("title"),
            .words = row.texts("words"),
            .clauses = row.texts("clauses")};
}

Form read_form(Row row) {
    Form form{.id = row.required("id"),
              .title = row.required("title"),
              .layout = row.required("layout"),
              .stages = row.texts("stages"),
              .return_to = std::nullopt,
              .clauses = row.texts("clauses")};
    if (auto target = row.table("return_to", "target")) form.return_to = read_target(*target);
    return form;
}

Guard read_guard(Row row) {
    const std::string kind = row.choice("kind", {"warning", "refusal", "signpost"});
    return {.id = row.required("id"),
            .kind = kind == "refusal"    ? GuardKind::refusal
                    : kind == "signpost" ? GuardKind::signpost
                                         : GuardKind::warning,
            .when = row.required("when"),
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
    policy.case_status = row.texts("case_status");
    policy.case_roles = row.texts("case_roles");
    policy.clauses = row.texts("clauses");
    policy.readings_used = row.texts("readings");
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
    policy.stages = read_all<Stage>(root, "stage", read_stage);
    policy.duties = read_all<Duty>(root, "duty", read_duty);
    policy.copies = read_all<Copy>(root, "copy", read_copy);
    policy.events = read_all<NamedEvent>(root, "event", read_event);
    policy.forms = read_all<Form>(root, "form", read_form);
    policy.guards = read_all<Guard>(root, "guard", read_guard);
    policy.reasons = read_all<ReasonOption>(root, "reason", read_reason);
    document.report_unknown_keys();
    return policy;
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
    } else {
        root.wrong("", "has no [board] table", "It is required: docs/policy-language.md.");
    }
    document.report_unknown_keys();
    return board;
}

}  // namespace stageclock::policy_toml
