// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/support/toml_reader.h"
#include "bot/ports/settings.h"

namespace stageclock::config_toml {

// What the reader of all settings knows: the secret in the file a key names (one given to us, or
// one that is ours to choose), and the boards a row lists.
struct ChatReading {
    std::function<std::string(toml_reader::Row&, const char* key)> given;
    std::function<std::string(toml_reader::Row&, const char* key)> token;
    std::function<std::vector<std::string>(toml_reader::Row&)> boards;
};

// [[chat_app]], [[chat]] and [govuk_notify].
void read_chats(toml_reader::Row& root, Settings& settings, const ChatReading& reading);

}  // namespace stageclock::config_toml
