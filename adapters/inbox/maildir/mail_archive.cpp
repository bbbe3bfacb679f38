// SPDX-License-Identifier: MIT
#include "bot/ports/mail_archive.h"

#include <memory>
#include <utility>

#include "adapters/registry.h"
#include "adapters/support/kept_mail.h"
#include "adapters/support/mail_parse.h"

namespace stageclock {
namespace {

class KeptMails final : public MailArchive {
public:
    explicit KeptMails(std::string data_dir) : data_dir_(std::move(data_dir)) {}

    Result<std::string> file(const std::string& mail, const std::string& sha256) const override {
        const auto bytes = mail::kept_mail(data_dir_, mail);
        if (!bytes) return bytes.error();
        return mail::attachment_of(*bytes, sha256);
    }

private:
    std::string data_dir_;
};

}  // namespace

std::unique_ptr<MailArchive> make_mail_archive(const std::string& data_dir) {
    return std::make_unique<KeptMails>(data_dir);
}

}  // namespace stageclock
