// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/ports/notifier.h"
#include "bot/ports/templates.h"

// Messages that are JSON: a template is parsed first and its values are rendered inside it, so that
// no text can become structure. Pure functions; JSON travels as text.
namespace stageclock::web {

// What the template FOLDER/REASON.json, else FOLDER/notice.json, makes of the notice: one JSON
// object. None when it is broken, which is then in the log.
std::optional<std::string> from_template(const Outgoing& outgoing, const Templates& templates,
                                         const std::string& folder);

// False for JSON nested so deep (above 32) that copying it could take the stack: for what others
// sent. Looks at brackets alone.
bool is_shallow(std::string_view json);

// The model with every text escaped, but for addresses and seals ("link", "page", "action_page",
// "claim_page", "mailto", "action_seal"): those are ours, and stand where nothing is markup.
Model with_escapes(const Model& model, const std::function<std::string(std::string_view)>& escape);

// The sentences of a message whose template is broken: reference, stage and deadline; no name.
std::vector<std::string> plain_lines(const Notice& notice);

// `message` with its longest texts cut until `fits`, each with a mark that the whole is behind the
// link. Texts are the strings called "text", "markdown", "body", "formatted_body" or "content";
// addresses stay whole. None: it cannot be made to fit.
std::optional<std::string> shortened(const std::string& message,
                                     const std::function<bool(const std::string&)>& fits);

}  // namespace stageclock::web
