// SPDX-License-Identifier: MIT
#include "bot/core/reply.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "bot/core/reply_parts.h"

namespace stageclock {
namespace {

using namespace reply;

constexpr std::string_view several_cases = "It names more than one case.";

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

bool raises(const Facts& facts) {
    return std::ranges::any_of(facts.lines, [](const Fact& fact) {
        return fact.field == Field::agency || fact.field == Field::summary ||
               fact.field == Field::child || fact.field == Field::adult ||
               fact.field == Field::person || fact.field == Field::board;
    });
}

// A mail without a reference: a raise, unless it only has words that belong to a case.
void understand_without_reference(const std::string& text, const MailText& mail,
                                  const Background& background, Understood& result) {
    const KnownBoard* known = board_called(background.board, background.boards);
    const auto first = all_facts(mail, text, known != nullptr ? &known->policy : nullptr);
    if (const auto* named = last_fact(first, Field::board))
        known = board_called(named->value, background.boards);
    const bool facts = raises(first);
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

// "VSP" of the first "VSP-2026-0042" in a text; empty: there is none.
std::string prefix_in(std::string_view text) {
    const auto is = [&](std::size_t i, auto test) {
        return i < text.size() && test(static_cast<unsigned char>(text[i])) != 0;
    };
    const auto digit = [&](std::size_t i) { return is(i, [](int c) { return std::isdigit(c); }); };
    for (auto dash = text.find('-'); dash != std::string_view::npos;
         dash = text.find('-', dash + 1)) {
        bool year = is(dash + 5, [](int c) { return c == '-'; }) && digit(dash + 6);
        for (std::size_t i = dash + 1; i < dash + 5; ++i) year = year && digit(i);
        auto start = dash;
        while (start > 0 && is(start - 1, [](int c) { return std::isalpha(c); })) --start;
        if (year && start < dash) return std::string(text.substr(start, dash - start));
    }
    return "";
}

}  // namespace

Understood understand_alone(const MailText& mail, const Zone& zone) {
    Board board;
    const Policy policy;
    const Directory directory;
    for (const auto& text : {mail.subject, mail.text})
        if (board.reference_prefix.empty()) board.reference_prefix = prefix_in(text);
    for (char& c : board.reference_prefix)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const KnownBoard known{board, policy, directory, true};
    const std::vector<KnownBoard> boards{known};
    const Background background{boards, zone, "", Side::raising};
    if (!board.reference_prefix.empty()) {
        const auto result = understand(mail, background);
        if (!result.ref.empty() || result.ask.starts_with(several_cases)) return result;
    }
    Understood result;
    const auto facts = all_facts(mail, new_text(mail.text), &policy);
    if (raises(facts)) {
        understand_raise(facts, background, known, result);
    } else {
        understand_update(facts, mail.subject, background, known, result);
    }
    return result;
}

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
        understand_update(read_facts(text, &known->policy), mail.subject, background, *known,
                          result);
    } else if (!references_in(mail.subject, background.boards).empty() ||
               !references_in(mail.text, background.boards).empty()) {
        result.ask =
            std::string(several_cases) + " Write one mail for each, with the reference "
            "in the subject.";
    } else {
        understand_without_reference(text, mail, background, result);
    }
    return result;
}

}  // namespace stageclock
