// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

namespace stageclock {

// The configuration, read and checked: docs/running.md lists every key. Secrets are already read
// from their files; printing a Settings is forbidden.

struct SourceSettings {   // who may post webhooks
    std::string id;       // the last part of /hooks/v1/ID
    std::string bearer;   // token; empty: not accepted
    std::string signing_secret;   // raw bytes of a Standard Webhooks secret; empty: not accepted
    std::vector<std::string> boards;  // empty: all
};

struct TokenSettings {    // who may read
    std::string name;
    std::string role;     // "reader": cases without people; "officer-desk": whole; "operator": all
    std::string token;
    std::vector<std::string> boards;  // empty: all
};

struct BoardSettings {
    std::string id;
    std::string policy;               // folder
    std::vector<std::string> directories;  // overlays on the published directory, later ones win
    std::vector<std::string> earlier = {};  // folders of earlier policy versions in use
    std::string templates = {};  // folder whose files take the place of the defaults; empty: none
};

struct SmtpSettings {
    std::string url;        // "smtp://mail.example.org:587"; empty: no mail leaves
    std::string tls = "starttls";     // "starttls", "tls", "none" (loopback only)
    std::string ca_file;    // empty: the system's
    std::string user;
    std::string password;
    bool oauth2 = false;    // log in with a token of OauthSettings instead of the password
    int connections = 4;
    // Domains, with those below them, to whose people mail must travel over TLS all the way, and
    // whether a relay that cannot promise that is refused (RFC 8689).
    std::vector<std::string> require_tls{"gov.uk", "nhs.net", "police.uk"};
    bool require_tls_always = false;
};

struct ImapSettings {         // a mailbox on a server; docs/adapters/mail-in.md
    std::string url;          // "imaps://mail.example.org:993"; empty: none
    std::string tls = "starttls";     // as of SmtpSettings
    std::string ca_file;
    std::string user;
    std::string password;
    bool oauth2 = false;
    std::string folder = "INBOX";
    std::string done_folder = "Handled";
    std::string aside_folder = "Aside";
    int poll_seconds = 60;    // looked at least this often, whatever the server tells
    bool import_existing = false;     // take what is there at the first connect
};

struct OauthSettings {      // client credentials for the mail servers (RFC 6749 section 4.4)
    std::string token_url;  // empty: none
    std::string client_id;
    std::string client_secret;
    std::string scope;
    std::string ca_file;    // empty: the system's
};

// One destination of a chat channel; docs/channels.md says which channel needs what.
struct ChatSettings {
    std::string name;     // what "teams:NAME" in a post's `channels` refers to
    std::string channel;  // "teams", "slack", ...
    std::string url;      // secret: kept byte for byte
    std::string app;      // id of a ChatAppSettings that posts there; empty: the url says it all
    std::string to;       // with an app: the platform's name of the room ("C0123ABCD")
    std::string secret;   // what messages to the url are signed with; empty: nothing
};

// Our membership of a chat platform: how we post there, and how what its people write reaches us.
struct ChatAppSettings {
    std::string id;       // the last part of /chat/v1/ID
    std::string channel;  // "slack", "teams-bot", ...
    std::string url;      // of the platform's API; empty: the public one
    std::string token;    // we prove ourselves with; empty: none
    std::string secret;   // the platform proves itself with; empty: nothing is taken in
    std::string client_id;
    std::string tenant;
    std::vector<std::string> boards;  // whose cases it may speak of; empty: all
    std::vector<std::string> hosts;   // that may be called because a message names them
    bool unproven = false;            // takes calls without proof: on loopback only, to try it out
};

struct NotifySettings {     // GOV.UK Notify
    std::string api_key;    // empty: not used
    std::string url;        // empty: the public one
    std::string mail_template;  // id of the template for emails; empty: no channel "notify-mail"
    std::string sms_template;   // empty: no channel "sms"
    std::string callback_token;  // that its callbacks bear; empty: none are taken
    std::string mail_reply_to;   // id of an address for answers; empty: the service's own
};

struct WebSettings {        // calls we make to other people's HTTP servers
    std::string proxy;      // "http://proxy.example.org:3128"; empty: none
    std::vector<std::string> local_hosts;  // hosts of our own network that may be called
    std::string ca_file;    // empty: the system's
};

struct Settings {
    std::string data_dir;
    bool sandbox = false;
    bool live = false;                // delivery = "live"; else everything is captured
    std::string listen = "127.0.0.1:8080";   // or "unix:/run/stageclock/http.sock"
    bool allow_public_bind = false;
    std::string public_url;           // what links in mails start with
    std::string mail_from;            // "stageclock@example.org"
    std::string mail_from_name;
    std::string mail_subject_prefix;  // "[secure]", before every subject; empty: none
    // Between the local part and the token of an address people answer to ("+"); empty: none.
    std::string mail_separator = "+";
    std::string maildir;              // watched for mail; empty: none
    std::string authserv_id;          // whose Authentication-Results to believe; empty: none
    std::string calendar;             // bank-holiday file
    std::string templates;            // folder
    bool log_json = false;
    std::vector<BoardSettings> boards;
    std::vector<SourceSettings> sources;
    std::vector<TokenSettings> tokens;
    std::vector<ChatSettings> chats;
    std::vector<ChatAppSettings> chat_apps;
    NotifySettings notify;
    WebSettings web;
    SmtpSettings smtp;
    ImapSettings imap;
    OauthSettings oauth;
};

}  // namespace stageclock
