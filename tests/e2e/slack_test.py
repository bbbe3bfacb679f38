# SPDX-License-Identifier: MIT
"""Slack through the real binary, with Slack on loopback: a case is raised, its message comes into a
room, a button is an act and the message is replaced; the slash command answers. Slack's own
libraries judge our signatures and are compared with what we send."""

import hashlib
import hmac
import http.server
import json
import shutil
import sqlite3
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

from camden import raised
from house import House, wait_for
from microsoft import Relay
from node import ask

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TS = "1503435956.000247"

CONFIG = """
delivery = "live"
[server]
public_url = "https://case.example.org"
[files]
calendar = "policies/calendars/bank-holidays.json"
templates = "templates"
[mail]
from = "stageclock@example.org"
[smtp]
url = "smtp://127.0.0.1:{smtp}"
tls = "none"
[web]
local_hosts = ["127.0.0.1"]
[[board]]
id = "camden"
policy = "policies/camden"
directories = ["config/sandbox/camden.toml", "{folder}/own.toml"]
[[source]]
id = "case-system"
bearer_file = "secrets/case-system.bearer"
[[token]]
name = "operator"
role = "operator"
token_file = "secrets/operator.token"
[[chat_app]]
id = "office"
channel = "slack"
url = "{slack}/api"
token_file = "secrets/slack.token"
secret_file = "secrets/slack.secret"
tenant = "T0001"
[[chat]]
name = "desk"
channel = "slack"
app = "office"
to = "C0DESK"
[[chat]]
name = "hook"
channel = "slack"
url_file = "secrets/hook.url"
"""

OWN = """
[[post]]
id = "early-help-3"
channels = ["mail", "slack:desk"]
accounts = ["slack:U0LEAD"]
[[post]]
id = "housing-3"
channels = ["mail", "slack:hook"]
"""


class Slack(http.server.ThreadingHTTPServer):
    """Takes what it is sent, and keeps it."""

    daemon_threads = True

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), _Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._thread = threading.Thread(target=self.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    def to(self, path: str) -> list[dict[str, Any]]:
        return [call for call in self.calls if call["path"] == path]


class _Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if "json" in self.headers["Content-Type"]:
            body = json.loads(raw)
        else:  # the official client sends forms, with what is no text as JSON in them
            body = {name: json.loads(values[0]) if name.startswith(("blocks", "unfurl"))
                    else values[0] for name, values in parse_qs(raw).items()}
        self.server.calls.append({  # type: ignore[attr-defined]
            "method": self.command, "path": self.path, "body": body,
            "authorization": self.headers.get("Authorization")})
        hook = self.path.startswith("/services/")
        answer = b"ok" if hook else json.dumps(
            {"ok": True, "channel": "C0DESK", "ts": TS, "user": {
                "id": "U0LEAD", "team_id": "T0001"}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if hook else "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def signed(body: str, at: int, secret: str = SECRET) -> dict[str, str]:
    code = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": str(at), "signature": "v0=" + code, "body": body}


class SlackTest(unittest.TestCase):
    def setUp(self) -> None:
        self.slack, self.relay = Slack(), Relay()
        self.addCleanup(self.slack.stop)
        self.addCleanup(self.relay.stop)
        self.folder = Path(tempfile.mkdtemp(prefix="stageclock-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.house = House(self.folder / "live.toml")
        self.addCleanup(self.house.clear)
        (self.folder / "own.toml").write_text(OWN)
        (self.folder / "live.toml").write_text(CONFIG.format(
            smtp=self.relay.port, folder=self.folder, slack=self.slack.url))
        secrets = {"case-system.bearer": "a-token-of-the-case-system-0123456789",
                   "operator.token": "a-token-of-the-operator-0123456789",
                   "hook.url": self.slack.url + "/services/T0/B0/x",
                   "slack.token": "xoxb-token", "slack.secret": SECRET}
        (self.house.data / "secrets").mkdir(mode=0o700)
        for name, text in secrets.items():
            path = self.house.data / "secrets" / name
            path.write_text(text)
            path.chmod(0o600)
        self.house.start()
        self.addCleanup(self.house.stop)

    def call(self, request: dict[str, str]) -> tuple[int, bytes]:
        post = urllib.request.Request(
            self.house.url + "/chat/v1/office", request["body"].encode(),
            {"Content-Type": "application/x-www-form-urlencoded",
             "X-Slack-Request-Timestamp": request["timestamp"],
             "X-Slack-Signature": request["signature"]})
        try:
            with urllib.request.urlopen(post, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def say(self, text: str, identity: str) -> dict[str, Any]:
        body = urlencode({"command": "/case", "text": text, "user_id": "U0LEAD",
                          "team_id": "T0001", "trigger_id": identity})
        status, answer = self.call(signed(body, int(time.time())))
        self.assertEqual(status, 200)
        return dict(json.loads(answer))

    def recorded(self) -> int:
        """How often somebody acknowledged."""
        with sqlite3.connect(self.house.data / "stageclock.db") as store:
            bodies = store.execute("SELECT body FROM event").fetchall()
        return sum(json.loads(body)["kind"] == "acknowledged" for (body,) in bodies)

    def press(self, message: dict[str, Any], action: str, words: str = "") -> dict[str, str]:
        buttons = [element for block in message["blocks"] if block["type"] == "actions"
                   for element in block["elements"]]
        pressed = next(button for button in buttons if button["action_id"] == action)
        payload = {
            "type": "block_actions", "user": {"id": "U0LEAD"}, "team": {"id": "T0001"},
            "channel": {"id": "C0DESK"}, "trigger_id": str(time.time()),
            "message": {"ts": TS, "blocks": message["blocks"]}, "actions": [pressed],
            "state": {"values": {"words": {"words": {"type": "plain_text_input",
                                                     "value": words or None}}}},
            "response_url": self.slack.url + "/response"}
        return signed(urlencode({"payload": json.dumps(payload)}), int(time.time()))

    def test_a_case_is_acknowledged_by_a_button_and_resolved_in_the_room(self) -> None:
        ref = raised(self.house)
        posted = wait_for("a message", lambda: self.slack.to("/api/chat.postMessage"))[0]
        message = posted["body"]
        self.assertEqual((posted["authorization"], message["channel"]),
                         ("Bearer xoxb-token", "C0DESK"))
        self.assertNotIn("Sam Example", json.dumps(message))
        self.assertIn(ref, json.dumps(message))

        request = self.press(message, "act:acknowledged")
        for forged in ({**request, "signature": "v0=" + "0" * 64},
                       {**request, "body": request["body"] + "+"},
                       signed(request["body"], int(time.time()) - 400),
                       signed(request["body"], int(time.time()) + 400)):
            self.assertEqual(self.call(forged), (401, b"{}"))
        self.assertEqual((self.recorded(), self.slack.to("/api/chat.update")), (0, []))

        self.assertEqual(self.call(request), (200, b""))
        self.assertEqual(self.call(request), (200, b""))
        self.assertEqual(self.recorded(), 1)
        update = wait_for("the new words", lambda: self.slack.to("/api/chat.update"))[0]["body"]
        self.assertEqual((update["channel"], update["ts"]), ("C0DESK", TS))
        self.assertIn("Recorded: acknowledge", update["text"])
        self.assertIn("named safeguarding lead", update["text"])
        self.assertNotIn("act:", json.dumps(update))

        self.assertEqual(self.call(self.press(message, "act:resolved")), (200, b""))
        told = wait_for("what is missing", lambda: self.slack.to("/response"))[0]["body"]
        self.assertEqual(told["response_type"], "ephemeral")
        self.assertIn(ref, json.dumps(self.say("list", "t1")))
        self.call(self.press(message, "act:resolved", "A joint visit on Friday."))
        case = self.house.get(f"/api/v1/cases/{ref}")[1]
        self.assertEqual((case["status"], case["outcome"]),
                         ("resolved", "A joint visit on Friday."))
        self.assertEqual(self.call(self.press(message, "act:acknowledged"))[0], 200)
        self.assertNotIn("U0LEAD", self.house.log())

    def test_slacks_own_libraries_agree_with_us(self) -> None:
        raised(self.house)
        wait_for("both messages", lambda: self.slack.to("/api/chat.postMessage") and
                 self.slack.to("/services/T0/B0/x"))
        ours = self.slack.to("/api/chat.postMessage")[0], self.slack.to("/services/T0/B0/x")[0]
        self.slack.calls.clear()
        update = {"channel": "C0DESK", "ts": TS, "text": "x", "blocks": ours[0]["body"]["blocks"]}
        said = ask("slack.cjs", {
            "do": "post", "api": self.slack.url + "/api/", "token": "xoxb-token",
            "hook": self.slack.url + "/services/T0/B0/x", "message": ours[0]["body"],
            "update": update})
        self.assertEqual(said, {"posted": True, "updated": True, "hooked": "ok"})
        theirs = self.slack.to("/api/chat.postMessage")[0]
        self.assertEqual(theirs, ours[0])
        hooked = self.slack.to("/services/T0/B0/x")[0]
        hooked["body"] = {**hooked["body"], **ours[1]["body"]}
        del hooked["body"]["timeout"]  # a setting of the library's own, which it sends along
        self.assertEqual(hooked, ours[1])
        self.assertEqual(self.slack.to("/api/chat.update")[0]["body"], update)

    def test_signatures_are_believed_as_slacks_own_library_believes_them(self) -> None:
        now = int(time.time())
        body = urlencode({"command": "/case", "text": "list", "user_id": "U1", "trigger_id": "1"})
        good = signed(body, now)
        requests = {
            "right": good, "old": signed(body, now - 290), "too old": signed(body, now - 310),
            "other secret": signed(body, now, "other"), "other body": {**good, "body": body + "+"},
            "upper case": {**good, "signature": "v0=" + good["signature"][3:].upper()},
            "v1": {**good, "signature": "v1" + good["signature"][2:]},
            "empty": {**good, "signature": "v0="}, "future": signed(body, now + 400)}
        verdicts = ask("slack.cjs", {"do": "judge", "secret": SECRET, "now": now,
                                     "requests": requests})
        # The library believes in any future; Slack's other one does not, and neither do we.
        self.assertTrue(verdicts["future"])
        verdicts["future"] = False
        ours = {name: self.call(request)[0] == 200 for name, request in requests.items()}
        self.assertEqual(ours, verdicts)


if __name__ == "__main__":
    unittest.main()
