// SPDX-License-Identifier: MIT
#include "bot/app/simulate/lines.h"
#include "bot/app/simulate/phrases.h"

namespace stageclock::simulate {
namespace {

void add(std::vector<Line>& lines, int depth, std::string text) {
    if (!text.empty()) lines.push_back({depth, std::move(text)});
}

void describe_refusal(std::vector<Line>& lines, const Refusal& refusal) {
    add(lines, 0,
        "REFUSED " + std::string(to_text(refusal.reason)) + " at " + refusal.field +
            clause_list(refusal.clauses));
    add(lines, 1, refusal.what);
}

// Those who are told the same stand below it, in the order in which they are told.
void describe_notices(std::vector<Line>& lines, const Moment& moment, const Zone& zone) {
    std::string last;
    for (const Notice& notice : moment.notices) {
        const std::string words = describe_notice(notice, zone);
        if (words != last) add(lines, 0, "-> " + words);
        add(lines, 1, who(notice.to));
        last = words;
    }
}

void describe_moved(std::vector<Line>& lines, const DutyShown& duty, const Zone& zone) {
    const std::string before =
        duty.before ? "was " + clock_face(*duty.before, zone) : std::string("had none");
    describe_duty(lines, duty, "deadline moved, " + before, zone);
}

Paragraph describe_moment(const Moment& moment, const Played& played) {
    const Zone& zone = played.calendar.zone();
    Paragraph paragraph;
    paragraph.heading = clock_face(moment.at, zone);
    if (moment.update) paragraph.heading += "  " + update_words(*moment.update, zone);
    std::vector<Line>& lines = paragraph.lines;
    if (moment.refusal) describe_refusal(lines, *moment.refusal);
    for (const Event& event : moment.events) {
        add(lines, 0, event_words(event, played.policy, zone) + clause_list(event.clauses));
    }
    for (const DutyShown& duty : moment.started) describe_duty(lines, duty, "begins", zone);
    for (const DutyShown& duty : moment.moved) describe_moved(lines, duty, zone);
    for (const Guard* guard : moment.guards) {
        add(lines, 0,
            "shown from now on, " + guard->id + ": " + guard->text + clause_list(guard->clauses));
    }
    describe_notices(lines, moment, zone);
    for (const NotTold& skipped : moment.not_told) {
        add(lines, 0, "not sent: " + describe_not_told(skipped, zone));
    }
    for (const Gap& gap : moment.gaps) add(lines, 0, "nobody known: " + gap.role);
    return paragraph;
}

Paragraph describe_head(const Played& played) {
    Paragraph head;
    head.heading = played.story.title;
    add(head.lines, 0, played.story.about);
    add(head.lines, 0,
        "Policy: " + played.policy.title + ", version " + played.policy.version + " (" +
            played.board.name + ")");
    add(head.lines, 0,
        "Working days: " + played.calendar.version() + ". Times are those of " +
            played.calendar.zone().name() + ".");
    return head;
}

Paragraph describe_end(const Played& played) {
    const Timeline& timeline = played.timeline;
    const Zone& zone = played.calendar.zone();
    Paragraph end;
    end.heading = "The end, " + clock_face(timeline.until, zone);
    if (timeline.end.ref.empty()) {
        add(end.lines, 0, "no case: the raise was refused");
        return end;
    }
    const Stage* stage = find_stage(played.policy, timeline.end.stage);
    add(end.lines, 0,
        std::string(to_text(timeline.end.status)) + " at stage " + timeline.end.stage +
            (stage != nullptr ? ", " + stage->title : ""));
    for (const DutyShown& duty : timeline.duties) {
        add(end.lines, 0,
            "duty " + duty.id + " " + std::string(to_text(duty.state)) + ", " +
                due_words(duty.deadline, zone));
    }
    for (const std::string& gap : timeline.gaps) add(end.lines, 0, "nobody known: " + gap);
    add(end.lines, 0,
        timeline.next ? "next: " + clock_face(*timeline.next, zone)
                      : std::string("nothing more happens by itself"));
    if (timeline.stuck) add(end.lines, 0, "FAULT: something stayed due; the clocks stopped there");
    return end;
}

}  // namespace

void describe_duty(std::vector<Line>& lines, const DutyShown& duty, const std::string& what,
                   const Zone& zone) {
    add(lines, 0,
        "duty " + duty.id + " " + what + ", " + due_words(duty.deadline, zone) + ": " + duty.title +
            clause_list(duty.clauses));
    if (duty.deadline.trace.rule != "none") add(lines, 1, basis_words(duty.deadline, zone));
    add(lines, 1, days_words(duty.deadline));
    for (const std::string& adjustment : duty.deadline.trace.adjustments) {
        add(lines, 1, adjustment);
    }
    if (!duty.owed_by.empty()) add(lines, 1, "owed by " + who(duty.owed_by));
}

std::string describe_notice(const Notice& notice, const Zone& zone) {
    std::string text = std::string(to_text(notice.kind)) + " " +
                       std::string(to_text(notice.reason)) + ", " + notice.rule;
    if (notice.channel != "mail") text += ", by " + notice.channel;
    if (notice.deadline) text += ", due " + clock_face(*notice.deadline, zone);
    if (!notice.form.empty()) text += ", with form " + notice.form;
    if (notice.hold_until) text += ", held until " + clock_face(*notice.hold_until, zone);
    return text;
}

std::string describe_not_told(const NotTold& not_told, const Zone& zone) {
    const std::string reason(reason_words(not_told.reason));
    if (not_told.occasion == Occasion::happened) {
        return "copy " + not_told.rule + ": " + reason + "; it goes out when somebody is named";
    }
    std::string text = std::string(to_text(not_told.occasion)) + " of duty " + not_told.rule +
                       " due " + clock_face(not_told.at, zone) + ": " + reason;
    if (!not_told.people.empty()) text += "; to " + who(not_told.people);
    return text;
}

std::vector<Paragraph> describe(const Played& played, std::optional<Instant> from) {
    std::vector<Paragraph> paragraphs{describe_head(played)};
    for (const Moment& moment : played.timeline.moments) {
        if (!from || moment.at >= *from) paragraphs.push_back(describe_moment(moment, played));
    }
    paragraphs.push_back(describe_end(played));
    return paragraphs;
}

}  // namespace stageclock::simulate
