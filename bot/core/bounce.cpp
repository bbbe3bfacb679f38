// SPDX-License-Identifier: MIT
#include "bot/core/bounce.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "bot/core/bounce_parts.h"
#include "bot/core/directory.h"
#include "bot/core/reply_parts.h"

// Delivery-status groups (RFC 3464). What they lack is looked for in the text (bounce_text.cpp).
namespace stageclock::bounce {
namespace {

constexpr std::size_t most_recipients = 100;

bool digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

struct Group {
    std::string original;
    std::string final_one;
    std::string action;
    std::string status;
    std::string diagnostic;
};

// A field of a group; comments after an action or a status are permitted (section 2.3.4).
void take_field(Group& group, std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const auto name = folded(line.substr(0, colon));
    const auto value = reply::trimmed(line.substr(colon + 1));
    if (name == "original-recipient") group.original = value;
    if (name == "final-recipient") group.final_one = value;
    if (name == "action") group.action = folded(value.substr(0, value.find_first_of(" (;\t")));
    if (name == "status") group.status = status_in(value);
    if (name == "diagnostic-code") group.diagnostic = value;
}

// Groups stand between empty lines; a line that begins with a space goes on with the one above.
std::vector<Group> groups_of(std::string_view status) {
    std::vector<Group> groups(1);
    std::string open;
    const auto close = [&] {
        take_field(groups.back(), open);
        open.clear();
    };
    for (auto& line : reply::lines_of(status)) {
        while (line.ends_with('\r')) line.pop_back();
        if (reply::trimmed(line).empty()) {
            close();
            if (groups.size() < most_recipients + 1) groups.emplace_back();
        } else if (line.starts_with(' ') || line.starts_with('\t')) {
            open += ' ' + std::string(reply::trimmed(line));
        } else {
            close();
            // Some leave out the empty line between two recipients.
            const bool again = folded(line.substr(0, 16)) == "final-recipient:" &&
                               !groups.back().final_one.empty();
            if (again && groups.size() < most_recipients + 1) groups.emplace_back();
            open = line;
        }
    }
    close();
    return groups;
}

// The signs that xtext must encode (RFC 3461 section 4): some systems forget to decode them.
std::string without_xtext(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 4> codes{
        {{"+2B", '+'}, {"+3D", '='}, {"+40", '@'}, {"+20", ' '}}};
    std::string decoded;
    while (!text.empty()) {
        const auto* code = std::ranges::find_if(
            codes, [&](const auto& each) { return text.starts_with(each.first); });
        decoded += code == codes.end() ? text.front() : code->second;
        text.remove_prefix(code == codes.end() ? 1 : 3);
    }
    return decoded;
}

// The address of "rfc822; <kit@example.org> (comment)"; empty when it is none.
std::string address_of_field(std::string_view value) {
    const auto type = value.find(';');
    if (type != std::string_view::npos) value.remove_prefix(type + 1);
    const auto found = addresses_in(without_xtext(value));
    return found.empty() ? "" : found.front();
}

// What a group reports; nothing when it reports no failure.
std::optional<FailedRecipient> failure_of(const Group& group) {
    if (group.original.empty() && group.final_one.empty()) return std::nullopt;
    const bool known = group.action == "failed" || group.action == "delayed" ||
                       group.action == "delivered" || group.action == "relayed" ||
                       group.action == "expanded";
    FailedRecipient failed;
    failed.status = group.status.empty() ? status_in(group.diagnostic) : group.status;
    const bool permanent = failed.status.starts_with('5');
    const bool temporary = failed.status.starts_with('4');
    if (known && group.action != "failed" && group.action != "delayed") return std::nullopt;
    if (!known && !permanent && !temporary) return std::nullopt;
    failed.final = known ? group.action == "failed" : permanent;
    failed.address = address_of_field(group.original);
    if (failed.address.empty()) failed.address = address_of_field(group.final_one);
    return failed;
}

void add(std::vector<FailedRecipient>& all, FailedRecipient failed) {
    const auto same = std::ranges::find_if(all, [&](const FailedRecipient& each) {
        return folded(each.address) == folded(failed.address);
    });
    if (same == all.end()) {
        if (all.size() < most_recipients) all.push_back(std::move(failed));
        return;
    }
    same->final = same->final || failed.final;
    if (same->status.empty()) same->status = failed.status;
}

}  // namespace

std::string status_in(std::string_view text) {
    for (std::size_t i = 0; i + 4 < text.size(); ++i) {
        const bool starts = (text[i] == '2' || text[i] == '4' || text[i] == '5') &&
                            text[i + 1] == '.' && digit(text[i + 2]);
        const bool apart = i == 0 || (!digit(text[i - 1]) && text[i - 1] != '.' &&
                                      std::isalpha(static_cast<unsigned char>(text[i - 1])) == 0);
        if (!starts || !apart) continue;
        std::size_t end = i + 2;
        while (end < text.size() && digit(text[end])) ++end;
        const auto subject = end - (i + 2);
        if (subject > 3 || end + 1 >= text.size() || text[end] != '.' || !digit(text[end + 1]))
            continue;
        const auto detail = ++end;
        while (end < text.size() && digit(text[end])) ++end;
        const bool goes_on = end + 1 < text.size() && text[end] == '.' && digit(text[end + 1]);
        if (end - detail <= 3 && !goes_on) return std::string(text.substr(i, end - i));
    }
    return "";
}

namespace {

// Gateways that flatten a report, and systems that name a boundary and then use none, leave the
// groups in the text.
std::string groups_in_text(std::string_view text) {
    std::string groups;
    bool begun = false;
    for (const auto& line : reply::lines_of(text)) {
        const auto name = folded(line.substr(0, line.find(':')));
        // The header of the returned mail comes next.
        if (begun && (name == "return-path" || name == "received" || name == "from")) break;
        begun = begun || name == "reporting-mta" || name == "final-recipient" ||
                name == "original-recipient";
        if (begun) groups += line + '\n';
    }
    return groups;
}

}  // namespace

std::vector<FailedRecipient> failed_in(const MailSigns& signs) {
    std::vector<FailedRecipient> all;
    bool reported = false;  // the groups name recipients, if only such as were reached
    const auto groups =
        signs.delivery_status.empty() ? groups_in_text(signs.text) : signs.delivery_status;
    for (const auto& group : groups_of(groups)) {
        reported = reported || !group.final_one.empty() || !group.original.empty();
        if (auto failed = failure_of(group)) add(all, std::move(*failed));
    }
    const bool nameless =
        std::ranges::any_of(all, [](const FailedRecipient& each) { return each.address.empty(); });
    if (reported && !nameless) return all;
    const auto told = failed_in_text(signs);
    if (told.empty()) return all;
    const bool final = std::ranges::any_of(all, [](const auto& each) { return each.final; });
    const auto status = all.empty() ? "" : all.front().status;
    std::erase_if(all, [](const FailedRecipient& each) { return each.address.empty(); });
    for (auto failed : told) {
        if (reported) failed.final = final;
        if (reported && !status.empty()) failed.status = status;
        add(all, std::move(failed));
    }
    return all;
}

}  // namespace stageclock::bounce
