// SPDX-License-Identifier: MIT
#include "bot/core/check_kinds.h"

#include <algorithm>
#include <functional>
#include <map>

namespace stageclock::checking {
namespace {

constexpr std::size_t most_combined = 8;

using Key = std::function<const Words&(const Route&)>;
using Meets = std::function<bool(const Route&, const std::string&)>;

class Finder {
public:
    Finder(const Policy& policy, const Directory& directory, const std::vector<const Route*>& rows)
        : policy_(policy), directory_(directory), rows_(rows) {}

    std::vector<Respect> run() {
        find_agencies();
        find_units();
        find_others();
        return std::move(respects_);
    }

private:
    void respect(const std::string& name, const Words& words, const Meets& meets) {
        Respect made{name, {}};
        for (const std::string& word : words) {
            Group group{{word}, std::vector<bool>(rows_.size())};
            for (std::size_t i = 0; i < rows_.size(); ++i) group.rows[i] = meets(*rows_[i], word);
            const auto alike =
                std::find_if(made.groups.begin(), made.groups.end(),
                             [&](const Group& known) { return known.rows == group.rows; });
            if (alike == made.groups.end()) {
                made.groups.push_back(std::move(group));
            } else {
                alike->words.push_back(word);
            }
        }
        respects_.push_back(std::move(made));
    }

    // The words of all rows under one key, each once, and one for what none of them names.
    Words all_words(const Key& key) const {
        Words words;
        for (const Route* row : rows_) {
            for (const std::string& word : key(*row)) {
                if (!lists(words, word)) words.push_back(word);
            }
        }
        words.emplace_back("any other");
        return words;
    }

    // Agencies of the directory, by the words the rows know them by.
    Words agencies(const Key& key) const {
        Words words = ids(directory_.agencies);
        for (const Route* row : rows_) {
            for (const std::string& word : key(*row)) {
                const bool of_kind =
                    std::any_of(directory_.agencies.begin(), directory_.agencies.end(),
                                [&](const Agency& agency) { return agency.kind == word; });
                if (!of_kind && !lists(words, word)) words.push_back(word);
            }
        }
        if (!lists(words, "board")) words.emplace_back("board");
        words.emplace_back("any other");
        return words;
    }

    void agency_respect(const std::string& name, const Key& key) {
        respect(name, agencies(key), [&](const Route& row, const std::string& agency) {
            return names_agency(directory_, key(row), agency);
        });
    }

    void find_agencies() {
        agency_respect("agency", [](const Route& row) -> const Words& { return row.agency; });
    }

    void unit_respect(const std::string& name, const Key& key) {
        respect(name, all_words(key), [&](const Route& row, const std::string& unit) {
            const Words& units = key(row);
            return units.empty() ||
                   std::any_of(units.begin(), units.end(), [&](const std::string& word) {
                       return folded(word) == folded(unit);
                   });
        });
    }

    void find_units() {
        unit_respect("unit", [](const Route& row) -> const Words& { return row.unit; });
    }

    void find_others() {
        const auto allows = [](const Words& words, const std::string& word) {
            return words.empty() || lists(words, word);
        };
        const auto list = [&](const std::string& name, Words words, const Key& key) {
            if (words.empty()) words = all_words(key);
            respect(name, words, [&](const Route& row, const std::string& word) {
                return allows(key(row), word);
            });
        };
        using Of = const Words&;
        list("subject", {"child", "adult"}, [](const Route& r) -> Of { return r.when.subject; });
        list("case status", policy_.case_status,
             [](const Route& r) -> Of { return r.when.case_status; });
        list("area", ids(policy_.areas), [](const Route& r) -> Of { return r.when.area; });
        list("procedure", ids(policy_.procedures),
             [](const Route& r) -> Of { return r.when.procedure; });
        Words reasons = ids(policy_.reasons);
        reasons.emplace_back("none");
        list("reason", reasons, [](const Route& r) -> Of { return r.when.reason; });
        agency_respect("receiving agency", [](const Route& r) -> Of { return r.when.agency; });
        agency_respect("raising agency",
                       [](const Route& r) -> Of { return r.when.raising_agency; });
        unit_respect("receiving unit", [](const Route& r) -> Of { return r.when.unit; });
        respect("priority", levels_of(policy_, {}),
                [&](const Route& row, const std::string& level) {
                    return lists(levels_of(policy_, row.when), level);
                });
        find_facts();
    }

    // Facts of which a case may have several: every combination of those the rows name; of very
    // many, each by itself. `wants` is what a row asks one of, `bars` what it excludes.
    void combined_respect(const std::string& name, const Key& wants, const Key& bars) {
        Words named;
        for (const Route* row : rows_) {
            for (const Words* list : {&wants(*row), &bars(*row)}) {
                for (const std::string& word : *list) {
                    if (!lists(named, word)) named.push_back(word);
                }
            }
        }
        std::vector<Words> sets{{}};
        for (const std::string& word : named) {
            const std::size_t known = named.size() > most_combined ? 1 : sets.size();
            for (std::size_t i = 0; i < known; ++i) {
                sets.push_back(sets[i]);
                sets.back().push_back(word);
            }
        }
        std::map<std::string, Words> known;
        Words names;
        for (const Words& set : sets) {
            std::string text;
            for (const std::string& word : set) text += (text.empty() ? "" : together) + word;
            names.push_back(text.empty() ? "none" : text);
            known[names.back()] = set;
        }
        respect(name, names, [&](const Route& row, const std::string& word) {
            const auto is_set = [&](const std::string& one) { return lists(known.at(word), one); };
            const Words& wanted = wants(row);
            const Words& barred = bars(row);
            return (wanted.empty() || std::any_of(wanted.begin(), wanted.end(), is_set)) &&
                   std::none_of(barred.begin(), barred.end(), is_set);
        });
    }

    void find_facts() {
        using Of = const Words&;
        combined_respect(
            "circumstance", [](const Route& r) -> Of { return r.when.circumstance; },
            [](const Route& r) -> Of { return r.when.not_circumstance; });
        combined_respect(
            "tag", [](const Route& r) -> Of { return r.when.tag; },
            [](const Route& r) -> Of { return r.when.not_tag; });
        respect("immediate risk", {"yes", "no"}, [](const Route& row, const std::string& word) {
            return !row.when.immediate_risk || *row.when.immediate_risk == (word == "yes");
        });
    }

    const Policy& policy_;
    const Directory& directory_;
    const std::vector<const Route*>& rows_;
    std::vector<Respect> respects_;
};

}  // namespace

std::vector<Respect> respects_of(const Policy& policy, const Directory& directory,
                                 const std::vector<const Route*>& rows) {
    return Finder(policy, directory, rows).run();
}

}  // namespace stageclock::checking
