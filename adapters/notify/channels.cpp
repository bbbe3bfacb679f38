// SPDX-License-Identifier: MIT
#include "adapters/notify/channels.h"

#include <algorithm>

#include "adapters/notify/googlechat/google_chat.h"
#include "adapters/notify/govuk/channels.h"
#include "adapters/notify/matrix/matrix.h"
#include "adapters/notify/mattermost/mattermost.h"
#include "adapters/notify/slack/slack.h"
#include "adapters/notify/teams/bot_channel.h"
#include "adapters/notify/teams/workflow.h"
#include "adapters/notify/webex/webex.h"
#include "adapters/notify/webhook/webhook.h"
#include "adapters/registry.h"

namespace stageclock {
namespace notify {
namespace {

// A channel that needs no more than its settings.
template <web::Channel (*channel)()>
std::unique_ptr<Notifier> simple(const Parts& parts) {
    if (!is_used(parts.settings, channel().name)) return nullptr;
    return web::make_channel(channel(), parts.settings, parts.templates, parts.options);
}

// A channel that is spoken to and never speaks first.
std::unique_ptr<Notifier> answers_only(const Parts&) { return nullptr; }

}  // namespace

const std::vector<ChannelRow>& channel_rows() {
    static const std::vector<ChannelRow> rows{
        {"teams", true, false, simple<teams::workflow>},
        {"teams-webhook", false, true, answers_only, {{"secret_file"}, {}, false}},
        {"teams-bot", true, true, teams::make_bot_channel,
         {{"client_id", "token_file"}, {}, false}},
        {"slack", true, true, slack::make, {{}, {"token_file"}, true}},
        {"mattermost", true, true, mattermost::make, {{}, {"url", "token_file"}, true}},
        {"google-chat", true, false, simple<google_chat::channel>},
        {"webex", true, true, simple<webex::channel>, {{"token_file"}, {}, false}},
        {"matrix", true, true, simple<matrix::channel>, {{"url", "token_file"}, {}, false}},
        {"webhook", true, false, webhook::make},
        {"sms", false, false, govuk::make_sms},
        {"notify-mail", false, false, govuk::make_notify_mail},
    };
    return rows;
}

bool is_used(const Settings& settings, std::string_view channel) {
    const auto of_it = [&](const auto& row) { return row.channel == channel; };
    return std::any_of(settings.chats.begin(), settings.chats.end(), of_it) ||
           std::any_of(settings.chat_apps.begin(), settings.chat_apps.end(), of_it);
}

http::ClientOptions client_options(const Settings& settings) {
    http::ClientOptions options;
    options.local_hosts = settings.web.local_hosts;
    options.ca_file = settings.web.ca_file;
    options.proxy = settings.web.proxy;
    return options;
}

}  // namespace notify

std::vector<std::string> chat_channels() {
    std::vector<std::string> names;
    for (const auto& row : notify::channel_rows()) {
        if (row.of_chats) names.emplace_back(row.name);
    }
    return names;
}

ChatNeeds chat_needs(const std::string& channel) {
    for (const auto& row : notify::channel_rows()) {
        if (row.name == channel) return row.needs;
    }
    return {};
}

std::vector<std::string> chat_app_channels() {
    std::vector<std::string> names;
    for (const auto& row : notify::channel_rows()) {
        if (row.of_apps) names.emplace_back(row.name);
    }
    return names;
}

}  // namespace stageclock
