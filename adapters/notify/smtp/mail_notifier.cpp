// SPDX-License-Identifier: MIT
#include "adapters/notify/smtp/mail_notifier.h"

#include <algorithm>
#include <cctype>
#include <exception>
#include <optional>
#include <utility>

#include "adapters/notify/smtp/connection_pool.h"
#include "adapters/notify/smtp/mail_writer.h"
#include "bot/core/directory.h"

namespace stageclock::smtp {
namespace {

// Servers repeat the recipient in their replies, and replies are shown where addresses are not.
std::string without(std::string reply, std::string_view address) {
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) ==
               std::tolower(static_cast<unsigned char>(b));
    };
    constexpr std::string_view instead = "(recipient)";
    auto from = reply.begin();
    while (true) {
        from = std::search(from, reply.end(), address.begin(), address.end(), same);
        if (address.empty() || from == reply.end()) return reply;
        const auto at = static_cast<std::size_t>(from - reply.begin());
        reply.replace(at, address.size(), instead);
        from = reply.begin() + static_cast<std::ptrdiff_t>(at + instead.size());
    }
}

class MailNotifier final : public Notifier {
public:
    MailNotifier(MailWriter writer, const SmtpSettings& settings,
                 std::unique_ptr<ConnectionPool> pool, std::chrono::milliseconds limit)
        : writer_(std::move(writer)),
          require_tls_(settings.require_tls),
          always_(settings.require_tls_always),
          pool_(std::move(pool)),
          limit_(limit) {}

    std::string_view channel() const override { return "mail"; }

    Result<Rendered> render(const Outgoing& outgoing) const override {
        return writer_.write(outgoing);
    }

    Delivery deliver(const Rendered& message) override {
        const bool sender = message.sender.empty() || is_address(message.sender);
        if (!sender || !is_address(message.recipient)) {
            return {Delivered::never, "not sent: the sender or recipient is not a mail address"};
        }
        if (!pool_) return {Delivered::try_again, "not sent: no mail server is configured"};
        try {
            auto delivery = send(message);
            delivery.reply = without(std::move(delivery.reply), message.recipient);
            return delivery;
        } catch (const std::exception&) {
            return {Delivered::try_again, "not sent: out of memory or threads"};
        }
    }

private:
    // A connection that waited in the pool may be dead without our knowing. As long as the server
    // cannot have taken the mail, one more attempt on a new connection is free of risk.
    Delivery send(const Rendered& message) {
        const auto deadline = std::chrono::steady_clock::now() + limit_;
        const auto data = data_of(message.bytes);
        while (true) {
            auto held = pool_->take(deadline);
            if (!held) return {Delivered::try_again, held.error().what};
            auto outcome = held->connection->send(
                {message.sender, message.recipient, onward_for(message.recipient)}, data, deadline);
            const bool stale = held->used_before && outcome.untouched;
            if (outcome.usable) {
                pool_->give_back(std::move(held->connection));
            } else {
                pool_->drop(std::move(held->connection), stale);
            }
            if (!stale) return std::move(outcome.delivery);
        }
    }

    Onward onward_for(const std::string& recipient) const {
        const auto domain = folded(recipient.substr(recipient.rfind('@') + 1));
        const bool listed = std::any_of(
            require_tls_.begin(), require_tls_.end(), [&](const std::string& each) {
                const auto name = folded(each);
                return domain == name || domain.ends_with("." + name);
            });
        if (!listed) return Onward::any;
        return always_ ? Onward::tls : Onward::tls_if_offered;
    }

    const MailWriter writer_;
    const std::vector<std::string> require_tls_;
    const bool always_;
    const std::unique_ptr<ConnectionPool> pool_;
    const std::chrono::milliseconds limit_;
};

}  // namespace

Result<std::unique_ptr<Notifier>> make_mail(const Settings& settings, const Templates& templates,
                                            std::chrono::milliseconds limit) {
    if (!is_address(settings.mail_from)) {
        return Error{Code::invalid_input, "must be a mail address, such as stageclock@example.org",
                     "mail.from"};
    }
    MailWriter writer(settings.mail_from, settings.mail_from_name, settings.mail_subject_prefix,
                      templates);
    std::unique_ptr<ConnectionPool> pool;
    if (const auto& smtp = settings.smtp; !smtp.url.empty()) {
        const auto domain = settings.mail_from.substr(settings.mail_from.rfind('@') + 1);
        auto relay = relay_of(smtp.url, smtp.tls, domain);
        if (!relay) return relay.error();
        relay->ca_file = smtp.ca_file;
        relay->user = smtp.user;
        relay->password = smtp.password;
        if (smtp.oauth2) {
            auto tokens = oauth::TokenSource::make(settings.oauth);
            if (!tokens) return tokens.error();
            relay->tokens = *std::move(tokens);
        }
        const auto connections = static_cast<std::size_t>(std::max(1, smtp.connections));
        pool = std::make_unique<ConnectionPool>(*std::move(relay), connections);
    }
    return std::unique_ptr<Notifier>(
        std::make_unique<MailNotifier>(std::move(writer), settings.smtp, std::move(pool), limit));
}

}  // namespace stageclock::smtp
