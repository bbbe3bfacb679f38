# SPDX-License-Identifier: MIT
"""GOV.UK Notify through the live daemon: a text message beside the mail, what became of it told to
us or asked for, and the next channel when it did not arrive. The official libraries are the other
side: Notify's client for what we send, Standard Webhooks for what a board's own system is sent."""

import base64
import hashlib
import hmac
import json
import shutil
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from house import TOP, House, wait_for
from node import ask

ISSUER = "26785a09-ab16-4eb0-8407-a37497a57506"
KEY = "3d844edf-8d35-48ac-975b-e847b4f122b0"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TOKEN = "c" * 40

SETTINGS = """
delivery = "live"
[server]
listen = "127.0.0.1:0"
public_url = "https://stageclock.example.org"
[data]
dir = "unused"
[mail]
from = "stageclock@example.org"
[web]
local_hosts = ["127.0.0.1"]
[govuk_notify]
api_key_file = "secrets/notify.key"
url = "http://127.0.0.1:{port}"
mail_template = "11111111-1111-1111-1111-111111111111"
sms_template = "22222222-2222-2222-2222-222222222222"
callback_token_file = "secrets/notify.callback"
[[chat]]
name = "duty-desk"
channel = "webhook"
url_file = "secrets/desk.url"
secret_file = "secrets/desk.secret"
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
[[post]]
id = "office"
address = "office@example.org"
[[post]]
id = "health-manager"
agency = "health"
role = "line-manager"
title = "Health manager"
address = "manager@example.org"
phone = "07700 900123"
channels = ["mail", "sms", "webhook:duty-desk"]
[[post]]
id = "social-manager"
agency = "childrens-services"
role = "line-manager"
title = "Social care manager"
address = "social@example.org"
"""


def claims_of(authorization: str) -> dict[str, Any]:
    """The claims of a token made with our key; fails on any other."""
    head, claims, signature = authorization.removeprefix("Bearer ").split(".")
    made = hmac.new(KEY.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64encode(made).rstrip(b"=").decode() == signature
    parts = [json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, claims)]
    assert parts[0] == {"alg": "HS256", "typ": "JWT"}, parts[0]
    assert abs(parts[1]["iat"] - time.time()) < 30
    return parts[1]


class Service:
    """Notify and the duty desk's own system, on loopback."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []      # in the order of arrival
        self.events: list[dict[str, Any]] = []    # webhooks: headers and body
        self.status: dict[str, str] = {}          # by reference, for those who ask
        self.asked = 0
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                if self.path == "/desk":
                    service.events.append({"headers": dict(self.headers), "body": body})
                    return self.give(204, None)
                claims_of(self.headers["Authorization"])
                kept = {"path": self.path, "authorization": self.headers["Authorization"],
                        "body": json.loads(body), "id": str(uuid.uuid4())}
                service.sent.append(kept)
                return self.give(201, {"id": kept["id"]})

            def do_GET(self) -> None:
                claims_of(self.headers["Authorization"])
                service.asked += 1
                self.give(200, {"notifications": [
                    {"id": one["id"], "reference": one["body"]["reference"],
                     "status": service.status.get(one["path"], "sending")}
                    for one in service.sent]})

            def give(self, status: int, body: dict[str, Any] | None) -> None:
                text = b"" if body is None else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def texts(self) -> list[dict[str, Any]]:
        return [one for one in self.sent if one["path"].endswith("/sms")]


class Notify(unittest.TestCase):
    def setUp(self) -> None:
        self.service = Service()
        self.addCleanup(self.service.stop)
        folder = Path(tempfile.mkdtemp(prefix="stageclock-e2e-"))
        self.addCleanup(shutil.rmtree, folder)
        shutil.copytree(TOP / "tests/boards/first", folder / "board")
        (folder / "board/people.toml").write_text(DIRECTORY)
        config = folder / "stageclock.toml"
        config.write_text(SETTINGS.format(port=self.service.port, board=folder / "board"))
        self.house = House(config)
        self.addCleanup(self.house.clear)
        (self.house.data / "secrets").mkdir(mode=0o700)
        for name, text in (("operator.token", "o" * 40), ("case-system.bearer", "b" * 40),
                           ("notify.key", f"test-{ISSUER}-{KEY}"), ("notify.callback", TOKEN),
                           ("desk.url", f"http://127.0.0.1:{self.service.port}/desk"),
                           ("desk.secret", SECRET)):
            secret = self.house.data / "secrets" / name
            secret.write_text(text)
            secret.chmod(0o600)
        self.house.start()

    def event(self, kind: str, identity: str, **data: Any) -> str:
        event = {"specversion": "1.0", "id": identity, "source": "/case-system",
                 "type": f"stageclock.case.{kind}", "data": data}
        if "ref" in data:
            event["subject"] = data.pop("ref")
        status, answer = self.house.post(event)
        self.assertIn(status, (200, 201), answer)
        return str(answer["case"])

    def at_stage_2(self) -> str:
        robin = {"name": "Robin Raiser", "email": "raiser@example.org"}
        wil = {"name": "Wil Worker", "email": "worker@example.org"}
        ref = self.event("raise", "one", board="millbrook",
                         subject={"kind": "child", "name": "Sam Sample"},
                         raising={"agency": "childrens-services", "practitioner": robin},
                         receiving={"agency": "health", "practitioner": wil},
                         summary="The discharge plan leaves the child without a bed.")
        self.event("escalate", "two", ref=ref, stage="2", by=robin, text="No agreement.")
        wait_for("a text message", self.service.texts)
        return ref

    def callback(self, status: str, reference: str, token: str = TOKEN) -> int:
        body = {"id": str(uuid.uuid4()), "reference": reference, "to": "+447700900123",
                "status": status, "notification_type": "sms", "completed_at": None}
        request = urllib.request.Request(
            self.house.url + "/notify/v1/callbacks", json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def by(self, channel: str) -> list[dict[str, Any]]:
        return [one for one in self.house.notices() if one["channel"] == channel]

    def settled(self, reference: str, status: str) -> None:
        """The callback is taken: until the acceptance is recorded it is asked for again."""
        wait_for("the callback to be taken", lambda: self.callback(status, reference) == 200)

    def test_an_officer_gets_a_text_beside_the_mail_as_the_official_client_would_send_it(
            self) -> None:
        ref = self.at_stage_2()
        text = self.service.texts()[0]
        mail = next(one for one in self.service.sent
                    if one["body"].get("email_address") == "manager@example.org")
        self.assertEqual(text["body"]["phone_number"], "+447700900123")
        self.assertIn(ref, text["body"]["personalisation"]["message"])
        self.assertNotIn("Sam Sample", json.dumps(text["body"]))
        self.assertIn("Sam Sample", mail["body"]["personalisation"]["body"])
        self.assertRegex(mail["body"]["personalisation"]["link"],
                         r"^https://stageclock\.example\.org/a/")
        self.assertEqual(mail["body"].pop("sanitise_content_for"), ["subject", "body"])
        official = ask("notify.cjs", {
            "key": f"test-{ISSUER}-{KEY}",
            "sms": [text["body"]["template_id"], text["body"]["phone_number"],
                    {key: text["body"][key] for key in ("personalisation", "reference")}],
            "email": [mail["body"]["template_id"], mail["body"]["email_address"],
                      {key: mail["body"][key] for key in ("personalisation", "reference")}]})
        for ours, theirs in ((text, official["sms"]), (mail, official["email"])):
            self.assertEqual(ours["path"], theirs["path"])
            self.assertEqual(ours["body"], theirs["body"])
            self.assertEqual(claims_of(ours["authorization"]).keys(),
                             claims_of(theirs["authorization"]).keys())
            self.assertEqual(claims_of(ours["authorization"])["iss"],
                             claims_of(theirs["authorization"])["iss"])
        self.settled(text["body"]["reference"], "delivered")
        self.assertEqual([one["state"] for one in self.by("sms")], ["delivered"])
        self.assertEqual(self.service.events, [])

    def test_a_callback_of_failure_leads_to_the_next_channel_and_a_forged_one_to_nothing(
            self) -> None:
        ref = self.at_stage_2()
        reference = self.service.texts()[0]["body"]["reference"]
        for token in ("", "wrong", TOKEN + "0"):
            self.assertEqual(self.callback("permanent-failure", reference, token), 401)
        self.assertNotIn("bounced", [one["state"] for one in self.house.notices()])
        self.settled(reference, "permanent-failure")
        event = wait_for("the duty desk's webhook", lambda: self.service.events)[0]
        self.assertEqual([one["state"] for one in self.by("sms")], ["bounced"])
        believed = ask("webhook.cjs", {"secret": SECRET, **event})
        self.assertEqual(believed, {"believed": True, "why": ""})
        changed = {**event, "body": event["body"].replace(ref, "MSCP-2026-9999")}
        self.assertFalse(ask("webhook.cjs", {"secret": SECRET, **changed})["believed"])
        body = json.loads(event["body"])
        self.assertEqual((body["type"], body["subject"]), ("stageclock.notice", ref))
        self.assertNotIn("Sam Sample", event["body"])
        # Told again, it is known.
        self.assertEqual(self.callback("permanent-failure", reference), 200)
        self.assertEqual(self.callback("delivered", reference), 200)
        wait_for("the webhook to be recorded",
                 lambda: [one["state"] for one in self.by("webhook")] == ["accepted"])
        self.assertEqual(len(self.service.events), 1)
        self.assertEqual([one["state"] for one in self.by("sms")], ["bounced"])

    def test_without_callbacks_it_asks_once_a_minute(self) -> None:
        self.service.status["/v2/notifications/sms"] = "permanent-failure"
        self.service.status["/v2/notifications/email"] = "delivered"
        self.at_stage_2()
        wait_for("the webhook", lambda: self.service.events, 90)
        wait_for("the text's end",
                 lambda: [one["state"] for one in self.by("sms")] == ["bounced"], 90)
        wait_for("the mails' end",
                 lambda: {one["state"] for one in self.by("mail")} == {"delivered"}, 90)
        self.assertLessEqual(self.service.asked, 3)


if __name__ == "__main__":
    unittest.main()
