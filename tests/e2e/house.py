# SPDX-License-Identifier: MIT
"""The real daemon in a folder of its own, for end-to-end tests: start it, post to it, drop mails,
move its clock, read what it would have sent, kill it."""

import email
import email.message
import email.policy
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Callable

TOP = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("STAGECLOCK", TOP / "build/dev/bot/app/stageclock"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: str, condition: Callable[[], Any], seconds: float = 20) -> Any:
    """The condition's first true value; fails with `what` when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s for {what}")


class House:
    def __init__(self, config: str | Path = "config/sandbox.toml") -> None:
        self.config = config
        self.data = Path(tempfile.mkdtemp(prefix="stageclock-e2e-"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self._log = self.data.with_suffix(".log")

    def start(self) -> None:
        command = [BINARY, "serve", "--config", self.config, "--data", self.data,
                   "--port", str(self.port)]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=TOP, stdout=log, stderr=log)
        wait_for("the daemon to answer", self._answers)

    def _answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError("the daemon ended: " + self.log())
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def clear(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.data, ignore_errors=True)
        self._log.unlink(missing_ok=True)

    def secret(self, name: str) -> str:
        return (self.data / "secrets" / name).read_text().strip()

    def post(self, event: dict[str, Any] | bytes, token: str | None = None
             ) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer to a webhook."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        request = urllib.request.Request(self.url + "/hooks/v1/case-system", body, {
            "Content-Type": "application/cloudevents+json",
            "Authorization": "Bearer " + (token or self.secret("case-system.bearer"))})
        return self._ask(request)

    def get(self, path: str) -> tuple[int, Any]:
        request = urllib.request.Request(self.url + path, headers={
            "Authorization": "Bearer " + self.secret("operator.token")})
        return self._ask(request)

    def _ask(self, request: urllib.request.Request) -> tuple[int, Any]:
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")
        except urllib.error.URLError as error:
            ended = self.process.poll() if self.process is not None else None
            raise ConnectionError(f"{error}; daemon ended with {ended}\n{self.log()}") from error

    def forward(self, by: str) -> str:
        """Moves the clock as a person would; what the command printed."""
        moved = subprocess.run(
            [BINARY, "clock", "forward", by, "--config", self.config, "--data",
             self.data, "--port", str(self.port)],
            cwd=TOP, capture_output=True, text=True, timeout=120)
        assert moved.returncode == 0, moved.stderr
        return moved.stdout

    def drop(self, name: str, text: str) -> None:
        """A mail as the local mail server would deliver it."""
        waiting = self.data / "intake/tmp" / name
        waiting.write_bytes(text.replace("\n", "\r\n").encode())
        waiting.rename(self.data / "intake/new" / name)

    def all_taken_in(self) -> bool:
        return not any((self.data / "intake/new").iterdir())

    def notices(self) -> list[dict[str, Any]]:
        """Every notice, oldest first."""
        status, body = self.get("/api/v1/outbox")
        assert status == 200
        return sorted(body["notices"], key=lambda notice: notice["id"])

    def told(self) -> list[tuple[str, str]]:
        """(reason, address) of every notice, sorted."""
        return sorted((n["reason"], n["to"]["address"]) for n in self.notices())

    def all_sent(self) -> bool:
        return all(n["state"] == "accepted" for n in self.notices())

    def mails(self) -> list[email.message.EmailMessage]:
        """What would have been sent: the captured mails, oldest first."""
        folder = self.data / "outbox/new"
        paths = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in paths]  # type: ignore[misc]

    def mails_to(self, address: str) -> list[email.message.EmailMessage]:
        return [mail for mail in self.mails() if address in str(mail["To"])]


def pdf_text(mail: email.message.EmailMessage) -> str:
    """The text of the PDF attached to a mail."""
    parts = [part for part in mail.iter_attachments()
             if part.get_content_type() == "application/pdf"]
    assert len(parts) == 1, f"{len(parts)} forms attached"
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(parts[0].get_content())
        file.flush()
        text = subprocess.run(["pdftotext", "-layout", file.name, "-"], check=True,
                              capture_output=True, text=True).stdout
    return re.sub(r"\s+", " ", text)
