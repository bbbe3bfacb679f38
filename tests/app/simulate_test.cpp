// SPDX-License-Identifier: MIT
//
// What a story looks like: as text, Markdown, JSON, a picture and an explanation.
#include "bot/app/simulate/explanation.h"

#include <doctest/doctest.h>

#include "bot/app/simulate/phrases.h"
#include "bot/app/simulate/svg.h"
#include "bot/app/simulate/timeline_json.h"
#include "bot/app/simulate/week_text.h"
#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::simulate;
using namespace stageclock::testing;

namespace {

Update at(const std::string& when, Update update) {
    update.received = london_time(when);
    return update;
}

std::unique_ptr<Played> played(const std::string& until, std::vector<Update> updates = {},
                               std::vector<std::string> vacant = {}) {
    Small small;
    StoryFile story;
    story.file = "stories/silence.toml";
    story.title = "A week <of> silence";
    story.about = "Nobody acts.";
    story.vacant = std::move(vacant);
    story.script.raise = at("2026-06-01 10:00", raise_update());
    story.script.raise.by.side = Side::raising;
    story.script.updates = std::move(updates);
    story.script.until = london_time(until);
    return play_story(std::move(story), small.board, small.policy, small.directory, small.calendar);
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

long count(const std::string& text, const std::string& part) {
    long found = 0;
    for (auto from = text.find(part); from != std::string::npos; from = text.find(part, from + 1)) {
        ++found;
    }
    return found;
}

}  // namespace

TEST_CASE("the text tells a story by instants, and no line is longer than 100 columns") {
    const auto story = played("2026-06-09 12:00");
    const std::string text = as_text(describe(*story, std::nullopt));
    CHECK(text.starts_with("A week <of> silence\n    Nobody acts.\n"));
    CHECK(holds(text, "\nMon 2026-06-01 10:00  raise, by the raising side\n    raised\n"));
    CHECK(holds(text,
                "    duty resolve-1 begins, due Mon 2026-06-08 17:00: Resolve stage 1 or "
                "escalate  [SMALL-1]\n"
                "        1 working week: 5 working days, due at close of business 17:00 "
                "(R-3, R-4), from Mon"));
    CHECK(holds(text,
                "        Mon 1 Jun (day 0), Tue 2 Jun = 1, Wed 3 Jun = 2, Thu 4 Jun = 3, Fri "
                "5 Jun = 4, Sat 6 Jun\n          (weekend), Sun 7 Jun (weekend), Mon 8 Jun = "
                "5\n"));
    CHECK(holds(text,
                "    -> reminder deadline-near, resolve-1, due Mon 2026-06-08 17:00\n"
                "        practitioner, raising side (Housing)\n"
                "        practitioner, receiving side (School)\n"));
    CHECK(holds(text,
                "    -> prompt next-officer-due, resolve-1, due Mon 2026-06-08 17:00\n"
                "        line-manager, raising side (Housing), post housing-line-manager\n"));
    CHECK(holds(text,
                "\nThe end, Tue 2026-06-09 12:00\n    open at stage 1, Stage 1\n"
                "    duty resolve-1 missed, due Mon 2026-06-08 17:00\n"));
    for (std::size_t from = 0; from < text.size();) {
        const auto end = text.find('\n', from);
        CHECK(end - from <= 100);
        from = end + 1;
    }
}

TEST_CASE("what was before --from is left out") {
    const auto story = played("2026-06-09 12:00");
    const std::string text = as_text(describe(*story, london_time("2026-06-08 00:00")));
    CHECK_FALSE(holds(text, "2026-06-01 10:00  raise"));
    CHECK(holds(text, "\nMon 2026-06-08 17:00\n"));
}

TEST_CASE("refusals, gaps, moved deadlines and spared people are said") {
    const auto story = played("2026-06-09 12:00",
                              {at("2026-06-02 10:00", update_of(UpdateKind::resolve, "")),
                               at("2026-06-02 11:00", update_of(UpdateKind::mark_urgent)),
                               at("2026-06-03 12:00", update_of(UpdateKind::acknowledge))},
                              {"school-line-manager"});
    const std::string text = as_text(describe(*story, std::nullopt));
    CHECK(holds(text, "    REFUSED missing-field at /data/text\n        Say what was agreed.\n"));
    CHECK(holds(text,
                "duty resolve-1 deadline moved, was Mon 2026-06-08 17:00, due Wed 2026-06-03 "
                "11:00"));
    CHECK(holds(text, "    nobody known: line-manager (School)\n"));
    CHECK(holds(text,
                "not sent: repeat of duty resolve-1 due Thu 2026-06-04 11:00: spared: they "
                "have acknowledged at"));
}

TEST_CASE("Markdown has the same lines, with its own signs made harmless") {
    const auto story = played("2026-06-02 12:00");
    const std::string text = as_markdown(describe(*story, std::nullopt));
    CHECK(text.starts_with("# A week \\<of\\> silence\n\n- Nobody acts.\n"));
    CHECK(holds(text, "\n## Mon 2026-06-01 10:00  raise, by the raising side\n\n- raised\n"));
    CHECK(holds(text, "  - practitioner, receiving side (School)\n"));
}

TEST_CASE("the JSON gives each instant in UTC and in local time") {
    const auto story = played("2026-06-02 12:00");
    const std::string text = timeline_json(*story, std::nullopt).print();
    CHECK(holds(text, "\"format\": \"stageclock.timeline/1\""));
    CHECK(holds(text,
                "\"due\": {\n            \"utc\": \"2026-06-08T16:00:00Z\",\n            "
                "\"local\": \"2026-06-08T17:00:00+01:00\",\n            \"words\": \"Mon "
                "2026-06-08 17:00\"\n          }"));
    CHECK(holds(text, "\"title\": \"A week <of> silence\""));
    CHECK(holds(text, "\"status\": \"open\""));
}

TEST_CASE("JSON keeps the order of its members and escapes what it must") {
    Json json = Json::object();
    json["b"] = "say \"so\"\n";
    json["a"] = Json(Json::List{});
    json["c"] = std::vector<std::string>{"x"};
    json["b"] = 3;
    CHECK(json.print() == "{\n  \"b\": 3,\n  \"a\": [],\n  \"c\": [\n    \"x\"\n  ]\n}\n");
    CHECK(Json("say \"so\"\n").print() == "\"say \\\"so\\\"\\n\"\n");
}

TEST_CASE("local times carry the offset in force, and their zone near a change of the clocks") {
    CHECK(local_rfc3339(utc("2026-01-05T09:00:00Z"), london()) == "2026-01-05T09:00:00+00:00");
    CHECK(local_rfc3339(utc("2026-06-01T09:00:00Z"), london()) == "2026-06-01T10:00:00+01:00");
    CHECK(clock_face(utc("2026-10-25T00:30:00Z"), london()) == "Sun 2026-10-25 01:30 BST");
    CHECK(clock_face(utc("2026-10-25T01:30:15Z"), london()) == "Sun 2026-10-25 01:30:15 GMT");
}

TEST_CASE("the picture is one document with a lane for each stage and a mark for each deadline") {
    const auto story =
        played("2026-06-20 12:00", {at("2026-06-02 10:00", update_of(UpdateKind::escalate)),
                                    at("2026-06-02 10:30", update_of(UpdateKind::resolve, ""))});
    const std::string svg = as_svg(*story);
    CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    CHECK(svg.ends_with("</svg>\n"));
    CHECK(holds(svg, "A week &lt;of&gt; silence"));
    CHECK(count(svg, "class=\"stage\"") == 2);
    CHECK(count(svg, "<polygon class=\"met\"") == 2);  // one of them in the legend
    CHECK(count(svg, "<polygon class=\"missed\"") == 2);
    CHECK(count(svg, "class=\"number-refused\"") == 1);
    CHECK(holds(svg, "REFUSED: Say what was agreed."));
    CHECK_FALSE(holds(svg, "<script"));
}

TEST_CASE("a story whose raise is refused has a picture and an explanation too") {
    Small small;
    StoryFile story;
    story.title = "Two of one agency";
    story.script.raise = at("2026-06-01 10:00", raise_update());
    story.script.raise.facts.receiving.agency = "Housing";
    story.script.until = london_time("2026-06-02 10:00");
    const auto refused =
        play_story(std::move(story), small.board, small.policy, small.directory, small.calendar);
    CHECK(holds(as_text(describe(*refused, std::nullopt)), "no case: the raise was refused"));
    CHECK(as_svg(*refused).ends_with("</svg>\n"));
    const auto lines = explanation_lines(explain(*refused), refused->rules());
    CHECK(holds(as_text(lines), "same-agency at /data/receiving/agency"));
    CHECK(holds(timeline_json(*refused, std::nullopt).print(), "\"case\": null"));
}

TEST_CASE("an explanation counts each day and says how each person came to be told") {
    const auto story = played("2026-06-09 12:00");
    const std::string text = as_text(explanation_lines(explain(*story), story->rules()));
    CHECK(holds(text,
                "        Fri 2026-06-05: working day 4\n        Sat 2026-06-06: Saturday, not "
                "counted\n"));
    CHECK(holds(text,
                "        counted by A small policy, version 1 and england-and-wales to "
                "2028-12-31\n"));
    CHECK(holds(text,
                "        why: the stage ran out: the next named officers\n"
                "        whom: post school-line-manager fills the role line-manager in the "
                "directory of 2026\n"));
    CHECK(holds(text, "        whom: named on the case as practitioner\n"));
    CHECK(holds(text, "What was refused\n    nothing\n"));
}

TEST_CASE("a case of a store is explained from its events, as the story of it would be") {
    const auto story =
        played("2026-06-09 12:00", {at("2026-06-08 18:00", update_of(UpdateKind::acknowledge))});
    CaseFile file;
    file.the_case.ref = "SB-2026-0001";
    const Rules rules = story->rules();
    const auto step = [&](const Update* update, Instant now) {
        std::vector<Event> events;
        if (update != nullptr) events = accept(file.the_case, rules, *update, now).events;
        Decision decision = decide(stageclock::apply(file.the_case, events), rules, now);
        file.the_case = decision.after;
        file.events.insert(file.events.end(), events.begin(), events.end());
        file.events.insert(file.events.end(), decision.events.begin(), decision.events.end());
        for (const Notice& notice : decision.notices) {
            NoticeRow row;
            row.notice = notice;
            row.state = NoticeState::accepted;
            file.notices.push_back(row);
        }
    };
    for (const Moment& moment : story->timeline.moments) {
        step(moment.update ? &*moment.update : nullptr, moment.at);
    }
    const Explanation of_store = explain(file, rules);
    const Explanation of_story = explain(*story);
    CHECK(of_store.told.size() == of_story.told.size());
    REQUIRE(of_store.not_told.size() == of_story.not_told.size());
    CHECK(of_store.not_told.front().people.size() == 1);
    REQUIRE(of_store.duties.size() == 1);
    CHECK(of_store.duties.front().deadline.due == of_story.duties.front().deadline.due);
    CHECK(of_store.next == of_story.next);
    CHECK(holds(as_text(explanation_lines(of_store, rules)), "what became of it: accepted"));
    CHECK(holds(explanation_json(of_store, rules).print(), "\"refusals_known\": false"));
    CHECK_FALSE(holds(as_text(explanation_lines(of_store, rules)), "by chat"));
    file.the_case.by_chat = {
        {file.the_case.raised, "acknowledged", Side::receiving, "practitioner", "slack:U0123ABCD"}};
    const Explanation by_chat = explain(file, rules);
    CHECK(holds(as_text(explanation_lines(by_chat, rules)), "What was done by chat"));
    CHECK(holds(as_text(explanation_lines(by_chat, rules)), "acknowledged by chat"));
    CHECK(holds(explanation_json(by_chat, rules).print(), "\"account\": \"slack:U0123ABCD\""));
}

TEST_CASE("the published directory is played as it is, vacant posts of a made-up one are empty") {
    Small small;
    const auto published = with_addresses(small.directory, Addresses::published, {});
    CHECK(published.posts.front().address == "line-manager@housing.example.org");
    const auto made_up =
        with_addresses(small.directory, Addresses::made_up, {"housing-line-manager"});
    CHECK(made_up.posts[0].address.empty());
    CHECK(made_up.posts[1].address == "housing-director@example.org");
    CHECK(unknown_posts(small.directory, {"inbox", "inbax"}) == std::vector<std::string>{"inbax"});
}

TEST_CASE("who would be told is a line for each span of hours") {
    const auto story = played("2026-06-02 12:00", {}, {"school-director"});
    const Target target{Side::both, "director"};
    const auto spans =
        every_hour_of_a_week(story->timeline.end, target, story->rules(), date("2026-06-08"));
    const std::string text = as_text(describe_week(*story, target, spans));
    CHECK(holds(text,
                "Mon 2026-06-08 00:00 to Mon 2026-06-15 00:00: director, raising side "
                "(Housing), post"));
    CHECK(holds(text, "nobody known: director (School)"));
    CHECK(holds(week_json(*story, target, spans).print(), "\"format\": \"stageclock.week/1\""));
}
