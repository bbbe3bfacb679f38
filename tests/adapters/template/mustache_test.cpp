// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "adapters/registry.h"

using namespace stageclock;

namespace {

namespace fs = std::filesystem;

// A templates folder of its own, gone at the end.
class Folder {
public:
    Folder() : path_(fs::temp_directory_path() / ("templates-" + std::to_string(::getpid()))) {
        fs::remove_all(path_);
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    Folder& with(const std::string& name, const std::string& text) {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << text;
        return *this;
    }
    Result<std::unique_ptr<Templates>> load() const {
        return make_mustache_templates(path_.string());
    }
    std::string render(std::string_view name, const Model& model) const {
        auto templates = load();
        REQUIRE_MESSAGE(templates.has_value(), templates.error().what);
        const auto text = (*templates)->render(name, model);
        REQUIRE_MESSAGE(text.has_value(), text.error().what);
        return *text;
    }
    std::string path(const std::string& name) const { return (path_ / name).string(); }
    std::string problem() const {
        const auto templates = load();
        REQUIRE_FALSE(templates.has_value());
        return templates.error().what;
    }

private:
    fs::path path_;
};

Model names(std::initializer_list<std::pair<const char*, Model>> parts) {
    Model model;
    for (const auto& [name, part] : parts) model[name] = part;
    return model;
}

std::string render(const std::string& text, const Model& model, const std::string& name = "a.txt") {
    return Folder().with(name, text).render(name, model);
}

}  // namespace

TEST_CASE("names, sections, lists and dotted names are filled in") {
    const Model model = names({{"who", "Housing"},
                               {"due", names({{"words", "Thursday"}})},
                               {"yes", true},
                               {"no", false},
                               {"lines", Model::List{"one", "two"}}});
    CHECK(render("{{who}} by {{due.words}}{{#yes}}!{{/yes}}{{^no}}?{{/no}}", model) ==
          "Housing by Thursday!?\n");
    CHECK(render("{{#lines}}\n- {{.}}\n{{/lines}}\n", model) == "- one\n- two\n");
}

TEST_CASE("an empty text and an empty list count as absent in a section") {
    const Model model = names({{"text", ""}, {"list", Model::List{}}, {"parts", Model()}});
    CHECK(render("[{{#text}}a{{/text}}{{#list}}b{{/list}}{{#parts}}c{{/parts}}{{text}}]", model) ==
          "[]\n");
    CHECK(render("{{^text}}none{{/text}}", model) == "none\n");
}

TEST_CASE("a section that is not shown leaves no empty line behind") {
    const Model model = names({{"no", false}});
    CHECK(render("A\n{{#no}}\nB\n{{/no}}\nC\n", model) == "A\nC\n");
    CHECK(render("A\r\n{{#no}}\r\nB\r\n{{/no}}\r\nC\r\n", model) == "A\nC\n");
}

TEST_CASE("blank lines of a template stay where they are written") {
    const Model model = names({{"list", Model::List{"one", "two"}}, {"yes", true}});
    CHECK(render("{{#yes}}\n\nA\n{{#list}}\n- {{.}}\n{{/list}}\n\n{{/yes}}\nB\n", model,
                 "a.html") == "\nA\n- one\n- two\n\nB\n");
}

TEST_CASE("a name the model does not have is an error that names template and name") {
    for (const char* text :
         {"{{nope}}", "{{a.nope}}", "{{#nope}}x{{/nope}}", "{{^nope}}x{{/nope}}"}) {
        Folder folder;
        auto templates = folder.with("email/x.txt", text).load();
        REQUIRE(templates.has_value());
        const auto made = (*templates)->render("email/x.txt", names({{"a", names({{"b", "c"}})}}));
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().where == "email/x.txt");
        CHECK(made.error().what.find("nope") != std::string::npos);
    }
}

TEST_CASE("an error never quotes a value of the model") {
    Folder folder;
    auto templates = folder.with("x.txt", "{{secret}}{{nope}}").load();
    const auto made = (*templates)->render("x.txt", names({{"secret", "Canary"}}));
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().what.find("Canary") == std::string::npos);
}

TEST_CASE("HTML is escaped and text is not; values are never read as templates") {
    const Model model = names({{"v", "<b>&\"'{{v}}"}});
    CHECK(render("{{v}}", model, "a.html") == "&lt;b&gt;&amp;&quot;&apos;{{v}}");
    CHECK(render("{{v}}", model, "a.txt") == "<b>&\"'{{v}}\n");
}

TEST_CASE("a partial alone on its line stands for whole lines") {
    Folder folder;
    folder.with("parts/p.txt", "one {{v}}\n")
        .with("a.txt", "A\n  {{> parts/p.txt}}\nB {{>q.txt}} C\n");
    folder.with("q.txt", "q");
    CHECK(folder.render("a.txt", names({{"v", "x"}})) == "A\none x\nB q C\n");
}

TEST_CASE("every broken template is found at the start, with file, line and column") {
    Folder folder;
    folder.with("a.txt", "fine\n{{#open}}\n")
        .with("b.txt", "x {{name")
        .with("c.txt", "{{#a}}{{/b}}")
        .with("d.txt", "{{> missing.txt}}")
        .with("e.txt", "one\n {{>f.txt}}")
        .with("f.txt", "{{> e.txt}}")
        .with("g.html", "<p>{{{raw}}}</p>")
        .with("h.txt", "{{=<% %>=}}")
        .with("i.json", "{\"a\": \n 1,}");
    const std::string problem = folder.problem();
    for (const char* expected :
         {"a.txt:2:1: Unclosed section \"open\"", "b.txt:1:3: Unclosed tag",
          "c.txt:1:1: Unclosed section \"a\"", "d.txt:1:1: there is no partial \"missing.txt\"",
          "f.txt:1:1: the partial \"e.txt\" includes itself", "g.html:1:4: HTML must be escaped",
          "h.txt:1:1: other delimiters", "i.json:2:4: this is not JSON"}) {
        CAPTURE(problem);
        CHECK_MESSAGE(problem.find(expected) != std::string::npos, expected);
    }
}

TEST_CASE("a folder that is not there is an error, and so is a template nobody wrote") {
    CHECK_FALSE(make_mustache_templates("/nonexistent/templates").has_value());
    Folder folder;
    auto templates = folder.with("a.txt", "x").with("README.md", "{{#broken}}").load();
    REQUIRE(templates.has_value());
    CHECK((*templates)->has("a.txt"));
    CHECK_FALSE((*templates)->has("b.txt"));
    CHECK((*templates)->render("b.txt", Model()).error().code == Code::not_found);
    CHECK((*templates)->render_json("b.json", Model()).error().code == Code::not_found);
}

TEST_CASE("a board's own files take the place of the defaults one by one, parts too") {
    Folder folder;
    folder.with("default/email/case-raised.txt", "{{> email/parts/close.txt}}")
        .with("default/email/case-resolved.txt", "default")
        .with("default/email/parts/close.txt", "default close")
        .with("own/email/parts/close.txt", "own {{> email/parts/more.txt}}")
        .with("own/email/parts/more.txt", "close")
        .with("own/email/case-resolved.txt", "own");
    const auto both = make_mustache_templates(folder.path("default"), folder.path("own"));
    REQUIRE_MESSAGE(both.has_value(), both.error().what);
    CHECK(*(*both)->render("email/case-raised.txt", Model()) == "own close\n");
    CHECK(*(*both)->render("email/case-resolved.txt", Model()) == "own\n");
    const auto alone = make_mustache_templates(folder.path("default"));
    CHECK(*(*alone)->render("email/case-raised.txt", Model()) == "default close\n");
    folder.with("own/email/case-rasied.txt", "mistyped");
    const auto wrong = make_mustache_templates(folder.path("default"), folder.path("own"));
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().where == folder.path("own"));
    CHECK(wrong.error().what.starts_with("email/case-rasied.txt: takes the place of no template"));
    CHECK_FALSE(make_mustache_templates(folder.path("default"), folder.path("none")).has_value());
}

TEST_CASE("lines of a text are wrapped at 78 characters, below their beginning") {
    const std::string words = "about twelve about twelve about twelve about twelve about twelve";
    const std::string text =
        render("- {{w}} {{w}}\n\n\n\nDue:   {{w}} {{w}}   \n", names({{"w", words}}));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 78);
    CHECK(text.find("\n  twelve") != std::string::npos);
    CHECK(text.find("\n       twelve") != std::string::npos);
    CHECK(text.find("\n\n\n") == std::string::npos);
    const std::string link = "https://example.org/" + std::string(100, 'x');
    CHECK(render("See {{l}} for more", names({{"l", link}})) == "See\n" + link + "\nfor more\n");
    CHECK(render(std::string(30, ' ') + "x", Model()) == std::string(30, ' ') + "x\n");
}

TEST_CASE("a subject is one line whatever its values hold") {
    CHECK(render("[{{ref}}]\n {{agency}}\n", names({{"ref", "X-1"}, {"agency", "A\r\nBcc: b"}}),
                 "a.subject") == "[X-1] A Bcc: b");
}

TEST_CASE("JSON values cannot break out of their place") {
    Folder folder;
    folder.with("card.json", R"({"text": "Hello {{v}}", "n": 1, "list": ["{{v}}", null]})");
    auto templates = folder.load();
    REQUIRE(templates.has_value());
    const auto made = (*templates)->render_json("card.json", names({{"v", "\"}, {\"x\": \"\n"}}));
    REQUIRE(made.has_value());
    const auto json = nlohmann::json::parse(*made);
    CHECK(json["text"] == "Hello \"}, {\"x\": \"\n");
    CHECK(json.size() == 3);
    CHECK(json["list"].size() == 2);
    const auto bytes = (*templates)->render_json("card.json", names({{"v", "\xff"}}));
    CHECK(bytes.has_value());
}

TEST_CASE("$when leaves an object out and $each repeats it") {
    Folder folder;
    folder.with("card.json", R"({
        "body": [{"$when": "yes", "t": "a"}, {"$when": "no", "t": "b"}, {"$when": "empty"},
                 {"$each": "facts", "title": "{{title}}", "of": "{{of}}"},
                 {"$each": "facts", "$when": "late", "only": "{{title}}"}],
        "gone": {"$when": "no"}, "kept": {"$when": "yes", "x": {"$when": "no"}}})");
    auto templates = folder.load();
    REQUIRE_MESSAGE(templates.has_value(), templates.error().what);
    const Model facts = Model::List{names({{"title", "one"}, {"late", false}}),
                                    names({{"title", "two"}, {"late", true}})};
    const Model model =
        names({{"yes", true}, {"no", false}, {"empty", ""}, {"of", "case"}, {"facts", facts}});
    const auto made = (*templates)->render_json("card.json", model);
    REQUIRE(made.has_value());
    CHECK(*made == R"({"body":[{"t":"a"},{"title":"one","of":"case"},)"
                   R"({"title":"two","of":"case"},{"only":"two"}],"kept":{}})");
}

TEST_CASE("mistakes in JSON templates are found at the start, unknown names when rendered") {
    Folder folder;
    folder.with("a.json", R"({"x": [{"$when": 1}], "y": {"$each": "facts"}, "z": "{{#a}}"})");
    const std::string problem = folder.problem();
    CHECK(problem.find("a.json: /x/0: $when takes the name") != std::string::npos);
    CHECK(problem.find("a.json: /y: $each is for objects of a list") != std::string::npos);
    CHECK(problem.find("a.json: /z: Unclosed section") != std::string::npos);

    Folder other;
    other.with("b.json", R"({"x": [{"$when": "nope"}]})").with("c.json", R"([{"$each": "t"}])");
    auto templates = other.load();
    REQUIRE(templates.has_value());
    CHECK_FALSE((*templates)->render_json("b.json", names({{"t", "x"}})).has_value());
    CHECK_FALSE((*templates)->render_json("c.json", names({{"t", "x"}})).has_value());
}

TEST_CASE("many threads may render one template at once") {
    Folder folder;
    auto templates = folder.with("a.html", "{{#list}}<p>{{.}}</p>{{/list}}{{v}}").load();
    REQUIRE(templates.has_value());
    std::atomic<int> good{0};
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            const std::string mine = std::to_string(t);
            const Model model = names({{"v", mine}, {"list", Model::List{mine, mine}}});
            const std::string expected = "<p>" + mine + "</p><p>" + mine + "</p>" + mine;
            for (int i = 0; i < 200; ++i) {
                const auto made = (*templates)->render("a.html", model);
                if (made && *made == expected) ++good;
            }
        });
    }
    threads.clear();
    CHECK(good == 800);
}
