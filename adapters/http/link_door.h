// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/exchange.h"
#include "adapters/http/link_pages.h"
#include "adapters/http/webhook.h"
#include "adapters/support/form.h"
#include "bot/ports/desk.h"
#include "bot/ports/links.h"
#include "bot/ports/seal.h"

namespace stageclock::front {

// "/a/SEAL", "/c/SEAL" and "/f/SEAL": the pages behind the links in our mails. The sealed link is
// the only proof they ask for. GET and HEAD change nothing; POST acts, with a choice nobody made
// for the sender, from a form made by the page itself within the last day.
class LinkDoor {
public:
    // All outlive this.
    LinkDoor(Desk& desk, Links& links, const Seal& seal, RefusalNotes& notes)
        : desk_(desk), links_(links), seal_(seal), notes_(notes) {}

    static bool is_link(std::string_view path);
    // Before the body is read.
    static std::optional<Response> admit(const Request& head);
    Response get(const std::string& path);
    Response post(const Request& request);

private:
    // One kind of link.
    struct Place {
        SealFor purpose{};
        std::int64_t notice = 0;
        std::string path;
    };
    std::optional<Place> place_of(const std::string& path) const;
    std::string token(const Place& place) const;
    std::string code(const Place& place, std::string_view rest) const;
    bool is_ours(const Place& place, const std::string& token) const;

    Response unknown();
    Response failed(const Error& error);
    Response act(const Place& place, const form::Fields& fields, bool ours);
    Response respond(const Place& place, const Acted& acted, LinkForm form);
    Response answer_claim(const Place& place, const form::Fields& fields, bool ours);
    Response answer_form(const Place& place, const form::Fields& fields, bool ours);
    Setting setting() const { return {desk_.zone(), desk_.now(), desk_.sandbox()}; }

    Desk& desk_;
    Links& links_;
    const Seal& seal_;
    RefusalNotes& notes_;
};

}  // namespace stageclock::front
