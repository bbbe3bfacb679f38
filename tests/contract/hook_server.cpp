// SPDX-License-Identifier: MIT
#include "tests/contract/hook_server.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include <httplib.h>

namespace stageclock::test {

struct HookServer::Inside {
    httplib::Server server;
    int port = 0;
    std::mutex mutex;
    std::condition_variable stopping;
    bool stop = false;
    int status = 200;
    std::string body;
    std::string retry_after;
    Misbehaviour how = Misbehaviour::none;
    int calls = 0;
    std::set<int> ports;
    httplib::Request last;
    std::jthread thread;

    void handle(const httplib::Request& request, httplib::Response& response) {
        std::unique_lock lock(mutex);
        ++calls;
        ports.insert(request.remote_port);
        last = request;
        response.status = status;
        if (!retry_after.empty()) response.set_header("Retry-After", retry_after);
        if (how == Misbehaviour::none) {
            response.set_content(body, "text/plain");
        } else if (how == Misbehaviour::never_answers) {
            stopping.wait_for(lock, std::chrono::seconds(20), [this] { return stop; });
        } else if (how == Misbehaviour::cuts_its_answer) {
            response.set_content_provider(100, "text/plain",
                                          [](std::size_t, std::size_t, httplib::DataSink& sink) {
                                              sink.write("only this", 9);
                                              return false;
                                          });
        } else {
            response.set_chunked_content_provider("text/plain",
                                                  [](std::size_t, httplib::DataSink& sink) {
                                                      const std::string block(4096, 'x');
                                                      return sink.write(block.data(), block.size());
                                                  });
        }
    }
};

HookServer::HookServer() : inside_(std::make_unique<Inside>()) {
    auto& in = *inside_;
    const auto handler = [&in](const auto& request, auto& response) {
        in.handle(request, response);
    };
    in.server.Post(".*", handler);
    in.server.Put(".*", handler);
    in.server.Get(".*", handler);
    in.port = in.server.bind_to_any_port("127.0.0.1");
    in.thread = std::jthread([&in] { in.server.listen_after_bind(); });
    // stop() before it listens would go unheard.
    while (!in.server.is_running()) std::this_thread::yield();
}

HookServer::~HookServer() {
    {
        const std::lock_guard lock(inside_->mutex);
        inside_->stop = true;
    }
    inside_->stopping.notify_all();
    inside_->server.stop();
}

void HookServer::answer(int status, const std::string& body, const std::string& retry_after) {
    const std::lock_guard lock(inside_->mutex);
    inside_->how = Misbehaviour::none;
    inside_->status = status;
    inside_->body = body;
    inside_->retry_after = retry_after;
}

void HookServer::misbehave(Misbehaviour how) {
    answer(200);
    const std::lock_guard lock(inside_->mutex);
    inside_->how = how;
}

std::string HookServer::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(inside_->port) + path;
}

int HookServer::calls() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->calls;
}

int HookServer::connections() const {
    const std::lock_guard lock(inside_->mutex);
    return static_cast<int>(inside_->ports.size());
}

std::string HookServer::last_body() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->last.body;
}

std::string HookServer::last_target() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->last.target;
}

std::string HookServer::last_type() const { return last_header("Content-Type"); }

std::string HookServer::last_header(const std::string& name) const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->last.get_header_value(name.c_str());
}

}  // namespace stageclock::test
