// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "adapters/config/toml/chat_settings.h"
#include "adapters/config/toml/secrets.h"
#include "adapters/config/toml/settings_check.h"
#include "adapters/registry.h"
#include "adapters/support/toml_reader.h"
#include "bot/core/nearest.h"

namespace stageclock {
namespace {

using config_toml::Listen;
using toml_reader::Row;

constexpr std::size_t shortest_token = 16;

// Reads one settings file, table by table.
class Reader {
public:
    Reader(const std::string& file, const Overrides& overrides)
        : document_(file, report_), overrides_(overrides), file_(file) {}

    Loaded<Settings> read() {
        Row root = document_.root();
        settings_.sandbox = root.flag("sandbox", false);
        settings_.live = root.choice("delivery", {"capture", "live"}) == "live";
        if (!document_.usable()) return finish();
        read_data(root);
        read_server(root);
        read_mail(root);
        read_smtp(root);
        read_oauth(root);
        for (Row& row : root.rows("board")) read_board(row);
        for (Row& row : root.rows("source")) read_source(row);
        for (Row& row : root.rows("token")) read_token(row);
        read_web(root);
        config_toml::read_chats(
            root, settings_,
            {[this](Row& row, const char* key) { return secret(row, key, Secret::given); },
             [this](Row& row, const char* key) { return secret(row, key, Secret::token); },
             [this](Row& row) { return known_boards(row); }});
        if (settings_.boards.empty()) say("", "board", "no board is served", "Add a [[board]].");
        config_toml::check_settings(settings_, [this](const char* table, const char* key,
                                                      std::string what, std::string permitted) {
            say(table, key, std::move(what), std::move(permitted));
        });
        document_.report_unknown_keys();
        return finish();
    }

private:
    enum class Secret { given, token, signing };

    Loaded<Settings> finish() { return {std::move(settings_), std::move(report_.findings), {}}; }

    void say(const std::string& table, const std::string& key, std::string what,
             std::string permitted) {
        const auto place = report_.place(table, "", key, file_);
        report_.findings.push_back({file_, place.line,
                                    table.empty() ? key : "[" + table + "] " + key, std::move(what),
                                    std::move(permitted)});
    }

    // A path below the data folder, unless it is absolute.
    std::string in_data(const std::string& path) const {
        return (std::filesystem::path(settings_.data_dir) / path).string();
    }

    void read_data(Row& root) {
        auto data = root.table("data");
        if (data) settings_.data_dir = data->text("dir");
        if (!overrides_.data_dir.empty()) settings_.data_dir = overrides_.data_dir;
        if (settings_.data_dir.empty()) {
            say("data", "dir", "is missing", "It is required: the folder of store and secrets.");
        }
        auto files = root.table("files");
        settings_.calendar = "policies/calendars/bank-holidays.json";
        settings_.templates = "templates";
        if (files) {
            settings_.calendar = files->text("calendar", settings_.calendar);
            settings_.templates = files->text("templates", settings_.templates);
        }
        if (auto log = root.table("log")) {
            settings_.log_json = log->choice("format", {"text", "json"}) == "json";
        }
    }

    void read_server(Row& root) {
        if (auto server = root.table("server")) {
            settings_.listen = server->text("listen", settings_.listen);
            settings_.public_url = server->text("public_url");
            settings_.allow_public_bind = server->flag("allow_public_bind", false);
        }
        Listen listen;
        if (!config_toml::parse_listen(settings_.listen, listen) || listen.host.empty()) return;
        const bool six = listen.host.find(':') != std::string::npos;
        const std::string host = six ? "[" + listen.host + "]" : listen.host;
        if (overrides_.port > 0) {
            settings_.listen = host + ":" + std::to_string(overrides_.port);
        }
        // A sandbox is looked at where it listens; others say what their proxy is called.
        if (settings_.public_url.empty() && settings_.sandbox) {
            settings_.public_url = "http://" + settings_.listen;
        }
    }

    void read_mail(Row& root) {
        auto mail = root.table("mail");
        if (!mail) return;
        settings_.mail_from = mail->text("from");
        settings_.mail_from_name = mail->text("from_name");
        settings_.mail_subject_prefix = mail->text("subject_prefix");
        const std::string maildir = mail->text("maildir");
        if (!maildir.empty()) settings_.maildir = in_data(maildir);
        settings_.authserv_id = mail->text("authserv_id");
        if (mail->has("separator")) read_separator(*mail);
        if (auto imap = mail->table("imap", "mail.imap")) read_imap(*imap);
    }

    void read_separator(Row& mail) {
        settings_.mail_separator = mail.text("separator");
        const auto& made = settings_.mail_separator;
        const bool sound = made.empty() || made == "+" || made == "-" || made == "=";
        if (!sound) {
            mail.wrong("separator", "is nothing mail servers split an address at",
                       "Permitted: \"+\", \"-\", \"=\", or \"\" for no addresses of their own.");
        }
    }

    void read_imap(Row& row) {
        ImapSettings& to = settings_.imap;
        to.url = row.required("url");
        to.tls = row.choice("tls", {"starttls", "tls", "none"});
        config_toml::check_mail_server(to.url, to.tls, "imap", "mail.imap",
                                       [&row](const char*, const char* key, std::string what,
                                              std::string permitted) {
                                           row.wrong(key, std::move(what), std::move(permitted));
                                       });
        to.ca_file = row.text("ca_file");
        read_log_in(row, to.user, to.password, to.oauth2);
        if (!row.has("user")) row.wrong("user", "is missing", "It is required: the mailbox.");
        to.folder = row.text("folder", to.folder);
        to.done_folder = row.text("done_folder", to.done_folder);
        to.aside_folder = row.text("aside_folder", to.aside_folder);
        to.poll_seconds = row.number("poll_seconds", to.poll_seconds, 5, 3600);
        to.import_existing = row.flag("import_existing", to.import_existing);
    }

    // How we log in to a mail server.
    void read_log_in(Row& row, std::string& user, std::string& password, bool& oauth2) {
        user = row.text("user");
        password = secret(row, "password_file", Secret::given);
        oauth2 = row.choice("auth", {"password", "oauth2"}) == "oauth2";
        if (oauth2 && (!row.has("user") || row.has("password_file"))) {
            row.wrong("auth", "logs in with a token: it needs a user and no password",
                      "Give `user`, and the table [oauth].");
        } else if (!oauth2 && row.has("user") != row.has("password_file")) {
            row.wrong("user", "needs a password, and a password a user",
                      "Give both `user` and `password_file`, or neither.");
        }
    }

    void read_web(Row& root) {
        auto row = root.table("web");
        if (!row) return;
        settings_.web.proxy = row->text("proxy");
        settings_.web.local_hosts = row->texts("local_hosts");
        settings_.web.ca_file = row->text("ca_file");
        const bool known = settings_.web.proxy.empty() ||
                           settings_.web.proxy.starts_with("http://") ||
                           settings_.web.proxy.starts_with("https://");
        if (!known) {
            row->wrong("proxy", "is no address of a proxy",
                       "Permitted: such as \"http://proxy.example.org:3128\".");
        }
    }

    void read_oauth(Row& root) {
        auto row = root.table("oauth");
        if (!row) return;
        OauthSettings& to = settings_.oauth;
        to.token_url = row->required("token_url");
        to.client_id = row->required("client_id");
        row->required("client_secret_file");
        to.client_secret = secret(*row, "client_secret_file", Secret::given);
        to.scope = row->text("scope");
        to.ca_file = row->text("ca_file");
    }

    void read_smtp(Row& root) {
        auto smtp = root.table("smtp");
        if (!smtp) return;
        SmtpSettings& to = settings_.smtp;
        to.url = smtp->text("url");
        to.tls = smtp->choice("tls", {"starttls", "tls", "none"});
        to.ca_file = smtp->text("ca_file");
        read_log_in(*smtp, to.user, to.password, to.oauth2);
        to.connections = smtp->number("connections", to.connections, 1, 64);
        if (smtp->has("require_tls")) to.require_tls = smtp->texts("require_tls");
        to.require_tls_always =
            smtp->choice("require_tls_onward", {"if-offered", "always"}) == "always";
    }

    void read_board(Row& row) {
        BoardSettings board{.id = row.required("id"),
                            .policy = row.required("policy"),
                            .directories = row.texts("directories"),
                            .earlier = row.texts("earlier"),
                            .templates = row.text("templates")};
        once(row, "board", "id", board.id);
        settings_.boards.push_back(std::move(board));
    }

    void read_source(Row& row) {
        SourceSettings source;
        source.id = row.required("id");
        once(row, "source", "id", source.id);
        // Updates are known by their source and id: nobody may post as one of our own.
        constexpr std::array own{"mail",     "mail-answer", "mail-claim", "operator",
                                 "outbox",   "page",        "chat"};
        if (std::find(own.begin(), own.end(), source.id) != own.end()) {
            row.wrong("id", "is the name of a source of our own", "Permitted: any other word.");
        }
        source.bearer = secret(row, "bearer_file", Secret::token);
        const std::string signing = secret(row, "signing_secret_file", Secret::signing);
        if (!signing.empty()) {
            const Result<std::string> key = config_toml::signing_key(signing);
            if (key) {
                source.signing_secret = *key;
            } else {
                row.wrong("signing_secret_file", key.error().what,
                          "Permitted: a Standard Webhooks secret.");
            }
        }
        if (!row.has("bearer_file") && !row.has("signing_secret_file")) {
            row.wrong("", "proves itself by nothing",
                      "Give `bearer_file`, `signing_secret_file`, or both.");
        }
        source.boards = known_boards(row);
        settings_.sources.push_back(std::move(source));
    }

    void read_token(Row& row) {
        TokenSettings token;
        token.name = row.required("name");
        once(row, "token", "name", token.name);
        token.role = row.choice("role", {"reader", "officer-desk", "operator"});
        row.required("token_file");
        token.token = secret(row, "token_file", Secret::token);
        token.boards = known_boards(row);
        settings_.tokens.push_back(std::move(token));
    }

    void once(Row& row, const std::string& table, const char* key, const std::string& name) {
        if (seen_.insert(table + "/" + name).second) return;
        row.wrong(key, "a second " + table + " is called \"" + name + "\"",
                  "Give each its own name.");
    }

    std::vector<std::string> known_boards(Row& row) {
        std::vector<std::string> known;
        for (const BoardSettings& board : settings_.boards) known.push_back(board.id);
        std::vector<std::string> given = row.texts("boards");
        for (const std::string& id : given) {
            if (std::find(known.begin(), known.end(), id) != known.end()) continue;
            const std::string near = nearest(id, known);
            row.wrong("boards", "unknown board \"" + id + "\"",
                      near.empty() ? "Permitted: the id of a [[board]]."
                                   : "Did you mean \"" + near + "\"?");
        }
        return given;
    }

    // The secret a key's file holds; empty, with a finding, when there is none to be had. In the
    // sandbox one that is ours to choose is made up when its file does not exist.
    std::string secret(Row& row, const char* key, Secret kind) {
        const std::string name = row.text(key);
        if (name.empty() || settings_.data_dir.empty()) return {};
        const std::string path = in_data(name);
        Result<std::string> text = config_toml::read_secret(path);
        if (!text && text.error().code == Code::not_found && settings_.sandbox &&
            kind != Secret::given) {
            const Done made = make_up(path, kind);
            text = made ? config_toml::read_secret(path) : Result<std::string>(made.error());
        }
        if (!text) {
            row.wrong(key, path + " " + text.error().what,
                      "Permitted: a file with the secret alone, mode 0600 or 0640.");
            return {};
        }
        if (kind == Secret::token && text->size() < shortest_token) {
            row.wrong(key, path + " holds fewer than 16 characters",
                      "Permitted: a long random token.");
        }
        return *text;
    }

    static Done make_up(const std::string& path, Secret kind) {
        const Result<std::string> text = kind == Secret::signing
                                             ? config_toml::random_signing_secret()
                                             : config_toml::random_token();
        if (!text) return text.error();
        return config_toml::make_secret(path, *text);
    }

    toml_reader::Report report_;
    toml_reader::Document document_;
    const Overrides& overrides_;
    std::string file_;
    Settings settings_;
    std::set<std::string> seen_;
};

}  // namespace

Loaded<Settings> load_settings(const std::string& file, const Overrides& overrides) {
    return Reader(file, overrides).read();
}

}  // namespace stageclock
