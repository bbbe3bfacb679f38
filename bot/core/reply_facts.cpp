// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "bot/core/reply_parts.h"

// `Name: value` lines. A line is one only when its name is known: any other colon is text. Long
// values (a summary, a view) run on to the next known name; short ones only over a wrapped line.
namespace stageclock::reply {
namespace {

struct Name {
    std::string_view text;
    Field field;
    std::string_view role = {};
};

// Names that take "our", "their", "raising", "receiving" in front, or behind in brackets.
constexpr auto sided_names = std::to_array<Name>({
    {"agency", Field::agency},
    {"organisation", Field::agency},
    {"organization", Field::agency},
    {"unit", Field::unit},
    {"team", Field::unit},
    {"department", Field::unit},
    {"view", Field::view},
    {"views", Field::view},
    {"position", Field::view},
    {"practitioner", Field::contact, "practitioner"},
    {"worker", Field::contact, "practitioner"},
    {"contact", Field::contact, "practitioner"},
    {"line manager", Field::contact, "line-manager"},
    {"manager", Field::contact, "line-manager"},
});

constexpr auto plain_names = std::to_array<Name>({
    {"board", Field::board},
    {"partnership", Field::board},
    {"child", Field::child},
    {"child's name", Field::child},
    {"name of child", Field::child},
    {"young person", Field::child},
    {"adult", Field::adult},
    {"adult at risk", Field::adult},
    {"adult's name", Field::adult},
    {"name of adult", Field::adult},
    {"name", Field::person},
    {"child or adult", Field::person},
    {"name of child or adult", Field::person},
    {"status", Field::status},
    {"case status", Field::status},
    {"reason", Field::reason},
    {"reason for disagreement", Field::reason},
    {"summary", Field::summary},
    {"concern", Field::summary},
    {"concerns", Field::summary},
    {"disagreement", Field::summary},
    {"issue", Field::summary},
    {"issues", Field::summary},
    {"wanted outcome", Field::wanted},
    {"outcome wanted", Field::wanted},
    {"desired outcome", Field::wanted},
    {"outcome sought", Field::wanted},
    {"what we want", Field::wanted},
    {"happened", Field::happened},
    {"happened on", Field::happened},
    {"happened at", Field::happened},
    {"date", Field::happened},
    {"date and time", Field::happened},
    {"when", Field::happened},
    {"urgent", Field::urgent},
    {"immediate risk", Field::immediate_risk},
    {"immediate risk of harm", Field::immediate_risk},
    {"stage", Field::stage},
    {"first stage", Field::stage},
    {"skip reason", Field::skip_reason},
    {"reason for skipping", Field::skip_reason},
    {"procedure", Field::procedure},
    {"deadline", Field::deadline},
    {"protective deadline", Field::deadline},
    {"agreed deadline", Field::agreed},
    {"deadline agreed", Field::agreed},
    {"agreed date", Field::agreed},
    {"unavailable", Field::unavailable},
    {"not available", Field::unavailable},
    {"cannot be reached", Field::unavailable},
    {"priority", Field::priority},
    {"tag", Field::tag},
    {"correction", Field::correction},
    {"correct", Field::correction},
    {"corrected", Field::correction},
});

struct Prefix {
    std::string_view text;
    Whose whose;
};
constexpr auto prefixes = std::to_array<Prefix>({
    {"our ", Whose::ours},
    {"my ", Whose::ours},
    {"from ", Whose::ours},
    {"their ", Whose::theirs},
    {"the other ", Whose::theirs},
    {"other ", Whose::theirs},
    {"raising ", Whose::raising},
    {"receiving ", Whose::receiving},
});
constexpr auto brackets = std::to_array<Prefix>({
    {"ours", Whose::ours},
    {"our side", Whose::ours},
    {"us", Whose::ours},
    {"theirs", Whose::theirs},
    {"their side", Whose::theirs},
    {"other side", Whose::theirs},
    {"raising", Whose::raising},
    {"receiving", Whose::receiving},
});

// A line taken apart at its colon.
struct Labelled {
    std::string label;  // as written
    std::string name;   // folded, without the words that say whose
    Whose whose = Whose::unsaid;
    std::string value;
};

void take_whose(Labelled& line) {
    const auto open = line.name.rfind('(');
    if (open != std::string::npos && open > 0 && line.name.ends_with(')')) {
        const auto inner = line.name.substr(open + 1, line.name.size() - open - 2);
        for (const auto& each : brackets) {
            if (inner != each.text) continue;
            line.whose = each.whose;
            line.name = folded(line.name.substr(0, open));
            return;
        }
    }
    for (const auto& each : prefixes) {
        if (!line.name.starts_with(each.text)) continue;
        line.whose = each.whose;
        line.name.erase(0, each.text.size());
        return;
    }
}

std::optional<Labelled> taken_apart(std::string_view raw) {
    constexpr std::size_t longest_label = 60;
    auto line = trimmed(raw);
    for (const std::string_view bullet : {"- ", "\u2022", "\u00b7", "o "})
        if (line.starts_with(bullet)) line = trimmed(line.substr(bullet.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > longest_label) return std::nullopt;
    if (line.substr(colon).starts_with("://")) return std::nullopt;
    Labelled found;
    found.label = line.substr(0, colon);
    std::erase(found.label, '*');
    found.label = trimmed(found.label);
    found.name = folded(found.label);
    auto value = trimmed(line.substr(colon + 1));
    while (value.starts_with('*')) value = trimmed(value.substr(1));
    found.value = value;
    return found;
}

bool holds_address(std::string_view value) { return value.find('@') != std::string_view::npos; }

const Name* find_name(const auto& names, std::string_view text) {
    const auto found = std::ranges::find(names, text, &Name::text);
    return found == names.end() ? nullptr : &*found;
}

bool is_post_role(const Policy* policy, std::string_view role) {
    if (policy == nullptr) return false;
    const auto has = [&](const std::vector<Target>& targets) {
        return std::ranges::find(targets, role, &Target::role) != targets.end();
    };
    return std::ranges::any_of(
        policy->stages, [&](const Stage& stage) { return has(stage.actors) || has(stage.joins); });
}

// What a line says, or nothing when its name is not known.
std::optional<Fact> fact_of(std::string_view raw, const Policy* policy) {
    auto line = taken_apart(raw);
    if (!line) return std::nullopt;
    Fact fact{{}, Whose::unsaid, "", {}, line->label, line->value};
    if (const auto* name = find_name(plain_names, line->name)) {
        fact.field = name->field;
        return fact;
    }
    if (const auto action = action_of_label(line->name, policy)) {
        fact.field = Field::action;
        fact.action = *action;
        return fact;
    }
    take_whose(*line);
    fact.whose = line->whose;
    if (const auto* name = find_name(sided_names, line->name)) {
        fact.field = name->field;
        fact.role = name->role;
        return fact;
    }
    // Any other role, when the line says whose it is or the policy knows it, and has an address.
    const auto role = slug(line->name);
    const bool a_role = line->whose != Whose::unsaid || is_post_role(policy, role);
    if (role.empty() || !a_role || !holds_address(line->value)) return std::nullopt;
    fact.field = Field::contact;
    fact.role = role;
    return fact;
}

bool is_long(Field field) {
    return field == Field::summary || field == Field::view || field == Field::wanted ||
           field == Field::skip_reason || field == Field::action;
}

// "Unit: ..." belongs to the agency named above it.
void settle_units(std::vector<Fact>& facts) {
    Whose agency = Whose::ours;
    for (auto& fact : facts) {
        if (fact.field == Field::agency && fact.whose != Whose::unsaid) agency = fact.whose;
        if (fact.field == Field::unit && fact.whose == Whose::unsaid) fact.whose = agency;
    }
}

}  // namespace

Facts read_facts(std::string_view text, const Policy* policy) {
    constexpr std::size_t wrapped_from = 60;  // a line this long may have been wrapped
    Facts facts;
    bool open = false;  // the last fact may go on
    std::size_t length_above = 0;
    for (const auto& line : lines_of(text)) {
        if (auto fact = fact_of(line, policy)) {
            facts.lines.push_back(std::move(*fact));
            open = true;
        } else if (open && is_long(facts.lines.back().field)) {
            facts.lines.back().value += '\n' + line;
        } else {
            const auto said = trimmed(line);
            const bool wrapped = open && (facts.lines.back().value.empty() ||
                                          line.starts_with(' ') || length_above >= wrapped_from);
            open = open && !said.empty() && wrapped;
            if (open) {
                auto& value = facts.lines.back().value;
                value += (value.empty() ? "" : " ") + std::string(said);
            } else {
                facts.rest += line + '\n';
            }
        }
        length_above = line.size();
    }
    for (auto& fact : facts.lines) fact.value = trimmed(fact.value);
    facts.rest = trimmed(facts.rest);
    settle_units(facts.lines);
    return facts;
}

int count_labels(std::string_view text) {
    const auto lines = lines_of(text);
    return static_cast<int>(std::ranges::count_if(
        lines, [](const auto& line) { return fact_of(line, nullptr).has_value(); }));
}

}  // namespace stageclock::reply
