// SPDX-License-Identifier: MIT
#include "bot/app/answer.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace stageclock {
namespace {

// said on every intake, whatever the policy.
constexpr std::string_view emergency =
    "If somebody is in immediate danger call 999. Raising a case does not replace that call.";

}  // namespace

Answer answer_for(const Case& the_case, const Rules& rules) {
    const Stage* stage = find_stage(rules.policy, the_case.stage);
    Answer answer;
    answer.kind = Answer::Kind::accepted;
    answer.ref = the_case.ref;
    answer.stage = the_case.stage;
    answer.stage_title = stage != nullptr ? stage->title : the_case.stage;
    for (const DutyRun& run : the_case.duties) {
        const Duty* duty = find_duty(rules.policy, run.duty);
        if (duty == nullptr || !run.open()) continue;
        const auto due = deadline_of(the_case, run, rules).due;
        if (!due) continue;
        answer.deadlines.push_back(
            {duty->id, duty->title, *due, to_words(*due, rules.calendar.zone())});
    }
    std::stable_sort(answer.deadlines.begin(), answer.deadlines.end(),
                     [](const auto& a, const auto& b) { return a.due < b.due; });
    answer.guards.emplace_back(emergency);
    for (const Guard* guard : guards_of(the_case, rules)) {
        answer.guards.push_back(guard->text);
    }
    return answer;
}

Answer refused(Refusal refusal) {
    Answer answer;
    answer.kind = Answer::Kind::refused;
    answer.refusal = std::move(refusal);
    return answer;
}

Answer unavailable() {
    Answer answer;
    answer.kind = Answer::Kind::unavailable;
    return answer;
}

std::string encode(const Answer& answer) {
    nlohmann::json body{{"stage", answer.stage}, {"title", answer.stage_title}};
    for (const Answer::Due& due : answer.deadlines) {
        body["due"].push_back({due.duty, due.title, due.due.time_since_epoch().count(), due.words});
    }
    body["guards"] = answer.guards;
    return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Answer decode_answer(const std::string& body, const std::string& ref) {
    Answer answer;
    answer.kind = Answer::Kind::repeated;
    answer.ref = ref;
    try {
        const auto stored = nlohmann::json::parse(body);
        stored.at("stage").get_to(answer.stage);
        stored.at("title").get_to(answer.stage_title);
        stored.at("guards").get_to(answer.guards);
        for (const auto& row : stored.value("due", nlohmann::json::array())) {
            const Instant due{std::chrono::seconds(row.at(2).get<std::int64_t>())};
            answer.deadlines.push_back({row.at(0).get<std::string>(), row.at(1).get<std::string>(),
                                        due, row.at(3).get<std::string>()});
        }
    } catch (const nlohmann::json::exception&) {
        answer.deadlines.clear();  // the reference is what the caller needs most
    }
    return answer;
}

}  // namespace stageclock
