// SPDX-License-Identifier: MIT
//
// The files of a case: who sees them, and how their bytes are given; and what was done from a chat.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/http/http_front.h"
#include "tests/adapters/http/fake_desk.h"

using namespace stageclock;
using front::Request;
using front::Response;

namespace {

const std::string digest(64, 'a');
const std::string mail_digest(64, 'b');
const std::string file_path = "/cases/CSCP-2026-0042/files/" + digest;

class Mails final : public MailArchive {
public:
    Result<std::string> file(const std::string& mail, const std::string& sha256) const override {
        if (mail != mail_digest || sha256 != digest || lost)
            return Error{Code::not_found, "no such file", ""};
        return std::string("<script>alert(1)</script>\0\xff", 27);
    }
    bool lost = false;
};

struct House {
    FakeDesk desk;
    Mails mails;
    front::Routes routes{front_settings(), desk, {nullptr, nullptr, &mails, {}}};

    House() {
        auto& files = desk.views.at("CSCP-2026-0042").the_case.files;
        files.push_back({desk.now(),
                         Side::raising,
                         "Robin Sample",
                         {"plan \"<b>\".pdf", "application/pdf", 122880, digest, mail_digest}});
        files.push_back(
            {desk.now(), Side::receiving, "Kit", {"Re: visit", "message/rfc822", 0, "", "x"}});
    }
    Response get(const std::string& path, const std::string& token) {
        Request request{"GET", path, {}, ""};
        if (!token.empty()) request.headers.push_back({"authorization", "Bearer " + token});
        return routes.answer(request);
    }
};

std::string value_of(const Response& response, const std::string& name) {
    for (const auto& header : response.headers)
        if (header.name == name) return header.value;
    return "";
}

bool holds(const Response& response, const std::string& text) {
    return response.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("the bytes of a file are for whoever may see people, to be saved and never shown") {
    House house;
    CHECK(house.get(file_path, "").status == 401);
    CHECK(house.get(file_path, "wrong").status == 401);
    CHECK(house.get(file_path, reader_token).status == 403);
    for (const char* token : {officer_token, operator_token}) {
        const Response given = house.get(file_path, token);
        CHECK(given.status == 200);
        CHECK(given.body == std::string("<script>alert(1)</script>\0\xff", 27));
        CHECK(given.content_type == "application/octet-stream");
        CHECK(value_of(given, "Content-Disposition") == "attachment; filename=\"plan___b__.pdf\"");
        CHECK(value_of(given, "X-Content-Type-Options") == "nosniff");
        const auto policy = value_of(given, "Content-Security-Policy");
        CHECK(policy.starts_with("default-src 'none'"));
        CHECK(policy.find("sandbox") != std::string::npos);
    }
}

TEST_CASE("only a file of that case is given") {
    House house;
    const std::string other(64, 'c');
    for (const std::string& path :
         {"/cases/CSCP-2026-0042/files/" + other, std::string("/cases/CSCP-2026-0042/files/"),
          "/cases/NSSB-2026-0007/files/" + digest, "/cases/NONE-2026-0001/files/" + digest,
          file_path + "/x", "/cases/x" + file_path}) {
        CAPTURE(path);
        CHECK(house.get(path, operator_token).status == 404);
    }
    CHECK(house.get(file_path, north_token).status == 404);
    house.mails.lost = true;
    CHECK(house.get(file_path, operator_token).status == 404);
    FakeDesk desk;
    front::Routes without{front_settings(), desk};
    const Request request{
        "GET", file_path, {{"authorization", std::string("Bearer ") + operator_token}}, ""};
    CHECK(without.answer(request).status == 404);
}

TEST_CASE("the page of a case lists its files, with a link where the bytes are to be had") {
    House house;
    const Response page = house.get("/cases/CSCP-2026-0042", operator_token);
    CHECK(page.status == 200);
    CHECK(holds(page, "<h2>Files</h2>"));
    CHECK(holds(page, "<a href=\"" + file_path + "\">plan &quot;&lt;b&gt;&quot;.pdf</a>"));
    CHECK(holds(page, "120 KB"));
    CHECK(holds(page, "Robin Sample, raising side"));
    CHECK(holds(page, "<th scope=\"row\">Re: visit</th>"));
    CHECK_FALSE(holds(page, "<b>"));
}

TEST_CASE("the JSON of a case lists its files for whoever may see people") {
    House house;
    const std::string path = "/api/v1/cases/CSCP-2026-0042";
    const auto seen = nlohmann::json::parse(house.get(path, officer_token).body);
    REQUIRE(seen["files"].size() == 2);
    CHECK(seen["files"][0]["name"] == "plan \"<b>\".pdf");
    CHECK(seen["files"][0]["size"] == 122880);
    CHECK(seen["files"][0]["by"] == "Robin Sample");
    CHECK(seen["files"][0]["href"] == file_path);
    CHECK(seen["files"][1]["href"].is_null());
    const Response reader = house.get(path, reader_token);
    CHECK_FALSE(nlohmann::json::parse(reader.body).contains("files"));
    CHECK_FALSE(holds(reader, "plan"));
}

TEST_CASE("what was done from a chat stands on the page, and in the JSON for who may see people") {
    House house;
    house.desk.views.at("CSCP-2026-0042").the_case.by_chat = {
        {house.desk.now(), "acknowledged", Side::receiving, "line-manager", "slack:U0123ABCD"}};
    CHECK(holds(house.get("/cases/CSCP-2026-0042", operator_token),
                "acknowledged by chat, line manager of the receiving side (slack:U0123ABCD)"));
    const std::string path = "/api/v1/cases/CSCP-2026-0042";
    const auto seen = nlohmann::json::parse(house.get(path, officer_token).body);
    REQUIRE(seen["by_chat"].size() == 1);
    CHECK(seen["by_chat"][0]["what"] == "acknowledged");
    CHECK(seen["by_chat"][0]["side"] == "receiving");
    CHECK(seen["by_chat"][0]["account"] == "slack:U0123ABCD");
    CHECK_FALSE(holds(house.get(path, reader_token), "U0123ABCD"));
}
