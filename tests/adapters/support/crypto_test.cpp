// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "adapters/support/crypto.h"

using namespace stageclock;

TEST_CASE("SHA-256 of the standard's examples") {
    CHECK(crypto::sha256_hex("") ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(crypto::sha256_hex("abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(crypto::sha256("abc").size() == 32);
}

TEST_CASE("HMAC-SHA256 of RFC 4231, and with an empty key") {
    CHECK(crypto::to_hex(crypto::hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(crypto::to_hex(crypto::hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(crypto::to_hex(crypto::hmac_sha256({}, {})) ==
          "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("base64 of RFC 4648, and back") {
    const std::pair<std::string, std::string> rows[] = {{"", ""},
                                                        {"f", "Zg=="},
                                                        {"fo", "Zm8="},
                                                        {"foo", "Zm9v"},
                                                        {"foob", "Zm9vYg=="},
                                                        {"fooba", "Zm9vYmE="},
                                                        {"foobar", "Zm9vYmFy"},
                                                        {std::string("\x00\xFF\xFE", 3), "AP/+"}};
    for (const auto& [bytes, text] : rows) {
        CHECK(crypto::base64_encode(bytes) == text);
        CHECK(crypto::base64_decode(text) == bytes);
    }
}

TEST_CASE("base64 that an encoder would not write is refused") {
    for (const char* bad : {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm 9", "Zm9v\n",
                            "====", "Zg==Zg==", "Zm-v", "=Zm9"}) {
        CAPTURE(bad);
        CHECK_FALSE(crypto::base64_decode(bad));
    }
}

TEST_CASE("secrets are equal only when every byte is") {
    CHECK(crypto::constant_time_equal("", ""));
    CHECK(crypto::constant_time_equal("secret", "secret"));
    CHECK_FALSE(crypto::constant_time_equal("secret", "secreT"));
    CHECK_FALSE(crypto::constant_time_equal("secret", "secret "));
    CHECK_FALSE(crypto::constant_time_equal("", "x"));
}
