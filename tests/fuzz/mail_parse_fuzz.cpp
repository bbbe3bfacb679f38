// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/support/html_text.h"
#include "adapters/support/mail_parse.h"
#include "adapters/support/mail_text.h"

using namespace stageclock;

// Any bytes are a mail taken apart within its limits, or none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    mail::MailLimits limits;
    limits.headers = 50;
    limits.parts = 20;
    limits.depth = 4;
    limits.text = 4096;
    const auto parsed = mail::parse_mail(bytes, limits);
    if (parsed) {
        if (parsed->text.size() > limits.text || !mail::is_utf8(parsed->text)) std::abort();
        if (parsed->attachments.size() > 20) std::abort();
        if (parsed->subject.find_first_of("\r\n") != std::string::npos) std::abort();
        const bool person = parsed->writer.kind == Writer::Kind::person;
        if (person != parsed->writer.why.empty()) std::abort();
    }
    mail::text_of_reply(bytes);
    mail::unflowed(bytes, size % 2 == 0);
    return 0;
}
