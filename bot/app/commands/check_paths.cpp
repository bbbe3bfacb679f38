// SPDX-License-Identifier: MIT
#include "bot/app/commands/check_paths.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include "bot/app/commands/story_files.h"
#include "bot/app/try_templates.h"
#include "bot/app/wire.h"
#include "bot/core/nearest.h"

namespace stageclock::commands {
namespace {

namespace fs = std::filesystem;

constexpr std::array policy_files{"policy.toml", "directory.toml", "board.toml", "not-rules.toml"};

bool is_there(const fs::path& path) {
    std::error_code ignored;  // what cannot be looked at is not there
    return fs::exists(path, ignored);
}

bool is_policy_folder(const fs::path& folder) {
    return is_there(folder / "policy.toml") || is_there(folder / "board.toml");
}

std::vector<fs::path> entries(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

// The first line of a file with both words on it; 0: none has.
int line_with(const std::string& file, const std::string& one, const std::string& other) {
    std::ifstream in(file);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const bool both =
            line.find(one) != std::string::npos && line.find(other) != std::string::npos;
        if (both) return number;
    }
    return 0;
}

bool is_settings(const std::string& file) {
    constexpr std::array tables{"[[board]]", "[data]", "[server]", "[[source]]", "[mail]"};
    return std::any_of(tables.begin(), tables.end(),
                       [&](const char* table) { return line_with(file, table, "") > 0; });
}

// Templates stand beside policies/, where the daemon has them too.
std::string templates_beside(const std::string& folder) {
    const fs::path beside = fs::absolute(folder).lexically_normal() / "../../templates";
    for (const fs::path& place : {beside.lexically_normal(), fs::path("templates")}) {
        if (is_there(place / "email")) return place.string();
    }
    return "";
}

}  // namespace

void PathCheck::path(const std::string& path) {
    const fs::path given(path);
    if (!is_there(given)) return missing(path);
    std::error_code ignored;
    if (!fs::is_directory(given, ignored)) {
        const std::string name = given.filename().string();
        const bool of_policy =
            std::find(policy_files.begin(), policy_files.end(), name) != policy_files.end();
        if (of_policy) return policy(given.parent_path().empty() ? "." : given.parent_path());
        if (fs::absolute(given).parent_path().filename() == "stories") return story(path);
        if (is_settings(path)) return settings(path);
        return add(checked_.problems,
                   {path, 0, "", "is nothing that can be checked",
                    "Permitted: a policy's folder or file, a story, a settings file."});
    }
    if (is_policy_folder(given)) return policy(path);
    bool any = false;
    for (const fs::path& entry : entries(given)) {
        const bool a_story = given.filename() == "stories" && entry.extension() == ".toml";
        if (!a_story && !is_policy_folder(entry)) continue;
        a_story ? story(entry.string()) : policy(entry.string());
        any = true;
    }
    if (any) return;
    add(checked_.problems,
        {path, 0, "", "holds no policy",
         "Permitted: a folder with a policy.toml, or a folder of such folders."});
}

void PathCheck::policy(const std::string& folder) {
    if (!seen_.insert("folder " + fs::absolute(folder).lexically_normal().string()).second) return;
    if (!calendar_.empty() && !is_there(calendar_)) return missing(calendar_);
    const auto zone = story_zone();
    if (!zone) return add(checked_.problems, {zone.error().where, 0, "", zone.error().what, ""});
    const auto calendars = calendars_for(folder, calendar_, *zone);
    add(checked_.problems, calendars.findings);
    if (calendars.value.empty()) return;
    const auto loaded = load_board({"", folder, {}, {}}, calendars.value);
    add(checked_.problems, loaded.findings);
    add(checked_.gaps, loaded.gaps);
    const std::string place = templates_beside(folder);
    if (place.empty()) {
        add(checked_.gaps, {folder, 0, "templates", "no templates stand beside its parent folder",
                            "What notices and forms say was not tried."});
        return;
    }
    if (!loaded.findings.empty()) return layouts(loaded.value.policy, folder, place);
    board(loaded.value, calendar_of(loaded.value.policy, calendars.value), folder, place,
          "");
}

void PathCheck::story(const std::string& file) {
    const StoryRun run = run_story(file, calendar_, std::nullopt);
    add(checked_.problems, run.findings);
}

void PathCheck::settings(const std::string& file) {
    if (!is_there(file)) return missing(file);
    const Configuration read = wire_dry(file);
    add(checked_.problems, read.problems);
    add(checked_.gaps, read.gaps);
    if (!read.problems.empty()) return;
    for (std::size_t i = 0; i < read.boards.size(); ++i) {
        const ServedBoard& served = read.boards[i];
        board({served.board, served.policy, served.directory},
              calendar_of(served.policy, read.calendars), read.settings.boards[i].policy,
              read.settings.templates, read.settings.boards[i].templates);
    }
}

void PathCheck::board(const BoardData& data, const Calendar& calendar, const std::string& folder,
                      const std::string& place, const std::string& own) {
    layouts(data.policy, folder, place);
    const Templates* made = templates(place, own);
    if (made == nullptr) return;
    const Rules rules{data.policy, data.board, data.directory, calendar};
    for (const Problem& problem : try_templates(*made, rules)) {
        const bool theirs = !own.empty() && fs::exists(fs::path(own) / problem.id);
        add(checked_.problems, {(theirs ? own : place) + "/" + problem.id, 0,
                                data.board.id + ", " + problem.field, problem.what,
                                problem.permitted});
    }
}

void PathCheck::layouts(const Policy& policy, const std::string& folder, const std::string& place) {
    const fs::path forms = fs::path(place) / "forms";
    std::vector<std::string> known;
    for (const fs::path& file : entries(forms)) {
        if (file.extension() == ".toml" && file.stem() != "values") known.push_back(file.stem());
    }
    const std::string file = (fs::path(folder) / "policy.toml").string();
    for (const Form& form : policy.forms) {
        if (form.layout.empty()) continue;
        if (std::find(known.begin(), known.end(), form.layout) != known.end()) {
            parts(form, file, forms.string());
            continue;
        }
        const std::string near = nearest(form.layout, known);
        add(checked_.problems,
            {file, line_with(file, "layout", '"' + form.layout + '"'),
             "form " + form.id + ", layout",
             "there is no file \"" + (forms / (form.layout + ".toml")).string() + '"',
             near.empty() ? "templates/forms/README.md says how to write one."
                          : "Did you mean \"" + near + "\"?"});
    }
}

// A policy and its layout name the same parts. What is wrong with the layout itself is said
// elsewhere.
void PathCheck::parts(const Form& form, const std::string& file, const std::string& folder) {
    const auto layouts = read_form_layouts(folder);
    if (!layouts) return;
    const std::string layout = folder + "/" + form.layout + ".toml";
    std::set<std::string> drawn;
    for (const FormSection& section : layouts->at(form.layout).sections) {
        if (!section.part.empty()) drawn.insert(section.part);
    }
    for (const FormPart& part : form.parts) {
        if (drawn.erase(part.id) > 0) continue;
        add(checked_.problems, {file, line_with(file, "id", '"' + part.id + '"'),
                                "form " + form.id + ", part " + part.id,
                                "no section of " + layout + " is for this part",
                                "Give the sections it fills: part = \"" + part.id + "\"."});
    }
    for (const std::string& part : drawn) {
        add(checked_.problems, {layout, line_with(layout, "part", '"' + part + '"'), "part",
                                "form " + form.id + " of " + file + " has no part \"" + part + '"',
                                "Permitted: the ids of its [[form.part]] rows, or none."});
    }
}

// The templates of a folder with a board's own put over them, the forms tried once; nullptr: what
// is wrong was said.
const Templates* PathCheck::templates(const std::string& folder, const std::string& own) {
    const auto known = templates_.find({folder, own});
    if (known != templates_.end()) return known->second.get();
    const auto say = [&](const Error& error) {
        add(checked_.problems, {error.where.empty() ? folder : error.where, 0, "", error.what, ""});
    };
    if (const Done sound = forms(folder + "/forms"); !sound) say(sound.error());
    auto made = make_mustache_templates(folder, own);
    if (!made) say(made.error());
    auto& kept = templates_[{folder, own}];
    if (made) kept = std::move(*made);
    return kept.get();
}

// The error of the first kind of form that cannot be made; what boards' own files leave empty is a
// gap.
Done PathCheck::forms(const std::string& folder) {
    if (const auto made = make_pdf_forms(folder); !made) return made.error();
    if (const auto made = make_docx_forms(folder); !made) return made.error();
    for (const auto& gaps : {own_pdf_gaps(folder), unused_word_fields(folder)}) {
        if (!gaps) continue;
        for (const std::string& gap : *gaps) add(checked_.gaps, {folder, 0, "", gap, ""});
    }
    return done();
}

void PathCheck::missing(const std::string& path) {
    checked_.missing = true;
    add(checked_.problems, {path, 0, "", "there is no such file", ""});
}

void PathCheck::add(std::vector<Finding>& all, Finding finding) {
    const char* list = &all == &checked_.problems ? "problem " : "gap ";
    if (seen_.insert(list + to_text(finding)).second) all.push_back(std::move(finding));
}

void PathCheck::add(std::vector<Finding>& all, const std::vector<Finding>& more) {
    for (const Finding& finding : more) add(all, finding);
}

}  // namespace stageclock::commands
