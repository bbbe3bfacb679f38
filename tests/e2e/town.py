# SPDX-License-Identifier: MIT
"""A town with a real post office, on loopback and unprivileged ports: Postfix takes mail, Dovecot
keeps it (LMTP in, IMAP out, STARTTLS with a CA of its own), Pigeonhole answers for people who are
away. Everything lies in one scratch folder and ends with it."""

import email
import email.message
import email.policy
import imaplib
import os
import pwd
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import tempfile
from pathlib import Path

from house import free_port, wait_for

PASSWORD = "a loopback password"

POSTFIX_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/postfix-data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.example.org
mydestination =
alias_maps =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
virtual_mailbox_domains = example.org
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
recipient_delimiter = +
smtpd_recipient_restrictions = check_recipient_access inline:{{ refused@example.org=REJECT }},
    permit_mynetworks, reject
bounce_queue_lifetime = 0
maximal_backoff_time = 2s
minimal_backoff_time = 1s
queue_run_delay = 1s
# Pigeonhole stays silent for Auto-Submitted; the robots of Exchange look at
# X-Auto-Response-Suppress only. This town's are of that kind.
lmtp_header_checks = regexp:{folder}/postfix/robots
# The border host takes its own name out of what comes in, and signs what it has checked: here, all
# mail that says it is from example.org.
header_checks = regexp:{folder}/postfix/border
"""

ROBOTS = "/^Auto-Submitted: auto-generated/ IGNORE\n"
BORDER = """/^Authentication-Results:/ IGNORE
/^From:.*@example\\.org>?$/ PREPEND Authentication-Results: mx.example.org; dmarc=pass
"""

POSTFIX_MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
postlog   unix-dgram n - n - 1 postlogd
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
lmtp      unix  - - n - - lmtp
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
"""

DOVECOT = """
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot-state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
auth_mechanisms = plain
disable_plaintext_auth = yes
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
mail_location = maildir:{folder}/mail/%n
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
submission_host = 127.0.0.1:{smtp}
recipient_delimiter = +
postmaster_address = postmaster@example.org
hostname = mx.example.org
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%n {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%n {folder}/users
  override_fields = home={folder}/home/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  chroot =
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
protocol lmtp {{
  mail_plugins = sieve
}}
plugin {{
  sieve = file:{folder}/home/%n/away.sieve
  sieve_extensions = +vacation-seconds
  sieve_vacation_min_period = 0
}}
"""

AWAY = """require ["vacation", "vacation-seconds"];
vacation :seconds 0 :subject "Out of office" :addresses ["{address}"]
"I am on leave and shall be back on 4 January 2027.";
"""


class Town:
    """`people` are local parts of example.org who have a mailbox; others' mail bounces."""

    def __init__(self, people: list[str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stageclock-town-"))
        self.folder.chmod(0o755)
        self.smtp, self.imap, self.lmtp = free_port(), free_port(), free_port()
        self.user = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.people = people
        self._dovecot: subprocess.Popen[bytes] | None = None

    # Postfix's master insists on being root.
    def _as_root(self, *command: str | Path) -> None:
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        done = subprocess.run([*root, *command], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def start(self) -> None:
        self._make_certificates()
        self._write_configuration()
        self.start_dovecot()
        self._as_root("/usr/sbin/postfix", "-c", self.folder / "postfix", "start")
        wait_for("Postfix to listen", lambda: self._listens(self.smtp))

    def stop(self) -> None:
        if (self.folder / "queue/pid/master.pid").exists():
            self._as_root("/usr/sbin/postfix", "-c", self.folder / "postfix", "stop")
        self.stop_dovecot()
        self._as_root("rm", "-rf", self.folder)

    def start_dovecot(self) -> None:
        self._dovecot = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot.conf"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("Dovecot to listen", lambda: self._listens(self.imap) and self._listens(self.lmtp))

    def stop_dovecot(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._dovecot is None:
            return
        self._dovecot.send_signal(how)
        self._dovecot.wait(timeout=30)
        self._dovecot = None

    def _listens(self, port: int) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    def _make_certificates(self) -> None:
        def openssl(*arguments: str) -> None:
            subprocess.run(["openssl", *arguments], cwd=self.folder, check=True,
                           capture_output=True, timeout=60)
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Town CA")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
        (self.folder / "san.cnf").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                "-CAcreateserial", "-out", "server.pem", "-days", "2", "-extfile", "san.cnf")

    def _write_configuration(self) -> None:
        group = "nogroup" if self.user == "nobody" else self.user
        for name in ("postfix", "queue", "postfix-data", "mail", "home", "dovecot",
                     "dovecot-state"):
            (self.folder / name).mkdir()
        numbers = {"folder": self.folder, "smtp": self.smtp, "imap": self.imap,
                   "lmtp": self.lmtp, "user": self.user, "group": group}
        (self.folder / "postfix/main.cf").write_text(POSTFIX_MAIN.format(**numbers))
        (self.folder / "postfix/robots").write_text(ROBOTS)
        (self.folder / "postfix/border").write_text(BORDER)
        (self.folder / "postfix/master.cf").write_text(POSTFIX_MASTER.format(**numbers))
        (self.folder / "dovecot.conf").write_text(DOVECOT.format(**numbers))
        (self.folder / "users").write_text(
            "".join(f"{name}:{{PLAIN}}{PASSWORD}::::::\n" for name in self.people))
        for name in self.people:
            (self.folder / "home" / name).mkdir()
        if os.geteuid() == 0:
            for name in ("mail", "home", "dovecot-state"):
                for path in [self.folder / name, *(self.folder / name).iterdir()]:
                    shutil.chown(path, self.user, group)
            shutil.chown(self.folder / "postfix-data", "postfix")
            (self.folder / "server.key").chmod(0o640)

    def leave(self, name: str) -> None:
        """From now on a robot answers for this person."""
        script = self.folder / "home" / name / "away.sieve"
        script.write_text(AWAY.format(address=name + "@example.org"))
        if os.geteuid() == 0:
            shutil.chown(script, self.user)

    def send(self, message: email.message.EmailMessage) -> None:
        """As a mail program would hand it over: the envelope is the header's."""
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=20) as relay:
            relay.send_message(message)

    def mailbox(self, name: str) -> imaplib.IMAP4:
        box = imaplib.IMAP4("127.0.0.1", self.imap, timeout=20)
        trust = ssl.create_default_context(cafile=str(self.folder / "ca.pem"))
        trust.check_hostname = False
        box.starttls(trust)
        box.login(name, PASSWORD)
        return box

    def mails(self, name: str, folder: str = "INBOX") -> list[email.message.EmailMessage]:
        """What lies in somebody's mailbox, oldest first."""
        box = self.mailbox(name)
        try:
            if box.select(folder, readonly=True)[0] != "OK":
                return []
            found = []
            for number in box.search(None, "ALL")[1][0].split():
                data = box.fetch(number, "(BODY.PEEK[])")[1][0]
                if not isinstance(data, tuple):
                    continue  # moved away since the search
                found.append(email.message_from_bytes(data[1], policy=email.policy.default))
            return found  # type: ignore[return-value]
        finally:
            box.logout()

    def wait_for_mail(self, name: str, words: str, seconds: float = 30
                      ) -> email.message.EmailMessage:
        """The first mail of this person whose subject or text holds these words."""
        def found() -> email.message.EmailMessage | None:
            for mail in self.mails(name):
                text = mail.get_body(("plain",))
                if words in str(mail["Subject"]) or (text and words in text.get_content()):
                    return mail
            return None
        return wait_for(f"a mail to {name} with {words!r}", found, seconds)

    def logs(self) -> str:
        return "\n".join(path.read_text(errors="replace")
                         for path in sorted(self.folder.glob("*.log")))
