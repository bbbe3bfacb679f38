// SPDX-License-Identifier: MIT
#include "tests/adapters/form/pdf_tools.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;

// For people to look at: build/pictures/forms, with what poppler draws.
TEST_CASE("forms are drawn for people to look at, in several scripts") {
    const std::filesystem::path folder = "build/pictures/forms";
    std::filesystem::create_directories(folder);
    for (const char* layout : {"monitoring-form", "escalation-record"}) {
        FormValues values{.layout = layout,
                          .reference = "NSSB-2026-0007",
                          .subtitle = "Opened at stage 3, as of Thursday 24 December 2026 at 17:00",
                          .mark = "mark",
                          .made = utc("2026-12-24T17:00:00Z"),
                          .values = {}};
        values.values = {
            {"return_to.person", "Robin Example, robin@example.org"},
            {"subject", "Zuzanna Wójcik-Łęcka, Siân Llŷr, محمد علی, Νίκος, Юлія"},
            {"summary",
             "The plan was not shared (£40).\n\nعربي: لم تتم مشاركة الخطة مع المدرسة.\n"
             "اردو: منصوبہ اسکول کے ساتھ شیئر نہیں کیا گیا۔\nPolski: Plan nie został udostępniony "
             "szkole. Ελληνικά: το σχέδιο. עברית. 李"},
            {"matter", "Nid yw'r cynllun wedi'i rannu â'r ysgol; ŵŷẁẃ."},
            {"initiating.name", "Łukasz Śmiałek"},
            {"initiating.designation", "Senior manager"},
            {"initiating.agency", "Education"},
            {"resolved_stage", "3"},
            {"time_taken", "5 working days"},
            {"additional_notes", "Stage 3 entered on Tuesday."},
            {"stage_history", "Stage 3 entered on Tuesday."}};
        const std::string pdf = rendered(values);
        const std::string file = folder / (std::string(layout) + ".pdf");
        std::ofstream(file, std::ios::binary) << pdf;
        CHECK(said_by("pdftoppm -r 70 -png", pdf,
                      std::filesystem::absolute(folder / layout).string()) == "");
    }
}
