// SPDX-License-Identifier: MIT
#include "bot/core/away.h"

#include <algorithm>
#include <array>

#include "bot/core/bounce_parts.h"
#include "bot/core/directory.h"
#include "bot/core/reply_parts.h"

// Out-of-office answers as mail programs and people in the United Kingdom write them.
namespace stageclock::away {
namespace {

constexpr auto subjects = std::to_array<std::string_view>({
    "automatic reply:",
    "automatic reply -",
    "out of office",
    "out-of-office",
    "out of the office",
    "outofoffice",
    "ooo:",
    "ooo ",
    "auto:",
    "autoreply:",
    "auto-reply:",
    "auto reply:",
    "autoreply",
    "auto response:",
    "autoresponse:",
    "automated reply",
    "automatic response",
    "vacation",
    "on leave",
    "annual leave",
    "maternity leave",
    "away from",
    "absence",
    "i am away",
    "i'm away",
    "away:",
    "on holiday",
    "abwesend",
    "abwesenheit",
    "automatische antwort:",
    "réponse automatique",
    "reponse automatique",
    "absence du bureau",
    "respuesta automática:",
    "resposta automática:",
    "odpowiedź automatyczna:",
    "ateb awtomatig",
    "allan o'r swyddfa",
});

constexpr auto phrases = std::to_array<std::string_view>({
    "out of office",
    "out of the office",
    "out-of-office",
    "not in the office",
    "away from the office",
    "away from my desk",
    "away from work",
    "annual leave",
    "on leave",
    "on a/l",
    "on holiday",
    "on my holiday",
    "on vacation",
    "maternity leave",
    "paternity leave",
    "parental leave",
    "sick leave",
    "study leave",
    "compassionate leave",
    "on secondment",
    "on sabbatical",
    "off sick",
    "currently away",
    "i am away",
    "i'm away",
    "i will be away",
    "i'll be away",
    "currently on leave",
    "currently unavailable",
    "i am unavailable",
    "back in the office",
    "back at work",
    "return to the office",
    "return to work",
    "returning to the office",
    "returning on",
    "return on",
    "i will return",
    "i will be back",
    "i'll be back",
    "limited access to email",
    "limited access to my email",
    "no access to email",
    "not checking email",
    "my working days",
    "my working hours",
    "my working pattern",
    "non-working day",
    "non working day",
    "do not work on",
    "don't work on",
    "no longer work",
    "no longer working",
    "no longer employed",
    "no longer with",
    "no longer at",
    "have left",
    "has left",
    "have now left",
    "has now left",
    "return from leave",
    "return from annual",
    "on my return",
    "working part time",
    "work part time",
    "work part-time",
    "attending training",
    "nicht im büro",
    "nicht im haus",
    "absent du bureau",
    "en congé",
    "fuera de la oficina",
    "de vacaciones",
    "fora do escritório",
    "poza biurem",
    "na urlopie",
    "allan o'r swyddfa",
    "ar wyliau",
});

bool begins_any(std::string_view said, const auto& list) {
    return std::ranges::any_of(list, [&](std::string_view each) { return said.starts_with(each); });
}

// The unquoted text above a quotation, on one line, lower case; the answer may quote our mail.
std::string said_in(std::string_view text) {
    constexpr std::size_t longest = 20000;
    return folded(new_text(text.substr(0, longest)));
}

// "from 14 Dec", "from Dec 14th": the last word begins with a digit or is a month.
bool ends_in_date(std::string_view said) {
    static constexpr auto months = std::to_array<std::string_view>(
        {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});
    const auto space = said.rfind(' ');
    const auto word = space == std::string_view::npos ? said : said.substr(space + 1);
    return !word.empty() &&
           ((word.front() >= '0' && word.front() <= '9') || begins_any(word, months));
}

// Whatever follows the words, up to the end of a sentence.
std::optional<Date> date_after(std::string_view said, std::string_view words,
                               const std::optional<Date>& sent) {
    constexpr std::size_t nearest = 60;
    for (auto at = said.find(words); at != std::string_view::npos;
         at = said.find(words, at + words.size())) {
        const bool inside = at > 0 && said[at - 1] >= 'a' && said[at - 1] <= 'z';
        const bool spaced = words.front() == ' ';
        if (inside && !(spaced && ends_in_date(said.substr(0, at)))) continue;
        const auto rest = said.substr(at + words.size(), nearest);
        if (const auto date = reply::date_within(rest, sent)) return date;
    }
    return std::nullopt;
}

}  // namespace

bool is_subject(std::string_view subject) {
    const auto said = folded(reply::tidied(subject));
    return begins_any(said, subjects) || said.find("out of office") != std::string::npos ||
           said.find("out of the office") != std::string::npos;
}

bool is_fixed_subject(std::string_view subject) {
    static constexpr auto fixed = std::to_array<std::string_view>(
        {"auto", "out of", "out-of", "ooo", "réponse auto", "reponse auto", "respuesta auto",
         "resposta auto", "odpowiedź auto", "ateb auto"});
    const auto said = folded(reply::tidied(subject));
    return begins_any(said, fixed) || said.find(" is out of") != std::string::npos;
}

bool has_phrase(std::string_view text) {
    const auto said = said_in(text);
    return std::ranges::any_of(phrases,
                               [&](auto each) { return said.find(each) != std::string::npos; });
}

std::string back_in(std::string_view text, const std::optional<Date>& sent) {
    // A day of return is surer than the last day away.
    static constexpr auto signs = std::to_array<std::string_view>({"back in the office",
                                                                   "be back",
                                                                   "am back",
                                                                   "back at work",
                                                                   "back on",
                                                                   "return to work",
                                                                   "return to the office",
                                                                   "returning to the office",
                                                                   "returning to work",
                                                                   "returning",
                                                                   "return on",
                                                                   "return",
                                                                   "back",
                                                                   "resume",
                                                                   "de retour",
                                                                   "zurück",
                                                                   "until",
                                                                   "till",
                                                                   "up to and",
                                                                   "through to",
                                                                   "through",
                                                                   "bis zum",
                                                                   "bis",
                                                                   "jusqu'au",
                                                                   " to ",
                                                                   " - ",
                                                                   "\u2013"});
    const auto said = said_in(text);
    for (const auto sign : signs)
        if (const auto date = date_after(said, sign, sent)) return to_text(*date);
    return "";
}

std::string suggested_in(const MailSigns& signs) {
    std::vector<std::string> others;
    for (auto& address : bounce::addresses_in(new_text(signs.text))) {
        const auto said = folded(address);
        const auto same = [&](const std::string& each) { return folded(each) == said; };
        if (said == folded(signs.from) || std::ranges::any_of(signs.own, same)) continue;
        if (std::ranges::none_of(others, same)) others.push_back(std::move(address));
    }
    return others.size() == 1 ? others.front() : "";
}

}  // namespace stageclock::away
