# SPDX-License-Identifier: MIT
"""A whole ladder through the real binary: webhooks, mails, the clock, every captured mail, and the
same again after kill -9."""

import json
import unittest
from collections import Counter

from house import TOP, House, pdf_text, wait_for


def event(kind: str, ref: str, identity: str, **data: object) -> dict[str, object]:
    data.setdefault("by", {"name": "Robin Raiser", "email": "robin@trust.example.org"})
    return {"specversion": "1.0", "id": identity, "source": "https://records.example.org",
            "type": f"stageclock.case.{kind}", "subject": ref, "data": data}


def raise_event() -> dict[str, object]:
    return json.loads((TOP / "docs/first-case/raise.json").read_text())


def mail_of(name: str, ref: str) -> str:
    return (TOP / "docs/first-case" / name).read_text().replace("REFERENCE", ref)


class Ladder(unittest.TestCase):
    def setUp(self) -> None:
        self.house = House()
        self.addCleanup(self.house.clear)
        self.house.start()
        # A Monday morning without a bank holiday near, so that every run tells the same story.
        self.house.forward(next_quiet_monday())
        # By then the board was told that its policy is past its review date.
        self.seen: Counter[tuple[str, str]] = Counter(self.house.told())

    def expect(self, *told: tuple[str, str]) -> None:
        """Exactly these notices were made since the last call, and all were sent."""
        wait_for("every mail to be taken in", self.house.all_taken_in)
        wait_for("the outbox to be empty", self.house.all_sent)
        now = Counter(self.house.told())
        self.assertEqual(sorted((now - self.seen).elements()), sorted(told))
        self.seen = now

    def stage(self, ref: str) -> str:
        return str(self.house.get(f"/api/v1/cases/{ref}")[1]["stage"])

    def test_from_the_raise_to_stage_4_with_the_form(self) -> None:
        house = self.house
        status, answer = house.post(raise_event())
        self.assertEqual(status, 201, answer)
        ref = answer["case"]
        self.assertRegex(ref, r"^NSSB-\d{4}-0001$")
        self.assertEqual(answer["stage"], "1")
        self.expect(("case-raised", "robin@trust.example.org"),
                    ("challenge-received", "rowan@council.example.org"))

        house.drop("two", mail_of("escalate-to-2.eml", ref))
        wait_for("stage 2", lambda: self.stage(ref) == "2")
        self.expect(("mail-understood", "robin@trust.example.org"),
                    ("stage-entered", "robin@trust.example.org"),
                    ("stage-entered", "sal@trust.example.org"),
                    ("stage-entered", "sid@council.example.org"))

        status, answer = house.post(event("escalate", ref, "to-3", stage="3",
                                          text="No agreement at second tier."))
        self.assertEqual((status, answer["stage"]), (200, "3"))
        # The escalation tells of an attempt: a discussion the raiser learns of (NSOM-17).
        self.expect(("copied-by-policy", "robin@trust.example.org"),
                    ("stage-copy", "boards@example.org"),
                    ("stage-entered", "robin@trust.example.org"),
                    ("stage-entered", "sacha@council.example.org"),
                    ("stage-entered", "sky@trust.example.org"))
        form = pdf_text(house.mails_to("sky@trust.example.org")[-1])
        self.assertIn("Sam Sample", form)
        self.assertIn(ref, form)

        house.forward("2 hours")
        house.drop("four", mail_of("escalate-to-4.eml", ref))
        wait_for("stage 4", lambda: self.stage(ref) == "4")
        self.check_stage_4(ref)
        self.check_survives_a_kill(ref)

    def check_stage_4(self, ref: str) -> None:
        house = self.house
        wait_for("every mail to be taken in", house.all_taken_in)
        wait_for("the outbox to be empty", house.all_sent)
        fresh = Counter(house.told()) - self.seen
        self.seen = Counter(house.told())
        reasons = Counter(reason for reason, _ in fresh.elements())
        self.assertEqual(reasons, {"stage-entered": 3, "stage-copy": 1, "copied-by-policy": 1,
                                   "mail-understood": 1})
        board = [n for n in house.notices() if n["reason"] in ("stage-copy", "copied-by-policy")
                 and n["to"]["address"] != "robin@trust.example.org"]
        for notice in board:
            for mail in house.mails_to(notice["to"]["address"]):
                raw = mail.as_string()
                for name in ("Sam Sample", "Robin", "Rowan", "Sky", "Sacha", "joint visit"):
                    self.assertNotIn(name, raw)
        audit = next(n for n in board if n["reason"] == "copied-by-policy")
        form = pdf_text(house.mails_to(audit["to"]["address"])[-1])
        self.assertNotIn("Sam Sample", form)
        self.assertIn(ref, form)

    def check_survives_a_kill(self, ref: str) -> None:
        house = self.house
        before = house.told()
        mails = [mail["Message-ID"] for mail in house.mails()]
        house.kill()
        house.start()
        self.assertEqual(house.told(), before)
        status, answer = house.post(raise_event())  # the caller never saw the first answer
        self.assertEqual((status, answer["case"]), (201, ref))
        self.assertEqual(house.told(), before)
        house.forward("1 hours")
        self.assertEqual(sorted(mails), sorted(mail["Message-ID"] for mail in house.mails()))
        self.assertEqual(len(mails), len(set(mails)))

    def test_silence_reaches_the_next_named_officers(self) -> None:
        house = self.house
        _, answer = house.post(raise_event())
        house.forward("2 working days")
        wait_for("the outbox to be empty", house.all_sent)
        told = set(house.told())
        for reason, address in (("deadline-near", "rowan@council.example.org"),
                                ("deadline-passed", "rowan@council.example.org"),
                                ("next-officer-due", "sal@trust.example.org"),
                                ("next-officer-due", "sid@council.example.org"),
                                ("still-overdue", "robin@trust.example.org")):
            self.assertIn((reason, address), told)
        self.assertEqual(self.stage(answer["case"]), "1")

    def test_a_mail_is_acted_on_once_whatever_happens(self) -> None:
        house = self.house
        _, answer = house.post(raise_event())
        ref = answer["case"]
        house.drop("first", mail_of("escalate-to-2.eml", ref))
        wait_for("stage 2", lambda: self.stage(ref) == "2")
        house.drop("again", mail_of("escalate-to-2.eml", ref))
        wait_for("the second copy to be put away", house.all_taken_in)
        wait_for("the outbox to be empty", house.all_sent)
        self.assertEqual(self.stage(ref), "2")
        entered = [n for n in house.notices() if n["reason"] == "stage-entered"]
        self.assertEqual(len(entered), 3)

    def test_sigterm_finishes_and_ends_cleanly(self) -> None:
        self.house.post(raise_event())
        self.assertEqual(self.house.stop(), 0)


def next_quiet_monday() -> str:
    """An instant at 09:00 London on a Monday ahead, with no bank holiday in that week."""
    import datetime
    holidays = set()
    calendar = json.loads((TOP / "policies/calendars/bank-holidays.json").read_text())
    for holiday in calendar["england-and-wales"]["events"]:
        holidays.add(datetime.date.fromisoformat(holiday["date"]))
    day = datetime.date.today() + datetime.timedelta(days=1)
    while day.weekday() != 0 or any(
            day + datetime.timedelta(days=ahead) in holidays for ahead in range(12)):
        day += datetime.timedelta(days=1)
    return f"{day.isoformat()}T09:30:00Z"


if __name__ == "__main__":
    unittest.main()
