// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "adapters/http/access.h"
#include "bot/core/decide.h"
#include "bot/ports/store.h"

namespace stageclock::front {

// The whole of a case as JSON (docs/adapters/http.md, "A case"): parties, stage, duties with their
// deadlines and how each day was counted, notices, gaps, record. People and free text only for a
// viewer who may see them.
std::string case_json(const CaseView& view, const std::vector<NoticeRow>& notices,
                      const Zone& zone, const Viewer& viewer);

// Where the bytes of a file of a case are: "/cases/REF/files/SHA256"; empty: nowhere alone.
std::string file_link(const std::string& ref, const KeptFile& file);

std::string cases_json(const std::vector<CaseSummary>& cases);

// Notices, newest first as given.
std::string outbox_json(const std::vector<NoticeRow>& notices, const Viewer& viewer);

}  // namespace stageclock::front
