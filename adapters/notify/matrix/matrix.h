// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/notify/web/web_channel.h"

namespace stageclock::matrix {

// The channel "matrix": notices as messages in rooms our account is a member of
// (docs/adapters/matrix.md).
web::Channel channel();

}  // namespace stageclock::matrix
