// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "adapters/support/http_client.h"
#include "bot/core/notice.h"
#include "bot/ports/notifier.h"
#include "bot/ports/settings.h"
#include "bot/ports/templates.h"

namespace stageclock::test {

// Templates of one kind of mark, {{name}}: enough to see what a notifier does with the outcome.
class FakeTemplates final : public Templates {
public:
    std::map<std::string, std::string, std::less<>> texts{
        {"email/deadline-near.subject", "[{{ref}}] Safeguarding escalation"},
        {"email/deadline-near.txt", "Dear {{name}},\n\n{{ask}}\n.\nFrom the board\n"},
        {"email/deadline-near.html", "<p>Dear {{name}},</p>\n<p>{{ask}}</p>\n"},
        {"teams/notice.json",
         R"({"type":"AdaptiveCard","version":"1.3","body":[{"type":"TextBlock",)"
         R"("text":"{{ref}}: {{ask}}"}],"actions":[{"type":"Action.OpenUrl",)"
         R"("url":"https://case.example.org/{{ref}}","title":"Open"}]})"}};

    Result<std::string> render(std::string_view name, const Model& model) const override {
        const auto found = texts.find(name);
        if (found == texts.end()) {
            return Error{Code::not_found, "no such template", std::string(name)};
        }
        return filled(found->second, model);
    }
    bool has(std::string_view name) const override { return texts.find(name) != texts.end(); }
    std::vector<std::string> names() const override {
        std::vector<std::string> all;
        for (const auto& [name, text] : texts) all.push_back(name);
        return all;
    }
    Result<std::string> render_json(std::string_view name, const Model& model) const override {
        return render(name, model);
    }

private:
    static Result<std::string> filled(std::string text, const Model& model) {
        for (auto at = text.find("{{"); at != std::string::npos; at = text.find("{{", at)) {
            const auto end = text.find("}}", at);
            const auto name = text.substr(at + 2, end - at - 2);
            const auto part = model.parts()->find(name);
            if (part == model.parts()->end()) {
                return Error{Code::invalid_input, "the model has no such name", name};
            }
            text.replace(at, end + 2 - at, *part->second.text());
            at += part->second.text()->size();
        }
        return text;
    }
};

// Settings with one destination, "camden-desk", of this channel.
inline Settings one_chat(const std::string& channel, const std::string& url) {
    Settings settings;
    settings.chats = {{"camden-desk", channel, url, "", "", ""}};
    return settings;
}

// Limits of about a second, and loopback allowed.
inline http::ClientOptions impatient() {
    http::ClientOptions options;
    options.local_hosts = {"127.0.0.1"};
    options.connect_limit = std::chrono::milliseconds(500);
    options.total_limit = std::chrono::milliseconds(800);
    return options;
}

inline Notice a_notice() {
    Notice notice;
    notice.ref = "CSCP-2026-0042";
    notice.rule = "resolve-2";
    notice.kind = NoticeKind::reminder;
    notice.reason = Reason::deadline_near;
    notice.occurrence = 1;
    notice.to.id = "camden-housing-3";
    notice.to.name = "Zoë Example";
    notice.to.address = "zoe@housing.example.org";
    notice.channel = "mail";
    notice.destination = notice.to.address;
    notice.scheduled = *parse_rfc3339("2026-12-23T09:00:00Z");
    notice.decided = *parse_rfc3339("2026-12-23T09:00:01Z");
    notice.stage = "2";
    notice.stage_title = "Discussion between frontline managers";
    notice.title = "Resolve or escalate";
    notice.ask = "Resolve the disagreement or escalate it.";
    notice.deadline = *parse_rfc3339("2026-12-24T17:00:00Z");
    return notice;
}

inline Model a_model() {
    Model model;
    model["ref"] = "CSCP-2026-0042";
    model["name"] = "Zoë Example";
    model["ask"] =
        "Please resolve the disagreement, or escalate it, by Thursday 24 December 2026 "
        "at 17:00. One line that is longer than a mail should have = quoted-printable.";
    return model;
}

inline Notice a_chat_notice() {
    auto notice = a_notice();
    notice.channel = "teams";
    notice.destination = "camden-desk";
    return notice;
}

inline Settings some_settings() {
    Settings settings;
    settings.mail_from = "stageclock@board.example.org";
    settings.mail_from_name = "Camden Safeguarding Children Partnership";
    return settings;
}

inline const std::vector<Attachment> no_attachments;

inline std::string file_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// A new folder below the system's temporary one, removed with what is in it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        auto pattern = (std::filesystem::temp_directory_path() / "stageclock-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace stageclock::test
