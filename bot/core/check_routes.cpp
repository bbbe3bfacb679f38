// SPDX-License-Identifier: MIT
//
// The rows of a route against the week: for each kind of case the rows of a role must tile it. The
// kinds are found from the conditions themselves: two cases no row tells apart are of one kind.
//
// A case about a child and an adult, or of a status nobody knows, meets rows that exclude each
// other for all other cases: the first of them counts, so they are no overlap. Where only a case
// of several circumstances at once meets two rows, that is a gap: the first of them counts.
#include <algorithm>

#include "bot/core/check_kinds.h"
#include "bot/core/check_parts.h"
#include "bot/core/check_week.h"

namespace stageclock::checking {
namespace {

constexpr std::size_t most_kinds = 2000;

// A kind of case: its words in each respect; those that make no difference have all of them.
struct Kind {
    std::vector<std::set<std::string>> words;
    std::vector<bool> rows;

    bool routed() const { return std::find(rows.begin(), rows.end(), true) != rows.end(); }
};

class Role {
public:
    Role(const Policy& policy, const Directory& directory, const std::string& role)
        : policy_(policy), directory_(directory) {
        for (const Route& row : policy.routes) {
            if (row.role == role) rows_.push_back(&row);
        }
        respects_ = respects_of(policy, directory, rows_);
    }

    const std::vector<const Route*>& rows() const { return rows_; }

    // The kinds of cases, each with the rows it meets; `agency` only those of that agency. None:
    // there are more than anybody can overlook.
    std::vector<Kind> kinds(const std::string& agency = "") const {
        Kind all;
        all.words.resize(respects_.size());
        all.rows.assign(rows_.size(), true);
        std::vector<Kind> kinds{all};
        for (std::size_t i = 0; i < respects_.size(); ++i) {
            std::vector<Kind> finer;
            for (const Kind& kind : kinds) {
                for (const Group& group : respects_[i].groups) {
                    const bool wanted = i > 0 || agency.empty() || lists(group.words, agency);
                    if (wanted) add(finer, split(kind, i, group));
                }
                if (finer.size() > most_kinds) return {};
            }
            kinds = std::move(finer);
        }
        return kinds;
    }

    // "unit specialist, case status cp": what sets this kind apart; empty when nothing does.
    std::string name(const Kind& kind) const {
        std::string text;
        for (std::size_t i = 0; i < respects_.size(); ++i) {
            std::size_t known = 0;
            for (const Group& group : respects_[i].groups) known += group.words.size();
            if (kind.words[i].size() == known) continue;
            text += ", " + respects_[i].name + " " + words_of(kind, i);
        }
        return text;
    }

    // The earlier row is for fewer agencies or units: it is meant as the exception.
    bool is_exception(std::size_t earlier, std::size_t later) const {
        bool narrower = false;
        for (std::size_t i = 0; i < of_the_row; ++i) {
            for (const Group& group : respects_[i].groups) {
                if (group.rows[earlier] && !group.rows[later]) return false;
                narrower = narrower || (group.rows[later] && !group.rows[earlier]);
            }
        }
        return narrower;
    }

    // Cases of which several circumstances or tags hold at once: most policies mean one of them.
    static bool is_combined(const Kind& kind) {
        return std::any_of(kind.words.begin(), kind.words.end(), [](const auto& words) {
            return !words.empty() &&
                   std::all_of(words.begin(), words.end(), [](const std::string& word) {
                       return word.find(together) != std::string::npos;
                   });
        });
    }

    // A post of the role, or a person named on the case, is asked where no row counts.
    bool has_others(const Kind& kind) const {
        const std::string& role = rows_.front()->role;
        if (lists(policy_.case_roles, role) || role == "practitioner" || role == "inbox") {
            return true;
        }
        const auto has_post = [&](const std::string& agency) {
            return std::any_of(
                directory_.posts.begin(), directory_.posts.end(),
                [&](const Post& post) { return post.role == role && post.agency == agency; });
        };
        if (has_post("")) return true;
        bool any = false;
        for (const Agency& agency : directory_.agencies) {
            if (!kind.words[0].contains(agency.id)) continue;
            if (!has_post(agency.id)) return false;
            any = true;
        }
        return any;
    }

private:
    static Kind split(const Kind& kind, std::size_t place, const Group& group) {
        Kind part = kind;
        for (std::size_t i = 0; i < part.rows.size(); ++i) {
            part.rows[i] = part.rows[i] && group.rows[i];
        }
        part.words[place].insert(group.words.begin(), group.words.end());
        return part;
    }

    // Kinds that meet the same rows and differ in one respect only are one.
    static void add(std::vector<Kind>& kinds, Kind kind) {
        for (Kind& known : kinds) {
            if (known.rows != kind.rows) continue;
            std::size_t place = 0, differ = 0;
            for (std::size_t i = 0; i < kind.words.size(); ++i) {
                if (known.words[i] == kind.words[i]) continue;
                place = i;
                ++differ;
            }
            if (differ > 1) continue;
            known.words[place].merge(kind.words[place]);
            return;
        }
        kinds.push_back(std::move(kind));
    }

    // The first few words of a kind in one respect.
    std::string words_of(const Kind& kind, std::size_t place) const {
        constexpr std::size_t most = 3;
        std::string text;
        std::size_t left = kind.words[place].size();
        std::size_t said = 0;
        for (const std::string& word : kind.words[place]) {
            if (said == most) break;
            text += (said == 0 ? "" : ", ") + word;
            ++said;
            --left;
        }
        return left == 0 ? text : text + " and " + std::to_string(left) + " more";
    }

    const Policy& policy_;
    const Directory& directory_;
    std::vector<const Route*> rows_;
    std::vector<Respect> respects_;
};

Words routed_roles(const Policy& policy) {
    Words roles;
    for (const Route& row : policy.routes) {
        if (!lists(roles, row.role)) roles.push_back(row.role);
    }
    return roles;
}

// When each row of a role counts, over the days of a sample week.
class Timetable {
public:
    explicit Timetable(const std::vector<const Route*>& rows) : sample_(hours_of(rows)) {
        for (const Route* row : rows) {
            weeks_.push_back(sample_.when(row->hours, row->except_hours));
        }
    }
    Timetable(const Timetable&) = delete;  // the weeks point into the sample
    Timetable& operator=(const Timetable&) = delete;

    const Week& operator[](std::size_t row) const { return weeks_[row]; }

private:
    static std::vector<Hours> hours_of(const std::vector<const Route*>& rows) {
        std::vector<Hours> all;
        for (const Route* row : rows) {
            all.insert(all.end(), row->hours.begin(), row->hours.end());
            all.insert(all.end(), row->except_hours.begin(), row->except_hours.end());
        }
        return all;
    }

    SampleWeek sample_;
    std::vector<Week> weeks_;
};

// Two rows that hold for a kind of case, and when.
struct Overlap {
    Kind kind;
    std::size_t first = 0;
    std::size_t later = 0;
    std::string hours;
};

// Each pair of rows once, at the plainest kind of case for which both hold.
std::vector<Overlap> overlaps(const Role& role) {
    const auto& rows = role.rows();
    const Timetable weeks(rows);
    std::vector<Kind> kinds = role.kinds();
    std::stable_partition(kinds.begin(), kinds.end(),
                          [&](const Kind& kind) { return !role.is_combined(kind); });
    std::vector<Overlap> found;
    for (std::size_t later = 1; later < rows.size(); ++later) {
        for (std::size_t first = 0; first < later; ++first) {
            const auto both = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) {
                return kind.rows[first] && kind.rows[later];
            });
            const std::string hours = weeks[first].both(weeks[later]).words();
            if (both == kinds.end() || hours.empty() || role.is_exception(first, later)) continue;
            found.push_back({*both, first, later, hours});
        }
    }
    return found;
}

void say_overlap(const Role& role, const Overlap& overlap, const char* permitted,
                 Findings& findings) {
    const Route& later = *role.rows()[overlap.later];
    findings.say({"route", later.id, "hours"},
                 "role " + later.role + role.name(overlap.kind) + ": route " +
                     quoted(role.rows()[overlap.first]->id) + " also holds on " + overlap.hours,
                 permitted);
}

}  // namespace

void check_routes(const Policy& policy, const Directory& directory, Findings& findings) {
    for (const std::string& name : routed_roles(policy)) {
        const Role role(policy, directory, name);
        for (const Overlap& overlap : overlaps(role)) {
            if (role.is_combined(overlap.kind)) continue;
            say_overlap(role, overlap,
                        "Permitted: one row at a time. Give one of them other "
                        "`hours`, `except_hours` or `when`.",
                        findings);
        }
    }
}

void find_route_gaps(const Policy& policy, const Directory& directory, Findings& findings) {
    for (const std::string& name : routed_roles(policy)) {
        const Role role(policy, directory, name);
        const auto& rows = role.rows();
        const Timetable weeks(rows);
        const std::vector<Kind> kinds = role.kinds();
        if (kinds.empty()) {
            findings.say({"route", rows.front()->id, "when"},
                         "the rows of the role " + name +
                             " combine too many conditions: their "
                             "hours were not compared",
                         "Give several roles to what depends on several things.");
        }
        for (const Kind& kind : kinds) {
            if (!kind.routed() || role.has_others(kind)) continue;
            Week covered;
            const Route* first = nullptr;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (!kind.rows[i]) continue;
                first = first == nullptr ? rows[i] : first;
                covered = covered.either(weeks[i]);
            }
            const std::string hours = first == nullptr ? "" : covered.others().words();
            if (hours.empty()) continue;
            findings.say({"route", first->id, "hours"},
                         "role " + name + role.name(kind) + ": nobody on " + hours,
                         "Add a [[route]] for these hours, or a [[post]] of that role.");
        }
        for (const Overlap& overlap : overlaps(role)) {
            if (!role.is_combined(overlap.kind)) continue;
            say_overlap(role, overlap, "The first of them counts.", findings);
        }
    }
}

bool is_routed(const Policy& policy, const Directory& directory, const std::string& role,
               const std::string& agency) {
    const bool any = std::any_of(policy.routes.begin(), policy.routes.end(),
                                 [&](const Route& row) { return row.role == role; });
    if (!any) return false;
    const auto kinds = Role(policy, directory, role).kinds(agency);
    return !kinds.empty() && std::none_of(kinds.begin(), kinds.end(),
                                          [](const Kind& kind) { return !kind.routed(); });
}

}  // namespace stageclock::checking
