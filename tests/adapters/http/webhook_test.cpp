// SPDX-License-Identifier: MIT
#include "adapters/http/webhook.h"

#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/http/http_front.h"
#include "adapters/support/crypto.h"
#include "bot/ports/settings.h"
#include "tests/adapters/http/fake_desk.h"

using namespace stageclock;
using front::Header;
using front::Request;
using front::Response;

namespace {

struct House {
    FakeDesk desk;
    front::Routes routes{front_settings(), desk};

    Response post(const std::string& source, const std::string& body,
                  std::vector<Header> headers) {
        headers.push_back({"content-type", "application/cloudevents+json"});
        Request request{"POST", "/hooks/v1/" + source, std::move(headers), body};
        if (auto refused = routes.admit(request)) return *refused;
        return routes.answer(request);
    }
    Response bearer(const std::string& body, const std::string& token = cms_bearer,
                    const std::string& source = "cms") {
        return post(source, body, {{"authorization", "Bearer " + token}});
    }
    Response with_signature(const std::string& body, const std::string& id,
                            const std::string& timestamp, const std::string& signature) {
        return post("cms", body, {{"webhook-id", id}, {"webhook-timestamp", timestamp},
                                  {"webhook-signature", signature}});
    }
    std::string now_plus(int seconds) const {
        return std::to_string(desk.now().time_since_epoch().count() + seconds);
    }
    // Nothing reached the desk but one line about a refusal.
    void check_only_noted() {
        CHECK(desk.updates().empty());
        CHECK(desk.refusals().size() == 1);
    }
};

std::string raise(const std::string& id = "e-1", const std::string& board = "camden") {
    return R"({"specversion":"1.0","id":")" + id +
           R"(","source":"/cms","type":"stageclock.case.raise","data":{"board":")" + board +
           R"(","summary":"Canary summary","raising":{"agency":"Housing","practitioner":
           {"name":"Alex Example","email":"alex@example.org"}},"receiving":{"agency":"Health"}}})";
}

std::string resolve(const std::string& ref) {
    return R"({"specversion":"1.0","id":"e-2","source":"/cms","type":"stageclock.case.resolve",
        "subject":")" + ref + R"(","data":{"text":"agreed","by":{"name":"Alex Example",
        "email":"alex@example.org"}}})";
}

std::string sign(const std::string& id, const std::string& timestamp, const std::string& body,
                 const std::string& secret = cms_secret) {
    return "v1," + crypto::base64_encode(
                       crypto::hmac_sha256(secret, id + "." + timestamp + "." + body));
}

std::string header_of(const Response& response, const std::string& name) {
    for (const Header& header : response.headers) {
        if (header.name == name) return header.value;
    }
    return "";
}

}  // namespace

TEST_CASE("an accepted raise is answered 201 with its reference, stage and deadlines") {
    House house;
    const Response response = house.bearer(raise());
    CHECK(response.status == 201);
    const auto json = nlohmann::json::parse(response.body);
    CHECK(json["case"] == "CSCP-2026-1000");
    CHECK(json["stage_title"] == "Discussion between practitioners");
    CHECK(json["deadlines"][0]["due"] == "2026-06-08T16:00:00Z");
    CHECK(json["deadlines"][0]["words"] == "Monday 8 June 2026 at 17:00");
    CHECK(json["guards"].size() == 1);
    CHECK(header_of(response, "Location") == "/api/v1/cases/CSCP-2026-1000");
    REQUIRE(house.desk.updates().size() == 1);
    const Update update = house.desk.updates()[0];
    CHECK(update.source == "cms");
    CHECK(update.digest == crypto::sha256_hex(raise()));
    CHECK(update.received == house.desk.now());
}

TEST_CASE("a repeat is answered the same, another body under the same id is a conflict") {
    House house;
    const Response first = house.bearer(raise());
    const Response second = house.bearer(raise());
    CHECK(second.status == 201);
    CHECK(second.body == first.body);
    const Response other = house.bearer(raise("e-1", "north-somerset"));
    CHECK(other.status == 409);
    CHECK(other.content_type == "application/problem+json");
}

TEST_CASE("other updates are answered 200") {
    House house;
    CHECK(house.bearer(resolve("CSCP-2026-0042")).status == 200);
    CHECK(house.desk.updates().at(0).ref == "CSCP-2026-0042");
}

TEST_CASE("a wrong token, none, and an unknown source look the same") {
    House house;
    const Response wrong = house.bearer(raise(), "wrong");
    const Response none = house.post("cms", raise(), {});
    const Response unknown = house.bearer(raise(), cms_bearer, "nobody");
    const Response twice = house.post("cms", raise(),
                                      {{"authorization", std::string("Bearer ") + cms_bearer},
                                       {"authorization", "Bearer x"}});
    for (const Response* response : {&wrong, &none, &unknown, &twice}) {
        CHECK(response->status == 401);
        CHECK(response->body == wrong.body);
        CHECK(!header_of(*response, "WWW-Authenticate").empty());
    }
    CHECK(house.desk.updates().empty());
    CHECK(house.desk.refusals().size() == 4);
    CHECK(house.desk.refusals()[2].source == "unknown");
}

TEST_CASE("a source without a bearer token does not accept an empty one") {
    FakeDesk desk;
    Settings settings;
    settings.sources = {{"signed", "", cms_secret, {}}, {"closed", "", "", {}}};
    front::Routes routes(settings, desk);
    for (const char* id : {"signed", "closed"}) {
        for (const char* value : {"Bearer ", "Bearer", ""}) {
            const Request request{"POST", std::string("/hooks/v1/") + id,
                                  {{"authorization", value}}, raise()};
            CHECK(routes.answer(request).status == 401);
        }
    }
}

TEST_CASE("the published Standard Webhooks example verifies") {
    // The secret, message and signature of the specification's reference libraries.
    const auto secret = crypto::base64_decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    const front::Sources sources({{"s", "", secret.value_or(""), {}}});
    const Request request{"POST", "/hooks/v1/s",
                          {{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                           {"webhook-timestamp", "1614265330"},
                           {"webhook-signature",
                            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}},
                          "{\"test\": 2432232314}"};
    const Instant then{std::chrono::seconds(1614265330)};
    CHECK(sources.sender("s", request, then) != nullptr);
    CHECK(sources.sender("s", request, then + std::chrono::seconds(300)) != nullptr);
    CHECK(sources.sender("s", request, then + std::chrono::seconds(301)) == nullptr);
    CHECK(sources.sender("s", request, then - std::chrono::seconds(301)) == nullptr);
}

TEST_CASE("a good signature is taken, among several too") {
    House house;
    const std::string now = house.now_plus(0);
    const std::string good = sign("m-1", now, raise());
    CHECK(house.with_signature(raise(), "m-1", now, good).status == 201);
    CHECK(house.with_signature(raise(), "m-1", now, "v1a,xx v1,AAAA " + good).status == 201);
}

TEST_CASE("a signature that is wrong in any part is refused") {
    House house;
    const std::string now = house.now_plus(0);
    const std::string good = sign("m-1", now, raise());
    CHECK(house.with_signature(raise() + " ", "m-1", now, good).status == 401);
    CHECK(house.with_signature(raise(), "m-2", now, good).status == 401);
    CHECK(house.with_signature(raise(), "m-1", house.now_plus(1), good).status == 401);
    CHECK(house.with_signature(raise(), "m-1", now, "").status == 401);
    CHECK(house.with_signature(raise(), "m-1", now, good.substr(3)).status == 401);
    CHECK(house.with_signature(raise(), "m-1", now, "v1," + good).status == 401);
    CHECK(house.with_signature(raise(), "m-1", now, "v1,x," + good).status == 401);
    const std::string other = sign("m-1", now, raise(), "another secret of enough bytes");
    CHECK(house.with_signature(raise(), "m-1", now, other).status == 401);
    CHECK(house.desk.updates().empty());
    CHECK(house.desk.refusals().size() == 8);
}

TEST_CASE("old, future and malformed timestamps are refused although signed") {
    House house;
    for (const std::string& stamp : {house.now_plus(-301), house.now_plus(301),
                                     house.now_plus(0) + ".5", house.now_plus(0) + "x",
                                     std::string("-1"), std::string(), std::string(40, '9')}) {
        CHECK(house.with_signature(raise(), "m-1", stamp, sign("m-1", stamp, raise())).status ==
              401);
    }
    for (const int seconds : {-300, 300}) {
        const std::string stamp = house.now_plus(seconds);
        CHECK(house.with_signature(raise(), "m-1", stamp, sign("m-1", stamp, raise())).status ==
              201);
    }
}

TEST_CASE("an id with a dot could be another id and time, so it is refused") {
    House house;
    const std::string now = house.now_plus(0);
    const std::string id = "m." + now;
    CHECK(house.with_signature(raise(), id, now, sign(id, now, raise())).status == 401);
}

TEST_CASE("a bad signature is not made good by a bearer token beside it") {
    House house;
    const Response response = house.post("cms", raise(),
                                         {{"authorization", std::string("Bearer ") + cms_bearer},
                                          {"webhook-id", "m-1"},
                                          {"webhook-timestamp", house.now_plus(0)},
                                          {"webhook-signature", "v1,AAAA"}});
    CHECK(response.status == 401);
    house.check_only_noted();
}

TEST_CASE("the same webhook id with another event is a replay") {
    House house;
    const std::string now = house.now_plus(0);
    CHECK(house.with_signature(raise("e-1"), "m-1", now, sign("m-1", now, raise("e-1"))).status ==
          201);
    const std::string later = house.now_plus(5);
    CHECK(house.with_signature(raise("e-1"), "m-1", later, sign("m-1", later, raise("e-1")))
              .status == 201);
    CHECK(house.with_signature(raise("e-2"), "m-1", now, sign("m-1", now, raise("e-2"))).status ==
          409);
    for (const Update& update : house.desk.updates()) CHECK(update.id == "e-1");
}

TEST_CASE("the memory for replays has an end and forgets the oldest") {
    front::Replays replays;
    CHECK(replays.fresh("s", "first", "a"));
    CHECK(!replays.fresh("s", "first", "b"));
    CHECK(replays.fresh("other", "first", "b"));
    for (int i = 0; i < 65536; ++i) REQUIRE(replays.fresh("s", std::to_string(i), "x"));
    CHECK(replays.fresh("s", "first", "b"));
}

TEST_CASE("a source bound to a board cannot touch another, nor learn that a case exists") {
    House house;
    const auto north = [&](const std::string& body) {
        return house.bearer(body, north_bearer, "north");
    };
    CHECK(north(raise("e-1", "camden")).status == 422);
    CHECK(north(resolve("CSCP-2026-0042")).status == 422);
    CHECK(house.desk.updates().empty());
    CHECK(north(raise("e-1", "north-somerset")).status == 201);
    CHECK(north(resolve("NSSB-2026-0007")).status == 200);
}

TEST_CASE("a refusal becomes a problem document with pointer and clauses") {
    House house;
    Answer answer;
    answer.kind = Answer::Kind::refused;
    answer.refusal = Refusal{Refused::same_agency, "data.receiving.agency", "Both are the same.",
                             {"CAMDEN-3"}};
    house.desk.next = answer;
    const Response response = house.bearer(raise());
    CHECK(response.status == 422);
    CHECK(response.content_type == "application/problem+json");
    const auto json = nlohmann::json::parse(response.body);
    CHECK(json["type"] == "urn:stageclock:problem:same-agency");
    CHECK(json["status"] == 422);
    CHECK(json["detail"] == "Both are the same.");
    CHECK(json["errors"][0]["pointer"] == "/data/receiving/agency");
    CHECK(json["clauses"][0] == "CAMDEN-3");
    REQUIRE(house.desk.refusals().size() == 1);
    CHECK(house.desk.refusals()[0].id == "e-1");
    CHECK(house.desk.refusals()[0].why == "422 same-agency: /data/receiving/agency");
}

TEST_CASE("while the store is in the way the answer is 503 and when to try again") {
    House house;
    Answer answer;
    answer.kind = Answer::Kind::unavailable;
    house.desk.next = answer;
    const Response response = house.bearer(raise());
    CHECK(response.status == 503);
    CHECK(header_of(response, "Retry-After") == "5");
}

TEST_CASE("the list of refusals gets places, never what people wrote") {
    House house;
    const std::string body =
        R"({"specversion":"1.0","id":"Canary Name","source":"s","type":"stageclock.case.raise",
        "data":{"board":"Canary\u0007Board","Canary Child":1,"summary":{"Canary":1}}})";
    const Response response = house.bearer(body);
    CHECK(response.status == 422);
    house.check_only_noted();
    const SetAside line = house.desk.refusals()[0];
    for (const std::string& text : {line.why, line.id, line.original, response.body}) {
        CHECK(text.find("Canary") == std::string::npos);
    }
    CHECK(line.why.find("/data/summary") != std::string::npos);
}

TEST_CASE("a flood of refusals becomes a bounded number of lines") {
    House house;
    for (int i = 0; i < 1000; ++i) house.bearer(raise(), "wrong");
    CHECK(house.desk.refusals().size() == 600);
}

TEST_CASE("only CloudEvents as JSON are taken") {
    House house;
    const Request text{"POST", "/hooks/v1/cms", {{"content-type", "text/plain"}}, ""};
    const Request none{"POST", "/hooks/v1/cms", {}, ""};
    const Request charset{"POST", "/hooks/v1/cms",
                          {{"content-type", "Application/JSON; charset=utf-8"}}, ""};
    CHECK(house.routes.admit(text)->status == 415);
    CHECK(house.routes.admit(none)->status == 415);
    CHECK(!house.routes.admit(charset));
}

TEST_CASE("binary events differ by their attributes, not by their body alone") {
    House house;
    const auto send = [&](const std::string& type) {
        Request request{"POST", "/hooks/v1/cms",
                        {{"content-type", "application/json"},
                         {"authorization", std::string("Bearer ") + cms_bearer},
                         {"ce-specversion", "1.0"}, {"ce-id", "b-1"}, {"ce-source", "/cms"},
                         {"ce-subject", "CSCP-2026-0042"}, {"ce-type", type}},
                        R"({"text":"t","by":{"name":"Alex Example","email":"alex@example.org"}})"};
        return house.routes.answer(request).status;
    };
    CHECK(send("stageclock.case.resolve") == 200);
    CHECK(send("stageclock.case.resolve") == 200);
    CHECK(send("stageclock.case.withdraw") == 409);
}
