// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "adapters/form/pdf/read.h"

// Whatever the bytes: values, or an error with a sentence; and never more text than is promised.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    stageclock::pdf::knows(bytes);
    const auto read = stageclock::pdf::read(bytes);
    if (!read) {
        if (!read.error().what.ends_with(".")) std::abort();
        return 0;
    }
    std::size_t text = read->mark.size();
    for (const auto& [name, value] : read->values) text += name.size() + value.size();
    if (text > 5'000'000) std::abort();
    return 0;
}
