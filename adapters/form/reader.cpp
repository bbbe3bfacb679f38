// SPDX-License-Identifier: MIT
#include "adapters/form/docx/read.h"
#include "adapters/form/pdf/read.h"
#include "adapters/registry.h"

namespace stageclock {
namespace {

class Forms final : public FormReader {
public:
    bool knows(std::string_view bytes) const override {
        return pdf::knows(bytes) || docx::knows(bytes);
    }

    Result<FilledForm> read(std::string_view bytes) const override {
        if (pdf::knows(bytes)) return pdf::read(bytes);
        if (docx::knows(bytes)) return docx::read(bytes);
        return Error{Code::invalid_input, "The file is neither a PDF nor a Word file.", "form"};
    }
};

}  // namespace

std::unique_ptr<FormReader> make_form_reader() { return std::make_unique<Forms>(); }

}  // namespace stageclock
