// SPDX-License-Identifier: MIT
#include "adapters/support/kept_mail.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/support/crypto.h"
#include "adapters/support/durable_file.h"

namespace stageclock::mail {
namespace {

std::string path_of(const std::string& data_dir, std::string_view digest) {
    return data_dir + "/mail/" + std::string(digest) + ".eml";
}

bool is_digest(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

}  // namespace

Result<std::string> keep_mail(const std::string& data_dir, std::string_view bytes) {
    const auto path = path_of(data_dir, crypto::sha256_hex(bytes));
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (!error && size == bytes.size()) return path;
    const auto kept = write_durably(path, bytes);
    if (!kept) return kept.error();
    return path;
}

Result<std::string> kept_mail(const std::string& data_dir, std::string_view digest) {
    const Error none{Code::not_found, "no such mail is kept", ""};
    if (!is_digest(digest)) return none;
    std::ifstream file(path_of(data_dir, digest), std::ios::binary);
    if (!file) return none;
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (file.bad() || crypto::sha256_hex(bytes) != digest)
        return Error{Code::internal, "a kept mail is damaged", path_of(data_dir, digest)};
    return bytes;
}

}  // namespace stageclock::mail
