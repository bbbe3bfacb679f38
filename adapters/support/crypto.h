// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

// The few primitives several adapters need, over OpenSSL. Pure functions, thread-safe. Bytes travel
// in std::string.
namespace stageclock::crypto {

// SHA-256 (FIPS 180-4): 32 raw bytes, and 64 lower-case hex digits.
std::string sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);

// HMAC-SHA256 (RFC 2104): 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view message);

// Lower-case hex digits, two a byte.
std::string to_hex(std::string_view bytes);

// RFC 4648 section 4: with padding, without line breaks. Decoding is strict: nullopt for any other
// character, for a wrong length, or padding in the wrong place.
std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);

// True when both are the same bytes. The time taken depends on their lengths only: for secrets.
bool constant_time_equal(std::string_view a, std::string_view b);

}  // namespace stageclock::crypto
