// SPDX-License-Identifier: MIT
//
// The templates the daemon ships, held against the model they see and what people read.
#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>

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

std::string rendered(const std::string& name, const Model& model) {
    const auto text = shipped().render(name, model);
    REQUIRE_MESSAGE(text.has_value(), name << ": " << text.error().what);
    return *text;
}

std::string card(const Model& model) {
    const auto text = shipped().render_json("teams/notice.json", model);
    REQUIRE_MESSAGE(text.has_value(), text.error().what);
    return *text;
}

// A case and a notice about it.
struct Example {
    std::string what;
    Sample sample;
    Notice notice;
    Model model() const {
        const bool asks = notice.kind == NoticeKind::prompt || notice.kind == NoticeKind::reminder;
        return model_of(notice, sample.the_case, sample.rules(), public_url, mail_address,
                        notice.reason == Reason::mail_claimed ? claim_page : action_page,
                        asks ? calendar_page : "");
    }
};

// Each reason for each kind of reader, with everything known and with nothing.
std::vector<Example> examples() {
    std::vector<Example> all;
    for (const Reason reason : reasons_to_tell()) {
        const std::string word(to_text(reason));
        for (const Recipient& to : {line_manager(), board_inbox(), chat_post()}) {
            const Sample full = full_sample();
            all.push_back({word + " full", full, full_notice(full, reason, to)});
        }
        for (const NoticeKind kind : {NoticeKind::prompt, NoticeKind::copy}) {
            Notice bare = bare_notice(reason, Recipient{});
            bare.kind = kind;
            all.push_back({word + " minimal", minimal_sample(), bare});
        }
    }
    return all;
}

std::string stem(const Example& example) {
    return "email/" + std::string(to_text(example.notice.reason));
}

// Every name of a model: "deadline.words", "people[].name".
void gather_names(const Model& model, const std::string& name, std::set<std::string>& names) {
    if (const auto* parts = model.parts()) {
        for (const auto& [key, part] : *parts) {
            gather_names(part, name.empty() ? key : name + "." + key, names);
        }
        return;
    }
    const auto* list = model.list();
    names.insert(name);
    if (list == nullptr) return;
    for (const Model& item : *list) {
        if (item.parts() != nullptr) gather_names(item, name + "[]", names);
    }
}

// The names in the first column of the tables of templates/README.md.
std::set<std::string> documented_names() {
    std::ifstream file("templates/README.md");
    std::set<std::string> names;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("| `")) continue;
        names.insert(line.substr(3, line.find('`', 3) - 3));
    }
    return names;
}

}  // namespace

TEST_CASE("every name of the model is in templates/README.md, and no other") {
    std::set<std::string> used;
    for (const Example& example : examples()) gather_names(example.model(), "", used);
    const std::set<std::string> documented = documented_names();
    for (const std::string& name : used) CHECK_MESSAGE(documented.contains(name), name);
    for (const std::string& name : documented) CHECK_MESSAGE(used.contains(name), name);
}

TEST_CASE("every mail template renders for every reader, full and minimal, without a hole") {
    for (const Example& example : examples()) {
        const Model model = example.model();
        const std::string subject = rendered(stem(example) + ".subject", model);
        const std::string text = rendered(stem(example) + ".txt", model);
        const std::string html = rendered(stem(example) + ".html", model);
        CAPTURE(example.what);
        for (const char* hole :
             {"()", " ,", " .", "..", "{{", "}}", ": .", ":.", " :", "  by", " - \n"}) {
            CAPTURE(hole);
            CHECK_MESSAGE(text.find(hole) == std::string::npos, text);
            CHECK(subject.find(hole) == std::string::npos);
        }
        CHECK(html.find("{{") == std::string::npos);
        CHECK(html.find("\"></p>") == std::string::npos);
        CHECK(html.find("\"></td>") == std::string::npos);
        CHECK(text.find("999") != std::string::npos);
        CHECK(html.find("999") != std::string::npos);
        CHECK(html.ends_with("</html>\n"));
    }
}

TEST_CASE("no line of a mail text is longer than 78 characters, links apart") {
    for (const Example& example : examples()) {
        std::istringstream lines(rendered(stem(example) + ".txt", example.model()));
        for (std::string line; std::getline(lines, line);) {
            if (line.find("https://") == std::string::npos) CHECK(line.size() <= 78);
        }
    }
}

TEST_CASE("a mail begins with the line answers are cut at, then with what is asked") {
    for (const Example& example : examples()) {
        std::istringstream lines(rendered(stem(example) + ".txt", example.model()));
        std::string first, second, third;
        std::getline(lines, first);
        std::getline(lines, second);
        std::getline(lines, third);
        CHECK(first.find(reply_marker) != std::string::npos);
        CHECK(second.empty());
        CHECK(third.size() > 10);
        const std::string html = rendered(stem(example) + ".html", example.model());
        CHECK(html.find(reply_marker) != std::string::npos);
    }
}

TEST_CASE("subjects of a case begin alike, are short and hold no name") {
    const Sample sample = full_sample();
    const std::string start =
        "[CSCP-2026-0042] Escalation between Housing and Early Help Service: ";
    for (const Example& example : examples()) {
        if (example.sample.the_case.ref.empty()) continue;
        const bool mail = example.notice.reason >= Reason::mail_understood;
        if (mail && example.notice.to.audience == Audience::chat) continue;
        const std::string subject = rendered(stem(example) + ".subject", example.model());
        CAPTURE(subject);
        CHECK(subject.starts_with(start));
        CHECK(subject.size() <= start.size() + 45);
        CHECK(subject.find(canary) == std::string::npos);
    }
}

TEST_CASE("no template can tell a board or a chat what its model does not have") {
    for (const Example& example : examples()) {
        if (example.notice.to.audience == Audience::officer) continue;
        const Model model = example.model();
        for (const char* ending : {".subject", ".txt", ".html"}) {
            CAPTURE(example.what);
            CHECK(rendered(stem(example) + ending, model).find(canary) == std::string::npos);
        }
        CHECK(card(model).find(canary) == std::string::npos);
    }
}

TEST_CASE("the chat card is plain Adaptive Card 1.3 and holds no name, whoever reads it") {
    const std::set<std::string> permitted{"AdaptiveCard", "TextBlock", "FactSet", "Action.OpenUrl"};
    for (const Example& example : examples()) {
        const std::string text = card(example.model());
        CHECK(text.find(canary) == std::string::npos);
        const auto json = nlohmann::json::parse(text);
        CHECK(json["version"] == "1.3");
        CHECK(permitted.contains(json["type"]));
        for (const auto& element : json["body"]) {
            CHECK(permitted.contains(element["type"]));
            if (element["type"] == "TextBlock")
                CHECK_FALSE(element["text"].get<std::string>().empty());
            if (element["type"] != "FactSet") continue;
            for (const auto& fact : element["facts"])
                CHECK_FALSE(fact["value"].get<std::string>().empty());
        }
        for (const auto& action : json["actions"]) CHECK(permitted.contains(action["type"]));
        CHECK(text.size() < 8000);
    }
}

TEST_CASE("HTML mails load nothing from elsewhere and run nothing") {
    for (const Example& example : examples()) {
        const std::string html = rendered(stem(example) + ".html", example.model());
        for (const char* banned :
             {"<script", "<img", "<link", "src=", "url(", "<form", "@import"}) {
            CHECK(html.find(banned) == std::string::npos);
        }
    }
}

TEST_CASE("what people wrote stays text in HTML") {
    Sample sample = full_sample();
    sample.the_case.facts.summary = "<script>alert(1)</script> {{case.link}} & more";
    const Notice notice = full_notice(sample, Reason::deadline_near, line_manager());
    const Model model =
        model_of(notice, sample.the_case, sample.rules(), public_url, mail_address, action_page);
    const std::string html = rendered("email/deadline-near.html", model);
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("&lt;script&gt;alert(1)&lt;/script&gt; {{case.link}} &amp; more") !=
          std::string::npos);
}

TEST_CASE("the mails people get read as they are kept in tests/golden/notices") {
    for (const Reason reason : reasons_to_tell()) {
        const bool closes = reason == Reason::case_resolved || reason == Reason::case_withdrawn;
        const Sample sample = closes ? closed_sample() : full_sample();
        const bool board = reason == Reason::stage_copy || reason >= Reason::mail_kept;
        const Recipient to = board                                ? board_inbox()
                             : reason == Reason::next_officer_due ? next_officer()
                                                                  : line_manager();
        const Example example{"", sample, full_notice(sample, reason, to)};
        const Model model = example.model();
        const std::string mail = "Subject: " + rendered(stem(example) + ".subject", model) +
                                 "\n\n" + rendered(stem(example) + ".txt", model);
        check_golden("tests/golden/notices/" + std::string(to_text(reason)) + ".txt", mail);
    }
    const Sample sample = full_sample();
    const Example chat{"", sample, full_notice(sample, Reason::still_overdue, chat_post())};
    for (const std::string folder : {"teams", "slack", "mattermost"}) {
        const auto text = shipped().render_json(folder + "/notice.json", chat.model());
        REQUIRE(text.has_value());
        check_golden("tests/golden/notices/" + folder + "-still-overdue.json",
                     nlohmann::ordered_json::parse(*text).dump(2) + "\n");
    }
}
