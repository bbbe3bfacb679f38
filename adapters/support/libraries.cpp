// SPDX-License-Identifier: MIT
#include "adapters/support/libraries.h"

#include <mutex>

#include <curl/curl.h>
#include <gmime/gmime.h>

namespace stageclock::support {

void start_gmime() {
    static std::once_flag once;
    std::call_once(once, g_mime_init);
}

void start_curl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace stageclock::support
