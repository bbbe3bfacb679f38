// SPDX-License-Identifier: MIT
#include "adapters/support/jws.h"

#include <cstdint>
#include <cstdlib>
#include <memory>

#include <cjose/cjose.h>
#include <nlohmann/json.hpp>

namespace stageclock::jws {
namespace {

using Json = nlohmann::json;

struct Release {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
    void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
    void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};
using Jws = std::unique_ptr<cjose_jws_t, Release>;
using Jwk = std::unique_ptr<cjose_jwk_t, Release>;
using JwsHeader = std::unique_ptr<cjose_header_t, Release>;

const std::uint8_t* bytes_of(const std::string& text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string text_at(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The first part of a token: cjose gives single attributes only, and not whether "crit" is there.
Json first_part(const std::string& token) {
    const std::string part = token.substr(0, token.find('.'));
    std::uint8_t* bytes = nullptr;
    std::size_t size = 0;
    if (!cjose_base64url_decode(part.data(), part.size(), &bytes, &size, nullptr)) return {};
    auto header = Json::parse(bytes, bytes + size, nullptr, false);
    cjose_get_dealloc()(bytes);
    return header;
}

}  // namespace

std::optional<Header> header_of(const std::string& token) {
    if (token.find('.') == std::string::npos) return std::nullopt;
    const Json header = first_part(token);
    if (!header.is_object() || header.contains("crit")) return std::nullopt;
    return Header{text_at(header, "alg"), text_at(header, "kid")};
}

Result<std::string> verified_rs256(const std::string& token, const std::string& jwk) {
    const Error unreadable{Code::invalid_input, "no signed token, or no key", ""};
    const auto header = header_of(token);
    if (!header) return unreadable;
    const Error wrong{Code::refused, "the signature is not right", ""};
    if (header->alg != "RS256") return wrong;
    const Jwk key(cjose_jwk_import(jwk.data(), jwk.size(), nullptr));
    const Jws jws(cjose_jws_import(token.data(), token.size(), nullptr));
    if (!key || !jws) return unreadable;
    // A key of another kind would be used as its own algorithm says.
    if (cjose_jwk_get_kty(key.get(), nullptr) != CJOSE_JWK_KTY_RSA) return unreadable;
    if (!cjose_jws_verify(jws.get(), key.get(), nullptr)) return wrong;
    std::uint8_t* bytes = nullptr;  // stays the token's
    std::size_t size = 0;
    if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, nullptr)) return unreadable;
    return std::string(reinterpret_cast<const char*>(bytes), size);
}

Result<std::string> signed_hs256(const std::string& payload, const std::string& key) {
    const Error trouble{Code::invalid_input, "the token could not be signed", ""};
    const JwsHeader header(cjose_header_new(nullptr));
    const Jwk jwk(cjose_jwk_create_oct_spec(bytes_of(key), key.size(), nullptr));
    if (!header || !jwk || !cjose_header_set(header.get(), "alg", "HS256", nullptr) ||
        !cjose_header_set(header.get(), "typ", "JWT", nullptr)) {
        return trouble;
    }
    const Jws jws(
        cjose_jws_sign(jwk.get(), header.get(), bytes_of(payload), payload.size(), nullptr));
    const char* text = nullptr;  // stays the token's
    if (!jws || !cjose_jws_export(jws.get(), &text, nullptr)) return trouble;
    return std::string(text);
}

}  // namespace stageclock::jws
