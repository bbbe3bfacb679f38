// SPDX-License-Identifier: MIT
//
// The tables that count cases, and the sentences that say how.
#include <algorithm>
#include <set>

#include "bot/core/recipients.h"
#include "bot/core/report_parts.h"

namespace stageclock::report_parts {
namespace {

constexpr const char* of_raised = "Cases raised in the period.";
constexpr const char* of_closed = "Cases that were resolved or withdrawn in the period.";
constexpr const char* of_open = "Cases that were open at the end of the period.";

long raised(const PeriodTally& tally) { return tally.raised; }
long closed(const PeriodTally& tally) { return tally.resolved + tally.withdrawn; }
long open_at_end(const PeriodTally& tally) { return tally.open; }

long count(const Counts& counts, const std::string& id) {
    const auto found = counts.find(id);
    return found == counts.end() ? 0 : found->second;
}

// The rows of a policy first, then what the cases have besides.
Labels with_found(const Source& from, Labels rows, Counts PeriodTally::*counts,
                  const std::function<std::string(const std::string&)>& label) {
    for (const Period& period : {from.period, before(from.period)}) {
        for (const PeriodTally* tally : from.quarters(period)) {
            for (const auto& [id, number] : tally->*counts) {
                const auto same = [&id = id](const auto& row) { return row.first == id; };
                if (std::ranges::none_of(rows, same)) rows.emplace_back(id, label(id));
            }
        }
    }
    return rows;
}

std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text;
}

std::string words_of(const std::string& id) { return capital(role_words(id)); }

Division division_by(Counts PeriodTally::*counts, Labels rows, long (*whole)(const PeriodTally&)) {
    return {.rows = std::move(rows),
            .whole = whole,
            .part = [counts](const PeriodTally& tally, const std::string& id) {
                return count(tally.*counts, id);
            }};
}

void add_headline(const Source& from, std::vector<ReportTable>& tables) {
    ReportTable table{
        .id = "headline",
        .title = "In short",
        .about = "Numbers of cases. They are shown whatever they are: see how it was counted.",
        .columns = compared(from.period)};
    struct Row {
        const char* id;
        const char* label;
        long PeriodTally::*value;
        bool at_the_end;
    };
    for (const Row& row : {Row{"raised", "Raised in the period", &PeriodTally::raised, false},
                           Row{"resolved", "Resolved in it", &PeriodTally::resolved, false},
                           Row{"withdrawn", "Withdrawn in it", &PeriodTally::withdrawn, false},
                           Row{"open", "Open at its end", &PeriodTally::open, true}}) {
        const auto value = [&](const Period& period) {
            long all = 0;
            const auto quarters = from.quarters(period);
            for (const PeriodTally* tally : quarters) all += tally->*row.value;
            return exact(row.at_the_end ? quarters.back()->*row.value : all);
        };
        const Figure now = value(from.period);
        const Figure then = value(before(from.period));
        table.rows.push_back({row.id, row.label, {}, {now, then, change(now, then)}});
    }
    tables.push_back(std::move(table));
}

void add_trend(const Source& from, std::vector<ReportTable>& tables) {
    ReportTable table{.id = "trend",
                      .title = "Quarter by quarter",
                      .about = "Numbers of cases in each quarter.",
                      .columns = {"Raised", "Resolved", "Withdrawn", "Open at the end"}};
    for (const Period& quarter : quarters_of(from.period)) {
        const PeriodTally& tally = *from.tally.of(quarter);
        table.rows.push_back({.id = to_text(quarter),
                              .label = to_words(quarter),
                              .group = {},
                              .figures = {exact(tally.raised), exact(tally.resolved),
                                          exact(tally.withdrawn), exact(tally.open)}});
    }
    tables.push_back(std::move(table));
}

std::string agency_label(const Source& from, const std::string& id) {
    const Agency* agency = find_agency(from.rules.directory, id);
    return agency == nullptr ? "Another agency" : agency->name;
}

constexpr char between = '>';

// Pairs are many: only those that occur have a row. By name, so that the order gives no number
// away.
Division agency_pairs(const Source& from) {
    Labels rows;
    std::set<std::string> known;
    for (const Period& period : {from.period, before(from.period)}) {
        for (const PeriodTally* tally : from.quarters(period)) {
            for (const auto& [pair, number] : tally->pairs) {
                const std::string id = pair.first + between + pair.second;
                if (!known.insert(id).second) continue;
                rows.emplace_back(
                    id, agency_label(from, pair.first) + " → " + agency_label(from, pair.second));
            }
        }
    }
    std::ranges::sort(rows, {}, &Labels::value_type::second);
    const auto part = [](const PeriodTally& tally, const std::string& id) {
        const auto at = id.find(between);
        const auto found = tally.pairs.find({id.substr(0, at), id.substr(at + 1)});
        return found == tally.pairs.end() ? 0 : found->second;
    };
    return {.rows = std::move(rows), .whole = raised, .part = part};
}

void add_stages(const Source& from, std::vector<ReportTable>& tables) {
    const Policy& policy = from.rules.policy;
    const auto label = [&](const std::string& id) { return stage_label(policy, id); };
    tables.push_back(divided(
        from, "stage-closed", "Stage reached", of_closed,
        division_by(&PeriodTally::closed_at,
                    with_found(from, stage_rows(from), &PeriodTally::closed_at, label), closed)));
    Division open =
        division_by(&PeriodTally::open_at,
                    with_found(from, stage_rows(from), &PeriodTally::open_at, label), open_at_end);
    open.at_the_end = true;
    tables.push_back(divided(from, "stage-open", "Stage of those still open", of_open, open));
}

void add_kinds(const Source& from, std::vector<ReportTable>& tables) {
    const Policy& policy = from.rules.policy;
    Labels reasons;
    for (const ReasonOption& reason : policy.reasons) reasons.emplace_back(reason.id, reason.title);
    const auto given = [](const std::string& id) {
        return id.empty() ? std::string("Not given") : words_of(id);
    };
    tables.push_back(
        divided(from, "reason", "Why they disagree", of_raised,
                division_by(&PeriodTally::reasons,
                            with_found(from, reasons, &PeriodTally::reasons, given), raised)));
    Labels subjects;
    for (const std::string& kind : from.rules.board.subjects) {
        subjects.emplace_back(kind, words_of(kind));
    }
    tables.push_back(
        divided(from, "subject", "Whom it is about", of_raised,
                division_by(&PeriodTally::subjects,
                            with_found(from, subjects, &PeriodTally::subjects, given), raised)));
    Labels levels{{"", "Standard"}};
    for (const Priority& level : policy.priorities) levels.emplace_back(level.id, level.title);
    if (policy.priorities.empty()) levels.emplace_back("urgent", "Urgent");
    tables.push_back(divided(
        from, "priority", "Urgency", std::string(of_raised) + " The highest level up to its end.",
        division_by(&PeriodTally::priorities,
                    with_found(from, levels, &PeriodTally::priorities, words_of), raised)));
}

void add_marks(const Source& from, std::vector<ReportTable>& tables) {
    Labels circumstances;
    for (const Circumstance& one : from.rules.policy.circumstances) {
        circumstances.emplace_back(one.id, one.title);
    }
    Division marked =
        division_by(&PeriodTally::circumstances,
                    with_found(from, circumstances, &PeriodTally::circumstances, words_of), raised);
    marked.overlaps = true;
    if (!marked.rows.empty()) {
        tables.push_back(divided(from, "circumstance", "Circumstances",
                                 std::string(of_raised) + " A case may count in several rows.",
                                 marked));
    }
    Labels tags;
    for (const std::string& tag : known_tags()) tags.emplace_back(tag, words_of(tag));
    Division themes = division_by(&PeriodTally::tags,
                                  with_found(from, tags, &PeriodTally::tags, words_of), closed);
    themes.overlaps = true;
    tables.push_back(divided(from, "theme", "Themes for the board",
                             std::string(of_closed) + " A case may count in several rows.",
                             themes));
}

// Forms of which a version that is served no more knows the title keep their id.
void add_forms(const Source& from, std::vector<ReportTable>& tables) {
    Labels forms;
    for (const Form& form : from.rules.policy.forms) forms.emplace_back(form.id, form.title);
    const auto label = [](const std::string& id) {
        return id == said_how_it_worked ? "One that says how the policy worked" : id;
    };
    forms.emplace_back(said_how_it_worked, label(std::string(said_how_it_worked)));
    Division back = division_by(&PeriodTally::forms,
                                with_found(from, forms, &PeriodTally::forms, label), closed);
    back.overlaps = true;
    tables.push_back(divided(from, "forms-back", "Forms that came back",
                             std::string(of_closed) +
                                 " Those of which the form was filled in and sent back by the "
                                 "end of the period; a case may count in several rows.",
                             back));
}

}  // namespace

void add_cases(const Source& from, std::vector<ReportTable>& tables) {
    add_headline(from, tables);
    add_trend(from, tables);
    add_stages(from, tables);
    tables.push_back(divided(from, "agencies", "Which agencies: raising → receiving", of_raised,
                             agency_pairs(from)));
    add_kinds(from, tables);
    add_marks(from, tables);
    add_forms(from, tables);
}

std::vector<std::string> counting_rules(const Source& from) {
    std::vector<std::string> rules{
        "A case is counted as raised in the period in which this service was told of it, as closed "
        "in the one in which it was resolved or withdrawn, and as open at the end of a period when "
        "it had been raised by then and not closed. One case may be all of these.",
        "Everything is as it stood at the end of the period: a deadline that was missed by then "
        "counts as missed, whatever happened afterwards. Circumstances and themes are as they "
        "stand "
        "today. A case that was closed and opened again counts as open.",
        "Time to resolve is counted in working days from the day the concern was first considered; "
        "the day itself is day 0. The median is the number of days within which at least half of "
        "the cases were resolved, the quartiles those for a quarter and for three quarters.",
        "A deadline belongs to the period in which it ended. One that fell away before its time, "
        "because the case moved on or was closed, is not counted."};
    if (from.period.is_year()) {
        rules.emplace_back(
            "The figures of a year are the sums of its quarters; one that is not shown in a "
            "quarter is not shown for the year either.");
    }
    const std::string below = std::to_string(from.below());
    if (from.below() == 0) {
        rules.emplace_back("No figure is withheld: this board has chosen to show small numbers.");
        return rules;
    }
    rules.push_back(
        "Small numbers: a figure from 1 to " + std::to_string(from.below() - 1) +
        " is shown as \"fewer than " + below +
        "\". Where such a figure could be worked out from the others, some of them are withheld "
        "as well, as small ones as will do, and where that does not do, the whole table. 0 is "
        "shown.");
    rules.push_back(
        "The numbers of cases raised, resolved, withdrawn and open are shown whatever "
        "they are: each could be worked out from the others, and they say nothing "
        "about any case. Where such a number is below " +
        below + ", its cases are not divided any further.");
    rules.push_back("The median and the quartiles of fewer than " + below +
                    " cases are withheld. Spans of days are joined until none of them holds a "
                    "small number of cases.");
    return rules;
}

}  // namespace stageclock::report_parts
