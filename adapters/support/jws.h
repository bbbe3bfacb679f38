// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "bot/core/result.h"

// JSON Web Signatures in the compact form (RFC 7515 section 3.1): three parts of base64url. The
// signature is all that is looked at here; what a token claims is its reader's to judge. Pure
// functions, thread-safe.
namespace stageclock::jws {

// What the token says of itself, before anything is proven.
struct Header {
    std::string alg;  // "RS256"
    std::string kid;  // which key it claims; empty: none
};

// None: this is no such token, or it asks for an extension ("crit", section 4.1.11).
std::optional<Header> header_of(const std::string& token);

// The payload, once `jwk` (RFC 7517, an RSA key as JSON) proves that its owner signed it with
// RSASSA-PKCS1-v1_5 and SHA-256. No other algorithm counts, whatever the token's header says.
// Code::refused: it does not; Code::invalid_input: no such token or key.
Result<std::string> verified_rs256(const std::string& token, const std::string& jwk);

// A token of this payload, signed with HMAC-SHA256.
Result<std::string> signed_hs256(const std::string& payload, const std::string& key);

}  // namespace stageclock::jws
