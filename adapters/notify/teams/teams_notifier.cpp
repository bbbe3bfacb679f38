// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/teams_notifier.h"

#include <exception>
#include <map>
#include <string>
#include <utility>

#include "adapters/notify/teams/teams_message.h"

namespace stageclock::teams {
namespace {

class TeamsNotifier final : public Notifier {
public:
    TeamsNotifier(std::map<std::string, std::string> urls, const Templates& templates,
                  http::ClientOptions options)
        : urls_(std::move(urls)), templates_(templates), client_(std::move(options)) {}

    std::string_view channel() const override { return "teams"; }

    Result<Rendered> render(const Outgoing& outgoing) const override {
        const auto& destination = outgoing.notice.destination;
        if (urls_.find(destination) == urls_.end()) {
            return Error{Code::not_found, "no [[chat]] of channel \"teams\" has this name",
                         destination};
        }
        return Rendered{"application/json", message_for(outgoing, outgoing.templates != nullptr
                                                                ? *outgoing.templates
                                                                : templates_), "", destination};
    }

    Delivery deliver(const Rendered& message) override {
        const auto url = urls_.find(message.recipient);
        if (url == urls_.end()) {
            return {Delivered::never, "not sent: the chat destination is not configured"};
        }
        try {
            const auto answer =
                client_.send({"POST", url->second, "application/json", message.bytes, {}});
            if (answer) return judge(answer->status, answer->body, answer->retry_after);
            const bool never = answer.error().code == Code::refused;
            return {never ? Delivered::never : Delivered::try_again, answer.error().what};
        } catch (const std::exception&) {
            return {Delivered::try_again, "not sent: out of memory or threads"};
        }
    }

private:
    const std::map<std::string, std::string> urls_;
    const Templates& templates_;
    http::Client client_;
};

}  // namespace

std::unique_ptr<Notifier> make_teams(const std::vector<ChatSettings>& chats,
                                     const Templates& templates, http::ClientOptions options) {
    std::map<std::string, std::string> urls;
    for (const auto& chat : chats) {
        if (chat.channel == "teams") urls[chat.name] = chat.url;
    }
    return std::make_unique<TeamsNotifier>(std::move(urls), templates, std::move(options));
}

}  // namespace stageclock::teams
