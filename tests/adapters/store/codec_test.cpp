// SPDX-License-Identifier: MIT
#include "adapters/store/codec/codec.h"

#include <doctest/doctest.h>

#include "tests/contract/store_samples.h"

using namespace stageclock;
using namespace stageclock::samples;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("a case with everything in it comes back the same") {
    const Case before = full_case("CSCP-2027-0001");
    const auto read = codec::decode_case(codec::encode(before));
    REQUIRE(read);
    CHECK(codec::encode(*read) == codec::encode(before));
    // Against the struct itself, so that a member missing in both directions is seen.
    const Case& now = *read;
    CHECK(now.ref == before.ref);
    CHECK(now.events == before.events);
    CHECK(now.board == before.board);
    CHECK(now.policy == before.policy);
    CHECK(now.policy_version == before.policy_version);
    CHECK(now.procedure == before.procedure);
    CHECK(now.stage == before.stage);
    CHECK(now.status == before.status);
    CHECK(now.outset == before.outset);
    CHECK(now.raised == before.raised);
    CHECK(now.closed == before.closed);
    CHECK(now.urgent_since == before.urgent_since);
    CHECK(now.protective_deadline == before.protective_deadline);
    CHECK(now.facts.subject_name == before.facts.subject_name);
    CHECK(now.facts.summary == before.facts.summary);
    CHECK(now.facts.raising_view == before.facts.raising_view);
    CHECK(now.facts.receiving_view == before.facts.receiving_view);
    CHECK(now.facts.wanted == before.facts.wanted);
    CHECK(now.facts.contacts == before.facts.contacts);
    CHECK(now.facts.urgent);
    CHECK(now.facts.immediate_risk);
    CHECK(now.raiser.address == before.raiser.address);
    CHECK(now.outcome == before.outcome);
    CHECK(now.entries.at(1).at == before.entries.at(1).at);
    CHECK(now.duties.at(0).told == before.duties.at(0).told);
    CHECK(now.duties.at(0).over == before.duties.at(0).over);
    CHECK_FALSE(now.duties.at(1).over);
    CHECK(now.acknowledgements.at(0).address == "ben@example.org");
    CHECK(now.tags.at(0).text == before.tags.at(0).text);
    CHECK(now.log == before.log);
    CHECK(now.files == before.files);
    CHECK(now.by_chat == before.by_chat);
    CHECK(now.unsettled.size() == 6);
    CHECK(now.settled == 4);
}

TEST_CASE("an event comes back the same with each kind of detail") {
    Event event = full_event();
    const Told told{Occasion::repeat, -1, 0, Reason::overtaken, Instant{std::chrono::hours{24}}};
    const decltype(event.detail) details[] = {std::monostate{}, Raised{}, event.detail, told,
                                              Contact{}};
    for (const auto& detail : details) {
        event.detail = detail;
        const auto read = codec::decode_event(codec::encode(event));
        REQUIRE(read);
        CHECK(codec::encode(*read) == codec::encode(event));
        CHECK(read->detail.index() == event.detail.index());
        CHECK(read->upto == event.upto);
        CHECK(read->deadline == event.deadline);
        CHECK(read->text == event.text);
        CHECK(read->files == event.files);
    }
}

TEST_CASE("every word of an event's kind, a reason and a status is understood again") {
    for (int kind = 0; kind <= static_cast<int>(EventKind::settled); ++kind) {
        Event event;
        event.kind = static_cast<EventKind>(kind);
        REQUIRE(codec::decode_event(codec::encode(event)));
        CHECK(codec::decode_event(codec::encode(event))->kind == event.kind);
    }
    for (int reason = 0; reason <= static_cast<int>(Reason::policy_review); ++reason) {
        Notice notice;
        notice.reason = static_cast<Reason>(reason);
        REQUIRE(codec::decode_notice(codec::encode(notice)));
        CHECK(codec::decode_notice(codec::encode(notice))->reason == notice.reason);
    }
    for (const Audience audience : {Audience::officer, Audience::board, Audience::chat}) {
        Notice notice;
        notice.to.audience = audience;
        CHECK(codec::decode_notice(codec::encode(notice))->to.audience == audience);
    }
    for (const Status status : {Status::open, Status::resolved, Status::withdrawn}) {
        Case the_case;
        the_case.status = status;
        CHECK(codec::decode_case(codec::encode(the_case))->status == status);
    }
}

TEST_CASE("a notice with everything in it comes back the same") {
    const Notice before = full_notice("CSCP-2027-0001");
    const auto read = codec::decode_notice(codec::encode(before));
    REQUIRE(read);
    CHECK(codec::encode(*read) == codec::encode(before));
    CHECK(read->key() == before.key());
    CHECK(read->to.address == before.to.address);
    CHECK(read->to.phone == before.to.phone);
    CHECK(read->to.side == before.to.side);
    CHECK(read->scheduled == before.scheduled);
    CHECK(read->decided == before.decided);
    CHECK(read->deadline == before.deadline);
    CHECK(read->hold_until == before.hold_until);
    CHECK(read->provisional);
    CHECK(read->trace.lines.at(1).date == before.trace.lines.at(1).date);
    CHECK(read->trace.lines.at(1).counted == 1);
    CHECK(read->trace.adjustments == before.trace.adjustments);
    CHECK(read->trace.calendar == before.trace.calendar);
    CHECK(read->understood == before.understood);
    CHECK(read->in_reply_to == before.in_reply_to);
    CHECK(read->board == before.board);
    CHECK(read->missing == before.missing);
    CHECK(read->clauses == before.clauses);
}

TEST_CASE("an empty value takes little room and comes back the same") {
    CHECK(codec::encode(Event{}) == R"({"kind":"raised","at":0,"recorded":0})");
    Case empty;
    empty.ref = "CSCP-2027-0001";
    const std::string text = codec::encode(empty);
    CHECK(text == R"({"ref":"CSCP-2027-0001","events":0,"status":"open"})");
    CHECK(codec::encode(*codec::decode_case(text)) == text);
}

TEST_CASE("bytes that are not UTF-8 are stored as the replacement character") {
    Event event;
    event.text = "caf\xe9";
    const auto read = codec::decode_event(codec::encode(event));
    REQUIRE(read);
    CHECK(read->text == "caf\xef\xbf\xbd");
}

TEST_CASE("a stored text that is not as it should be is refused with its place") {
    const std::string good = codec::encode(full_case("CSCP-2027-0001"));
    const struct {
        const char* what;
        const char* with;
        const char* where;
    } faults[] = {
        {R"("status":"withdrawn")", R"("status":"closed")", "case/status"},
        {R"("status":"withdrawn",)", "", "case/status"},
        {R"("state":"met-late")", R"("state":7)", "case/duties/0/state"},
        {R"("board":"camden")", R"("broad":"camden")", "case"},
        {R"("events":7)", R"("events":-7)", "case/events"},
        {R"("events":7)", R"("events":"7")", "case/events"},
        {R"("number":2)", R"("number":3000000000)", "case/duties/0/told/0/number"},
        {R"("number":2)", R"("number":2.5)", "case/duties/0/told/0/number"},
        {R"("raised":1799055000)", R"("raised":18446744073709551615)", "case/raised"},
        {R"("urgent":true)", R"("urgent":1)", "case/facts/urgent"},
        {R"("log":[)", R"("log":[7,)", "case/log/0"},
        {R"("entries":[)", R"("entries":[[],)", "case/entries/0"},
        {R"("detail":{"told")", R"("detail":{"tolled")", "case/unsettled/1/detail"},
        {R"("ref":)", R"("ref")", "case"},
    };
    for (const auto& fault : faults) {
        CAPTURE(fault.with);
        const auto read = codec::decode_case(replaced(good, fault.what, fault.with));
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Code::internal);
        CHECK(read.error().where == fault.where);
        CHECK(read.error().what.find("Zed") == std::string::npos);
    }
    CHECK_FALSE(codec::decode_case(""));
    CHECK_FALSE(codec::decode_case("[]"));
    CHECK_FALSE(codec::decode_case(good + "{}"));
    CHECK_FALSE(codec::decode_notice(good));
}
