// SPDX-License-Identifier: MIT
#include "tests/adapters/http/sample_case.h"

namespace stageclock::sample {
namespace {

Instant at(const char* text) { return *parse_rfc3339(text); }
Date day(const char* text) { return *parse_date(text); }

Recipient officer(const char* name, const char* title, const char* agency, Side side) {
    Recipient who;
    who.id = std::string("post-") + title;
    who.side = side;
    who.agency = agency;
    who.role = "line-manager";
    who.title = title;
    who.name = name;
    who.address = "officer@example.org";
    return who;
}

DutyView resolve_duty() {
    DutyView duty;
    duty.id = "resolve-2";
    duty.title = "Resolve stage 2 or escalate";
    duty.stage = "2";
    duty.state = DutyRun::State::missed;
    duty.started = at("2026-05-29T09:30:00Z");
    duty.deadline.due = at("2026-06-05T16:00:00Z");
    Trace& trace = duty.deadline.trace;
    trace.rule = "1 working week";
    trace.reading = "5 working days, due at close of business 17:00 (R-3, R-4)";
    trace.start_event = "stage 2 entered";
    trace.start = duty.started;
    trace.calendar = "england-and-wales to 2028-12-31";
    trace.policy = "camden-2024, version 3";
    trace.lines = {{day("2026-05-29"), 0, "day 0"},
                   {day("2026-05-30"), 0, "Saturday"},
                   {day("2026-05-31"), 0, "Sunday"}};
    for (int i = 1; i <= 5; ++i) {
        trace.lines.push_back({day("2026-05-31") + std::chrono::days(i), i,
                               "working day " + std::to_string(i)});
    }
    duty.owed_by = {officer("Robin Sample", "Team manager", "Camden Housing", Side::raising),
                    officer("", "Service manager", "Camden Children's Services", Side::receiving)};
    duty.clauses = {"CAMDEN-9", "CAMDEN-15", "CAMDEN-28"};
    return duty;
}

void add_people(Case& the_case) {
    the_case.facts.contacts = {
        {Side::raising, "practitioner", "Alex Example", "alex@example.org", "01632 960001"},
        {Side::receiving, "practitioner", "<script>alert('x')</script>", "sam@example.org", ""}};
    the_case.raiser = {Side::raising, "practitioner", "Alex Example", "alex@example.org"};
    the_case.facts.summary = "The agencies differ on whether the threshold is met & what follows.";
    the_case.facts.wanted = "A joint visit within a week.";
}

}  // namespace

CaseView overdue_case() {
    CaseView view;
    Case& the_case = view.the_case;
    the_case.ref = "CSCP-2026-0042";
    the_case.board = "camden";
    the_case.policy = "camden-2024";
    the_case.policy_version = "3";
    the_case.procedure = "children";
    the_case.stage = "2";
    the_case.outset = at("2026-05-21T10:00:00Z");
    the_case.raised = at("2026-05-22T15:30:00Z");
    the_case.facts.subject_kind = "child";
    the_case.facts.subject_name = "Canary Childname";
    the_case.facts.raising = {"Camden Housing", "Tenancy support"};
    the_case.facts.receiving = {"Camden Children's Services", ""};
    add_people(the_case);
    the_case.entries = {{"1", the_case.raised}, {"2", at("2026-05-29T09:30:00Z")}};
    the_case.log = {{the_case.raised, "discussed", Side::raising, "", "telephone", "no agreement"}};
    the_case.tags = {{"policy-gap", "Free text of the tag"}};
    view.stage_title = "Discussion between frontline managers";
    view.duties.push_back(resolve_duty());
    DutyView first = resolve_duty();
    first.id = "resolve-1";
    first.title = "Resolve stage 1 or escalate";
    first.stage = "1";
    first.state = DutyRun::State::met;
    first.started = the_case.raised;
    first.deadline.due = at("2026-06-01T16:00:00Z");
    view.duties.push_back(first);
    view.gaps = {"named safeguarding lead of Camden Housing (stage 3)"};
    return view;
}

CaseView running_case() {
    CaseView view = overdue_case();
    view.the_case.ref = "NSSB-2026-0007";
    view.the_case.board = "north-somerset";
    view.the_case.facts.subject_name = "Another Canary";
    view.stage_title = "Stage 1: between practitioners";
    view.duties.resize(1);
    view.duties.front().state = DutyRun::State::running;
    view.duties.front().deadline.due = at("2026-06-12T16:00:00Z");
    view.gaps.clear();
    return view;
}

std::vector<NoticeRow> notices() {
    const auto row = [](std::int64_t id, NoticeKind kind, Reason reason, NoticeState state,
                        const char* decided, const Recipient& to) {
        NoticeRow made;
        made.id = id;
        made.state = state;
        made.attempts = 1;
        made.notice.ref = "CSCP-2026-0042";
        made.notice.kind = kind;
        made.notice.reason = reason;
        made.notice.to = to;
        made.notice.channel = "mail";
        made.notice.destination = to.address;
        made.notice.title = "Resolve stage 2 or escalate";
        made.notice.decided = at(decided);
        return made;
    };
    const Recipient robin = officer("Robin Sample", "Team manager", "Camden Housing",
                                    Side::raising);
    std::vector<NoticeRow> rows{
        row(1, NoticeKind::receipt, Reason::case_raised, NoticeState::accepted,
            "2026-05-22T15:30:00Z", robin),
        row(2, NoticeKind::reminder, Reason::deadline_near, NoticeState::accepted,
            "2026-06-04T08:00:00Z", robin),
        row(3, NoticeKind::prompt, Reason::deadline_passed, NoticeState::accepted,
            "2026-06-05T16:00:00Z", robin),
        row(4, NoticeKind::prompt, Reason::next_officer_due, NoticeState::failed,
            "2026-06-05T16:00:00Z",
            officer("", "Head of service", "Camden Children's Services", Side::receiving)),
        row(5, NoticeKind::prompt, Reason::still_overdue, NoticeState::pending,
            "2026-06-09T08:00:00Z", robin)};
    rows[1].notice.channel = "teams";
    rows[1].notice.destination = "housing-duty";
    rows[2].reply = "250 2.0.0 Ok: queued as 4XyZ for officer@example.org";
    rows[2].done_at = at("2026-06-05T16:00:02Z");
    rows[3].reply = "550 5.1.1 no such mailbox";
    return rows;
}

std::string mail() {
    return "From: stageclock <stageclock@example.org>\r\nTo: officer@example.org\r\n"
           "Subject: =?utf-8?q?CSCP-2026-0042=3A_overdue_=E2=80=93_stage_2?=\r\n"
           "Date: Fri, 05 Jun 2026 16:00:00 +0000\r\nMessage-ID: <a1b2@example.org>\r\n"
           "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
           "Content-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n--outer\r\n"
           "Content-Type: multipart/alternative; boundary=\"inner\"\r\n\r\n--inner\r\n"
           "Content-Type: text/plain; charset=utf-8\r\n"
           "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
           "Stage 2 ran out on Friday 5 June 2026 at 17:00 =E2=80=93 please act.\r\n\r\n"
           "Resolve it with the other side, or escalate to stage 3.\r\n--inner\r\n"
           "Content-Type: text/html; charset=utf-8\r\n\r\n"
           "<!DOCTYPE html><html lang=\"en\"><body style=\"font-family:sans-serif\">"
           "<h1>Stage 2 ran out</h1><p>Please act.</p></body></html>\r\n--inner--\r\n--outer\r\n"
           "Content-Type: application/pdf\r\n"
           "Content-Disposition: attachment; filename=\"escalation record.pdf\"\r\n"
           "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjcK\r\n--outer--\r\n";
}

}  // namespace stageclock::sample
