// SPDX-License-Identifier: MIT
#include "bot/core/robot.h"

#include <algorithm>

#include "bot/core/directory.h"

namespace stageclock {
namespace {

// The keyword of a value: up to a parameter or comment (RFC 3834 section 5 allows both).
std::string keyword(std::string_view value) {
    return folded(value.substr(0, value.find_first_of(";(")));
}

bool says(const MailFields& fields, std::string_view name, auto test) {
    return std::any_of(fields.begin(), fields.end(), [&](const MailField& field) {
        return field.name == name && test(keyword(field.value));
    });
}

bool any(const std::string&) { return true; }
bool not_no(const std::string& word) { return word != "no"; }

bool is_machine(std::string_view address) {
    const auto local = folded(address.substr(0, address.find('@')));
    return local == "mailer-daemon" || local == "postmaster";
}

std::string sign_of_bounce(const MailSigns& signs) {
    if (signs.content_type == "multipart/report") return "a delivery report";
    if (is_machine(signs.from)) return "from a mail system";
    if (says(signs.fields, "x-failed-recipients", any)) return "a delivery report";
    return "";
}

std::string sign_of_robot(const MailSigns& signs) {
    const auto bulk = [](const std::string& word) {
        return word == "bulk" || word == "junk" || word == "list" || word == "auto_reply";
    };
    const auto empty_path = [](const std::string& path) { return path == "<>"; };
    if (says(signs.fields, "auto-submitted", not_no)) return "Auto-Submitted";
    if (says(signs.fields, "return-path", empty_path)) return "empty Return-Path";
    if (says(signs.fields, "precedence", bulk)) return "Precedence";
    if (says(signs.fields, "list-id", any)) return "a mailing list";
    for (const std::string_view name : {"x-autoreply", "x-autorespond"}) {
        if (says(signs.fields, name, not_no)) return "an automatic reply";
    }
    return "";
}

}  // namespace

std::vector<std::string> values_of(const MailFields& fields, std::string_view name) {
    std::vector<std::string> values;
    for (const MailField& field : fields) {
        if (field.name == name) values.push_back(field.value);
    }
    return values;
}

std::string_view to_text(Writer::Kind kind) {
    switch (kind) {
        case Writer::Kind::person: return "person";
        case Writer::Kind::robot: return "robot";
        case Writer::Kind::bounce: return "bounce";
    }
    return "";
}

Writer writer_of(const MailSigns& signs) {
    Writer writer;
    if (says(signs.fields, "x-stageclock-loop", any)) {
        writer.kind = Writer::Kind::robot;
        writer.why = "our own mail come back";
    } else if (writer.why = sign_of_bounce(signs); !writer.why.empty()) {
        writer.kind = Writer::Kind::bounce;
    } else if (writer.why = sign_of_robot(signs); !writer.why.empty()) {
        writer.kind = Writer::Kind::robot;
    }
    return writer;
}

}  // namespace stageclock
