// SPDX-License-Identifier: MIT
#pragma once

#include "bot/core/decide.h"
#include "bot/core/form_layout.h"
#include "bot/ports/form_renderer.h"

namespace stageclock {

// What a form can be filled with from a case as it stands: every id that
// templates/forms/values.toml lists, empty where nothing is known yet. Pure.
//
// Officers get everything. On a copy for a board's inbox or a chat the subject's name, people's
// names and addresses and all free text are replaced by a sentence that says where they are held;
// stages, limits, agencies and times stay (architecture, "Delivery").
//
// `now` is the moment the form is true for: the time taken so far and the document's date.
FormValues form_values(const Form& form, const Case& the_case, const Rules& rules, Instant now,
                       Audience audience);

// What somebody wrote into the form of an earlier stage takes the place of what the case says, in
// the fields whose layout carries them forward (NSOM-67). On a copy that may not show it, a
// sentence says where it is held.
void carry_forward(FormValues& values, const Form& form, const Case& the_case,
                   const std::map<std::string, FormLayout>& layouts, Audience audience);

}  // namespace stageclock
