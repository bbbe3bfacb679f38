// SPDX-License-Identifier: MIT
#include "adapters/http/access.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <openssl/rand.h>

#include "adapters/http/limits.h"
#include "adapters/support/crypto.h"

namespace stageclock::front {
namespace {

std::optional<Role> parse_role(std::string_view text) {
    if (text == "reader") return Role::reader;
    if (text == "officer-desk") return Role::officer;
    if (text == "operator") return Role::operator_desk;
    return std::nullopt;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// What follows "SCHEME " in the Authorization header; the scheme in any case (RFC 9110, 11.1).
std::optional<std::string> credentials(const Request& request, std::string_view scheme) {
    const std::string* value = request.header("authorization");
    if (value == nullptr || value->size() <= scheme.size()) return std::nullopt;
    const bool same = std::equal(scheme.begin(), scheme.end(), value->begin(),
                                 [](char a, char b) { return a == lower(b); });
    if (!same || (*value)[scheme.size()] != ' ') return std::nullopt;
    return value->substr(scheme.size() + 1);
}

std::optional<std::string> token_of(const Request& request) {
    if (auto token = credentials(request, "bearer")) return token;
    const auto basic = credentials(request, "basic");
    const auto pair = basic ? crypto::base64_decode(*basic) : std::nullopt;
    if (!pair) return std::nullopt;
    const std::size_t colon = pair->find(':');
    if (colon == std::string::npos) return std::nullopt;
    return pair->substr(colon + 1);
}

bool in_window(const std::string& timestamp, Instant now) {
    std::int64_t seconds = 0;
    const char* end = timestamp.data() + timestamp.size();
    // Strict digits: the reference library also takes "1614265330.5" and trailing letters.
    const bool digits = !timestamp.empty() && timestamp.size() <= 12 &&
                        std::all_of(timestamp.begin(), timestamp.end(),
                                    [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || std::from_chars(timestamp.data(), end, seconds).ec != std::errc{}) return false;
    const auto age = now - Instant(std::chrono::seconds(seconds));
    return std::chrono::abs(age) <= limits::signature_window;
}

// True when one of the space-separated "v1,BASE64" is the signature of this body.
bool signed_by(const std::string& secret, const Request& request, Instant now) {
    const std::string* id = request.header("webhook-id");
    const std::string* timestamp = request.header("webhook-timestamp");
    const std::string* list = request.header("webhook-signature");
    if (id == nullptr || timestamp == nullptr || list == nullptr) return false;
    const std::string right =
        crypto::hmac_sha256(secret, *id + "." + *timestamp + "." + request.body);
    bool found = false;
    std::string_view rest = *list;
    for (std::size_t i = 0; i < limits::signatures && !rest.empty(); ++i) {
        const std::size_t space = std::min(rest.find(' '), rest.size());
        const std::string_view one = rest.substr(0, space);
        rest.remove_prefix(std::min(space + 1, rest.size()));
        if (!one.starts_with("v1,")) continue;
        const auto given = crypto::base64_decode(one.substr(3));
        found |= given && crypto::constant_time_equal(*given, right);
    }
    // The signed text joins its parts by dots, so an id with a dot could be another id and time.
    return found && id->find('.') == std::string::npos && !id->empty() &&
           id->size() <= limits::id_bytes && in_window(*timestamp, now);
}

bool holds_token(const std::string& token, const Request& request) {
    const auto given = credentials(request, "bearer");
    const bool same = crypto::constant_time_equal(crypto::sha256(given.value_or("")),
                                                  crypto::sha256(token));
    return same && given && !given->empty();
}

std::string random_secret() {
    std::string bytes(32, '\0');
    RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    return bytes;
}

}  // namespace

bool Viewer::sees(const std::string& board) const {
    return boards.empty() || std::find(boards.begin(), boards.end(), board) != boards.end();
}

Access::Access(const std::vector<TokenSettings>& tokens) {
    for (const TokenSettings& token : tokens) {
        const auto role = parse_role(token.role);
        if (!role || token.token.empty()) continue;  // check() has said so
        entries_.push_back({crypto::sha256(token.token), {*role, token.boards}});
    }
}

Done Access::check(const std::vector<TokenSettings>& tokens) {
    for (const TokenSettings& token : tokens) {
        if (token.token.empty()) {
            return Error{Code::invalid_input, "the token is empty", "token " + token.name};
        }
        if (!parse_role(token.role)) {
            return Error{Code::invalid_input,
                         "the role must be \"reader\", \"officer\" or \"operator\"",
                         "token " + token.name};
        }
    }
    return done();
}

const Viewer* Access::viewer(const Request& request) const {
    const std::string digest = crypto::sha256(token_of(request).value_or(""));
    const Viewer* found = nullptr;
    for (const Entry& entry : entries_) {
        if (crypto::constant_time_equal(entry.digest, digest)) found = &entry.viewer;
    }
    return found;
}

Sources::Sources(const std::vector<SourceSettings>& sources) : sources_(sources) {
    nobody_.bearer = random_secret();
    nobody_.signing_secret = random_secret();
}

const SourceSettings* Sources::find(const std::string& id) const {
    const auto found = std::find_if(sources_.begin(), sources_.end(),
                                    [&](const SourceSettings& source) { return source.id == id; });
    return found == sources_.end() ? nullptr : &*found;
}

bool Sources::known(const std::string& id) const { return find(id) != nullptr; }

const SourceSettings* Sources::sender(const std::string& id, const Request& request,
                                      Instant now) const {
    const SourceSettings* named = find(id);
    const SourceSettings& source = named != nullptr ? *named : nobody_;
    const std::string& secret =
        source.signing_secret.empty() ? nobody_.signing_secret : source.signing_secret;
    const std::string& bearer = source.bearer.empty() ? nobody_.bearer : source.bearer;
    // A signature that is there must be right, whatever else is sent.
    const bool proven = request.has("webhook-signature") ? signed_by(secret, request, now)
                                                         : holds_token(bearer, request);
    return proven ? named : nullptr;
}

}  // namespace stageclock::front
