// SPDX-License-Identifier: MIT
#include "adapters/registry.h"

#include <exception>
#include <map>

#include "adapters/form/docx/archive.h"
#include "adapters/form/docx/document.h"
#include "adapters/form/docx/furniture.h"
#include "adapters/form/docx/own.h"
#include "adapters/form/layout/fit.h"
#include "adapters/form/layout/layouts.h"

namespace stageclock {
namespace {

// A layout, and the archive its forms are made from: what is the same for each is packed once.
struct Prepared {
    FormLayout layout;
    std::string base;
    std::optional<docx::OwnWord> own;  // filled in instead
};

// Never changed after it was made: that is all that makes render() thread-safe.
class WordForms final : public FormRenderer {
public:
    explicit WordForms(std::map<std::string, Prepared> prepared) : prepared_(std::move(prepared)) {}

    Result<std::string> render(const FormValues& values) const override {
        try {
            return rendered(values);
        } catch (const std::exception& error) {
            return Error{Code::internal, std::string("making the form failed: ") + error.what(),
                         values.layout};
        }
    }

private:
    Result<std::string> rendered(const FormValues& values) const {
        const auto found = prepared_.find(values.layout);
        if (found == prepared_.end()) {
            return Error{Code::not_found, "no such form layout", values.layout};
        }
        const auto& [layout, base, own] = found->second;
        if (const Done sound = forms::check_values(layout, values); !sound) return sound.error();
        const FormValues fit = forms::fit_for_paper(values, layout);
        if (own) return own->filled(layout, fit);
        std::vector<docx::Part> parts = docx::particulars(layout, fit);
        parts.push_back({docx::document_part, docx::document(layout, fit)});
        return docx::with_parts(base, parts);
    }

    std::map<std::string, Prepared> prepared_;
};

}  // namespace

Result<std::unique_ptr<FormRenderer>> make_docx_forms(const std::string& folder) {
    auto layouts = forms::read_layouts(folder);
    if (!layouts) return layouts.error();
    std::map<std::string, Prepared> prepared;
    std::string problems;
    for (auto& [name, layout] : *layouts) {
        Prepared one;
        if (!layout.own.word.empty()) {
            auto own = docx::OwnWord::read(layout);
            if (own) {
                one.own = std::move(*own);
            } else {
                problems += (problems.empty() ? "" : "\n") + own.error().what;
            }
        }
        auto base = docx::with_parts({}, docx::furniture(layout));
        if (!base) return base.error();
        one.base = std::move(*base);
        one.layout = std::move(layout);
        prepared.emplace(name, std::move(one));
    }
    if (!problems.empty()) return Error{Code::invalid_input, problems, folder};
    return std::unique_ptr<FormRenderer>(std::make_unique<WordForms>(std::move(prepared)));
}

Result<std::vector<std::string>> unused_word_fields(const std::string& folder) {
    auto layouts = forms::read_layouts(folder);
    if (!layouts) return layouts.error();
    std::vector<std::string> lines;
    for (const auto& [name, layout] : *layouts) {
        if (layout.own.word.empty()) continue;
        const auto own = docx::OwnWord::read(layout);
        if (!own) return own.error();
        const std::vector<std::string> more = own->unused(layout);
        lines.insert(lines.end(), more.begin(), more.end());
    }
    return lines;
}

}  // namespace stageclock
