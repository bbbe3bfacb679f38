// SPDX-License-Identifier: MIT
#include "adapters/http/link_door.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <openssl/rand.h>

#include "adapters/http/fields.h"
#include "adapters/http/form_pages.h"
#include "adapters/support/crypto.h"

namespace stageclock::front {
namespace {

constexpr std::string_view action_start = "/a/";
constexpr std::string_view claim_start = "/c/";
constexpr std::string_view form_start = "/f/";
constexpr std::size_t longest_text = 20000;
constexpr std::size_t longest_choice = 100;
constexpr std::size_t code_digits = 32;
constexpr std::chrono::hours form_holds{24};

constexpr const char* old_form =
    "This form is older than a day, or was not made by this page. Look it over and send it again.";

// Line ends as the rest of the program has them.
std::string with_plain_breaks(std::string text) {
    std::erase(text, '\r');
    return text;
}

std::string random_word() {
    std::array<unsigned char, 12> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    return crypto::to_hex(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

std::int64_t seconds_of(Instant instant) {
    return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

bool is_offered(const ActionPage& page, std::string_view id) {
    return std::any_of(page.choices.begin(), page.choices.end(),
                       [&](const Choice& choice) { return choice.id == id; });
}

}  // namespace

bool LinkDoor::is_link(std::string_view path) {
    return path.starts_with(action_start) || path.starts_with(claim_start) ||
           path.starts_with(form_start);
}

namespace {

SealFor purpose_of(std::string_view path) {
    if (path.starts_with(action_start)) return SealFor::link;
    return path.starts_with(claim_start) ? SealFor::claim : SealFor::confirm_form;
}

// Sets the forms of one kind of page apart from those of another.
std::string_view word_of(SealFor purpose) {
    if (purpose == SealFor::link) return "action ";
    return purpose == SealFor::claim ? "claim " : "form ";
}

}  // namespace

std::optional<Response> LinkDoor::admit(const Request& head) {
    if (head.media_type() == form::media_type) return std::nullopt;
    return to_response(
        {415, "media-type", "Unsupported media type", "Send the form of this page.", {}, {}});
}

std::optional<LinkDoor::Place> LinkDoor::place_of(const std::string& path) const {
    const SealFor purpose = purpose_of(path);
    const auto notice = seal_.open(purpose, std::string_view(path).substr(action_start.size()));
    if (!notice) return std::nullopt;
    return Place{purpose, *notice, path};
}

// "SECONDS.RANDOM.CODE": good for this link and for a day, and a name for the one act that comes
// of it.
std::string LinkDoor::token(const Place& place) const {
    const std::string rest = std::to_string(seconds_of(desk_.now())) + "." + random_word();
    return rest + "." + code(place, rest);
}

// The key is a seal that is never shown, so that a form survives a restart of the daemon.
std::string LinkDoor::code(const Place& place, std::string_view rest) const {
    const std::string key = seal_.close(SealFor::form, place.notice);
    const std::string about(word_of(place.purpose));
    return crypto::to_hex(crypto::hmac_sha256(key, about + std::string(rest)))
        .substr(0, code_digits);
}

bool LinkDoor::is_ours(const Place& place, const std::string& token) const {
    const auto last = token.rfind('.');
    const auto first = token.find('.');
    if (last == std::string::npos || first == last) return false;
    const std::string_view rest = std::string_view(token).substr(0, last);
    if (!crypto::constant_time_equal(token.substr(last + 1), code(place, rest))) return false;
    std::int64_t made = 0;
    const auto read = std::from_chars(token.data(), token.data() + first, made);
    const std::int64_t age = seconds_of(desk_.now()) - made;
    return read.ptr == token.data() + first && age >= 0 &&
           age <= std::chrono::seconds(form_holds).count();
}

Response LinkDoor::unknown() {
    notes_.note("page", "", "404 link");
    return link_sorry_page(setting(), 404, "This link does not work",
                           "It is not one of ours, or it was changed on its way. Copy the whole "
                           "link from the message, or answer the message by mail.");
}

Response LinkDoor::failed(const Error& error) {
    if (error.code == Code::not_found) return unknown();
    Response response = link_sorry_page(
        setting(), 503, "Please try again",
        "Nothing was recorded: the service cannot read or store anything just now.");
    response.headers.push_back({"Retry-After", "30"});
    return response;
}

Response LinkDoor::get(const std::string& path) {
    const auto place = place_of(path);
    if (!place) return unknown();
    LinkForm form;
    form.path = path;
    form.token = token(*place);
    if (place->purpose == SealFor::link) {
        const auto page = links_.action(place->notice);
        return page ? action_page(setting(), *page, form) : failed(page.error());
    }
    if (place->purpose == SealFor::confirm_form) {
        const auto page = links_.form(place->notice);
        return page ? form_page(setting(), *page, form) : failed(page.error());
    }
    const auto page = links_.claim(place->notice);
    return page ? claim_page(setting(), *page, form) : failed(page.error());
}

Response LinkDoor::post(const Request& request) {
    const auto place = place_of(request.path);
    if (!place) return unknown();
    const form::Fields fields = form::fields_of(request.body);
    const bool ours =
        !is_from_elsewhere(request) && is_ours(*place, form::field_of(fields, "token"));
    switch (place->purpose) {
        case SealFor::link: return act(*place, fields, ours);
        case SealFor::claim: return answer_claim(*place, fields, ours);
        default: return answer_form(*place, fields, ours);
    }
}

Response LinkDoor::act(const Place& place, const form::Fields& fields, bool ours) {
    const Action action{form::field_of(fields, "choice"),
                        with_plain_breaks(form::field_of(fields, "text")),
                        form::field_of(fields, "token")};
    LinkForm form;
    form.path = place.path;
    form.token = token(place);
    const std::string fault = fault_of(action.text, longest_text, Text::prose);
    if (fault.empty()) form.text = action.text;
    if (!ours || !fault.empty() || action.choice.empty() || action.choice.size() > longest_choice) {
        const auto page = links_.action(place.notice);
        if (!page) return failed(page.error());
        const bool text = ours && !fault.empty();
        form.wrong = text ? "The text " + fault + "."
                          : (ours ? std::string("Choose what should be recorded.") : old_form);
        form.field = text ? "text" : "choices";
        if (text) form.choice = action.choice;
        return action_page(setting(), *page, form, ours ? 422 : 403);
    }
    const auto acted = links_.act(place.notice, action);
    if (!acted) return failed(acted.error());
    form.choice = action.choice;
    return respond(place, *acted, std::move(form));
}

Response LinkDoor::respond(const Place& place, const Acted& acted, LinkForm form) {
    switch (acted.kind) {
        case Acted::Kind::recorded: return acted_page(setting(), acted, place.path);
        case Acted::Kind::over: return action_page(setting(), acted.page, form);
        case Acted::Kind::incomplete:
            form.wrong = acted.what;
            form.field = is_offered(acted.page, form.choice) ? "text" : "choices";
            return action_page(setting(), acted.page, form, 422);
        case Acted::Kind::refused: {
            form.wrong = acted.refusal;
            form.field = "choices";
            if (!acted.clauses.empty()) {
                form.wrong += " (";
                for (const std::string& clause : acted.clauses) {
                    form.wrong += (&clause == &acted.clauses.front() ? "" : ", ") + clause;
                }
                form.wrong += ")";
            }
            return action_page(setting(), acted.page, form, 422);
        }
        case Acted::Kind::conflict:
            if (!acted.page.over.empty()) {
                return link_sorry_page(setting(), 409, "Sent before",
                                       "This form was sent before with other words, and those are "
                                       "recorded. " +
                                           acted.page.over);
            }
            form.wrong =
                "This form was sent before with other words, and those are recorded. To "
                "add to them, send this one.";
            return action_page(setting(), acted.page, form, 409);
        case Acted::Kind::unavailable: break;
    }
    return failed({Code::unavailable, "", ""});
}

Response LinkDoor::answer_claim(const Place& place, const form::Fields& fields, bool ours) {
    const std::string choice = form::field_of(fields, "choice");
    if (ours && (choice == "yes" || choice == "no")) {
        const auto answered = links_.answer_claim(place.notice, choice == "yes");
        return answered ? claim_answered_page(setting(), *answered) : failed(answered.error());
    }
    const auto page = links_.claim(place.notice);
    if (!page) return failed(page.error());
    LinkForm form;
    form.path = place.path;
    form.token = token(place);
    form.wrong = ours ? std::string("Say whether the mail was yours.") : old_form;
    form.field = "choices";
    return claim_page(setting(), *page, form, ours ? 422 : 403);
}

Response LinkDoor::answer_form(const Place& place, const form::Fields& fields, bool ours) {
    const std::string choice = form::field_of(fields, "choice");
    const bool right = choice == form_is_right;
    LinkForm form;
    if (ours && (right || choice == form_resolves || choice == form_is_wrong)) {
        const FormChoice said = right                    ? FormChoice::record
                                : choice == form_resolves ? FormChoice::resolve
                                                          : FormChoice::wrong;
        const auto answered = links_.answer_form(place.notice, said);
        if (!answered) return failed(answered.error());
        if (answered->kind != FormAnswered::Kind::incomplete)
            return form_answered_page(setting(), *answered);
        form.wrong = "This form cannot be recorded like that: choose one of these.";
    } else {
        form.wrong = ours ? std::string("Say whether the form was read rightly.") : old_form;
    }
    const auto page = links_.form(place.notice);
    if (!page) return failed(page.error());
    form.path = place.path;
    form.token = token(place);
    form.field = "choices";
    return form_page(setting(), *page, form, ours ? 422 : 403);
}

}  // namespace stageclock::front
