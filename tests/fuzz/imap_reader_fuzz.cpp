// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "adapters/inbox/imap/response.h"

namespace {

using stageclock::imap::Response;
using stageclock::imap::ResponseReader;

constexpr stageclock::imap::ReaderLimits limits{4096, 4096, 8};

std::size_t size_of(const std::vector<stageclock::imap::Value>& values) {
    std::size_t size = 0;
    for (const auto& value : values) size += 1 + value.text.size() + size_of(value.items);
    return size;
}

// The sizes of the responses in the bytes, fed `step` at a time; the last is that of an error.
std::vector<std::size_t> read(std::string_view bytes, std::size_t step) {
    ResponseReader reader(limits);
    std::vector<std::size_t> sizes;
    while (!bytes.empty()) {
        const auto block = bytes.substr(0, step);
        bytes.remove_prefix(block.size());
        reader.feed(block);
        while (true) {
            const auto next = reader.next();
            if (!next) return sizes;
            if (!*next) break;
            sizes.push_back((*next)->text.size() + (*next)->code.size() + size_of((*next)->values));
        }
    }
    return sizes;
}

}  // namespace

// However the network cuts the stream, the same responses come out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto whole = read(bytes, size + 1);
    if (read(bytes, 1) != whole || read(bytes, 7) != whole) std::abort();
    return 0;
}
