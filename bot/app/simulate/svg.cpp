// SPDX-License-Identifier: MIT
#include "bot/app/simulate/svg.h"

#include <algorithm>

#include "bot/app/simulate/phrases.h"
#include "bot/app/simulate/svg_paper.h"

namespace stageclock::simulate {
namespace {

constexpr int label_width = 380, margin = 16, plot_width = 1060;
constexpr int left = margin + label_width;
constexpr int lane_height = 26, row_height = 20, lane_gap = 8;
constexpr int marker_radius = 9, marker_row = 22;
constexpr double day_label_width = 46;  // what "Mon 21" needs

constexpr std::string_view css = R"(
    text { font: 12px 'DejaVu Sans', Verdana, sans-serif; fill: #1c2430; }
    .head { font-size: 17px; font-weight: bold; }
    .stage { font-weight: bold; }
    .quiet { fill: #5b6675; }
    .small { font-size: 10px; fill: #5b6675; }
    .refused { fill: #a3161f; font-weight: bold; }
    .paper { fill: #ffffff; }
    .off { fill: #e9ecf1; }
    .grid { stroke: #cfd5de; stroke-width: 1; }
    .lane { fill: #f5f7fa; }
    .bar { fill: #3b6ea8; }
    .open { fill: #7ea6d3; }
    .run { stroke: #3b6ea8; stroke-width: 3; }
    .rest { stroke: #a9b4c2; stroke-width: 1; stroke-dasharray: 2 3; }
    .over { stroke: #c62a34; stroke-width: 3; stroke-dasharray: 5 3; }
    .due { fill: #ffffff; stroke: #1c2430; stroke-width: 1.6; }
    .met { fill: #2f8f4e; stroke: #1c2430; stroke-width: 1.2; }
    .missed { fill: #c62a34; stroke: #1c2430; stroke-width: 1.2; }
    .reminder { stroke: #d98a00; stroke-width: 2; }
    .prompt { stroke: #c62a34; stroke-width: 2; }
    .told { fill: #ffffff; stroke: #1c2430; stroke-width: 1.2; }
    .number { fill: #1c2430; }
    .number-refused { fill: #a3161f; }
    .in-number { font-size: 10px; fill: #ffffff; font-weight: bold; }
)";

struct Row {  // the runs of one duty
    std::string id;
    std::vector<const DutyShown*> runs;
};

struct Lane {
    std::string id;  // stage; empty: the whole case
    std::string title;
    std::vector<Row> rows;
    double y = 0;
    double height() const { return lane_height + row_height * static_cast<double>(rows.size()); }
};

class Picture {
public:
    explicit Picture(const Played& played)
        : played_(played),
          zone_(played.calendar.zone()),
          scale_(played.calendar, played.calendar.date(begin()), played.calendar.date(end()), left,
                 plot_width) {}

    std::string draw() {
        collect_lanes();
        place();
        draw_days();
        draw_arrivals();
        for (const Lane& lane : lanes_) draw_lane(lane);
        draw_legend();
        return paper_.whole(width(), height_, played_.story.title, css);
    }

private:
    Instant begin() const {
        const Timeline& timeline = played_.timeline;
        const Instant start = played_.story.script.raise.received;
        return timeline.end.ref.empty() ? start : std::min(start, timeline.end.outset);
    }
    Instant end() const {
        Instant last = played_.timeline.until;
        for (const DutyShown& duty : played_.timeline.duties) {
            const bool open = duty.state == DutyRun::State::running;
            if (open && duty.deadline.due) last = std::max(last, *duty.deadline.due);
        }
        return std::max(last, begin());
    }
    double width() const { return std::max(scale_.right(), double(left + 420)) + margin; }

    void collect_lanes();
    void place();
    void draw_days();
    void draw_arrivals();
    void draw_lane(const Lane& lane);
    void draw_stays(const Lane& lane);
    void draw_run(const DutyShown& duty, double y);
    void draw_ticks(const std::string& duty, double y);
    void draw_others(const Lane& lane);
    void draw_legend();
    bool entered(const std::string& stage) const;

    const Played& played_;
    const Zone& zone_;
    Scale scale_;
    Paper paper_;
    std::vector<Lane> lanes_;
    std::vector<std::size_t> marker_rows_;  // of each arrival
    double top_ = 0, first_lane_ = 0, bottom_ = 0, height_ = 0;
};

bool Picture::entered(const std::string& stage) const {
    const auto& entries = played_.timeline.end.entries;
    return std::any_of(entries.begin(), entries.end(),
                       [&](const StageEntry& entry) { return entry.stage == stage; });
}

// The stages the case saw and those that had a duty, in ladder order; then the case as a whole.
void Picture::collect_lanes() {
    const auto with_rows = [&](Lane lane) {
        for (const DutyShown& duty : played_.timeline.duties) {
            if (duty.stage != lane.id) continue;
            auto row = std::find_if(lane.rows.begin(), lane.rows.end(),
                                    [&](const Row& known) { return known.id == duty.id; });
            if (row == lane.rows.end()) row = lane.rows.insert(row, Row{duty.id, {}});
            row->runs.push_back(&duty);
        }
        return lane;
    };
    for (const Stage& stage : played_.policy.stages) {
        const bool says_stage = stage.title.starts_with("Stage");
        const std::string name = says_stage ? "" : "Stage " + stage.id + ": ";
        Lane lane = with_rows({stage.id, name + stage.title, {}, 0});
        if (entered(stage.id) || !lane.rows.empty()) lanes_.push_back(std::move(lane));
    }
    Lane whole = with_rows({"", "The whole case", {}, 0});
    if (!whole.rows.empty()) lanes_.push_back(std::move(whole));
}

// Marks of what arrived stand in as many rows as they need not to touch each other.
void Picture::place() {
    std::vector<double> used;  // where each row is free again
    for (const Moment& moment : played_.timeline.moments) {
        if (!moment.update) continue;
        const double x = scale_.x(moment.at);
        std::size_t row = 0;
        while (row < used.size() && used[row] > x - marker_radius - 1) ++row;
        if (row == used.size()) used.push_back(0);
        used[row] = x + marker_radius + 1;
        marker_rows_.push_back(row);
    }
    top_ = 106;
    first_lane_ = top_ + 10 + marker_row * static_cast<double>(used.size()) + 6;
    double y = first_lane_;
    for (Lane& lane : lanes_) {
        lane.y = y;
        y += lane.height() + lane_gap;
    }
    bottom_ = y;
    const double lines = 3 + static_cast<double>(marker_rows_.size());
    height_ = bottom_ + 30 + 18 * lines + margin;
    paper_.rect(0, 0, width(), height_, "paper");
}

void Picture::draw_days() {
    paper_.text(margin, 28, "head", played_.story.title, "start", width() / 1.6);
    paper_.text(margin, 48, "quiet", played_.policy.title + ", version " + played_.policy.version,
                "start", width() - 2 * margin);
    paper_.text(margin, 65, "quiet",
                played_.board.name + ", " + to_words(scale_.columns().front().date) + " to " +
                    to_words(scale_.columns().back().date),
                "start", width() - 2 * margin);
    const bool every_day = std::any_of(scale_.columns().begin(), scale_.columns().end(),
                                       [](const Scale::Column& column) {
                                           return column.worked && column.width >= day_label_width;
                                       });
    double free_from = 0;
    for (const Scale::Column& column : scale_.columns()) {
        const std::chrono::year_month_day day{column.date};
        if (!column.worked) {
            std::string why(played_.calendar.holiday(column.date));
            if (why.empty()) why = weekday_name(column.date);
            paper_.rect(column.x, top_ - 22, column.width, bottom_ - top_ + 22, "off",
                        why + ", not a working day");
        }
        paper_.line(column.x, top_ - 6, column.x, bottom_, "grid");
        const bool monday = std::chrono::weekday{column.date} == std::chrono::Monday;
        if ((!every_day && !monday) || !column.worked || column.x < free_from) continue;
        const std::string words = to_words(column.date);
        const auto month = words.find(' ', words.find(' ') + 1) + 1;
        const std::string number = std::to_string(static_cast<unsigned>(day.day()));
        paper_.text(column.x + 2, top_ - 10, "small",
                    every_day ? std::string(weekday_short(column.date)) + " " + number
                              : number + " " + words.substr(month, 3));
        free_from = column.x + day_label_width - 8;
    }
    const auto& last = scale_.columns().back();
    paper_.line(last.x + last.width, top_ - 6, last.x + last.width, bottom_, "grid");
}

void Picture::draw_arrivals() {
    paper_.text(left - 10, top_ + 22, "quiet", "what arrived", "end");
    std::size_t number = 0;
    for (const Moment& moment : played_.timeline.moments) {
        if (!moment.update) continue;
        const double x = scale_.x(moment.at);
        const double y = top_ + 18 + marker_row * static_cast<double>(marker_rows_[number]);
        ++number;
        const std::string words =
            clock_face(moment.at, zone_) + ": " + update_words(*moment.update, zone_);
        paper_.circle(x, y, marker_radius, moment.refusal ? "number-refused" : "number", words);
        paper_.text(x, y + 3.5, "in-number", std::to_string(number), "middle");
    }
}

void Picture::draw_lane(const Lane& lane) {
    paper_.rect(margin, lane.y, label_width - 6, lane.height(), "lane");
    paper_.text(margin + 8, lane.y + 18, "stage", lane.title, "start", label_width - 20);
    draw_stays(lane);
    draw_others(lane);
    double y = lane.y + lane_height;
    for (const Row& row : lane.rows) {
        const DutyShown& last = *row.runs.back();
        paper_.text(margin + 20, y + 13, "quiet",
                    row.id + ", " + std::string(to_text(last.state)) + ", " +
                        due_words(last.deadline, zone_),
                    "start", label_width - 30);
        for (const DutyShown* duty : row.runs) draw_run(*duty, y + 10);
        draw_ticks(row.id, y + 10);
        y += row_height;
    }
    paper_.line(left, lane.y + lane.height() + lane_gap / 2.0, scale_.right(),
                lane.y + lane.height() + lane_gap / 2.0, "grid");
}

// A bar from each entry to the next one, or to the closing, or to the end of the story.
void Picture::draw_stays(const Lane& lane) {
    const Case& the_case = played_.timeline.end;
    for (std::size_t i = 0; i < the_case.entries.size(); ++i) {
        const StageEntry& entry = the_case.entries[i];
        if (lane.id.empty() || !lies_in(played_.policy, entry.stage, lane.id)) continue;
        const bool left_it = i + 1 < the_case.entries.size();
        const Instant until =
            left_it ? the_case.entries[i + 1].at : the_case.closed.value_or(played_.timeline.until);
        const double x = scale_.x(entry.at);
        paper_.rect(x, lane.y + 6, std::max(scale_.x(until) - x, 3.0), 14,
                    left_it || the_case.closed ? "bar" : "open",
                    lane.title + ", from " + clock_face(entry.at, zone_) + " to " +
                        clock_face(until, zone_));
    }
}

void Picture::draw_run(const DutyShown& duty, double y) {
    const Instant until = duty.over.value_or(played_.timeline.until);
    const auto due = duty.deadline.due;
    const double x = scale_.x(duty.started);
    const double in_time = scale_.x(due ? std::min(*due, std::max(until, duty.started)) : until);
    const std::string words = duty.title + ", " + due_words(duty.deadline, zone_) + ", " +
                              std::string(to_text(duty.state));
    paper_.line(x, y, std::max(in_time, x + 2), y, "run", words);
    if (due && until > *due) paper_.line(scale_.x(*due), y, scale_.x(until), y, "over", words);
    if (!due) return;
    if (until < *due) paper_.line(scale_.x(until), y, scale_.x(*due), y, "rest");
    const bool missed =
        duty.state == DutyRun::State::missed || duty.state == DutyRun::State::met_late;
    const bool met = duty.state == DutyRun::State::met;
    paper_.diamond(scale_.x(*due), y, 6, missed ? "missed" : met ? "met" : "due", words);
}

// Reminders hang below the line, prompts stand on it.
void Picture::draw_ticks(const std::string& duty, double y) {
    for (const Moment& moment : played_.timeline.moments) {
        bool reminded = false, prompted = false;
        for (const Notice& notice : moment.notices) {
            if (notice.rule != duty) continue;
            reminded = reminded || notice.kind == NoticeKind::reminder;
            prompted = prompted || notice.kind == NoticeKind::prompt;
        }
        const double x = scale_.x(moment.at);
        const std::string at = clock_face(moment.at, zone_);
        if (reminded) paper_.line(x, y, x, y + 9, "reminder", "reminder, " + at);
        if (prompted) paper_.line(x, y - 9, x, y, "prompt", "prompt, " + at);
    }
}

// Everything told at this stage that is no duty's: receipts, copies, outcomes, questions.
void Picture::draw_others(const Lane& lane) {
    for (const Moment& moment : played_.timeline.moments) {
        std::string words;
        for (const Notice& notice : moment.notices) {
            if (notice.stage != lane.id || find_duty(played_.policy, notice.rule) != nullptr) {
                continue;
            }
            words += (words.empty() ? "" : "; ") + std::string(to_text(notice.reason)) + " to " +
                     who(notice.to);
        }
        if (words.empty()) continue;
        paper_.circle(scale_.x(moment.at), lane.y + 13, 3.5, "told",
                      clock_face(moment.at, zone_) + ": " + words);
    }
}

void Picture::draw_legend() {
    double y = bottom_ + 26;
    double x = margin + 8;
    const auto entry = [&](double room, const std::string& words, const auto& mark) {
        mark(x, y - 4);
        paper_.text(x + 26, y, "quiet", words);
        x += room;
    };
    entry(110, "at a stage", [&](double at, double on) { paper_.rect(at, on - 5, 18, 10, "bar"); });
    entry(120, "duty runs", [&](double at, double on) { paper_.line(at, on, at + 18, on, "run"); });
    entry(110, "overdue", [&](double at, double on) { paper_.line(at, on, at + 18, on, "over"); });
    entry(110, "deadline", [&](double at, double on) { paper_.diamond(at + 9, on, 6, "due"); });
    entry(70, "met", [&](double at, double on) { paper_.diamond(at + 9, on, 6, "met"); });
    entry(90, "missed", [&](double at, double on) { paper_.diamond(at + 9, on, 6, "missed"); });
    x = margin + 8;
    y += 20;
    entry(110, "reminder",
          [&](double at, double on) { paper_.line(at + 9, on - 2, at + 9, on + 7, "reminder"); });
    entry(120, "prompt",
          [&](double at, double on) { paper_.line(at + 9, on - 7, at + 9, on + 2, "prompt"); });
    entry(250, "told otherwise (copy, receipt ...)",
          [&](double at, double on) { paper_.circle(at + 9, on, 3.5, "told"); });
    entry(200, "not a working day",
          [&](double at, double on) { paper_.rect(at, on - 7, 18, 14, "off"); });
    int number = 0;
    for (const Moment& moment : played_.timeline.moments) {
        if (!moment.update) continue;
        y += number == 0 ? 26 : 18;
        const std::string words = std::to_string(++number) + "   " + clock_face(moment.at, zone_) +
                                  "   " + update_words(*moment.update, zone_);
        paper_.text(margin + 8, y, moment.refusal ? "refused" : "quiet",
                    words + (moment.refusal ? ", REFUSED: " + moment.refusal->what : ""), "start",
                    width() - 3 * margin);
    }
}

}  // namespace

std::string as_svg(const Played& played) { return Picture(played).draw(); }

}  // namespace stageclock::simulate
