// SPDX-License-Identifier: MIT
#include "tests/contract/store_contract.h"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "adapters/store/codec/codec.h"
#include "tests/contract/store_samples.h"

using namespace stageclock::samples;

namespace stageclock {
namespace {

std::size_t event_count(Store& store, const std::string& ref) {
    const auto events = store.events(ref);
    REQUIRE(events);
    return events->size();
}

void unknown_is_empty(Store& store) {
    const auto the_case = store.load("CSCP-2027-0001");
    REQUIRE(the_case);
    CHECK_FALSE(*the_case);
    CHECK(event_count(store, "CSCP-2027-0001") == 0);
    CHECK(store.cases(10)->empty());
    CHECK(store.notices("CSCP-2027-0001")->empty());
    CHECK_FALSE(*store.notice(1));
    CHECK(store.sent(1)->empty());
    CHECK_FALSE(*store.answer("case-system", "1"));
    CHECK_FALSE(*store.next_due());
    CHECK_FALSE(*store.next_send());
    CHECK(store.due(after(1000000), 10)->empty());
    CHECK(store.claim(after(1000000), after(1000001), 10)->empty());
    CHECK(store.set_asides(10)->empty());
}

void case_comes_back_whole(Store& store) {
    const Transition raised = raise("CSCP-2027-0001");
    REQUIRE(store.commit(only(raised)));
    const auto the_case = store.load("CSCP-2027-0001");
    REQUIRE(the_case);
    REQUIRE(*the_case);
    CHECK(codec::encode(**the_case) == codec::encode(raised.after));
    const auto events = store.events("CSCP-2027-0001");
    REQUIRE(events);
    REQUIRE(events->size() == 1);
    CHECK(codec::encode(events->front()) == codec::encode(raised.events.front()));
    const auto cases = store.cases(10);
    REQUIRE(cases->size() == 1);
    CHECK(cases->front().ref == "CSCP-2027-0001");
    CHECK(cases->front().board == "camden");
    CHECK(cases->front().stage == "2");
    CHECK(cases->front().status == Status::open);
    CHECK(cases->front().next == after(3600));
    CHECK(cases->front().raised == monday);
}

void events_add_up(Store& store) {
    const Transition first = raise("CSCP-2027-0001");
    Transition second = change(first);
    second.events.push_back(full_event());
    second.after.events = 3;
    second.after.stage = "3";
    // Two changes of one case in one commit, in order.
    REQUIRE(store.commit(std::vector{first, second}));
    const Transition third = change(second);
    REQUIRE(store.commit(only(third)));
    CHECK(event_count(store, "CSCP-2027-0001") == 4);
    CHECK((*store.load("CSCP-2027-0001"))->events == 4);
    CHECK(codec::encode((*store.events("CSCP-2027-0001"))[2]) == codec::encode(full_event()));
    CHECK((*store.cases(1)).front().stage == "3");
}

void stale_change_is_a_conflict(Store& store) {
    const Transition first = raise("CSCP-2027-0001");
    const Transition second = change(first);
    REQUIRE(store.commit(only(first)));
    REQUIRE(store.commit(only(second)));
    Transition stale = change(first);
    stale.notices = {reminder(stale.ref, "resolve-1", "ben", 1)};
    stale.answer = answer("stale", stale.ref);
    // The other case of the same commit is not stored either.
    const Done refused = store.commit(std::vector{raise("CSCP-2027-0002"), stale});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::conflict);
    CHECK(refused.error().where == "CSCP-2027-0001");
    CHECK_FALSE(*store.load("CSCP-2027-0002"));
    CHECK(event_count(store, "CSCP-2027-0001") == 2);
    CHECK(store.notices("CSCP-2027-0001")->size() == 1);
    CHECK(store.notices("CSCP-2027-0002")->empty());
    CHECK_FALSE(*store.answer("case-system", "stale"));
    CHECK_FALSE(*store.answer("case-system", "update of CSCP-2027-0002"));
    CHECK(store.commit(only(raise("CSCP-2027-0002"))));
}

void a_reference_is_raised_once(Store& store) {
    Transition again = raise("CSCP-2027-0001");
    REQUIRE(store.commit(only(again)));
    again.answer = answer("another", again.ref);
    CHECK(store.commit(only(again)).error().code == Code::conflict);
    Transition lost = change(raise("CSCP-2027-0009"));
    CHECK(store.commit(only(lost)).error().code == Code::conflict);
}

void an_update_is_answered_once(Store& store) {
    const Transition first = raise("CSCP-2027-0001");
    REQUIRE(store.commit(only(first)));
    const auto kept = store.answer("case-system", "update of CSCP-2027-0001");
    REQUIRE(kept);
    REQUIRE(*kept);
    CHECK((*kept)->digest == "digest of update of CSCP-2027-0001");
    CHECK((*kept)->ref == "CSCP-2027-0001");
    CHECK((*kept)->body == R"({"case":"CSCP-2027-0001"})");
    CHECK((*kept)->at == monday);
    Transition repeat = raise("CSCP-2027-0002");
    repeat.answer->id = "update of CSCP-2027-0001";
    const Done refused = store.commit(only(repeat));
    CHECK(refused.error().code == Code::conflict);
    CHECK(refused.error().where == "CSCP-2027-0002");
    CHECK_FALSE(*store.load("CSCP-2027-0002"));
    // The same id of another source is another update.
    repeat.answer->source = "mail";
    CHECK(store.commit(only(repeat)));
}

void a_wrong_change_is_refused(Store& store) {
    Transition wrong = raise("CSCP-2027-0001");
    wrong.after.events = 2;
    CHECK(store.commit(only(wrong)).error().code == Code::internal);
    wrong = raise("CSCP-2027-0001");
    wrong.after.ref = "CSCP-2027-0002";
    CHECK(store.commit(only(wrong)).error().code == Code::internal);
    CHECK(store.cases(10)->empty());
    CHECK(store.commit({}));
}

void due_cases_come_earliest_first(Store& store) {
    std::vector<Transition> raised;
    for (const char* ref : {"CSCP-2027-0001", "CSCP-2027-0002", "CSCP-2027-0003"})
        raised.push_back(raise(ref));
    raised[0].next = after(300);
    raised[1].next = after(100);
    raised[2].next = std::nullopt;
    REQUIRE(store.commit(raised));
    CHECK(*store.next_due() == after(100));
    CHECK(store.due(after(99), 10)->empty());
    CHECK(*store.due(after(100), 10) == std::vector<std::string>{"CSCP-2027-0002"});
    const std::vector<std::string> both{"CSCP-2027-0002", "CSCP-2027-0001"};
    CHECK(*store.due(after(1000), 10) == both);
    CHECK(store.due(after(1000), 1)->size() == 1);
    Transition settled = change(raised[1]);
    settled.next = std::nullopt;
    REQUIRE(store.commit(only(settled)));
    CHECK(*store.next_due() == after(300));
    CHECK((*store.cases(10))[1].next == std::nullopt);
}

void newest_cases_come_first(Store& store) {
    REQUIRE(store.commit(std::vector{raise("NSSP-2027-0001"), raise("CSCP-2027-0007")}));
    const auto cases = store.cases(1);
    REQUIRE(cases->size() == 1);
    CHECK(cases->front().ref == "CSCP-2027-0007");
}

void numbers_are_given_once(Store& store) {
    CHECK(*store.next_number("CSCP", 2027) == 1);
    CHECK(*store.next_number("CSCP", 2027) == 2);
    CHECK(*store.next_number("CSCP", 2028) == 1);
    CHECK(*store.next_number("NS-SP", 2027) == 1);
    REQUIRE(store.commit(std::vector{raise("CSCP-2027-0041"), raise("NS-SP-2027-12345"),
                                     raise("imported")}));
    CHECK(*store.next_number("CSCP", 2027) == 42);
    CHECK(*store.next_number("NS-SP", 2027) == 12346);
}

void set_asides_are_kept(Store& store) {
    const SetAside first{"mail", "<1@example.org>", "no subject", "raw text", monday};
    const SetAside refusal{"case-system", "", "no such field", "", monday};
    REQUIRE(store.set_aside(first));
    REQUIRE(store.set_aside(refusal));
    REQUIRE(store.set_aside(first));    // fetched again after a crash: kept once
    REQUIRE(store.set_aside(refusal));  // without an id each one counts
    const auto items = store.set_asides(10);
    REQUIRE(items);
    REQUIRE(items->size() == 3);
    CHECK(items->front().why == "no such field");
    CHECK(items->back().source == "mail");
    CHECK(items->back().id == "<1@example.org>");
    CHECK(items->back().original == "raw text");
    CHECK(items->back().at == monday);
    CHECK(store.set_asides(1)->size() == 1);
}

void readers_find_their_open_cases(Store& store) {
    const auto raised = [](const char* ref, const char* address) {
        Transition transition = raise(ref);
        Event informed;
        informed.kind = EventKind::informed;
        informed.at = informed.recorded = monday;
        Recipient person;
        person.id = "post";
        person.address = address;
        informed.detail = Informed{{person}};
        transition.after = apply(std::move(transition.after), informed);
        transition.events.push_back(std::move(informed));
        return transition;
    };
    REQUIRE(store.commit(only(raised("CSCP-2027-0001", "Ann@Example.org"))));
    REQUIRE(store.commit(only(raised("CSCP-2027-0002", "ben@example.org"))));
    const Transition last = raised("CSCP-2027-0003", "ann@example.org");
    REQUIRE(store.commit(only(last)));
    auto cases = store.cases_of("ANN@example.org", 10);
    REQUIRE(cases);
    REQUIRE(cases->size() == 2);
    CHECK(cases->front().ref == "CSCP-2027-0003");
    CHECK(cases->back().ref == "CSCP-2027-0001");
    CHECK(store.cases_of("ann@example.org", 1)->size() == 1);
    CHECK(store.cases_of("eve@example.org", 10)->empty());
    CHECK(store.cases_of("", 10)->empty());

    Transition closed;
    closed.ref = "CSCP-2027-0003";
    closed.expected = last.after.events;
    Event resolved;
    resolved.kind = EventKind::resolved;
    resolved.at = resolved.recorded = monday;
    closed.after = apply(last.after, resolved);
    closed.events = {resolved};
    REQUIRE(store.commit(only(closed)));
    CHECK(store.cases_of("ann@example.org", 10)->size() == 1);
}

void places_are_kept(Store& store) {
    CHECK_FALSE(*store.place_of("slack", "u1"));
    REQUIRE(store.keep_place("slack", "u1", "D1"));
    REQUIRE(store.keep_place("teams-bot", "u1", "D2"));
    REQUIRE(store.keep_place("slack", "u1", "D3"));
    CHECK(**store.place_of("slack", "u1") == "D3");
    CHECK(**store.place_of("teams-bot", "u1") == "D2");
    REQUIRE(store.keep_place("slack", "u1", ""));
    CHECK_FALSE(*store.place_of("slack", "u1"));
}

void attempts_are_counted(Store& store) {
    CHECK(*store.count_attempt("mail", "a") == 1);
    CHECK(*store.count_attempt("mail", "a") == 2);
    CHECK(*store.count_attempt("mail", "a b\nc") == 1);
    CHECK(*store.count_attempt("maila", "") == 1);
    REQUIRE(store.forget_attempt("mail", "a"));
    REQUIRE(store.forget_attempt("mail", "never counted"));
    CHECK(*store.count_attempt("mail", "a") == 1);
    CHECK(*store.count_attempt("mail", "a b\nc") == 2);
}

void a_probe_goes_through(Store& store) {
    CHECK(store.probe());
    CHECK(store.probe());
}

void threads_share_the_store(Store& store) {
    std::atomic<int> stored{0};
    std::vector<std::jthread> threads;
    for (int board = 0; board < 4; ++board)
        threads.emplace_back([&store, &stored, board] {
            const std::string prefix = "B" + std::to_string(board);
            for (int i = 0; i < 20; ++i) {
                const auto number = store.next_number(prefix, 2027);
                const std::string ref = prefix + "-2027-" + std::to_string(*number);
                if (store.commit(only(raise(ref))) && *store.load(ref)) ++stored;
            }
        });
    threads.clear();
    CHECK(stored == 80);
    CHECK(store.cases(1000)->size() == 80);
}

constexpr StoreRule rules[] = {
    {"an empty store knows nothing", unknown_is_empty},
    {"a case comes back whole", case_comes_back_whole},
    {"the events of a case add up", events_add_up},
    {"a change of an older version is a conflict and stores nothing", stale_change_is_a_conflict},
    {"a reference is raised once", a_reference_is_raised_once},
    {"an update is answered once", an_update_is_answered_once},
    {"a change that does not fit its case is refused", a_wrong_change_is_refused},
    {"cases to look at come earliest first", due_cases_come_earliest_first},
    {"the newest cases are listed first", newest_cases_come_first},
    {"a number is given once", numbers_are_given_once},
    {"what was set aside is kept once", set_asides_are_kept},
    {"readers find their open cases, newest first", readers_find_their_open_cases},
    {"where people are to be found is kept", places_are_kept},
    {"attempts are counted until they are forgotten", attempts_are_counted},
    {"a probe goes through", a_probe_goes_through},
    {"threads share a store", threads_share_the_store},
};

}  // namespace

std::span<const StoreRule> store_rules() { return rules; }

}  // namespace stageclock
