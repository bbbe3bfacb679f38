// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/app/simulate/json.h"
#include "bot/app/simulate/lines.h"
#include "bot/ports/case_file.h"

// Why a case stands as it does: each deadline day by day, why each notice went to whom, what was
// not sent, what was refused. Of a story or of a case in a store.
namespace stageclock::simulate {

struct ToldRow {
    Notice notice;
    std::optional<NoticeState> state;  // of a store: what became of it
};

struct RefusedRow {
    Instant at;
    Update update;
    Refusal refusal;
};

struct Explanation {
    std::string title;  // of the story; of a case its reference
    Instant as_of;
    Case the_case;
    std::vector<DutyShown> duties;
    std::vector<ToldRow> told;
    std::vector<NotTold> not_told;
    std::vector<RefusedRow> refused;
    bool refusals_known = true;  // false: the store does not keep them
    std::vector<std::string> gaps;
    std::optional<Instant> next;
};

Explanation explain(const Played& played);
// `as_of`: the last change of the case, if nothing later is known.
Explanation explain(const CaseFile& file, const Rules& rules);

std::vector<Paragraph> explanation_lines(const Explanation& explanation, const Rules& rules);
Json explanation_json(const Explanation& explanation, const Rules& rules);

}  // namespace stageclock::simulate
