// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "bot/core/reply.h"
#include "bot/core/reply_parts.h"

// Where a reply ends and what it quotes begins. The signs are those real programs write: our own
// marker line, "On ... wrote:" (wrapped by some over several lines) and the like in other
// languages, Outlook's "From: / Sent:" block with or without a rule above it, "-----Original
// Message-----", ">" lines.
namespace stageclock {
namespace reply {
namespace {

bool is_blank(std::string_view line) { return trimmed(line).empty(); }
bool is_quoted(std::string_view line) { return trimmed(line).starts_with('>'); }

bool starts_with_any(std::string_view text, const auto& beginnings) {
    return std::ranges::any_of(beginnings,
                               [&](std::string_view each) { return text.starts_with(each); });
}

bool contains_any(std::string_view text, const auto& parts) {
    return std::ranges::any_of(
        parts, [&](std::string_view each) { return text.find(each) != std::string_view::npos; });
}

// "-----Original Message-----", "---------- Forwarded message ---------".
bool is_divider(std::string_view said) {
    static constexpr auto words = std::to_array<std::string_view>(
        {"original message",        "forwarded message",       "original appointment",
         "reply message",           "ursprüngliche nachricht", "weitergeleitete nachricht",
         "message d'origine",       "message original",        "mensaje original",
         "mensagem original",       "wiadomość oryginalna",    "oryginalna wiadomość",
         "neges wreiddiol",         "oprindelig besked",       "opprinnelig melding",
         "ursprungligt meddelande", "alkuperäinen viesti",     "oorspronkelijk bericht",
         "messaggio originale",     "courriel original",       "исходное сообщение"});
    if (!said.starts_with("---")) return said == "begin forwarded message:";
    // "---- On Wed, 24 Feb 2027 14:02:50 +0000 Sam Field <sam@example.org> wrote ---"
    // "-----sam@example.org wrote: -----"
    const bool wrote = said.find(" wrote --") != std::string_view::npos ||
                       said.find(" wrote: --") != std::string_view::npos;
    return said.ends_with("--") && (wrote || contains_any(said, words));
}

// How a program introduces what it quotes: first word, and how the introduction ends.
struct Introduction {
    std::string_view first;
    std::string_view verb;
};
constexpr auto introductions = std::to_array<Introduction>({
    {"on ", "wrote"},
    {"le ", "a écrit"},
    {"am ", "schrieb"},
    {"el ", "escribió"},
    {"em ", "escreveu"},
    {"a ", "escreveu"},
    {"w dniu ", "napisał"},
    {"w dniu ", "pisze"},
    {"dnia ", "napisał"},
    {"ar ", "ysgrifennodd"},
    {"il ", "ha scritto"},
    {"op ", "schreef"},
    {"den ", "skrev"},
});

constexpr std::size_t longest_introduction = 4;  // lines

// The lines from `at` that end in a colon, joined; empty: none within four.
struct Opening {
    std::string said;
    std::size_t lines = 0;
};
Opening opening_at(const Lines& lines, std::size_t at) {
    Opening opening;
    for (std::size_t i = at; i < lines.size() && i < at + longest_introduction; ++i) {
        const auto line = plain(lines[i]);
        if (line.empty() || line.front() == '>') return {};
        opening.said += (opening.said.empty() ? "" : " ") + line;
        ++opening.lines;
        if (line.ends_with(':')) return opening;
    }
    return {};
}

bool has_time(std::string_view said) {
    const auto digit = [&](std::size_t i) {
        return i < said.size() && std::isdigit(static_cast<unsigned char>(said[i])) != 0;
    };
    for (std::size_t i = 1; i + 2 < said.size(); ++i)
        if ((said[i] == ':' || said[i] == '.') && digit(i - 1) && digit(i + 1) && digit(i + 2) &&
            !digit(i + 3))
            return true;
    return false;
}

// "15. marts 2027 kl. 11.00 skrev Sam Field <sam@example.org>:": an address in angle brackets and
// a time, and at the end the address, the time or a word for writing. People write such a line
// too, but go on with other words: "Sam Field <sam@example.org> said at 11.00:".
bool is_foreign_attribution(std::string_view said) {
    static constexpr auto endings = std::to_array<std::string_view>(
        {">:", ">):", "wrote:", "skrev:", "schrieb:", "kirjoitti:", "schreef:", "het volgende:",
         "scritto:", "écrit :", "escribió:", "escreveu:", "napisał:", "napisał(a):", "пишет:",
         "написал:"});
    const auto open = said.find('<');
    const auto address = open == std::string_view::npos ? open : said.find('@', open);
    if (address == std::string_view::npos || said.find('>', address) == std::string_view::npos)
        return false;
    const bool written = said.find(" schrieb am ") != std::string_view::npos;
    const bool ends =
        std::ranges::any_of(endings, [&](std::string_view each) { return said.ends_with(each); });
    return has_time(said) && (written || ends);
}

// "Sam Field wrote on 22/12/2026 16:30:", "In a message dated ..., sam@example.org writes:",
// "Quoting Sam Field <sam@example.org>:".
bool is_rare_attribution(std::string_view said) {
    const bool quoting = said.starts_with("quoting ") && said.ends_with(">:");
    const bool dated = said.starts_with("in a message dated ") && said.ends_with(" writes:");
    const bool wrote_on = said.find(" wrote on ") != std::string_view::npos && has_time(said);
    return quoting || dated || wrote_on;
}

bool quotation_follows(const Lines& lines, std::size_t at) {
    while (at < lines.size() && is_blank(lines[at])) ++at;
    return at < lines.size() && is_quoted(lines[at]);
}

// "On Tue, 22 Dec 2026 at 16:30, Sam Field" / "<sam@example.org> wrote:", over up to four lines.
// Returns how many lines; 0: it is none.
std::size_t attribution_at(const Lines& lines, std::size_t at) {
    const auto opening = opening_at(lines, at);
    const auto& said = opening.said;
    if (opening.lines == 0 || said.size() > 400) return 0;
    const bool dated =
        std::ranges::any_of(said, [](unsigned char c) { return std::isdigit(c) != 0; });
    for (const auto& each : introductions) {
        const auto verb = said.rfind(each.verb);
        const bool ends = verb != std::string::npos && verb > 0;
        const bool short_end = ends && (each.first != "on " || said.size() - verb <= 7);
        if (said.starts_with(each.first) && short_end && (dated || each.first == "on "))
            return opening.lines;
    }
    const bool addressed = said.find('@') != std::string::npos;
    if (opening.lines == 1 && said.ends_with(" wrote:") && (dated || addressed)) return 1;
    if (opening.lines <= 2 && (is_foreign_attribution(said) || is_rare_attribution(said)))
        return opening.lines;
    // Any language: a line with a date or an address and a colon, right above ">" lines.
    const bool follows = quotation_follows(lines, at + opening.lines);
    return opening.lines <= 2 && follows && (addressed || (dated && said.size() > 20))
               ? opening.lines
               : 0;
}

// "Envoyé :" as "envoyé:".
std::string field_name(std::string_view line) {
    const auto said = plain(line);
    auto name = said.substr(0, said.find(':'));
    if (name.size() == said.size()) return "";
    while (name.ends_with(' ') || name.ends_with("\u00a0")) name.pop_back();
    return name;
}

bool is_name(std::string_view name, const auto& names) {
    return !name.empty() && std::ranges::find(names, name) != names.end();
}

// Hotmail's header of the quoted mail: Date, Subject, From, To right below each other, in some
// order. All four are asked for: people begin lines with "Date:" and "Subject:" too.
bool is_dated_block(const Lines& lines, std::size_t at) {
    std::set<std::string> names;
    for (std::size_t i = at; i < lines.size() && i < at + 4; ++i) {
        const auto name = field_name(lines[i]);
        names.insert(name == "sent" ? "date" : name);
    }
    return names == std::set<std::string>{"date", "from", "subject", "to"};
}

// Outlook's header of the quoted mail: From, then within a few lines Sent or Date, and To or
// Subject.
bool is_header_block(const Lines& lines, std::size_t at) {
    static constexpr auto from =
        std::to_array<std::string_view>({"from", "von", "de", "da", "od", "oddi wrth", "van", "fra",
                                         "från", "lähettäjä", "От", "от"});
    static constexpr auto sent = std::to_array<std::string_view>(
        {"sent",       "date",  "gesendet", "datum",   "envoyé",    "enviado",    "enviado el",
         "enviada em", "fecha", "data",     "wysłano", "anfonwyd",  "dyddiad",    "verzonden",
         "inviato",    "sendt", "dato",     "skickat", "lähetetty", "Отправлено", "Дата"});
    static constexpr auto to = std::to_array<std::string_view>(
        {"to",      "subject", "an",    "betreff", "à",    "objet", "para",          "asunto",
         "assunto", "do",      "temat", "at",      "pwnc", "aan",   "onderwerp",     "a",
         "oggetto", "cc",      "til",   "emne",    "till", "ämne",  "vastaanottaja", "aihe",
         "Кому",    "Тема"});
    const auto first = field_name(lines[at]);
    if (first == "date" || first == "sent" || first == "subject") return is_dated_block(lines, at);
    if (!is_name(first, from)) return false;
    bool dated = false;
    bool addressed = false;
    for (std::size_t i = at + 1; i < lines.size() && i < at + 7; ++i) {
        const auto name = field_name(lines[i]);
        dated = dated || is_name(name, sent);
        addressed = addressed || is_name(name, to);
    }
    return dated && addressed;
}

bool is_rule_above_block(const Lines& lines, std::size_t at) {
    const auto line = trimmed(lines[at]);
    if (line.size() < 10 || line.find_first_not_of('_') != std::string_view::npos) return false;
    for (std::size_t i = at + 1; i < lines.size() && i < at + 4; ++i)
        if (is_header_block(lines, i)) return true;
    return false;
}

// How a line begins a quotation.
Cut cut_at(const Lines& lines, std::size_t at) {
    const auto line = plain(lines[at]);
    if (line.find(reply_marker) != std::string::npos) return Cut::marker;
    const bool quotation = is_quoted(lines[at]) || is_divider(line) ||
                           attribution_at(lines, at) > 0 || is_header_block(lines, at) ||
                           is_rule_above_block(lines, at);
    return quotation ? Cut::quotation : Cut::none;
}

std::string finished(Lines lines) {
    drop_banners(lines);
    cut_farewell(lines);
    return std::string(trimmed(joined(lines, "\n")));
}

Lines above_quotation(const Lines& lines, std::size_t& end, Cut& cut) {
    Lines above;
    for (end = 0; end < lines.size(); ++end) {
        cut = cut_at(lines, end);
        if (cut != Cut::none || begins_signature(lines, end)) break;
        above.push_back(lines[end]);
    }
    return above;
}

// The rest of a quoted line that a program wrapped without another ">".
bool is_wrapped_rest(const Lines& lines, std::size_t at) {
    constexpr std::size_t wrapped_from = 65;
    return at > 0 && is_quoted(lines[at - 1]) && lines[at - 1].size() >= wrapped_from &&
           at + 1 < lines.size() && is_quoted(lines[at + 1]);
}

// For those who answer below or between what they quote. `between`: only what has a quoted line
// below it too.
Lines unquoted(const Lines& lines, std::size_t from, bool between) {
    std::size_t last = lines.size();
    if (between) {
        while (last > from && !is_quoted(lines[last - 1])) --last;
    }
    Lines kept;
    for (std::size_t i = from; i < last; ++i) {
        const auto line = plain(lines[i]);
        if (const auto many = attribution_at(lines, i); many > 0) {
            i += many - 1;
        } else if (is_divider(line) || is_header_block(lines, i) || begins_signature(lines, i)) {
            break;
        } else if (cut_at(lines, i) == Cut::none && !is_wrapped_rest(lines, i)) {
            kept.push_back(lines[i]);
        }
    }
    return kept;
}

}  // namespace

std::string plain(std::string_view line) {
    std::string bare(line);
    std::erase(bare, '*');
    return folded(bare);
}

}  // namespace reply

std::string new_text(std::string_view text) {
    using namespace reply;
    const auto lines = lines_of(tidied(text));
    std::size_t end = 0;
    Cut cut = Cut::none;
    auto above = finished(above_quotation(lines, end, cut));
    if (above.empty()) return finished(unquoted(lines, 0, false));
    if (cut != Cut::quotation) return above;
    const auto inside = finished(unquoted(lines, end, true));
    return inside.empty() ? above : above + "\n\n" + inside;
}

Cut cut_of(std::string_view text) {
    using namespace reply;
    const auto lines = lines_of(tidied(text));
    Cut found = Cut::none;
    for (std::size_t i = 0; i < lines.size() && found == Cut::none; ++i) found = cut_at(lines, i);
    return found;
}

}  // namespace stageclock
