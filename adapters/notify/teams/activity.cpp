// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/activity.h"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

#include "adapters/support/crypto.h"
#include "adapters/support/html_text.h"

namespace stageclock::teams {
namespace {

using Json = nlohmann::json;

const Json& part(const Json& of, const char* name) {
    static const Json nothing = Json::object();
    if (!of.is_object()) return nothing;
    const auto found = of.find(name);
    return found == of.end() ? nothing : *found;
}

std::string text(const Json& of, const char* name) {
    const Json& found = part(of, name);
    return found.is_string() ? found.get<std::string>() : std::string();
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::vector<std::string> ids(const Json& list) {
    std::vector<std::string> found;
    if (!list.is_array()) return found;
    for (const Json& each : list) found.push_back(text(each, "id"));
    return found;
}

// Action.Submit sends what its button carries as the value itself, Action.Execute within an action.
void read_press(const Json& value, Activity& activity) {
    const Json& action = part(value, "action");
    const Json& data = activity.type == "invoke" ? part(action, "data") : value;
    activity.verb = text(activity.type == "invoke" ? action : data, "verb");
    activity.link = text(data, "link");
    activity.words = text(data, "words");
    activity.pressed = true;
}

void without_mentions(std::string& said) {
    for (auto at = said.find("<at"); at != std::string::npos; at = said.find("<at", at)) {
        const auto end = said.find("</at>", at);
        if (end == std::string::npos) return;
        said.replace(at, end + 5 - at, " ");
    }
}

// "a < b" is no tag and "R&D" no entity, whatever the reader of HTML would make of them.
std::string guarded(const std::string& said) {
    std::string out;
    for (std::size_t i = 0; i < said.size(); ++i) {
        const auto next = i + 1 < said.size() ? static_cast<unsigned char>(said[i + 1]) : ' ';
        const bool opens = std::isalpha(next) != 0 || next == '/';
        if (said[i] == '<' && !opens) {
            out += "&lt;";
        } else {
            out += said[i];
        }
    }
    return out;
}

}  // namespace

std::string said_in(const std::string& text) {
    std::string said = text;
    without_mentions(said);
    if (said.find_first_of("<&") != std::string::npos) said = mail::text_of_html(guarded(said));
    const auto is_space = [](unsigned char c) { return std::isspace(c) != 0; };
    const auto first = std::find_if_not(said.begin(), said.end(), is_space);
    const auto last = std::find_if_not(said.rbegin(), said.rend(), is_space).base();
    return first < last ? std::string(first, last) : std::string();
}

std::string id_of(const Activity& activity, const std::string& body) {
    if (activity.id.empty()) return crypto::sha256_hex(body);
    return crypto::sha256_hex(activity.conversation + '\n' + activity.id);
}

std::optional<Activity> read_activity(const std::string& body) {
    const Json json = Json::parse(body, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    const Json& conversation = part(json, "conversation");
    const Json& from = part(json, "from");
    Activity read;
    read.type = text(json, "type");
    read.name = text(json, "name");
    read.action = text(json, "action");
    read.id = text(json, "id");
    read.timestamp = text(json, "timestamp");
    read.channel = text(json, "channelId");
    read.service_url = text(json, "serviceUrl");
    read.conversation = text(conversation, "id");
    read.conversation_type = text(conversation, "conversationType");
    read.tenant = text(conversation, "tenantId");
    if (read.tenant.empty()) {
        read.tenant = text(part(part(json, "channelData"), "tenant"), "id");
    }
    read.from = text(from, "id");
    read.account = lower(text(from, "aadObjectId"));
    if (read.account.empty()) read.account = lower(read.from);
    read.bot = text(part(json, "recipient"), "id");
    read.card = text(json, "replyToId");
    read.removed = ids(part(json, "membersRemoved"));
    read.text = said_in(text(json, "text"));
    const bool executed = read.type == "invoke" && read.name == "adaptiveCard/action";
    const bool submitted = read.type == "message" && part(json, "value").contains("verb");
    if (executed || submitted) read_press(part(json, "value"), read);
    return read;
}

}  // namespace stageclock::teams
