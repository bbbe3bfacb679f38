// SPDX-License-Identifier: MIT
#include "adapters/notify/govuk/reports.h"

#include <optional>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/notify/channels.h"
#include "adapters/registry.h"
#include "adapters/support/crypto.h"

namespace stageclock::govuk {
namespace {

using Json = nlohmann::json;

constexpr std::size_t page_size = 250;                 // Notify's own
constexpr std::size_t largest_page = 8 * 1024 * 1024;  // with the text of every message
constexpr std::string_view scheme = "Bearer ";

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// None: not the end of it, or nothing of ours.
std::optional<DeliveryReport> report_in(const Json& notification) {
    if (!notification.is_object()) return std::nullopt;
    const std::string status = text_of(notification, "status");
    const bool failed = status == "permanent-failure" || status == "temporary-failure" ||
                        status == "technical-failure";
    const std::string reference = text_of(notification, "reference");
    if (reference.empty() || (!failed && status != "delivered")) return std::nullopt;
    return DeliveryReport{"<" + reference + ">", !failed, status};
}

class Reports final : public DeliveryReports {
public:
    Reports(const NotifySettings& settings, http::ClientOptions options,
            std::function<Instant()> now)
        : service_(settings, std::move(options), std::move(now)) {}

    Done ask(ReportDesk& desk) override {
        const auto answer = service_.get("/v2/notifications" +
                                         (older_than_.empty() ? "" : "?older_than=" + older_than_));
        if (!answer) return answer.error();
        if (answer->status != 200) {
            older_than_.clear();
            return Error{Code::unavailable,
                         "GOV.UK Notify answered HTTP " + std::to_string(answer->status), ""};
        }
        const Json page = Json::parse(answer->body, nullptr, false);
        if (!page.is_object() || !page.contains("notifications") ||
            !page["notifications"].is_array()) {
            older_than_.clear();
            return Error{Code::unavailable, "GOV.UK Notify's list could not be read", ""};
        }
        const Json& all = page["notifications"];
        for (const Json& one : all) {
            if (const auto report = report_in(one)) desk.take(*report);
        }
        const bool more = all.size() >= page_size && all.back().is_object();
        older_than_ = more ? uuid_or_nothing(text_of(all.back(), "id")) : "";
        return done();
    }

private:
    // It becomes part of an address.
    static std::string uuid_or_nothing(const std::string& text) {
        const bool sound =
            text.size() == 36 && text.find_first_not_of("0123456789abcdef-") == std::string::npos;
        return sound ? text : "";
    }

    Service service_;
    std::string older_than_;  // id of the last notification seen; empty: from the newest
};

class Callbacks final : public front::Door {
public:
    Callbacks(std::string token, ReportDesk& desk) : token_(std::move(token)), desk_(desk) {}

    std::string path() const override { return "/notify/v1/callbacks"; }

    front::Response answer(const front::Request& request) override {
        if (!is_proven(request)) {
            desk_.note_refusal("401 callback token");
            return {401,
                    "text/plain; charset=utf-8",
                    "The token is missing or wrong.\n",
                    {{"WWW-Authenticate", "Bearer"}}};
        }
        const Json json = Json::parse(request.body, nullptr, false);
        if (!json.is_object()) {
            desk_.note_refusal("400 callback body");
            return {400, "text/plain; charset=utf-8", "This is no report.\n", {}};
        }
        const auto report = report_in(json);
        if (report && !desk_.take(*report)) {
            return {503, "text/plain; charset=utf-8", "Please tell us again later.\n", {}};
        }
        return {200, "text/plain; charset=utf-8", "Taken.\n", {}};
    }

private:
    // Digests, so that the time says nothing of the token's length either.
    bool is_proven(const front::Request& request) const {
        const std::string* given = request.header("authorization");
        if (given == nullptr || !given->starts_with(scheme)) return false;
        return crypto::constant_time_equal(crypto::sha256(given->substr(scheme.size())),
                                           crypto::sha256(token_));
    }

    const std::string token_;
    ReportDesk& desk_;
};

}  // namespace

std::unique_ptr<DeliveryReports> make_reports(const NotifySettings& settings,
                                              http::ClientOptions options,
                                              std::function<Instant()> now) {
    options.answer_limit = largest_page;
    return std::make_unique<Reports>(settings, std::move(options), std::move(now));
}

std::unique_ptr<front::Door> make_callbacks(const NotifySettings& settings, ReportDesk& desk) {
    return std::make_unique<Callbacks>(settings.callback_token, desk);
}

}  // namespace stageclock::govuk

namespace stageclock {

std::unique_ptr<DeliveryReports> make_delivery_reports(const Settings& settings) {
    if (!settings.live || settings.notify.api_key.empty()) return nullptr;
    return govuk::make_reports(settings.notify, notify::client_options(settings));
}

std::unique_ptr<front::Door> make_report_door(const Settings& settings, ReportDesk& desk) {
    if (settings.notify.callback_token.empty()) return nullptr;
    return govuk::make_callbacks(settings.notify, desk);
}

}  // namespace stageclock
