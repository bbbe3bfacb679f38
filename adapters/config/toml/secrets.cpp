// SPDX-License-Identifier: MIT
#include "adapters/config/toml/secrets.h"

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/support/crypto.h"
#include "adapters/support/descriptor.h"

namespace stageclock::config_toml {
namespace {

constexpr std::size_t largest_secret = 64 * 1024;
constexpr std::size_t random_bytes = 32;
constexpr std::string_view signing_prefix = "whsec_";

Error refused(std::string what) { return {Code::invalid_input, std::move(what), ""}; }

std::string trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(space) - first + 1));
}

Result<std::string> read_all(int descriptor) {
    std::string bytes(largest_secret + 1, '\0');
    std::size_t length = 0;
    while (length < bytes.size()) {
        const ssize_t got = ::read(descriptor, bytes.data() + length, bytes.size() - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return refused("cannot be read");
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    if (length > largest_secret) return refused("is larger than 64 KiB");
    bytes.resize(length);
    return bytes;
}

Result<std::string> random_key() {
    std::string bytes(random_bytes, '\0');
    auto* const data = reinterpret_cast<unsigned char*>(bytes.data());
    if (RAND_bytes(data, static_cast<int>(bytes.size())) != 1) {
        return Error{Code::unavailable, "the system gives no random numbers", ""};
    }
    return bytes;
}

}  // namespace

Result<std::string> read_secret(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0) {
        return Error{errno == ENOENT ? Code::not_found : Code::invalid_input,
                     errno == ENOENT ? "does not exist" : "cannot be opened", ""};
    }
    struct stat status {};
    if (::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return refused("is not a regular file");
    }
    if ((status.st_mode & (S_IROTH | S_IWOTH)) != 0) {
        return refused("may be read or written by everybody");
    }
    const Result<std::string> bytes = read_all(file.number());
    if (!bytes) return bytes;
    std::string text = trimmed(*bytes);
    if (text.empty()) return refused("is empty");
    return text;
}

Done make_secret(const std::string& path, const std::string& text) {
    std::error_code failure;
    const auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder, failure);
    const Descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.number() < 0) {
        if (errno == EEXIST) return done();
        return Error{Code::unavailable, "cannot be made", ""};
    }
    const std::string line = text + "\n";
    const ssize_t written = ::write(file.number(), line.data(), line.size());
    if (written != static_cast<ssize_t>(line.size())) {
        ::unlink(path.c_str());
        return Error{Code::unavailable, "cannot be written", ""};
    }
    return done();
}

Result<std::string> random_token() {
    Result<std::string> key = random_key();
    if (!key) return key;
    return crypto::to_hex(*key);
}

Result<std::string> random_signing_secret() {
    Result<std::string> key = random_key();
    if (!key) return key;
    return std::string(signing_prefix) + crypto::base64_encode(*key);
}

Result<std::string> signing_key(const std::string& secret) {
    const std::string_view text = secret;
    if (!text.starts_with(signing_prefix)) return refused("does not begin with \"whsec_\"");
    const auto key = crypto::base64_decode(text.substr(signing_prefix.size()));
    if (!key || key->size() < 24 || key->size() > 64) {
        return refused("is not the base64 of 24 to 64 bytes after \"whsec_\"");
    }
    return *key;
}

}  // namespace stageclock::config_toml
