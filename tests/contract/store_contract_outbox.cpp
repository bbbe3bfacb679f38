// SPDX-License-Identifier: MIT
#include "tests/contract/store_contract.h"

#include <algorithm>
#include <set>
#include <thread>

#include <doctest/doctest.h>

#include "adapters/store/codec/codec.h"
#include "tests/contract/store_samples.h"

using namespace stageclock::samples;

namespace stageclock {
namespace {

constexpr const char* ref = "CSCP-2027-0001";

// A case whose only notices are these.
Transition with_notices(std::vector<Notice> notices) {
    Transition raised = raise(ref);
    raised.notices = std::move(notices);
    return raised;
}

NoticeRow row(Store& store, std::int64_t id) {
    const auto found = store.notice(id);
    REQUIRE(found);
    REQUIRE(*found);
    return **found;
}

std::vector<std::int64_t> ids(const Result<std::vector<NoticeRow>>& rows) {
    REQUIRE(rows);
    std::vector<std::int64_t> ids;
    for (const NoticeRow& one : *rows) ids.push_back(one.id);
    return ids;
}

// A store with one reminder of "resolve-1", claimed; its id.
std::int64_t one_claimed(Store& store) {
    REQUIRE(store.commit(only(with_notices({reminder(ref, "resolve-1", "ben", 1)}))));
    const auto claimed = store.claim(monday, after(60), 10);
    REQUIRE(claimed);
    REQUIRE(claimed->size() == 1);
    return claimed->front().id;
}

Done record(Store& store, std::int64_t id, NoticeState state) {
    return store.record(std::vector{result(id, state)});
}

void a_notice_comes_back_whole(Store& store) {
    const Notice notice = full_notice(ref);
    REQUIRE(store.commit(only(with_notices({notice}))));
    const auto rows = store.notices(ref);
    REQUIRE(rows);
    REQUIRE(rows->size() == 1);
    const NoticeRow& stored = rows->front();
    CHECK(codec::encode(stored.notice) == codec::encode(notice));
    CHECK(stored.state == NoticeState::pending);
    CHECK(stored.attempts == 0);
    CHECK(stored.not_before == *notice.hold_until);
    CHECK(stored.reply.empty());
    CHECK_FALSE(stored.done_at);
    CHECK_FALSE(stored.possible_repeat);
    CHECK(store.notices("CSCP-2027-0002")->empty());
}

void a_known_key_is_kept_once(Store& store) {
    const Transition first = with_notices({reminder(ref, "resolve-1", "ben", 1)});
    REQUIRE(store.commit(only(first)));
    Transition second = change(first);
    second.notices = {reminder(ref, "resolve-1", "ben", 1), reminder(ref, "resolve-1", "ben", 2)};
    second.notices.front().ask = "other words do not make it another notice";
    REQUIRE(store.commit(only(second)));
    const auto rows = store.notices(ref);
    REQUIRE(rows->size() == 2);
    CHECK((*rows)[0].notice.ask.empty());
    CHECK((*rows)[1].notice.occurrence == 2);
    CHECK(ids(store.recent_notices(1)) == std::vector{(*rows)[1].id});
}

void claim_gives_what_is_due(Store& store) {
    std::vector<Notice> notices{reminder(ref, "a", "one", 1), reminder(ref, "b", "two", 1),
                                reminder(ref, "c", "three", 1), reminder(ref, "d", "four", 1)};
    notices[0].decided = after(20);
    notices[1].decided = after(10);
    notices[2].decided = after(10);
    notices[3].decided = after(500);
    REQUIRE(store.commit(only(with_notices(notices))));
    const auto id = ids(store.notices(ref));
    CHECK(*store.next_send() == after(10));
    CHECK(store.claim(after(9), after(60), 10)->empty());
    CHECK(ids(store.claim(after(100), after(160), 2)) == std::vector{id[1], id[2]});
    const auto rest = store.claim(after(100), after(170), 10);
    REQUIRE(ids(rest) == std::vector{id[0]});
    CHECK(rest->front().state == NoticeState::claimed);
    CHECK(rest->front().attempts == 1);
    CHECK_FALSE(rest->front().possible_repeat);
    CHECK(row(store, id[0]).attempts == 1);
    CHECK(*store.next_send() == after(160));  // the first lease
    CHECK(store.claim(after(100), after(160), 10)->empty());
}

void a_held_one_waits(Store& store) {
    Notice held = reminder(ref, "a", "one", 1);
    held.hold_until = after(100);
    REQUIRE(store.commit(only(with_notices({held, reminder(ref, "b", "one", 1)}))));
    const auto id = ids(store.notices(ref));
    CHECK(ids(store.claim(after(99), after(160), 10)) == std::vector{id[1]});
    REQUIRE(record(store, id[1], NoticeState::accepted));
    CHECK(*store.next_send() == after(100));
    CHECK(ids(store.claim(after(100), after(160), 10)) == std::vector{id[0]});
}

void one_person_gets_one_at_a_time(Store& store) {
    REQUIRE(store.commit(only(with_notices({reminder(ref, "a", "ben", 1),
                                            reminder(ref, "a", "ben", 2),
                                            reminder(ref, "a", "ada", 1)}))));
    Transition other = raise("CSCP-2027-0002");
    other.notices = {reminder(other.ref, "a", "ben", 1)};
    REQUIRE(store.commit(only(other)));
    const auto id = ids(store.notices(ref));
    const auto elsewhere = ids(store.notices("CSCP-2027-0002"));
    CHECK(ids(store.claim(monday, after(60), 10)) ==
          std::vector{id[0], id[2], elsewhere[0]});
    CHECK(store.claim(monday, after(60), 10)->empty());
    CHECK(*store.next_send() == after(60));  // not now: the second waits for the first
    REQUIRE(record(store, id[0], NoticeState::accepted));
    CHECK(*store.next_send() == monday);
    CHECK(ids(store.claim(monday, after(60), 10)) == std::vector{id[1]});
}

void an_expired_claim_comes_back(Store& store) {
    REQUIRE(store.commit(only(with_notices(
        {reminder(ref, "a", "ben", 1), reminder(ref, "a", "ben", 2)}))));
    const auto id = ids(store.notices(ref));
    CHECK(ids(store.claim(monday, after(60), 10)) == std::vector{id[0]});
    CHECK(store.claim(after(59), after(120), 10)->empty());
    const auto again = store.claim(after(60), after(120), 10);
    REQUIRE(ids(again) == std::vector{id[0]});  // and the second still waits for it
    CHECK(again->front().possible_repeat);
    CHECK(again->front().attempts == 2);
    REQUIRE(record(store, id[0], NoticeState::retrying));
    CHECK(row(store, id[0]).possible_repeat);  // stays: one attempt had no answer
}

void outcomes_are_kept(Store& store) {
    std::vector<Notice> notices;
    for (const char* person : {"one", "two", "three"})
        notices.push_back(reminder(ref, "a", person, 1));
    REQUIRE(store.commit(only(with_notices(notices))));
    const auto id = ids(store.claim(monday, after(60), 10));
    REQUIRE(id.size() == 3);
    const SendResult accepted = result(id[0], NoticeState::accepted);
    const SendResult retrying = result(id[1], NoticeState::retrying);
    REQUIRE(store.record(std::vector{accepted, retrying, result(id[2], NoticeState::failed)}));
    CHECK(row(store, id[0]).state == NoticeState::accepted);
    CHECK(row(store, id[0]).done_at == accepted.at);
    CHECK(row(store, id[0]).reply == accepted.reply);
    CHECK(*store.sent(id[0]) == accepted.sent);
    CHECK(row(store, id[1]).state == NoticeState::retrying);
    CHECK(row(store, id[1]).not_before == retrying.not_before);
    CHECK_FALSE(row(store, id[1]).done_at);
    CHECK(row(store, id[2]).state == NoticeState::failed);
    CHECK(row(store, id[2]).done_at == after(30));
    CHECK(store.sent(id[2])->empty());
    CHECK(*store.next_send() == retrying.not_before);
    CHECK(store.claim(after(329), after(400), 10)->empty());
    const auto again = store.claim(after(330), after(400), 10);
    REQUIRE(ids(again) == std::vector{id[1]});
    CHECK(again->front().attempts == 2);
    CHECK_FALSE(again->front().possible_repeat);  // it had an answer
}

void a_met_duty_cancels(Store& store) {
    std::vector<Notice> notices;
    for (const NoticeKind kind : {NoticeKind::reminder, NoticeKind::prompt, NoticeKind::receipt,
                                  NoticeKind::copy, NoticeKind::outcome}) {
        notices.push_back(reminder(ref, "resolve-1", "p" + std::to_string(notices.size()), 1));
        notices.back().kind = kind;
        notices.back().decided = after(1000);
    }
    notices[1].decided = monday;  // the prompt is tried before
    notices.push_back(reminder(ref, "resolve-2", "ben", 1));
    const Transition raised = with_notices(notices);
    Transition other = raise("CSCP-2027-0002");
    other.notices = {reminder(other.ref, "resolve-1", "ben", 1)};
    REQUIRE(store.commit(std::vector{raised, other}));
    const auto id = ids(store.notices(ref));
    const auto claimed = ids(store.claim(monday, after(60), 1));
    REQUIRE(claimed == std::vector{id[1]});
    REQUIRE(record(store, id[1], NoticeState::retrying));
    Transition met = change(raised);
    met.cancelled = {"resolve-1", "unknown"};
    met.notices = {reminder(ref, "resolve-1", "p0", 2)};
    REQUIRE(store.commit(only(met)));
    CHECK(row(store, id[0]).state == NoticeState::cancelled);
    CHECK(row(store, id[0]).done_at == met.events.back().recorded);
    CHECK(row(store, id[1]).state == NoticeState::cancelled);
    for (const std::size_t kept : {2U, 3U, 4U, 5U})
        CHECK(row(store, id[kept]).state == NoticeState::pending);
    const auto all = store.notices(ref);
    CHECK(all->back().state == NoticeState::pending);  // made by the change that cancelled
    CHECK(store.notices("CSCP-2027-0002")->front().state == NoticeState::pending);
    CHECK(store.claim(after(2000), after(2060), 100)->size() == 6);
}

void a_lapsed_one_is_not_tried_again(Store& store) {
    const Transition raised = with_notices({reminder(ref, "a", "one", 1),
                                            reminder(ref, "a", "two", 1),
                                            reminder(ref, "a", "three", 1)});
    REQUIRE(store.commit(only(raised)));
    const auto id = ids(store.claim(monday, after(60), 10));
    Transition met = change(raised);
    met.cancelled = {"a"};
    REQUIRE(store.commit(only(met)));
    CHECK(row(store, id[0]).state == NoticeState::claimed);  // a sender has it
    REQUIRE(record(store, id[0], NoticeState::retrying));
    CHECK(row(store, id[0]).state == NoticeState::cancelled);
    CHECK(row(store, id[0]).done_at == after(30));
    REQUIRE(record(store, id[1], NoticeState::accepted));
    CHECK(row(store, id[1]).state == NoticeState::accepted);
    CHECK(store.claim(after(60), after(120), 10)->empty());
    CHECK(row(store, id[2]).state == NoticeState::cancelled);
    CHECK(row(store, id[2]).possible_repeat);  // it may have been sent
    CHECK_FALSE(row(store, id[2]).reply.empty());
    CHECK_FALSE(*store.next_send());
}

void late_results_do_not_move_back(Store& store) {
    const std::int64_t id = one_claimed(store);
    REQUIRE(record(store, id, NoticeState::retrying));
    REQUIRE(record(store, id, NoticeState::failed));  // nobody has it: too late
    CHECK(row(store, id).state == NoticeState::retrying);
    Transition met = change(raise(ref));
    met.cancelled = {"resolve-1"};
    REQUIRE(store.commit(only(met)));
    for (const NoticeState late : {NoticeState::retrying, NoticeState::failed}) {
        REQUIRE(record(store, id, late));
        CHECK(row(store, id).state == NoticeState::cancelled);
    }
    REQUIRE(record(store, id, NoticeState::accepted));  // it was sent: a fact
    CHECK(row(store, id).state == NoticeState::accepted);
    SendResult second = result(id, NoticeState::accepted);
    second.sent = "other bytes";
    REQUIRE(store.record(std::vector{second, result(id, NoticeState::failed)}));
    CHECK(row(store, id).state == NoticeState::accepted);
    CHECK(*store.sent(id) == result(id, NoticeState::accepted).sent);
}

void a_bounce_keeps_the_proof_of_acceptance(Store& store) {
    const std::int64_t id = one_claimed(store);
    CHECK(store.bounced(id, after(50), "too early").error().code == Code::conflict);
    REQUIRE(record(store, id, NoticeState::accepted));
    const NoticeRow before = row(store, id);
    REQUIRE(store.bounced(id, after(60), "reported as not delivered (5.1.1)"));
    REQUIRE(store.bounced(id, after(70), "a second report"));
    REQUIRE(record(store, id, NoticeState::failed));
    const NoticeRow now = row(store, id);
    CHECK(now.state == NoticeState::bounced);
    CHECK(now.report == "reported as not delivered (5.1.1)");
    CHECK(now.bounced_at == after(60));
    CHECK(now.reply == before.reply);
    CHECK(now.done_at == before.done_at);
    CHECK(*store.sent(id) == result(id, NoticeState::accepted).sent);
    CHECK_FALSE(*store.next_send());
    CHECK(store.bounced(id + 1, after(60), "nobody's").error().code == Code::not_found);
}

void a_report_of_arrival_counts_once_and_never_after_a_bounce(Store& store) {
    const std::int64_t id = one_claimed(store);
    CHECK(store.delivered(id, after(50), "too early").error().code == Code::conflict);
    REQUIRE(record(store, id, NoticeState::accepted));
    REQUIRE(store.delivered(id, after(60), "delivered"));
    REQUIRE(store.delivered(id, after(70), "a second report"));
    REQUIRE(record(store, id, NoticeState::failed));
    const NoticeRow arrived = row(store, id);
    CHECK(arrived.state == NoticeState::delivered);
    CHECK(arrived.report == "delivered");
    CHECK(arrived.delivered_at == after(60));
    CHECK(*store.sent(id) == result(id, NoticeState::accepted).sent);
    // That it did not arrive after all is the report to go by.
    REQUIRE(store.bounced(id, after(80), "permanent-failure"));
    CHECK(row(store, id).state == NoticeState::bounced);
    REQUIRE(store.delivered(id, after(90), "delivered"));
    CHECK(row(store, id).state == NoticeState::bounced);
    CHECK(row(store, id).report == "permanent-failure");
    CHECK(store.delivered(id + 1, after(60), "nobody's").error().code == Code::not_found);
}

void a_bounce_of_what_was_never_accepted_does_not_count(Store& store) {
    const std::int64_t id = one_claimed(store);
    REQUIRE(record(store, id, NoticeState::failed));
    REQUIRE(store.bounced(id, after(60), "late"));
    CHECK(row(store, id).state == NoticeState::failed);
    CHECK_FALSE(row(store, id).bounced_at);
}

void acceptance_after_a_failure_counts(Store& store) {
    const std::int64_t id = one_claimed(store);
    REQUIRE(record(store, id, NoticeState::failed));
    REQUIRE(record(store, id, NoticeState::retrying));
    CHECK(row(store, id).state == NoticeState::failed);
    REQUIRE(record(store, id, NoticeState::accepted));
    CHECK(row(store, id).state == NoticeState::accepted);
    CHECK_FALSE(store.sent(id)->empty());
    CHECK_FALSE(*store.next_send());
}

void a_wrong_result_stores_nothing(Store& store) {
    const std::int64_t id = one_claimed(store);
    const SendResult good = result(id, NoticeState::accepted);
    const Done unknown = store.record(std::vector{good, result(id + 99, NoticeState::failed)});
    CHECK(unknown.error().code == Code::not_found);
    const Done wrong = store.record(std::vector{good, result(id, NoticeState::pending)});
    CHECK(wrong.error().code == Code::internal);
    CHECK(row(store, id).state == NoticeState::claimed);
    CHECK(store.sent(id)->empty());
}

void a_post_happens_once(Store& store) {
    Notice reply = reminder("", "mail", "", 0);
    reply.kind = NoticeKind::receipt;
    reply.destination = "gus@example.org";
    Notice other = reply;
    other.occurrence = 1;
    other.destination = "hal@example.org";
    const StoredAnswer first = answer("<1@example.org>", "");
    REQUIRE(store.post(std::vector{reply, other}, first));
    CHECK((*store.answer(first.source, first.id))->body == first.body);
    reply.occurrence = 7;
    REQUIRE(store.post(std::vector{reply}, first));
    CHECK(store.notices("")->size() == 2);
    // Without an id of the recipient it is the address that keeps them apart.
    CHECK(store.claim(monday, after(60), 10)->size() == 2);
}

void claimers_get_disjoint_rows(Store& store) {
    std::vector<Notice> notices;
    for (int i = 0; i < 400; ++i)
        notices.push_back(reminder(ref, "a", "person " + std::to_string(i), 1));
    REQUIRE(store.commit(only(with_notices(std::move(notices)))));
    std::vector<std::vector<std::int64_t>> claimed(8);
    std::vector<std::jthread> threads;
    for (auto& mine : claimed)
        threads.emplace_back([&store, &mine] {
            for (auto rows = store.claim(monday, after(60), 7); rows && !rows->empty();
                 rows = store.claim(monday, after(60), 7))
                for (const NoticeRow& one : *rows) mine.push_back(one.id);
        });
    threads.clear();
    std::set<std::int64_t> all;
    std::size_t count = 0;
    for (const auto& mine : claimed) {
        all.insert(mine.begin(), mine.end());
        count += mine.size();
    }
    CHECK(count == 400);
    CHECK(all.size() == 400);
}

constexpr StoreRule rules[] = {
    {"a notice comes back whole", a_notice_comes_back_whole},
    {"a notice with a known key is kept once", a_known_key_is_kept_once},
    {"claim gives what is due, oldest first", claim_gives_what_is_due},
    {"a held notice waits, and holds up no other", a_held_one_waits},
    {"one person gets the mails of one case one at a time", one_person_gets_one_at_a_time},
    {"a claim without an outcome comes back as a possible repeat", an_expired_claim_comes_back},
    {"the outcome of an attempt is kept", outcomes_are_kept},
    {"unsent reminders and prompts of a met duty are cancelled", a_met_duty_cancels},
    {"a notice in hand when its duty ends is not tried again", a_lapsed_one_is_not_tried_again},
    {"late results never move a row backwards", late_results_do_not_move_back},
    {"a bounce keeps the proof of acceptance", a_bounce_keeps_the_proof_of_acceptance},
    {"a report of arrival counts once and never after a bounce",
     a_report_of_arrival_counts_once_and_never_after_a_bounce},
    {"a bounce of what was never accepted does not count",
     a_bounce_of_what_was_never_accepted_does_not_count},
    {"an acceptance after a failure counts", acceptance_after_a_failure_counts},
    {"a wrong result stores nothing of its group", a_wrong_result_stores_nothing},
    {"a post happens once", a_post_happens_once},
    {"threads that claim get different rows", claimers_get_disjoint_rows},
};

}  // namespace

std::span<const StoreRule> outbox_rules() { return rules; }

}  // namespace stageclock
