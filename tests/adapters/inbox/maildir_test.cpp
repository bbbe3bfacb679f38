// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/registry.h"

namespace stageclock {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// A mailbox of its own, gone afterwards.
class Mailbox {
public:
    Mailbox() {
        std::string pattern = fs::temp_directory_path() / "stageclock-inbox-XXXXXX";
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        root_ = pattern;
        fs::create_directory(data());
        auto made = make_maildir_inbox(path(), data());
        REQUIRE(made);
        inbox = std::move(*made);
    }
    ~Mailbox() {
        std::error_code error;
        fs::remove_all(root_, error);
    }
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    std::string path() const { return root_ + "/mail"; }
    std::string data() const { return root_ + "/data"; }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(path() + "/tmp/" + name) << text;
        fs::rename(path() + "/tmp/" + name, path() + "/new/" + name);
    }
    static std::string mail(const std::string& id) {
        return "From: sam@example.org\r\nMessage-ID: <" + id + "@example.org>\r\n\r\nescalate\r\n";
    }
    std::vector<std::string> files(const std::string& folder) const {
        std::vector<std::string> names;
        for (const auto& file : fs::directory_iterator(path() + folder))
            names.push_back(file.path().filename());
        std::ranges::sort(names);
        return names;
    }

    std::unique_ptr<Inbox> inbox;

private:
    std::string root_;
};

struct Sink final : MailSink {
    Handled take(const IncomingMail& mail) override {
        ids.push_back(mail.id);
        last = mail;
        return answer;
    }
    Handled unreadable(const std::string& path, const std::string& why) override {
        unread.push_back(why);
        last.original = path;
        return Handled::aside;
    }
    Handled answer = Handled::done;
    std::vector<std::string> ids;
    std::vector<std::string> unread;
    IncomingMail last;
};

using Names = std::vector<std::string>;

TEST_CASE("a mailbox is made where there is none, for its owner only") {
    const Mailbox box;
    for (const char* folder : {"/tmp", "/new", "/cur", "/.aside/new"})
        CHECK(fs::is_directory(box.path() + folder));
    CHECK((fs::status(box.path()).permissions() & fs::perms::others_all) == fs::perms::none);
    CHECK_FALSE(make_maildir_inbox("/proc/no-such-place", "/proc/no-such-place"));
}

TEST_CASE("waiting mails are offered oldest first and filed when done") {
    const Mailbox box;
    box.write("b", Mailbox::mail("second"));
    box.write("a", Mailbox::mail("third"));
    box.write("c", Mailbox::mail("first"));
    const auto now = fs::file_time_type::clock::now();
    fs::last_write_time(box.path() + "/new/c", now - 3h);
    fs::last_write_time(box.path() + "/new/b", now - 2h);
    Sink sink;
    const auto handled = box.inbox->poll(sink, 0ms);
    CHECK(*handled == 3);
    CHECK(sink.ids ==
          Names{"<first@example.org>", "<second@example.org>", "<third@example.org>"});
    CHECK(box.files("/new").empty());
    CHECK(box.files("/cur") == Names{"a:2,S", "b:2,S", "c:2,S"});
}

TEST_CASE("a copy of every mail is kept, from which its files can be had") {
    const Mailbox box;
    const std::string text =
        "From: sam@example.org\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: application/pdf; name=a.pdf\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjcK\r\n";
    box.write("m", text);
    Sink sink;
    CHECK(*box.inbox->poll(sink, 0ms) == 1);
    const auto copy = box.data() + "/mail/" + sink.last.digest + ".eml";
    REQUIRE(fs::exists(copy));
    CHECK(fs::status(copy).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(fs::file_size(copy) == text.size());
    fs::remove(box.path() + "/cur/m:2,S");

    const auto archive = make_mail_archive(box.data());
    REQUIRE(sink.last.attachments.size() == 1);
    const auto sha256 = sink.last.attachments[0].sha256;
    const auto bytes = archive->file(sink.last.digest, sha256);
    REQUIRE(bytes);
    CHECK(*bytes == "%PDF-1.7\n");
    CHECK(archive->file(sink.last.digest, std::string(64, '0')).error().code == Code::not_found);
    for (const auto& mail : {std::string(64, '0'), std::string("../stageclock"), std::string()})
        CHECK(archive->file(mail, sha256).error().code == Code::not_found);
    std::ofstream(copy) << "changed";
    CHECK(archive->file(sink.last.digest, sha256).error().code == Code::internal);
}

TEST_CASE("a mail whose copy cannot be kept stays") {
    const Mailbox box;
    std::ofstream(box.data() + "/mail") << "in the way";
    box.write("m", Mailbox::mail("one"));
    Sink sink;
    CHECK_FALSE(box.inbox->poll(sink, 0ms));
    CHECK(sink.ids.empty());
    CHECK(box.files("/new") == Names{"m"});
}

TEST_CASE("a mail set aside is kept where the sink was told it would be") {
    const Mailbox box;
    box.write("m", Mailbox::mail("one"));
    std::ofstream(box.path() + "/.aside/new/m") << "an older one";
    Sink sink;
    sink.answer = Handled::aside;
    CHECK(*box.inbox->poll(sink, 0ms) == 1);
    CHECK(sink.last.original == box.path() + "/.aside/new/m-2");
    CHECK(fs::exists(sink.last.original));
    CHECK(box.files("/.aside/new") == Names{"m", "m-2"});
}

TEST_CASE("a mail for later stays, and the ones behind it wait their turn") {
    const Mailbox box;
    box.write("1", Mailbox::mail("one"));
    box.write("2", Mailbox::mail("two"));
    Sink sink;
    sink.answer = Handled::later;
    CHECK(*box.inbox->poll(sink, 0ms) == 0);
    CHECK(sink.ids.front() == sink.ids.back());
    CHECK(box.files("/new") == Names{"1", "2"});
    sink.answer = Handled::done;
    CHECK(*box.inbox->poll(sink, 0ms) == 2);
}

TEST_CASE("what is no mail is set aside with its reason") {
    const Mailbox box;
    box.write("empty", "");
    box.write("large", "From: a@example.org\r\n\r\n" + std::string((10 << 20) + 1, 'x'));
    fs::create_symlink("/etc/hostname", box.path() + "/new/link");
    fs::create_directory(box.path() + "/new/folder");
    REQUIRE(mkfifo((box.path() + "/new/pipe").c_str(), 0600) == 0);
    box.write("good", Mailbox::mail("good"));
    Sink sink;
    CHECK(*box.inbox->poll(sink, 0ms) == 6);
    CHECK(sink.unread.size() == 5);
    CHECK(sink.ids == Names{"<good@example.org>"});
    CHECK(box.files("/new").empty());
    CHECK(box.files("/.aside/new") == Names{"empty", "folder", "large", "link", "pipe"});
}

TEST_CASE("a file somebody still writes is left until it is whole") {
    const Mailbox box;
    std::ofstream slow(box.path() + "/new/slow");
    slow << "From: sam@example.org\r\nMessage-ID: <slow@exam" << std::flush;
    Sink sink;
    CHECK(*box.inbox->poll(sink, 0ms) == 0);
    CHECK(sink.ids.empty());
    slow << "ple.org>\r\n\r\nescalate\r\n";
    slow.close();
    CHECK(*box.inbox->poll(sink, 5s) == 1);
    CHECK(sink.ids == Names{"<slow@example.org>"});
}

TEST_CASE("a delivery by link, as Postfix does it, ends the wait at once") {
    const Mailbox box;
    const auto started = std::chrono::steady_clock::now();
    std::jthread postfix([&] {
        std::ofstream(box.path() + "/tmp/p") << Mailbox::mail("linked");
        link((box.path() + "/tmp/p").c_str(), (box.path() + "/new/p").c_str());
        unlink((box.path() + "/tmp/p").c_str());
    });
    Sink sink;
    int handled = 0;
    while (handled == 0 && std::chrono::steady_clock::now() - started < 20s)
        handled = *box.inbox->poll(sink, 10s);
    CHECK(sink.ids == Names{"<linked@example.org>"});
    CHECK(std::chrono::steady_clock::now() - started < 8s);
    CHECK(sink.last.arrived.has_value());
}

TEST_CASE("a waiting poll can be interrupted, also just before it waits") {
    const Mailbox box;
    Sink sink;
    const auto started = std::chrono::steady_clock::now();
    box.inbox->interrupt();
    CHECK(*box.inbox->poll(sink, 30s) == 0);
    std::jthread other([&] { box.inbox->interrupt(); });
    CHECK(*box.inbox->poll(sink, 30s) == 0);
    CHECK(std::chrono::steady_clock::now() - started < 20s);
}

TEST_CASE("a mailbox that was removed is made anew, one that cannot be read is an error") {
    const Mailbox box;
    Sink sink;
    fs::remove_all(box.path());
    CHECK(*box.inbox->poll(sink, 0ms) == 0);
    box.write("m", Mailbox::mail("after"));
    CHECK(*box.inbox->poll(sink, 0ms) == 1);
    fs::remove_all(box.path());
    std::ofstream(box.path()) << "a file in its place";
    const auto failed = box.inbox->poll(sink, 0ms);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == Code::unavailable);
}

}  // namespace
}  // namespace stageclock
