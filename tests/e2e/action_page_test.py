# SPDX-License-Identifier: MIT
"""The pages behind the links in our mails, through the real binary: looked at, scanned, acted on,
clicked twice; a mail whose sender is not proven, confirmed by its sender; answers to an address of
one's own."""

import html
import re
import shutil
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from house import TOP, House, wait_for
from ladder_test import event, next_quiet_monday, raise_event

GATEWAY = "mx.example.org"


class Page:
    """One answer of the server: status, headers, text."""

    def __init__(self, house: House, path: str, fields: dict[str, str] | None = None,
                 method: str | None = None) -> None:
        body = None if fields is None else urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(house.url + path, body, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                self.status, self.headers = answer.status, answer.headers
                self.text = answer.read().decode()
        except urllib.error.HTTPError as error:
            self.status, self.headers = error.code, error.headers
            self.text = error.read().decode()

    def token(self) -> str:
        found = re.search(r'name="token" value="([^"]+)"', self.text)
        assert found, self.text
        return found.group(1)

    def words(self) -> str:
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", self.text)))


def link_in(house: House, address: str, kind: str) -> str:
    """The path of the page in the last mail to an address."""
    text = house.mails_to(address)[-1].get_body(("plain",)).get_content().replace("\r\n", "\n")
    found = re.search(rf"^{house.url}(/{kind}/[0-9a-z-]+)$", text, re.M)
    assert found, text
    return found.group(1)


class Pages(unittest.TestCase):
    def setUp(self) -> None:
        # Our own mail gateway says who wrote what: without its word nobody is believed.
        self.folder = Path(tempfile.mkdtemp(prefix="stageclock-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder)
        sandbox = (TOP / "config/sandbox.toml").read_text()
        config = self.folder / "gateway.toml"
        config.write_text(sandbox.replace('maildir = "intake"\n',
                                          f'maildir = "intake"\nauthserv_id = "{GATEWAY}"\n'))
        self.house = House(config)
        self.addCleanup(self.house.clear)
        self.house.start()
        self.house.forward(next_quiet_monday())

    def raised(self) -> str:
        status, answer = self.house.post(raise_event())
        self.assertEqual(status, 201, answer)
        self.sent()
        return str(answer["case"])

    def sent(self) -> None:
        wait_for("every mail to be taken in", self.house.all_taken_in)
        wait_for("the outbox to be empty", self.house.all_sent)

    def link(self, address: str, kind: str) -> str:
        return link_in(self.house, address, kind)

    def state(self, ref: str) -> tuple[str, int]:
        case = self.house.get(f"/api/v1/cases/{ref}")[1]
        return str(case["status"]), len(self.house.notices())

    def test_a_link_shows_acts_once_and_ends_with_the_case(self) -> None:
        ref = self.raised()
        path = self.link("rowan@council.example.org", "a")
        before = self.state(ref)
        for query in ("", "?choose=resolved", ""):
            page = Page(self.house, path + query)
            self.assertEqual(page.status, 200)
            self.assertIn(ref, page.text)
            self.assertNotIn("Sam Sample", page.text)
            self.assertNotIn(" checked", page.text)
            self.assertNotIn("<script", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(page.headers["X-Robots-Tag"], "noindex")
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        head = Page(self.house, path, method="HEAD")
        self.assertEqual((head.status, head.text), (200, ""))
        options = Page(self.house, path, method="OPTIONS")
        self.assertEqual((options.status, options.headers["Allow"]), (405, "GET, HEAD, POST"))
        # What a scanner might send: nothing, a choice without the form, the form without a choice.
        self.assertEqual(Page(self.house, path, {}).status, 403)
        self.assertEqual(Page(self.house, path, {"choice": "resolved", "text": "x"}).status, 403)
        unset = Page(self.house, path, {"token": page.token()})
        self.assertEqual(unset.status, 422)
        self.assertIn('role="alert"', unset.text)
        wordless = Page(self.house, path, {"token": page.token(), "choice": "resolved"})
        self.assertEqual(wordless.status, 422)
        self.assertIn("Write down what was agreed", wordless.words())
        self.assertEqual(self.state(ref), before)

        answer = {"token": page.token(), "choice": "resolved", "text": "A visit within the week."}
        first = Page(self.house, path, answer)
        self.assertEqual(first.status, 200, first.text)
        self.assertIn("Resolved", first.words())
        self.sent()
        after = self.state(ref)
        self.assertEqual(after[0], "resolved")
        again = Page(self.house, path, answer)
        self.assertEqual((again.status, again.words()), (200, first.words()))
        other = Page(self.house, path, {**answer, "text": "Something else."})
        self.assertEqual(other.status, 409)
        gone = Page(self.house, path)
        self.assertEqual(gone.status, 410)
        self.assertIn("This case was resolved on", gone.words())
        self.sent()
        self.assertEqual(self.state(ref), after)
        record = self.house.get(f"/api/v1/cases/{ref}")[1]
        self.assertEqual(record["outcome"], "A visit within the week.")

    def test_a_link_ends_with_its_stage_and_a_changed_one_opens_nothing(self) -> None:
        ref = self.raised()
        path = self.link("rowan@council.example.org", "a")
        for changed in (path[:-1] + ("0" if path[-1] != "0" else "1"), "/a/", "/a/1",
                        path.replace("/a/", "/c/")):
            page = Page(self.house, changed)
            self.assertEqual(page.status, 404, changed)
            self.assertNotIn(ref, page.text)
        form = Page(self.house, path)
        escalated = Page(self.house, path, {"token": form.token(), "choice": "escalated",
                                            "text": "We could not agree."})
        self.assertEqual(escalated.status, 200, escalated.words())
        self.assertEqual(self.house.get(f"/api/v1/cases/{ref}")[1]["stage"], "2")
        gone = Page(self.house, path)
        self.assertEqual(gone.status, 410)
        self.assertIn("the case went on to", gone.words())
        self.sent()
        self.house.kill()
        self.house.start()
        # Links and forms outlive the process.
        self.assertEqual(Page(self.house, path).status, 410)
        self.assertEqual(Page(self.house, self.link("sid@council.example.org", "a")).status, 200)

    def drop(self, name: str, to: str, subject: str, text: str, passed: bool = False) -> None:
        proof = f"Authentication-Results: {GATEWAY}; dmarc=pass\n" if passed else ""
        self.house.drop(name, f"{proof}From: Rowan Receiver <rowan@council.example.org>\nTo: {to}\n"
                              f"Reply-To: somebody.else@example.net\nSubject: {subject}\n"
                              f"Message-ID: <{name}@example.org>\n\n{text}\n")
        self.sent()

    def test_a_mail_of_unproven_origin_is_recorded_once_its_sender_confirms_it(self) -> None:
        ref = self.raised()
        self.drop("claim-1", "stageclock@example.org", f"Re: [{ref}]",
                  "Resolved: the visit took place.")
        self.assertEqual(self.state(ref)[0], "open")
        self.assertEqual(self.house.mails_to("somebody.else@example.net"), [])
        path = self.link("rowan@council.example.org", "c")
        before = self.state(ref)
        for method in ("GET", "HEAD", "GET"):
            page = Page(self.house, path, method=method)
            self.assertEqual(page.status, 200)
        self.assertIn("resolved", page.words())
        self.assertNotIn("Sam Sample", page.text)
        self.assertEqual(Page(self.house, path, {}).status, 403)
        self.assertEqual(Page(self.house, path, {"token": page.token()}).status, 422)
        self.assertEqual(self.state(ref), before)
        confirmed = Page(self.house, path, {"token": page.token(), "choice": "yes"})
        self.assertEqual(confirmed.status, 200, confirmed.words())
        self.assertEqual(self.state(ref)[0], "resolved")
        twice = Page(self.house, path, {"token": page.token(), "choice": "yes"})
        self.assertEqual(twice.status, 410)
        self.assertIn("You have confirmed this mail already", twice.words())

    def test_a_mail_that_was_not_theirs_is_dropped_and_the_board_told(self) -> None:
        ref = self.raised()
        self.drop("claim-2", "stageclock@example.org", f"Re: [{ref}]", "Withdraw: we have spoken.")
        path = self.link("rowan@council.example.org", "c")
        form = Page(self.house, path)
        dropped = Page(self.house, path, {"token": form.token(), "choice": "no"})
        self.assertEqual(dropped.status, 200)
        self.sent()
        self.assertEqual(self.state(ref)[0], "open")
        self.assertIn(("mail-kept", "boards@example.org"), self.house.told())
        self.assertEqual(Page(self.house, path, {"token": form.token(), "choice": "yes"}).status,
                         410)
        self.assertEqual(self.state(ref)[0], "open")

    def test_an_answer_to_the_own_address_is_proven_and_finds_its_case(self) -> None:
        ref = self.raised()
        own = str(self.house.mails_to("rowan@council.example.org")[-1]["Reply-To"])
        self.assertRegex(own, r"^<?stageclock\+r\.[0-9a-z-]+@example\.org>?$")
        own = own.strip("<>")
        # The address of another person proves nothing of this one.
        robins = str(self.house.mails_to("robin@trust.example.org")[-1]["Reply-To"]).strip("<>")
        self.drop("reply-1", robins, "about the matter", "Resolved: not by me.")
        self.assertEqual(self.state(ref)[0], "open")
        self.drop("reply-2", own, "about the matter", "Resolved: the visit took place.")
        wait_for("the case to close", lambda: self.state(ref)[0] == "resolved")

    def test_a_webhook_still_moves_what_a_page_shows(self) -> None:
        ref = self.raised()
        path = self.link("robin@trust.example.org", "a")
        form = Page(self.house, path)
        status, _ = self.house.post(event("withdraw", ref, "withdrawn", text="Not needed."))
        self.assertEqual(status, 200)
        late = Page(self.house, path, {"token": form.token(), "choice": "withdrawn"})
        self.assertEqual(late.status, 410)
        self.assertIn("This case was withdrawn on", late.words())


if __name__ == "__main__":
    unittest.main()
