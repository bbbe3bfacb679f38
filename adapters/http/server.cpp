// SPDX-License-Identifier: MIT
#include "adapters/http/server.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <optional>
#include <system_error>

#include <httplib.h>
#include <sys/resource.h>

#include "adapters/http/limits.h"
#include "adapters/http/reception.h"
#include "adapters/http/socket.h"
#include "adapters/http/wire.h"
#include "adapters/http/workers.h"

namespace stageclock::front {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

// How the body of a request is delimited, and whether a next request may follow it.
struct Framing {
    std::optional<Problem> problem;
    std::size_t length = 0;
    bool chunked = false;
    bool keep = false;
};

Problem bad_framing(int status, const char* detail) {
    return {status, "framing", "The request cannot be read", detail, {}, {}};
}

// RFC 9112, section 6. Whatever two readers could understand differently is refused: that is how
// requests are smuggled past a proxy.
Framing framing_of(const httplib::Request& request) {
    Framing framing;
    const bool post = request.method == "POST";
    const std::size_t lengths = request.get_header_value_count("Content-Length");
    const std::size_t codings = request.get_header_value_count("Transfer-Encoding");
    if (lengths + codings > 1) {
        framing.problem = bad_framing(400, "Send one Content-Length, or one Transfer-Encoding.");
    } else if (codings == 1) {
        framing.chunked = true;
        if (!post || lower(request.get_header_value("Transfer-Encoding")) != "chunked") {
            framing.problem = bad_framing(400, "The only transfer coding known here is chunked.");
        }
    } else if (lengths == 1) {
        const std::string text = request.get_header_value("Content-Length");
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), framing.length);
        if (error != std::errc{} || end != text.data() + text.size()) {
            framing.problem = bad_framing(400, "Content-Length must be a number.");
        } else if (framing.length > limits::body_bytes) {
            framing.problem = bad_framing(413, "A body may have 262144 bytes.");
        } else if (!post && framing.length > 0) {
            framing.problem = bad_framing(400, "Only POST may have a body here.");
        }
    } else if (post) {
        framing.problem = bad_framing(411, "Send a Content-Length.");
    }
    framing.keep = !framing.problem && !framing.chunked &&
                   lower(request.get_header_value("Connection")) != "close";
    return framing;
}

bool plain_path(const std::string& path) {
    return path.size() <= limits::path_bytes && path.starts_with('/') &&
           std::all_of(path.begin(), path.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '/' || c == '-' || c == '.' || c == '_' || c == '~';
           });
}

std::optional<Problem> problem_of_head(const httplib::Request& request) {
    if (request.headers.size() > limits::headers) {
        return Problem{431, "too-many-headers", "Too many headers",
                       "A request may have 64 header fields.", {}, {}};
    }
    const Framing framing = framing_of(request);
    if (framing.problem) return framing.problem;
    if (request.method != "GET" && request.method != "HEAD" && request.method != "POST") {
        return Problem{405, "method", "Method not allowed", "GET, HEAD and POST are known here.",
                       {}, {}};
    }
    // The library would inflate a body without end, and throws on multipart ones.
    if (request.has_header("Content-Encoding") || request.is_multipart_form_data()) {
        return Problem{415, "media-type", "Unsupported media type",
                       "Send the body as it is: no Content-Encoding and no multipart.", {}, {}};
    }
    if (!plain_path(request.path)) {
        return Problem{404, "not-found", "Not found", "There is nothing at this address.", {}, {}};
    }
    return std::nullopt;
}

// Before cpp-httplib does anything with a request: what a client may not decide is taken out.
void tidy(httplib::Request& request, bool keep) {
    // The library adds these itself; a header of the same name would be found first.
    for (const char* name : {"REMOTE_ADDR", "REMOTE_PORT", "LOCAL_ADDR", "LOCAL_PORT"}) {
        request.headers.erase(name);
    }
    // No partial and no compressed answers: secrets and a stranger's text share them (BREACH).
    request.headers.erase("Range");
    request.ranges.clear();
    request.headers.erase("Accept-Encoding");
    if (!keep) {
        request.headers.erase("Connection");
        request.headers.emplace("Connection", "close");
    }
}

Request taken_over(const httplib::Request& request) {
    Request made;
    made.method = request.method;
    made.path = request.path;
    made.headers.reserve(request.headers.size());
    for (const auto& [name, value] : request.headers) made.headers.push_back({lower(name), value});
    return made;
}

void put(const Response& from, httplib::Response& to) {
    to.status = from.status;
    for (const Header& header : from.headers) to.set_header(header.name, header.value);
    if (!from.content_type.empty()) to.set_content(from.body, from.content_type);
}

// What cpp-httplib sees of a connection.
class Stream final : public httplib::Stream {
public:
    explicit Stream(Wire& wire) : wire_(wire) {}

    bool is_readable() const override { return true; }
    bool is_writable() const override { return true; }
    ssize_t read(char* to, std::size_t size) override { return wire_.read(to, size); }
    ssize_t write(const char* from, std::size_t size) override {
        return wire_.write(from, size) ? static_cast<ssize_t>(size) : -1;
    }
    // Nothing here depends on who connects: usually it is the proxy.
    void get_remote_ip_and_port(std::string& ip, int& port) const override { none(ip, port); }
    void get_local_ip_and_port(std::string& ip, int& port) const override { none(ip, port); }
    // Only compared with FD_SETSIZE, which we do not depend on: poll() is used throughout.
    socket_t socket() const override { return 0; }

private:
    static void none(std::string& ip, int& port) {
        ip.clear();
        port = 0;
    }

    Wire& wire_;
};

class Engine final : public httplib::Server {
public:
    explicit Engine(Application& application) : application_(application) {
        set_payload_max_length(limits::body_bytes);
        set_keep_alive_max_count(limits::requests_per_connection);
        set_keep_alive_timeout(limits::idle.count());
        set_pre_routing_handler([this](const auto& request, auto& response) {
            return before(request, response);
        });
        Post("/.*", [this](const auto& request, auto& response, const auto& body) {
            post(request, response, body);
        });
        set_exception_handler([this](const auto&, auto& response, std::exception_ptr) {
            response = httplib::Response();
            put(application_.failed(500), response);
        });
        // Called for every status from 400 on: ours have a body already.
        set_error_handler([this](const auto&, auto& response) {
            if (response.body.empty()) put(application_.failed(response.status), response);
        });
    }

    // Reads one request and answers it. True when another may follow.
    bool serve_one(Wire& wire, bool last) {
        const auto begun = SteadyClock::now();
        wire.expect(limits::head_bytes, begun + limits::head_time);
        Framing framing;
        Stream stream(wire);
        bool closed = false;
        const bool answered =
            process_request(stream, last, closed, [&](httplib::Request& request) {
                framing = framing_of(request);
                tidy(request, framing.keep);
                wire.expect(framing.chunked ? limits::wire_bytes : framing.length,
                            begun + limits::body_time);
            });
        const bool sent = wire.flush();
        // An unread rest of a body would be taken for the next request.
        return answered && sent && !closed && !last && framing.keep &&
               wire.taken() == framing.length;
    }

private:
    HandlerResponse before(const httplib::Request& request, httplib::Response& response) {
        if (const auto problem = problem_of_head(request)) {
            put(to_response(*problem), response);
            if (problem->status == 405) response.set_header("Allow", "GET, HEAD, POST");
            return HandlerResponse::Handled;
        }
        if (request.method == "POST") return HandlerResponse::Unhandled;
        const Request taken = taken_over(request);
        const auto refused = application_.admit(taken);
        put(refused ? *refused : application_.answer(taken), response);
        return HandlerResponse::Handled;
    }

    void post(const httplib::Request& from, httplib::Response& response,
              const httplib::ContentReader& body) {
        Request request = taken_over(from);
        if (const auto refused = application_.admit(request)) return put(*refused, response);
        bool fits = true;
        // Counted here: the library's limit does not hold for chunked bodies.
        const bool whole = body([&](const char* data, std::size_t size) {
            fits = request.body.size() + size <= limits::body_bytes;
            if (fits) request.body.append(data, size);
            return fits;
        });
        if (!fits) {
            response = httplib::Response();
            return put(to_response(bad_framing(413, "A body may have 262144 bytes.")), response);
        }
        if (!whole) {
            response = httplib::Response();
            return put(to_response(bad_framing(400, "The body did not arrive whole.")), response);
        }
        put(application_.answer(request), response);
    }

    Application& application_;
};

// Idle connections must leave descriptors for the store and the mail.
std::size_t idle_places() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return limits::spare_descriptors;
    const std::size_t taken = limits::workers + limits::spare_descriptors;
    const auto soft = static_cast<std::size_t>(limit.rlim_cur);
    return std::clamp(soft > taken ? soft - taken : 0, std::size_t{16}, limits::idle_connections);
}

}  // namespace

struct Server::Parts {
    explicit Parts(Application& application, Listening at)
        : listening(std::move(at)),
          engine(application),
          workers(limits::workers, limits::queue, [this](Visit visit) { serve(std::move(visit)); }),
          reception(listening.socket.get(), workers, idle_places()) {}

    void serve(Visit visit) {
        Wire wire(visit.socket.get());
        for (;;) {
            const auto patience = workers.busy() ? std::chrono::milliseconds(0) : limits::linger;
            if (!wire.readable(patience)) return reception.hold(std::move(visit));
            ++visit.requests;
            const bool last = stopping || visit.requests >= limits::requests_per_connection;
            if (!engine.serve_one(wire, last)) break;
        }
        wire.say_goodbye();
    }

    Listening listening;
    Engine engine;
    std::atomic<bool> stopping{false};
    Workers workers;
    Reception reception;
};

Server::Server(std::string listen, bool allow_public, Application& application)
    : listen_(std::move(listen)), allow_public_(allow_public), application_(application) {}

Server::~Server() { stop(); }

Done Server::start() {
    Result<Listening> listening = listen_at(listen_, allow_public_);
    if (!listening) return listening.error();
    try {
        parts_ = std::make_unique<Parts>(application_, std::move(*listening));
    } catch (const std::system_error&) {
        return Error{Code::unavailable, "cannot listen: no more threads may be started", listen_};
    }
    Done opened = parts_->reception.open();
    if (!opened) stop();
    return opened;
}

std::string Server::address() const { return parts_ ? parts_->listening.address : listen_; }

void Server::stop() {
    if (!parts_) return;
    parts_->stopping = true;
    parts_->reception.close();
    stop_listening(parts_->listening);
    parts_->workers.finish();
    parts_.reset();
}

}  // namespace stageclock::front
