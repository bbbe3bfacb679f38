// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/exchange.h"
#include "bot/core/update.h"

namespace stageclock::front {

// What a webhook says: an update, or everything that is wrong with it.
struct Translated {
    std::optional<Update> update;
    std::string id;    // of the CloudEvent, as far as it could be read
    int status = 422;  // 400: not even JSON
    std::vector<FieldProblem> problems;
};

// CloudEvents 1.0 in structured JSON form (docs/adapters/http.md has the table of fields). Pure.
// Fills kind, id, happened, board or ref, and what the kind carries; source, digest and the moment
// of receipt are the caller's.
Translated translate(std::string_view body);

// The same in binary form: attributes as "ce-" headers, the body is `data`. Pointers are those of
// the structured form.
Translated translate_binary(const std::vector<Header>& headers, std::string_view body);

}  // namespace stageclock::front
