// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/form/docx/archive.h"
#include "adapters/form/docx/read.h"

// Any bytes give values or a sentence. Bytes that are no archive are read as the document of one as
// well: a fuzzer does not find the way through a checksum.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace docx = stageclock::docx;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto form = docx::read(bytes);
    if (!form && form.error().what.empty()) std::abort();
    if (docx::knows(bytes)) return 0;
    const auto wrapped = docx::with_parts({}, {{"word/document.xml", bytes}});
    if (!wrapped) std::abort();
    const auto inner = docx::read(*wrapped);
    const auto again = docx::read(*wrapped);
    if (inner.has_value() != again.has_value()) std::abort();
    if (inner && (inner->mark != again->mark || inner->values != again->values)) std::abort();
    return 0;
}
