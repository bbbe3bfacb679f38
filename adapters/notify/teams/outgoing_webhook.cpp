// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/outgoing_webhook.h"

#include <chrono>
#include <optional>

#include "adapters/notify/teams/activity.h"
#include "adapters/notify/teams/card.h"
#include "adapters/support/crypto.h"

namespace stageclock::teams {
namespace {

constexpr std::chrono::minutes oldest{5};

class OutgoingWebhook final : public front::Door {
public:
    OutgoingWebhook(const ChatAppSettings& app, ChatDesk& desk, const Clock& clock)
        : app_(app), key_(crypto::base64_decode(app.secret)), desk_(desk), clock_(clock) {}

    std::string path() const override { return "/chat/v1/" + app_.id; }

    front::Response answer(const front::Request& request) override {
        const std::string why = doubt(request);
        if (!why.empty()) return refused(401, why);
        const auto said = read_activity(request.body);
        if (!said || said->from.empty()) return refused(400, "no message that can be read");
        if (!is_recent(*said)) return refused(401, "the message is too old, or of the future");
        const Speaker who{app_.channel, said->account, "", app_.boards};
        const ChatReply reply = desk_.hear({who, said->text, id_of(*said, request.body)});
        // The whole team reads the answer: text alone, no link that acts for one of them.
        return {200, "application/json", text_message(reply), {}};
    }

private:
    // Why the caller is not Teams; empty: it is. The signature covers the body as it came.
    std::string doubt(const front::Request& request) const {
        constexpr std::string_view scheme = "HMAC ";
        if (app_.unproven) return {};
        if (!key_ || key_->empty()) return "the secret of the webhook is not base64";
        const std::string* header = request.header("authorization");
        if (header == nullptr || !header->starts_with(scheme)) return "there is no signature";
        const auto given = crypto::base64_decode(header->substr(scheme.size()));
        const std::string right = crypto::hmac_sha256(*key_, request.body);
        const bool same = given && crypto::constant_time_equal(*given, right);
        return same ? std::string() : "the signature is not right";
    }

    // The signature does not end, so a message may not be sent again later. Teams dates each; one
    // without a date was signed without it.
    bool is_recent(const Activity& said) const {
        if (said.timestamp.empty()) return true;
        const auto at = parse_rfc3339(said.timestamp);
        return app_.unproven || (at && abs(clock_.now() - *at) <= oldest);
    }

    front::Response refused(int status, const std::string& why) {
        desk_.note_refusal(app_.id, why);
        return {status, "application/json", text_message("This call was not taken."), {}};
    }

    const ChatAppSettings app_;
    const std::optional<std::string> key_;
    ChatDesk& desk_;
    const Clock& clock_;
};

}  // namespace

void open_outgoing_webhook(const notify::DoorParts& parts, notify::Doors& doors) {
    doors.push_back(std::make_unique<OutgoingWebhook>(parts.app, parts.desk, parts.clock));
}

}  // namespace stageclock::teams
