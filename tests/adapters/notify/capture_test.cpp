// SPDX-License-Identifier: MIT
#include <filesystem>

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "tests/adapters/notify/fixtures.h"

using namespace stageclock;
using namespace stageclock::test;
namespace fs = std::filesystem;

namespace {

const FakeTemplates templates;

std::vector<fs::path> files_in(const std::string& folder) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(folder)) out.push_back(entry.path());
    return out;
}

Settings captured_in(const std::string& folder) {
    auto settings = some_settings();
    settings.data_dir = folder;
    settings.chats = {{"camden-desk", "teams", "https://hook.example.org/canary", "", "", ""}};
    return settings;
}

const auto nowhere_kept = make_memory_store();
Places& nowhere = *nowhere_kept;

Notifier& channel(const std::vector<std::unique_ptr<Notifier>>& notifiers, std::string_view name) {
    for (const auto& notifier : notifiers) {
        if (notifier->channel() == name) return *notifier;
    }
    throw std::runtime_error("no such channel");
}

}  // namespace

TEST_CASE("unless delivery is live, a mail is kept as the bytes that would be sent") {
    const TemporaryFolder folder;
    const auto notifiers = make_notifiers(captured_in(folder.path()), templates, nowhere);
    REQUIRE(notifiers);
    auto& mail = channel(*notifiers, "mail");
    const auto notice = a_notice();
    const auto rendered = mail.render({notice, a_model(), no_attachments});
    REQUIRE(rendered);
    const auto delivery = mail.deliver(*rendered);
    CHECK(delivery.outcome == Delivered::accepted);
    const auto kept = files_in(folder.path() + "/outbox/new");
    REQUIRE(kept.size() == 1);
    CHECK(file_text(kept[0]) == rendered->bytes);
    const auto name = kept[0].filename().string();
    CHECK(name.starts_with("mail.CSCP-2026-0042."));
    CHECK(delivery.reply == "captured as " + name + " for zoe@housing.example.org");
    CHECK(files_in(folder.path() + "/outbox/tmp").empty());
    CHECK(fs::is_directory(folder.path() + "/outbox/cur"));
}

TEST_CASE("a mail captured twice is one file, another recipient's is another") {
    const TemporaryFolder folder;
    const auto notifiers = make_notifiers(captured_in(folder.path()), templates, nowhere);
    REQUIRE(notifiers);
    auto& mail = channel(*notifiers, "mail");
    Rendered message{"message/rfc822", "A: b\r\n\r\nx\r\n", "a@example.org", "b@example.org"};
    CHECK(mail.deliver(message).reply == mail.deliver(message).reply);
    CHECK(files_in(folder.path() + "/outbox/new").size() == 1);
    message.recipient = "c@example.org";
    CHECK(mail.deliver(message).outcome == Delivered::accepted);
    CHECK(files_in(folder.path() + "/outbox/new").size() == 2);
}

TEST_CASE("a chat message is kept as the body of a mail, without the address of its hook") {
    const TemporaryFolder folder;
    const auto notifiers = make_notifiers(captured_in(folder.path()), templates, nowhere);
    REQUIRE(notifiers);
    auto& chat = channel(*notifiers, "teams");
    const auto notice = a_chat_notice();
    const auto rendered = chat.render({notice, a_model(), no_attachments});
    REQUIRE(rendered);
    CHECK(chat.deliver(*rendered).outcome == Delivered::accepted);
    const auto kept = files_in(folder.path() + "/outbox/new");
    REQUIRE(kept.size() == 1);
    const auto text = file_text(kept[0]);
    CHECK(text.starts_with("Subject: message for teams camden-desk\r\n"));
    CHECK(text.ends_with("\r\n\r\n" + rendered->bytes));
    CHECK(text.find("canary") == std::string::npos);
}

TEST_CASE("a message cannot name a file outside the outbox") {
    const TemporaryFolder folder;
    const auto notifiers = make_notifiers(captured_in(folder.path()), templates, nowhere);
    REQUIRE(notifiers);
    const Rendered mail{"message/rfc822", "A: b\r\nX-Stageclock-Case: ../../../x:2,S\r\n\r\n", "a",
                        "b"};
    CHECK(channel(*notifiers, "mail").deliver(mail).outcome == Delivered::accepted);
    const Rendered chat{"application/json", "{}", "", "../../x\r\nBcc: y"};
    CHECK(channel(*notifiers, "teams").deliver(chat).outcome == Delivered::accepted);
    CHECK(files_in(folder.path() + "/outbox/new").size() == 2);
    for (const auto& file : files_in(folder.path() + "/outbox/new")) {
        CHECK(file_text(file).find("\nBcc:") == std::string::npos);
        CHECK(file.filename().string().find(':') == std::string::npos);
    }
    CHECK(files_in(folder.path()).size() == 1);
}

TEST_CASE("an outbox that cannot be written is tried again, one that cannot be made is an error") {
    const TemporaryFolder folder;
    const auto notifiers = make_notifiers(captured_in(folder.path()), templates, nowhere);
    REQUIRE(notifiers);
    fs::remove_all(folder.path() + "/outbox/tmp");
    const Rendered mail{"message/rfc822", "A: b\r\n\r\n", "a", "b"};
    CHECK(channel(*notifiers, "mail").deliver(mail).outcome == Delivered::try_again);
    std::ofstream(folder.path() + "/file") << "in the way";
    const auto refused = make_notifiers(captured_in(folder.path() + "/file"), templates, nowhere);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::unavailable);
}

TEST_CASE("live delivery needs a mail server, and only what is configured is made") {
    const TemporaryFolder folder;
    auto settings = captured_in(folder.path());
    settings.live = true;
    const auto refused = make_notifiers(settings, templates, nowhere);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where == "smtp.url");
    settings.smtp.url = "smtp://mail.example.org:587";
    const auto live = make_notifiers(settings, templates, nowhere);
    REQUIRE(live);
    CHECK(live->size() == 2);
    CHECK(files_in(folder.path()).empty());
    settings.chats.clear();
    CHECK(make_notifiers(settings, templates, nowhere)->size() == 1);
}

TEST_CASE("a mail sent again after a crash takes the place of the first") {
    const TemporaryFolder folder;
    const auto notifiers = make_notifiers(captured_in(folder.path()), templates, nowhere);
    REQUIRE(notifiers);
    auto& mail = channel(*notifiers, "mail");
    const std::string head = "A: b\r\nMessage-Id: <1@example.org>\r\n";
    Rendered message{"message/rfc822", head + "\r\nx\r\n", "a@example.org", "b@example.org"};
    CHECK(mail.deliver(message).outcome == Delivered::accepted);
    message.bytes = head + "X-Stageclock-Possible-Repeat: yes\r\n\r\nx\r\n";
    CHECK(mail.deliver(message).outcome == Delivered::accepted);
    CHECK(files_in(folder.path() + "/outbox/new").size() == 1);
}
