// SPDX-License-Identifier: MIT
#include <filesystem>
#include <set>

#include "adapters/support/toml_reader.h"
#include "bot/app/form_values.h"
#include "tests/adapters/form/form_case.h"
#include "tests/adapters/form/pdf_tools.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

std::vector<std::string> layout_names() {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator("templates/forms"))
        if (file.path().extension() == ".toml" && file.path().filename() != "values.toml")
            names.push_back(file.path().stem());
    return names;
}

Case closed_case() {
    Case made = full_case();
    made.status = Status::resolved;
    made.closed = utc("2026-12-23T12:00:00Z");
    made.outcome = "SECRET A visit was agreed.";
    return made;
}

}  // namespace

TEST_CASE("every layout takes the values of every case, for every reader") {
    const FormWorld world;
    const std::vector<std::string> names = layout_names();
    CHECK(names.size() >= 2);
    for (const std::string& name : names) {
        CAPTURE(name);
        Form form = world.form;
        form.layout = name;
        for (const Case& the_case : {minimal_case(), full_case(), closed_case()}) {
            for (const Audience audience : {Audience::officer, Audience::board, Audience::chat}) {
                const FormValues values = form_values(form, the_case, world.rules(),
                                                      utc("2026-12-24T12:00:00Z"), audience);
                const std::string text = text_of(rendered(values));
                CHECK(text.find(the_case.ref) != std::string::npos);
                if (audience != Audience::officer) CHECK(text.find("SECRET") == std::string::npos);
            }
        }
    }
}

TEST_CASE("the daemon fills exactly what values.toml lists") {
    toml_reader::Report report;
    toml_reader::Document document("templates/forms/values.toml", report);
    std::set<std::string> listed;
    for (toml_reader::Row& row : document.root().rows("value")) listed.insert(row.required("id"));
    const FormWorld world;
    std::set<std::string> filled;
    for (const auto& [id, value] : form_values(world.form, full_case(), world.rules(),
                                               utc("2026-12-24T12:00:00Z"), Audience::officer)
                                       .values)
        filled.insert(id);
    CHECK(filled == listed);
}

TEST_CASE("a resolved case ticks its stage and shows its outcome") {
    const FormWorld world;
    const std::string pdf = rendered(form_values(world.form, closed_case(), world.rules(),
                                                 utc("2026-12-24T12:00:00Z"), Audience::officer));
    CHECK(fields_of(pdf).at("resolved_stage") == "3");
    const std::string text = text_of(pdf);
    for (const char* shown :
         {"Robin Example, leader@example.org", "SECRET Zuzanna Wójcik",
          "SECRET A visit was agreed.", "SECRET Łukasz Śmiałek", "4 working days (6 calendar days)",
          "Stage 3: Senior managers, entered"})
        CHECK(text.find(shown) != std::string::npos);
}
