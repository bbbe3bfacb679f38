// SPDX-License-Identifier: MIT
#include "adapters/config/toml/chat_settings.h"

#include <algorithm>

#include "adapters/config/toml/secrets.h"
#include "adapters/registry.h"
#include "bot/core/nearest.h"

namespace stageclock::config_toml {
namespace {

using toml_reader::Row;

// "Did you mean ...", or what is permitted.
std::string permitted(const std::string& given, const std::vector<std::string>& known,
                      const std::string& otherwise) {
    const std::string near = nearest(given, known);
    return near.empty() ? otherwise : "Did you mean \"" + near + "\"?";
}

bool is_web_address(const Settings& settings, const std::string& url) {
    if (url.starts_with("https://")) return true;
    const auto& local = settings.web.local_hosts;
    return std::any_of(local.begin(), local.end(), [&](const std::string& host) {
        return url.starts_with("http://" + host + ":") || url.starts_with("http://" + host + "/");
    });
}

void check_address(Row& row, const char* key, const Settings& settings, const std::string& url) {
    if (url.empty() || is_web_address(settings, url)) return;
    row.wrong(key, "holds no https address",
              "Permitted: an https address; http only to one of `local_hosts` of [web].");
}

template <class Rows>
void once(Row& row, const char* key, const std::string& name, const Rows& before,
          std::string(Rows::value_type::*of)) {
    const bool taken = std::any_of(before.begin(), before.end(),
                                   [&](const auto& other) { return other.*of == name; });
    if (taken) row.wrong(key, "is taken by another", "Give each its own name.");
}

void read_app(Row& row, Settings& settings, const ChatReading& reading) {
    ChatAppSettings app;
    app.id = row.required("id");
    once(row, "id", app.id, settings.chat_apps, &ChatAppSettings::id);
    app.channel = row.choice("channel", chat_app_channels());
    app.url = row.text("url");
    check_address(row, "url", settings, app.url);
    app.token = reading.given(row, "token_file");
    app.secret = reading.given(row, "secret_file");
    app.client_id = row.text("client_id");
    app.tenant = row.text("tenant");
    app.boards = reading.boards(row);
    app.hosts = row.texts("hosts");
    app.unproven = row.flag("unproven", false);
    const bool loopback = settings.listen.starts_with("127.") ||
                          settings.listen.starts_with("[::1]") ||
                          settings.listen.starts_with("unix:");
    if (app.unproven && !loopback) {
        row.wrong("unproven", "lets anybody speak for anybody, and the server is not on loopback",
                  "Permitted: only while [server] listen is on 127.0.0.1.");
    }
    // Microsoft's playground knows neither us nor a secret of ours.
    if (!app.unproven) {
        for (const std::string& key : chat_needs(app.channel).of_app) {
            if (row.has(key.c_str())) continue;
            row.wrong(key.c_str(), "is missing",
                      "It is required of an app of the channel \"" + app.channel + "\".");
        }
    }
    settings.chat_apps.push_back(std::move(app));
}

const ChatAppSettings* find_app(const Settings& settings, const std::string& id) {
    const auto found = std::find_if(settings.chat_apps.begin(), settings.chat_apps.end(),
                                    [&](const ChatAppSettings& app) { return app.id == id; });
    return found == settings.chat_apps.end() ? nullptr : &*found;
}

void check_app(Row& row, const Settings& settings, const ChatSettings& chat) {
    if (chat.app.empty()) return;
    std::vector<std::string> known;
    for (const ChatAppSettings& app : settings.chat_apps) known.push_back(app.id);
    const ChatAppSettings* app = find_app(settings, chat.app);
    if (app == nullptr) {
        row.wrong("app", "there is no [[chat_app]] \"" + chat.app + "\"",
                  permitted(chat.app, known, "Permitted: the id of a [[chat_app]]."));
    } else if (app->channel != chat.channel) {
        row.wrong("app", "is an app of the channel \"" + app->channel + "\"",
                  "Permitted: an app of the same channel.");
    }
    for (const std::string& key : app == nullptr ? std::vector<std::string>{}
                                                 : chat_needs(app->channel).to_post) {
        if (key == "url" ? !app->url.empty() : !app->token.empty()) continue;
        row.wrong("app", "names an app that cannot post: it has no `" + key + "`",
                  "Give it one, or give `url_file` here: the address of a webhook.");
    }
    if (chat.to.empty()) {
        row.wrong("to", "is missing", "It is required with `app`: the platform's id of the room.");
    }
}

void read_chat(Row& row, Settings& settings, const ChatReading& reading) {
    ChatSettings chat;
    chat.name = row.required("name");
    once(row, "name", chat.name, settings.chats, &ChatSettings::name);
    chat.channel = row.choice("channel", chat_channels());
    chat.app = row.text("app");
    chat.to = row.text("to");
    if (row.has("app") == row.has("url_file")) {
        row.wrong("url_file", "and `app` are two ways to post there",
                  "Give one of them: the file with the webhook's address, or the [[chat_app]] that "
                  "posts.");
    }
    if (row.has("url_file") && !chat_needs(chat.channel).by_url) {
        row.wrong("url_file", "is no way into the channel \"" + chat.channel + "\"",
                  "Give `app` and `to`: the [[chat_app]] that posts, and the room.");
    }
    chat.url = reading.given(row, "url_file");
    check_address(row, "url_file", settings, chat.url);
    chat.secret = reading.given(row, "secret_file");
    if (chat.channel == "webhook" && !signing_key(chat.secret)) {
        row.wrong("secret_file", "holds no secret to sign with",
                  "Permitted: \"whsec_\" and base64 of 24 to 64 bytes, as the endpoint's owner "
                  "gives it.");
    }
    check_app(row, settings, chat);
    settings.chats.push_back(std::move(chat));
}

// "NAME-ISSUER-SECRET", the latter two of 36 characters.
bool is_notify_key(const std::string& text) {
    constexpr std::size_t id = 36;
    if (text.size() < 2 * id + 1 || text.find_first_of(" \t\r\n") != std::string::npos)
        return false;
    return text[text.size() - id - 1] == '-';
}

void read_notify(Row& root, Settings& settings, const ChatReading& reading) {
    auto row = root.table("govuk_notify");
    if (!row) return;
    NotifySettings& to = settings.notify;
    row->required("api_key_file");
    to.api_key = reading.given(*row, "api_key_file");
    if (!to.api_key.empty() && !is_notify_key(to.api_key)) {
        row->wrong("api_key_file", "holds no API key of GOV.UK Notify",
                   "Permitted: the whole key as Notify shows it once, \"NAME-\" and two ids.");
    }
    to.url = row->text("url");
    check_address(*row, "url", settings, to.url);
    to.mail_template = row->text("mail_template");
    to.sms_template = row->text("sms_template");
    to.mail_reply_to = row->text("mail_reply_to");
    to.callback_token = reading.token(*row, "callback_token_file");
    if (to.mail_template.empty() && to.sms_template.empty()) {
        row->wrong("", "names no template",
                   "Give `mail_template`, `sms_template`, or both: ids of templates of your "
                   "service.");
    }
}

}  // namespace

void read_chats(Row& root, Settings& settings, const ChatReading& reading) {
    for (Row& row : root.rows("chat_app")) read_app(row, settings, reading);
    for (Row& row : root.rows("chat")) read_chat(row, settings, reading);
    read_notify(root, settings, reading);
}

}  // namespace stageclock::config_toml
