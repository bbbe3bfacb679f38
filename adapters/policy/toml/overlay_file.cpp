// SPDX-License-Identifier: MIT
//
// A board's overlay as a file: read whole, written beside itself, put in its place in one step.
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/policy/toml/overlay_text.h"
#include "adapters/registry.h"
#include "adapters/support/descriptor.h"

namespace stageclock {
namespace {

constexpr std::size_t largest_overlay = 4 * 1024 * 1024;
constexpr mode_t new_overlay = S_IRUSR | S_IWUSR | S_IRGRP;  // it names people

Error unavailable(const std::string& file, const char* what) {
    return {Code::unavailable, what, file};
}

// The text of a file; none when it does not exist.
Result<std::optional<std::string>> read(const std::string& file) {
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (opened.number() < 0) {
        if (errno == ENOENT) return std::optional<std::string>();
        return unavailable(file, "cannot be read");
    }
    std::string text(largest_overlay + 1, '\0');
    std::size_t length = 0;
    while (length < text.size()) {
        const ssize_t got = ::read(opened.number(), text.data() + length, text.size() - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unavailable(file, "cannot be read");
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    if (length > largest_overlay) return unavailable(file, "is larger than 4 MiB");
    text.resize(length);
    return std::optional(std::move(text));
}

// Owner and rights as they were, so that the daemon can still read it.
bool take_rights(int descriptor, const std::string& overlay) {
    struct stat status {};
    if (::stat(overlay.c_str(), &status) != 0) {
        return errno == ENOENT && ::fchmod(descriptor, new_overlay) == 0;
    }
    return ::fchown(descriptor, status.st_uid, status.st_gid) == 0 &&
           ::fchmod(descriptor, status.st_mode & 07777U) == 0;
}

bool write_all(int descriptor, const std::string& text) {
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t got = ::write(descriptor, text.data() + written, text.size() - written);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        written += static_cast<std::size_t>(got);
    }
    return ::fsync(descriptor) == 0;
}

bool sync_folder(const std::string& file) {
    const auto parent = std::filesystem::path(file).parent_path();
    const std::string folder = parent.empty() ? "." : parent.string();
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened.number() >= 0 && ::fsync(opened.number()) == 0;
}

}  // namespace

Result<OverlayDraft> draft_overlay(const std::string& overlay,
                                   const std::vector<PostChange>& changes) {
    // A link leads to the file that is to be replaced; it is not replaced itself.
    std::error_code failure;
    const auto target = std::filesystem::weakly_canonical(overlay, failure);
    OverlayDraft draft{failure ? overlay : target.string(), "", ""};
    const auto before = read(draft.overlay);
    if (!before) return before.error();
    draft.before = before->value_or("");
    const auto text = policy_toml::overlay_with(draft.before, overlay, changes);
    if (!text) return text.error();
    draft.file = draft.overlay + ".XXXXXX";
    const Descriptor file(::mkostemp(draft.file.data(), O_CLOEXEC));
    if (file.number() < 0) return unavailable(overlay, "no file can be written beside it");
    if (!take_rights(file.number(), draft.overlay) || !write_all(file.number(), *text)) {
        drop_draft(draft);
        return unavailable(overlay, "cannot be written with the owner and rights it has");
    }
    return draft;
}

Done keep_draft(const OverlayDraft& draft) {
    const auto present = read(draft.overlay);
    if (!present) return present.error();
    if (present->value_or("") != draft.before) {
        return Error{Code::conflict, "was changed by somebody else meanwhile: import again",
                     draft.overlay};
    }
    if (*present) {
        const std::string kept = draft.overlay + ".before";
        const bool removed = ::unlink(kept.c_str()) == 0 || errno == ENOENT;
        if (!removed || ::link(draft.overlay.c_str(), kept.c_str()) != 0) {
            return unavailable(draft.overlay, "cannot be kept as it was");
        }
    }
    if (::rename(draft.file.c_str(), draft.overlay.c_str()) != 0) {
        return unavailable(draft.overlay, "cannot be replaced");
    }
    if (!sync_folder(draft.overlay)) return unavailable(draft.overlay, "may not be on disk yet");
    return done();
}

void drop_draft(const OverlayDraft& draft) { ::unlink(draft.file.c_str()); }

}  // namespace stageclock
