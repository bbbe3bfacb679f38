// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

namespace stageclock::test {

// An HTTP server on loopback that plays a chat platform, well or badly. Thread-safe.
class HookServer {
public:
    HookServer();
    ~HookServer();
    HookServer(const HookServer&) = delete;
    HookServer& operator=(const HookServer&) = delete;

    // From now on every POST, PUT and GET is answered so.
    void answer(int status, const std::string& body = "", const std::string& retry_after = "");
    enum class Misbehaviour { none, never_answers, cuts_its_answer, never_ends };
    void misbehave(Misbehaviour how);

    std::string url(const std::string& path) const;
    int calls() const;
    int connections() const;  // different client ports seen
    std::string last_body() const;
    std::string last_target() const;  // path and query as they came
    std::string last_type() const;
    std::string last_header(const std::string& name) const;  // empty: it had none

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace stageclock::test
