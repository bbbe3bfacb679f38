// SPDX-License-Identifier: MIT
//
// Templates on kainjow mustache. The library renders a missing name as nothing, takes an empty
// text for true, and compiles partials at each use; here a missing name is an error, an empty text
// is false, and partials are put in place before compiling (sources.h). JSON is never made as
// text: the template is parsed and each string value rendered by itself.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <unordered_map>

#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>

#include "adapters/registry.h"
#include "adapters/template/mustache/layout.h"
#include "adapters/template/mustache/sources.h"
#include "bot/core/reason.h"

namespace stageclock {
namespace mustache_template {
namespace {

namespace km = kainjow::mustache;
using Json = nlohmann::ordered_json;  // keys stay in the template's order

km::data to_data(const Model& model) {
    if (const std::string* text = model.text()) {
        return text->empty() ? km::data(false) : km::data(*text);
    }
    if (const bool* yes = model.yes()) return km::data(*yes);
    if (const Model::List* items = model.list()) {
        km::list list;
        list.reserve(items->size());
        for (const Model& item : *items) list.push_back(to_data(item));
        return km::data(list);
    }
    const Model::Parts& parts = *model.parts();
    if (parts.empty()) return km::data(false);
    km::data object;
    for (const auto& [name, part] : parts) object[name] = to_data(part);
    return object;
}

// Looks names up as the library does, and remembers the first one that is not there.
class StrictContext final : public km::basic_context<std::string> {
public:
    explicit StrictContext(const km::data& data) : names_(&data) {}

    void push(const km::data* data) override { names_.push(data); }
    void pop() override { names_.pop(); }
    const km::data* get(const std::string& name) const override {
        const km::data* found = names_.get(name);
        if (found == nullptr) complain("the model has no \"" + name + "\"");
        return found;
    }
    const km::data* get_partial(const std::string& name) const override {
        complain("there is no partial \"" + name + "\"");
        return nullptr;
    }

    void complain(std::string what) const {
        if (problem_.empty()) problem_ = std::move(what);
    }
    const std::string& problem() const { return problem_; }

private:
    km::context<std::string> names_;
    mutable std::string problem_;
};

// "Unclosed section "x" at 12": the library puts the byte offset last.
std::string placed_message(std::string_view name, std::string_view text, const std::string& what) {
    const std::size_t at = what.rfind(" at ");
    const bool numbered =
        at != std::string::npos && at + 4 < what.size() &&
        std::all_of(what.begin() + static_cast<std::ptrdiff_t>(at) + 4, what.end(),
                    [](unsigned char c) { return std::isdigit(c) != 0; });
    if (!numbered) return placed(name, text, 0, what);
    return placed(name, text, std::stoul(what.substr(at + 4)), what.substr(0, at));
}

// What stands for line ends and spaces of a template while the library works on it: it drops blank
// lines behind a section (sources.h has dealt with those) and renders every white space by itself,
// which costs a third of the time.
struct Mark {
    char white;
    char instead;
};
constexpr std::array<Mark, 2> marks{{{'\n', '\x1e'}, {' ', '\x1f'}}};

std::string marked(std::string text) {
    bool in_tag = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "{{") == 0) in_tag = true;
        if (text.compare(i, 2, "}}") == 0) in_tag = false;
        for (const Mark& mark : marks) {
            if (!in_tag && text[i] == mark.white) text[i] = mark.instead;
        }
    }
    return text;
}

std::string unmarked(std::string text) {
    for (const Mark& mark : marks) {
        std::replace(text.begin(), text.end(), mark.instead, mark.white);
    }
    return text;
}

// A value keeps its white space, and cannot bring marks of its own.
std::string without_marks(std::string value) {
    for (const Mark& mark : marks) std::erase(value, mark.instead);
    return value;
}

class Compiled {
public:
    Compiled(const std::string& text, bool html) : mustache_(marked(text)) {
        mustache_.set_custom_escape([html](const std::string& value) {
            return html ? km::html_escape(without_marks(value)) : without_marks(value);
        });
    }

    bool is_valid() const { return mustache_.is_valid(); }
    const std::string& problem() const { return mustache_.error_message(); }
    std::string render(StrictContext& context) const { return unmarked(mustache_.render(context)); }

private:
    // The library's render() is not const because lambdas and partials may fail in it. There are
    // neither here, so it writes nothing and threads may share it.
    mutable km::mustache mustache_;
};

class JsonTemplate {
public:
    // Problems are added as "name:line:column: what" or "name: /pointer: what".
    JsonTemplate(const std::string& name, const std::string& text,
                 std::vector<std::string>& problems) {
        try {
            tree_ = Json::parse(text);
        } catch (const Json::parse_error& error) {
            problems.push_back(
                placed(name, text, error.byte == 0 ? 0 : error.byte - 1, "this is not JSON"));
            return;
        }
        compile(tree_, name, "", false, problems);
    }

    std::string render(StrictContext& context) const {
        return filled(tree_, context).dump(-1, ' ', false, Json::error_handler_t::replace);
    }

private:
    void compile(const Json& node, const std::string& name, const std::string& place, bool in_list,
                 std::vector<std::string>& problems) {
        const auto problem = [&](const std::string& what) {
            problems.push_back(name + ": " + (place.empty() ? "/" : place) + ": " + what);
        };
        if (node.is_string()) {
            const std::string& text = node.get_ref<const std::string&>();
            if (text.find("{{") == std::string::npos) return;
            const Compiled& made = strings_.try_emplace(text, text, false).first->second;
            if (!made.is_valid()) problem(made.problem());
            if (text.find("{{>") != std::string::npos) problem("partials are not for JSON");
            return;
        }
        if (node.is_object()) {
            for (const char* key : {"$when", "$each"}) {
                if (node.contains(key) && !node[key].is_string()) {
                    problem(std::string(key) + " takes the name of a part of the model");
                }
            }
            if (node.contains("$each") && !in_list) problem("$each is for objects of a list");
            if (node.contains("$when") && place.empty()) problem("$when would leave nothing");
        }
        if (!node.is_structured()) return;
        for (const auto& [key, child] : node.items()) {
            compile(child, name, place + "/" + key, node.is_array(), problems);
        }
    }

    // Whether "$when" lets this value stand.
    static bool kept(const Json& node, const StrictContext& context) {
        if (!node.is_object() || !node.contains("$when")) return true;
        const km::data* value = context.get(node["$when"].get<std::string>());
        return value != nullptr && !value->is_false() && !value->is_empty_list();
    }

    Json filled(const Json& node, StrictContext& context) const {
        if (node.is_string()) {
            const auto found = strings_.find(node.get_ref<const std::string&>());
            return found == strings_.end() ? node : Json(found->second.render(context));
        }
        if (node.is_array()) {
            Json list = Json::array();
            for (const Json& item : node) append(list, item, context);
            return list;
        }
        if (!node.is_object()) return node;
        Json object = Json::object();
        for (const auto& [key, child] : node.items()) {
            if (key == "$when" || key == "$each" || !kept(child, context)) continue;
            object[key] = filled(child, context);
        }
        return object;
    }

    void append(Json& list, const Json& item, StrictContext& context) const {
        if (!item.is_object() || !item.contains("$each")) {
            if (kept(item, context)) list.push_back(filled(item, context));
            return;
        }
        const std::string name = item["$each"].get<std::string>();
        const km::data* values = context.get(name);
        if (values == nullptr) return;
        if (!values->is_list()) return context.complain("\"" + name + "\" is not a list");
        for (const km::data& value : values->list_value()) {
            context.push(&value);
            if (kept(item, context)) list.push_back(filled(item, context));
            context.pop();
        }
    }

    Json tree_;
    std::unordered_map<std::string, Compiled> strings_;
};

class MustacheTemplates final : public Templates {
public:
    // Compiles everything; what is wrong is added to `problems`.
    MustacheTemplates(const Sources& sources, std::vector<std::string>& problems) {
        for (const auto& [name, text] : sources) {
            if (is_json(name)) {
                json_.try_emplace(name, name, text, problems);
                continue;
            }
            // First each file alone, so that a mistake is reported where it stands.
            const Compiled alone(text, is_html(name));
            if (!alone.is_valid()) {
                problems.push_back(placed_message(name, text, alone.problem()));
                continue;
            }
            const std::string whole = expanded(sources, name, problems);
            const auto& made = texts_.try_emplace(name, whole, is_html(name)).first->second;
            if (!made.is_valid()) problems.push_back(name + ": " + made.problem());
        }
        std::sort(problems.begin(), problems.end());
        problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
    }

    Result<std::string> render(std::string_view name, const Model& model) const override {
        const auto found = texts_.find(name);
        if (found == texts_.end()) return unknown(name);
        Result<std::string> made = rendered(name, found->second, model);
        if (!made) return made;
        if (name.ends_with(".txt")) return wrapped(*made, text_width);
        if (name.ends_with(".subject")) return one_line(*made);
        return made;
    }

    bool has(std::string_view name) const override {
        return texts_.contains(name) || json_.contains(name);
    }

    std::vector<std::string> names() const override {
        std::vector<std::string> all;
        for (const auto& [name, text] : texts_) all.push_back(name);
        for (const auto& [name, json] : json_) all.push_back(name);
        std::sort(all.begin(), all.end());
        return all;
    }

    Result<std::string> render_json(std::string_view name, const Model& model) const override {
        const auto found = json_.find(name);
        return found == json_.end() ? unknown(name) : rendered(name, found->second, model);
    }

private:
    static Result<std::string> unknown(std::string_view name) {
        return Error{Code::not_found, "there is no such template", std::string(name)};
    }

    template <class Template>
    static Result<std::string> rendered(std::string_view name, const Template& made,
                                        const Model& model) {
        try {
            const km::data data = to_data(model);
            StrictContext context(data);
            std::string text = made.render(context);
            if (context.problem().empty()) return text;
            return Error{Code::invalid_input, context.problem(), std::string(name)};
        } catch (const std::exception&) {
            // What the library says could quote a value; only the place is told.
            return Error{Code::internal, "the template could not be rendered", std::string(name)};
        }
    }

    std::map<std::string, Compiled, std::less<>> texts_;
    std::map<std::string, JsonTemplate, std::less<>> json_;
};

// Whether a file may stand in a board's folder although the defaults have none of its name.
bool may_be_new(std::string_view name) {
    if (name.find("/parts/") != std::string_view::npos) return true;
    const auto slash = name.rfind('/') + 1;
    return parse_reason(name.substr(slash, name.rfind('.') - slash)).has_value();
}

// What is wrong with the files put over the others.
std::vector<std::string> put_over(Sources& sources, Sources own) {
    std::vector<std::string> problems;
    for (auto& [name, text] : own) {
        const bool known = sources.contains(name);
        if (!known && !may_be_new(name)) {
            problems.push_back(name + ": takes the place of no template; templates/README.md "
                                      "lists them");
        }
        sources.insert_or_assign(name, std::move(text));
    }
    return problems;
}

}  // namespace
}  // namespace mustache_template

Result<std::unique_ptr<Templates>> make_mustache_templates(const std::string& folder,
                                                           const std::string& own) {
    using namespace mustache_template;
    Result<Sources> sources = read_sources(folder);
    if (!sources) return sources.error();
    std::vector<std::string> problems;
    if (!own.empty()) {
        auto over = read_sources(own);
        if (!over) return over.error();
        problems = put_over(*sources, std::move(*over));
    }
    try {
        auto templates = std::make_unique<MustacheTemplates>(*sources, problems);
        if (problems.empty()) return std::unique_ptr<Templates>(std::move(templates));
    } catch (const std::exception& error) {
        problems.emplace_back(error.what());
    }
    std::string all;
    for (const std::string& problem : problems) all += (all.empty() ? "" : "\n") + problem;
    return Error{Code::invalid_input, all, own.empty() ? folder : own};
}

}  // namespace stageclock
