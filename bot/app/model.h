// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "bot/core/case.h"
#include "bot/core/decide.h"
#include "bot/core/notice.h"
#include "bot/ports/seal.h"
#include "bot/ports/templates.h"

namespace stageclock {

// What a template sees of a notice; templates/README.md lists every name. Every name is always
// there, so that strict templates render for every notice; what does not apply is empty.
//
// The audience decides what is in it: an officer of the case gets what is needed to act. A board
// inbox and a chat get reference, stage, agencies, deadline and link; names, addresses and free
// text are not in their model at all. Somebody who wrote to us and is not known on the case gets
// back what was understood of the own mail and nothing of the case.
//
// `public_url` is what links start with, without a slash at the end; `mail_address` is where
// answers go; `page` is the page behind this very notice (page_of), `calendar_page` the reader's
// calendar of deadlines (calendar_entries.h), both empty for none. Pure: the same arguments give
// the same model.
Model model_of(const Notice& notice, const Case& the_case, const Rules& rules,
               const std::string& public_url, const std::string& mail_address,
               const std::string& page = "", const std::string& calendar_page = "");

// "https://stageclock.example.org/a/SEAL": the page on which the recipient of the notice in row
// `id` acts; "/c/SEAL": on which the sender of a mail confirms it. Empty without a public URL.
std::string page_of(const Notice& notice, std::int64_t id, const std::string& public_url,
                    const Seal& seal);

}  // namespace stageclock
