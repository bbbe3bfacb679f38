// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/notify/govuk/channels.h"
#include "adapters/notify/govuk/text_message.h"
#include "adapters/registry.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/contract/notifier_contract.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

const std::string key =
    "stageclock-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";
const auto nowhere_kept = make_memory_store();

FakeTemplates words() {
    FakeTemplates own;
    own.texts["sms/notice.txt"] = "{{ref}}: a step is due.\n\nThe details are in the mail.\n";
    return own;
}
const FakeTemplates templates = words();

Settings service_at(const std::string& url) {
    auto settings = some_settings();
    settings.notify = {key, url, "mail-template", "sms-template", "", "reply-address"};
    return settings;
}

std::unique_ptr<Notifier> sms(const std::string& url) {
    return govuk::make_sms({service_at(url), templates, *nowhere_kept, impatient()});
}

std::unique_ptr<Notifier> mail(const std::string& url) {
    return govuk::make_notify_mail({service_at(url), templates, *nowhere_kept, impatient()});
}

Notice a_text() {
    auto notice = a_notice();
    notice.channel = "sms";
    notice.destination = "07700 900123";
    return notice;
}

Rendered rendered(const Notifier& channel, const Notice& notice,
                  const std::vector<Attachment>& attached = no_attachments) {
    auto model = a_model();
    model["action_page"] = "https://stageclock.example.org/a/1-abc";
    const auto made = channel.render({notice, model, attached, false, "", "", "<n.seal@x.org>"});
    REQUIRE(made);
    return *made;
}

Delivery judged(int status, const std::string& error, const std::string& message = "") {
    const Json body{{"status_code", status},
                    {"errors", {{{"error", error}, {"message", message}}}}};
    return govuk::judge({status, body.dump(), {}});
}

}  // namespace

TEST_CASE("govuk notify: the contract of a channel that calls a web address") {
    for (const MakeChannel& make : {MakeChannel(sms), MakeChannel(mail)}) {
        const auto channel = make("http://127.0.0.1:1");
        const auto message =
            rendered(*channel, channel->channel() == "sms" ? a_text() : a_notice());
        check_verdicts(make, message);
        check_retry_after(make, message);
        check_misbehaviour(make, message);
        check_secrets(make, message);
        check_connection_reuse(make, message);
    }
}

TEST_CASE("govuk notify: the token of a call is the one the service expects") {
    const auto parsed = govuk::parse_key(key);
    REQUIRE(parsed);
    CHECK(parsed->issuer == "26785a09-ab16-4eb0-8407-a37497a57506");
    CHECK(govuk::token(*parsed, *parse_rfc3339("2026-12-24T17:00:00Z")) ==
          "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
          "eyJpYXQiOjE3OTgxMzE2MDAsImlzcyI6IjI2Nzg1YTA5LWFiMTYtNGViMC04NDA3LWEzNzQ5N2E1NzUwNiJ9."
          "pUHsskd3OIwCN-ioL1fPf-MPoalb_jftdceLKuWDdwo");
    CHECK_FALSE(govuk::parse_key("26785a09-ab16-4eb0-8407-a37497a57506"));
    CHECK_FALSE(govuk::parse_key(key + "x"));
}

TEST_CASE("govuk notify: a text message nudges, with the link beside it") {
    HookServer server;
    const auto channel = sms(server.url(""));
    const auto message = rendered(*channel, a_text());
    server.answer(201, R"({"id":"740e5834-3a29-46b4-9a6f-16142fde533a"})");
    const auto delivery = channel->deliver(message);
    CHECK(delivery.outcome == Delivered::accepted);
    CHECK(delivery.reply == "HTTP 201: notification 740e5834-3a29-46b4-9a6f-16142fde533a");
    CHECK(server.last_target() == "/v2/notifications/sms");
    CHECK(server.last_header("Authorization").starts_with("Bearer eyJ"));
    const Json expected{{"phone_number", "+447700900123"},
                        {"template_id", "sms-template"},
                        {"reference", "n.seal@x.org"},
                        {"personalisation",
                         {{"message",
                           "CSCP-2026-0042: a step is due.\nThe details are in the "
                           "mail."},
                          {"link", "https://stageclock.example.org/a/1-abc"}}}};
    CHECK(Json::parse(message.bytes) == expected);
    CHECK(message.id == "<n.seal@x.org>");
}

TEST_CASE("govuk notify: a mail has its words sanitised and the form behind a link") {
    const std::vector<Attachment> form{{"form-1.pdf", "application/pdf", "%PDF"}};
    const auto json = Json::parse(rendered(*mail("http://127.0.0.1:1"), a_notice(), form).bytes);
    CHECK(json["email_address"] == "zoe@housing.example.org");
    CHECK(json["email_reply_to_id"] == "reply-address");
    CHECK(json["sanitise_content_for"] == Json{"subject", "body"});
    const auto& values = json["personalisation"];
    CHECK(values["subject"] == "[CSCP-2026-0042] Safeguarding escalation");
    CHECK(values["body"].get<std::string>().starts_with("Dear Zoë Example"));
    CHECK(values["link"] == "https://stageclock.example.org/a/1-abc");
    CHECK(values["form"]["file"] == "JVBERg==");
    CHECK(values["form"]["filename"] == "form-1.pdf");
    const auto bare = Json::parse(rendered(*mail("http://127.0.0.1:1"), a_notice()).bytes);
    CHECK(bare["personalisation"]["form"] == "");
    const std::vector<Attachment> huge{{"f.pdf", "application/pdf", std::string(1'500'000, 'x')}};
    const auto large = rendered(*mail("http://127.0.0.1:1"), a_notice(), huge);
    CHECK(large.bytes.size() < 10'000);
}

TEST_CASE("govuk notify: errors are judged by their word") {
    CHECK(judged(400, "ValidationError").outcome == Delivered::never);
    CHECK_FALSE(judged(400, "ValidationError").to_mend);
    CHECK(judged(400, "BadRequestError").to_mend);
    const auto clock =
        judged(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds");
    CHECK(clock.outcome == Delivered::try_again);
    CHECK(clock.to_mend);
    CHECK(clock.reply == "HTTP 403: AuthError: the clock is off");
    CHECK(judged(403, "AuthError", "Invalid token: API key not found").to_mend);
    CHECK(judged(429, "RateLimitError").after == std::chrono::seconds(60));
    CHECK(judged(429, "TooManyRequestsError").after == std::chrono::hours(1));
    CHECK(judged(500, "Exception", "Internal server error").outcome == Delivered::try_again);
    CHECK(judged(400, "not a word of ours: zoe@example.org").reply == "HTTP 400");
}

TEST_CASE("govuk notify: only telephone numbers are texted, only addresses mailed") {
    const std::pair<const char*, const char*> numbers[] = {{"07700 900123", "+447700900123"},
                                                           {"+44 (0)7700 900-123", "+447700900123"},
                                                           {"020 7946 0001", "+442079460001"},
                                                           {"+353 1 234 5678", "+35312345678"},
                                                           {"07700", ""},
                                                           {"0044 7700 900123", ""},
                                                           {"ask the desk", ""},
                                                           {"+0 123 456 789", ""},
                                                           {"07700 900123; rm", ""},
                                                           {"", ""}};
    for (const auto& [given, wanted] : numbers) {
        CAPTURE(given);
        CHECK(govuk::telephone_number(given).value_or("") == wanted);
    }
    auto notice = a_text();
    notice.destination = "the front desk";
    const auto refused = sms("http://127.0.0.1:1")->render({notice, a_model(), no_attachments});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::invalid_input);
    CHECK(refused.error().what.find("front desk") == std::string::npos);
    CHECK_FALSE(mail("http://127.0.0.1:1")->render({notice, a_model(), no_attachments}));
}

TEST_CASE("govuk notify: a text message stays within three, link and service name included") {
    const std::string link = "https://stageclock.example.org/a/1-0123456789abcdef";
    CHECK(govuk::segments(std::string(160, 'a')) == 1);
    CHECK(govuk::segments(std::string(159, 'a') + "€") == 2);
    CHECK(govuk::segments(std::string(69, 'a') + "ŵ") == 1);
    CHECK(govuk::segments(std::string(70, 'a') + "ŵ") == 2);
    CHECK(govuk::fitted("It\u2019s due\nby five \u2013 today\n\n\nMore\n", link) ==
          "It's due by five - today\nMore");
    for (const std::string letter : {"a", "é", "ŵ", "€", "😀"}) {
        std::string text;
        while (text.size() < 5'000) text += letter;
        const auto cut = govuk::fitted(text, link);
        CHECK(cut.ends_with("..."));
        CHECK(govuk::segments(std::string(40, 'x') + cut + " " + link) == 3);
    }
}

TEST_CASE("govuk notify: where no mail server is named it carries the mail, live or captured") {
    const TemporaryFolder folder;
    auto settings = service_at("https://notify.example.org");
    settings.live = true;
    const auto live = make_notifiers(settings, templates, *nowhere_kept);
    REQUIRE(live);
    CHECK(live->front()->channel() == "mail");
    CHECK(live->front()->render({a_notice(), a_model(), no_attachments})->content_type ==
          "application/json");
    settings.live = false;
    settings.data_dir = folder.path();
    const auto kept = make_notifiers(settings, templates, *nowhere_kept);
    REQUIRE(kept);
    for (const auto& notifier : *kept) {
        if (notifier->channel() != "sms") continue;
        CHECK(notifier->deliver(rendered(*notifier, a_text())).outcome == Delivered::accepted);
    }
    for (const auto& file : std::filesystem::directory_iterator(folder.path() + "/outbox/new")) {
        CHECK(file.path().string().find("900123") == std::string::npos);
    }
}
