// SPDX-License-Identifier: MIT
#include "adapters/support/jws.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "adapters/support/crypto.h"

using namespace stageclock;

namespace {

// RFC 7515 appendix A.2.
const std::string modulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJ"
    "PMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0"
    "LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uD"
    "Zlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2"
    "PAcDTW9gb54h4FRWyuXpoQ";
const std::string jwk = R"({"kty":"RSA","e":"AQAB","n":")" + modulus + "\"}";
const std::string payload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
    "fQ";
const std::string signature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5"
    "jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb"
    "1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QO"
    "YEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const std::string rs256 = "eyJhbGciOiJSUzI1NiJ9";

std::string base64url(const std::string& bytes) {
    std::string text = crypto::base64_encode(bytes);
    while (text.ends_with('=')) text.pop_back();
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

}  // namespace

TEST_CASE("jws: the token of the standard is verified, and says what it says") {
    const auto said = jws::verified_rs256(rs256 + "." + payload + "." + signature, jwk);
    REQUIRE(said);
    CHECK(*said ==
          "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
}

TEST_CASE("jws: whatever is changed is not verified") {
    const std::string none = base64url(R"({"alg":"none"})");
    const std::string hs256 = base64url(R"({"alg":"HS256"})");
    const std::string crit = base64url(R"({"alg":"RS256","crit":["exp"],"exp":1})");
    const std::vector<std::string> tokens{
        rs256 + "." + base64url("{}") + "." + signature,
        rs256 + "." + payload + ".",
        rs256 + "." + payload,
        rs256 + "." + payload + "." + signature + ".x",
        rs256 + "." + payload + ".x" + signature.substr(1),
        none + "." + payload + ".",
        none + "." + payload + "." + signature,
        hs256 + "." + payload + "." + base64url(crypto::hmac_sha256(jwk, hs256 + "." + payload)),
        crit + "." + payload + "." + signature,
        "",
        ".",
        "..",
        "\xff\xff.\xff.\xff"};
    for (const std::string& token : tokens) {
        CAPTURE(token);
        CHECK_FALSE(jws::verified_rs256(token, jwk));
    }
}

TEST_CASE("jws: a key that is none, or of another kind, verifies nothing") {
    const std::string hs256 = base64url(R"({"alg":"HS256"})");
    const std::string token =
        hs256 + "." + payload + "." + base64url(crypto::hmac_sha256("key", hs256 + "." + payload));
    const std::string oct = R"({"kty":"oct","k":")" + base64url("key") + "\"}";
    CHECK_FALSE(jws::verified_rs256(token, oct));
    const std::string good = rs256 + "." + payload + "." + signature;
    for (const std::string key : {"", "{}", "[]", "{\"kty\":\"RSA\"}", "\xff"}) {
        CHECK_FALSE(jws::verified_rs256(good, key));
    }
    CHECK_FALSE(jws::verified_rs256(good, oct));
}

TEST_CASE("jws: what is signed with a shared key says its algorithm, and only that key makes it") {
    const auto token = jws::signed_hs256("{\"iss\":\"a\"}", "secret");
    REQUIRE(token);
    const auto header = jws::header_of(*token);
    REQUIRE(header);
    CHECK(header->alg == "HS256");
    const auto dot = token->rfind('.');
    CHECK(token->substr(dot + 1) ==
          base64url(crypto::hmac_sha256("secret", token->substr(0, dot))));
    CHECK_FALSE(jws::verified_rs256(*token, jwk));
}
