# SPDX-License-Identifier: MIT
"""Deadlines in calendars, through the real binary: the file in a mail, its end, and the calendar an
officer subscribes to, as the case goes up the ladder."""

import email.message
import re
import unittest
import urllib.error
import urllib.request

from house import House, wait_for
from ladder_test import event, next_quiet_monday, raise_event

PERSONAL = ("Sam Sample", "Robin", "Rowan", "@trust.example.org", "@council.example.org")


def files(mail: email.message.EmailMessage) -> dict[str, str]:
    """The calendar files of a mail, by name, unfolded (RFC 5545 section 3.1)."""
    found = {}
    for part in mail.iter_attachments():
        if part.get_content_type() == "text/calendar":
            text = part.get_content().replace("\r\n", "\n").replace("\n ", "")
            assert part.get_param("method") == re.search("^METHOD:(.*)$", text, re.M)[1]
            found[part.get_filename()] = text
    return found


def values(text: str, name: str) -> list[str]:
    return re.findall(rf"^{name}(?:;[^:]*)?:(.*)$", text, re.M)


class Calendars(unittest.TestCase):
    def setUp(self) -> None:
        self.house = House()
        self.addCleanup(self.house.clear)
        self.house.start()
        self.house.forward(next_quiet_monday())
        status, answer = self.house.post(raise_event())
        self.assertEqual(status, 201, answer)
        self.ref = str(answer["case"])
        self.sent()

    def sent(self) -> None:
        wait_for("every mail to be taken in", self.house.all_taken_in)
        wait_for("the outbox to be empty", self.house.all_sent)

    def read(self, path: str, tag: str = "", method: str = "GET") -> tuple[int, str, str]:
        """Status, text and ETag of an address, without any token."""
        request = urllib.request.Request(self.house.url + path, method=method,
                                         headers={"If-None-Match": tag} if tag else {})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                self.headers = answer.headers
                text = answer.read().decode().replace("\r\n", "\n").replace("\n ", "")
                return answer.status, text, str(answer.headers["ETag"])
        except urllib.error.HTTPError as error:
            self.headers = error.headers
            return error.code, error.read().decode(), ""

    def feed_of(self, address: str) -> str:
        text = self.house.mails_to(address)[-1].get_body(("plain",)).get_content()
        found = re.search(rf"{self.house.url}(/calendar/[0-9a-z-]+\.ics)", text)
        assert found, text
        return found.group(1)

    def escalate(self, stage: str) -> None:
        status, answer = self.house.post(event("escalate", self.ref, "to-" + stage, stage=stage,
                                               text="We could not agree."))
        self.assertEqual((status, answer["stage"]), (200, stage))
        self.sent()

    def test_a_subscribed_calendar_follows_the_case(self) -> None:
        path = self.feed_of("rowan@council.example.org")
        status, first, tag = self.read(path)
        self.assertEqual(status, 200)
        self.assertTrue(self.headers["Content-Type"].startswith("text/calendar"))
        self.assertTrue(self.headers["Cache-Control"].startswith("private"))
        self.assertTrue(values(first, "SUMMARY"), first)
        for summary in values(first, "SUMMARY"):
            self.assertTrue(summary.startswith(self.ref + ": "), summary)
        for personal in PERSONAL:
            self.assertNotIn(personal, first)
        self.assertEqual(self.read(path, tag)[0], 304)
        self.escalate("2")
        status, second, _ = self.read(path, tag)
        self.assertEqual(status, 200)
        self.assertNotEqual(values(second, "UID"), values(first, "UID"))
        above = self.read(self.feed_of("sid@council.example.org"))[1]
        self.assertTrue(values(above, "UID"), above)

    def test_any_other_address_is_nothing(self) -> None:
        path = self.feed_of("rowan@council.example.org")
        changed = path[:-5] + ("0" if path[-5] != "0" else "1") + ".ics"
        for other in (changed, path[:-4], "/calendar/", "/calendar/.ics", "/calendar/1.ics",
                      path.replace("/calendar/", "/a/")):
            self.assertEqual(self.read(other)[0], 404, other)
        page = self.house.mails_to("rowan@council.example.org")[-1].get_body(("plain",))
        seal = re.search(r"/a/([0-9a-z-]+)", page.get_content())[1]
        self.assertEqual(self.read(f"/calendar/{seal}.ics")[0], 404)
        self.assertEqual(self.read(path, method="HEAD")[0], 200)
        self.assertIn(self.read(path, method="POST")[0], (404, 405))

    def test_a_mail_brings_the_deadline_and_a_later_one_takes_it_away(self) -> None:
        asked = files(self.house.mails_to("rowan@council.example.org")[-1])
        self.assertEqual(list(asked), ["deadline.ics"])
        entry = asked["deadline.ics"]
        self.assertEqual(values(entry, "METHOD"), ["PUBLISH"])
        self.assertEqual(len(values(entry, "DTEND")), 1)
        for personal in PERSONAL:
            self.assertNotIn(personal, entry)
        self.assertNotIn("/a/", entry)
        status, answer = self.house.post(event("resolve", self.ref, "done",
                                               text="A visit within the week."))
        self.assertEqual(status, 200, answer)
        self.sent()
        ended = [found for mail in self.house.mails_to("rowan@council.example.org")
                 if (found := files(mail)).get("no-longer-due.ics")]
        self.assertEqual(len(ended), 1)
        gone = ended[0]["no-longer-due.ics"]
        self.assertEqual(values(gone, "METHOD"), ["CANCEL"])
        self.assertIn(values(entry, "UID")[0], values(gone, "UID"))
        at = values(gone, "UID").index(values(entry, "UID")[0])
        self.assertGreater(int(values(gone, "SEQUENCE")[at]), int(values(entry, "SEQUENCE")[0]))


if __name__ == "__main__":
    unittest.main()
