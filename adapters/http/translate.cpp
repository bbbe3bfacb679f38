// SPDX-License-Identifier: MIT
#include "adapters/http/translate.h"

#include <algorithm>

#include "adapters/http/fields.h"
#include "adapters/http/json_value.h"
#include "adapters/http/limits.h"
#include "bot/core/nearest.h"

namespace stageclock::front {
namespace {

using namespace limits;

constexpr std::string_view type_prefix = "stageclock.case.";
// What follows is the operator's and the daemon's own.
constexpr UpdateKind last_for_outsiders = UpdateKind::report_event;

std::vector<std::string> all_types() {
    std::vector<std::string> types;
    for (int i = 0; i <= static_cast<int>(last_for_outsiders); ++i) {
        types.push_back(std::string(type_prefix) +
                        std::string(to_text(static_cast<UpdateKind>(i))));
    }
    return types;
}

std::optional<UpdateKind> kind_of(Fields& event) {
    const std::string type = event.required("type", word_bytes);
    if (type.empty()) return std::nullopt;
    if (type.starts_with(type_prefix)) {
        const auto kind = parse_update_kind(std::string_view(type).substr(type_prefix.size()));
        if (kind && *kind <= last_for_outsiders) return kind;
    }
    const std::vector<std::string> types = all_types();
    const std::string likely = nearest(type, types);
    std::string detail = "is no known type of event";
    if (!likely.empty()) detail += ": did you mean \"" + likely + "\"?";
    detail += " Known are";
    for (const std::string& known : types) detail += " " + known;
    event.note("type", detail);
    return std::nullopt;
}

bool is_reference(std::string_view text) {
    return text.size() <= 40 && text.find('-') != text.npos &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

Side side_field(Fields& fields, bool required) {
    const std::string word = required ? fields.required("side", word_bytes)
                                      : fields.optional("side", word_bytes);
    if (word == "raising") return Side::raising;
    if (word == "receiving") return Side::receiving;
    if (word == "board") return Side::board;
    if (!word.empty()) fields.note("side", "must be \"raising\", \"receiving\" or \"board\"");
    return Side::none;
}

Actor actor(Fields fields) {
    Actor by;
    if (!fields.present()) return by;
    by.name = fields.required("name", name_bytes);
    by.address = fields.required("email", email_bytes, Text::email);
    by.role = fields.optional("role", word_bytes);
    by.side = side_field(fields, false);
    fields.no_others();
    return by;
}

// `role` given: the place says which role it is.
Contact contact(Fields fields, Side side, const std::string& role) {
    Contact made;
    made.side = side;
    made.role = role.empty() ? fields.required("role", word_bytes) : role;
    if (side == Side::none) made.side = side_field(fields, true);
    made.name = fields.required("name", name_bytes);
    made.address = fields.required("email", email_bytes, Text::email);
    made.phone = fields.optional("phone", phone_bytes);
    fields.no_others();
    return made;
}

void party(Fields fields, Side side, Party& party, std::vector<Contact>& contacts) {
    if (!fields.present()) return;
    party.agency = fields.required("agency", name_bytes);
    party.unit = fields.optional("unit", name_bytes);
    Fields practitioner = fields.inner("practitioner", side == Side::raising);
    if (practitioner.present()) contacts.push_back(contact(practitioner, side, "practitioner"));
    for (Fields& one : fields.list("contacts", limits::contacts)) {
        if (one.present()) contacts.push_back(contact(one, side, ""));
    }
    fields.no_others();
}

void raise(Fields& data, Update& update) {
    RaiseFacts& facts = update.facts;
    update.board = data.required("board", word_bytes);
    facts.procedure = data.optional("procedure", word_bytes);
    Fields subject = data.inner("subject", false);
    facts.subject_kind = subject.optional("kind", word_bytes);
    facts.subject_name = subject.optional("name", name_bytes);
    facts.case_status = subject.optional("case_status", word_bytes);
    subject.no_others();
    party(data.inner("raising", true), Side::raising, facts.raising, facts.contacts);
    party(data.inner("receiving", true), Side::receiving, facts.receiving, facts.contacts);
    facts.reason = data.optional("reason", word_bytes);
    facts.summary = data.required("summary", text_bytes, Text::prose);
    facts.raising_view = data.optional("raising_view", text_bytes, Text::prose);
    facts.receiving_view = data.optional("receiving_view", text_bytes, Text::prose);
    facts.wanted = data.optional("wanted", text_bytes, Text::prose);
    facts.stage = data.optional("stage", word_bytes);
    facts.skip_reason = data.optional("skip_reason", text_bytes, Text::prose);
    facts.urgent = data.yes("urgent");
    facts.immediate_risk = data.yes("immediate_risk");
    facts.priority = data.optional("priority", word_bytes);
    facts.area = data.optional("area", word_bytes);
    facts.circumstances = data.words("circumstances", limits::words, word_bytes);
    facts.disputed = data.instant("disputed", false);
    update.by = actor(data.inner("by", false));
    if (!update.by.address.empty() || facts.contacts.empty()) return;
    const Contact& first = facts.contacts.front();
    if (first.side == Side::raising) {
        update.by = {Side::raising, first.role, first.name, first.address};
    }
}

// An event of the policy's own may need more than its name (docs/policy-language.md, `needs`).
void reported(Fields& data, Update& update) {
    update.event = data.required("event", word_bytes);
    update.deadline = data.instant("deadline", false);
    Fields named = data.inner("contact", false);
    if (named.present()) update.contact = contact(named, Side::none, "");
    for (Fields& one : data.list("members", limits::contacts)) {
        if (!one.present()) continue;
        Member member;
        member.name = one.required("name", name_bytes);
        member.agency = one.required("agency", name_bytes);
        member.flags = one.words("flags", limits::words, word_bytes);
        one.no_others();
        update.members.push_back(std::move(member));
    }
}

void other(Fields& data, Update& update) {
    update.by = actor(data.inner("by", true));
    update.text = data.optional("text", text_bytes, Text::prose);
    update.stage = data.optional("stage", word_bytes);
    update.mode = data.optional("mode", word_bytes);
    if (update.kind == UpdateKind::report_event) reported(data, update);
    if (update.kind == UpdateKind::tag) update.tag = data.required("tag", word_bytes);
    if (update.kind == UpdateKind::set_deadline) update.deadline = data.instant("deadline", true);
    if (update.kind == UpdateKind::set_priority) {
        update.priority = data.required("priority", word_bytes);
    }
    if (update.kind == UpdateKind::agree_deadline) {
        update.deadline = data.instant("deadline", true);
        update.duty = data.optional("duty", word_bytes);
    }
    if (update.kind == UpdateKind::name_contact || update.kind == UpdateKind::report_unavailable) {
        Fields named = data.inner("contact", true);
        if (named.present()) update.contact = contact(named, Side::none, "");
    }
}

// CloudEvents 1.0 section 2.1: attribute names are lower-case letters and digits. Anything else at
// the top is a mistake, such as "Data"; attributes we do not know are extensions.
void check_names(const JsonValue::Object& event, std::vector<FieldProblem>& problems) {
    for (const auto& [name, value] : event) {
        const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        });
        if (name == "data_base64") {
            problems.push_back({"/data_base64", "is not taken: send the data as JSON in \"data\""});
        } else if (!plain) {
            problems.push_back({"", "an attribute name of CloudEvents has lower-case letters and "
                                    "digits only", true});
        } else if (name != "data" && (value.object() != nullptr || value.array() != nullptr)) {
            problems.push_back({pointer_step(name),
                                "an attribute of CloudEvents is a single value; fields of the "
                                "case belong into \"data\"",
                                true});
        }
    }
}

void check_attributes(Fields& event) {
    const std::string version = event.required("specversion", word_bytes);
    if (!version.empty() && version != "1.0") event.note("specversion", "must be \"1.0\"");
    event.required("source", id_bytes);
    const std::string type = event.optional("datacontenttype", word_bytes);
    if (!type.empty() && type.substr(0, type.find(';')) != "application/json") {
        event.note("datacontenttype", "must be application/json");
    }
}

void read_subject(Fields& event, Update& update) {
    if (update.kind == UpdateKind::raise) {
        if (!event.optional("subject", id_bytes).empty()) {
            event.note("subject", "a raise has none: the case gets its reference here");
        }
        return;
    }
    update.ref = event.required("subject", id_bytes);
    if (!update.ref.empty() && !is_reference(update.ref)) {
        event.note("subject", "must be the reference of a case, such as CSCP-2026-0042");
    }
}

Translated read_event(const JsonValue& root) {
    Translated made;
    Fields event(&root, "", made.problems);
    if (!event.present()) {
        if (made.problems.empty()) made.problems.push_back({"", "must be an object, not null"});
        return made;
    }
    check_names(*root.object(), made.problems);
    check_attributes(event);
    Update update;
    made.id = update.id = event.required("id", id_bytes);
    update.happened = event.instant("time", false);
    const auto kind = kind_of(event);
    if (!kind) return made;
    update.kind = *kind;
    read_subject(event, update);
    Fields data = event.inner("data", true);
    if (data.present()) {
        update.kind == UpdateKind::raise ? raise(data, update) : other(data, update);
        data.no_others();
    }
    if (made.problems.empty()) made.update = std::move(update);
    return made;
}

Translated unreadable(const Error& error, const std::string& prefix) {
    Translated made;
    made.status = 400;
    made.problems.push_back({prefix + error.where, error.what, true});
    return made;
}

}  // namespace

Translated translate(std::string_view body) {
    const auto json = parse_json(body);
    return json ? read_event(*json) : unreadable(json.error(), "");
}

Translated translate_binary(const std::vector<Header>& headers, std::string_view body) {
    constexpr std::string_view prefix = "ce-";
    auto json = parse_json(body);
    if (!json) return unreadable(json.error(), "/data");
    JsonValue::Object event;
    for (const Header& header : headers) {
        if (!header.name.starts_with(prefix)) continue;
        const std::string name = header.name.substr(prefix.size());
        const bool twice = std::any_of(event.begin(), event.end(),
                                       [&](const auto& member) { return member.first == name; });
        if (twice || name.starts_with("data")) {
            Translated refused;
            refused.problems.push_back({"", "each ce- header once, and none for the data", true});
            return refused;
        }
        event.emplace_back(name, JsonValue{header.value});
    }
    event.emplace_back("data", std::move(*json));
    return read_event({std::move(event)});
}

}  // namespace stageclock::front
