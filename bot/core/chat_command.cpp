// SPDX-License-Identifier: MIT
#include "bot/core/chat_command.h"

#include <algorithm>
#include <array>
#include <optional>

#include "bot/core/chat_parts.h"
#include "bot/core/directory.h"
#include "bot/core/reply_parts.h"

namespace stageclock {
namespace {

using namespace chat_parts;
using Kind = ChatCommand::Kind;

// ---- what stands before a command

// "<at>Stage Clock</at>" and "<@U0123>" become spaces, wherever they stand. False: more than one is
// spoken to, so that it may not be us who are asked.
bool blank_mentions(std::string& text) {
    struct Frame {
        std::string_view opening;
        std::string_view closing;
    };
    std::string mentioned;
    for (const Frame frame : {Frame{"<at>", "</at>"}, Frame{"<@", ">"}}) {
        for (auto at = text.find(frame.opening); at != text.npos;
             at = text.find(frame.opening, at)) {
            const auto end = text.find(frame.closing, at);
            if (end == text.npos) break;
            const auto size = end + frame.closing.size() - at;
            const std::string name = text.substr(at, size);
            if (!mentioned.empty() && mentioned != name) return false;
            mentioned = name;
            text.replace(at, size, size, ' ');
        }
    }
    return true;
}

// "@stageclock", "/stageclock", "stageclock:", "Hi", "please". Gives where the first of them ends;
// `at` itself when there is none.
std::size_t behind_address(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with('@') || rest.starts_with('/')) {
        return at + std::min(rest.find_first_of(" ,:\n"), rest.size());
    }
    constexpr auto words = std::to_array<std::string_view>(
        {"stageclock", "hi", "hello", "hey", "dear", "good morning", "good afternoon", "please",
         "kindly", "ok", "okay", "yes", "thanks", "thank you"});
    for (const auto word : words) {
        const bool whole =
            rest.size() == word.size() ||
            (rest.starts_with(word) && !is_alnum(rest[word.size()]) && rest[word.size()] != '\'');
        if (rest.starts_with(word) && whole) return at + word.size();
    }
    return at;
}

std::size_t behind_addresses(std::string_view text) {
    constexpr std::string_view between = " \n,:;.!*_`\"'-";
    std::size_t at = 0;
    for (bool named = false;;) {
        at = std::min(text.find_first_not_of(between, at), text.size());
        const bool name = at < text.size() && text[at] == '@';
        const std::size_t next = behind_address(text, at);
        if (next == at || (name && named)) return at;
        named = named || name;
        at = next;
    }
}

// ---- the command itself

std::string words_in(std::string_view text, const auto& left_out) {
    std::string words;
    std::size_t at = 0;
    for (auto word = reply::next_word(text, at); !word.empty(); word = reply::next_word(text, at)) {
        if (std::ranges::find(left_out, word) != left_out.end()) continue;
        words += (words.empty() ? "" : " ") + word;
    }
    return words;
}

// Asking harms nothing: it may be put in many ways.
Kind question_in(std::string_view head, bool names_case) {
    constexpr auto polite = std::to_array<std::string_view>(
        {"please", "pls", "the", "me", "thanks", "thank", "you", "now", "could", "can", "would"});
    constexpr auto lists = std::to_array<std::string_view>({"list",
                                                            "list all",
                                                            "list cases",
                                                            "list my cases",
                                                            "list all cases",
                                                            "list open cases",
                                                            "list my open cases",
                                                            "list all my cases",
                                                            "cases",
                                                            "my cases",
                                                            "open cases",
                                                            "my open cases",
                                                            "show cases",
                                                            "show my cases",
                                                            "show all cases",
                                                            "show all my cases",
                                                            "show open cases",
                                                            "show my open cases",
                                                            "show list",
                                                            "what is open",
                                                            "what's open",
                                                            "what do i have",
                                                            "what is due",
                                                            "what's due",
                                                            "which cases are open",
                                                            "which cases"});
    constexpr auto shows = std::to_array<std::string_view>({"show",
                                                            "show case",
                                                            "show my case",
                                                            "status",
                                                            "status of",
                                                            "status of case",
                                                            "what is status",
                                                            "what's status",
                                                            "what is status of",
                                                            "what's status of",
                                                            "where is",
                                                            "where is case",
                                                            "where does stand",
                                                            "how does stand",
                                                            "details",
                                                            "details of",
                                                            "details on",
                                                            "info",
                                                            "info on",
                                                            "look up",
                                                            "tell about",
                                                            "what about",
                                                            "view"});
    constexpr auto helps = std::to_array<std::string_view>(
        {"help", "help with this", "commands", "usage", "how does this work", "how does it work",
         "what i do", "what do", "what i say", "what i write", "how do i use this"});
    const std::string words = words_in(head, polite);
    const auto among = [&](const auto& all) { return std::ranges::find(all, words) != all.end(); };
    if (among(shows) || (names_case && (words.empty() || words == "case"))) return Kind::show;
    if (names_case) return Kind::unclear;
    if (among(helps)) return Kind::help;
    return among(lists) ? Kind::list : Kind::unclear;
}

// Acting does: only these words, and the phrases people answer our mails with.
Kind act_in(std::string_view head) {
    if (head.find('?') != head.npos) return Kind::unclear;
    constexpr auto polite = std::to_array<std::string_view>(
        {"please", "the", "case", "thanks", "thank", "you", "pls", "now", "cheers"});
    constexpr auto acknowledges = std::to_array<std::string_view>(
        {"ack", "acked", "acknowledge this", "acknowledge it", "ack this", "ack it", "got it",
         "got this", "on it", "seen it", "seen this", "i have seen this", "i have seen it",
         "i've seen this", "i've seen it", "i acknowledge", "i acknowledge this",
         "i acknowledge it"});
    constexpr auto resolves = std::to_array<std::string_view>(
        {"resolve", "resolve this", "resolve it", "resolved", "mark as resolved",
         "mark this as resolved", "mark resolved", "mark it as resolved"});
    constexpr auto escalates =
        std::to_array<std::string_view>({"escalate", "escalate this", "escalate it"});
    const std::string words = words_in(head, polite);
    const auto among = [&](const auto& all) { return std::ranges::find(all, words) != all.end(); };
    if (among(acknowledges)) return Kind::acknowledge;
    if (among(resolves)) return Kind::resolve;
    if (among(escalates)) return Kind::escalate;
    const reply::Spoken spoken = reply::listen(head, nullptr);
    if (!spoken.bare || spoken.certain.size() != 1 || spoken.negated || !spoken.stage.empty() ||
        !spoken.heard.empty()) {
        return Kind::unclear;
    }
    switch (spoken.certain.front().kind) {
        case UpdateKind::acknowledge: return Kind::acknowledge;
        case UpdateKind::resolve: return Kind::resolve;
        // "We could not agree" is a reason: in a chat it asks for nothing by itself.
        case UpdateKind::escalate:
            return words.find("escalat") != words.npos ? Kind::escalate : Kind::unclear;
        default: return Kind::unclear;
    }
}

// Where a colon, a line end or a dash between spaces stands, from `from` on; npos: nowhere.
std::size_t separator_in(std::string_view text, std::size_t from,
                         const std::vector<Reference>& references) {
    for (std::size_t i = from; i < text.size(); ++i) {
        const auto in = std::ranges::find_if(
            references, [&](const Reference& each) { return each.begin <= i && i < each.end; });
        if (in != references.end()) {
            i = in->end - 1;
            continue;
        }
        const bool dash = text[i] == '-' && i > 0 && text[i - 1] == ' ' && i + 1 < text.size() &&
                          text[i + 1] == ' ';
        if (text[i] == ':' || text[i] == '\n' || dash) return i;
    }
    return std::string_view::npos;
}

// The text from `from` to `to` without its references.
std::string without_references(std::string_view text, std::size_t from, std::size_t to,
                               const std::vector<Reference>& references) {
    std::string rest(text.substr(from, to - from));
    for (const Reference& each : references) {
        for (std::size_t i = std::max(each.begin, from); i < std::min(each.end, to); ++i) {
            rest[i - from] = ' ';
        }
    }
    return rest;
}

// The one case named between two places; nullopt: more than one.
std::optional<std::string> one_reference(const std::vector<Reference>& references, std::size_t from,
                                         std::size_t to) {
    std::string ref;
    for (const Reference& each : references) {
        if (each.begin < from || each.begin >= to) continue;
        if (!ref.empty() && each.ref != ref) return std::nullopt;
        ref = each.ref;
    }
    return ref;
}

// Whether what follows the colon takes the command back or only repeats our own instruction.
bool takes_back(Kind kind, std::string_view text) {
    const std::string said = folded(text);
    const bool reason = kind == Kind::escalate && said.find("agree") != said.npos;
    return said.ends_with('?') || (reply::denies(said) && !reason);
}

bool is_our_own_hint(std::string_view text) {
    std::string said = folded(text);
    while (said.ends_with('.')) said.pop_back();
    return said == "what was agreed" || said == "why";
}

// The whole text as one command without words of its own.
ChatCommand plain_command(std::string_view text, std::size_t from,
                          const std::vector<Reference>& references) {
    ChatCommand command;
    const auto ref = one_reference(references, 0, text.size());
    if (!ref) return command;
    const std::string head = without_references(text, from, text.size(), references);
    command.kind = act_in(head);
    if (command.kind == Kind::unclear) command.kind = question_in(head, !ref->empty());
    const bool about_it =
        command.kind != Kind::unclear && command.kind != Kind::list && command.kind != Kind::help;
    if (about_it) command.ref = *ref;
    return command;
}

}  // namespace

ChatCommand chat_command(std::string_view text, const std::vector<std::string>& prefixes) {
    constexpr std::size_t npos = std::string_view::npos;
    const std::string written = chat_text(text);
    Plain plain = plain_of(written);
    if (!blank_mentions(plain.text)) return {};
    const std::string_view said = plain.text;
    const auto references = references_in(said, prefixes);
    std::size_t start = behind_addresses(said);
    if (start == said.size()) return {Kind::help, "", ""};
    std::size_t end = separator_in(said, start, references);
    // "CSCP-2026-0042: resolved: ..."
    while (end != npos &&
           reply::trimmed(without_references(said, start, end, references)).empty()) {
        start = end + 1;
        end = separator_in(said, start, references);
    }
    if (end == npos) return plain_command(said, start, references);
    const Kind kind = act_in(without_references(said, start, end, references));
    if (kind != Kind::resolve && kind != Kind::escalate) {
        return plain_command(said, start, references);
    }
    ChatCommand command;
    auto ref = one_reference(references, 0, end);
    if (ref && ref->empty()) ref = one_reference(references, end, said.size());
    const auto words = reply::trimmed(std::string_view(written).substr(plain.at[end + 1]));
    if (!ref || takes_back(kind, words)) return command;
    command.kind = kind;
    command.ref = *ref;
    if (!is_our_own_hint(words)) command.text = words;
    return command;
}

}  // namespace stageclock
