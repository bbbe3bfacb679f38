// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/http/pages.h"
#include "bot/ports/links.h"

// The pages behind the links in our mails. They load no script, and nothing in them is chosen
// before the reader chooses: whatever fetches a link acts on nothing.
namespace stageclock::front {

// How a form is to look: where it goes, what proves that it is ours, and after it was refused what
// was filled in and what is wrong.
struct LinkForm {
    std::string path;  // "/a/SEAL"
    std::string token;
    std::string choice;
    std::string text;
    std::string wrong;  // empty: nothing
    std::string field;  // the id of the field that is wrong
};

// The form, or why there is nothing to do (410).
Response action_page(const Setting& setting, const ActionPage& page, const LinkForm& form,
                     int status = 200);
Response acted_page(const Setting& setting, const Acted& acted, const std::string& path);
Response claim_page(const Setting& setting, const ClaimPage& page, const LinkForm& form,
                    int status = 200);
Response claim_answered_page(const Setting& setting, const ClaimAnswered& answered);
// A sentence, for somebody who has no other page here.
Response link_sorry_page(const Setting& setting, int status, std::string_view title,
                         std::string_view sentence);

}  // namespace stageclock::front
