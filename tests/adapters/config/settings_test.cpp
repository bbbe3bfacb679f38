// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "adapters/registry.h"
#include "tests/adapters/config/installation.h"

namespace stageclock {
namespace {

using namespace testing;
namespace fs = std::filesystem;

TEST_CASE("a live installation without a mistake is read completely") {
    const Installation installation;
    const auto loaded = installation.load(sound_settings);
    CAPTURE(told(loaded));
    REQUIRE(loaded.findings.empty());
    const Settings& settings = loaded.value;
    CHECK(settings.live);
    CHECK_FALSE(settings.sandbox);
    CHECK(settings.maildir == installation.folder.path("data") + "/intake");
    CHECK(settings.smtp.password == "secret words");
    REQUIRE(settings.sources.size() == 1);
    CHECK(settings.sources[0].bearer == a_token);
    CHECK(settings.sources[0].signing_secret == "0123456789abcdef01234567");
    REQUIRE(settings.tokens.size() == 1);
    CHECK(settings.tokens[0].token == a_token);
    REQUIRE(settings.chats.size() == 1);
    CHECK(settings.chats[0].url == "https://chat.example.org/hook?sig=1%2F2");
}

struct Mistake {
    const char* from;
    const char* to;
    std::string reads;  // part of a finding, from its line on
};

const std::vector<Mistake> mistakes{
    {"listen =", "lisen =", ":3: server, lisen: unknown key. Did you mean \"listen\"?"},
    {"127.0.0.1:8080", "0.0.0.0:8080", ":3: [server] listen: listens to other machines. "},
    {"127.0.0.1:8080", "8080", ":3: [server] listen: is not an address to listen on. "},
    {"127.0.0.1:8080", "127.0.0.1:70000", ":3: [server] listen: is not an address"},
    {"https://stageclock.example.org", "stageclock.example.org", ":4: [server] public_url: is not"},
    {"dir = \"DATA\"", "# DATA", ":5: [data] dir: is missing. "},
    {"stageclock@example.org", "nobody", ":8: [mail] from: is not an email address. "},
    {"smtp://mail.example.org:587", "mail.example.org", ":12: [smtp] url: is not a mail server. "},
    {"user = \"stageclock\"\n", "", "smtp, user: needs a password, and a password a user. "},
    {"user = \"stageclock\"", "user = \"stageclock\"\ntls = \"none\"",
     ":14: [smtp] tls: leaves mail unprotected on its way. "},
    {"user = \"stageclock\"", "user = \"stageclock\"\nconnections = 900",
     ":14: smtp, connections: 900 is out of range. Permitted: 1 to 64."},
    {"user = \"stageclock\"", "user = \"stageclock\"\ntls = \"startls\"",
     ":14: smtp, tls: unknown value \"startls\". Did you mean \"starttls\"?"},
    {"authserv_id = \"mx.example.org\"\n", "",
     "[mail] authserv_id: is missing, and mail is taken in. "},
    {"id = \"case-system\"", "id = \"chat\"",
     ":19: source chat, id: is the name of a source of our own. "},
    {"id = \"case-system\"", "id = \"mail\"",
     ":19: source mail, id: is the name of a source of our own. "},
    {"maildir = \"intake\"\n", "maildir = \"intake\"\nseparator = \"#\"\n",
     ":10: mail, separator: is nothing mail servers split an address at. Permitted: "},
    {"delivery = \"live\"", "delivery = \"on\"", ":1: delivery: unknown value \"on\". "},
    {"delivery = \"live\"", "delivery = \"live\"\nsandbox = true",
     ":1: delivery: is \"live\" in a sandbox. "},
    {"url = \"smtp://mail.example.org:587\"\n", "",
     "[smtp] url: is missing, and delivery is \"live\". "},
    {"boards = [\"camden\"]", "boards = [\"camdn\"]",
     ":22: source case-system, boards: unknown board \"camdn\". Did you mean \"camden\"?"},
    {"bearer_file = \"bearer\"\nsigning_secret_file = \"signing\"\n", "",
     ":18: source case-system: proves itself by nothing. "},
    {"signing_secret_file = \"signing\"", "signing_secret_file = \"token\"",
     ":21: source case-system, signing_secret_file: does not begin with \"whsec_\". "},
    {"token_file = \"token\"", "token_file = \"absent\"", "token office, token_file: "},
    {"token_file = \"token\"", "", ":23: token office, token_file: is missing. "},
    {"role = \"officer-desk\"", "role = \"admin\"",
     ":25: token office, role: unknown value \"admin\". Permitted: \"reader\", "
     "\"officer-desk\", \"operator\"."},
    {"url_file = \"chat\"", "url_file = \"token\"",
     "chat duty, url_file: holds no https address. "},
    {"[[chat]]", "[[board]]\nid = \"camden\"\npolicy = \"x\"\n[[chat]]",
     "board camden, id: a second board is called \"camden\". "},
    {"[[board]]\nid = \"camden\"\npolicy = \"policies/camden\"\n", "",
     "board: no board is served. "},
    {"[data]", "[files]\ncalendar = \"no/such.json\"\n[data]",
     ":6: [files] calendar: there is no such file. "},
    {"[data]", "[files]\ntemplates = \"no-such\"\n[data]",
     ":6: [files] templates: there is no such folder. "},
    {"[[chat]]", "[[chats]]", ":27: chats: unknown key. Did you mean \"chat\"?"},
};

TEST_CASE("each mistake of the settings is told with file, line and key") {
    const Installation installation;
    for (const Mistake& mistake : mistakes) {
        const auto loaded = installation.load(replaced(sound_settings, mistake.from, mistake.to));
        const std::string all = told(loaded);
        CAPTURE(mistake.reads);
        CAPTURE(all);
        CHECK(all.find(mistake.reads) != std::string::npos);
    }
}

// The same, with a mailbox at a council instead of a Maildir, and tokens.
std::string mailbox_settings() {
    auto text = replaced(sound_settings, "maildir = \"intake\"\n", "");
    text = replaced(text, "[smtp]", R"([mail.imap]
url = "imaps://outlook.example.org:993"
auth = "oauth2"
user = "intake@example.org"
folder = "INBOX"
poll_seconds = 30
[oauth]
token_url = "https://login.example.org/token"
client_id = "our-id"
client_secret_file = "password"
scope = "https://outlook.example.org/.default"
[smtp])");
    return replaced(text, "user = \"stageclock\"\npassword_file = \"password\"",
                    "user = \"intake@example.org\"\nauth = \"oauth2\"");
}

TEST_CASE("a mailbox and the tokens for it are read completely") {
    const Installation installation;
    const auto loaded = installation.load(mailbox_settings());
    CAPTURE(told(loaded));
    REQUIRE(loaded.findings.empty());
    const ImapSettings& imap = loaded.value.imap;
    CHECK(imap.url == "imaps://outlook.example.org:993");
    CHECK(imap.oauth2);
    CHECK(imap.user == "intake@example.org");
    CHECK(imap.password.empty());
    CHECK(imap.done_folder == "Handled");
    CHECK(imap.aside_folder == "Aside");
    CHECK(imap.poll_seconds == 30);
    CHECK_FALSE(imap.import_existing);
    CHECK(loaded.value.smtp.oauth2);
    CHECK(loaded.value.oauth.token_url == "https://login.example.org/token");
    CHECK(loaded.value.oauth.client_secret == "secret words");
    CHECK(loaded.value.oauth.scope == "https://outlook.example.org/.default");
}

const std::vector<Mistake> mailbox_mistakes{
    {"[mail.imap]", "maildir = \"intake\"\n[mail.imap]",
     ":10: [mail] maildir: is there beside [mail.imap]. "},
    {"imaps://outlook.example.org:993", "https://outlook.example.org",
     ":11: mail, imap, url: is not a mail server. "},
    {"imaps://outlook.example.org:993\"", "imap://outlook.example.org\"\ntls = \"none\"",
     "mail, imap, tls: leaves mail unprotected on its way. "},
    {"authserv_id = \"mx.example.org\"\n", "",
     "[mail] authserv_id: is missing, and mail is taken in. "},
    {"folder = \"INBOX\"", "password_file = \"password\"",
     "mail, imap, auth: logs in with a token: it needs a user and no password. "},
    {"auth = \"oauth2\"\nuser = \"intake@example.org\"\nfolder", "user = \"intake\"\nfolder",
     "mail, imap, user: needs a password, and a password a user. "},
    {"token_url = \"https://login.example.org/token\"", "", "oauth, token_url: is missing. "},
    {"https://login.example.org", "http://login.example.org",
     "[oauth] token_url: is not an https address. "},
    {"poll_seconds = 30", "poll_seconds = 1",
     "mail, imap, poll_seconds: 1 is out of range. Permitted: 5 to 3600."},
    {"folder = \"INBOX\"", "foldr = \"INBOX\"",
     "mail, imap, foldr: unknown key. Did you mean \"folder\"?"},
};

TEST_CASE("each mistake about the mailbox is told with its key") {
    const Installation installation;
    for (const Mistake& mistake : mailbox_mistakes) {
        const auto loaded =
            installation.load(replaced(mailbox_settings(), mistake.from, mistake.to));
        const std::string all = told(loaded);
        CAPTURE(mistake.reads);
        CAPTURE(all);
        CHECK(all.find(mistake.reads) != std::string::npos);
    }
}

// GOV.UK Notify instead of a mail server, and a webhook instead of Teams.
std::string notify_settings() {
    auto text = replaced(sound_settings,
                         "[smtp]\nurl = \"smtp://mail.example.org:587\"\nuser = \"stageclock\"\n"
                         "password_file = \"password\"\n",
                         "[govuk_notify]\napi_key_file = \"key\"\nmail_template = \"m\"\n"
                         "sms_template = \"s\"\ncallback_token_file = \"token\"\n");
    return replaced(text, "channel = \"teams\"",
                    "channel = \"webhook\"\nsecret_file = \"signing\"");
}

TEST_CASE("GOV.UK Notify may carry the mail where no mail server is named") {
    const Installation installation;
    installation.folder.write("data/key",
                              "name-26785a09-ab16-4eb0-8407-a37497a57506-"
                              "3d844edf-8d35-48ac-975b-e847b4f122b0\n");
    const auto loaded = installation.load(notify_settings());
    CAPTURE(told(loaded));
    REQUIRE(loaded.findings.empty());
    CHECK(loaded.value.notify.mail_template == "m");
    CHECK(loaded.value.notify.callback_token == a_token);
    CHECK(loaded.value.chats[0].secret == a_signing_secret);
    const std::vector<Mistake> wrong{
        {"mail_template = \"m\"\n", "", "[smtp] url: is missing, and delivery is \"live\". "},
        {"mail_template = \"m\"\nsms_template = \"s\"\n", "", "names no template. "},
        {"api_key_file = \"key\"", "api_key_file = \"token\"",
         "api_key_file: holds no API key of GOV.UK Notify. "},
        {"\nsecret_file = \"signing\"", "", "secret_file: holds no secret to sign with. "},
        {"secret_file = \"signing\"\nurl", "secret_file = \"token\"\nurl",
         "secret_file: holds no secret to sign with. "}};
    for (const Mistake& mistake : wrong) {
        CAPTURE(mistake.reads);
        const std::string all =
            told(installation.load(replaced(notify_settings(), mistake.from, mistake.to)));
        CAPTURE(all);
        CHECK(all.find(mistake.reads) != std::string::npos);
    }
}

TEST_CASE("a settings file that is absent or no TOML is one finding") {
    const ScratchFolder folder;
    CHECK(load_settings(folder.path("absent.toml"), {}).findings.size() == 1);
    const auto loaded =
        load_settings(folder.write("bad.toml", "delivery = \"live\"\n[server\n"), {});
    REQUIRE(loaded.findings.size() == 1);
    CHECK(loaded.findings[0].line == 2);
}

TEST_CASE("no finding repeats what stands in a secret's file") {
    const Installation installation;
    installation.folder.write("data/signing", "whsec_canary!canary");
    installation.folder.write("data/token", "canary");
    installation.folder.write("data/chat", "http://canary.example.org");
    const auto loaded = installation.load(sound_settings);
    CHECK(loaded.findings.size() == 3);
    CHECK(told(loaded).find("canary") == std::string::npos);
}

TEST_CASE("a secret everybody may read, an empty one and a folder are refused") {
    const Installation installation;
    fs::permissions(installation.folder.path("data/token"), fs::perms::others_read,
                    fs::perm_options::add);
    CHECK(told(installation.load(sound_settings)).find("may be read or written by everybody") !=
          std::string::npos);
    installation.folder.write("data/token", " \n");
    CHECK(told(installation.load(sound_settings)).find("is empty") != std::string::npos);
    fs::remove(installation.folder.path("data/token"));
    fs::create_directory(installation.folder.path("data/token"));
    CHECK(told(installation.load(sound_settings)).find("is not a regular file") !=
          std::string::npos);
}

TEST_CASE("the command line's data folder and port stand above the file's") {
    const Installation installation;
    const std::string text = replaced(sound_settings, "dir = \"DATA\"", "dir = \"/nowhere/DATA\"");
    const auto loaded = installation.load(text, {installation.folder.path("data"), 9090});
    CAPTURE(told(loaded));
    CHECK(loaded.findings.empty());
    CHECK(loaded.value.listen == "127.0.0.1:9090");
    CHECK(loaded.value.data_dir == installation.folder.path("data"));
}

TEST_CASE("the sandbox makes up its missing secrets once, for its owner alone") {
    const ScratchFolder folder;
    const std::string data = folder.path("new/data");
    const auto first = load_settings("config/sandbox.toml", {data, 0});
    CAPTURE(told(first));
    REQUIRE(first.findings.empty());
    REQUIRE(first.value.sources.size() == 1);
    REQUIRE(first.value.tokens.size() == 1);
    CHECK(first.value.tokens[0].token.size() == 64);
    CHECK(first.value.sources[0].signing_secret.size() == 32);
    CHECK(first.value.sources[0].bearer != first.value.tokens[0].token);
    for (const char* name : {"case-system.bearer", "case-system.signing", "operator.token"}) {
        const auto mode = fs::status(fs::path(data) / "secrets" / name).permissions();
        CHECK(mode == (fs::perms::owner_read | fs::perms::owner_write));
    }
    const auto second = load_settings("config/sandbox.toml", {data, 0});
    CHECK(second.value.tokens[0].token == first.value.tokens[0].token);
    CHECK(second.value.sources[0].signing_secret == first.value.sources[0].signing_secret);
}

TEST_CASE("the delivered sandbox captures, listens on this machine and serves both boards") {
    const ScratchFolder folder;
    const auto loaded = load_settings("config/sandbox.toml", {folder.path(), 8181});
    REQUIRE(loaded.findings.empty());
    const Settings& settings = loaded.value;
    CHECK(settings.sandbox);
    CHECK_FALSE(settings.live);
    CHECK(settings.smtp.url.empty());
    CHECK(settings.listen == "127.0.0.1:8181");
    CHECK(settings.public_url == "http://127.0.0.1:8181");
    CHECK(settings.maildir == folder.path("intake"));
    REQUIRE(settings.boards.size() == 5);
    CHECK(settings.boards.front().id == "barnet");
    CHECK(settings.boards.back().id == "north-somerset");
}

TEST_CASE("a live installation never makes up a secret") {
    const Installation installation;
    fs::remove(installation.folder.path("data/token"));
    const auto loaded = installation.load(sound_settings);
    CHECK(told(loaded).find("does not exist") != std::string::npos);
    CHECK_FALSE(fs::exists(installation.folder.path("data/token")));
}

TEST_CASE("the example has only its secrets missing on a fresh machine") {
    const ScratchFolder folder;
    const auto loaded = load_settings("config/example.toml", {folder.path(), 0});
    CAPTURE(told(loaded));
    CHECK_FALSE(loaded.findings.empty());
    for (const Finding& finding : loaded.findings) {
        CHECK(finding.what.find("does not exist") != std::string::npos);
    }
}

}  // namespace
}  // namespace stageclock
