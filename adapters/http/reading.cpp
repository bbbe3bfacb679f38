// SPDX-License-Identifier: MIT
#include "adapters/http/reading.h"

#include <algorithm>
#include <charconv>

#include "adapters/http/case_json.h"
#include "adapters/http/limits.h"
#include "adapters/http/message_page.h"

namespace stageclock::front {
namespace {

constexpr std::string_view cases_path = "/api/v1/cases";
constexpr std::string_view one_case_path = "/cases/";
constexpr std::string_view files_part = "/files/";
constexpr std::string_view outbox_path = "/api/v1/outbox";

Problem problem_of(const Error& error) {
    if (error.code == Code::not_found) {
        return {404, "not-found", "Not found", "There is nothing at this address.", {}, {}};
    }
    if (error.code == Code::unavailable) {
        return {503, "unavailable", "Not available now", "The store is in the way: try again soon.",
                {}, {}};
    }
    return {500, "internal", "This went wrong", "The daemon could not answer this.", {}, {}};
}

Response as_page(const Error& error) {
    const Problem problem = problem_of(error);
    return sorry_page(problem.status, problem.title, problem.detail);
}

Error not_found() { return {Code::not_found, "nothing there", ""}; }

Response json(std::string body) {
    Response response;
    response.content_type = "application/json";
    response.body = std::move(body);
    return response;
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.size() > 18 || error != std::errc{} || value < 0 ||
        end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

// The board whose references look like this; the longest prefix wins.
std::string board_of(const std::string& ref, const std::vector<const Board*>& boards) {
    const Board* found = nullptr;
    for (const Board* board : boards) {
        const bool fits = ref.starts_with(board->reference_prefix + "-");
        const bool longer = found == nullptr || board->reference_prefix.size() >
                                                    found->reference_prefix.size();
        if (fits && longer) found = board;
    }
    return found == nullptr ? "" : found->id;
}

// Overdue first, then by deadline; those without one last.
bool more_pressing(const CaseView& a, const CaseView& b) {
    const DutyView* first = most_pressing(a);
    const DutyView* second = most_pressing(b);
    if (first == nullptr || second == nullptr) return first != nullptr && second == nullptr;
    return *first->deadline.due < *second->deadline.due;
}

}  // namespace

Result<CaseView> Reading::visible(const std::string& ref, const Viewer& viewer) {
    Result<CaseView> view = desk_.look(ref);
    if (view && !viewer.sees(view->the_case.board)) return not_found();
    return view;
}

Result<std::vector<CaseSummary>> Reading::visible_cases(const Viewer& viewer) {
    auto cases = desk_.cases();
    if (cases) std::erase_if(*cases, [&](const auto& one) { return !viewer.sees(one.board); });
    return cases;
}

bool Reading::may_see(const NoticeRow& row, const Viewer& viewer) const {
    return viewer.boards.empty() || viewer.sees(board_of(row.notice.ref, desk_.boards()));
}

Result<std::vector<NoticeRow>> Reading::visible_outbox(const Viewer& viewer) {
    auto rows = desk_.outbox();
    if (!rows) return rows;
    std::erase_if(*rows, [&](const NoticeRow& row) { return !may_see(row, viewer); });
    std::stable_sort(rows->begin(), rows->end(),
                     [](const NoticeRow& a, const NoticeRow& b) { return a.id > b.id; });
    return rows;
}

Response Reading::api(std::string_view path, const Viewer& viewer) {
    if (path == cases_path) {
        const auto cases = visible_cases(viewer);
        return cases ? json(cases_json(*cases)) : to_response(problem_of(cases.error()));
    }
    if (path == outbox_path) {
        const auto rows = visible_outbox(viewer);
        return rows ? json(outbox_json(*rows, viewer)) : to_response(problem_of(rows.error()));
    }
    if (path.starts_with(cases_path) && path.size() > cases_path.size() + 1 &&
        path[cases_path.size()] == '/') {
        const std::string ref(path.substr(cases_path.size() + 1));
        const auto view = visible(ref, viewer);
        if (!view) return to_response(problem_of(view.error()));
        const auto notices = desk_.case_notices(ref);
        if (!notices) return to_response(problem_of(notices.error()));
        return json(case_json(*view, *notices, desk_.zone(), viewer));
    }
    return to_response(problem_of(not_found()));
}

Response Reading::pages(std::string_view path, const Viewer& viewer) {
    constexpr std::string_view one_notice_path = "/outbox/";
    if (path == "/cases") return case_list(viewer);
    if (path == "/outbox") {
        const auto rows = visible_outbox(viewer);
        return rows ? outbox_page(setting(), *rows) : as_page(rows.error());
    }
    if (path == "/refusals" && viewer.boards.empty()) {
        const auto items = desk_.set_asides();
        return items ? refusals_page(setting(), *items) : as_page(items.error());
    }
    if (path.starts_with(one_case_path)) {
        return one_case(std::string(path.substr(one_case_path.size())), viewer);
    }
    if (path.starts_with(one_notice_path)) {
        return notice(path.substr(one_notice_path.size()), viewer);
    }
    return as_page(not_found());
}

Response Reading::case_list(const Viewer& viewer) {
    const auto cases = visible_cases(viewer);
    if (!cases) return as_page(cases.error());
    std::vector<CaseView> open;
    std::size_t left_out = 0;
    for (const CaseSummary& one : *cases) {
        if (one.status != Status::open) continue;
        if (open.size() == limits::page_rows) {
            ++left_out;
            continue;
        }
        auto view = desk_.look(one.ref);
        if (view) open.push_back(std::move(*view));
    }
    std::stable_sort(open.begin(), open.end(), more_pressing);
    return cases_page(setting(), open, left_out);
}

Response Reading::one_case(const std::string& ref, const Viewer& viewer) {
    const auto view = visible(ref, viewer);
    if (!view) return as_page(view.error());
    const auto notices = desk_.case_notices(ref);
    if (!notices) return as_page(notices.error());
    return case_page(setting(), *view, *notices, desk_.policy(view->the_case.board));
}

bool Reading::is_file(std::string_view path) {
    return path.starts_with(one_case_path) && path.find(files_part) != path.npos;
}

Response Reading::file(std::string_view path, const Viewer& viewer) {
    const auto split = path.find(files_part);
    const std::string ref(path.substr(one_case_path.size(), split - one_case_path.size()));
    const auto sha256 = path.substr(split + files_part.size());
    if (mails_ == nullptr || sha256.empty()) return as_page(not_found());
    const auto view = visible(ref, viewer);
    if (!view) return as_page(view.error());
    for (const FileEntry& entry : view->the_case.files) {
        if (entry.file.sha256 != sha256) continue;
        const auto bytes = mails_->file(entry.file.mail, entry.file.sha256);
        if (!bytes) return as_page(bytes.error());
        return download(*bytes, "application/octet-stream", entry.file.name);
    }
    return as_page(not_found());
}

// "12", "12/html", "12/raw", "12/attachments/0".
Response Reading::notice(std::string_view rest, const Viewer& viewer) {
    constexpr std::string_view attachments = "attachments/";
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const auto id = number(rest.substr(0, slash));
    const std::string_view part = rest.substr(std::min(slash + 1, rest.size()));
    if (!id || (slash < rest.size() && part.empty())) return as_page(not_found());
    const auto row = desk_.notice(*id);
    if (!row) return as_page(row.error());
    if (!*row || !may_see(**row, viewer)) return as_page(not_found());
    const auto bytes = desk_.message(*id);
    if (!bytes && bytes.error().code != Code::not_found) return as_page(bytes.error());
    const std::string message = bytes ? *bytes : "";
    if (part.empty()) return message_page(setting(), **row, message);
    if (part == "html") return message_html(message);
    if (part == "raw") return message_raw(**row, message);
    const auto which = part.starts_with(attachments) ? number(part.substr(attachments.size()))
                                                     : std::nullopt;
    if (!which) return as_page(not_found());
    return message_attachment(message, static_cast<std::size_t>(*which));
}

}  // namespace stageclock::front
