# SPDX-License-Identifier: MIT
"""`mail understand` over mails in the shapes real systems send them: bounces, automatic answers and
replies, each with what is to be understood beside it. UPDATE_GOLDEN=1 writes that anew."""

import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema

from house import BINARY, TOP

CORPORA = TOP / "tests/corpora/mail"
DOCS = (TOP / "docs/adapters/mail-understand.md").read_text()
SCHEMA = json.loads((TOP / "docs/adapters/mail-understand.schema.json").read_text())
WRITERS = {"bounces": "bounce", "robots": "robot", "replies": "human"}


def call(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([BINARY, "mail", "understand", *arguments], cwd=TOP, input=stdin,
                          capture_output=True, timeout=60)


def understood(*files: str | Path, config: str = "") -> list[dict[str, Any]]:
    settings = ["--config", config] if config else []
    done = call("--json", *settings, *files)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def field_names(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(field_names, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    names = set(schema.get("properties", {}))
    return names.union(*map(field_names, schema.values()))


class MailUnderstand(unittest.TestCase):
    maxDiff = None

    def test_every_mail_of_the_corpora_is_understood_as_written_beside_it(self) -> None:
        for folder, writer in WRITERS.items():
            files = sorted((CORPORA / folder).glob("*.eml"))
            self.assertGreaterEqual(len(files), 25)
            for file, got in zip(files, understood(*files), strict=True):
                with self.subTest(mail=f"{folder}/{file.name}"):
                    self.assertEqual(got["writer"], writer)
                    beside = file.with_suffix(".json")
                    if os.environ.get("UPDATE_GOLDEN") == "1":
                        text = json.dumps(got, indent=1, ensure_ascii=False)
                        beside.write_text(text + "\n")
                    self.assertEqual(got, json.loads(beside.read_text()))

    def test_the_json_keeps_to_its_schema(self) -> None:
        validator = jsonschema.Draft202012Validator(SCHEMA)
        for got in understood(*sorted(CORPORA.glob("*/*.eml"))):
            errors = [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(got)]
            self.assertEqual(errors[:3], [])

    def test_every_field_is_documented(self) -> None:
        for name in sorted(field_names(SCHEMA)):
            with self.subTest(field=name):
                self.assertRegex(DOCS, rf"`{re.escape(name)}`")

    def test_the_line_ends_of_a_mail_make_no_difference(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for file in sorted(CORPORA.glob("*/*.eml")):
                lines = file.read_bytes().replace(b"\r\n", b"\n")
                other = Path(folder) / file.name
                other.write_bytes(lines.replace(b"\n", b"\r\n"))
                plain = Path(folder) / ("lf-" + file.name)
                plain.write_bytes(lines)
                with self.subTest(mail=file.name):
                    first, second = understood(plain, other)
                    for got in (first, second):
                        for attachment in got["attachments"]:  # their bytes differ
                            attachment["size"] = attachment["sha256"] = None
                    self.assertEqual(first, second)

    def test_settings_make_boards_and_their_words_known(self) -> None:
        mail = (b"From: sam@example.org\r\nSubject: x [LVSP-2026-0001]\r\n\r\nresolved: x\r\n")
        with tempfile.NamedTemporaryFile(suffix=".eml") as file:
            file.write(mail)
            file.flush()
            alone = understood(file.name)[0]
            known = understood(file.name, config="config/sandbox.toml")[0]
        self.assertEqual(alone["reference"], "LVSP-2026-0001")
        self.assertEqual(alone["certainty"], "certain")
        self.assertIsNone(known["reference"])

    def test_a_mail_may_come_by_standard_input(self) -> None:
        done = call("--json", "-", stdin=b"From: sam@example.org\nSubject: x\n\nAcknowledged\n")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(json.loads(done.stdout)["actions"], [{"kind": "acknowledge"}])

    def test_the_forms_boards_publish_raise_a_case_once_filled_in(self) -> None:
        link = (TOP / "templates/mail/raise-mailto.txt").read_text().strip()
        subject, body = (unquote(part.split("=", 1)[1]) for part in link.split("?")[1].split("&"))
        self.assertLess(len(link), 1900)  # what browsers and mail programs pass on
        for form in (body, (TOP / "templates/mail/raise.txt").read_text()):
            filled = form
            for label, value in (("Child:", "R.E."), ("Our agency:", "Children's Social Care"),
                                 ("Other agency:", "Vale Housing"),
                                 ("Line manager:", "Ash Hill <ash.hill@example.org>"),
                                 ("Summary:", "They closed the referral."),
                                 ("Happened:", "22/12/2026 16:30")):
                self.assertIn("\n" + label, filled)
                filled = filled.replace("\n" + label, f"\n{label} {value}", 1)
            mail = f"From: sam@example.org\nSubject: {subject}\n\n{filled}"
            got = json.loads(call("--json", "-", stdin=mail.encode()).stdout)
            self.assertEqual(got["certainty"], "certain")
            raised = got["actions"][0]["raise"]
            self.assertEqual(raised["receiving"]["agency"], "Vale Housing")
            self.assertEqual(raised["summary"], "They closed the referral.")
            self.assertEqual([c["address"] for c in raised["contacts"]], ["ash.hill@example.org"])
            self.assertEqual(got["actions"][0]["happened"], "2026-12-22T16:30:00Z")

    def test_without_json_it_speaks_to_people(self) -> None:
        done = call(CORPORA / "bounces/qmail.eml")
        self.assertIn(b"Writer: bounce (from a mail system)", done.stdout)
        self.assertIn(b"Not delivered to: kit.moor@housing.example.org (5.1.1)", done.stdout)
        done = call(CORPORA / "replies/gmail-web.eml", CORPORA / "robots/pigeonhole-vacation.eml")
        self.assertIn(b"Action: acknowledge", done.stdout)
        self.assertIn(b"Out of office, back 2027-01-04", done.stdout)

    def test_what_is_no_mail_or_not_there_is_said(self) -> None:
        self.assertEqual(call("--json", "-", stdin=b"").returncode, 65)
        done = call("--json", "no/such/mail.eml", CORPORA / "bounces/qmail.eml")
        self.assertEqual(done.returncode, 66)
        self.assertEqual(len(done.stdout.splitlines()), 1)
        done = call("--json", "-", stdin=b"From: a@example.org\nX: y\n\n" + b"x" * (11 << 20))
        self.assertEqual(done.returncode, 65)

    def test_hostile_mails_are_read_or_refused_in_bounded_time(self) -> None:
        head = b"From: a@example.org\r\nSubject: x\r\n"
        nested = b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i)
            for i in range(20000))
        tags = b"Content-Type: text/html\r\n\r\n" + b"<div class=gmail_quote><p>" * 40000
        mails = {
            "20 000 nested parts": (head + nested + b"\r\nescalate", 0),
            "200 000 headers": (b"".join(b"X-%d: y\r\n" % i for i in range(200000)) + b"\r\nx", 65),
            "NULs": (head + b"\r\n" + b"\0" * 100000 + b"Acknowledged\r\n", 0),
            "deep HTML": (head + tags, 0),
            "quotes": (head + b"\r\n" + b"On 1 wrote:\r\n> x\r\ny\r\n" * 40000, 0),
            "colons": (head + b"\r\n" + b":" * 900000, 0),
            "addresses": (head + b"Return-Path: <>\r\n\r\n" + b"<a@example.org>:\r\n" * 50000, 0),
        }
        for name, (mail, code) in mails.items():
            with self.subTest(mail=name):
                self.assertEqual(call("--json", "-", stdin=mail).returncode, code)


if __name__ == "__main__":
    unittest.main()
