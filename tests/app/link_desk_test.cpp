// SPDX-License-Identifier: MIT
#include "bot/app/link_desk.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "adapters/registry.h"
#include "bot/app/engine.h"
#include "tests/app/form_fakes.h"
#include "tests/app/mail_fakes.h"
#include "tests/support/fake_clock.h"
#include "tests/support/flaky_store.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

Rulebook small_rulebook() {
    Small small;
    return Rulebook({{small.board, small.policy, small.directory}}, {small.calendar});
}

// The desk of the tests of mail, with the engine behind it.
class EngineDesk final : public MailDesk {
public:
    EngineDesk(Engine& engine, Store& store, Clock& clock)
        : engine_(engine), store_(store), clock_(clock) {}
    Answer submit(Update update) override {
        ++asked;
        update.received = clock_.now();
        return engine_.submit(std::move(update));
    }
    Result<CaseView> look(const std::string& ref) override {
        const auto stored = store_.load(ref);
        if (!stored) return stored.error();
        if (!*stored) return Error{Code::not_found, "no such case", ref};
        CaseView seen;
        seen.the_case = **stored;
        return seen;
    }
    Instant now() const override { return clock_.now(); }
    std::atomic<int> asked = 0;

private:
    Engine& engine_;
    Store& store_;
    Clock& clock_;
};

struct House {
    FakeClock clock{utc("2026-06-05T10:00:00Z")};
    FlakyStore store{make_memory_store()};
    Rulebook rulebook = small_rulebook();
    Engine engine{store, clock, rulebook, [] {}};
    EngineDesk desk{engine, store, clock};
    MailClaims claims{desk, store, [] {}};
    NoFormsComing forms{desk, store, rulebook};
    LinkDesk links{desk, store, rulebook, claims, forms.desk};
    std::string ref;

    House() {
        engine.start();
        Update raise = raise_update();
        raise.source = "test";
        raise.id = "raise";
        ref = desk.submit(raise).ref;
        desk.asked = 0;
    }
    ~House() { engine.stop(); }

    // The last notice of this reason to that address.
    std::int64_t notice(Reason reason, const std::string& address) {
        const auto rows = store.notices(ref);
        REQUIRE(rows);
        std::int64_t found = 0;
        for (const NoticeRow& row : *rows) {
            if (row.notice.reason == reason && row.notice.destination == address)
                found = std::max(found, row.id);
        }
        REQUIRE(found > 0);
        return found;
    }
    std::int64_t challenge() { return notice(Reason::challenge_received, "c@school.example.org"); }
    ActionPage page(std::int64_t id) {
        auto made = links.action(id);
        REQUIRE(made);
        return *made;
    }
    Acted act(std::int64_t id, const std::string& choice, const std::string& text,
              const std::string& form = "form-1") {
        auto acted = links.act(id, {choice, text, form});
        REQUIRE(acted);
        return *acted;
    }
    void later(int hours) { REQUIRE(clock.move_to(clock.now() + std::chrono::hours(hours))); }
    Case the_case() { return **store.load(ref); }
};

std::vector<std::string> ids(const ActionPage& page) {
    std::vector<std::string> all;
    for (const Choice& choice : page.choices) all.push_back(choice.id);
    return all;
}

}  // namespace

TEST_CASE("a page offers what the mail offers, and says for whom it is recorded") {
    House house;
    const ActionPage page = house.page(house.challenge());
    CHECK(page.over.empty());
    CHECK(page.ref == house.ref);
    CHECK(page.board == "Small Board");
    CHECK(page.stage == "Stage 1");
    CHECK(page.deadline == "Friday 12 June 2026 at 17:00");
    CHECK(page.capacity == "practitioner of the receiving side");
    CHECK(ids(page) ==
          std::vector<std::string>{"acknowledged", "discussed", "resolved", "escalated"});
    CHECK_FALSE(page.choices[0].needs_text);
    CHECK(page.choices[2].needs_text);
    CHECK(house.desk.asked == 0);
}

TEST_CASE("an act is recorded as the recipient's own, once for each form") {
    House house;
    const std::int64_t id = house.challenge();
    const Acted first = house.act(id, "resolved", "A visit.");
    REQUIRE(first.kind == Acted::Kind::recorded);
    CHECK(first.choice == "Resolved");
    CHECK_FALSE(first.open);
    CHECK(house.the_case().outcome == "A visit.");
    const auto told = house.store.events(house.ref);
    REQUIRE(told);
    const auto resolved = std::ranges::find(*told, EventKind::resolved, &Event::kind);
    REQUIRE(resolved != told->end());
    CHECK(resolved->by.side == Side::receiving);
    CHECK(resolved->by.address == "c@school.example.org");
    const auto events = house.the_case().events;
    house.later(3);
    const Acted again = house.act(id, "resolved", "A visit.");
    CHECK(again.kind == Acted::Kind::recorded);
    CHECK(again.choice == first.choice);
    CHECK(again.at == first.at);
    CHECK(house.act(id, "resolved", "Another visit.").kind == Acted::Kind::conflict);
    CHECK(house.act(id, "withdrawn", "A visit.").kind == Acted::Kind::conflict);
    const Acted late = house.act(id, "resolved", "A visit.", "form-2");
    CHECK(late.kind == Acted::Kind::over);
    CHECK(late.page.over ==
          "This case was resolved on Friday 5 June 2026 at 11:00. There is nothing to do here.");
    CHECK(house.the_case().events == events);
}

TEST_CASE("one form sent by many hands at once is one act, and each hears the same") {
    House house;
    const std::int64_t id = house.challenge();
    const auto before = house.the_case().events;
    std::vector<Acted> heard(8);
    {
        std::vector<std::jthread> hands;
        for (Acted& each : heard) {
            hands.emplace_back([&] {
                if (auto acted = house.links.act(id, {"acknowledged", "", "form-1"})) {
                    each = *acted;
                }
            });
        }
    }
    for (const Acted& each : heard) {
        CHECK(each.kind == Acted::Kind::recorded);
        CHECK(each.choice == "Acknowledged");
        CHECK(each.at == heard.front().at);
    }
    const auto after = house.the_case();
    CHECK(after.acknowledgements.size() == 1);
    CHECK(after.events > before);
    CHECK(house.act(id, "acknowledged", "", "form-2").kind == Acted::Kind::recorded);
}

TEST_CASE("no choice, a foreign one and one without its words change nothing") {
    House house;
    const std::int64_t id = house.challenge();
    CHECK(house.act(id, "", "x").kind == Acted::Kind::incomplete);
    CHECK(house.act(id, "withdrawn", "x").kind == Acted::Kind::incomplete);
    CHECK(house.act(id, "migrated", "x").kind == Acted::Kind::incomplete);
    const Acted wordless = house.act(id, "resolved", " \n");
    CHECK(wordless.kind == Acted::Kind::incomplete);
    CHECK(wordless.what == "Write down what was agreed.");
    CHECK(house.desk.asked == 0);
}

TEST_CASE("an escalation by page climbs one stage, and its link then says where the case is") {
    House house;
    const std::int64_t id = house.challenge();
    const Acted moved = house.act(id, "escalated", "We could not agree.");
    REQUIRE(moved.kind == Acted::Kind::recorded);
    CHECK(moved.open);
    CHECK(moved.page.stage == "Stage 2");
    CHECK(house.the_case().stage == "2");
    CHECK(house.act(id, "escalated", "We could not agree.").kind == Acted::Kind::recorded);
    CHECK(house.act(id, "escalated", "Again.", "form-2").kind == Acted::Kind::over);
    CHECK(house.the_case().stage == "2");
    CHECK(
        house.page(id).over.starts_with("This stage has ended already: the case went on to "
                                        "Stage 2 on Friday 5 June 2026 at 11:00."));
}

TEST_CASE("a link is good again for nobody when a closed case comes back to its stage") {
    House house;
    const std::int64_t id = house.challenge();
    REQUIRE(house.act(id, "resolved", "A visit.").kind == Acted::Kind::recorded);
    house.later(1);
    const std::int64_t end = house.notice(Reason::case_resolved, "c@school.example.org");
    CHECK(ids(house.page(end)) == std::vector<std::string>{"reopened"});
    CHECK(house.act(end, "reopened", "It did not happen.").kind == Acted::Kind::recorded);
    CHECK(house.the_case().open());
    CHECK_FALSE(house.page(end).over.empty());
    CHECK_FALSE(house.page(id).over.empty());
}

TEST_CASE("a notice that asks nothing, or goes to a board's inbox, has no choices") {
    House house;
    CHECK_FALSE(house.links.action(99999).has_value());
    CHECK(house.links.action(99999).error().code == Code::not_found);
    const std::int64_t receipt = house.notice(Reason::case_raised, "r@housing.example.org");
    CHECK(ids(house.page(receipt)) == std::vector<std::string>{"resolved", "withdrawn"});
    CHECK_FALSE(house.links.claim(receipt).has_value());
}

TEST_CASE("a full disk is said to be one, and the same form works afterwards") {
    House house;
    const std::int64_t id = house.challenge();
    house.store.full = true;
    CHECK(house.act(id, "resolved", "A visit.").kind == Acted::Kind::unavailable);
    house.store.full = false;
    CHECK(house.act(id, "resolved", "A visit.").kind == Acted::Kind::recorded);
}
