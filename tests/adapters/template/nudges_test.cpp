// SPDX-License-Identifier: MIT
//
// The words of chats and text messages, held against the model they see.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "adapters/registry.h"
#include "bot/app/model.h"
#include "bot/core/reply.h"
#include "tests/app/sample_notices.h"
#include "tests/support/golden.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

const Templates& shipped() {
    static const auto templates = [] {
        auto loaded = make_mustache_templates("templates");
        REQUIRE_MESSAGE(loaded.has_value(), loaded.error().what);
        return std::move(*loaded);
    }();
    return *templates;
}

const std::vector<std::string> nudges{"google-chat/notice.json", "matrix/notice.json",
                                      "webhook/notice.json", "sms/notice.txt"};

std::string rendered(const std::string& name, const Sample& sample, const Notice& notice) {
    const Model model =
        model_of(notice, sample.the_case, sample.rules(), public_url, mail_address, action_page);
    const auto text = name.ends_with(".json") ? shipped().render_json(name, model)
                                              : shipped().render(name, model);
    REQUIRE_MESSAGE(text.has_value(), name << ": " << text.error().what);
    return *text;
}

}  // namespace

TEST_CASE("a nudge renders for every reason, full or empty, and holds no name") {
    for (const std::string& name : nudges) {
        for (const Reason reason : reasons_to_tell()) {
            CAPTURE(name);
            CAPTURE(to_text(reason));
            const Sample full = full_sample();
            const auto text = rendered(name, full, full_notice(full, reason, chat_post()));
            CHECK(text.find(canary) == std::string::npos);
            CHECK(text.find(full.the_case.ref) != std::string::npos);
            Notice bare;
            bare.reason = reason;
            bare.to = chat_post();
            CHECK_FALSE(rendered(name, Sample{}, bare).empty());
        }
    }
}

TEST_CASE("the nudges people get read as they are kept in tests/golden/notices") {
    const Sample sample = full_sample();
    const Notice notice = full_notice(sample, Reason::still_overdue, chat_post());
    for (const std::string& name : nudges) {
        const std::string text = rendered(name, sample, notice);
        const bool json = name.ends_with(".json");
        const std::string channel = name.substr(0, name.find('/'));
        check_golden(
            "tests/golden/notices/" + channel + "-still-overdue" + (json ? ".json" : ".txt"),
            json ? nlohmann::ordered_json::parse(text).dump(2) + "\n" : text);
    }
}
