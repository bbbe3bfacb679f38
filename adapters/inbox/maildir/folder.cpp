// SPDX-License-Identifier: MIT
#include "adapters/inbox/maildir/folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <tuple>

namespace stageclock::maildir {
namespace {

namespace fs = std::filesystem;

Error world(const std::string& what, const std::string& where, int number) {
    return {Code::unavailable, what + ": " + std::generic_category().message(number), where};
}

class File {
public:
    explicit File(const std::string& path)
        : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {}
    ~File() {
        if (fd_ >= 0) close(fd_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int fd() const { return fd_; }

private:
    int fd_;
};

Done make_folder(const std::string& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) return done();
    fs::create_directories(path, error);
    if (error) return world("cannot make the folder", path, error.value());
    fs::permissions(path, fs::perms::owner_all, error);
    return done();
}

// Never over another file, on any file system.
Done move_file(const std::string& from, const std::string& to) {
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return done();
    if (errno == EINVAL || errno == ENOSYS) {  // an old or remote file system
        if (link(from.c_str(), to.c_str()) == 0 && unlink(from.c_str()) == 0) return done();
    }
    return world("cannot move the mail", to, errno);
}

// A free name in the folder: the file's own, else with a number.
std::string free_name(const std::string& folder, const std::string& name,
                      const std::string& ending) {
    std::string path = folder + '/' + name + ending;
    std::error_code error;
    for (int n = 2; fs::exists(fs::symlink_status(path, error)); ++n)
        path = folder + '/' + name + '-' + std::to_string(n) + ending;
    return path;
}

// True while somebody still writes the file ("cp mail new/"): a read lease is refused then. Where
// leases are not to be had, deliveries must be whole when they appear, as Maildir asks.
bool is_being_written(int fd) {
    fcntl(fd, F_SETSIG, SIGURG);  // of a broken lease: one that is ignored, SIGIO would kill
    if (fcntl(fd, F_SETLEASE, F_RDLCK) != 0) return errno == EAGAIN;
    fcntl(fd, F_SETLEASE, F_UNLCK);
    return false;
}

// Names in new/ have no flags, but people move files about.
std::string without_flags(const std::string& name) { return name.substr(0, name.find(":2,")); }

}  // namespace

Done Folder::prepare() const {
    for (const char* part : {"", "/tmp", "/new", "/cur", "/.aside", "/.aside/tmp", "/.aside/new",
                             "/.aside/cur"}) {
        if (auto made = make_folder(path_ + part); !made) return made;
    }
    // Mail programs know a Maildir++ sub-folder by this empty file.
    const auto mark = path_ + "/.aside/maildirfolder";
    const int fd = open(mark.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return world("cannot write", mark, errno);
    close(fd);
    return done();
}

Result<std::vector<Waiting>> Folder::waiting() const {
    struct Entry {
        std::string name;
        timespec time;
    };
    std::vector<Entry> found;
    std::error_code error;
    fs::directory_iterator files(new_folder(), error);
    if (error) return world("cannot read the mailbox", new_folder(), error.value());
    for (; files != fs::directory_iterator(); files.increment(error)) {
        const auto name = files->path().filename().string();
        struct stat about{};
        if (name.starts_with('.') || lstat(files->path().c_str(), &about) != 0) continue;
        found.push_back({name, about.st_mtim});
    }
    if (error) return world("cannot read the mailbox", new_folder(), error.value());
    std::ranges::sort(found, [](const Entry& a, const Entry& b) {
        return std::tie(a.time.tv_sec, a.time.tv_nsec, a.name) <
               std::tie(b.time.tv_sec, b.time.tv_nsec, b.name);
    });
    std::vector<Waiting> waiting;
    for (auto& entry : found)
        waiting.push_back({std::move(entry.name),
                           Instant(std::chrono::seconds(entry.time.tv_sec))});
    return waiting;
}

Result<std::string> Folder::read(const std::string& name, std::size_t largest) const {
    const auto path = new_folder() + '/' + name;
    const File file(path);
    if (file.fd() < 0) {
        if (errno == ENOENT) return Error{Code::not_found, "it is gone", path};
        if (errno == EMFILE || errno == ENFILE || errno == EIO || errno == ENOMEM)
            return world("cannot open the mail", path, errno);
        return Error{Code::invalid_input,
                     "it cannot be opened: " + std::generic_category().message(errno), path};
    }
    if (is_being_written(file.fd())) return Error{Code::conflict, "it is being written", path};
    struct stat about{};
    if (fstat(file.fd(), &about) != 0) return world("cannot look at the mail", path, errno);
    if (!S_ISREG(about.st_mode)) return Error{Code::invalid_input, "it is no regular file", path};
    if (static_cast<std::size_t>(about.st_size) > largest)
        return Error{Code::invalid_input,
                     "it is larger than " + std::to_string(largest >> 20) + " MiB", path};
    std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const auto got = ::read(file.fd(), bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return world("cannot read the mail", path, errno);
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
}

std::string Folder::place_aside(const std::string& name) const {
    return free_name(path_ + "/.aside/new", without_flags(name), "");
}

Done Folder::finish(const std::string& name) const {
    return move_file(new_folder() + '/' + name,
                     free_name(path_ + "/cur", without_flags(name), ":2,S"));
}

Done Folder::set_aside(const std::string& name) const {
    return move_file(new_folder() + '/' + name, place_aside(name));
}

}  // namespace stageclock::maildir
