// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace stageclock::test {

// A key pair of the login server's, for RS256 (RFC 7518 section 3.3).
class RsaKey {
public:
    RsaKey();
    ~RsaKey();
    RsaKey(const RsaKey&) = delete;
    RsaKey& operator=(const RsaKey&) = delete;

    // The public half as a JWK (RFC 7517), endorsed for `channels`.
    nlohmann::json jwk(const std::string& kid, const std::vector<std::string>& channels) const;
    // A compact token.
    std::string signed_token(const nlohmann::json& header, const nlohmann::json& claims) const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

std::string base64url(const std::string& bytes);
std::string unsigned_part(const nlohmann::json& header, const nlohmann::json& claims);

// A server on loopback that plays Microsoft's login servers and the connector. Thread-safe.
class FakeMicrosoft {
public:
    FakeMicrosoft();
    ~FakeMicrosoft();
    FakeMicrosoft(const FakeMicrosoft&) = delete;
    FakeMicrosoft& operator=(const FakeMicrosoft&) = delete;

    std::string url() const;
    // What is published from now on: the channel service's keys, and a tenant's.
    void publish(const nlohmann::json& channel_keys, const nlohmann::json& tenant_keys);
    // How a call to the connector is answered, by "METHOD /path"; anything else is a 200 "{}".
    void answer(const std::string& call, int status, const std::string& body);
    // Every call so far, "METHOD /path", and the last one's body and Authorization.
    std::vector<std::string> calls() const;
    int calls_to(const std::string& call) const;
    std::string last_body() const;
    std::string last_authorization() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace stageclock::test
