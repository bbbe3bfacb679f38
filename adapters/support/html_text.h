// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace stageclock::mail {

// The text of an HTML part as a person would read it: tags gone, scripts and styles dropped, line
// breaks where blocks end, entities decoded, quoted blocks marked with "> ". Pure and total; the
// result is plain text and never HTML again.
std::string text_of_html(std::string_view html);
// The same with what mail programs wrap around a quotation or a signature quoted too
// (docs/adapters/mail-in.md). Where that would leave nothing new, as text_of_html().
std::string text_of_reply(std::string_view html);

}  // namespace stageclock::mail
