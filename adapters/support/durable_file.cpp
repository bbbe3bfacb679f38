// SPDX-License-Identifier: MIT
#include "adapters/support/durable_file.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/support/descriptor.h"

namespace stageclock {
namespace {

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0;
}

bool sync_folder(const std::string& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened.number() >= 0 && ::fsync(opened.number()) == 0;
}

Error unavailable(const char* what, const std::string& path) {
    return {Code::unavailable, std::string(what) + ": " + std::generic_category().message(errno),
            path};
}

}  // namespace

Done write_durably(const std::string& path, std::string_view bytes) {
    const auto parent = std::filesystem::path(path).parent_path();
    const std::string folder = parent.empty() ? "." : parent.string();
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        return unavailable("cannot make the folder", folder);
    const std::string draft = path + ".new";
    {
        const Descriptor file(
            ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
        if (file.number() < 0 || !write_all(file.number(), bytes)) {
            const auto failed = unavailable("cannot write", path);
            ::unlink(draft.c_str());
            return failed;
        }
    }
    if (::rename(draft.c_str(), path.c_str()) != 0) return unavailable("cannot write", path);
    if (!sync_folder(folder)) return unavailable("cannot write to the disk", folder);
    return done();
}

}  // namespace stageclock
