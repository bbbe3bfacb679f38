# SPDX-License-Identifier: MIT
"""Email for real: a case that lives in mail programs, with a post office that bounces, robots that
answer for people on leave, and servers that are killed. Nothing here speaks to stageclock except by
mail, but for looking at what it did."""

import email.message
import email.utils
import re
import shutil
import signal
import unittest
from pathlib import Path

from house import TOP, House, wait_for
from town import PASSWORD, Town

PEOPLE = ["stageclock", "raiser", "worker", "manager", "deputy", "standby", "office"]

SETTINGS = """
delivery = "live"
[server]
listen = "127.0.0.1:0"
public_url = "https://stageclock.example.org"
[data]
dir = "unused"
[mail]
from = "stageclock@example.org"
from_name = "Safeguarding escalations"
authserv_id = "mx.example.org"
[mail.imap]
url = "imap://localhost:{imap}"
tls = "starttls"
ca_file = "{town}/ca.pem"
user = "stageclock"
password_file = "secrets/imap.password"
poll_seconds = 5
[smtp]
url = "smtp://127.0.0.1:{smtp}"
tls = "none"
[[board]]
id = "millbrook"
policy = "{board}"
directories = ["{board}/people.toml"]
[[token]]
name = "operator"
role = "operator"
token_file = "secrets/operator.token"
[[source]]
id = "case-system"
bearer_file = "secrets/case-system.bearer"
"""

DIRECTORY = """
[board]
mail_domains = ["example.org"]
[[post]]
id = "office"
address = "office@example.org"
[[post]]
id = "health-manager"
agency = "health"
role = "line-manager"
title = "Health manager"
address = "manager@example.org"
deputy = "health-deputy"
[[post]]
id = "health-deputy"
agency = "health"
role = "deputy"
title = "Health deputy"
address = "deputy@example.org"
[[post]]
id = "social-manager"
agency = "childrens-services"
role = "line-manager"
title = "Social care manager"
address = "gone@example.org"
deputy = "social-standby"
[[post]]
id = "social-standby"
agency = "childrens-services"
role = "deputy"
title = "Social care standby"
address = "standby@example.org"
"""

RAISE = """Our agency: Social Care
Other agency: Hospital
Child: S.
Their practitioner: Wil Worker <worker@example.org>
Summary: The discharge plan leaves the child without a bed.
"""


def mail(sender: str, subject: str, text: str,
         answers: email.message.EmailMessage | None = None) -> email.message.EmailMessage:
    """A mail as a mail program writes it; a reply goes where the mail it answers asks it to."""
    made = email.message.EmailMessage()
    made["From"] = sender
    made["To"] = "stageclock@example.org"
    made["Subject"] = subject
    made["Message-ID"] = email.utils.make_msgid(domain="example.org")
    made["Date"] = email.utils.formatdate()
    if answers is not None:
        del made["To"]
        made["To"] = answers["Reply-To"] or answers["From"]
        made["In-Reply-To"] = answers["Message-ID"]
        made["References"] = f"{answers['References'] or ''} {answers['Message-ID']}".strip()
        body = answers.get_body(("plain",))
        assert body is not None
        quoted = "".join("> " + line + "\n" for line in body.get_content().splitlines())
        text = f"{text}\n\nOn Monday, {answers['From']} wrote:\n{quoted}"
    made.set_content(text)
    return made


class Mailbox(unittest.TestCase):
    def setUp(self) -> None:
        self.town = Town(PEOPLE)
        self.addCleanup(self.town.stop)
        self.town.start()
        self.house = House(self.town.folder / "stageclock.toml")
        self.addCleanup(self.house.clear)
        board = self.town.folder / "board"
        shutil.copytree(TOP / "tests/boards/first", board)
        (board / "people.toml").write_text(DIRECTORY)
        Path(self.house.config).write_text(SETTINGS.format(
            imap=self.town.imap, smtp=self.town.smtp, town=self.town.folder, board=board))
        (self.house.data / "secrets").mkdir(mode=0o700)
        for name, text in (("imap.password", PASSWORD), ("operator.token", "o" * 40),
                           ("case-system.bearer", "b" * 40)):
            secret = self.house.data / "secrets" / name
            secret.write_text(text)
            secret.chmod(0o600)
        self.house.start()
        # What lies in a mailbox when it is seen for the first time is not ours to take.
        wait_for("the first look into the mailbox", (self.house.data / "mailbox.state").exists)

    def raised(self) -> tuple[str, email.message.EmailMessage]:
        """The reference of a case raised by mail, and its receipt."""
        self.town.send(mail("Robin Raiser <raiser@example.org>", "We disagree", RAISE))
        receipt = self.town.wait_for_mail("raiser", "MSCP-")
        found = re.search(r"MSCP-\d{4}-\d{4}", str(receipt["Subject"]))
        assert found is not None
        return found.group(), receipt

    def case(self, ref: str) -> dict[str, object]:
        return self.house.get(f"/api/v1/cases/{ref}")[1]

    def at_stage_2(self) -> str:
        ref, receipt = self.raised()
        self.town.send(mail("raiser@example.org", f"Re: {receipt['Subject']}",
                            "escalate: we could not agree on the bed.", receipt))
        wait_for("stage 2", lambda: self.case(ref)["stage"] == "2")
        return ref

    def test_a_robot_answers_and_the_deputy_is_prompted_until_somebody_resolves(self) -> None:
        town = self.town
        town.leave("manager")
        ref = self.at_stage_2()
        town.wait_for_mail("manager", ref)
        prompt = town.wait_for_mail("deputy", ref)
        self.assertIn("line managers", str(prompt.get_body(("plain",)).get_content()))
        town.wait_for_mail("office", "did not arrive")
        # The other side's manager has no mailbox: a real bounce, and their stand-in is told.
        town.wait_for_mail("standby", ref)
        bounced = wait_for("the bounce on the record", lambda: [
            notice for notice in self.house.notices() if notice["state"] == "bounced"])
        self.assertEqual({notice["to"]["address"] for notice in bounced}, {"gone@example.org"})
        self.assertEqual(self.case(ref)["stage"], "2")  # no robot moved it

        town.send(mail("Dee Deputy <deputy@example.org>", f"Re: {prompt['Subject']}",
                       "Resolved: a bed from Tuesday, reviewed on Friday.", prompt))
        town.wait_for_mail("raiser", "a bed from Tuesday")
        self.assertEqual(self.case(ref)["status"], "resolved")
        # Everything was taken out of the inbox, and robots got no answer.
        self.assertEqual(town.mails("stageclock"), [])
        robots = [m for m in town.mails("manager") if "automatic" in str(m["Subject"]).lower()]
        self.assertEqual(robots, [])

    def test_an_address_the_next_server_refuses_is_work_for_somebody(self) -> None:
        text = RAISE.replace("worker@example.org", "refused@example.org")
        self.town.send(mail("Robin Raiser <raiser@example.org>", "We disagree", text))
        self.town.wait_for_mail("office", "did not arrive")
        asked = self.town.wait_for_mail("raiser", "practitioner of the receiving side")
        found = re.search(r"MSCP-\d{4}-\d{4}", str(asked["Subject"]))
        assert found is not None
        case = self.case(found.group())
        self.assertEqual([(one["how"], one["side"], one["role"]) for one in case["unreached"]],
                         [("refused", "receiving", "practitioner")])
        failed = [n for n in self.house.notices() if n["state"] == "failed"]
        self.assertEqual([n["reason"] for n in failed], ["challenge-received"])

    def test_servers_that_are_killed_lose_and_double_nothing(self) -> None:
        town, house = self.town, self.house
        ref, receipt = self.raised()
        town.stop_dovecot(signal.SIGKILL)
        town.send(mail("raiser@example.org", f"Re: {receipt['Subject']}",
                       "escalate: we could not agree.", receipt))  # waits in Postfix's queue
        house.kill()
        town.start_dovecot()
        house.start()
        wait_for("stage 2", lambda: self.case(ref)["stage"] == "2", 40)
        town.wait_for_mail("manager", ref)
        house.kill()
        house.start()
        wait_for("an empty inbox", lambda: town.mails("stageclock") == [], 40)
        prompts = [m for m in town.mails("manager") if ref in str(m["Subject"])]
        self.assertEqual(len({str(m["Message-ID"]) for m in prompts}), 1)
        repeats = [m for m in prompts if m["X-Stageclock-Possible-Repeat"] == "yes"]
        self.assertEqual(len(prompts) - len(repeats), 1)

    def test_a_forged_sender_changes_nothing(self) -> None:
        ref, receipt = self.raised()
        forged = mail("Robin Raiser <raiser@example.org>", f"[{ref}] done", "withdraw")
        # Not through the border host: straight into the mailbox, as a rule of another tenant might.
        forged["Authentication-Results"] = "mx.evil.example.net; dmarc=pass"
        box = self.town.mailbox("stageclock")
        box.append("INBOX", "", "", forged.as_bytes())
        box.logout()
        wait_for("it to be set aside", lambda: self.town.mails("stageclock", "Aside"))
        self.assertEqual(self.case(ref)["status"], "open")


if __name__ == "__main__":
    unittest.main()
