# SPDX-License-Identifier: MIT
"""The daemon on a mailbox of a real Dovecot: a reply moves its case within seconds, and kill -9 of
either side while mails pour in loses none and answers none twice."""

import grp
import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import TOP, House, free_port, wait_for
from ladder_test import mail_of, raise_event

MAILS = 60
PARTS = ("cur", "new", "tmp")


class Dovecot:
    """One mailbox, "intake" with the password "right", in the clear on loopback."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stageclock-dovecot-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.delivered = 0
        root = os.geteuid() == 0  # whose mail Dovecot gives to nobody
        self.user = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
        for part in ("run", "state", "mail", *(f"mail/{part}" for part in PARTS)):
            (self.folder / part).mkdir()
            if part.startswith("mail"):
                self.give(self.folder / part)
        me = "" if root else (f"default_internal_user = {self.user.pw_name}\n"
                              f"default_login_user = {self.user.pw_name}\n"
                              f"default_internal_group = {grp.getgrgid(os.getegid()).gr_name}\n")
        chroot = "" if root else "  chroot =\n"
        (self.folder / "dovecot.conf").write_text(
            f"{me}protocols = imap\nlisten = 127.0.0.1\nbase_dir = {self.folder}/run\n"
            f"state_dir = {self.folder}/state\nlog_path = {self.folder}/log\nssl = no\n"
            f"disable_plaintext_auth = no\nfirst_valid_uid = 1\n"
            f"mail_location = maildir:{self.folder}/mail\n"
            f"passdb {{\n  driver = static\n  args = password=right\n}}\n"
            f"userdb {{\n  driver = static\n  args = uid={self.user.pw_uid} "
            f"gid={self.user.pw_gid} home={self.folder}/mail\n}}\n"
            f"service anvil {{\n{chroot}}}\nservice imap-login {{\n{chroot}"
            f"  inet_listener imap {{\n    port = {self.port}\n  }}\n"
            f"  inet_listener imaps {{\n    port = 0\n  }}\n}}\n")

    def give(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def start(self) -> None:
        wait_for("Dovecot to answer", self.begun)

    def begun(self) -> bool:
        """It listens. One that could not start, because something of the last still ends, is
        started anew."""
        if self.process is None or self.process.poll() is not None:
            self.launch()
        return not self.is_silent()

    def launch(self) -> None:
        command = ["/usr/sbin/dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]
        with (self.folder / "out").open("ab") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out, process_group=0)

    def kill(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        # Its children may still be ending: a socket they listen on would stop the next start.
        wait_for("the port to be free", self.is_silent)
        shutil.rmtree(self.folder / "run", ignore_errors=True)
        (self.folder / "run").mkdir(exist_ok=True)
        # Held by the dead, such a lock stops the next one's SELECT until Dovecot calls it stale.
        for lock in (self.folder / "mail").rglob("dovecot-uidlist.lock"):
            lock.unlink(missing_ok=True)

    def is_silent(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) != 0

    def clear(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def deliver(self, text: str) -> None:
        self.delivered += 1
        waiting = self.folder / f"mail/tmp/1.M{self.delivered:06}P1.example"
        waiting.write_bytes(text.replace("\n", "\r\n").encode())
        os.utime(waiting)
        self.give(waiting)
        waiting.rename(self.folder / "mail/new" / waiting.name)

    def log(self) -> str:
        """The end of what Dovecot says."""
        said = [self.folder / name for name in ("out", "log")]
        return "\n".join(file.read_text(errors="replace")[-2000:] for file in said if file.exists())

    def count(self, folder: str) -> int:
        base = self.folder / "mail" / folder
        return sum(len(list((base / part).iterdir())) for part in ("new", "cur")
                   if (base / part).is_dir())


class Mailbox(unittest.TestCase):
    def setUp(self) -> None:
        self.server = Dovecot()
        self.addCleanup(self.server.clear)
        self.server.start()
        config = self.server.folder / "settings.toml"
        sandbox = (TOP / "config/sandbox.toml").read_text()
        config.write_text(sandbox.replace('maildir = "intake"\n', f"""
[mail.imap]
url = "imap://127.0.0.1:{self.server.port}"
tls = "none"
user = "intake"
password_file = "secrets/imap"
poll_seconds = 5
"""))
        self.house = House(config)
        self.addCleanup(self.house.clear)
        secret = self.house.data / "secrets/imap"
        secret.parent.mkdir()
        secret.write_text("right\n")
        secret.chmod(0o600)
        self.house.start()
        wait_for("the first connect", (self.house.data / "mailbox.state").exists)
        _, answer = self.house.post(raise_event())
        self.ref = answer["case"]

    def stage(self) -> str:
        return str(self.house.get(f"/api/v1/cases/{self.ref}")[1]["stage"])

    def answered(self) -> int:
        with sqlite3.connect(self.house.data / "stageclock.db") as store:
            return int(store.execute("SELECT count(DISTINCT message) FROM answer "
                                     "WHERE source = 'mail'").fetchone()[0])

    def test_a_reply_moves_its_case_and_kills_lose_none(self) -> None:
        self.server.deliver(mail_of("escalate-to-2.eml", self.ref))
        wait_for("stage 2", lambda: self.stage() == "2")
        wait_for("the mail to be put away", lambda: self.server.count(".Handled") == 1)
        for number in range(MAILS):
            self.server.deliver(
                f"From: Robin Raiser <robin@trust.example.org>\nTo: stageclock@example.org\n"
                f"Subject: [{self.ref}] noted\nMessage-ID: <n{number}@trust.example.org>\n\n"
                f"noted\n")
            if number == MAILS // 3:
                wait_for("some mails to be taken", lambda: self.answered() > 5)
                self.house.kill()
                self.house.start()
            if number == 2 * MAILS // 3:
                self.server.kill()
                self.server.start()
        try:
            wait_for("an empty inbox", lambda: self.server.count("") == 0, seconds=120)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.server.log()}\n{self.house.log()}") from error
        self.assertEqual(self.answered(), MAILS + 1)
        self.assertEqual(self.server.count(".Handled") + self.server.count(".Aside"), MAILS + 1)
        self.assertEqual(len(list((self.house.data / "mail").glob("*.eml"))), MAILS + 1)
        with sqlite3.connect(self.house.data / "stageclock.db") as store:
            answers = store.execute("SELECT message, count(*) FROM answer "
                                    "WHERE source = 'mail' GROUP BY message").fetchall()
        self.assertEqual({count for _, count in answers}, {1})
        self.assertNotIn("robin@", self.house.log())
        self.assertEqual(self.house.stop(), 0)


if __name__ == "__main__":
    unittest.main()
