// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/http/pages.h"

namespace stageclock::front {

// One notice and, once it was sent, the message byte for byte: headers, text, the HTML part in a
// sandboxed frame, attachments. `bytes` is empty when it was not sent.
Response message_page(const Setting& setting, const NoticeRow& row, const std::string& bytes);

// The parts by themselves: the HTML part for the frame, attachment `number` from 0, the whole as
// message/rfc822 (or text, for what is no mail). Status 404 when there is no such part.
Response message_html(const std::string& bytes);
Response message_attachment(const std::string& bytes, std::size_t number);
Response message_raw(const NoticeRow& row, const std::string& bytes);

// A file to be saved, never shown.
Response download(const std::string& bytes, std::string type, const std::string& file_name);

}  // namespace stageclock::front
