// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "bot/core/bounce_parts.h"
#include "bot/core/reply_parts.h"

// What a mail about a case asks for.
namespace stageclock::reply {
namespace {

constexpr std::string_view choices =
    "Write one of these on a line of its own at the top of your reply: acknowledged; "
    "discussed: what was said; resolved: what was agreed; escalate; withdraw; urgent; not urgent; "
    "decision: what was decided; confirmed; recorded; "
    "agreed deadline: 2026-12-22 16:30; unavailable: line manager; "
    "Line manager: Name <name@example.org>.";

std::string in_words(const Action& action, const Policy& policy) {
    switch (action.kind) {
        case UpdateKind::acknowledge: return "acknowledged";
        case UpdateKind::discuss: return "a discussion took place";
        case UpdateKind::escalate: return "escalate to the next stage";
        case UpdateKind::resolve: return "resolved";
        case UpdateKind::withdraw: return "withdraw";
        case UpdateKind::mark_urgent: return "mark as urgent";
        case UpdateKind::mark_standard: return "no longer urgent";
        case UpdateKind::attest: return "recorded on file";
        case UpdateKind::confirm_outcome: return "outcome confirmed";
        case UpdateKind::decide: return "a decision was made";
        case UpdateKind::reopen: return "reopen the case";
        case UpdateKind::report_event: {
            const auto* event = find_event(policy, action.event);
            return event != nullptr ? event->title : action.event;
        }
        default: return std::string(to_text(action.kind));
    }
}

Side opposite(Side side) {
    return side == Side::raising     ? Side::receiving
           : side == Side::receiving ? Side::raising
                                     : Side::none;
}

Side side_of(Whose whose, Side sender) {
    switch (whose) {
        case Whose::raising: return Side::raising;
        case Whose::receiving: return Side::receiving;
        case Whose::theirs: return opposite(sender);
        default: return sender == Side::raising || sender == Side::receiving ? sender : Side::none;
    }
}

class UpdateReader {
public:
    UpdateReader(const Background& background, const KnownBoard& known, Understood& into)
        : background_(background), known_(known), into_(into) {}

    void read(const Facts& facts) {
        for (const auto& fact : facts.lines) take(fact);
        const auto spoken = listen(facts.rest, &known_.policy);
        for (const auto& action : spoken.certain) act(action);
        if (!spoken.stage.empty() && stage_.empty()) stage(spoken.stage);
        weigh(spoken);
        if (doubt_.empty()) pass_on(facts.rest);
        if (doubt_.empty()) finish(facts, spoken);
        if (!doubt_.empty() || into_.updates.empty()) {
            into_.kind = Understood::Kind::uncertain;
            for (const auto& update : into_.updates) hear(update.kind);
            into_.updates.clear();
            for (const auto& action : actions_) hear(action.kind);
            for (const auto kind : spoken.heard) hear(kind);
            into_.ask = (doubt_.empty() ? "Nothing in it says what to do with the case." : doubt_) +
                        ' ' + std::string(choices);
        } else {
            into_.kind = Understood::Kind::certain;
        }
    }

private:
    void say(std::string line) { into_.understood.push_back(std::move(line)); }
    void doubt(std::string why) {
        if (doubt_.empty()) doubt_ = std::move(why);
    }

    void hear(UpdateKind kind) {
        auto& heard = into_.heard;
        if (std::ranges::find(heard, kind) == heard.end()) heard.push_back(kind);
    }

    void act(const Action& action) {
        if (std::ranges::find(actions_, action) == actions_.end()) actions_.push_back(action);
    }

    void take(const Fact& fact) {
        switch (fact.field) {
            case Field::action:
                if (denies(fact.value) && !is_reason(fact)) {
                    hear(fact.action.kind);
                    return doubt("\"" + in_words(fact.action, known_.policy) +
                                 "\" is denied in the same line.");
                }
                act(fact.action);
                return add(fact.value);
            case Field::contact: return contact(fact);
            case Field::happened:
                happened_ = instant_of(fact.value, background_.zone);
                if (!happened_) return doubt(std::string(date_wanted) + '.');
                return say("Happened: " + to_words(*happened_, background_.zone));
            case Field::deadline: return deadline(fact);
            case Field::urgent: {
                const auto said = yes_or_no(fact.value);
                if (!said) return doubt("Urgent: yes or no.");
                return act({*said ? UpdateKind::mark_urgent : UpdateKind::mark_standard, "", ""});
            }
            case Field::stage: return stage(fact.value);
            case Field::agreed: return agreed(fact);
            case Field::unavailable: return unavailable(fact);
            case Field::priority: return priority(fact);
            case Field::tag: return tag(fact);
            case Field::correction:
                return doubt(
                    "What is on the record is not overwritten by mail. A contact can be named "
                    "anew, and the board can correct the rest: write to it.");
            case Field::skip_reason: skip_reason_ = fact.value; [[fallthrough]];
            case Field::reason:
            case Field::summary:
            case Field::view:
            case Field::wanted: return add(fact.label + ": " + fact.value);
            default:
                doubt("A reply cannot change the agencies, the person or the status of a case.");
        }
    }

    // "Escalate: not agreed by Housing".
    static bool is_reason(const Fact& fact) {
        const auto said = folded(fact.value);
        return fact.action.kind == UpdateKind::escalate &&
               (said.starts_with("not agreed") || said.starts_with("not resolved"));
    }

    void add(const std::string& text) {
        if (!text_.empty() && !text.empty()) text_ += '\n';
        text_ += text;
    }

    void contact(const Fact& fact) {
        const auto made = contact_of(fact, side_of(fact.whose, background_.sender));
        if (made.address.empty())
            return doubt(
                "A contact needs one email address: Line manager: "
                "Name <name@example.org>.");
        if (made.side == Side::none)
            return doubt(
                "Say whose contact it is: write (raising) or (receiving) before the "
                "colon.");
        Update update;
        update.kind = UpdateKind::name_contact;
        update.contact = made;
        into_.updates.push_back(std::move(update));
        say(std::string(made.side == background_.sender ? "Your " : "Their ") +
            readable(made.role) + ": " + made.address);
    }

    void deadline(const Fact& fact) {
        const auto when = instant_of(fact.value, background_.zone);
        const auto date = parse_when(fact.value);
        if (!when || (date && !date->time))
            return doubt("Deadline: write it with its hour, as 2026-12-22 16:30.");
        Update update;
        update.kind = UpdateKind::set_deadline;
        update.deadline = when;
        into_.updates.push_back(std::move(update));
        say("Deadline: " + to_words(*when, background_.zone));
    }

    void add_update(Update update, std::string line) {
        into_.updates.push_back(std::move(update));
        say(std::move(line));
    }

    void agreed(const Fact& fact) {
        constexpr TimeOfDay last_minute{24 * 60 - 1};
        auto when = parse_when(fact.value);
        if (!when) return doubt("Agreed deadline: write it as 2026-12-22 16:30.");
        // A day without an hour is agreed as a whole.
        if (!when->time) when->time = last_minute;
        Update update;
        update.kind = UpdateKind::agree_deadline;
        update.deadline = when->instant(background_.zone);
        add_update(update, "Agreed deadline: " + to_words(*update.deadline, background_.zone));
    }

    // "line manager", "their line manager", "line manager (theirs)".
    void unavailable(const Fact& fact) {
        auto role = folded(fact.value);
        auto side = side_of(Whose::unsaid, background_.sender);
        const bool theirs = role.starts_with("their ") || role.ends_with("(theirs)");
        if (theirs) side = opposite(background_.sender);
        for (const std::string_view before : {"their ", "our ", "my ", "the "})
            if (role.starts_with(before)) role.erase(0, before.size());
        role = slug(role.substr(0, role.find('(')));
        if (role == "manager") role = "line-manager";
        if (role.empty() || side == Side::none)
            return doubt(
                "Unavailable: say which role, such as \"line manager\" or \"their line "
                "manager\".");
        Update update;
        update.kind = UpdateKind::report_unavailable;
        update.contact.side = side;
        update.contact.role = role;
        add_update(update, "Cannot be reached: " + std::string(theirs ? "their " : "your ") +
                               readable(role));
    }

    void priority(const Fact& fact) {
        std::string permitted = "\"standard\"";
        for (const auto& id : priority_ids(known_.policy)) permitted += ", \"" + id + '"';
        Update update;
        update.kind = UpdateKind::set_priority;
        for (const auto& level : known_.policy.priorities)
            if (folded(fact.value) == folded(level.id) || folded(fact.value) == folded(level.title))
                update.priority = level.id;
        if (folded(fact.value) == "standard" || known_.unknown)
            update.priority = folded(fact.value);
        if (update.priority.empty()) return doubt("Priority: one of " + permitted + ".");
        add_update(update, "Priority: " + update.priority);
    }

    void tag(const Fact& fact) {
        Update update;
        update.kind = UpdateKind::tag;
        update.tag = slug(fact.value);
        if (std::ranges::find(known_tags(), update.tag) == known_tags().end())
            return doubt("Tag: one of " + joined(known_tags(), ", ") + ".");
        add_update(update, "Tag: " + update.tag);
    }

    // "Not me, try Jo Bloggs <jo@example.org>": whoever answers names their own successor.
    void pass_on(const std::string& text) {
        const auto doubted = [&](std::string why) {
            hear(UpdateKind::name_contact);
            doubt(std::move(why));
        };
        static constexpr auto signs = std::to_array<std::string_view>(
            {"not me", "wrong person", "wrong contact", "wrong address", "wrong email",
             "not the right person", "not the right contact", "not the correct person",
             "not the correct contact", "not my case", "not my area", "not my team", "no longer my",
             "no longer in this role", "no longer in that role", "no longer the"});
        const auto said = folded(text);
        const bool passes = std::ranges::any_of(
            signs, [&](auto sign) { return said.find(sign) != std::string::npos; });
        if (!passes) return;
        // Not the addresses below it: people sign with their own.
        const auto start = text.find_first_not_of(" \n");
        const auto end = text.find("\n\n", start == std::string::npos ? 0 : start);
        const auto near = std::string_view(text).substr(0, end);
        auto addresses = bounce::addresses_in(near);
        if (addresses.empty()) addresses = bounce::addresses_in(text);
        if (addresses.size() != 1)
            return doubted(
                "It says that somebody else is to be written to: name the one person, as "
                "in Line manager: Name <name@example.org>.");
        if (!actions_.empty())
            return doubted("It asks for something and says that you are not the right person.");
        if (background_.role.empty() && !known_.unknown)
            return doubted(
                "Say for which role the other person is: Line manager: Name "
                "<name@example.org>.");
        Update update;
        update.kind = UpdateKind::name_contact;
        update.contact = {background_.sender, background_.role, name_before(text, addresses[0]),
                          addresses[0], ""};
        add_update(update, "To be written to instead of you: " + addresses[0]);
    }

    // "Jo Bloggs" of "please contact Jo Bloggs <jo@example.org>"; empty when nothing says so.
    static std::string name_before(const std::string& text, const std::string& address) {
        constexpr std::size_t longest = 60;
        auto before = std::string_view(text).substr(0, text.find(address));
        std::size_t start = std::string::npos;
        for (const std::string_view cue : {"contact ", "try ", "email ", "speak to ", "ask ",
                                           "it is ", "should be ", "forward to ", "write to "}) {
            const auto at = before.rfind(cue);
            if (at == std::string_view::npos) continue;
            const auto behind = at + cue.size();
            if (start == std::string::npos || behind > start) start = behind;
        }
        if (start == std::string::npos || before.size() - start > longest) return "";
        const Fact fact{{}, Whose::unsaid, "", {}, "", std::string(before.substr(start)) + address};
        return contact_of(fact, Side::none).name;
    }

    void stage(const std::string& value) {
        stage_ = known_.unknown ? std::string(trimmed(value)) : stage_of(known_.policy, value);
        if (stage_.empty()) doubt("The policy has no stage of that name.");
    }

    // Two kinds of words in one mail, or words we may not rely on.
    void weigh(const Spoken& spoken) {
        if (actions_.size() > 1)
            return doubt("It says more than one thing: \"" + in_words(actions_[0], known_.policy) +
                         "\" and \"" + in_words(actions_[1], known_.policy) + "\".");
        if (spoken.negated)
            return doubt("It speaks of something grave, with a \"not\", an \"if\" or a question.");
        const bool other = std::ranges::any_of(spoken.heard, [&](UpdateKind kind) {
            return actions_.empty() || actions_.front().kind != kind;
        });
        if (other && !actions_.empty())
            return doubt("It may be more than \"" + in_words(actions_.front(), known_.policy) +
                         "\".");
        if (other) return doubt("It may ask for something, but not plainly enough to act on.");
        if (!stage_.empty() && (actions_.empty() || actions_[0].kind != UpdateKind::escalate))
            doubt("A stage is named only to escalate to it.");
    }

    void finish(const Facts& facts, const Spoken& spoken) {
        if (!actions_.empty()) {
            Update update;
            update.kind = actions_.front().kind;
            update.event = actions_.front().event;
            update.mode = actions_.front().mode;
            update.stage = stage_;
            update.facts.skip_reason = skip_reason_;
            if (!spoken.bare && !facts.rest.empty())
                text_ = facts.rest + (text_.empty() ? "" : "\n" + text_);
            update.text = text_;
            say("You asked for: " + in_words(actions_.front(), known_.policy) +
                (stage_.empty() ? "" : ", stage " + stage_));
            into_.updates.push_back(std::move(update));
        }
        for (auto& update : into_.updates) {
            update.ref = into_.ref;
            update.happened = happened_;
        }
    }

    const Background& background_;
    const KnownBoard& known_;
    Understood& into_;
    std::vector<Action> actions_;
    std::optional<Instant> happened_;
    std::string text_;
    std::string stage_;
    std::string skip_reason_;
    std::string doubt_;
};

// Some mail programs open our prepared answers with the word in the subject: "ACTION: resolved".
// It counts as a line of the text, unless the text says something itself.
Facts with_subject(Facts facts, std::string_view subject, const KnownBoard& known) {
    constexpr std::string_view sign = "action:";
    const auto said = folded(tidied(subject));
    const auto at = said.find(sign);
    if (at == std::string::npos) return facts;
    const auto spoken = listen(facts.rest, &known.policy);
    const bool says = !spoken.certain.empty() || !spoken.heard.empty() || !facts.lines.empty();
    if (says) return facts;
    auto word = said.substr(at + sign.size());
    word = trimmed(word.substr(0, word.find('[')));
    if (!facts.rest.empty() && action_of_label(word, &known.policy)) {
        auto more = read_facts(word + ": " + facts.rest, &known.policy);
        if (!more.lines.empty()) return more;
    }
    facts.rest = word + (facts.rest.empty() ? "" : "\n" + facts.rest);
    return facts;
}

}  // namespace

void understand_update(const Facts& facts, std::string_view subject, const Background& background,
                       const KnownBoard& known, Understood& into) {
    UpdateReader(background, known, into).read(with_subject(facts, subject, known));
}

}  // namespace stageclock::reply
