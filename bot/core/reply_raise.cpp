// SPDX-License-Identifier: MIT
#include <algorithm>

#include "bot/core/reply_parts.h"

// What a mail that raises a disagreement says, and what it lacks.
namespace stageclock::reply {
namespace {

Side absolute(Whose whose) {
    return whose == Whose::theirs || whose == Whose::receiving ? Side::receiving : Side::raising;
}

// "Our agency", "Their line manager": how answers name a side of the sender's own raise.
std::string of_side(Side side, std::string_view what) {
    return std::string(side == Side::raising ? "Our " : "Other ") + std::string(what);
}

std::string quoted_list(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "\"" : ", \"") + word + '"';
    return text;
}

// The id of the row a value names by its id or title; empty: none.
template <class Row>
std::string id_of(const std::vector<Row>& rows, std::string_view value) {
    const auto wanted = folded(value);
    const auto found = std::ranges::find_if(rows, [&](const Row& row) {
        return folded(row.id) == wanted || folded(row.title) == wanted || slug(value) == row.id;
    });
    return found == rows.end() ? "" : found->id;
}

template <class Row>
std::vector<std::string> ids_of(const std::vector<Row>& rows) {
    std::vector<std::string> ids;
    for (const auto& row : rows) ids.push_back(row.id);
    return ids;
}

// True when a later line says the same thing anew, as when a correction is sent. Texts add up, and
// so do contacts, unless the earlier line had no address to use.
bool put_right_below(const std::vector<Fact>& lines, std::size_t at) {
    const auto& fact = lines[at];
    switch (fact.field) {
        case Field::summary:
        case Field::view:
        case Field::wanted:
        case Field::skip_reason:
        case Field::action: return false;
        case Field::contact:
            if (!contact_of(fact, Side::none).address.empty()) return false;
            break;
        default: break;
    }
    return std::any_of(
        lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, lines.end(), [&](const Fact& later) {
            return later.field == fact.field && later.role == fact.role &&
                   (later.whose == Whose::unsaid) == (fact.whose == Whose::unsaid) &&
                   absolute(later.whose) == absolute(fact.whose) && !later.value.empty();
        });
}

class RaiseReader {
public:
    RaiseReader(const Background& background, const KnownBoard& known, Understood& into)
        : background_(background), known_(known), into_(into), facts_(update_.facts) {
        update_.kind = UpdateKind::raise;
        update_.board = known.board.id;
    }

    void read(const Facts& facts) {
        if (!known_.unknown) say("Board: " + known_.board.name);
        for (std::size_t i = 0; i < facts.lines.size(); ++i)
            if (!put_right_below(facts.lines, i)) take(facts.lines[i]);
        if (facts_.summary.empty()) facts_.summary = facts.rest;
        require();
        if (!facts_.summary.empty()) say("Summary: given");
        into_.kind =
            into_.missing.empty() ? Understood::Kind::certain : Understood::Kind::incomplete;
        if (into_.missing.empty()) into_.updates.push_back(update_);
    }

private:
    void say(std::string line) { into_.understood.push_back(std::move(line)); }
    void lack(std::string line) { into_.missing.push_back(std::move(line)); }

    void take(const Fact& fact) {
        switch (fact.field) {
            case Field::board: break;  // chosen before
            case Field::child: return subject(fact, "child");
            case Field::adult: return subject(fact, "adult");
            case Field::person: return subject(fact, "");
            case Field::status: return status(fact);
            case Field::agency: return agency(fact);
            case Field::unit: return unit(fact);
            case Field::contact: return contact(fact);
            case Field::reason: return reason(fact);
            case Field::summary: return text(facts_.summary, fact.value);
            case Field::view: return view(fact);
            case Field::wanted:
                say("Wanted outcome: given");
                return text(facts_.wanted, fact.value);
            case Field::happened: return happened(fact);
            case Field::urgent: return yes_no(fact, "Urgent", facts_.urgent);
            case Field::immediate_risk:
                return yes_no(fact, "Immediate risk", facts_.immediate_risk);
            case Field::stage: return stage(fact);
            case Field::skip_reason:
                say("Skip reason: given");
                return text(facts_.skip_reason, fact.value);
            case Field::procedure: return procedure(fact);
            case Field::deadline: return lack("Deadline: send it once the case has its reference");
            case Field::priority: return priority(fact);
            case Field::agreed:
            case Field::unavailable:
            case Field::tag:
            case Field::correction:
            case Field::action: return text(facts_.summary, fact.label + ": " + fact.value);
        }
    }

    static void text(std::string& into, const std::string& more) {
        if (!into.empty() && !more.empty()) into += '\n';
        into += more;
    }

    void subject(const Fact& fact, std::string_view kind) {
        if (!kind.empty()) facts_.subject_kind = kind;
        if (fact.value.empty()) return;
        facts_.subject_name = fact.value;
        say(kind == "adult" ? "Adult: given" : kind == "child" ? "Child: given" : "Name: given");
    }

    void status(const Fact& fact) {
        if (fact.value.empty()) return;
        const auto& permitted = known_.policy.case_status;
        const auto found = std::ranges::find_if(permitted, [&](const std::string& each) {
            return folded(each) == folded(fact.value) || each == slug(fact.value);
        });
        if (found == permitted.end() && !permitted.empty())
            return lack("Status: one of " + quoted_list(permitted) + ", or leave the line out");
        facts_.case_status = permitted.empty() ? fact.value : *found;
        if (!permitted.empty()) say("Status: " + facts_.case_status);
    }

    void agency(const Fact& fact) {
        if (fact.value.empty()) return;
        if (fact.whose == Whose::unsaid)
            return lack("Agency: write \"Our agency\" or \"Other agency\"");
        const auto side = absolute(fact.whose);
        auto& party = side == Side::raising ? facts_.raising : facts_.receiving;
        if (const auto* agency = find_agency(known_.directory, fact.value)) {
            party.agency = agency->id;
            return say(of_side(side, "agency: ") + agency->name);
        }
        if (known_.unknown) {
            party.agency = fact.value;
            return say(of_side(side, "agency: given"));
        }
        if (folded(fact.value).starts_with("other:")) {  // how an unlisted one is written
            party.agency = "other:" + std::string(trimmed(fact.value.substr(6)));
            return say(of_side(side, "agency: given, not listed by the board"));
        }
        const auto* nearest = nearest_agency(known_.directory, fact.value);
        party.agency.clear();
        unknown_agency_[side == Side::raising ? 0 : 1] = true;
        lack(of_side(side, "agency: not in the board's list.") +
             (nearest != nullptr ? " Did you mean \"" + nearest->name + "\"?" : "") +
             " For an organisation that is not listed write \"other:\" and its name");
    }

    void unit(const Fact& fact) {
        if (fact.value.empty()) return;
        const auto side = absolute(fact.whose);
        (side == Side::raising ? facts_.raising : facts_.receiving).unit = fact.value;
        say(of_side(side, "unit: given"));
    }

    void contact(const Fact& fact) {
        if (fact.value.empty()) return;
        const auto made = contact_of(fact, absolute(fact.whose));
        const auto name = of_side(made.side, readable(made.role));
        if (made.address.empty() && fact.value.find('@') != std::string::npos)
            return lack(name + ": one email address, such as Name <name@example.org>");
        facts_.contacts.push_back(made);
        say(name + (made.address.empty() ? ": named, without an address" : ": " + made.address));
    }

    void reason(const Fact& fact) {
        if (fact.value.empty()) return;
        const auto& reasons = known_.policy.reasons;
        facts_.reason = reasons.empty() ? fact.value : id_of(reasons, fact.value);
        if (facts_.reason.empty()) return lack("Reason: one of " + quoted_list(ids_of(reasons)));
        if (!reasons.empty()) say("Reason: " + facts_.reason);
    }

    void view(const Fact& fact) {
        const auto side = absolute(fact.whose);
        text(side == Side::raising ? facts_.raising_view : facts_.receiving_view, fact.value);
        say(of_side(side, "view: given"));
    }

    void happened(const Fact& fact) {
        if (fact.value.empty()) return;
        update_.happened = instant_of(fact.value, background_.zone);
        if (!update_.happened) return lack(std::string(date_wanted));
        say("Happened: " + to_words(*update_.happened, background_.zone));
    }

    void yes_no(const Fact& fact, const std::string& name, bool& into) {
        if (fact.value.empty()) return;
        const auto said = yes_or_no(fact.value);
        if (!said) return lack(name + ": yes or no");
        into = *said;
        say(name + (into ? ": yes" : ": no"));
    }

    void stage(const Fact& fact) {
        if (fact.value.empty()) return;
        facts_.stage = known_.unknown ? fact.value : stage_of(known_.policy, fact.value);
        if (facts_.stage.empty())
            return lack("Stage: one of " + quoted_list(ids_of(known_.policy.stages)));
        say("Stage: " + facts_.stage);
    }

    void priority(const Fact& fact) {
        if (fact.value.empty() || folded(fact.value) == "standard") return;
        const auto& levels = known_.policy.priorities;
        facts_.priority = known_.unknown ? fact.value : id_of(levels, fact.value);
        if (facts_.priority.empty())
            return lack("Priority: one of \"standard\", " + quoted_list(ids_of(levels)));
        say("Priority: " + facts_.priority);
    }

    void procedure(const Fact& fact) {
        if (fact.value.empty()) return;
        facts_.procedure =
            known_.unknown ? fact.value : id_of(known_.policy.procedures, fact.value);
        if (facts_.procedure.empty())
            return lack("Procedure: one of " + quoted_list(ids_of(known_.policy.procedures)));
        say("Procedure: " + facts_.procedure);
    }

    void require() {
        if (facts_.raising.agency.empty() && !unknown_agency_[0])
            lack("Our agency: the name of yours");
        if (facts_.receiving.agency.empty() && !unknown_agency_[1])
            lack("Other agency: the one you disagree with");
        if (facts_.summary.empty())
            lack("Summary: what the disagreement is about and what it rests on");
        if (facts_.subject_kind.empty() && known_.board.subjects.size() > 1)
            lack("Child: or Adult: whom it is about");
    }

    const Background& background_;
    const KnownBoard& known_;
    Understood& into_;
    Update update_;
    RaiseFacts& facts_;
    bool unknown_agency_[2] = {false, false};
};

}  // namespace

std::string readable(std::string_view role) {
    std::string words(role);
    std::ranges::replace(words, '-', ' ');
    return words;
}

Contact contact_of(const Fact& fact, Side side) {
    Contact contact{side, fact.role, "", "", ""};
    const std::string_view value = fact.value;
    constexpr std::string_view between = " \t\n<>(),;:[]\"";
    std::size_t start = 0;
    while (contact.address.empty()) {
        start = value.find_first_not_of(between, start);
        if (start == std::string_view::npos) break;
        const auto end = std::min(value.find_first_of(between, start), value.size());
        const auto word = value.substr(start, end - start);
        if (is_address(word))
            contact.address = word;
        else
            start = end;
    }
    auto name = value.substr(0, std::min(start, value.size()));
    if (name.ends_with("mailto:")) name.remove_suffix(7);
    const auto last = name.find_last_not_of(between);
    name = last == std::string_view::npos ? std::string_view{} : name.substr(0, last + 1);
    contact.name = trimmed(name.substr(std::min(name.find_first_not_of(between), name.size())));
    return contact;
}

std::optional<Instant> instant_of(std::string_view value, const Zone& zone) {
    if (const auto exact = parse_rfc3339(value)) return exact;
    const auto when = parse_when(value);
    return when ? std::optional(when->instant(zone)) : std::nullopt;
}

std::string stage_of(const Policy& policy, std::string_view value) {
    auto wanted = folded(value);
    if (wanted.starts_with("stage ")) wanted.erase(0, 6);
    return id_of(policy.stages, wanted);
}

void understand_raise(const Facts& facts, const Background& background, const KnownBoard& known,
                      Understood& into) {
    RaiseReader(background, known, into).read(facts);
}

}  // namespace stageclock::reply
