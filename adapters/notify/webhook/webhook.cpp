// SPDX-License-Identifier: MIT
#include "adapters/notify/webhook/webhook.h"

#include <mutex>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/notify/real_time.h"
#include "adapters/support/crypto.h"

namespace stageclock::webhook {
namespace {

using Json = nlohmann::json;

// The specification asks for less than 20 kB; the attributes added last need some of it.
constexpr std::size_t message_limit = 18 * 1000;
constexpr std::string_view prefix = "whsec_";

std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string wrapped(const std::string& data) {
    Json event{{"specversion", "1.0"},
               {"type", "stageclock.notice"},
               {"datacontenttype", "application/json"}};
    event["data"] = Json::parse(data, nullptr, false);
    return written(event);
}

std::string plain(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return written({{"text", text}});
}

// What a machine reads is taken from the notice, so that no template can spoil it.
std::string addressed(const std::string& message, const std::string& source,
                      const Outgoing& outgoing) {
    const Notice& notice = outgoing.notice;
    Json event = Json::parse(message, nullptr, false);
    const std::string known = outgoing.message_id.empty() ? notice.key() : outgoing.message_id;
    event["id"] = "notice_" + crypto::sha256_hex(known).substr(0, 32);
    event["source"] = source;
    event["time"] = to_rfc3339(notice.decided);
    if (!notice.ref.empty()) event["subject"] = notice.ref;
    Json& data = event["data"];
    data["case"] = notice.ref;
    data["reason"] = to_text(notice.reason);
    data["urgent"] = notice.urgent;
    data["deadline"] = notice.deadline ? Json(to_rfc3339(*notice.deadline)) : Json();
    return written(event);
}

// The id is the event's and stays; the time is the attempt's.
Result<http::Request> signed_post(const web::Place& place, const Rendered& message, Instant now) {
    const auto key = key_of(place.chat.secret);
    if (!key) {
        return Error{Code::invalid_input,
                     "its secret_file holds no whsec_ secret: nothing is "
                     "sent unsigned",
                     ""};
    }
    const Json event = Json::parse(message.bytes, nullptr, false);
    const std::string id = event.is_object() ? event.value("id", "") : "";
    const std::string timestamp = std::to_string(now.time_since_epoch().count());
    return http::Request{"POST",
                         place.chat.url,
                         "application/cloudevents+json",
                         message.bytes,
                         {{"webhook-id", id},
                          {"webhook-timestamp", timestamp},
                          {"webhook-signature", signature(*key, id, timestamp, message.bytes)}}};
}

// Keeps away from endpoints that said they are gone for good (410).
class Webhook final : public Notifier {
public:
    explicit Webhook(std::unique_ptr<Notifier> inner) : inner_(std::move(inner)) {}

    std::string_view channel() const override { return inner_->channel(); }
    Result<Rendered> render(const Outgoing& outgoing) const override {
        return inner_->render(outgoing);
    }
    Delivery deliver(const Rendered& message) override {
        {
            const std::lock_guard lock(mutex_);
            if (gone_.contains(message.recipient)) {
                return {Delivered::never, "not sent: the endpoint answered 410 before"};
            }
        }
        Delivery delivery = inner_->deliver(message);
        if (delivery.reply == "HTTP 410") {
            const std::lock_guard lock(mutex_);
            gone_.insert(message.recipient);
            delivery.reply += ": the endpoint is disabled until the next start";
        }
        return delivery;
    }

private:
    const std::unique_ptr<Notifier> inner_;
    std::mutex mutex_;
    std::set<std::string> gone_;
};

}  // namespace

std::optional<std::string> key_of(std::string_view secret) {
    if (!secret.starts_with(prefix)) return std::nullopt;
    auto key = crypto::base64_decode(secret.substr(prefix.size()));
    if (!key || key->size() < 24 || key->size() > 64) return std::nullopt;
    return key;
}

std::string signature(std::string_view key, std::string_view id, std::string_view timestamp,
                      std::string_view body) {
    std::string content;
    content.append(id).append(".").append(timestamp).append(".").append(body);
    return "v1," + crypto::base64_encode(crypto::hmac_sha256(key, content));
}

std::unique_ptr<Notifier> make_at(const notify::Parts& parts, std::function<Instant()> now) {
    if (!notify::is_used(parts.settings, "webhook")) return nullptr;
    const std::string& url = parts.settings.public_url;
    web::Channel channel{
        .name = "webhook",
        .templates = "webhook",
        .wrapped = wrapped,
        .plain = plain,
        .fits = [](const std::string& message) { return message.size() <= message_limit; },
        .request = [now = std::move(now)](
                       const web::Place& place,
                       const Rendered& message) { return signed_post(place, message, now()); },
        .placed =
            [source = url.empty() ? std::string("stageclock") : url](
                const std::string& message, const web::Place&, const Outgoing& outgoing) {
                return addressed(message, source, outgoing);
            }};
    return std::make_unique<Webhook>(
        web::make_channel(std::move(channel), parts.settings, parts.templates, parts.options));
}

std::unique_ptr<Notifier> make(const notify::Parts& parts) {
    return make_at(parts, notify::real_now);
}

}  // namespace stageclock::webhook
