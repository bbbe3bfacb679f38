// SPDX-License-Identifier: MIT
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "adapters/registry.h"
#include "adapters/support/mail_parse.h"

namespace stageclock {
namespace {

constexpr std::size_t largest_mail = 10 << 20;

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

Result<std::string> all_of(std::FILE* file, const std::string& name) {
    std::string bytes;
    char buffer[65536];
    while (const auto got = std::fread(buffer, 1, sizeof buffer, file)) {
        bytes.append(buffer, got);
        if (bytes.size() > largest_mail)
            return Error{Code::invalid_input, "it is larger than 10 MiB", name};
    }
    if (std::ferror(file) != 0) return Error{Code::invalid_input, "it cannot be read", name};
    return bytes;
}

}  // namespace

Result<IncomingMail> load_mail(const std::string& name) {
    std::unique_ptr<std::FILE, Close> opened;
    if (name != "-") {
        opened.reset(std::fopen(name.c_str(), "rb"));
        if (!opened) return Error{Code::not_found, std::generic_category().message(errno), name};
    }
    const auto bytes = all_of(opened ? opened.get() : stdin, name);
    if (!bytes) return bytes.error();
    auto mail = mail::parse_mail(*bytes);
    if (!mail) return Error{mail.error().code, mail.error().what, name};
    mail->original = name;
    return mail;
}

}  // namespace stageclock
