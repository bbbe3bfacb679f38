// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/access.h"
#include "adapters/http/exchange.h"
#include "adapters/http/pages.h"
#include "bot/ports/desk.h"
#include "bot/ports/mail_archive.h"

namespace stageclock::front {

// What is shown to the holder of a token: GET /api/v1/... and the pages. Changes nothing.
class Reading {
public:
    // Both outlive this. Without mails there are no files.
    explicit Reading(Desk& desk, const MailArchive* mails = nullptr)
        : desk_(desk), mails_(mails) {}

    // "/api/v1/cases", "/api/v1/cases/REF", "/api/v1/outbox".
    Response api(std::string_view path, const Viewer& viewer);
    // "/cases", "/cases/REF", "/outbox", "/outbox/ID...", "/refusals": for the operator's desk.
    Response pages(std::string_view path, const Viewer& viewer);

    // "/cases/REF/files/SHA256"
    static bool is_file(std::string_view path);
    // The bytes of a file of a case, to be saved and never shown: for whoever may see people.
    Response file(std::string_view path, const Viewer& viewer);

    Setting setting() const { return {desk_.zone(), desk_.now(), desk_.sandbox()}; }

private:
    // The case when the viewer may see it; otherwise as if it did not exist.
    Result<CaseView> visible(const std::string& ref, const Viewer& viewer);
    Result<std::vector<CaseSummary>> visible_cases(const Viewer& viewer);
    Result<std::vector<NoticeRow>> visible_outbox(const Viewer& viewer);
    bool may_see(const NoticeRow& row, const Viewer& viewer) const;

    Response case_list(const Viewer& viewer);
    Response one_case(const std::string& ref, const Viewer& viewer);
    Response notice(std::string_view rest, const Viewer& viewer);

    Desk& desk_;
    const MailArchive* mails_;
};

}  // namespace stageclock::front
