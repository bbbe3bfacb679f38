# SPDX-License-Identifier: MIT
"""Every page, in a browser: judged by axe, walked by keyboard, in large letters and on a telephone;
mails at the width of a telephone; an answer given without a mouse."""

import base64
import json
import unittest

import node
from house import TOP, House, wait_for
from ladder_test import next_quiet_monday, raise_event
from action_page_test import link_in

PICTURES = TOP / "build" / "pictures" / "pages"


class Access(unittest.TestCase):
    def setUp(self) -> None:
        self.house = House()
        self.addCleanup(self.house.clear)
        self.house.start()
        self.house.forward(next_quiet_monday())
        status, answer = self.house.post(raise_event())
        self.assertEqual(status, 201, answer)
        self.ref = str(answer["case"])
        wait_for("the outbox to be empty", self.house.all_sent)
        PICTURES.mkdir(parents=True, exist_ok=True)

    def page(self, path: str, signed_in: bool = False) -> dict[str, str]:
        page = {"url": self.house.url + path}
        if signed_in:
            word = base64.b64encode(f":{self.house.secret('operator.token')}".encode()).decode()
            page["authorization"] = f"Basic {word}"
        return page

    def acting(self) -> str:
        return link_in(self.house, "rowan@council.example.org", "a")

    def test_every_page_can_be_used_by_everybody(self) -> None:
        notice = self.house.notices()[0]["id"]
        pages = [self.page("/"), self.page(self.acting()), self.page("/a/none"),
                 self.page("/cases", True), self.page(f"/cases/{self.ref}", True),
                 self.page("/outbox", True), self.page(f"/outbox/{notice}", True),
                 self.page("/refusals", True)]
        for seen in node.ask("pages.cjs", {"pages": pages, "pictures": str(PICTURES)}, 150):
            with self.subTest(page=seen["url"].removeprefix(self.house.url)):
                expected = 404 if seen["url"].endswith("/a/none") else 200
                self.assertEqual(seen["status"], expected)
                self.assertEqual(seen["axe"], [])
                self.assertEqual(seen["keyboard"], [])
                self.assertEqual(seen["sideways"], [])

    def test_a_mail_can_be_read_by_everybody(self) -> None:
        mail = self.house.mails_to("rowan@council.example.org")[-1]
        file = PICTURES / "mail.html"
        file.write_text(mail.get_body(("html",)).get_content(), encoding="utf-8")
        seen = node.ask("pages.cjs", {"pages": [{"url": file.as_uri()}],
                                      "pictures": str(PICTURES)}, 100)[0]
        self.assertEqual(seen["axe"], [])
        self.assertEqual(seen["sideways"], [])

    def test_a_case_is_resolved_without_a_mouse(self) -> None:
        done = node.ask("keyboard.cjs", {"url": self.house.url + self.acting(),
                                         "choice": "Resolved", "text": "A joint visit."}, 100)
        self.assertEqual(done["status"], 200, json.dumps(done))
        self.assertIn("Resolved", done["text"])
        self.assertEqual(self.house.get(f"/api/v1/cases/{self.ref}")[1]["status"], "resolved")


if __name__ == "__main__":
    unittest.main()
