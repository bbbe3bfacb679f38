// SPDX-License-Identifier: MIT
#include "bot/app/unreached.h"

#include <utility>

namespace stageclock {

Unreached came_back(std::string status, Instant at) {
    Unreached missed;
    missed.how = Unreached::How::bounced;
    missed.status = std::move(status);
    missed.at = at;
    return missed;
}

Update unreached_update(const Notice& notice, Unreached missed, std::string source,
                        std::string id) {
    missed.address = notice.to.address;
    missed.recipient = notice.to.id;
    missed.side = notice.to.side;
    missed.role = notice.to.role;
    missed.rule = notice.rule;
    missed.statutory = notice.kind != NoticeKind::reminder;
    Update update;
    update.kind = UpdateKind::report_unreached;
    update.source = std::move(source);
    update.id = std::move(id);
    update.ref = notice.ref;
    update.unreached = std::move(missed);
    return update;
}

bool is_to_inbox(const Notice& notice) {
    return notice.to.side == Side::board && notice.to.role == "inbox";
}

}  // namespace stageclock
