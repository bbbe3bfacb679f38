// SPDX-License-Identifier: MIT
#include "adapters/support/descriptor.h"

#include <unistd.h>

namespace stageclock {

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

}  // namespace stageclock
