// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "bot/core/directory.h"
#include "bot/core/robot.h"

using namespace stageclock;

// The bytes as the status part, the text and the returned header of a delivery report, and as the
// text of an automatic answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const MailFields fields{{"auto-submitted", "auto-replied"}};
    MailSigns signs{.fields = fields,
                    .content_type = "multipart/report",
                    .report_type = "delivery-status",
                    .from = "mailer-daemon@example.org",
                    .subject = bytes.substr(0, 100),
                    .text = bytes,
                    .delivery_status = bytes,
                    .returned = bytes,
                    .own = {"stageclock@example.org"},
                    .sent = Date(std::chrono::year(2026) / 12 / 22)};
    const auto bounce = writer_of(signs);
    if (bounce.kind == Writer::Kind::person) std::abort();
    for (const auto& failed : bounce.failed)
        if (!failed.address.empty() && !is_address(failed.address)) std::abort();
    for (const auto& id : bounce.returned_ids)
        if (!id.starts_with('<') || !id.ends_with('>')) std::abort();
    signs.content_type = "text/plain";
    signs.delivery_status.clear();
    signs.from = "kit@example.org";
    const auto robot = writer_of(signs);
    if (robot.kind == Writer::Kind::person) std::abort();
    if (!robot.back.empty() && !parse_date(robot.back)) std::abort();
    return 0;
}
