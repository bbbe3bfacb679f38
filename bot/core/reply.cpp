// SPDX-License-Identifier: MIT
#include "bot/core/reply.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "bot/core/reply_parts.h"

namespace stageclock {
namespace {

using namespace reply;

// References in a text, each once, in the form of their board.
std::vector<std::string> references_in(std::string_view text,
                                       const std::vector<KnownBoard>& boards) {
    constexpr std::size_t longest_number = 9;
    std::vector<std::string> found;
    const auto digit = [&](std::size_t i) {
        return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    };
    const auto word = [&](std::size_t i) {
        return i < text.size() && std::isalnum(static_cast<unsigned char>(text[i])) != 0;
    };
    for (std::size_t dash = text.find('-'); dash != std::string_view::npos;
         dash = text.find('-', dash + 1)) {
        const bool year = digit(dash + 1) && digit(dash + 2) && digit(dash + 3) &&
                          digit(dash + 4) && dash + 5 < text.size() && text[dash + 5] == '-';
        if (!year) continue;
        std::size_t end = dash + 6;
        while (digit(end)) ++end;
        const auto number = end - (dash + 6);
        std::size_t start = dash;
        while (start > 0 && word(start - 1)) --start;
        if (number == 0 || number > longest_number || word(end)) continue;
        for (const auto& known : boards) {
            const auto& prefix = known.board.reference_prefix;
            if (folded(text.substr(start, dash - start)) != folded(prefix)) continue;
            auto ref = prefix + std::string(text.substr(dash, end - dash));
            if (std::ranges::find(found, ref) == found.end()) found.push_back(std::move(ref));
        }
    }
    return found;
}

const KnownBoard* board_of_reference(std::string_view ref, const std::vector<KnownBoard>& boards) {
    for (const auto& known : boards)
        if (ref.starts_with(known.board.reference_prefix + '-')) return &known;
    return nullptr;
}

const KnownBoard* board_called(std::string_view name, const std::vector<KnownBoard>& boards) {
    const auto wanted = folded(name);
    for (const auto& known : boards) {
        const auto& board = known.board;
        if (wanted == folded(board.id) || wanted == folded(board.name) ||
            wanted == folded(board.reference_prefix))
            return &known;
    }
    return nullptr;
}

// ---- updates of a case

constexpr std::string_view choices =
    "Write one of these on a line of its own at the top of your reply: acknowledged; "
    "discussed: what was said; resolved: what was agreed; escalate; withdraw; urgent; not urgent; "
    "decision: what was decided; confirmed; recorded; "
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
        if (doubt_.empty()) finish(facts, spoken);
        if (!doubt_.empty() || into_.updates.empty()) {
            into_.kind = Understood::Kind::uncertain;
            into_.updates.clear();
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

    void act(const Action& action) {
        if (std::ranges::find(actions_, action) == actions_.end()) actions_.push_back(action);
    }

    void take(const Fact& fact) {
        switch (fact.field) {
            case Field::action:
                if (denies(fact.value))
                    return doubt("\"" + in_words(fact.action, known_.policy) +
                                 "\" is denied in the same line.");
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
            case Field::skip_reason: skip_reason_ = fact.value; [[fallthrough]];
            case Field::reason:
            case Field::summary:
            case Field::view:
            case Field::wanted: return add(fact.label + ": " + fact.value);
            default:
                doubt("A reply cannot change the agencies, the person or the status of a case.");
        }
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

    void stage(const std::string& value) {
        stage_ = stage_of(known_.policy, value);
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

// ---- raises

const Fact* last_fact(const Facts& facts, Field field) {
    const auto found = std::find_if(facts.lines.rbegin(), facts.lines.rend(),
                                    [&](const Fact& fact) { return fact.field == field; });
    return found == facts.lines.rend() ? nullptr : &*found;
}

// What the mail says, after what the mails it completes said.
Facts all_facts(const MailText& mail, const std::string& text, const Policy* policy) {
    Facts all;
    auto texts = mail.earlier;
    texts.push_back(text);
    for (const auto& each : texts) {
        auto facts = read_facts(each, policy);
        std::ranges::move(facts.lines, std::back_inserter(all.lines));
        if (!all.rest.empty() && !facts.rest.empty()) all.rest += '\n';
        all.rest += facts.rest;
    }
    return all;
}

// A mail without a reference: a raise, unless it only has words that belong to a case.
void understand_without_reference(const std::string& text, const MailText& mail,
                                  const Background& background, Understood& result) {
    const KnownBoard* known = board_called(background.board, background.boards);
    const auto first = all_facts(mail, text, known != nullptr ? &known->policy : nullptr);
    if (const auto* named = last_fact(first, Field::board))
        known = board_called(named->value, background.boards);
    const bool facts = std::ranges::any_of(first.lines, [](const Fact& fact) {
        return fact.field == Field::agency || fact.field == Field::summary ||
               fact.field == Field::child || fact.field == Field::adult ||
               fact.field == Field::person || fact.field == Field::board;
    });
    const auto spoken = listen(first.rest, known != nullptr ? &known->policy : nullptr);
    const bool words = last_fact(first, Field::action) != nullptr || !spoken.certain.empty();
    if (!facts && words) {
        result.ask =
            "It does not say which case it is about. Reply to one of our mails, or put "
            "the reference of the case in square brackets in the subject.";
        return;
    }
    if (known != nullptr) {
        result.board = known->board.id;
        return understand_raise(all_facts(mail, text, &known->policy), background, *known, result);
    }
    result.kind = Understood::Kind::incomplete;
    std::string names;
    for (const auto& each : background.boards)
        names += (names.empty() ? "" : "; ") + each.board.name;
    result.missing.push_back("Board: one of " + names);
}

}  // namespace

std::string reference_in(const MailText& mail, const std::vector<KnownBoard>& boards) {
    for (const auto& text : {mail.subject, new_text(mail.text), mail.text}) {
        const auto found = references_in(text, boards);
        if (!found.empty()) return found.size() == 1 ? found.front() : "";
    }
    return "";
}

Understood understand(const MailText& mail, const Background& background) {
    Understood result;
    const auto text = new_text(mail.text);
    result.ref = reference_in(mail, background.boards);
    if (const auto* known = board_of_reference(result.ref, background.boards)) {
        result.board = known->board.id;
        UpdateReader(background, *known, result).read(read_facts(text, &known->policy));
    } else if (!references_in(mail.subject, background.boards).empty() ||
               !references_in(mail.text, background.boards).empty()) {
        result.ask =
            "It names more than one case. Write one mail for each, with the reference "
            "in the subject.";
    } else {
        understand_without_reference(text, mail, background, result);
    }
    return result;
}

}  // namespace stageclock
