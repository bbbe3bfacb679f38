// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "tests/adapters/config/installation.h"

namespace stageclock {
namespace {

using namespace testing;

struct Mistake {
    std::string text;   // added to settings without a mistake
    std::string reads;  // part of a finding
};

const std::string slack_app = "[[chat_app]]\nid = \"team\"\nchannel = \"slack\"\n";

const std::vector<Mistake> mistakes{
    {"[[chat_app]]\nid = \"a\"\nchannel = \"teams-bott\"\n",
     "chat_app a, channel: unknown value \"teams-bott\". Did you mean \"teams-bot\"?"},
    {"[[chat_app]]\nid = \"a\"\nchannel = \"teams-bot\"\n",
     "chat_app a, client_id: is missing. It is required of an app of the channel \"teams-bot\"."},
    {"[[chat_app]]\nid = \"a\"\nchannel = \"teams-webhook\"\n",
     "chat_app a, secret_file: is missing. "},
    {"[[chat_app]]\nid = \"a\"\nchannel = \"matrix\"\ntoken_file = \"token\"\n",
     "chat_app a, url: is missing. "},
    {"[[chat_app]]\nid = \"a\"\nchannel = \"webex\"\n", "chat_app a, token_file: is missing. "},
    {"[[chat_app]]\nid = \"a\"\nchannel = \"webex\"\nurl = \"http://a.example.org\"\n",
     "chat_app a, url: holds no https address. "},
    {slack_app + slack_app, "chat_app team, id: is taken by another. "},
    {slack_app + "[[chat]]\nname = \"x\"\nchannel = \"slack\"\napp = \"tean\"\nto = \"C1\"\n",
     "chat x, app: there is no [[chat_app]] \"tean\". Did you mean \"team\"?"},
    {slack_app + "[[chat]]\nname = \"x\"\nchannel = \"slack\"\napp = \"team\"\nto = \"C1\"\n",
     "chat x, app: names an app that cannot post: it has no `token_file`. "},
    {slack_app + "[[chat]]\nname = \"x\"\nchannel = \"slack\"\napp = \"team\"\n",
     "chat x, to: is missing. "},
    {slack_app + "[[chat]]\nname = \"x\"\nchannel = \"teams\"\napp = \"team\"\nto = \"C1\"\n",
     "chat x, app: is an app of the channel \"slack\". "},
    {"[[chat]]\nname = \"x\"\nchannel = \"webex\"\nurl_file = \"chat\"\n",
     "chat x, url_file: is no way into the channel \"webex\". "},
    {"[[chat]]\nname = \"x\"\nchannel = \"teams\"\n",
     "chat x, url_file: and `app` are two ways to post there. "},
    {"[[chat]]\nname = \"duty\"\nchannel = \"teams\"\nurl_file = \"chat\"\n",
     "chat duty, name: is taken by another. "},
    {"[govuk_notify]\napi_key_file = \"absent\"\n", "govuk_notify, api_key_file: "},
    {"[web]\nproxy = \"proxy:3128\"\n", "web, proxy: is no address of a proxy. "},
};

}  // namespace

TEST_CASE("each mistake about chats and other channels is told with row and key") {
    const Installation installation;
    for (const Mistake& mistake : mistakes) {
        const std::string all = told(installation.load(sound_settings + mistake.text));
        CAPTURE(mistake.reads);
        CAPTURE(all);
        CHECK(all.find(mistake.reads) != std::string::npos);
    }
}

TEST_CASE("whoever may call without proof is let in on this machine alone") {
    const Installation installation;
    const std::string playground =
        "[[chat_app]]\nid = \"a\"\nchannel = \"teams-bot\"\nunproven = true\n";
    CHECK(told(installation.load(sound_settings + playground)).empty());
    const std::string open = replaced(sound_settings, "listen = \"127.0.0.1:8080\"",
                                      "listen = \"0.0.0.0:8080\"\nallow_public_bind = true");
    CHECK(told(installation.load(open + playground)).find("chat_app a, unproven: lets anybody") !=
          std::string::npos);
}

}  // namespace stageclock
