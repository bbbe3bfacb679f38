// SPDX-License-Identifier: MIT
#include "bot/app/outbox.h"

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "bot/app/engine.h"
#include "tests/support/fake_clock.h"
#include "tests/support/flaky_store.h"
#include "tests/support/plain_seal.h"
#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

constexpr const char* officer = "school-line-manager";
constexpr const char* officers_address = "line-manager@school.example.org";

// A channel that says what the test wants and notes whom it was asked to reach.
class Channel final : public Notifier {
public:
    explicit Channel(std::string name) : name_(std::move(name)) {}
    Delivery says{Delivered::accepted, "ok"};
    std::vector<std::string> reached;

    std::string_view channel() const override { return name_; }
    Result<Rendered> render(const Outgoing& outgoing) const override {
        return Rendered{"text/plain", "words", "", outgoing.notice.destination, ""};
    }
    Delivery deliver(const Rendered& message) override {
        reached.push_back(message.recipient);
        return says;
    }

private:
    std::string name_;
};

class NoForms final : public FormRenderer {
public:
    Result<std::string> render(const FormValues&) const override { return std::string("form"); }
};

Rulebook rulebook_with(const std::vector<std::string>& channels) {
    Small small;
    for (Post& post : small.directory.posts) {
        if (post.id != officer) continue;
        post.channels = channels;
        post.phone = "07700 900000";
    }
    return Rulebook({{small.board, small.policy, small.directory}}, {small.calendar});
}

// A case at stage 2, whose officer is told by some channels.
struct House {
    FakeClock clock{utc("2026-06-05T10:00:00Z")};
    FlakyStore store{make_memory_store()};
    Rulebook rulebook;
    NoForms forms;
    std::map<std::string, FormLayout> layouts;
    Settings settings;
    PlainSeal seal;
    std::map<std::string, std::unique_ptr<Templates>> templates;
    std::map<std::string, Channel*> channels;
    Dispatch dispatch;
    Outbox outbox{store, clock, dispatch, 1};
    Engine engine{store, clock, rulebook, [] {}};
    std::vector<Update> unreached;
    std::string ref;

    explicit House(const std::vector<std::string>& of_the_officer, bool urgent = false)
        : rulebook(rulebook_with(of_the_officer)),
          dispatch({store, rulebook, forms, forms, layouts, notifiers(), settings, seal,
                    templates}) {
        outbox.when_unreached([this](Update update) {
            unreached.push_back(std::move(update));
            return Answer{};
        });
        engine.start();
        Update raise = raise_update();
        raise.facts.urgent = urgent;
        raise.source = "test";
        raise.id = "raise";
        ref = engine.submit(raise).ref;
        outbox.step();
        for (auto& [name, channel] : channels) channel->reached.clear();
    }
    ~House() { engine.stop(); }

    std::vector<std::unique_ptr<Notifier>> notifiers() {
        std::vector<std::unique_ptr<Notifier>> all;
        for (const char* name : {"mail", "teams", "slack", "sms"}) {
            auto channel = std::make_unique<Channel>(name);
            channels[name] = channel.get();
            all.push_back(std::move(channel));
        }
        return all;
    }
    void escalate() {
        Update update = update_of(UpdateKind::escalate);
        update.ref = ref;
        update.source = "test";
        update.id = "escalate";
        REQUIRE(engine.submit(update).kind == Answer::Kind::accepted);
    }
    void escalate_and_send() {
        escalate();
        outbox.step();
    }
    void later(std::chrono::minutes by) {
        REQUIRE(clock.move_to(clock.now() + by));
        outbox.step();
    }
    Channel& channel(const std::string& name) { return *channels.at(name); }
    std::size_t sent(const std::string& name, const std::string& to) {
        const auto& all = channel(name).reached;
        return static_cast<std::size_t>(std::count(all.begin(), all.end(), to));
    }
    // By which channels the officer's prompt went or is to go.
    std::string ways() {
        std::string all;
        const auto rows = store.notices(ref);
        REQUIRE(rows);
        for (const NoticeRow& row : *rows) {
            if (row.notice.to.id == officer && row.notice.reason == Reason::stage_entered) {
                if (!all.empty()) all += ", ";
                all += row.notice.channel;
                if (row.notice.instead_of.empty()) continue;
                all += " instead of " + row.notice.instead_of;
            }
        }
        return all;
    }
};

}  // namespace

TEST_CASE("a nudge goes beside the mail, and the next channel is left alone") {
    House house({"teams:desk", "sms"});
    house.escalate_and_send();
    CHECK(house.ways() == "mail, teams");
    CHECK(house.sent("mail", officers_address) == 1);
    CHECK(house.sent("teams", "desk") == 1);
    CHECK(house.channel("sms").reached.empty());
}

TEST_CASE("a channel that refuses is followed by the next, and nobody is called unreachable") {
    House house({"teams:desk", "slack:desk", "sms"});
    house.channel("teams").says = {Delivered::never, "HTTP 404"};
    house.channel("slack").says = {Delivered::never, "channel_not_found"};
    house.escalate_and_send();
    CHECK(house.ways() == "mail, teams, slack instead of teams, sms instead of slack");
    CHECK(house.sent("sms", "07700 900000") == 1);
    CHECK(house.unreached.empty());
}

TEST_CASE("a channel that is not in time is followed by the next, and tried again") {
    House house({"teams:desk", "sms"});
    house.channel("teams").says = {Delivered::try_again, "HTTP 503"};
    house.escalate_and_send();
    CHECK(house.ways() == "mail, teams");
    for (int i = 0; i < 31; ++i) house.later(std::chrono::minutes(1));
    CHECK(house.ways() == "mail, teams, sms instead of teams");
    CHECK(house.sent("sms", "07700 900000") == 1);
    house.channel("teams").says = {Delivered::accepted, "HTTP 200"};
    house.later(std::chrono::hours(2));
    CHECK(house.ways() == "mail, teams, sms instead of teams");
}

TEST_CASE("a wait that is known to be too long is not waited for") {
    House house({"teams:desk", "sms"});
    house.channel("teams").says = {Delivered::try_again, "HTTP 429", std::chrono::hours(1)};
    house.escalate_and_send();
    CHECK(house.ways() == "mail, teams, sms instead of teams");
}

TEST_CASE("an urgent prompt goes by two channels at once") {
    House house({"teams:desk", "slack:desk", "sms"}, true);
    house.escalate_and_send();
    CHECK(house.ways() == "mail, teams, slack");
    CHECK(house.channel("sms").reached.empty());
}

TEST_CASE("a mail that fails goes by the first other channel, and the case learns of it") {
    House house({"teams:desk", "sms"});
    house.channel("mail").says = {Delivered::never, "550 5.1.1"};
    house.channel("teams").says = {Delivered::never, "HTTP 410"};
    house.outbox.start();
    house.escalate();
    CHECK(house.outbox.wait_until_sent(std::chrono::seconds(20)));
    house.outbox.stop();
    CHECK_FALSE(house.unreached.empty());
    CHECK(house.ways() == "mail, teams, sms instead of teams");
}

TEST_CASE("what is not owed any more does not go by the next channel") {
    House house({"teams:desk", "sms"});
    house.channel("teams").says = {Delivered::never, "HTTP 404"};
    house.escalate();
    Update resolve = update_of(UpdateKind::resolve);
    resolve.ref = house.ref;
    resolve.source = "test";
    resolve.id = "resolve";
    REQUIRE(house.engine.submit(resolve).kind == Answer::Kind::accepted);
    house.outbox.step();
    CHECK(house.ways().find("instead of") == std::string::npos);
}

TEST_CASE("the next channel is noted before the failure: a store in the way loses neither") {
    House house({"teams:desk", "sms"});
    house.channel("teams").says = {Delivered::never, "HTTP 404"};
    house.store.posts_fail = true;
    house.escalate_and_send();
    CHECK(house.ways() == "mail, teams");
    house.store.posts_fail = false;
    house.later(std::chrono::minutes(6));
    CHECK(house.ways() == "mail, teams, sms instead of teams");
    CHECK(house.sent("sms", "07700 900000") == 1);
}
