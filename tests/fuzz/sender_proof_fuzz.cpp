// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "bot/app/mail_sender.h"

using namespace stageclock;

// Each line is an Authentication-Results field. What is not of our own host proves nobody.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    IncomingMail mail;
    mail.from_address = "kit@housing.example.org";
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        mail.authentication_results.emplace_back(bytes.substr(0, end));
        bytes.remove_prefix(end == bytes.npos ? bytes.size() : end + 1);
    }
    is_proven(mail, "mx.example.org");
    const std::string never = "a-host-no-mail-can-name.example.net";
    for (const auto& field : mail.authentication_results)
        if (field.find(never) != std::string::npos) return 0;
    if (is_proven(mail, never)) std::abort();
    return 0;
}
