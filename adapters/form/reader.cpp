// SPDX-License-Identifier: MIT
#include "adapters/registry.h"

#include "adapters/form/pdf/read.h"

namespace stageclock {
namespace {

class Forms final : public FormReader {
public:
    bool knows(std::string_view bytes) const override { return pdf::knows(bytes); }

    Result<FilledForm> read(std::string_view bytes) const override {
        if (pdf::knows(bytes)) return pdf::read(bytes);
        return Error{Code::invalid_input, "The file is not a PDF.", "form"};
    }
};

}  // namespace

std::unique_ptr<FormReader> make_form_reader() { return std::make_unique<Forms>(); }

}  // namespace stageclock
