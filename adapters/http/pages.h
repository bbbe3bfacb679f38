// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/http/html.h"
#include "bot/core/decide.h"
#include "bot/ports/store.h"

// The pages, as functions of what they show. Server-rendered, no script, WCAG 2.2 AA.
namespace stageclock::front {

// What every page needs to know of the daemon.
struct Setting {
    const Zone& zone;
    Instant now;
    bool sandbox = false;
};

// The sandbox clock's form needs `form_token`; `said` is shown after a form was refused.
Response start_page(const Setting& setting, const std::vector<const Board*>& boards,
                    const std::string& form_token, const std::string& said = "");
Response outbox_page(const Setting& setting, const std::vector<NoticeRow>& rows);
// `shown` in the order to show; `left_out` open cases are not among them.
Response cases_page(const Setting& setting, const std::vector<CaseView>& shown,
                    std::size_t left_out);
Response case_page(const Setting& setting, const CaseView& view,
                   const std::vector<NoticeRow>& notices, const Policy* policy);
Response refusals_page(const Setting& setting, const std::vector<SetAside>& items);
// A page that says why there is no other.
Response sorry_page(int status, std::string_view title, std::string_view sentence);

// The table of notices the outbox and the case page share. `caption` may be empty.
void notice_table(Html& html, const Setting& setting, const std::vector<NoticeRow>& rows,
                  bool with_case);
// "deadline-near" as "deadline near".
std::string spaced(std::string_view word);
// "Thursday 24 December 2026 at 17:00".
std::string in_words(const std::optional<Instant>& instant, const Zone& zone);
// A coloured word for the state of a notice.
void state_tag(Html& html, NoticeState state);
// The deadline of the duty that is due first; none when nothing is open.
const DutyView* most_pressing(const CaseView& view);

}  // namespace stageclock::front
