// SPDX-License-Identifier: MIT
#include "bot/app/mail_acts.h"

#include <cstdint>

#include "bot/app/mail_sender.h"

namespace stageclock {
namespace {

constexpr const char* for_board =
    "A mail to this service could not be acted on and is kept for a person to look at: see the "
    "list of mails set aside. Nothing was changed by it.";

// Kinds whose sender is told by the case itself: the receipt of a raise, the outcome of a closing.
bool told_by_the_case(UpdateKind kind) {
    return kind == UpdateKind::raise || kind == UpdateKind::resolve ||
           kind == UpdateKind::withdraw || kind == UpdateKind::reopen;
}

}  // namespace

std::string print_of(const std::vector<std::string_view>& parts) {
    std::uint64_t hash = 14695981039346656037u;
    for (const auto& part : parts) {
        for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
        hash = (hash ^ 0x100u) * 1099511628211u;
    }
    std::string hex;
    for (int shift = 60; shift >= 0; shift -= 4) hex += "0123456789abcdef"[(hash >> shift) & 15u];
    return hex;
}

std::vector<KnownBoard> known_boards(const Desk& desk) {
    std::vector<KnownBoard> known;
    for (const auto* board : desk.boards()) {
        const auto* policy = desk.policy(board->id);
        const auto* directory = desk.directory(board->id);
        if (policy != nullptr && directory != nullptr)
            known.push_back({*board, *policy, *directory});
    }
    return known;
}

std::vector<KnownBoard> boards_open_to(const Desk& desk, const std::string& address) {
    std::vector<KnownBoard> open;
    for (const auto& known : known_boards(desk))
        if (may_raise(known.board, known.directory, address)) open.push_back(known);
    return open;
}

Submitted submit_all(Desk& desk, const MailKey& mail, const Understood& understood,
                     const Actor& sender, const std::optional<Instant>& came,
                     const SortedFiles& files) {
    Submitted all;
    all.ref = understood.ref;
    all.unheard = !files.kept.empty() || !files.left_out.empty();
    for (std::size_t i = 0; i < understood.updates.size(); ++i) {
        auto update = understood.updates[i];
        update.source = "mail";
        update.id = mail.id + (i == 0 ? "" : "#" + std::to_string(i + 1));
        update.digest = mail.print;
        update.by = sender;
        update.received = desk.now();
        if (!update.happened) update.happened = came;
        if (!all.filed) update.files = files.kept;
        all.unheard = all.unheard || !told_by_the_case(update.kind);
        const auto answer = desk.submit(std::move(update));
        if (answer.kind == Answer::Kind::unavailable) all.kind = Submitted::Kind::unavailable;
        if (answer.kind == Answer::Kind::conflict) all.kind = Submitted::Kind::reused;
        if (all.kind == Submitted::Kind::unavailable || all.kind == Submitted::Kind::reused)
            return all;
        if (answer.kind == Answer::Kind::refused && !all.refusal) {
            all.kind = Submitted::Kind::refused;
            all.refusal = answer.refusal;
        }
        all.filed = all.filed || answer.kind == Answer::Kind::accepted ||
                    answer.kind == Answer::Kind::repeated;
        if (!answer.ref.empty()) all.ref = answer.ref;
    }
    return all;
}

Notice answer_to(const Desk& desk, const std::string& mail_id, const Actor& sender,
                 const std::string& ref, Reason reason) {
    Notice notice;
    notice.ref = ref;
    notice.rule = "mail";
    notice.kind = NoticeKind::receipt;
    notice.reason = reason;
    notice.to.id = "mail:" + mail_id;
    notice.to.side = sender.side;
    notice.to.role = sender.role;
    notice.to.name = sender.name;
    notice.to.address = sender.address;
    notice.channel = "mail";
    notice.destination = sender.address;
    notice.scheduled = desk.now();
    notice.decided = notice.scheduled;
    return notice;
}

std::vector<Notice> board_notices(const Desk& desk, const std::string& mail_id,
                                  const std::string& board, const std::string& ref) {
    std::vector<Notice> notices;
    const auto boards = desk.boards();
    const auto id = board.empty() && boards.size() == 1 ? boards.front()->id : board;
    const auto* directory = desk.directory(id);
    if (directory == nullptr) return notices;
    for (const auto* post : posts_for(*directory, "", "inbox", {})) {
        const std::string& address = address_of(*post);
        if (address.empty()) continue;
        auto notice = answer_to(desk, mail_id, {Side::board, post->role, "", address}, ref,
                                Reason::mail_kept);
        notice.board = id;
        notice.kind = NoticeKind::copy;
        notice.to.id += ":" + post->id;
        notice.to.title = post->title;
        notice.to.audience = Audience::board;
        notice.ask = for_board;
        notices.push_back(std::move(notice));
    }
    return notices;
}

}  // namespace stageclock
