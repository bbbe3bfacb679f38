// SPDX-License-Identifier: MIT
#include "bot/app/mail_sender.h"

#include <doctest/doctest.h>

namespace stageclock {
namespace {

IncomingMail mail_with(std::vector<std::string> results) {
    IncomingMail mail;
    mail.from_address = "sam@school.example.org";
    mail.authentication_results = std::move(results);
    return mail;
}

bool proven(std::vector<std::string> results) {
    return is_proven(mail_with(std::move(results)), "MX.board.example.org");
}

TEST_CASE("our border host's dmarc=pass for the domain of From proves the sender") {
    for (const char* value :
         {"mx.board.example.org; dmarc=pass header.from=school.example.org",
          "mx.board.example.org 1; spf=fail; dmarc=pass (p=reject; dis=none) "
          "header.from=school.example.org; dkim=none",
          "mx.board.example.org (our (own) host); DMARC/1 = Pass",
          "\"mx.board.example.org\"; dmarc=pass header.from=\"sam@School.example.org\""}) {
        CAPTURE(value);
        CHECK(proven({value}));
    }
}

TEST_CASE("anything else does not") {
    for (const char* value :
         {"", ";", "mx.board.example.org", "mx.board.example.org; none",
          "mx.board.example.org; dmarc=fail", "mx.board.example.org; dkim=pass; spf=pass",
          "mx.board.example.org; dmarc=pass header.from=other.example.org",
          "mx.board.example.org; dmarc=pass; dmarc=fail",
          "mx.board.example.org; spf=fail smtp.mailfrom=\"x; dmarc=pass\"",
          "mx.board.example.org; spf=fail (x; dmarc=pass)",
          "mx.board.example.org; spf=fail reason=dmarc=pass",
          "mx.board.example.org.evil.example; dmarc=pass",
          "mx.board.example.org; dmarc=passed", "mx.board.example.org; xdmarc=pass",
          "mx.board.example.org; (dmarc=pass"}) {
        CAPTURE(value);
        CHECK_FALSE(proven({value}));
    }
    CHECK_FALSE(proven({}));
}

TEST_CASE("only the topmost field of our own host counts") {
    CHECK(proven({"inner.example.org; dmarc=fail", "mx.board.example.org; dmarc=pass",
                  "mx.board.example.org; dmarc=fail"}));
    CHECK_FALSE(proven({"mx.board.example.org; dmarc=fail", "mx.board.example.org; dmarc=pass"}));
}

TEST_CASE("without a configured host the address is believed, without an address nothing is") {
    CHECK(is_proven(mail_with({}), ""));
    CHECK_FALSE(is_proven(IncomingMail{}, ""));
}

TEST_CASE("a place on a case comes from its contacts, its raiser, or a post of a side") {
    Case the_case;
    the_case.facts.raising.agency = "school";
    the_case.facts.receiving.agency = "housing";
    the_case.raiser = {Side::raising, "practitioner", "", "sam@school.example.org"};
    the_case.facts.contacts = {{Side::receiving, "practitioner", "Kit", "kit@example.org", ""}};
    Directory directory;
    const auto post = [&](const char* agency, const char* address) {
        Post made;
        made.agency = agency;
        made.role = "director";
        made.address = address;
        directory.posts.push_back(made);
    };
    post("housing", "director@housing.example.org");
    post("police", "director@police.example.org");
    post("", "chair@board.example.org");
    const auto side = [&](const char* address) {
        IncomingMail mail;
        mail.from_address = address;
        const auto actor = place_on(the_case, directory, mail);
        return actor ? actor->side : Side::none;
    };
    CHECK(side("SAM@school.example.org") == Side::raising);
    CHECK(side("kit@example.org") == Side::receiving);
    CHECK(side("director@housing.example.org") == Side::receiving);
    CHECK(side("chair@board.example.org") == Side::board);
    CHECK(side("director@police.example.org") == Side::none);
    CHECK(side("someone@school.example.org") == Side::none);
    CHECK(side("") == Side::none);
}

TEST_CASE("who may raise: a listed domain, exactly, or a post") {
    Board board;
    board.mail_domains = {"School.example.org"};
    Directory directory;
    directory.posts.resize(2);
    directory.posts[0].address = "lead@housing.example.org";
    CHECK(may_raise(board, directory, "sam@school.example.org"));
    CHECK(may_raise(board, directory, "Lead@housing.example.org"));
    CHECK_FALSE(may_raise(board, directory, "x@housing.example.org"));
    CHECK_FALSE(may_raise(board, directory, "x@sub.school.example.org"));
    CHECK_FALSE(may_raise(board, directory, "x@evilschool.example.org"));
    CHECK_FALSE(may_raise(board, directory, "school.example.org"));
    CHECK_FALSE(may_raise(board, directory, ""));
}

}  // namespace
}  // namespace stageclock
