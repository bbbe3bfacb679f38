// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/acquaintances.h"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

#include "bot/core/directory.h"

namespace stageclock::teams {
namespace {

using Json = nlohmann::json;
using namespace std::string_literals;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string without_thread(const std::string& conversation) {
    return conversation.substr(0, conversation.find(';'));
}

std::vector<std::string> addresses_of(const Json& member) {
    std::vector<std::string> found;
    if (!member.is_object()) return found;
    for (const char* key : {"email", "userPrincipalName"}) {
        const auto value = member.find(key);
        if (value == member.end() || !value->is_string()) continue;
        const std::string address = lower(value->get<std::string>());
        const bool again = std::find(found.begin(), found.end(), address) != found.end();
        if (is_address(address) && !again) found.push_back(address);
    }
    return found;
}

bool is_own_chat(const Activity& activity) { return activity.conversation_type == "personal"; }

}  // namespace

std::string place_key(const std::string& person_or_conversation) {
    return lower(without_thread(person_or_conversation));
}

// The tenant's administrators decide which address stands beside an account, so those of other
// tenants prove nothing.
bool Acquaintances::vouches_for_addresses(const Activity& activity) const {
    return app_.unproven || (!app_.tenant.empty() && lower(activity.tenant) == lower(app_.tenant));
}

// The one member, or, where the connector cannot tell of one alone, all of them.
std::vector<std::string> Acquaintances::asked_addresses(const Activity& activity) {
    const Conversation here{activity.service_url, activity.conversation};
    for (const std::string& tail : {"/members/" + http::encoded(activity.from), "/members"s}) {
        const auto answer = connector_.call("GET", here, tail, "");
        if (!answer) return {};
        if (answer->status != 200) continue;
        const Json told = Json::parse(answer->body, nullptr, false);
        if (!told.is_array()) return addresses_of(told);
        for (const Json& member : told) {
            if (member.is_object() && member.value("id", Json()) == activity.from) {
                return addresses_of(member);
            }
        }
    }
    return {};
}

std::string Acquaintances::meet(const Activity& activity) {
    if (!is_own_chat(activity)) {
        const Conversation room{activity.service_url, without_thread(activity.conversation)};
        (void)places_.keep_place(app_.channel, place_key(activity.conversation), to_place(room));
        const auto known = places_.place_of(app_.channel, activity.account);
        if (!known || !*known || !vouches_for_addresses(activity)) return {};
        const auto addresses = from_place(**known).addresses;
        return addresses.empty() ? std::string() : addresses.front();
    }
    const auto kept = places_.place_of(app_.channel, activity.account);
    const Conversation before = kept && *kept ? from_place(**kept) : Conversation{};
    Conversation here{activity.service_url, activity.conversation, before.addresses};
    const bool asks = here.addresses.empty() && vouches_for_addresses(activity);
    if (asks) here.addresses = asked_addresses(activity);
    if (to_place(here) != to_place(before)) {
        (void)places_.keep_place(app_.channel, activity.account, to_place(here));
        for (const std::string& address : here.addresses) {
            (void)places_.keep_place(app_.channel, address, to_place(here));
        }
    }
    return here.addresses.empty() ? std::string() : here.addresses.front();
}

void Acquaintances::part(const Activity& activity) {
    if (!is_own_chat(activity)) {
        (void)places_.keep_place(app_.channel, place_key(activity.conversation), "");
        return;
    }
    const auto kept = places_.place_of(app_.channel, activity.account);
    if (!kept || !*kept) return;
    for (const std::string& address : from_place(**kept).addresses) {
        (void)places_.keep_place(app_.channel, address, "");
    }
    (void)places_.keep_place(app_.channel, activity.account, "");
}

}  // namespace stageclock::teams
