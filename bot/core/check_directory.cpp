// SPDX-License-Identifier: MIT
//
// A directory, and what a policy says of its agencies.
#include <algorithm>
#include <map>

#include "bot/core/check.h"
#include "bot/core/check_parts.h"
#include "bot/core/nearest.h"

namespace stageclock {
namespace checking {
namespace {

class DirectoryCheck {
public:
    DirectoryCheck(const Policy& policy, const Directory& directory, Findings& findings)
        : policy_(policy),
          directory_(directory),
          findings_(findings),
          agencies_(ids(directory.agencies)),
          named_(agencies_) {
        for (const Agency& agency : directory.agencies) {
            if (!agency.kind.empty() && !lists(named_, agency.kind)) named_.push_back(agency.kind);
        }
        named_.emplace_back("board");
    }

    void run() {
        shared_names();
        conditions();
        for (const Route& row : policy_.routes) route(row);
        for (const Post& row : directory_.posts) post(row);
        for (std::size_t i = 0; i < directory_.delegates.size(); ++i) {
            delegate(directory_.delegates[i], std::to_string(i + 1));
        }
        check_routes(policy_, directory_, findings_);
    }

private:
    // A name that two agencies answer to leads a case to whichever stands first.
    void shared_names() {
        std::map<std::string, const Agency*> owners;
        for (const Agency& agency : directory_.agencies) {
            const auto own = [&](const char* field, const std::string& name) {
                const auto [owner, added] = owners.try_emplace(folded(name), &agency);
                if (added || owner->second == &agency || name.empty()) return;
                findings_.say({"agency", agency.id, field},
                              quoted(name) + " is also a name of " + quoted(owner->second->id),
                              "Permitted: names of one agency alone.");
            };
            own("id", agency.id);
            own("name", agency.name);
            for (const std::string& alias : agency.aliases) own("aliases", alias);
        }
    }

    // Ids and kinds of agencies. One that is close to none of them may be of a kind no agency has
    // yet: gaps() names it.
    void agency_words(const At& at, const Words& words) {
        for (const std::string& word : words) {
            const std::string near = lists(named_, word) ? "" : nearest(word, named_);
            if (near.empty()) continue;
            findings_.say(at, "unknown agency or kind of agency " + quoted(word),
                          "Did you mean " + quoted(near) + "?");
        }
    }

    void agencies_of(const At& at, const When& when) {
        agency_words(at, when.agency);
        agency_words(at, when.raising_agency);
    }

    void conditions() {
        for (const Procedure& row : policy_.procedures) {
            agencies_of({"procedure", row.id, "when"}, row.when);
        }
        for (const Stage& row : policy_.stages) {
            const At at{table_of(row), row.id, "when"};
            agencies_of(at, row.when);
            within(at, row.when, row.within);
        }
        for (const Duty& row : policy_.duties) {
            const At at{"duty", row.id, "when"};
            agencies_of(at, row.when);
            within(at, row.when, row.stage);
        }
        for (const Copy& row : policy_.copies) {
            const At at{"copy", row.id, "when"};
            agencies_of(at, row.when);
            within(at, row.when, row.stage);
        }
        for (const Guard& row : policy_.guards) {
            agencies_of({"guard", row.id, "when_case"}, row.when_case);
        }
    }

    // The agencies of a row must be among those of its stage.
    void within(const At& at, const When& when, const std::string& stage) {
        const Stage* outer = find_stage(policy_, stage);
        if (outer == nullptr) return;
        const bool apart = none_of_both(when.agency, outer->when.agency) ||
                           none_of_both(when.raising_agency, outer->when.raising_agency);
        if (!apart) return;
        findings_.say(at, "never holds: its stage " + quoted(stage) + " is for other agencies",
                      "Change the agencies here or there.");
    }

    bool none_of_both(const Words& one, const Words& other) const {
        const auto both = [&](const std::string& agency) {
            return names_agency(directory_, one, agency) && names_agency(directory_, other, agency);
        };
        return !one.empty() && !other.empty() &&
               std::none_of(agencies_.begin(), agencies_.end(), both) &&
               std::none_of(one.begin(), one.end(),
                            [&](const std::string& word) { return lists(other, word); });
    }

    void route(const Route& row) {
        agency_words({"route", row.id, "agency"}, row.agency);
        agencies_of({"route", row.id, "when"}, row.when);
        Words holders = agencies_;
        holders.emplace_back("board");
        for (const RouteTo& to : row.to) {
            findings_.known({"route", row.id, "to"}, "agency", to.agency, holders);
        }
        for (const RouteTo& to : row.else_to) {
            findings_.known({"route", row.id, "else_to"}, "agency", to.agency, holders);
        }
    }

    void post(const Post& row) {
        findings_.all_known({"post", row.id, "subject"}, "subject", row.subject,
                            {"child", "adult"});
        findings_.all_known({"post", row.id, "area"}, "area", row.area, ids(policy_.areas));
        if (!policy_.case_status.empty()) {
            findings_.all_known({"post", row.id, "case_status"}, "case status", row.case_status,
                                policy_.case_status);
        }
        const At at{"post", row.id, "deputy"};
        findings_.known(at, "post", row.deputy, ids(directory_.posts));
        if (row.deputy == row.id) {
            findings_.say(at, quoted(row.id) + " is its own deputy", "Permitted: another post.");
        }
    }

    void delegate(const Delegate& row, const std::string& place) {
        agency_words({"delegate", place, "agency"}, {row.agency});
        if (row.to == row.agency && !row.to.empty()) {
            findings_.say({"delegate", place, "to"}, quoted(row.to) + " answers for itself",
                          "Permitted: another agency.");
        }
    }

    const Policy& policy_;
    const Directory& directory_;
    Findings& findings_;
    Words agencies_;
    Words named_;
};

}  // namespace
}  // namespace checking

std::vector<Problem> check(const Policy& policy, const Directory& directory) {
    checking::Findings findings;
    checking::DirectoryCheck(policy, directory, findings).run();
    return findings.take();
}

}  // namespace stageclock
