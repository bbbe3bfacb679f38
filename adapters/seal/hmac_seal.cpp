// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "adapters/registry.h"
#include "adapters/support/crypto.h"
#include "adapters/support/descriptor.h"
#include "bot/core/directory.h"

// "NUMBER-MAC" in the 32 characters of Crockford's base 32, which people can read aloud: no i, l, o
// and u. The code is HMAC-SHA256 over purpose and number, cut to 80 bits: guessing it means asking
// us 2^79 times.
namespace stageclock {
namespace {

constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t key_bytes = 32;
constexpr std::size_t code_digits = 16;

std::string_view word(SealFor purpose) {
    switch (purpose) {
        case SealFor::bounce: return "bounce";
        case SealFor::reply: return "reply";
        case SealFor::link: return "link";
        case SealFor::claim: return "claim";
        case SealFor::form: return "form";
        case SealFor::returned: return "returned";
        case SealFor::confirm_form: return "confirm-form";
        case SealFor::calendar: return "calendar";
    }
    return "";
}

std::string base32(std::uint64_t number) {
    std::string text;
    do {
        text.insert(text.begin(), digits[number % 32]);
        number /= 32;
    } while (number > 0);
    return text;
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    if (text.empty() || text.size() > 12) return std::nullopt;
    std::uint64_t number = 0;
    for (const char c : text) {
        const auto digit = digits.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        number = number * 32 + digit;
    }
    return number;
}

class HmacSeal final : public Seal {
public:
    explicit HmacSeal(std::string key) : key_(std::move(key)) {}

    std::string close(SealFor purpose, std::int64_t number) const override {
        const std::string plain = base32(static_cast<std::uint64_t>(number));
        return plain + "-" + code(purpose, plain);
    }

    std::optional<std::int64_t> open(SealFor purpose, std::string_view text) const override {
        const std::string given = folded(text);
        const auto dash = given.find('-');
        if (dash == std::string::npos) return std::nullopt;
        const std::string plain = given.substr(0, dash);
        const auto number = number_in(plain);
        const bool ours = crypto::constant_time_equal(given.substr(dash + 1), code(purpose, plain));
        if (!number || !ours) return std::nullopt;
        return static_cast<std::int64_t>(*number);
    }

private:
    std::string code(SealFor purpose, std::string_view plain) const {
        std::string text(word(purpose));
        const std::string mac = crypto::hmac_sha256(key_, text.append(":").append(plain));
        std::string code;
        unsigned bits = 0;
        unsigned held = 0;
        for (const char c : mac) {
            bits = (bits << 8u) | static_cast<unsigned char>(c);
            for (held += 8; held >= 5; held -= 5) code += digits[(bits >> (held - 5)) & 31u];
            if (code.size() >= code_digits) break;
        }
        return code.substr(0, code_digits);
    }

    std::string key_;
};

Error unusable(const std::string& file, const std::string& what) {
    return Error{Code::unavailable, what, file};
}

// Made once: every address and link sent so far depends on it.
Result<std::string> make_key(const std::string& file) {
    std::array<char, key_bytes> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        return unusable(file, "the system gives no random numbers");
    }
    const Descriptor made(open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    const bool written =
        made.number() >= 0 &&
        write(made.number(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
        fsync(made.number()) == 0;
    if (!written) return unusable(file, "the key of links and addresses cannot be written");
    return std::string(bytes.data(), bytes.size());
}

Result<std::string> read_key(const std::string& file) {
    const Descriptor kept(open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (kept.number() < 0 && errno == ENOENT) return make_key(file);
    std::array<char, key_bytes + 1> bytes{};
    const bool whole = kept.number() >= 0 && read(kept.number(), bytes.data(), bytes.size()) ==
                                                 static_cast<ssize_t>(key_bytes);
    if (!whole) {
        return unusable(file,
                        "the key of links and addresses cannot be read, or is not 32 bytes; "
                        "restore it, or remove the file: links sent so far end then");
    }
    struct stat about {};
    if (fstat(kept.number(), &about) != 0 || (about.st_mode & 077u) != 0) {
        return unusable(file, "the key of links and addresses may be read by others: chmod 600");
    }
    return std::string(bytes.data(), key_bytes);
}

}  // namespace

Result<std::unique_ptr<Seal>> make_seal(const std::string& data_dir) {
    auto key = read_key(data_dir + "/link.key");
    if (!key) return key.error();
    return std::unique_ptr<Seal>(std::make_unique<HmacSeal>(std::move(*key)));
}

}  // namespace stageclock
