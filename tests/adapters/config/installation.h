// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/registry.h"
#include "tests/adapters/policy/scratch_folder.h"

// A live installation without a mistake, for tests that make some.
namespace stageclock::testing {

inline const std::string a_token = "0123456789abcdef0123456789abcdef";
// 24 bytes of base64.
inline const std::string a_signing_secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

// A live installation without a mistake; DATA stands for its data folder.
inline const std::string sound_settings = R"(delivery = "live"
[server]
listen = "127.0.0.1:8080"
public_url = "https://stageclock.example.org"
[data]
dir = "DATA"
[mail]
from = "stageclock@example.org"
maildir = "intake"
authserv_id = "mx.example.org"
[smtp]
url = "smtp://mail.example.org:587"
user = "stageclock"
password_file = "password"
[[board]]
id = "camden"
policy = "policies/camden"
[[source]]
id = "case-system"
bearer_file = "bearer"
signing_secret_file = "signing"
boards = ["camden"]
[[token]]
name = "office"
role = "officer-desk"
token_file = "token"
[[chat]]
name = "duty"
channel = "teams"
url_file = "chat"
)";

struct Installation {
    ScratchFolder folder;

    Installation() {
        folder.write("data/password", "secret words\n");
        folder.write("data/bearer", a_token + "\n");
        folder.write("data/token", "  " + a_token + "\n\n");
        folder.write("data/signing", a_signing_secret + "\n");
        folder.write("data/chat", "https://chat.example.org/hook?sig=1%2F2\n");
    }
    Loaded<Settings> load(const std::string& text, const Overrides& overrides = {}) const {
        const std::string file =
            folder.write("settings.toml", replaced(text, "DATA", folder.path("data")));
        return load_settings(file, overrides);
    }
};

inline std::string told(const Loaded<Settings>& loaded) {
    std::string all;
    for (const Finding& finding : loaded.findings) all += to_text(finding) + "\n";
    return all;
}

}  // namespace stageclock::testing
