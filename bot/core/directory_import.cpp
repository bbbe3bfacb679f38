// SPDX-License-Identifier: MIT
#include "bot/core/directory_import.h"

#include <algorithm>
#include <map>
#include <set>

#include "bot/core/import_parts.h"
#include "bot/core/nearest.h"

namespace stageclock {
namespace {

using importing::parts_of;
using importing::plain;
using importing::slug;
using importing::tidied;

bool same_words(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::is_permutation(a.begin(), a.end(), b.begin(), b.end(),
                               [](const auto& x, const auto& y) { return plain(x) == plain(y); });
}

// Plans the rows of one sheet.
class Planner {
public:
    Planner(const Sheet& sheet, const ImportRules& rules)
        : sheet_(sheet), rules_(rules), roles_(importing::known_roles(rules)) {}

    ImportPlan plan() {
        importing::Header header = importing::read_header(sheet_.header);
        plan_.ignored = std::move(header.ignored);
        plan_.problems = std::move(header.problems);
        plan_.readable = plan_.problems.empty();
        if (!plan_.readable) return std::move(plan_);
        columns_ = std::move(header.columns);
        for (const SheetRow& row : sheet_.rows) look_at(row);
        name_deputies();
        finish();
        return std::move(plan_);
    }

private:
    using Cells = std::map<Column, std::string>;  // those that are not blank

    // A row on its way to a change.
    struct Entry {
        int row = 0;
        const Post* before = nullptr;  // none: a new post
        Post after = {};
        std::string deputy = {};  // as the sheet says it
        bool wrong = false;
    };

    void wrong(Entry& entry, const std::string& column, std::string what, std::string permitted) {
        entry.wrong = true;
        plan_.problems.push_back({entry.row, column, std::move(what), std::move(permitted)});
    }
    void wrong(Entry& entry, Column column, std::string what, std::string permitted) {
        wrong(entry, heading_of(column), std::move(what), std::move(permitted));
    }

    void look_at(const SheetRow& row) {
        Entry entry;
        entry.row = row.row;
        if (row.cells.size() != columns_.size()) {
            wrong(entry, "", "has " + std::to_string(row.cells.size()) + " cells",
                  "The header has " + std::to_string(columns_.size()) +
                      ". A cell with the separator in it must stand in quotation marks.");
            return;
        }
        Cells cells;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const bool blank = tidied(row.cells[i]).empty();
            if (columns_[i] && !blank) cells[*columns_[i]] = row.cells[i];
        }
        if (cells.empty()) return;
        find_post_of(entry, cells);
        if (entry.wrong) return;
        read_cells(entry, cells);
        if (entry.after.title.empty()) entry.after.title = importing::in_words(entry.after.role);
        entries_.push_back(std::move(entry));
    }

    static std::string cell(const Cells& cells, Column column) {
        const auto found = cells.find(column);
        return found == cells.end() ? "" : found->second;
    }

    // --- which post ------------------------------------------------------------------------------

    void find_post_of(Entry& entry, const Cells& cells) {
        const std::string id = folded(tidied(cell(cells, Column::id)));
        if (!id.empty()) entry.before = find_post(rules_.directory, id);
        if (entry.before != nullptr) entry.after = *entry.before;
        take_agency(entry, tidied(cell(cells, Column::agency)), id);
        take_role(entry, tidied(cell(cells, Column::role)), id);
        if (entry.wrong) return;
        if (id.empty()) {
            match(entry, cells);
        } else if (entry.before == nullptr) {
            begin(entry, id);
        }
        if (entry.wrong) return;
        const auto& post = entry.after.id;
        const auto [first, fresh] = taken_.emplace(post, entry.row);
        if (fresh) return;
        wrong(entry, "", "is the same post as row " + std::to_string(first->second),
              "Give each post one row; two posts of one role need a Post id or a Unit each.");
    }

    void take_agency(Entry& entry, const std::string& text, const std::string& id) {
        if (text.empty()) {
            if (entry.before != nullptr) return;
            if (!id.empty()) return wrong_id(entry, id);
            return wrong(entry, Column::agency, "is empty",
                         "Give the agency; of a post of the board \"board\".");
        }
        const Agency* agency = find_agency(rules_.directory, text);
        if (agency != nullptr) {
            entry.after.agency = agency->id;
            return;
        }
        const std::string name = folded(text);
        if (name == "board" || name == folded(rules_.board.id) ||
            name == folded(rules_.board.name)) {
            entry.after.agency.clear();
            return;
        }
        const Agency* near = nearest_agency(rules_.directory, text);
        wrong(entry, Column::agency, "is no agency of the directory",
              near != nullptr
                  ? "Did you mean \"" + near->name + "\"?"
                  : "Permitted: the id, name or an alias of an [[agency]], or \"board\".");
    }

    void take_role(Entry& entry, const std::string& text, const std::string& id) {
        if (text.empty()) {
            if (entry.before != nullptr || entry.wrong) return;
            if (!id.empty()) return wrong_id(entry, id);
            return wrong(entry, Column::role, "is empty", "Give the role the policy asks for.");
        }
        const std::string role = slug(text);
        if (std::find(roles_.begin(), roles_.end(), role) != roles_.end()) {
            entry.after.role = role;
            return;
        }
        const std::string near = nearest(role, roles_);
        std::string all;
        for (const std::string& known : roles_) all += (all.empty() ? "" : ", ") + known;
        wrong(entry, Column::role, "is no role the policy asks for",
              near.empty() ? "Permitted: " + all + "." : "Did you mean \"" + near + "\"?");
    }

    void wrong_id(Entry& entry, const std::string& id) {
        std::vector<std::string> ids;
        for (const Post& post : rules_.directory.posts) ids.push_back(post.id);
        const std::string near = nearest(id, ids);
        wrong(entry, Column::id, "is no post of the directory",
              near.empty()
                  ? "A new post needs an agency and a role."
                  : "Did you mean \"" + near + "\"? A new post needs an agency and a role.");
    }

    void match(Entry& entry, const Cells& cells) {
        std::vector<const Post*> fits;
        for (const Post& post : rules_.directory.posts) {
            const bool fills = post.agency == entry.after.agency && post.role == entry.after.role;
            if (fills && limited_alike(post, cells)) fits.push_back(&post);
        }
        // A row that gives no unit is rather the post of all units.
        for (const Column column : {Column::title, Column::address, Column::unit,
                                    Column::case_status, Column::subject, Column::area}) {
            const bool names_one = column == Column::title || column == Column::address;
            const std::string wanted = cell(cells, column);
            if (fits.size() > 1 && !(names_one && wanted.empty())) narrow(fits, column, wanted);
        }
        if (fits.size() > 1) {
            std::string ids;
            for (const Post* post : fits) ids += (ids.empty() ? "" : ", ") + post->id;
            return wrong(entry, "", "fits " + std::to_string(fits.size()) + " posts",
                         "Give a Post id: " + ids + ".");
        }
        if (fits.empty()) return begin(entry, new_id(entry, cells));
        entry.before = fits.front();
        entry.after = *entry.before;
    }

    // The same unit and case status, where the row gives one.
    bool limited_alike(const Post& post, const Cells& cells) const {
        const std::string unit = cell(cells, Column::unit);
        const std::string status = cell(cells, Column::case_status);
        return (unit.empty() || same_words(post.unit, parts_of(unit, false))) &&
               (status.empty() || same_words(post.case_status, parts_of(status, true)));
    }

    static void narrow(std::vector<const Post*>& fits, Column column, const std::string& wanted) {
        std::vector<const Post*> nearer;
        for (const Post* post : fits) {
            if (plain(value_of(*post, column)) == plain(tidied(wanted))) nearer.push_back(post);
        }
        if (!nearer.empty()) fits = std::move(nearer);
    }

    void begin(Entry& entry, const std::string& id) {
        if (slug(id) != id) {
            return wrong(entry, Column::id, "is no id",
                         "Permitted: small letters, digits and hyphens.");
        }
        entry.after.id = id;
        // What the board itself gets names nobody, unless its directory says otherwise.
        entry.after.audience = entry.after.agency.empty() ? Audience::board : Audience::officer;
    }

    std::string new_id(const Entry& entry, const Cells& cells) const {
        const std::string of = entry.after.agency.empty() ? "board" : entry.after.agency;
        const std::string unit = slug(cell(cells, Column::unit));
        const std::string base =
            slug(of + "-" + entry.after.role) + (unit.empty() ? "" : "-" + unit);
        std::string id = base;
        for (int i = 2; find_post(rules_.directory, id) != nullptr; ++i) {
            id = base + "-" + std::to_string(i);
        }
        return id;
    }

    // --- what it says ----------------------------------------------------------------------------

    void read_cells(Entry& entry, const Cells& cells) {
        for (const auto& [column, text] : cells) {
            const auto problem = importing::take_cell(column, text, rules_, entry.after);
            if (problem) wrong(entry, column, problem->what, problem->permitted);
        }
        const auto away = importing::take_absence(cell(cells, Column::away_from),
                                                  cell(cells, Column::away_to), entry.after);
        if (away) wrong(entry, away->column, away->problem.what, away->problem.permitted);
        entry.deputy = tidied(cell(cells, Column::deputy));
    }

    // Deputies may be rows further down: they are looked up when all rows are read. A row whose
    // deputy has a wrong row of its own is wrong too, and so on until none is left.
    void name_deputies() {
        for (Entry& entry : entries_) {
            if (entry.deputy == "-") entry.after.deputy.clear();
            if (!entry.deputy.empty() && entry.deputy != "-") name_deputy(entry);
        }
        for (bool again = true; again;) {
            again = false;
            for (Entry& entry : entries_) {
                const int row = entry.wrong ? 0 : wrong_row_of_new(entry.after.deputy);
                if (row == 0) continue;
                wrong(entry, Column::deputy,
                      "is the post of row " + std::to_string(row) + ", which cannot be taken", "");
                again = true;
            }
        }
    }

    int wrong_row_of_new(const std::string& id) const {
        for (const Entry& entry : entries_) {
            const bool fresh = entry.before == nullptr && entry.after.id == id;
            if (fresh && entry.wrong) return entry.row;
        }
        return 0;
    }

    // All posts as they are to be.
    std::vector<const Post*> posts() const {
        std::vector<const Post*> all;
        std::set<std::string> changed;
        for (const Entry& entry : entries_) {
            all.push_back(&entry.after);
            changed.insert(entry.after.id);
        }
        for (const Post& post : rules_.directory.posts) {
            if (!changed.contains(post.id)) all.push_back(&post);
        }
        return all;
    }

    // By id, else by title or name within the agency, else by address.
    void name_deputy(Entry& entry) {
        const std::string said = plain(entry.deputy);
        std::vector<const Post*> fits;
        std::vector<std::string> names;
        const auto look = [&](auto is_meant) {
            if (!fits.empty()) return;
            for (const Post* post : posts()) {
                if (is_meant(*post)) fits.push_back(post);
            }
        };
        const auto colleague = [&](const Post& post) { return post.agency == entry.after.agency; };
        look([&](const Post& post) { return plain(post.id) == said; });
        look([&](const Post& post) { return colleague(post) && plain(post.title) == said; });
        look([&](const Post& post) { return colleague(post) && plain(post.holder) == said; });
        look([&](const Post& post) { return has_address(post, entry.deputy); });
        if (fits.size() == 1 && fits.front()->id != entry.after.id) {
            entry.after.deputy = fits.front()->id;
            return;
        }
        if (fits.size() == 1) {
            return wrong(entry, Column::deputy, "is the post itself", "Give another post.");
        }
        if (fits.size() > 1) {
            return wrong(entry, Column::deputy, "fits " + std::to_string(fits.size()) + " posts",
                         "Give its Post id.");
        }
        for (const Post& post : rules_.directory.posts) {
            names.push_back(post.id);
            if (colleague(post)) names.push_back(post.title);
        }
        const std::string near = nearest(said, names);
        wrong(entry, Column::deputy, "is no post we know",
              near.empty() ? "Permitted: a post's id, its title or name within the agency, or its "
                             "email address."
                           : "Did you mean \"" + near + "\"?");
    }

    // --- the plan --------------------------------------------------------------------------------

    void finish() {
        for (Entry& entry : entries_) {
            if (entry.wrong) continue;
            PostChange change{entry.row, entry.before == nullptr, entry.after, {}};
            const Post nothing;
            const Post& before = change.added ? nothing : *entry.before;
            for (const ColumnSpec& spec : import_columns()) {
                if (spec.column == Column::away_to) continue;
                const std::string old = value_of(before, spec.column);
                const std::string now = value_of(entry.after, spec.column);
                if (old != now) change.fields.push_back({spec.key, old, now});
            }
            if (change.added && entry.after.audience == Audience::board) {
                change.fields.push_back({"audience", "", "board"});
            }
            if (change.fields.empty()) {
                ++plan_.unchanged;
            } else {
                plan_.changes.push_back(std::move(change));
            }
        }
        std::stable_sort(plan_.problems.begin(), plan_.problems.end(),
                         [](const auto& a, const auto& b) { return a.row < b.row; });
    }

    const Sheet& sheet_;
    const ImportRules& rules_;
    std::vector<std::string> roles_;
    std::vector<std::optional<Column>> columns_;
    std::vector<Entry> entries_;
    std::map<std::string, int> taken_;  // the first row of each post
    ImportPlan plan_;
};

}  // namespace

ImportPlan plan_import(const Sheet& sheet, const ImportRules& rules) {
    return Planner(sheet, rules).plan();
}

}  // namespace stageclock
