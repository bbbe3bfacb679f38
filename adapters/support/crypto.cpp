// SPDX-License-Identifier: MIT
#include "adapters/support/crypto.h"

#include <cstddef>
#include <new>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace stageclock::crypto {
namespace {

constexpr std::size_t digest_size = 32;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string sha256(std::string_view bytes) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    // Fails only when memory is out: a digest of nothing must never be taken for a real one.
    if (EVP_Digest(bytes.data(), bytes.size(), out, &size, EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc();
    }
    return std::string(reinterpret_cast<const char*>(out), size);
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }

std::string hmac_sha256(std::string_view key, std::string_view message) {
    std::string out(digest_size, '\0');
    std::size_t size = 0;
    // OpenSSL takes a null key for "the key of before", so an empty one must not be null.
    const char* key_bytes = key.empty() ? "" : key.data();
    const auto* made = EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key_bytes, key.size(),
                                 bytes_of(message), message.size(),
                                 reinterpret_cast<unsigned char*>(out.data()), out.size(), &size);
    if (made == nullptr || size != digest_size) throw std::bad_alloc();
    return out;
}

std::string base64_encode(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL adds a NUL
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(bytes),
                                     static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

namespace {

int value_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

}  // namespace

// Own loop: OpenSSL's decoder forgives white space and stray padding.
std::optional<std::string> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') {
        ++padding;
    }
    std::string out;
    out.reserve(text.size() / 4 * 3);
    unsigned int held = 0;
    int bits = 0;
    for (const char c : text.substr(0, text.size() - padding)) {
        const int value = value_of(c);
        if (value < 0) return std::nullopt;
        held = (held << 6U) | static_cast<unsigned int>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>(held >> static_cast<unsigned int>(bits));
        held &= (1U << static_cast<unsigned int>(bits)) - 1U;
    }
    if (held != 0) return std::nullopt;  // bits set below the padding: not what an encoder writes
    return out;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace stageclock::crypto
