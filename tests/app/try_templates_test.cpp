// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "bot/app/try_templates.h"
#include "tests/app/sample_notices.h"

namespace stageclock {
namespace {

// Templates that fail where a test says so, and count what they are asked for.
class FakeTemplates final : public Templates {
public:
    std::string fails;
    std::string only_at;
    mutable int rendered = 0;

    Result<std::string> render(std::string_view name, const Model& model) const override {
        ++rendered;
        Model copy = model;
        const std::string* stage = copy["stage"]["id"].text();
        const bool here = only_at.empty() || (stage != nullptr && *stage == only_at);
        if (name == fails && here) return Error{Code::invalid_input, "has no name \"x\"", ""};
        return std::string("text");
    }
    bool has(std::string_view) const override { return true; }
    Result<std::string> render_json(std::string_view name, const Model& model) const override {
        return render(name, model);
    }
};

TEST_CASE("every reason is tried at every stage, for officer, board and every nudge") {
    const testing::Sample sample = testing::full_sample();
    const FakeTemplates templates;
    CHECK(try_templates(templates, sample.rules()).empty());
    const auto reasons = static_cast<int>(reasons_to_tell().size());
    const auto stages = static_cast<int>(sample.policy.stages.size());
    CHECK(templates.rendered == reasons * 3 + reasons * stages * 11);
}

TEST_CASE("a template that fails is one problem, with the stage it fails at first") {
    const testing::Sample sample = testing::full_sample();
    FakeTemplates templates;
    templates.fails = "email/deadline-near.txt";
    const auto problems = try_templates(templates, sample.rules());
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].id == "email/deadline-near.txt");
    CHECK(problems[0].field == "no stage");
    CHECK(problems[0].what == "has no name \"x\"");
}

TEST_CASE("a template that fails for some stage only is found") {
    const testing::Sample sample = testing::full_sample();
    FakeTemplates templates;
    templates.fails = "email/stage-entered.html";
    templates.only_at = "3";
    const auto problems = try_templates(templates, sample.rules());
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == "stage 3");
}

}  // namespace
}  // namespace stageclock
