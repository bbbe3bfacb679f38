# SPDX-License-Identifier: MIT
"""Files that come by mail: on the record, told to their sender, and to be had as they were sent."""

import hashlib
import unittest
import urllib.error
import urllib.request
from email.message import EmailMessage

from house import House, wait_for
from ladder_test import next_quiet_monday, raise_event

REPORT = b"%PDF-1.7\n\x00\xff\r\nnot rewritten\n"
LOGO = b"\x89PNG\r\n\x1a\n" + bytes(100)


def mail_with_files(ref: str) -> str:
    mail = EmailMessage()
    mail["From"] = "Robin Raiser <robin@trust.example.org>"
    mail["To"] = "stageclock@example.org"
    mail["Subject"] = f"[{ref}] no agreement yet"
    mail["Message-ID"] = "<with-files@trust.example.org>"
    mail.set_content("escalate: we spoke twice and could not agree.\n")
    mail.add_attachment(REPORT, maintype="application", subtype="pdf", filename="../visit.pdf")
    mail.add_attachment(b"MZ", maintype="application", subtype="octet-stream",
                        filename="setup.exe")
    mail.add_attachment(LOGO, maintype="image", subtype="png", filename="logo.png",
                        disposition="inline", cid="<logo@trust.example.org>")
    return mail.as_string()


class Files(unittest.TestCase):
    def setUp(self) -> None:
        self.house = House()
        self.addCleanup(self.house.clear)
        self.house.start()
        self.house.forward(next_quiet_monday())

    def fetch(self, path: str, token: str | None) -> tuple[int, bytes, dict[str, str]]:
        headers = {"Authorization": "Bearer " + self.house.secret(token)} if token else {}
        request = urllib.request.Request(self.house.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read(), dict(error.headers)

    def test_a_file_is_on_the_case_and_comes_back_byte_for_byte(self) -> None:
        house = self.house
        _, answer = house.post(raise_event())
        ref = answer["case"]
        house.drop("files", mail_with_files(ref))
        wait_for("the file", lambda: house.get(f"/api/v1/cases/{ref}")[1]["files"])
        files = house.get(f"/api/v1/cases/{ref}")[1]["files"]
        self.assertEqual([(f["name"], f["size"], f["by"]) for f in files],
                         [("visit.pdf", len(REPORT), "Robin Raiser")])
        digest = hashlib.sha256(REPORT).hexdigest()
        self.assertEqual(files[0]["href"], f"/cases/{ref}/files/{digest}")
        self.check_bytes(files[0]["href"])
        self.check_sender_is_told(ref)
        page = self.fetch(f"/cases/{ref}", "operator.token")[1].decode()
        self.assertIn(f'href="{files[0]["href"]}">visit.pdf</a>', page)
        for name in ("visit", "setup.exe"):
            self.assertNotIn(name, house.log())

        for path in (house.data / "intake/cur").iterdir():  # as people tidy up a mailbox
            path.unlink()
        house.kill()
        house.start()
        self.check_bytes(files[0]["href"])

    def check_bytes(self, href: str) -> None:
        status, body, headers = self.fetch(href, "operator.token")
        self.assertEqual((status, body), (200, REPORT))
        self.assertEqual(headers["Content-Type"], "application/octet-stream")
        self.assertEqual(headers["Content-Disposition"], 'attachment; filename="visit.pdf"')
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", headers["Content-Security-Policy"])
        self.assertEqual(self.fetch(href, None)[0], 401)
        self.assertEqual(self.fetch(href[:-1] + "x", "operator.token")[0], 404)

    def check_sender_is_told(self, ref: str) -> None:
        house = self.house
        wait_for("every mail to be taken in", house.all_taken_in)
        wait_for("the outbox to be empty", house.all_sent)
        told = [mail for mail in house.mails_to("robin@trust.example.org")
                if "visit.pdf" in str(mail.get_body(("plain",)))]
        self.assertEqual(len(told), 1)
        text = " ".join(told[0].get_body(("plain",)).get_content().split())
        self.assertIn("Files kept: visit.pdf (1 KB)", text)
        self.assertIn("Not kept with the case: setup.exe (this type is not taken). The mail "
                      "itself is kept.", text)
        self.assertNotIn("logo.png", text)
        for mail in house.mails():
            self.assertNotIn("visit", str(mail["Subject"]))
            if mail is not told[0] and mail["Message-ID"] != told[0]["Message-ID"]:
                self.assertNotIn("visit.pdf", mail.as_string())


if __name__ == "__main__":
    unittest.main()
