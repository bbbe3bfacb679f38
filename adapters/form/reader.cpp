// SPDX-License-Identifier: MIT
#include "adapters/registry.h"

namespace stageclock {
namespace {

class Reader final : public FormReader {
public:
    bool knows(std::string_view) const override { return false; }
    Result<FilledForm> read(std::string_view) const override {
        return Error{Code::not_found, "The file has no fields that can be read.", ""};
    }
};

}  // namespace

std::unique_ptr<FormReader> make_form_reader() { return std::make_unique<Reader>(); }

}  // namespace stageclock
