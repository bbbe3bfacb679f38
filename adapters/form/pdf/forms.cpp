// SPDX-License-Identifier: MIT
#include "adapters/registry.h"

#include <exception>

#include "adapters/form/pdf/clean.h"
#include "adapters/form/pdf/compose.h"
#include "adapters/form/pdf/finish.h"
#include "adapters/form/layout/layouts.h"
#include "adapters/form/pdf/pen.h"

namespace stageclock {
namespace {

constexpr std::size_t longest_reference = 64;  // bytes: it must fit the corner of each page

// Layouts are read once and never changed: that is all that makes render() thread-safe.
class PdfForms final : public FormRenderer {
public:
    explicit PdfForms(std::map<std::string, FormLayout> layouts) : layouts_(std::move(layouts)) {}

    Result<std::string> render(const FormValues& values) const override {
        try {
            return rendered(values);
        } catch (const std::exception& error) {
            return Error{Code::internal, std::string("rendering the form failed: ") + error.what(),
                         values.layout};
        }
    }

private:
    Result<std::string> rendered(const FormValues& values) const;

    std::map<std::string, FormLayout> layouts_;
};

// A value the layout does not show is fine when the daemon offers it to every layout; any other id
// is a mistake.
Done check(const FormLayout& layout, const FormValues& values) {
    for (const auto& [id, value] : values.values)
        if (!layout.accepts.contains(id))
            return Error{Code::invalid_input, "the form has no field \"" + pdf::clean(id) + "\"",
                         values.layout};
    if (values.reference.size() > longest_reference)
        return Error{Code::invalid_input, "the reference is longer than 64 bytes", values.layout};
    return done();
}

FormValues fit_for_paper(const FormValues& values, const FormLayout& layout) {
    FormValues fit = values;
    fit.reference = pdf::clean(values.reference);
    std::string notice = pdf::with_hole(layout.words.cut, "{reference}", fit.reference);
    notice = pdf::with_hole(notice, "{limit}", std::to_string(pdf::most_characters));
    notice = pdf::with_hole(notice, "{lines}", std::to_string(pdf::most_lines));
    fit.subtitle = pdf::limited(pdf::clean(values.subtitle), notice);
    for (auto& [id, value] : fit.values) value = pdf::limited(pdf::clean(value), notice);
    return fit;
}

Result<std::string> PdfForms::rendered(const FormValues& values) const {
    const auto found = layouts_.find(values.layout);
    if (found == layouts_.end())
        return Error{Code::not_found, "no such form layout", values.layout};
    const FormLayout& layout = found->second;
    if (const Done sound = check(layout, values); !sound) return sound.error();

    const FormValues fit = fit_for_paper(values, layout);
    const std::string title =
        layout.tagline.empty() ? layout.title : layout.title + " - " + layout.tagline;
    const std::string made = to_rfc3339(values.made);
    pdf::Pen pen(
        {.title = title, .subject = fit.reference, .language = layout.language, .made = made});
    pdf::Sheet sheet(pen);
    pdf::compose(layout, fit, sheet);
    sheet.draw({.header = layout.header,
                .reference = fit.reference,
                .footer = layout.footer,
                .page = layout.words.page});
    const Result<std::string> drawn = pen.finish();
    if (!drawn) return drawn.error();
    return pdf::finished(*drawn, title, layout.language, made);
}

}  // namespace

Result<std::unique_ptr<FormRenderer>> make_pdf_forms(const std::string& folder) {
    if (const Done font = pdf::check_font(); !font) return font.error();
    auto layouts = forms::read_layouts(folder);
    if (!layouts) return layouts.error();
    return std::unique_ptr<FormRenderer>(std::make_unique<PdfForms>(std::move(*layouts)));
}

}  // namespace stageclock
