// SPDX-License-Identifier: MIT
#include <algorithm>

#include "adapters/policy/toml/common_rows.h"
#include "adapters/policy/toml/rows.h"
#include "bot/core/nearest.h"

namespace stageclock::policy_toml {
namespace {

using toml_reader::Row;

// The row of that id; a new one at the end when there is none.
template <class Value>
Value& place_for(std::vector<Value>& values, const std::string& id) {
    const auto known = std::find_if(values.begin(), values.end(),
                                    [&](const Value& value) { return value.id == id; });
    if (known != values.end()) return *known;
    values.emplace_back();
    values.back().id = id;
    return values.back();
}

// The list a row gives, or the one that stood before.
std::vector<std::string> texts(Row& row, const char* key, const std::vector<std::string>& before) {
    std::vector<std::string> given = row.texts(key);
    return row.has(key) ? given : before;
}

std::string text_or_required(Row& row, const char* key, const std::string& before) {
    return before.empty() ? row.required(key) : row.text(key, before);
}

void read_agency(Row& row, Agency& agency) {
    agency.name = text_or_required(row, "name", agency.name);
    agency.aliases = texts(row, "aliases", agency.aliases);
    agency.kind = row.text("kind", agency.kind);
    agency.clauses = texts(row, "clauses", agency.clauses);
}

Audience read_audience(Row& row, Audience before) {
    const std::string audience = row.choice("audience", {"officer", "board", "chat"});
    if (!row.has("audience")) return before;
    return audience == "board"  ? Audience::board
           : audience == "chat" ? Audience::chat
                                : Audience::officer;
}

void check_contact(Row& row, const Post& post) {
    if (!post.address.empty() && !is_address(post.address)) {
        row.wrong("address", "is not an email address",
                  "Permitted: one address, such as name@example.org.");
    }
    for (const std::string& address : post.more_addresses) {
        if (is_address(address)) continue;
        row.wrong("more_addresses", "one of them is not an email address",
                  "Permitted: addresses such as name@example.org.");
    }
    for (const std::string& channel : post.channels) {
        if (is_channel(channel)) continue;
        row.wrong("channels", "\"" + channel + "\" names no channel",
                  "Permitted: \"mail\", \"sms\", and channel and name of a [[chat]] of the "
                  "settings, such as \"teams:board\".");
    }
    for (const std::string& account : post.accounts) {
        if (is_account(account)) continue;
        row.wrong("accounts", "one of them is no account",
                  "Permitted: a channel and the person's id there, such as \"slack:U0123ABCD\".");
    }
}

void check_agency(Row& row, const Post& post, const Directory& directory) {
    std::vector<std::string> ids;
    for (const Agency& agency : directory.agencies) {
        if (agency.id == post.agency || post.agency.empty()) return;
        ids.push_back(agency.id);
    }
    if (post.agency.empty()) return;
    const std::string near = nearest(post.agency, ids);
    row.wrong("agency", "unknown agency \"" + post.agency + "\"",
              near.empty() ? "Permitted: the id of an [[agency]]; none: a post of the board."
                           : "Did you mean \"" + near + "\"?");
}

std::vector<Absence> read_absences(Row& row) {
    std::vector<Absence> absences;
    for (Row& absent : row.rows("absent", "post.absent")) {
        const auto from = absent.date("from");
        const auto to = absent.date("to");
        if (!from || !to || *to < *from) {
            absent.wrong("", "is no period", "Permitted: `from` and `to`, such as \"2026-12-24\".");
        } else {
            absences.push_back({*from, *to});
        }
    }
    return absences;
}

Delegate read_delegate(Row row, const Directory& directory) {
    Delegate delegate{.agency = row.required("agency"),
                      .role = row.required("role"),
                      .to = row.required("to"),
                      .to_role = row.text("to_role"),
                      .clauses = row.texts("clauses")};
    const bool known = std::any_of(directory.agencies.begin(), directory.agencies.end(),
                                   [&](const Agency& agency) { return agency.id == delegate.to; });
    if (!delegate.to.empty() && !known) {
        row.wrong("to", "unknown agency \"" + delegate.to + "\"",
                  "Permitted: the id of an [[agency]].");
    }
    return delegate;
}

void read_post(Row& row, Post& post, const Directory& directory) {
    post.agency = row.text("agency", post.agency);
    post.role = text_or_required(row, "role", post.role);
    post.title = text_or_required(row, "title", post.title);
    post.holder = row.text("holder", post.holder);
    post.address = row.text("address", post.address);
    post.phone = row.text("phone", post.phone);
    post.more_addresses = texts(row, "more_addresses", post.more_addresses);
    post.channels = texts(row, "channels", post.channels);
    post.accounts = texts(row, "accounts", post.accounts);
    const auto window = read_hours(row, "window");
    if (row.has("window")) post.window = window;
    post.audience = read_audience(row, post.audience);
    post.unit = texts(row, "unit", post.unit);
    post.case_status = texts(row, "case_status", post.case_status);
    post.subject = texts(row, "subject", post.subject);
    post.area = texts(row, "area", post.area);
    post.deputy = row.text("deputy", post.deputy);
    if (row.has("absent")) post.absent = read_absences(row);
    post.required = row.flag("required", post.required);
    post.assumed = row.flag("assumed", post.assumed);
    post.clauses = texts(row, "clauses", post.clauses);
    check_agency(row, post, directory);
    check_contact(row, post);
}

void check_twice(Row& row, const char* kind, const std::string& id, std::set<std::string>& seen) {
    if (seen.insert(std::string(kind) + "/" + id).second) return;
    row.wrong("id", std::string("a second ") + kind + " has the id \"" + id + "\" in this file",
              "Give each its own id.");
}

void read_rows(Row root, Directory& directory) {
    if (auto head = root.table("directory")) {
        directory.version = text_or_required(*head, "version", directory.version);
    }
    std::set<std::string> seen;
    for (Row& row : root.rows("agency")) {
        const std::string id = row.required("id");
        check_twice(row, "agency", id, seen);
        read_agency(row, place_for(directory.agencies, id));
    }
    for (Row& row : root.rows("post")) {
        const std::string id = row.required("id");
        check_twice(row, "post", id, seen);
        read_post(row, place_for(directory.posts, id), directory);
    }
    for (const Row& row : root.rows("delegate")) {
        directory.delegates.push_back(read_delegate(row, directory));
    }
}

}  // namespace

void read_directory(const std::string& file, Directory& directory, toml_reader::Report& report) {
    toml_reader::Document document(file, report);
    if (!document.usable()) return;
    read_rows(document.root(), directory);
    document.report_unknown_keys();
}

void read_overlay(const std::string& file, BoardData& data, toml_reader::Report& report) {
    toml_reader::Document document(file, report);
    if (!document.usable()) return;
    Row root = document.root();
    if (auto board = root.table("board")) {
        data.board.stage_copies = texts(*board, "stage_copies", data.board.stage_copies);
        data.board.mail_domains = texts(*board, "mail_domains", data.board.mail_domains);
        read_choices(*board, data.board);
    }
    read_rows(root, data.directory);
    document.report_unknown_keys();
}

}  // namespace stageclock::policy_toml
