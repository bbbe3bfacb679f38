// SPDX-License-Identifier: MIT
#include "adapters/policy/toml/overlay_text.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include <toml++/toml.h>

namespace stageclock::policy_toml {
namespace {

constexpr const char* head =
    "# What this board's directory has beyond the published one: addresses, people, hours, "
    "absences.\n"
    "# Written by `stageclock directory import`. It may be edited by hand; comments are lost at "
    "the\n"
    "# next import, which keeps the file as it was beside it, with the ending .before.\n";

// The order people read tables and keys in; others follow by letter.
using Order = std::vector<std::string_view>;
const Order order_of_tables{"directory", "board", "agency", "post", "delegate"};
const Order order_of_keys{"id",       "version",  "name",     "agency",         "role",
                          "title",    "holder",   "address",  "more_addresses", "phone",
                          "channels", "accounts", "window",   "audience",       "unit",
                          "case_status",
                          "subject",  "area",     "deputy",   "absent",         "from",
                          "to",       "required", "assumed",  "clauses"};

std::vector<std::string> keys_of(const toml::table& table, const Order& order = order_of_keys) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : table) keys.emplace_back(key.str());
    const auto place_of = [&](const std::string& key) {
        return std::find(order.begin(), order.end(), key) - order.begin();
    };
    std::stable_sort(keys.begin(), keys.end(),
                     [&](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
    return keys;
}

std::string quoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            result += "\\u00";
            result += digits[byte >> 4U];
            result += digits[byte & 0xFU];
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string value_text(const toml::node& node);

std::string inline_table(const toml::table& table) {
    std::string text;
    for (const std::string& key : keys_of(table)) {
        text += (text.empty() ? " " : ", ") + key + " = " + value_text(*table.get(key));
    }
    return "{" + text + (text.empty() ? "}" : " }");
}

std::string value_text(const toml::node& node) {
    if (const auto* text = node.as_string()) return quoted(text->get());
    if (const auto* table = node.as_table()) return inline_table(*table);
    if (const auto* list = node.as_array()) {
        std::string text;
        for (const toml::node& item : *list) text += (text.empty() ? "" : ", ") + value_text(item);
        return "[" + text + "]";
    }
    std::ostringstream out;  // numbers, flags, days
    node.visit([&](const auto& value) { out << value; });
    return out.str();
}

void print_rows(std::string& text, const toml::table& table) {
    for (const std::string& key : keys_of(table)) {
        text += key + " = " + value_text(*table.get(key)) + "\n";
    }
}

std::string print(const toml::table& root) {
    std::string values;
    std::string tables;
    for (const std::string& key : keys_of(root, order_of_tables)) {
        const toml::node& node = *root.get(key);
        const auto* list = node.as_array();
        if (const auto* table = node.as_table()) {
            tables += "\n[" + key + "]\n";
            print_rows(tables, *table);
        } else if (list != nullptr && list->is_homogeneous(toml::node_type::table)) {
            for (const toml::node& row : *list) {
                tables += "\n[[" + key + "]]\n";
                print_rows(tables, *row.as_table());
            }
        } else {
            values += key + " = " + value_text(node) + "\n";
        }
    }
    return head + (values.empty() ? "" : "\n" + values) + tables;
}

toml::array list_of(const std::vector<std::string>& texts) {
    toml::array list;
    for (const std::string& text : texts) list.push_back(text);
    return list;
}

toml::array periods_of(const Post& post) {
    toml::array list;
    for (const Absence& absence : post.absent) {
        list.push_back(toml::table{{"from", to_text(absence.from)}, {"to", to_text(absence.to)}});
    }
    return list;
}

toml::array hours_of(const Post& post) {
    toml::array list;
    for (const Hours& hours : post.window) list.push_back(to_text(hours));
    return list;
}

void set(toml::table& row, const Post& post, const std::string& key) {
    const auto put = [&](auto value) { row.insert_or_assign(key, std::move(value)); };
    if (key == "id") return put(post.id);
    if (key == "agency") return put(post.agency);
    if (key == "role") return put(post.role);
    if (key == "title") return put(post.title);
    if (key == "holder") return put(post.holder);
    if (key == "address") return put(post.address);
    if (key == "more_addresses") return put(list_of(post.more_addresses));
    if (key == "phone") return put(post.phone);
    if (key == "channels") return put(list_of(post.channels));
    if (key == "window") return put(hours_of(post));
    if (key == "audience") return put(std::string("board"));
    if (key == "unit") return put(list_of(post.unit));
    if (key == "case_status") return put(list_of(post.case_status));
    if (key == "subject") return put(list_of(post.subject));
    if (key == "area") return put(list_of(post.area));
    if (key == "deputy") return put(post.deputy);
    if (key == "absent") return put(periods_of(post));
}

// The row of that post; a new one at the end when there is none.
toml::table& row_of(toml::array& posts, const std::string& id) {
    for (toml::node& row : posts) {
        auto* table = row.as_table();
        const auto* named = table == nullptr ? nullptr : table->get_as<std::string>("id");
        if (named != nullptr && named->get() == id) return *table;
    }
    posts.push_back(toml::table{{"id", id}});
    return *posts.back().as_table();
}

}  // namespace

Result<std::string> overlay_with(const std::string& text, const std::string& name,
                                 const std::vector<PostChange>& changes) {
    toml::table root;
    try {
        root = toml::parse(text);
    } catch (const toml::parse_error& error) {
        return Error{Code::invalid_input, std::string(error.description()),
                     name + ":" + std::to_string(error.source().begin.line)};
    }
    if (root.get_as<toml::array>("post") == nullptr) root.insert_or_assign("post", toml::array{});
    toml::array& posts = *root.get_as<toml::array>("post");
    for (const PostChange& change : changes) {
        toml::table& row = row_of(posts, change.post.id);
        for (const FieldChange& field : change.fields) set(row, change.post, field.key);
    }
    return print(root);
}

}  // namespace stageclock::policy_toml
