// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "bot/core/reply_parts.h"

// Plain words. A phrase counts when it opens the text or is a sentence of its own, and nothing in
// that sentence hedges it. Everything else is only heard, and somebody is asked.
namespace stageclock::reply {
namespace {

using Words = std::vector<std::string>;

// Words that, wherever they stand, may mean something grave.
struct Strong {
    std::string_view word;
    UpdateKind kind;
};
constexpr auto strong_words = std::to_array<Strong>({
    {"resolved", UpdateKind::resolve},
    {"unresolved", UpdateKind::resolve},
    {"agreed", UpdateKind::resolve},
    {"escalate", UpdateKind::escalate},
    {"escalated", UpdateKind::escalate},
    {"escalating", UpdateKind::escalate},
    {"withdraw", UpdateKind::withdraw},
    {"withdrawn", UpdateKind::withdraw},
    {"withdrawing", UpdateKind::withdraw},
    {"urgent", UpdateKind::mark_urgent},
    {"urgently", UpdateKind::mark_urgent},
    {"reopen", UpdateKind::reopen},
});

constexpr auto hedges = std::to_array<std::string_view>(
    {"not",     "never",   "no",     "nor",       "cannot",     "unable",   "without", "if",
     "unless",  "whether", "until",  "before",    "once",       "only",     "might",   "may",
     "perhaps", "maybe",   "should", "would",     "could",      "disagree", "yet",     "hardly",
     "almost",  "nearly",  "partly", "partially", "unresolved", "but",      "however"});

// Words of "could not agree", "have not been able to reach an agreement".
constexpr auto no_agreement = std::to_array<std::string_view>(
    {"could", "not", "cannot", "no", "never", "unable", "to", "been", "able", "yet", "reach", "an",
     "reached", "any", "without"});

// What may stand beside a phrase without changing it.
constexpr auto fillers = std::to_array<std::string_view>(
    {"our",        "my",      "this",  "it",     "the",    "case",    "matter", "disagreement",
     "escalation", "concern", "now",   "please", "thanks", "thank",   "you",    "further",
     "to",         "next",    "stage", "level",  "today",  "receipt", "of"});
constexpr auto connectives = std::to_array<std::string_view>(
    {"because", "as", "since", "that", "and", "with", "from", "for", "by", "on", "at"});
constexpr auto greetings =
    std::to_array<std::string_view>({"hi", "hello", "dear", "good", "morning", "afternoon"});

bool among(std::string_view word, const auto& list) {
    return std::ranges::find(list, word) != list.end();
}

bool is_hedge(std::string_view word) { return among(word, hedges) || word.ends_with("n't"); }

struct Token {
    std::string word;
    bool stop = false;   // a comma, colon or dash follows
    bool colon = false;  // a colon follows
};
struct Sentence {
    std::vector<Token> tokens;
    bool question = false;
};

Words words_of(std::string_view text) {
    Words words;
    std::size_t at = 0;
    for (auto word = next_word(text, at); !word.empty(); word = next_word(text, at))
        words.push_back(word);
    return words;
}

Sentence sentence_of(std::string_view text) {
    Sentence sentence;
    std::size_t at = 0;
    for (auto word = next_word(text, at); !word.empty(); word = next_word(text, at)) {
        auto gap = text.substr(at, 3);
        gap = gap.substr(0, gap.find_first_not_of(" ,:;-\u2013\u2014"));
        const bool stop = gap.find_first_of(",:;") != std::string_view::npos ||
                          (gap.find_first_not_of(' ') != std::string_view::npos && gap.size() > 1);
        sentence.tokens.push_back({word, stop, gap.find(':') != std::string_view::npos});
    }
    sentence.question = text.find('?') != std::string_view::npos;
    return sentence;
}

// Ends at a full stop, an empty line, or a line too short to have been wrapped.
std::vector<Sentence> sentences_of(std::string_view text) {
    constexpr std::size_t wrapped_from = 60;
    std::vector<Sentence> sentences;
    std::string open;
    const auto close = [&] {
        if (auto sentence = sentence_of(open); !sentence.tokens.empty())
            sentences.push_back(std::move(sentence));
        open.clear();
    };
    for (const auto& line : lines_of(text)) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            open += line[i];
            const bool last = i + 1 == line.size() || line[i + 1] == ' ';
            if (last && (line[i] == '.' || line[i] == '!' || line[i] == '?')) close();
        }
        if (line.size() < wrapped_from)
            close();
        else
            open += ' ';
    }
    close();
    return sentences;
}

// "Hi Sam," at the start of the text.
void drop_greeting(std::vector<Sentence>& sentences) {
    constexpr std::ptrdiff_t longest = 4;
    if (sentences.empty() || !among(sentences.front().tokens.front().word, greetings)) return;
    auto& tokens = sentences.front().tokens;
    const auto near_end = tokens.begin() + std::min<std::ptrdiff_t>(longest, std::ssize(tokens));
    const auto comma = std::find_if(tokens.begin(), near_end, [](const auto& t) { return t.stop; });
    if (comma != near_end)
        tokens.erase(tokens.begin(), comma + 1);
    else if (near_end == tokens.end())
        tokens.clear();
    if (tokens.empty()) sentences.erase(sentences.begin());
}

void drop_leading(std::vector<Token>& tokens, std::initializer_list<std::string_view> words) {
    std::size_t n = 0;
    while (n < tokens.size()) {
        const bool thank_you =
            tokens[n].word == "thank" && n + 1 < tokens.size() && tokens[n + 1].word == "you";
        if (!thank_you && !among(tokens[n].word, words)) break;
        n += thank_you ? 2 : 1;
    }
    if (n < tokens.size()) tokens.erase(tokens.begin(), tokens.begin() + static_cast<long>(n));
}

struct Match {
    Words words;
    Action action;
    Opens opens{};
};

// Every phrase in words, once: ours, then those of the policy.
std::vector<Match> all_phrases(const Policy* policy) {
    std::vector<Match> all;
    for (const auto& phrase : phrases())
        all.push_back({words_of(phrase.text), {phrase.kind, "", ""}, phrase.opens});
    if (policy == nullptr) return all;
    for (const auto& event : policy->events)
        for (const auto& word : event.words)
            all.push_back(
                {words_of(word), {UpdateKind::report_event, event.id, ""}, Opens::freely});
    std::erase_if(all, [](const Match& each) { return each.words.empty(); });
    return all;
}

class Listener {
public:
    explicit Listener(const Policy* policy) : phrases_(all_phrases(policy)) {}

    Spoken listen(std::vector<Sentence> sentences) {
        drop_greeting(sentences);
        for (std::size_t i = 0; i < sentences.size(); ++i) hear(sentences[i], i == 0);
        spoken_.bare = alone_ == 1 && sentences.size() == 1;
        return std::move(spoken_);
    }

private:
    void hear(Sentence sentence, bool first) {
        auto& tokens = sentence.tokens;
        drop_leading(tokens, {"please", "note", "kindly", "ok", "okay", "yes", "thanks"});
        const auto* match = phrase_at_start(tokens);
        if (match == nullptr) {
            drop_leading(tokens, {"i", "we", "have", "am", "are", "i'm", "i've", "we've",
                                  "we're", "please", "still", "now"});
            match = phrase_at_start(tokens);
        }
        if (match == nullptr) return mention(tokens, 0, sentence.question);
        const std::size_t after = match->words.size();
        std::string stage;
        const std::size_t end = end_of_request(tokens, after);
        const bool alone = all_filler(tokens, after, end, stage);
        const bool escalates = match->action.kind == UpdateKind::escalate;
        const bool hedged = sentence.question || hedge_from(tokens, after, end, escalates);
        if (!hedged && (alone || (first && may_open(*match, tokens)))) {
            if (std::ranges::find(spoken_.certain, match->action) == spoken_.certain.end())
                spoken_.certain.push_back(match->action);
            if (escalates && !stage.empty()) spoken_.stage = stage;
            alone_ += alone && end == tokens.size() ? 1 : 0;
            return end == tokens.size() ? mention(tokens, after, false) : void();
        }
        if (first) note(match->action.kind, hedged);
        mention(tokens, 0, sentence.question);
    }

    // The longest phrase the sentence begins with; nullptr: none.
    const Match* phrase_at_start(const std::vector<Token>& tokens) const {
        const Match* best = nullptr;
        for (const auto& each : phrases_) {
            const auto& words = each.words;
            const bool fits = words.size() <= tokens.size() &&
                              (best == nullptr || words.size() > best->words.size());
            if (fits &&
                std::equal(words.begin(), words.end(), tokens.begin(),
                           [](const auto& word, const Token& token) { return word == token.word; }))
                best = &each;
        }
        return best;
    }

    // Where a request ends: at a colon with nothing but filler before it. What stands behind it
    // explains ("escalate to stage 3: we could not agree"), unless it takes the request back.
    static std::size_t end_of_request(const std::vector<Token>& tokens, std::size_t after) {
        static constexpr auto denials =
            std::to_array<std::string_view>({"no", "not", "none", "never", "nothing"});
        for (std::size_t i = after - 1; i + 1 < tokens.size(); ++i) {
            if (!tokens[i].colon) continue;
            std::string stage;
            const bool plain = all_filler(tokens, after, i + 1, stage);
            const auto& next = tokens[i + 1];
            const bool ends = next.stop || i + 2 == tokens.size() || tokens[i + 2].word == "yet";
            const bool denied = ends && among(next.word, denials);
            return plain && !denied ? i + 1 : tokens.size();
        }
        return tokens.size();
    }

    // "not", "if" and the like from `from` to `end`. Of a request to escalate, "could not agree" is
    // the reason and no condition.
    static bool hedge_from(const std::vector<Token>& tokens, std::size_t from, std::size_t end,
                           bool escalates) {
        for (std::size_t i = from; i < end; ++i) {
            if (!is_hedge(tokens[i].word)) continue;
            std::size_t next = i;
            while (next < end && (among(tokens[next].word, no_agreement) ||
                                  tokens[next].word.ends_with("n't")))
                ++next;
            const bool reason = escalates && next > i && next < end &&
                                (tokens[next].word == "agree" || tokens[next].word == "agreed" ||
                                 tokens[next].word == "agreement");
            if (!reason) return true;
            i = next;
        }
        return false;
    }

    // Finds "stage X" on the way.
    static bool all_filler(const std::vector<Token>& tokens, std::size_t from, std::size_t end,
                           std::string& stage) {
        bool all = true;
        for (std::size_t i = from; i < end; ++i) {
            const bool behind = i > from && (tokens[i - 1].word == "stage" ||
                                             tokens[i - 1].word == "level");
            const bool named = behind && stage.empty() && !among(tokens[i].word, fillers);
            if (named) stage = tokens[i].word;
            all = all && (named || among(tokens[i].word, fillers));
        }
        return all;
    }

    static bool may_open(const Match& match, const std::vector<Token>& tokens) {
        if (match.opens == Opens::freely) return true;
        if (match.opens == Opens::never) return asks_to_escalate(match, tokens);
        if (tokens.size() == match.words.size() || tokens[match.words.size() - 1].stop) return true;
        const auto& next = tokens[match.words.size()].word;
        return among(next, connectives) || next == "this" || next == "it" || next == "to" ||
               next == "please" || next == "thanks";
    }

    // "We disagree, please escalate": the second half says what the first asks for.
    static bool asks_to_escalate(const Match& match, const std::vector<Token>& tokens) {
        const auto after = match.words.size();
        if (match.action.kind != UpdateKind::escalate || !tokens[after - 1].stop) return false;
        auto next = after;
        while (next < tokens.size() && (tokens[next].word == "please" || tokens[next].word == "so"))
            ++next;
        return next < tokens.size() && tokens[next].word == "escalate";
    }

    void mention(const std::vector<Token>& tokens, std::size_t from, bool question) {
        const bool hedged = question || hedge_from(tokens, from, tokens.size(), false);
        for (std::size_t i = from; i < tokens.size(); ++i) {
            for (const auto& strong : strong_words) {
                if (tokens[i].word != strong.word) continue;
                // "we have not agreed" says the same as "we could not agree".
                const bool not_agreed = strong.word == "agreed" && hedged && !question;
                if (not_agreed)
                    note(UpdateKind::escalate, false);
                else
                    note(strong.kind, hedged);
            }
        }
    }

    void note(UpdateKind kind, bool hedged) {
        spoken_.heard.push_back(kind);
        spoken_.negated = spoken_.negated || hedged;
    }

    std::vector<Match> phrases_;
    Spoken spoken_;
    int alone_ = 0;
};

}  // namespace

Spoken listen(std::string_view text, const Policy* policy) {
    return Listener(policy).listen(sentences_of(text));
}

bool has_strong_word(std::string_view text) {
    const auto words = words_of(text);
    return std::ranges::any_of(strong_words, [&](const Strong& strong) {
        return std::ranges::find(words, strong.word) != words.end();
    });
}

}  // namespace stageclock::reply
