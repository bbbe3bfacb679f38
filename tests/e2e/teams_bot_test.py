# SPDX-License-Identifier: MIT
"""The bot of Teams through the real binary, with Microsoft on loopback: an officer installs it, a
case is raised, a card comes into their own chat, its button is an act and the card is replaced;
words resolve the case. Microsoft's own libraries judge the tokens and draw the cards."""

import json
import shutil
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from house import TOP, House, wait_for
from microsoft import MEMBER, Microsoft, Relay
from node import ask

APP = "00000000-0000-4000-8000-00000000b070"
TENANT = "00000000-0000-4000-8000-00000000000a"
PICTURES = TOP / "build/pictures/teams"

CONFIG = """
delivery = "live"
[server]
public_url = "http://127.0.0.1:{port}"
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
[[chat]]
name = "desk"
channel = "teams"
url_file = "secrets/workflow.url"
[[chat_app]]
id = "bot"
channel = "teams-bot"
client_id = "{app}"
tenant = "{tenant}"
token_file = "secrets/bot.secret"
url = "{microsoft}"
hosts = ["127.0.0.1"]
"""

OWN = """
[[post]]
id = "early-help-3"
channels = ["mail", "teams-bot"]
[[post]]
id = "housing-3"
channels = ["mail", "teams:desk"]
"""


class TeamsBot(unittest.TestCase):
    def setUp(self) -> None:
        self.microsoft, self.relay = Microsoft(), Relay()
        self.addCleanup(self.microsoft.stop)
        self.addCleanup(self.relay.stop)
        self.folder = Path(tempfile.mkdtemp(prefix="stageclock-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.house = House(self.folder / "live.toml")
        self.addCleanup(self.house.clear)
        (self.folder / "own.toml").write_text(OWN)
        (self.folder / "live.toml").write_text(CONFIG.format(
            port=self.house.port, smtp=self.relay.port, folder=self.folder, app=APP,
            tenant=TENANT, microsoft=self.microsoft.url))
        secrets = {"case-system.bearer": "a-token-of-the-case-system-0123456789",
                   "operator.token": "a-token-of-the-operator-0123456789",
                   "workflow.url": self.microsoft.url + "/workflow?sig=x", "bot.secret": "secret"}
        (self.house.data / "secrets").mkdir(mode=0o700)
        for name, text in secrets.items():
            path = self.house.data / "secrets" / name
            path.write_text(text)
            path.chmod(0o600)
        made = ask("teams.cjs", {"do": "make", "app": APP, "service": self.microsoft.service,
                                 "now": int(time.time())})
        self.tokens = made["tokens"]
        self.microsoft.keys = made["keys"]
        self.house.start()

    def activity(self, kind: str, identity: str, **more: Any) -> dict[str, Any]:
        return {"type": kind, "id": identity, "channelId": "msteams",
                "serviceUrl": self.microsoft.service,
                "from": {"id": MEMBER["id"], "aadObjectId": MEMBER["aadObjectId"]},
                "recipient": {"id": "28:bot"},
                "conversation": {"id": "a:own", "conversationType": "personal",
                                 "tenantId": TENANT}, **more}

    def call(self, activity: dict[str, Any], token: str = "right") -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = "Bearer " + self.tokens[token]
        request = urllib.request.Request(self.house.url + "/api/messages",
                                         json.dumps(activity).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def tell(self, kind: str, identity: str, ref: str = "", **data: Any) -> dict[str, Any]:
        by = {"name": "Alex Example", "email": "alex@example.org", "side": "raising"}
        event = {"specversion": "1.0", "id": identity, "source": "/case-system",
                 "type": f"stageclock.case.{kind}", "data": {"by": by, **data}}
        if ref:
            event["subject"] = ref
        status, answer = self.house.post(event)
        self.assertLess(status, 300, answer)
        return answer

    def raised(self) -> str:
        """A case that two posts have to act on."""
        person = {"name": "Alex Example", "email": "alex@example.org"}
        ref = str(self.tell(
            "raise", "raise", board="camden", subject={"kind": "child", "name": "Sam Example"},
            raising={"agency": "housing", "practitioner": person},
            receiving={"agency": "early-help", "practitioner":
                       {"name": "Kim Example", "email": "kim@example.org"}},
            summary="The threshold is disputed.")["case"])
        for stage in ("2", "3"):
            self.tell("escalate", "to-" + stage, ref, stage=stage, text="No agreement.")
        return ref

    def card_in(self, part: str) -> dict[str, Any]:
        """The last card sent to an address with this in it."""
        sent = wait_for("a card", lambda: [call for call in self.microsoft.to(part)
                                           if "attachments" in call.body])
        return dict(sent[-1].body["attachments"][0]["content"])

    def drawn(self, **cards: dict[str, Any]) -> dict[str, Any]:
        seen = ask("cards.cjs", {"cards": cards, "pictures": str(PICTURES)})
        for name, card in seen.items():
            self.assertEqual((name, card["problems"], card["axe"]), (name, [], []))
        return dict(seen)

    def test_a_case_is_met_in_the_own_chat_acknowledged_by_a_button_and_resolved_by_words(self
                                                                                          ) -> None:
        self.assertEqual(self.call(self.activity("installationUpdate", "1", action="add"))[0], 200)
        ref = self.raised()
        card = self.card_in("/v3/conversations/a:own/activities")
        self.assertNotIn("Sam Example", json.dumps(card))
        posted = self.microsoft.to("/v3/conversations/a:own/activities")[-1]
        self.assertEqual(posted.authorization, "Bearer our-token")
        buttons = {each["verb"]: each for each in card["actions"]}
        self.assertLessEqual({"acknowledged", "resolved"}, set(buttons))

        action = {**buttons["acknowledged"], "data": {**buttons["acknowledged"]["data"],
                                                      "words": ""}}
        press = self.activity("invoke", "2", name="adaptiveCard/action",
                              value={"action": action, "trigger": "manual"})
        self.assertEqual(self.call(press, "")[0], 401)
        status, answer = self.call(press)
        self.assertEqual((status, answer["statusCode"]), (200, 200), answer)
        self.assertEqual(answer["type"], "application/vnd.microsoft.card.adaptive")
        self.assertIn("named safeguarding lead", json.dumps(answer["value"]))
        self.assertEqual(self.call(press)[1]["value"], answer["value"])
        case = self.house.get(f"/api/v1/cases/{ref}")[1]
        done = [(act["account"], act["what"], act["side"]) for act in case["by_chat"]]
        account = "teams-bot:" + str(MEMBER["aadObjectId"])
        self.assertEqual(done, [(account, "acknowledged", "receiving")])

        wordless = self.activity("invoke", "3", name="adaptiveCard/action",
                                 value={"action": buttons["resolved"]})
        refusal = self.call(wordless)[1]
        self.assertEqual(refusal["type"], "application/vnd.microsoft.activity.message")
        drawn = self.drawn(workflow=self.card_in("/workflow"), bot=card, recorded=answer["value"])
        self.assertIn(ref, drawn["workflow"]["text"])
        self.assertEqual(drawn["bot"]["inputs"], ["words"])
        self.assertIn("Recorded", drawn["recorded"]["text"])

        before = len(self.microsoft.to("/activities"))
        said = self.activity("message", "4", text=f"resolve {ref}: A joint visit on Friday.",
                             textFormat="plain")
        self.assertEqual(self.call(said)[0], 200)
        case = self.house.get(f"/api/v1/cases/{ref}")[1]
        self.assertEqual((case["status"], case["outcome"]),
                         ("resolved", "A joint visit on Friday."))
        self.assertGreater(len(self.microsoft.to("/activities")), before)
        over = self.call({**press, "id": "5"})[1]
        self.assertIn("resolved", json.dumps(over["value"]))

    def test_tokens_are_believed_as_microsofts_own_library_believes_them(self) -> None:
        verdicts = ask("teams.cjs", {
            "do": "judge", "metadata": self.microsoft.metadata, "app": APP, "channel": "msteams",
            "service": self.microsoft.service, "tokens": self.tokens})
        # The library takes a token that never ends; we do not.
        self.assertTrue(verdicts["no end"])
        verdicts["no end"] = False
        ours = {name: self.call(self.activity("event", name), name)[0] for name in self.tokens}
        self.assertEqual(ours, {name: 200 if good else 401 for name, good in verdicts.items()})
        self.assertGreater(sum(verdicts.values()), 2)

    def test_who_is_told_to_go_elsewhere_gets_nothing_of_ours(self) -> None:
        elsewhere = self.activity("message", "1", text="list", serviceUrl="http://127.0.0.2:1/")
        self.assertEqual(self.call(elsewhere)[0], 401)
        foreign = self.activity("message", "2", text="list")
        foreign["conversation"]["tenantId"] = "00000000-0000-4000-8000-00000000000b"
        self.assertEqual(self.call(foreign)[0], 403)
        self.assertEqual(self.microsoft.to("/v3/"), [])
        refusals = self.house.log()
        self.assertNotIn(MEMBER["email"], refusals)


if __name__ == "__main__":
    unittest.main()
