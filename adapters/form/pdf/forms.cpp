// SPDX-License-Identifier: MIT
#include "adapters/registry.h"

#include <exception>
#include <mutex>

#include "adapters/form/layout/fit.h"
#include "adapters/form/layout/layouts.h"
#include "adapters/form/pdf/clean.h"
#include "adapters/form/pdf/fill.h"
#include "adapters/form/pdf/own.h"

namespace stageclock {
namespace {

constexpr std::size_t most_ready = 64;

// Layouts are read once and never changed. A form is made ready once for each layout and each post
// it returns to, and kept; those with long values are made ready anew.
class PdfForms final : public FormRenderer {
public:
    PdfForms(std::map<std::string, FormLayout> layouts, std::map<std::string, pdf::OwnPdf> own)
        : layouts_(std::move(layouts)), own_(std::move(own)) {}

    Result<std::string> render(const FormValues& values) const override {
        try {
            return rendered(values);
        } catch (const std::exception& error) {
            return Error{Code::internal, std::string("rendering the form failed: ") + error.what(),
                         values.layout};
        }
    }

private:
    using Ready = std::shared_ptr<const pdf::Prepared>;

    Result<std::string> rendered(const FormValues& values) const;
    Ready ready(const FormLayout& layout, const FormValues& values,
                const pdf::Filling& filling) const;

    std::map<std::string, FormLayout> layouts_;
    std::map<std::string, pdf::OwnPdf> own_;  // boards' own files, by layout
    mutable std::mutex lock_;
    mutable std::map<std::string, Ready> ready_;
};

pdf::Filling fit_for_paper(const FormValues& values, const FormLayout& layout) {
    pdf::Filling fit{.reference = pdf::clean(values.reference),
                     .subtitle = {},
                     .mark = pdf::clean(values.mark),
                     .made = to_rfc3339(values.made),
                     .values = {},
                     .whole = {}};
    std::string notice = pdf::with_hole(layout.words.cut, "{reference}", fit.reference);
    notice = pdf::with_hole(notice, "{limit}", std::to_string(pdf::most_characters));
    notice = pdf::with_hole(notice, "{lines}", std::to_string(pdf::most_lines));
    fit.subtitle = pdf::limited(pdf::clean(values.subtitle), notice);
    for (const auto& [id, value] : values.values) {
        std::string whole = pdf::clean(value);
        std::string& shown = fit.values[id] = pdf::limited(whole, notice);
        if (shown != whole) fit.whole[id] = std::move(whole);
    }
    return fit;
}

// What is printed where the form goes is part of it.
pdf::Values printed(const FormLayout& layout, const pdf::Values& values) {
    pdf::Values used;
    const auto take = [&](const std::string& id) {
        if (const auto found = values.find(id); found != values.end()) used.insert(*found);
    };
    for (const std::string& id : layout.return_to_values) take(id);
    take(layout.return_to_if);
    return used;
}

PdfForms::Ready PdfForms::ready(const FormLayout& layout, const FormValues& values,
                                const pdf::Filling& filling) const {
    const pdf::Values used = printed(layout, filling.values);
    std::string key = values.layout + (filling.mark.empty() ? "-" : "+");
    for (const auto& [id, value] : used) key += "\n" + id + "\n" + value;
    {
        const std::scoped_lock held(lock_);
        if (const auto found = ready_.find(key); found != ready_.end()) return found->second;
    }
    const auto made = std::make_shared<const pdf::Prepared>(
        pdf::prepare(layout, used, "", !filling.mark.empty()));
    const std::scoped_lock held(lock_);
    if (ready_.size() >= most_ready) ready_.clear();
    return ready_.emplace(key, made).first->second;
}

Result<std::string> PdfForms::rendered(const FormValues& values) const {
    const auto found = layouts_.find(values.layout);
    if (found == layouts_.end())
        return Error{Code::not_found, "no such form layout", values.layout};
    const FormLayout& layout = found->second;
    if (const Done sound = forms::check_values(layout, values); !sound) return sound.error();

    const pdf::Filling filling = fit_for_paper(values, layout);
    if (const auto own = own_.find(values.layout); own != own_.end())
        return pdf::fill_own(own->second, layout, filling);
    if (auto file = pdf::fill(*ready(layout, values, filling), filling, false))
        return std::move(*file);
    pdf::Shaper shaper(layout.language);
    const std::string subtitle =
        pdf::subtitle_line(shaper, filling) ? "" : filling.reference + "   " + filling.subtitle;
    const pdf::Prepared form =
        pdf::prepare(layout, filling.values, subtitle, !filling.mark.empty());
    return *pdf::fill(form, filling, true);
}

// The boards' own files that layouts name; the error has every problem of every file.
Result<std::map<std::string, pdf::OwnPdf>> load_own_files(
    const std::map<std::string, FormLayout>& layouts, const std::string& folder) {
    std::map<std::string, pdf::OwnPdf> all;
    std::string problems;
    for (const auto& [name, layout] : layouts) {
        if (layout.own.pdf.empty()) continue;
        auto own = pdf::load_own(layout);
        if (own)
            all.emplace(name, std::move(*own));
        else
            problems += (problems.empty() ? "" : "\n") + own.error().what;
    }
    if (!problems.empty()) return Error{Code::invalid_input, problems, folder};
    return all;
}

}  // namespace

Result<std::unique_ptr<FormRenderer>> make_pdf_forms(const std::string& folder) {
    if (const Done font = pdf::check_faces(); !font) return font.error();
    auto layouts = forms::read_layouts(folder);
    if (!layouts) return layouts.error();
    auto own = load_own_files(*layouts, folder);
    if (!own) return own.error();
    return std::unique_ptr<FormRenderer>(
        std::make_unique<PdfForms>(std::move(*layouts), std::move(*own)));
}

Result<std::vector<std::string>> own_pdf_gaps(const std::string& folder) {
    const auto layouts = forms::read_layouts(folder);
    if (!layouts) return layouts.error();
    const auto own = load_own_files(*layouts, folder);
    if (!own) return own.error();
    std::vector<std::string> gaps;
    for (const auto& [name, file] : *own)
        gaps.insert(gaps.end(), file.gaps.begin(), file.gaps.end());
    return gaps;
}

}  // namespace stageclock
