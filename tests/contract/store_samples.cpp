// SPDX-License-Identifier: MIT
#include "tests/contract/store_samples.h"

namespace stageclock::samples {
namespace {

Contact contact(Side side, const std::string& name) {
    return {side, "line-manager", name, name + "@example.org", "01632 960001"};
}

RaiseFacts full_facts() {
    RaiseFacts facts;
    facts.procedure = "inter-agency";
    facts.subject_kind = "child";
    facts.subject_name = "Zoë \"Zed\" O'Brien\\";
    facts.case_status = "cp";
    facts.raising = {"housing", "north"};
    facts.receiving = {"children's services", "first response"};
    facts.contacts = {contact(Side::raising, "ada"), contact(Side::receiving, "ben")};
    facts.reason = "threshold";
    facts.summary = "First line.\nSecond line, with a tab\tand a £ sign; {\"not\": json}.";
    facts.raising_view = "'); DROP TABLE case_file; --";
    facts.receiving_view = std::string("a zero byte \0 inside", 20);
    facts.wanted = "a strategy meeting 😀";
    facts.stage = "2";
    facts.skip_reason = "immediate-harm";
    facts.urgent = true;
    facts.area = "reading";
    facts.priority = "critical";
    facts.circumstances = {"head-is-dsl"};
    facts.disputed = after(-86400);
    facts.immediate_risk = true;
    return facts;
}

Unreached unreached() {
    return {.how = Unreached::How::away,
            .address = "dee@example.org",
            .recipient = "housing-manager",
            .side = Side::receiving,
            .role = "line-manager",
            .rule = "resolve-1",
            .statutory = false,
            .status = "4.2.2",
            .until = after(864000),
            .at = after(30)};
}

KeptFile file() {
    return {"Zoë's report.pdf", "application/pdf", 5000000000U, std::string(64, 'a'),
            std::string(64, 'b')};
}

FormReturn returned_form() {
    return {"monitoring-form",
            "response",
            {{"agreed_outcome", "Żółć\nand a second line"}, {"resolved_stage", "3", "Stage", true}},
            {{"outcome", "Żółć\nand a second line"}},
            std::string(64, 'c')};
}

Event event(EventKind kind, int seconds) {
    Event made;
    made.kind = kind;
    made.at = after(seconds);
    made.recorded = after(seconds + 5);
    made.by = {Side::raising, "practitioner", "Cora Sample", "cora@example.org", "slack:U0123ABCD"};
    made.stage = "1";
    made.clauses = {"CAMDEN-24"};
    return made;
}

}  // namespace

Event full_event() {
    Event made = event(EventKind::deadline_set, 60);
    made.rule = "resolve-1";
    made.name = "telephone";
    made.text = "agreed \x01 a shorter limit\r\n";
    made.deadline = after(86400);
    made.upto = 18446744073709551615U;
    made.clauses = {"CAMDEN-24", "CAMDEN-25"};
    made.detail =
        Raised{"camden", "camden-2024", "2024-05", "0123abcd", "inter-agency", full_facts()};
    made.files = {file(), file()};
    return made;
}

Recipient full_recipient() {
    return {"camden-housing-3",
            Side::receiving,
            "Housing",
            "named-safeguarding-lead",
            "Director of Housing",
            "Fay Sample",
            "fay@example.org",
            "01632 960002",
            Audience::board,
            true,
            "out-of-hours",
            "Ring the switchboard."};
}

Case full_case(const std::string& ref) {
    Case made;
    made.ref = ref;
    made.events = 7;
    made.board = "camden";
    made.policy = "camden-2024";
    made.policy_version = "2024-05";
    made.policy_digest = "0123abcd";
    made.procedure = "inter-agency";
    made.stage = "2";
    made.status = Status::withdrawn;
    made.outset = after(-3600);
    made.raised = monday;
    made.closed = after(9000);
    made.urgent_since = after(100);
    made.protective_deadline = after(200);
    made.priorities = {{"urgent", after(100)}, {"", after(150)}};
    made.agreements = {{"target", after(500), after(120)}};
    made.unavailable = {{Side::receiving, "line-manager"}};
    made.unreached = {unreached()};
    made.circumstances = {"head-is-dsl"};
    made.waiting = {"letter"};
    made.facts = full_facts();
    made.raiser = {Side::receiving, "practitioner", "Dee Sample", "dee@example.org"};
    made.outcome = "agreed";
    made.entries = {{"1", monday}, {"2", after(7200)}};
    const Told told{Occasion::reminder, 2, 3, Reason::deadline_near, monday};
    made.duties = {{"resolve-1", monday, after(1), DutyRun::State::met_late, after(7200), {told}},
                   {"resolve-2", after(7200), after(7200), DutyRun::State::running, {}, {}}};
    made.acknowledgements = {{"1", "ben@example.org", after(300)}};
    made.nudged = after(400);
    made.informed = {full_recipient()};
    made.tags = {{"policy-gap", "unclear who chairs"}};
    made.log = {{monday, "discussed", Side::receiving, "Pat Example", "telephone", "a call"},
                {after(60), "decided", Side::none, "", "", "a meeting"}};
    made.files = {{after(60), Side::raising, "Pat Example", file()}};
    made.by_chat = {
        {after(310), "acknowledged", Side::receiving, "line-manager", "slack:U0123ABCD"}};
    made.returned = {{after(320), Side::receiving, "Pat Example", returned_form()}};
    Event second = event(EventKind::told, 70);
    second.detail = told;
    Event third = event(EventKind::contact_named, 80);
    third.detail = contact(Side::both, "eve");
    Event fourth = event(EventKind::informed, 90);
    fourth.detail = Informed{{full_recipient()}};
    Event fifth = event(EventKind::unreached, 240);
    fifth.detail = unreached();
    Event sixth = event(EventKind::form_returned, 250);
    sixth.detail = returned_form();
    made.unsettled = {full_event(), second, third, fourth, fifth, sixth};
    made.settled = 4;
    return made;
}

Notice full_notice(const std::string& ref) {
    Notice made = reminder(ref, "resolve-2", "camden-housing-3", 4);
    made.kind = NoticeKind::prompt;
    made.reason = Reason::still_overdue;
    made.to = full_recipient();
    made.scheduled = after(-5);
    made.stage_title = "Discussion between frontline managers";
    made.title = "Resolve stage 2 or escalate";
    made.ask = "Please resolve or escalate.";
    made.deadline = after(86400);
    made.provisional = true;
    const Date day{std::chrono::days{20822}};
    made.trace = {"1 working week",
                  "5 working days (R-3)",
                  "stage 2 entered",
                  monday,
                  {{day, 0, "day 0"}, {day + std::chrono::days(1), 1, "working day 1"}},
                  {"urgent since Monday"},
                  "england-and-wales to 2028-12-31",
                  "2024-05"};
    made.form = "record";
    made.urgent = true;
    made.missing = {"line-manager"};
    made.understood = {"Agency: Housing"};
    made.in_reply_to = "<1@example.org>";
    made.board = "camden";
    made.clauses = {"CAMDEN-26"};
    made.hold_until = after(7200);
    return made;
}

Notice reminder(const std::string& ref, const std::string& rule, const std::string& recipient,
                int occurrence) {
    Notice made;
    made.ref = ref;
    made.rule = rule;
    made.kind = NoticeKind::reminder;
    made.reason = Reason::deadline_near;
    made.occurrence = occurrence;
    made.to.id = recipient;
    made.channel = "mail";
    made.destination = recipient + "@example.org";
    made.scheduled = monday;
    made.decided = monday;
    made.stage = "1";
    return made;
}

StoredAnswer answer(const std::string& id, const std::string& ref) {
    return {"case-system", id, "digest of " + id, ref, R"({"case":")" + ref + R"("})", monday};
}

Transition raise(const std::string& ref) {
    Transition made;
    made.ref = ref;
    Event raised = event(EventKind::raised, 0);
    raised.detail =
        Raised{"camden", "camden-2024", "2024-05", "0123abcd", "inter-agency", full_facts()};
    made.events = {raised};
    made.after = full_case(ref);
    made.after.status = Status::open;
    made.after.closed = std::nullopt;
    made.after.events = 1;
    made.next = after(3600);
    made.notices = {reminder(ref, "raise", "raising:practitioner", 0)};
    made.notices.front().kind = NoticeKind::receipt;
    made.answer = answer("update of " + ref, ref);
    return made;
}

Transition change(const Transition& before) {
    Transition made;
    made.ref = before.ref;
    made.expected = before.after.events;
    made.events = {event(EventKind::discussed, 600)};
    made.after = before.after;
    made.after.events += 1;
    made.next = before.next;
    return made;
}

SendResult result(std::int64_t id, NoticeState state) {
    SendResult made;
    made.id = id;
    made.state = state;
    made.at = after(30);
    made.not_before = after(330);
    made.reply = std::string("reply: ") + std::string(to_text(state));
    if (state == NoticeState::accepted) made.sent = std::string("To: a\r\n\r\n\0\xff bytes", 17);
    return made;
}

}  // namespace stageclock::samples
