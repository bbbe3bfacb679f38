// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/result.h"

// Secrets stand in files of their own, never in the settings file.
namespace stageclock::config_toml {

// The text of a secret's file without the space around it. Refused: a file that does not exist, is
// no regular file, is empty or over 64 KiB, or may be read or written by everybody. The error never
// holds what is in the file.
Result<std::string> read_secret(const std::string& path);

// Makes the file, readable by its owner alone, with `text` in it. When it exists already nothing
// happens. Folders above it are made.
Done make_secret(const std::string& path, const std::string& text);

// 32 random bytes: as hex digits, and as a Standard Webhooks secret ("whsec_" and base64).
Result<std::string> random_token();
Result<std::string> random_signing_secret();

// The raw key of a Standard Webhooks secret of 24 to 64 bytes.
Result<std::string> signing_key(const std::string& secret);

}  // namespace stageclock::config_toml
