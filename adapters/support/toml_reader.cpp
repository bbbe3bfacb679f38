// SPDX-License-Identifier: MIT
#include "adapters/support/toml_reader.h"

#include <deque>
#include <fstream>

#include <toml++/toml.h>

#include "bot/core/nearest.h"

namespace stageclock {

std::string to_text(const Finding& finding) {
    std::string text = finding.file;
    if (finding.line > 0) text += ":" + std::to_string(finding.line);
    text += ": ";
    if (!finding.field.empty()) text += finding.field + ": ";
    text += finding.what;
    if (!finding.permitted.empty()) text += ". " + finding.permitted;
    return text;
}

namespace toml_reader {

// A table being read: which keys were asked for, and what to call it in findings.
struct RowState {
    const toml::table* table = nullptr;
    std::string name;   // "stage": the table's key, for Report::keys
    std::string label;  // "stage 2": for people; empty for the root
    std::string file;
    Report* report = nullptr;
    std::deque<RowState>* all = nullptr;
    std::set<std::string> asked;
    int line = 0;
};

namespace {

constexpr std::size_t largest_file = 4 * 1024 * 1024;

std::string kind_of(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::string:
            return "a text";
        case toml::node_type::integer:
            return "a whole number";
        case toml::node_type::floating_point:
            return "a number";
        case toml::node_type::boolean:
            return "true or false";
        case toml::node_type::array:
            return "a list";
        case toml::node_type::table:
            return "a table";
        default:
            return "a date or time without quotes";
    }
}

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

std::string field_of(const RowState& row, const std::string& key) {
    if (key.empty()) return row.label;
    return row.label.empty() ? key : row.label + ", " + key;
}

void record(RowState& row, const std::string& key, int line, std::string what,
            std::string permitted) {
    row.report->findings.push_back(
        {row.file, line, field_of(row, key), std::move(what), std::move(permitted)});
}

// The value of a key, which is hereby known to be one.
const toml::node* ask(RowState& row, const char* key) {
    row.asked.insert(key);
    row.report->keys.insert(row.name.empty() ? key : row.name + "." + key);
    return row.table == nullptr ? nullptr : row.table->get(key);
}

void wrong_type(RowState& row, const std::string& key, const toml::node& node,
                const char* permitted) {
    record(row, key, line_of(node), "is " + kind_of(node),
           std::string("Permitted: ") + permitted + ".");
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "\"" : ", \"") + word + "\"";
    return text;
}

// What people call a row: by its id, else by its place in the file.
std::string label_of(const toml::table& table, const std::string& key, std::size_t index) {
    for (const char* naming : {"id", "name", "clause"}) {
        if (const auto* text = table.get_as<std::string>(naming)) return key + " " + text->get();
    }
    return key + " " + std::to_string(index + 1);
}

// A row of a list is found again by what people call it: its id, else its place in the file. A
// table there is one of has no such word.
void note_places(const RowState& row) {
    const std::size_t before = row.name.size() + 1;
    const std::string place =
        row.name + "/" + (row.label.size() > before ? row.label.substr(before) : "");
    row.report->places[place] = {row.file, row.line};
    for (const auto& [key, node] : *row.table) {
        row.report->places[place + "/" + std::string(key.str())] = {row.file, line_of(node)};
    }
}

Row make_row(RowState& parent, const std::string& key, const char* name, const toml::table& table,
             std::string label) {
    RowState row;
    row.table = &table;
    row.name = name;
    row.label = parent.label.empty() ? std::move(label) : parent.label + ", " + key;
    row.file = parent.file;
    row.report = parent.report;
    row.all = parent.all;
    row.line = line_of(table);
    if (parent.label.empty()) note_places(row);
    parent.all->push_back(std::move(row));
    return Row(&parent.all->back());
}

std::optional<std::string> read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::string bytes(largest_file + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (in.bad() || static_cast<std::size_t>(in.gcount()) > largest_file) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

}  // namespace

Place Report::place(const std::string& table, const std::string& id, const std::string& field,
                    const std::string& file) const {
    const std::string row = table + "/" + id;
    for (const std::string& name : {row + "/" + field, row}) {
        if (const auto found = places.find(name); found != places.end()) return found->second;
    }
    return {file, 0};
}

std::vector<std::string> Row::keys() const {
    std::vector<std::string> all;
    for (const auto& [key, node] : *state_->table) all.emplace_back(key.str());
    return all;
}

bool Row::has(const char* key) const {
    return state_->table != nullptr && state_->table->contains(key);
}

std::string Row::text(const char* key) { return text(key, ""); }

std::string Row::text(const char* key, std::string otherwise) {
    const toml::node* node = ask(*state_, key);
    if (node == nullptr) return otherwise;
    if (const auto* value = node->as_string()) return value->get();
    wrong_type(*state_, key, *node, "a text in quotes");
    return otherwise;
}

std::string Row::required(const char* key) {
    const toml::node* node = ask(*state_, key);
    std::string value = text(key);
    if (node == nullptr) {
        record(*state_, key, state_->line, "is missing", "It is required: a text in quotes.");
    } else if (value.empty() && node->is_string()) {
        record(*state_, key, line_of(*node), "is empty", "It is required: a text in quotes.");
    }
    return value;
}

std::string Row::choice(const char* key, const std::vector<std::string>& permitted) {
    const std::string value = text(key, permitted.front());
    for (const std::string& word : permitted) {
        if (word == value) return value;
    }
    const std::string near = nearest(value, permitted);
    wrong(key, "unknown value \"" + value + "\"",
          (near.empty() ? "" : "Did you mean \"" + near + "\"? ") +
              "Permitted: " + listed(permitted) + ".");
    return permitted.front();
}

std::optional<bool> Row::flag(const char* key) {
    const toml::node* node = ask(*state_, key);
    if (node == nullptr) return std::nullopt;
    if (const auto* value = node->as_boolean()) return value->get();
    wrong_type(*state_, key, *node, "true or false, without quotes");
    return std::nullopt;
}

bool Row::flag(const char* key, bool otherwise) { return flag(key).value_or(otherwise); }

int Row::number(const char* key, int otherwise, int least, int most) {
    const toml::node* node = ask(*state_, key);
    if (node == nullptr) return otherwise;
    const std::string range = std::to_string(least) + " to " + std::to_string(most);
    const auto* value = node->as_integer();
    if (value == nullptr) {
        wrong_type(*state_, key, *node, ("a whole number from " + range).c_str());
        return otherwise;
    }
    if (value->get() < least || value->get() > most) {
        wrong(key, std::to_string(value->get()) + " is out of range", "Permitted: " + range + ".");
        return otherwise;
    }
    return static_cast<int>(value->get());
}

std::vector<std::string> Row::texts(const char* key) {
    std::vector<std::string> values;
    const toml::node* node = ask(*state_, key);
    if (node == nullptr) return values;
    const auto* list = node->as_array();
    if (list == nullptr) {
        wrong_type(*state_, key, *node, "a list of texts, such as [\"one\", \"two\"]");
        return values;
    }
    for (const toml::node& item : *list) {
        if (const auto* value = item.as_string()) {
            values.push_back(value->get());
        } else {
            wrong_type(*state_, key, item, "texts in quotes");
        }
    }
    return values;
}

std::vector<Term> Row::terms(const char* key) {
    std::vector<Term> values;
    for (const std::string& word : texts(key)) {
        if (Result<Term> value = parse_term(word)) {
            values.push_back(*value);
        } else {
            wrong(key, "\"" + word + "\" is not a term", value.error().what);
        }
    }
    return values;
}

std::optional<Term> Row::term(const char* key) {
    const std::string word = text(key);
    if (word.empty()) return std::nullopt;
    const Result<Term> value = parse_term(word);
    if (value) return *value;
    wrong(key, "\"" + word + "\" is not a term", value.error().what);
    return std::nullopt;
}

Term Row::required_term(const char* key) {
    if (!has(key)) required(key);
    return term(key).value_or(Term{});
}

std::optional<TimeOfDay> Row::time_of_day(const char* key) {
    const std::string word = text(key);
    if (word.empty()) return std::nullopt;
    const auto value = parse_time_of_day(word);
    if (!value)
        wrong(key, "\"" + word + "\" is not a time of day", "Permitted: such as \"17:00\".");
    return value;
}

std::optional<Date> Row::date(const char* key) {
    const std::string word = text(key);
    if (word.empty()) return std::nullopt;
    const auto value = parse_date(word);
    if (!value) wrong(key, "\"" + word + "\" is not a day", "Permitted: such as \"2026-12-24\".");
    return value;
}

std::optional<Row> Row::table(const char* key, const char* name) {
    const toml::node* node = ask(*state_, key);
    if (node == nullptr) return std::nullopt;
    if (const auto* table = node->as_table()) return make_row(*state_, key, name, *table, key);
    wrong_type(*state_, key, *node, "a table");
    return std::nullopt;
}

std::vector<Row> Row::rows(const char* key, const char* name) {
    std::vector<Row> rows;
    const toml::node* node = ask(*state_, key);
    if (node == nullptr) return rows;
    const auto* list = node->as_array();
    if (list == nullptr) {
        wrong_type(*state_, key, *node, "a list of tables");
        return rows;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const toml::node& item = *list->get(i);
        if (const auto* table = item.as_table()) {
            rows.push_back(make_row(*state_, key, name, *table, label_of(*table, key, i)));
        } else {
            wrong_type(*state_, key, item, "a table in each place of the list");
        }
    }
    return rows;
}

void Row::wrong(const char* key, std::string what, std::string permitted) {
    const toml::node* node = state_->table == nullptr ? nullptr : state_->table->get(key);
    record(*state_, key, node == nullptr ? state_->line : line_of(*node), std::move(what),
           std::move(permitted));
}

int Row::line() const { return state_->line; }

struct Document::Impl {
    toml::table table;
    std::deque<RowState> rows;  // a deque: handles point into it
    bool usable = false;
};

Document::Document(const std::string& path, Report& report) : impl_(std::make_unique<Impl>()) {
    const std::optional<std::string> bytes = read_file(path);
    if (!bytes) {
        report.findings.push_back(
            {path, 0, "", "cannot be read", "Permitted: a readable TOML file of at most 4 MiB."});
    } else {
        try {
            impl_->table = toml::parse(std::string_view(*bytes), std::string_view(path));
            impl_->usable = true;
        } catch (const toml::parse_error& error) {
            report.findings.push_back({path, static_cast<int>(error.source().begin.line), "",
                                       std::string(error.description()), "See https://toml.io."});
        }
    }
    impl_->rows.emplace_back();
    RowState& root = impl_->rows.back();
    root.table = &impl_->table;
    root.file = path;
    root.report = &report;
    root.all = &impl_->rows;
    root.line = 1;
    note_places(root);
}

Document::~Document() = default;

bool Document::usable() const { return impl_->usable; }

Row Document::root() { return Row(&impl_->rows.front()); }

void Document::report_unknown_keys() {
    for (RowState& row : impl_->rows) {
        const std::vector<std::string> known(row.asked.begin(), row.asked.end());
        for (const auto& [key, node] : *row.table) {
            const std::string name(key.str());
            if (row.asked.contains(name)) continue;
            const std::string near = nearest(name, known);
            record(row, name, static_cast<int>(key.source().begin.line), "unknown key",
                   (near.empty() ? "" : "Did you mean \"" + near + "\"? ") +
                       "Permitted: " + listed(known) + ".");
        }
    }
}

}  // namespace toml_reader
}  // namespace stageclock
