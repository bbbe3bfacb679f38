// SPDX-License-Identifier: MIT
//
// Deadlines met, met late and missed: by duty, by stage and in all. What holds for a duty adds up
// to its stage and that to all, so that the three tables are one when it is decided what is shown.
#include <algorithm>
#include <array>

#include "bot/core/report_parts.h"
#include "bot/core/withhold.h"

namespace stageclock::report_parts {
namespace {

using Key = std::pair<std::string, std::string>;  // stage, duty; both empty: all; duty empty: stage
using How = Figure::How;

constexpr std::size_t columns = 4;  // due, met, late, missed
using Four = std::array<Figure, columns>;
using Lines = std::map<Key, Four>;

const Key all_of_them{"", ""};

std::array<long, columns> values(const LimitCounts& counts) {
    return {counts.due(), counts.met, counts.late, counts.missed};
}

// Key {"", duty} is a duty of the whole case: its "stage" has the id of none.
constexpr const char* whole_case = "whole-case";

Key key_of(const Key& counted) {
    return {counted.first.empty() ? whole_case : counted.first, counted.second};
}

LimitCounts counts_of(const PeriodTally& tally, const Key& key) {
    LimitCounts counts;
    for (const auto& [counted, more] : tally.limits) {
        const Key own = key_of(counted);
        const bool in_stage = key.first.empty() || key.first == own.first;
        if (in_stage && (key.second.empty() || key.second == own.second)) counts += more;
    }
    return counts;
}

// The joints: one for each duty, and one for each column of each stage and of all.
struct Joints {
    std::map<Key, std::size_t> first;
    std::size_t next = 1;

    explicit Joints(const std::vector<Key>& keys) {
        for (const Key& key : keys) {
            first[key] = next;
            next += key.second.empty() ? columns : 1;
        }
    }
    // Where the figure of a column of this line flows in.
    std::size_t of(const Key& key, std::size_t column) const {
        return key.second.empty() ? first.at(key) + column : first.at(key);
    }
};

Key above(const Key& key) { return key.second.empty() ? all_of_them : Key{key.first, ""}; }

// What is due flows down from all to the stages and to the duties, turns there into what became of
// it, and flows back up.
std::vector<Flow> flows_of(const PeriodTally& tally, const std::vector<Key>& keys) {
    const Joints joints(keys);
    std::vector<Flow> flows;
    for (const Key& key : keys) {
        const auto numbers = values(counts_of(tally, key));
        for (std::size_t column = 0; column < columns; ++column) {
            const std::size_t here = joints.of(key, column);
            const std::size_t up = key == all_of_them ? 0 : joints.of(above(key), column);
            const bool due = column == 0;
            flows.push_back({.value = numbers[column],
                             .from = due ? up : here,
                             .to = due ? here : up,
                             .always = due && key == all_of_them,
                             .level = key == all_of_them ? 2 : key.second.empty() ? 1 : 0});
        }
    }
    return flows;
}

Lines of_quarter(const PeriodTally& tally, const std::vector<Key>& keys, long below) {
    std::vector<Flow> flows = flows_of(tally, keys);
    const bool hide_all = is_small(counts_of(tally, all_of_them).due(), below);
    if (!hide_all) withhold_small(flows, below);
    Lines lines;
    for (std::size_t i = 0; i < flows.size(); ++i) {
        const Flow& flow = flows[i];
        Figure figure = exact(flow.value);
        if (flow.mark == Flow::Mark::small) figure = {How::small, 0};
        if (flow.mark == Flow::Mark::withheld || hide_all) figure = {How::withheld, 0};
        if (hide_all && flow.always) figure = {How::small, 0};
        lines[keys[i / columns]][i % columns] = figure;
    }
    return lines;
}

Lines of_period(const Source& from, const Period& period, const std::vector<Key>& keys) {
    std::vector<Lines> quarters;
    for (const PeriodTally* tally : from.quarters(period)) {
        quarters.push_back(of_quarter(*tally, keys, from.below()));
    }
    Lines lines;
    for (const Key& key : keys) {
        for (std::size_t column = 0; column < columns; ++column) {
            std::vector<Figure> figures;
            for (const Lines& quarter : quarters) figures.push_back(quarter.at(key)[column]);
            lines[key][column] = sum(figures);
        }
    }
    return lines;
}

// All, then each stage with its duties: those of the policy in its order, then others that occur.
std::vector<Key> keys_of(const Source& from, const Labels& stages) {
    std::vector<Key> found;
    for (const Period& period : {from.period, before(from.period)}) {
        for (const PeriodTally* tally : from.quarters(period)) {
            for (const auto& [counted, counts] : tally->limits) found.push_back(key_of(counted));
        }
    }
    const auto place = [&](const Key& key) {
        const auto& duties = from.rules.policy.duties;
        return std::ranges::find(duties, key.second, &Duty::id) - duties.begin();
    };
    std::ranges::sort(found, [&](const Key& a, const Key& b) {
        return std::pair(place(a), a) < std::pair(place(b), b);
    });
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<Key> keys{all_of_them};
    for (const auto& [stage, label] : stages) {
        keys.push_back({stage, ""});
        for (const Key& key : found) {
            if (key.first == stage) keys.push_back(key);
        }
    }
    return keys;
}

Labels stages_of(const Source& from) {
    Labels stages = stage_rows(from);
    stages.emplace_back(whole_case, "The whole case");
    for (const Period& period : {from.period, before(from.period)}) {
        for (const PeriodTally* tally : from.quarters(period)) {
            for (const auto& [counted, counts] : tally->limits) {
                const std::string id = key_of(counted).first;
                const auto same = [&](const auto& row) { return row.first == id; };
                if (std::ranges::any_of(stages, same)) continue;
                stages.emplace_back(id, stage_label(from.rules.policy, id));
            }
        }
    }
    return stages;
}

std::string duty_title(const Source& from, const std::string& id) {
    if (const Duty* duty = find_duty(from.rules.policy, id)) return duty->title;
    const auto found = from.tally.duty_titles().find(id);
    return found == from.tally.duty_titles().end() ? id : found->second;
}

// Whether a duty asks for a form to come back.
const Form* form_to_return(const Source& from, const std::string& duty_id) {
    const Duty* duty = find_duty(from.rules.policy, duty_id);
    if (duty == nullptr || duty->form.empty()) return nullptr;
    return find_form(from.rules.policy, duty->form);
}

ReportTable in_all(const Source& from, const Four& now, const Four& then) {
    ReportTable table{.id = "limits",
                      .title = "Deadlines",
                      .about = "Deadlines that ended in the period.",
                      .columns = compared(from.period)};
    const std::array<std::pair<const char*, const char*>, columns> rows{{
        {"due", "Ended in the period"},
        {"met", "Met in time"},
        {"late", "Met late"},
        {"missed", "Missed"},
    }};
    for (std::size_t i = 0; i < columns; ++i) {
        table.rows.push_back(
            {rows[i].first, rows[i].second, {}, {now[i], then[i], change(now[i], then[i])}});
    }
    return table;
}

ReportTable table_of(const char* id, const char* title, const char* about) {
    return {.id = id,
            .title = title,
            .about = about,
            .columns = {"Ended in the period", "Met in time", "Met late", "Missed"}};
}

bool is_zero(const Four& four) { return four[0] == exact(0); }

}  // namespace

void add_limits(const Source& from, std::vector<ReportTable>& tables) {
    const Labels stages = stages_of(from);
    const std::vector<Key> keys = keys_of(from, stages);
    const Lines now = of_period(from, from.period, keys);
    const Lines then = of_period(from, before(from.period), keys);
    tables.push_back(in_all(from, now.at(all_of_them), then.at(all_of_them)));
    ReportTable by_stage =
        table_of("limits-stage", "Deadlines by stage", "Deadlines that ended in the period.");
    ReportTable by_duty =
        table_of("limits-duty", "Deadlines one by one", "Those of which any ended in the period.");
    ReportTable forms = table_of("forms", "Forms",
                                 "Deadlines with which a form goes out to be completed; met: it "
                                 "was done.");
    std::string stage_label;
    for (const Key& key : keys) {
        if (key == all_of_them) continue;
        const Four& four = now.at(key);
        const std::vector<Figure> figures(four.begin(), four.end());
        if (key.second.empty()) {
            const auto same = [&](const auto& row) { return row.first == key.first; };
            stage_label = std::ranges::find_if(stages, same)->second;
            by_stage.rows.push_back({key.first, stage_label, {}, figures});
            continue;
        }
        const std::string title = duty_title(from, key.second);
        if (!is_zero(four)) by_duty.rows.push_back({key.second, title, stage_label, figures});
        if (const Form* form = form_to_return(from, key.second)) {
            forms.rows.push_back({key.second, form->title, title, figures});
        }
    }
    if (is_small(counts_of(*from.quarters(from.period).back(), all_of_them).due(), from.below()) &&
        !from.period.is_year()) {
        for (ReportTable* table : {&by_stage, &by_duty, &forms}) {
            table->rows.clear();
            table->not_shown = "Fewer than " + std::to_string(from.below()) +
                               " deadlines ended in the period: they are not divided any further.";
        }
    }
    for (ReportTable* table : {&by_stage, &by_duty, &forms}) tables.push_back(std::move(*table));
}

}  // namespace stageclock::report_parts
