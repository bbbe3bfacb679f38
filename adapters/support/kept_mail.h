// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "bot/core/result.h"

// The mails that were taken in, as they came: DATA/mail/SHA-256.eml, readable by the daemon alone.
namespace stageclock::mail {

// Puts a mail there, durably, and gives its path; once it is there it stays as it is. Error:
// Code::unavailable.
Result<std::string> keep_mail(const std::string& data_dir, std::string_view bytes);
// The mail with this digest. Code::not_found: there is none, or it is no digest.
Result<std::string> kept_mail(const std::string& data_dir, std::string_view digest);

}  // namespace stageclock::mail
