// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "bot/core/reply.h"

using namespace stageclock;

// The first line is the subject. Whatever a mail says, reading it ends, and only a certain reading
// holds something to be done.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto end = bytes.find('\n');
    const MailText mail{std::string(bytes.substr(0, end)),
                        std::string(end == bytes.npos ? "" : bytes.substr(end + 1))};
    const Zone zone = Zone::utc();
    Board board;
    board.id = "vale";
    board.reference_prefix = "VSP";
    Policy policy;
    policy.stages = {{.id = "2", .title = "Level 2"}};
    const Directory directory;
    const std::vector<KnownBoard> boards{{board, policy, directory}};
    for (const auto& result :
         {understand(mail, {boards, zone, "vale", Side::receiving, "line-manager"}),
          understand_alone(mail, zone)}) {
        const bool certain = result.kind == Understood::Kind::certain;
        if (certain == result.updates.empty()) std::abort();
        if (result.kind == Understood::Kind::uncertain && result.ask.empty()) std::abort();
    }
    const auto text = new_text(mail.text);
    if (text.size() > mail.text.size() + 2) std::abort();
    return 0;
}
