# SPDX-License-Identifier: MIT
"""A monitoring form on its way out and back: filled in by poppler and by LibreOffice, mailed to
the running daemon, shown to its sender, confirmed, and on the record of the case."""

import html
import re
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request
from email.message import EmailMessage
from pathlib import Path

from house import TOP, House, wait_for
from ladder_test import event, mail_of, next_quiet_monday, raise_event

SKY = "sky@trust.example.org"  # senior manager of the raising side
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AGREED = "A joint visit on Monday,\nand a call by Łukasz on Tuesday."


def attached(mail: EmailMessage, kind: str) -> bytes:
    parts = [part for part in mail.iter_attachments() if part.get_content_type() == kind]
    assert len(parts) == 1, f"{len(parts)} files of that kind"
    return bytes(parts[0].get_content())


def filled(form: bytes, kind: str, **values: str) -> bytes:
    """The form with these values put into its fields by another program."""
    ending = ".pdf" if kind == PDF else ".docx"
    script = TOP / "tests/forms" / ("fill_pdf.py" if kind == PDF else "fill_docx.py")
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before" + ending), Path(folder, "after" + ending)
        before.write_bytes(form)
        # Debian's own python3: the bindings belong to it.
        made = subprocess.run(
            ["/usr/bin/python3", script, before, after,
             *(f"{name.replace('__', '.')}={value}" for name, value in values.items())],
            capture_output=True, text=True, timeout=120)
        assert made.returncode == 0, made.stderr
        return after.read_bytes()


class ReturnedForm(unittest.TestCase):
    def setUp(self) -> None:
        self.house = House()
        self.addCleanup(self.house.clear)
        self.house.start()
        self.house.forward(next_quiet_monday())
        _, answer = self.house.post(raise_event())
        self.ref = str(answer["case"])
        self.house.drop("two", mail_of("escalate-to-2.eml", self.ref))
        wait_for("stage 2", lambda: self.case()["stage"] == "2")
        self.house.post(event("escalate", self.ref, "to-3", stage="3", text="No agreement."))
        wait_for("the outbox to be empty", self.house.all_sent)
        self.sent = self.house.mails_to(SKY)[-1]

    def case(self) -> dict:
        return self.house.get(f"/api/v1/cases/{self.ref}")[1]

    def send(self, name: str, form: bytes, kind: str, sender: str = SKY) -> None:
        """The file as an answer to the mail it came with."""
        mail = EmailMessage()
        mail["From"] = f"Sky Senior <{sender}>"
        mail["To"] = str(self.sent["Reply-To"])
        mail["Subject"] = "Re: the form"
        mail["Message-ID"] = f"<{name}@trust.example.org>"
        mail["In-Reply-To"] = str(self.sent["Message-ID"])
        mail.set_content("Please find it attached.\n\nSky\n")
        main, sub = kind.split("/")
        mail.add_attachment(form, maintype=main, subtype=sub, filename="form")
        self.house.drop(name, mail.as_string())
        wait_for("every mail to be taken in", self.house.all_taken_in)
        wait_for("the outbox to be empty", self.house.all_sent)

    def answer(self, address: str = SKY) -> str:
        mail = self.house.mails_to(address)[-1]
        return " ".join(mail.get_body(("plain",)).get_content().split())

    def page(self, link: str, **fields: str) -> tuple[int, str]:
        link = self.house.url + urllib.parse.urlsplit(link).path
        body = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            with urllib.request.urlopen(link, body, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def confirm(self, choice: str) -> str:
        """What the page showed before the choice was made on it."""
        link = re.search(r"http\S+/f/\S+", self.answer()).group(0)
        status, shown = self.page(link)
        self.assertEqual(status, 200)
        token = re.search(r'name="token" value="([^"]+)"', shown).group(1)
        status, said = self.page(link, token=token, choice=choice)
        self.assertEqual(status, 200, said)
        self.assertEqual(self.page(link)[0], 410)
        return html.unescape(shown)

    def returned(self) -> list[dict]:
        return self.case()["returned_forms"]

    def test_a_pdf_filled_in_by_poppler_is_on_the_case_once_confirmed(self) -> None:
        form = filled(attached(self.sent, PDF), PDF, agreed_outcome=AGREED, resolved_stage="3",
                      effectiveness="It helped us to talk.", initiating__name="Sky Senior")
        self.send("pdf", form, PDF)
        self.assertIn("nothing of it is recorded before you say", self.answer())
        self.assertNotIn("joint visit", self.answer())
        self.assertEqual(self.returned(), [])
        shown = self.confirm("resolve")
        for words in ("A joint visit on Monday,\nand a call by Łukasz on Tuesday.",
                      "It helped us to talk.", "Sky Senior", "Monitoring Form"):
            self.assertIn(words, shown)
        case = self.case()
        self.assertEqual(case["status"], "resolved")
        self.assertEqual(case["outcome"], AGREED)
        [kept] = self.returned()
        self.assertEqual(kept["form"], "monitoring-form")
        self.assertEqual(kept["values"]["resolved_stage"], "3")
        self.assertEqual(kept["values"]["effectiveness"], "It helped us to talk.")
        self.assertEqual(kept["values"]["initiating.name"], "Sky Senior")
        self.assertIn(kept["sha256"], [file["sha256"] for file in case["files"]])
        duties = {duty["id"]: duty["state"] for duty in case["duties"]}
        self.assertEqual(duties["form-3"], "met")
        self.assertNotIn("form-back", duties)
        self.assertNotIn("Łukasz", self.house.log())

    def test_what_stood_there_when_it_went_out_is_no_outcome(self) -> None:
        for kind, name in ((PDF, "pdf"), (WORD, "word")):
            form = filled(attached(self.sent, kind), kind, effectiveness="Too early to say.")
            self.send("unchanged-" + name, form, kind)
            shown = self.confirm("record")
            self.assertNotIn('value="resolve"', shown)
            written, _, before = shown.partition("<details>")
            self.assertIn("Too early to say.", written)
            self.assertNotIn("Sam Sample", written)
            self.assertIn("Sam Sample", before)
        self.assertEqual(self.case()["status"], "open")

    def test_a_word_file_filled_in_by_libreoffice_is_on_the_case_once_confirmed(self) -> None:
        form = filled(attached(self.sent, WORD), WORD, agreed_outcome="A joint visit.",
                      effectiveness="Żółć", resolved_stage="3")
        self.send("word", form, WORD)
        self.confirm("record")
        self.assertTrue(self.case()["status"] == "open")
        [kept] = self.returned()
        self.assertEqual(kept["values"]["agreed_outcome"], "A joint visit.")
        self.assertEqual(kept["values"]["effectiveness"], "Żółć")
        self.assertEqual(kept["values"]["resolved_stage"], "3")

    def test_what_came_back_stands_on_the_form_of_the_next_stage(self) -> None:
        form = filled(attached(self.sent, PDF), PDF, agreed_outcome="None so far.",
                      summary="The file was never read.", effectiveness="Too early to say.")
        self.send("early", form, PDF)
        self.confirm("record")
        house = self.house
        house.post(event("escalate", self.ref, "to-4", stage="4", text="No agreement."))
        wait_for("the outbox to be empty", house.all_sent)
        texts = {}
        for mail in house.mails():
            for part in mail.iter_attachments():
                if part.get_content_type() == PDF:
                    texts[str(mail["To"])] = self.text_of(part.get_content())
        officers = [text for text in texts.values() if "The file was never read." in text]
        boards = [text for to, text in texts.items() if "audit" in to or "boards" in to]
        self.assertTrue(officers and all("Too early to say." in text for text in officers))
        self.assertTrue(boards)
        for text in boards:
            self.assertNotIn("The file was never read.", text)
            self.assertNotIn("Too early to say.", text)

    def text_of(self, form: bytes) -> str:
        made = subprocess.run(["pdftotext", "-layout", "-", "-"], input=form, capture_output=True,
                              check=True)
        return " ".join(made.stdout.decode().split())

    def test_a_printed_form_is_kept_and_its_sender_asked_for_the_form_itself(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            form, flat = Path(folder, "form.pdf"), Path(folder, "flat.pdf")
            form.write_bytes(attached(self.sent, PDF))
            subprocess.run(["pdftocairo", "-pdf", form, flat], check=True)
            self.send("printed", flat.read_bytes(), PDF)
        self.assertIn("printed, scanned or saved as a picture", self.answer())
        self.assertEqual(self.returned(), [])
        self.assertIn("a form that could not be read", self.refusals())

    def refusals(self) -> str:
        request = urllib.request.Request(self.house.url + "/refusals", headers={
            "Authorization": "Bearer " + self.house.secret("operator.token")})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return str(answer.read().decode())

    def test_a_form_with_another_reference_is_kept_and_asked_for_again(self) -> None:
        form = filled(attached(self.sent, WORD), WORD, stageclock__reference="1-0000000000000000")
        self.send("altered", form, WORD)
        self.assertIn("reference inside the form was changed", self.answer())
        self.assertEqual(self.returned(), [])


if __name__ == "__main__":
    unittest.main()
