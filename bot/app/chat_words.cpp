// SPDX-License-Identifier: MIT
#include "bot/app/chat_words.h"

#include "bot/core/directory.h"

namespace stageclock::chat_words {
namespace {

using Kind = ChatReply::Kind;

std::string recorded(const Acted& acted, const Zone& zone) {
    std::string text = "Recorded: " + folded(acted.choice) + ", on " + to_words(acted.at, zone) +
                       ", for the " + acted.page.capacity + ". ";
    if (!acted.open) {
        text += acted.page.ref + " is closed and its clocks have stopped.";
    } else {
        text += acted.page.ref + " stands at \"" + acted.page.stage + "\"";
        if (!acted.answer.deadlines.empty())
            text += "; next deadline: " + acted.answer.deadlines.front().words;
        text += ".";
    }
    // The first is the one about 999; the others were read when the case was raised.
    if (!acted.answer.guards.empty()) text += " " + acted.answer.guards.front();
    return text;
}

// The words of the three forms that act; what else a page offers is for the page.
std::string form_of(const Choice& choice) {
    if (choice.id == "acknowledged") return "acknowledge";
    if (choice.id == "resolved") return "resolve";
    if (choice.id == "escalated") return "escalate";
    return "";
}

}  // namespace

ChatReply reply(Kind kind, std::string text) {
    ChatReply made;
    made.kind = kind;
    made.text = std::move(text);
    return made;
}

std::string forms() {
    return "list; show REF; ack REF; resolve REF: what was agreed; escalate REF: why. "
           "REF is the reference of the case, such as ABCD-2026-0042.";
}

ChatReply help() { return reply(Kind::told, "You can write: " + forms()); }

ChatReply not_understood() {
    return reply(
        Kind::not_understood,
        "I am not sure what you ask for, and nothing was recorded. You can write: " + forms());
}

ChatReply unavailable() {
    return reply(Kind::unavailable,
                 "Nothing was recorded: the service cannot read or store anything just now. "
                 "Please try again in a minute, or answer by mail.");
}

ChatReply too_long() {
    return reply(Kind::refused,
                 "Nothing was recorded: the text is too long for a chat. Please "
                 "answer the mail about this case instead.");
}

ChatReply who(const Speaker& speaker) {
    const std::string account =
        speaker.account.empty() ? "your account" : speaker.channel + ":" + speaker.account;
    return reply(Kind::who, "I do not know yet whose account this is. Ask your board to list " +
                                account + " with your post in its directory, then write again.");
}

ChatReply which(const std::string& ref) {
    const std::string called = ref.empty() ? "such case" : "case " + ref;
    return reply(Kind::which, "There is no " + called +
                                  " that you take part in. Write \"list\" to see the cases that "
                                  "ask something of you.");
}

ChatReply not_offered(const std::string& ref, const ActionPage& page) {
    if (!page.over.empty()) return reply(Kind::over, ref + ": " + page.over);
    std::string possible;
    bool more = false;
    for (const Choice& choice : page.choices) {
        const std::string form = form_of(choice);
        more = more || form.empty();
        if (!form.empty()) possible += (possible.empty() ? "" : ", ") + form;
    }
    std::string text = "That cannot be recorded on " + ref + " as it stands.";
    if (!possible.empty()) text += " What you can do here: " + possible + ".";
    if (more) text += " The page behind the mail about it offers more.";
    return reply(Kind::refused, text);
}

ChatReply acted(const Acted& acted, const Zone& zone) {
    switch (acted.kind) {
        case Acted::Kind::recorded: {
            ChatReply made = reply(Kind::recorded, recorded(acted, zone));
            made.capacity = acted.page.capacity;
            return made;
        }
        case Acted::Kind::refused: {
            ChatReply made = reply(Kind::refused, "Nothing was recorded. " + acted.refusal);
            made.clauses = acted.clauses;
            return made;
        }
        case Acted::Kind::incomplete:
            return reply(Kind::refused, "Nothing was recorded yet. " + acted.what);
        case Acted::Kind::over: return reply(Kind::over, acted.page.ref + ": " + acted.page.over);
        case Acted::Kind::conflict:
            return reply(Kind::refused,
                         "This message was recorded before with other words, and that stands. "
                         "Please write a new one.");
        case Acted::Kind::unavailable: break;
    }
    return unavailable();
}

}  // namespace stageclock::chat_words
