// SPDX-License-Identifier: MIT
#include <functional>

#include <doctest/doctest.h>

#include "adapters/notify/teams/bot_proof.h"
#include "adapters/support/crypto.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/adapters/notify/teams_fixtures.h"
#include "tests/adapters/notify/teams_tokens.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

constexpr const char* service = "https://smba.trafficmanager.net/uk/";

const RsaKey& channel_key() {
    static const RsaKey key;
    return key;
}
const RsaKey& other_key() {
    static const RsaKey key;
    return key;
}

struct Trial {
    FakeMicrosoft microsoft;
    testing::FakeClock clock{*parse_rfc3339("2026-12-23T09:00:00Z")};
    ChatAppSettings app = a_bot();
    teams::Activity activity = *teams::read_activity(an_activity(service).dump());
    std::unique_ptr<teams::BotProof> proof;

    Trial() {
        app.url = microsoft.url();
        microsoft.publish(
            Json::array({channel_key().jwk("k1", {"msteams"}), other_key().jwk("k2", {"skype"})}),
            Json::array({other_key().jwk("t1", {})}));
        renew();
    }
    void renew() { proof = std::make_unique<teams::BotProof>(app, clock, impatient()); }
    long now() const { return clock.now().time_since_epoch().count(); }
    Json claims() const {
        return {{"iss", "https://api.botframework.com"},
                {"aud", app_id},
                {"serviceurl", service},
                {"nbf", now() - 10},
                {"exp", now() + 3600}};
    }
    Json tenant_claims() const {
        Json made = claims();
        made.erase("serviceurl");
        made["iss"] = std::string("https://sts.windows.net/") + own_tenant + "/";
        made["appid"] = app_id;
        return made;
    }
    Done check(const std::string& token) {
        const std::string header = "Bearer " + token;
        return proof->check(&header, activity);
    }
    bool takes(const Json& claims, const std::string& kid = "k1",
               const RsaKey& key = channel_key()) {
        const auto answer = check(key.signed_token({{"alg", "RS256"}, {"kid", kid}}, claims));
        if (!answer) CHECK(answer.error().code == Code::refused);
        return answer.has_value();
    }
    bool takes_with(const char* claim, const Json& value) {
        Json changed = claims();
        changed[claim] = value;
        return takes(changed);
    }
    bool takes_without(const char* claim) {
        Json changed = claims();
        changed.erase(claim);
        return takes(changed);
    }
};

}  // namespace

TEST_CASE("bot proof: a token of the channel for this bot and this address is believed") {
    Trial trial;
    CHECK(trial.takes(trial.claims()));
    CHECK(trial.takes_without("nbf"));
    CHECK(trial.microsoft.calls_to("GET /v1/.well-known/openidconfiguration") == 1);
}

TEST_CASE("bot proof: a token for another bot, address, channel or time is not") {
    Trial trial;
    const long now = trial.now();
    CHECK_FALSE(trial.takes_with("aud", "00000000-0000-4000-8000-00000000dead"));
    CHECK_FALSE(trial.takes_with("aud", ""));
    CHECK_FALSE(trial.takes_with("aud", Json::array({app_id})));
    CHECK_FALSE(trial.takes_without("aud"));
    CHECK_FALSE(trial.takes_with("iss", "https://api.botframework.us"));
    CHECK_FALSE(
        trial.takes_with("iss", std::string("https://sts.windows.net/") + own_tenant + "/"));
    CHECK_FALSE(trial.takes_without("iss"));
    CHECK_FALSE(trial.takes_without("exp"));
    CHECK_FALSE(trial.takes_with("exp", "tomorrow"));
    CHECK_FALSE(trial.takes_with("exp", -1));
    CHECK_FALSE(trial.takes_with("exp", 1e300));
    CHECK(trial.takes_with("exp", now - 299));
    CHECK_FALSE(trial.takes_with("exp", now - 301));
    CHECK(trial.takes_with("nbf", now + 299));
    CHECK_FALSE(trial.takes_with("nbf", now + 301));
    CHECK_FALSE(trial.takes_with("nbf", "soon"));
    CHECK_FALSE(trial.takes_with("serviceurl", "https://smba.trafficmanager.net/uk"));
    CHECK_FALSE(trial.takes_with("serviceurl", "https://smba.trafficmanager.net/UK/"));
    CHECK_FALSE(trial.takes_without("serviceurl"));
    CHECK_FALSE(trial.takes(trial.claims(), "k2", other_key()));  // not endorsed for Teams
    trial.activity.channel = "directline";
    CHECK_FALSE(trial.takes(trial.claims()));
    trial.activity.channel = "msteams";
    trial.activity.service_url = "";
    CHECK_FALSE(trial.takes_with("serviceurl", ""));
}

TEST_CASE("bot proof: a signature that is not the named key's with RS256 proves nothing") {
    Trial trial;
    const Json claims = trial.claims();
    CHECK_FALSE(trial.takes(claims, "k1", other_key()));
    CHECK_FALSE(trial.takes(claims, "k9"));
    CHECK_FALSE(trial.takes(claims, ""));
    const std::string none = unsigned_part({{"alg", "none"}, {"kid", "k1"}}, claims);
    CHECK_FALSE(trial.check(none + "."));
    // The public key as a shared secret.
    const std::string hs256 = unsigned_part({{"alg", "HS256"}, {"kid", "k1"}}, claims);
    const std::string key = channel_key().jwk("k1", {})["n"].get<std::string>();
    CHECK_FALSE(trial.check(hs256 + "." + base64url(crypto::hmac_sha256(key, hs256))));
    const std::string good = channel_key().signed_token({{"alg", "RS256"}, {"kid", "k1"}}, claims);
    CHECK(trial.check(good));
    CHECK_FALSE(trial.check(good.substr(0, good.size() - 4)));
    CHECK_FALSE(trial.check(""));
    for (const std::string& header : {std::string(), good, "bearer " + good, "Basic " + good}) {
        CHECK_FALSE(trial.proof->check(&header, trial.activity));
    }
    CHECK_FALSE(trial.proof->check(nullptr, trial.activity));
    trial.app.client_id = "";
    trial.renew();
    CHECK_FALSE(trial.takes_with("aud", ""));
}

TEST_CASE("bot proof: a tenant's token counts for the bot itself and no other app of the tenant") {
    Trial trial;
    const auto takes = [&](const Json& claims) { return trial.takes(claims, "t1", other_key()); };
    CHECK(takes(trial.tenant_claims()));
    Json second = trial.tenant_claims();
    second["iss"] = std::string("https://login.microsoftonline.com/") + own_tenant + "/v2.0";
    second["azp"] = app_id;
    CHECK(takes(second));
    second["azp"] = "00000000-0000-4000-8000-00000000dead";
    CHECK_FALSE(takes(second));
    Json wrong = trial.tenant_claims();
    wrong.erase("appid");
    CHECK_FALSE(takes(wrong));
    wrong = trial.tenant_claims();
    wrong["iss"] = "https://sts.windows.net/00000000-0000-4000-8000-00000000000b/";
    CHECK_FALSE(takes(wrong));
    wrong = trial.tenant_claims();
    wrong["serviceurl"] = "https://elsewhere.example.org/";
    CHECK_FALSE(takes(wrong));
    CHECK_FALSE(takes(trial.claims()));  // the tenant's key speaks for no channel
    trial.app.tenant = "";
    trial.renew();
    CHECK_FALSE(takes(trial.tenant_claims()));
}

TEST_CASE("bot proof: keys are kept a day, and looked for again at most every five minutes") {
    Trial trial;
    const std::string metadata = "GET /v1/.well-known/openidconfiguration";
    const auto later = [&](std::chrono::seconds by) {
        REQUIRE(trial.clock.move_to(trial.clock.now() + by));
    };
    CHECK(trial.takes(trial.claims()));
    trial.microsoft.publish(Json::array({other_key().jwk("k3", {"msteams"})}), Json::array());
    CHECK_FALSE(trial.takes(trial.claims(), "k3", other_key()));
    CHECK(trial.microsoft.calls_to(metadata) == 1);
    later(std::chrono::seconds(300));
    CHECK(trial.takes(trial.claims(), "k3", other_key()));
    CHECK_FALSE(trial.takes(trial.claims()));  // the old key is gone
    CHECK(trial.microsoft.calls_to(metadata) == 2);
    later(std::chrono::hours(24));
    CHECK(trial.takes(trial.claims(), "k3", other_key()));
    CHECK(trial.microsoft.calls_to(metadata) == 3);
    // Without new keys the old ones end, and the caller may come again.
    trial.microsoft.answer(metadata, 500, "");
    later(std::chrono::hours(24));
    const std::string token =
        other_key().signed_token({{"alg", "RS256"}, {"kid", "k3"}}, trial.claims());
    CHECK(trial.check(token).error().code == Code::unavailable);
    CHECK(trial.check(token).error().code == Code::unavailable);
    CHECK(trial.microsoft.calls_to(metadata) == 4);
    trial.microsoft.answer(metadata, 200,
                           Json{{"jwks_uri", trial.microsoft.url() + "/keys/channel"}}.dump());
    later(std::chrono::seconds(10));
    CHECK(trial.check(token));
}

TEST_CASE("bot proof: without proof only where the settings say so, and only for Teams") {
    Trial trial;
    trial.app.unproven = true;
    trial.renew();
    CHECK(trial.proof->check(nullptr, trial.activity));
    trial.activity.channel = "webchat";
    CHECK_FALSE(trial.proof->check(nullptr, trial.activity));
}
