// SPDX-License-Identifier: MIT
#include "adapters/http/socket.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <system_error>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "adapters/http/limits.h"

namespace stageclock::front {

void Descriptor::close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

namespace {

constexpr mode_t socket_mode = 0660;  // the daemon and its group, which nginx joins

Error cannot(const std::string& where, int number) {
    std::string why = std::generic_category().message(number);
    if (number == EADDRINUSE) why += " (is another stageclock running?)";
    return {Code::unavailable, "cannot listen: " + why, where};
}

struct Endpoint {
    sockaddr_storage storage{};
    socklen_t size = 0;
    bool loopback = false;
};

std::optional<Endpoint> endpoint(std::string host, std::uint16_t port) {
    if (host == "localhost") host = "127.0.0.1";
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    Endpoint made;
    sockaddr_in four{};
    if (inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        made.loopback = (ntohl(four.sin_addr.s_addr) >> 24U) == IN_LOOPBACKNET;
        made.size = sizeof four;
        std::memcpy(&made.storage, &four, sizeof four);
        return made;
    }
    sockaddr_in6 six{};
    if (inet_pton(AF_INET6, host.c_str(), &six.sin6_addr) == 1) {
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(port);
        made.loopback = IN6_IS_ADDR_LOOPBACK(&six.sin6_addr);
        made.size = sizeof six;
        std::memcpy(&made.storage, &six, sizeof six);
        return made;
    }
    return std::nullopt;
}

std::uint16_t port_of(int socket) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (getsockname(socket, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return 0;
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &storage, sizeof six);
        return ntohs(six.sin6_port);
    }
    sockaddr_in four{};
    std::memcpy(&four, &storage, sizeof four);
    return ntohs(four.sin_port);
}

Result<Listening> listen_tcp(const std::string& where, bool allow_public) {
    const std::size_t colon = where.rfind(':');
    std::uint16_t port = 0;
    const char* end = where.data() + where.size();
    const auto number = colon == std::string::npos
                            ? std::from_chars_result{end, std::errc::invalid_argument}
                            : std::from_chars(where.data() + colon + 1, end, port);
    if (number.ec != std::errc{} || number.ptr != end) {
        return Error{Code::invalid_input,
                     "not an address to listen on: write HOST:PORT such as 127.0.0.1:8080, or "
                     "unix:/path", where};
    }
    const std::string host = where.substr(0, colon);
    const auto at = endpoint(host, port);
    if (!at) {
        return Error{Code::invalid_input,
                     "not a numeric address: write 127.0.0.1, [::1], localhost, or unix:/path",
                     where};
    }
    if (!at->loopback && !allow_public) {
        return Error{Code::refused,
                     "this address can be reached from other machines, and what is spoken here is "
                     "plain HTTP: put nginx in front (config/nginx/stageclock.conf), or say "
                     "allow_public_bind = true", where};
    }
    Listening made;
    made.socket = Descriptor(
        ::socket(at->storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!made.socket) return cannot(where, errno);
    // Only SO_REUSEADDR: with SO_REUSEPORT, which cpp-httplib sets, a second daemon would bind too.
    const int yes = 1;
    setsockopt(made.socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const auto* address = reinterpret_cast<const sockaddr*>(&at->storage);
    if (::bind(made.socket.get(), address, at->size) != 0 ||
        ::listen(made.socket.get(), limits::backlog) != 0) {
        return cannot(where, errno);
    }
    made.address = "http://" + host + ":" + std::to_string(port_of(made.socket.get()));
    return made;
}

// The socket file of a daemon that was killed stays behind, and looks like one in use. Only who
// holds the lock beside it may remove it.
Result<Listening> listen_unix(const std::string& where, const std::string& path) {
    sockaddr_un address{};
    if (path.empty() || path.front() != '/' || path.size() >= sizeof address.sun_path) {
        return Error{Code::invalid_input,
                     "a unix socket needs an absolute path of at most 107 characters", where};
    }
    Listening made;
    made.lock = Descriptor(
        ::open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!made.lock) return cannot(where, errno);
    if (::flock(made.lock.get(), LOCK_EX | LOCK_NB) != 0) return cannot(where, EADDRINUSE);
    struct stat found {};
    if (::lstat(path.c_str(), &found) == 0) {
        if (!S_ISSOCK(found.st_mode)) {
            return Error{Code::invalid_input, "there is a file in the place of the socket", where};
        }
        ::unlink(path.c_str());
    }
    made.socket = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!made.socket) return cannot(where, errno);
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    const auto* named = reinterpret_cast<const sockaddr*>(&address);
    // The mode is set between bind and listen: until then nobody can connect.
    if (::bind(made.socket.get(), named, sizeof address) != 0 ||
        ::chmod(path.c_str(), socket_mode) != 0 ||
        ::listen(made.socket.get(), limits::backlog) != 0) {
        return cannot(where, errno);
    }
    made.address = where;
    made.unix_path = path;
    return made;
}

}  // namespace

Result<Listening> listen_at(const std::string& where, bool allow_public) {
    constexpr std::string_view unix_prefix = "unix:";
    if (where.starts_with(unix_prefix)) return listen_unix(where, where.substr(unix_prefix.size()));
    return listen_tcp(where, allow_public);
}

void stop_listening(Listening& listening) {
    listening.socket.close();
    if (!listening.unix_path.empty()) ::unlink(listening.unix_path.c_str());
    listening.unix_path.clear();
    listening.lock.close();
}

}  // namespace stageclock::front
