// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/case.h"
#include "bot/core/decide.h"
#include "bot/core/notice.h"
#include "bot/ports/templates.h"

// The pieces model_of() is made of.
namespace stageclock::model_parts {

// A notice with its surroundings, and what its reader may see.
struct View {
    const Notice& notice;
    const Case& the_case;
    const Rules& rules;
    bool details = false;  // names and free text: officers on the case only
};

// "Stage 2: Discussion between frontline managers"; empty for none.
std::string stage_label(const Stage* stage);
// The agency's published name; "another agency" for one somebody wrote in by hand, unless the
// reader may see free text.
std::string agency_label(const View& view, const std::string& agency);
// "Escalation between Housing and Early Help Service"; the board's name when there is no case.
// Never with free text: it stands in subjects.
std::string heading(const View& view);
// The words the policy wants every mail of the notice's stage to carry, in its subject or its text.
std::vector<std::string> phrases(const View& view, bool in_subject);
// "[CSCP-2026-0042] Escalation between ...": how every subject of the case begins.
std::string subject_start(const View& view);

// "You are told because ...": one sentence.
std::string why(const View& view);
// What the reader may answer, each with its word, effect and links; empty for who is not asked to
// act. `page` is the page behind the notice, empty for none.
Model answers(const View& view, const std::string& mail_address, const std::string& page);
// `page`, where it offers anything to this reader.
std::string action_page(const View& view, const std::string& page);
// The seal at the end of that page's address: what a button in a chat carries. Empty without it.
std::string action_seal(const std::string& page);
// What such a button may do, each with its id, title, effect and whether words belong with it:
// exactly what the page offers.
Model actions(const View& view, const std::string& page);
// The titles of those that need words; empty: none does.
std::string actions_with_text(Model actions);
// The people of both sides, and the roles nobody is known for.
Model people(const View& view);
Model not_known(const View& view);
// Sentences the reader must see beside the 999 sentence.
Model guards(const View& view);

Model deadline(const View& view);
Model trace(const View& view);
// Says that the notice was made late, and that no deadline moved; empty when it was in time.
std::string late(const View& view);
// "This is the third prompt."; empty for what is not repeated.
std::string repeated(const View& view);

}  // namespace stageclock::model_parts
