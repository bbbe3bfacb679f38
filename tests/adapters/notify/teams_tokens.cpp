// SPDX-License-Identifier: MIT
#include "tests/adapters/notify/teams_tokens.h"

#include <algorithm>
#include <thread>

#include <httplib.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "adapters/support/crypto.h"

namespace stageclock::test {

using Json = nlohmann::json;

std::string base64url(const std::string& bytes) {
    std::string text = crypto::base64_encode(bytes);
    while (text.ends_with('=')) text.pop_back();
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

std::string unsigned_part(const Json& header, const Json& claims) {
    return base64url(header.dump()) + "." + base64url(claims.dump());
}

struct RsaKey::Inside {
    EVP_PKEY* key = EVP_RSA_gen(2048);

    std::string number(const char* name) const {
        BIGNUM* value = nullptr;
        EVP_PKEY_get_bn_param(key, name, &value);
        std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
        BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
        BN_free(value);
        return base64url(bytes);
    }
};

RsaKey::RsaKey() : inside_(std::make_unique<Inside>()) {}
RsaKey::~RsaKey() { EVP_PKEY_free(inside_->key); }

Json RsaKey::jwk(const std::string& kid, const std::vector<std::string>& channels) const {
    return {{"kty", "RSA"},
            {"use", "sig"},
            {"kid", kid},
            {"n", inside_->number(OSSL_PKEY_PARAM_RSA_N)},
            {"e", inside_->number(OSSL_PKEY_PARAM_RSA_E)},
            {"endorsements", channels}};
}

std::string RsaKey::signed_token(const Json& header, const Json& claims) const {
    const std::string text = unsigned_part(header, claims);
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    std::size_t size = 256;
    std::string signature(size, '\0');
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, inside_->key);
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                   reinterpret_cast<const unsigned char*>(text.data()), text.size());
    EVP_MD_CTX_free(context);
    return text + "." + base64url(signature);
}

struct FakeMicrosoft::Inside {
    struct Set {
        int status;
        std::string body;
    };
    httplib::Server server;
    int port = 0;
    mutable std::mutex mutex;
    Json channel_keys = Json::array();
    Json tenant_keys = Json::array();
    std::map<std::string, Set> answers;
    std::vector<std::string> calls;
    std::string last_body;
    std::string last_authorization;
    int tokens = 0;
    std::jthread thread;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port); }

    Set answer_to(const std::string& call) {
        const auto set = answers.find(call);
        if (set != answers.end()) return set->second;
        if (call.ends_with("/openidconfiguration")) {
            return {200, Json{{"jwks_uri", url() + "/keys/channel"}}.dump()};
        }
        if (call.ends_with("/openid-configuration")) {
            return {200, Json{{"jwks_uri", url() + "/keys/tenant"}}.dump()};
        }
        if (call == "GET /keys/channel") return {200, Json{{"keys", channel_keys}}.dump()};
        if (call == "GET /keys/tenant") return {200, Json{{"keys", tenant_keys}}.dump()};
        if (call.ends_with("/oauth2/v2.0/token")) {
            const std::string token = "token-" + std::to_string(++tokens);
            return {200, Json{{"access_token", token}, {"expires_in", 3600}}.dump()};
        }
        return {200, "{}"};
    }

    void handle(const httplib::Request& request, httplib::Response& response) {
        const std::lock_guard lock(mutex);
        calls.push_back(request.method + " " + request.target);
        last_body = request.body;
        last_authorization = request.get_header_value("Authorization");
        const Set set = answer_to(calls.back());
        response.status = set.status;
        response.set_content(set.body, "application/json");
    }
};

FakeMicrosoft::FakeMicrosoft() : inside_(std::make_unique<Inside>()) {
    auto& in = *inside_;
    const auto handler = [&in](const auto& request, auto& response) {
        in.handle(request, response);
    };
    in.server.Get(".*", handler);
    in.server.Post(".*", handler);
    in.server.Put(".*", handler);
    in.port = in.server.bind_to_any_port("127.0.0.1");
    in.thread = std::jthread([&in] { in.server.listen_after_bind(); });
    while (!in.server.is_running()) std::this_thread::yield();
}

FakeMicrosoft::~FakeMicrosoft() { inside_->server.stop(); }

std::string FakeMicrosoft::url() const { return inside_->url(); }

void FakeMicrosoft::publish(const Json& channel_keys, const Json& tenant_keys) {
    const std::lock_guard lock(inside_->mutex);
    inside_->channel_keys = channel_keys;
    inside_->tenant_keys = tenant_keys;
}

void FakeMicrosoft::answer(const std::string& call, int status, const std::string& body) {
    const std::lock_guard lock(inside_->mutex);
    inside_->answers[call] = {status, body};
}

std::vector<std::string> FakeMicrosoft::calls() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->calls;
}

int FakeMicrosoft::calls_to(const std::string& call) const {
    const auto all = calls();
    return static_cast<int>(std::count(all.begin(), all.end(), call));
}

std::string FakeMicrosoft::last_body() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->last_body;
}

std::string FakeMicrosoft::last_authorization() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->last_authorization;
}

}  // namespace stageclock::test
