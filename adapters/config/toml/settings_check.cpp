// SPDX-License-Identifier: MIT
#include "adapters/config/toml/settings_check.h"

#include <charconv>
#include <filesystem>
#include <string_view>
#include <utility>

#include "bot/core/directory.h"

namespace stageclock::config_toml {
namespace {

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool is_file(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

bool is_folder(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored);
}

void check_server(const Settings& settings, const Say& say) {
    Listen listen;
    if (!parse_listen(settings.listen, listen)) {
        say("server", "listen", "is not an address to listen on",
            "Permitted: such as \"127.0.0.1:8080\", \"[::1]:8080\" or \"unix:/path\".");
    } else if (!listen.loopback && !settings.allow_public_bind) {
        say("server", "listen", "listens to other machines",
            "Permitted: a loopback address or a unix socket, with a proxy such as nginx in front; "
            "else set allow_public_bind = true.");
    }
    const std::string_view url = settings.public_url;
    const bool web = url.starts_with("https://") || url.starts_with("http://");
    if (!web || url.ends_with('/') || url.find_first_of(" \"<>?#") != std::string_view::npos) {
        say("server", "public_url", "is not the address links can start with",
            "Permitted: http or https, without a slash at the end, such as "
            "\"https://stageclock.example.org\".");
    }
}

std::string_view host_of(std::string_view url) {
    const auto start = url.find("//");
    if (start == std::string_view::npos) return {};
    const auto host = url.substr(start + 2);
    return host.starts_with('[') ? host.substr(1, host.find(']') - 1)
                                 : host.substr(0, host.find_first_of(":/"));
}

void check_mail(const Settings& settings, const Say& say) {
    if (!is_address(settings.mail_from)) {
        say("mail", "from", "is not an email address",
            "Permitted: one address, such as \"stageclock@example.org\".");
    }
    const bool taken_in = !settings.maildir.empty() || !settings.imap.url.empty();
    if (settings.live && taken_in && settings.authserv_id.empty()) {
        say("mail", "authserv_id", "is missing, and mail is taken in",
            "It is required when delivery is \"live\": the name your own mail gateway writes into "
            "Authentication-Results, such as \"mx.example.org\". Without it anybody could write in "
            "another's name.");
    }
    check_mail_server(settings.smtp.url, settings.smtp.tls, "smtp", "smtp", say);
    if (!settings.imap.url.empty() && !settings.maildir.empty()) {
        say("mail", "maildir", "is there beside [mail.imap]",
            "Permitted: one place that mail is taken from.");
    }
    const auto& oauth = settings.oauth;
    const bool needed = settings.smtp.oauth2 || settings.imap.oauth2;
    if (needed && oauth.token_url.empty()) {
        say("oauth", "token_url", "is missing, and a mail server is logged in to with tokens",
            "It is required: the token endpoint of your identity provider.");
    }
    if (!oauth.token_url.empty() && !oauth.token_url.starts_with("https://") &&
        !is_loopback(host_of(oauth.token_url))) {
        say("oauth", "token_url", "is not an https address",
            "Permitted: https; http for this machine only.");
    }
}

void check_delivery(const Settings& settings, const Say& say) {
    if (settings.sandbox && settings.live) {
        say("", "delivery", "is \"live\" in a sandbox",
            "Permitted: \"capture\". A sandbox sends nothing.");
    }
    // GOV.UK Notify carries mail where no server is named.
    if (settings.live && settings.smtp.url.empty() && settings.notify.mail_template.empty()) {
        say("smtp", "url", "is missing, and delivery is \"live\"",
            "It is required: such as \"smtp://mail.example.org:587\".");
    }
}

void check_files(const Settings& settings, const Say& say) {
    if (!is_file(settings.calendar)) {
        say("files", "calendar", "there is no such file",
            "Permitted: a bank-holiday file, relative to the folder stageclock is started in.");
    }
    if (!is_folder(settings.templates)) {
        say("files", "templates", "there is no such folder",
            "Permitted: a folder, relative to the one stageclock is started in.");
    }
}

}  // namespace

bool parse_listen(const std::string& text, Listen& listen) {
    constexpr std::string_view unix_prefix = "unix:";
    if (text.starts_with(unix_prefix)) {
        listen = {};
        return text.size() > unix_prefix.size() && text[unix_prefix.size()] == '/';
    }
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return false;
    std::string_view host(text.data(), colon);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return false;
    }
    const char* const end = text.data() + text.size();
    int port = -1;
    const auto [stop, failure] = std::from_chars(text.data() + colon + 1, end, port);
    if (failure != std::errc{} || stop != end || port < 0 || port > 65535) return false;
    listen = {std::string(host), port, is_loopback(host)};
    return !host.empty();
}

void check_mail_server(std::string_view url, std::string_view tls, const std::string& protocol,
                       const char* table, const Say& say) {
    if (url.empty()) return;
    if (!url.starts_with(protocol + "://") && !url.starts_with(protocol + "s://")) {
        say(table, "url", "is not a mail server",
            "Permitted: such as \"" + protocol + "://mail.example.org\", with the port.");
        return;
    }
    const bool from_the_start = url.starts_with(protocol + "s://");
    if (tls == "none" && !from_the_start && !is_loopback(host_of(url))) {
        say(table, "tls", "leaves mail unprotected on its way",
            "Permitted: \"none\" for a loopback server only; else \"starttls\" or \"tls\".");
    }
    if (url.find('@') != std::string_view::npos)
        say(table, "url", "holds a user", "Give `user` and `password_file`.");
}

void check_settings(const Settings& settings, const Say& say) {
    check_server(settings, say);
    check_mail(settings, say);
    check_delivery(settings, say);
    check_files(settings, say);
}

}  // namespace stageclock::config_toml
