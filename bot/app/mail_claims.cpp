// SPDX-License-Identifier: MIT
#include "bot/app/mail_claims.h"

#include <algorithm>
#include <array>

#include "bot/app/mail_files.h"
#include "bot/app/mail_sender.h"

namespace stageclock {
namespace {

constexpr const char* answer_source = "mail-answer";
constexpr const char* claim_source = "mail-claim";
constexpr std::string_view claim_word = "claim";
constexpr char between = '\f';
constexpr std::size_t longest_kept = 64 << 10;
constexpr std::size_t fixed_fields = 10;  // the word and everything before `earlier`
constexpr std::chrono::days valid{14};
constexpr std::string_view id_start = "mail:";

constexpr const char* said_yes = "You have confirmed this mail already: it is recorded.";
constexpr const char* said_no =
    "You have said that this mail was not yours. Nothing was changed by it, and the board knows.";
constexpr const char* too_late =
    "This mail came too long ago to be confirmed. Nothing was changed by it. If it still holds, "
    "please write again.";
constexpr const char* moved_on =
    "The case has moved on since this mail came. Nothing was changed by it. If it still holds, "
    "please write again.";
constexpr const char* not_certain =
    "This mail can no longer be read with certainty. Nothing was changed by it; please write "
    "again.";

std::string without_breaks(std::string text) {
    std::replace(text.begin(), text.end(), between, '\n');
    return text;
}

std::vector<std::string> split(std::string_view kept) {
    std::vector<std::string> parts;
    for (std::size_t at = 0;;) {
        const auto next = kept.find(between, at);
        parts.emplace_back(kept.substr(at, next == kept.npos ? next : next - at));
        if (next == kept.npos) return parts;
        at = next + 1;
    }
}

}  // namespace

std::string to_kept(const Claim& claim) {
    std::string kept(claim_word);
    for (const std::string& field :
         {to_rfc3339(claim.came), claim.stage, std::string(claim.open ? "open" : "closed"),
          claim.ref, claim.board, claim.from_address, claim.from_name, claim.subject, claim.text}) {
        kept += between + without_breaks(field);
    }
    for (const std::string& text : claim.earlier) kept += between + without_breaks(text);
    return kept.size() <= longest_kept ? kept : std::string();
}

std::optional<Claim> parse_claim(std::string_view kept) {
    auto parts = split(kept);
    if (parts.size() < fixed_fields || parts.front() != claim_word) return std::nullopt;
    const auto came = parse_rfc3339(parts[1]);
    if (!came) return std::nullopt;
    Claim claim{*came,    parts[2], parts[3] == "open", parts[4], parts[5],
                parts[6], parts[7], parts[8],           parts[9], {}};
    claim.earlier.assign(parts.begin() + fixed_fields, parts.end());
    return claim;
}

Result<MailClaims::Found> MailClaims::find(const NoticeRow& row) {
    const Error none{Code::not_found, "nothing is to be confirmed here", ""};
    const Notice& asked = row.notice;
    if (asked.reason != Reason::mail_claimed || !asked.to.id.starts_with(id_start)) return none;
    Found found;
    found.mail.id = asked.to.id.substr(id_start.size());
    const auto kept = store_.answer(answer_source, found.mail.id);
    if (!kept) return kept.error();
    if (!*kept) return none;
    const std::string& body = (*kept)->body;
    const auto claim =
        parse_claim(std::string_view(body).substr(std::min(body.find('\n') + 1, body.size())));
    if (!claim) return none;
    found.claim = *claim;
    found.mail.print = (*kept)->digest;
    found.page.board = claim->board;
    if (const auto* policy = desk_.policy(claim->board)) {
        for (const auto* board : desk_.boards())
            if (board->id == policy->board) found.page.board = board->name;
    }
    found.page.ref = claim->ref;
    found.page.came = to_words(claim->came, desk_.zone());
    auto why = over(row, found);
    if (!why) return why.error();
    found.page.over = *why;
    return found;
}

// Why there is nothing to confirm; empty when there is. Reads the mail anew for that.
Result<std::string> MailClaims::over(const NoticeRow& row, Found& found) {
    const Claim& claim = found.claim;
    const auto before = store_.answer(claim_source, found.mail.id);
    if (!before) return before.error();
    if (*before) return std::string((*before)->body == "yes" ? said_yes : said_no);
    // Recorded, and we were stopped before that could be noted.
    const auto acted = store_.answer("mail", found.mail.id);
    if (!acted) return acted.error();
    if (*acted) return std::string(said_yes);
    if (desk_.now() - row.notice.decided > valid) return std::string(too_late);
    const auto boards =
        claim.ref.empty() ? boards_open_to(desk_, claim.from_address) : known_boards(desk_);
    Background background{boards, desk_.zone(), claim.board, Side::raising};
    if (claim.ref.empty()) {
        found.sender = Actor{Side::raising, "practitioner", claim.from_name, claim.from_address};
    } else {
        const auto seen = desk_.look(claim.ref);
        if (!seen && seen.error().code != Code::not_found) return seen.error();
        const auto* directory = desk_.directory(claim.board);
        if (!seen || directory == nullptr) return std::string(moved_on);
        const Case& the_case = seen->the_case;
        if (the_case.stage != claim.stage || the_case.open() != claim.open ||
            stage_entered_at(the_case) > row.notice.decided)
            return std::string(moved_on);
        found.sender = place_on(the_case, *directory, claim.from_name, claim.from_address);
        if (!found.sender) return std::string(moved_on);
        background.sender = found.sender->side;
        background.role = found.sender->role;
    }
    found.understood = understand({claim.subject, claim.text, claim.earlier}, background);
    if (found.understood.kind != Understood::Kind::certain) return std::string(not_certain);
    found.page.understood = found.understood.understood;
    auto files = waiting_files(store_, claimed_files_source, found.mail.id);
    if (!files) return files.error();
    found.files = std::move(*files);
    for (auto& line : counted_lines(found.files)) found.page.understood.push_back(std::move(line));
    return std::string();
}

Result<ClaimPage> MailClaims::page(const NoticeRow& row) {
    auto found = find(row);
    if (!found) return found.error();
    return std::move(found->page);
}

Result<ClaimAnswered> MailClaims::answer(const NoticeRow& row, bool yes) {
    const std::lock_guard lock(mutex_);
    const auto found = find(row);
    if (!found) return found.error();
    ClaimAnswered over;
    over.kind = ClaimAnswered::Kind::over;
    over.page = found->page;
    if (!found->page.over.empty()) return over;
    return yes ? confirm(row, *found) : drop(*found);
}

Result<ClaimAnswered> MailClaims::confirm(const NoticeRow& row, const Found& found) {
    ClaimAnswered answered;
    answered.page = found.page;
    const auto files = sort_files(found.files);
    const auto done =
        submit_all(desk_, found.mail, found.understood, *found.sender, found.claim.came, files);
    if (done.kind == Submitted::Kind::unavailable || done.kind == Submitted::Kind::reused)
        return Error{Code::unavailable, "the mail could not be recorded", ""};
    answered.ref = done.ref;
    if (done.refusal) {
        answered.kind = ClaimAnswered::Kind::refused;
        answered.refusal = done.refusal->what;
        answered.clauses = done.refusal->clauses;
        return answered;
    }
    std::vector<Notice> notices;
    if (done.unheard) {
        auto notice =
            answer_to(desk_, found.mail.id, *found.sender, done.ref, Reason::mail_understood);
        notice.in_reply_to = row.notice.in_reply_to;
        notice.understood = found.understood.understood;
        for (auto& line : to_lines(files)) notice.understood.push_back(std::move(line));
        notices.push_back(std::move(notice));
    }
    if (const Done settled = settle(found, "yes", notices); !settled) return settled.error();
    answered.kind = ClaimAnswered::Kind::recorded;
    return answered;
}

Result<ClaimAnswered> MailClaims::drop(const Found& found) {
    const auto notices = board_notices(desk_, found.mail.id, found.claim.board, found.claim.ref);
    if (const Done settled = settle(found, "no", notices); !settled) return settled.error();
    ClaimAnswered answered;
    answered.kind = ClaimAnswered::Kind::dropped;
    answered.page = found.page;
    return answered;
}

Done MailClaims::settle(const Found& found, const std::string& how,
                        const std::vector<Notice>& notices) {
    const StoredAnswer row{claim_source, found.mail.id, how, found.claim.ref, how, desk_.now()};
    const Done stored = store_.post(notices, row);
    if (stored && !notices.empty()) posted_();
    return stored;
}

}  // namespace stageclock
