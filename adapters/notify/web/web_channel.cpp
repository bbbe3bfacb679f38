// SPDX-License-Identifier: MIT
#include "adapters/notify/web/web_channel.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "adapters/notify/web/json_message.h"
#include "adapters/support/crypto.h"

namespace stageclock::web {
namespace {

template <class Rows, class Test>
auto find(const Rows& rows, const Test& test) {
    const auto found = std::find_if(rows.begin(), rows.end(), test);
    return found == rows.end() ? nullptr : &*found;
}

// What the settings say about places.
struct Places {
    std::vector<ChatSettings> chats;
    std::vector<ChatAppSettings> chat_apps;
};

// A person is written to by the first app of the channel.
std::optional<Place> place_at(const Places& places, const std::string& channel,
                              const std::string& destination) {
    const auto app_where = [&](const auto& test) { return find(places.chat_apps, test); };
    if (destination.starts_with("@")) {
        const auto* app = app_where([&](const auto& row) { return row.channel == channel; });
        if (app == nullptr) return std::nullopt;
        return Place{{"", channel, "", app->id, "", ""}, *app, destination.substr(1)};
    }
    const auto* chat = find(places.chats, [&](const ChatSettings& row) {
        return row.channel == channel && row.name == destination;
    });
    if (chat == nullptr) return std::nullopt;
    const auto* app = app_where([&](const auto& row) { return row.id == chat->app; });
    return Place{*chat, app != nullptr ? *app : ChatAppSettings{}, ""};
}

class WebChannel final : public Notifier {
public:
    WebChannel(Channel channel, const Settings& settings, const Templates& templates,
               http::ClientOptions options)
        : channel_(std::move(channel)),
          places_{settings.chats, settings.chat_apps},
          templates_(templates),
          client_(std::move(options)) {}

    std::string_view channel() const override { return channel_.name; }

    Result<Rendered> render(const Outgoing& outgoing) const override {
        const std::string& destination = outgoing.notice.destination;
        const auto place = place_at(places_, channel_.name, destination);
        if (!place) {
            return Error{Code::not_found,
                         "no [[chat]] of channel \"" + channel_.name + "\" has this name",
                         "destination"};
        }
        return Rendered{"application/json", worded(outgoing, *place), "", destination,
                        outgoing.message_id};
    }

    Delivery deliver(const Rendered& message) override {
        try {
            const auto place = place_at(places_, channel_.name, message.recipient);
            if (!place) return never("not sent: the chat destination is not configured");
            const auto request = channel_.request(*place, message);
            if (!request) {
                if (request.error().code == Code::unavailable) {
                    return {Delivered::try_again, request.error().what};
                }
                const bool settings = request.error().code != Code::not_found;
                return {Delivered::never, request.error().what, {}, settings};
            }
            const auto answer = client_.send(*request);
            if (answer && channel_.concluded) return channel_.concluded(*place, *request, *answer);
            if (answer) return channel_.judged(*answer);
            if (answer.error().code == Code::refused) return never(answer.error().what);
            return {Delivered::try_again, answer.error().what};
        } catch (const std::exception&) {
            return {Delivered::try_again, "not sent: out of memory or threads"};
        }
    }

private:
    static Delivery never(std::string why) { return {Delivered::never, std::move(why), {}, true}; }

    std::string worded(const Outgoing& outgoing, const Place& place) const {
        const Templates& own = outgoing.templates != nullptr ? *outgoing.templates : templates_;
        std::vector<std::string> lines = plain_lines(outgoing.notice);
        std::optional<std::string> json;
        if (channel_.escaped) {
            const Model model = with_escapes(outgoing.model, channel_.escaped);
            json = from_template({outgoing.notice, model, outgoing.attachments}, own,
                                 channel_.templates);
            for (std::string& line : lines) line = channel_.escaped(line);
        } else {
            json = from_template(outgoing, own, channel_.templates);
        }
        if (json) {
            if (auto cut = shortened(made(*json, place, outgoing), channel_.fits)) return *cut;
        }
        return made(channel_.plain(lines), place, outgoing);
    }

    std::string made(const std::string& json, const Place& place, const Outgoing& outgoing) const {
        std::string message = channel_.wrapped(json);
        return channel_.placed ? channel_.placed(message, place, outgoing) : message;
    }

    const Channel channel_;
    const Places places_;
    const Templates& templates_;
    http::Client client_;
};

}  // namespace

std::string repeat_id(const Rendered& message) {
    const std::string& known = message.id.empty() ? message.bytes : message.id;
    return crypto::sha256_hex(known).substr(0, 32);
}

std::unique_ptr<Notifier> make_channel(Channel channel, const Settings& settings,
                                       const Templates& templates, http::ClientOptions options) {
    return std::make_unique<WebChannel>(std::move(channel), settings, templates,
                                        std::move(options));
}

}  // namespace stageclock::web
