# SPDX-License-Identifier: MIT
"""What the real binary refuses, and that nothing is lost by it."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import BINARY, TOP, House, free_port, wait_for
from ladder_test import next_quiet_monday, raise_event

RAISE_BY_MAIL = """From: Robin Raiser <robin@trust.example.org>
To: stageclock@example.org
Subject: a disagreement
Message-ID: <raise-1@trust.example.org>

Board: north-somerset
Child: Sam Sample
Our agency: health-trust
Other agency: childrens-social-care
Their practitioner: Rowan Receiver <rowan@council.example.org>
Summary: We think the child should be seen this week.
"""


class Refusals(unittest.TestCase):
    def setUp(self) -> None:
        self.house = House()
        self.addCleanup(self.house.clear)
        self.house.start()
        self.house.forward(next_quiet_monday())

    def changed(self, **data: object) -> dict[str, object]:
        event = raise_event()
        event["data"].update(data)  # type: ignore[attr-defined]
        return event

    def test_bad_updates_get_a_problem_that_names_the_field(self) -> None:
        agency = self.changed(raising={"agency": "helth-trust", "practitioner": {
            "name": "Robin", "email": "robin@trust.example.org"}})
        status, problem = self.house.post(agency)
        self.assertEqual(status, 422)
        self.assertEqual(problem["errors"][0]["pointer"], "/data/raising/agency")
        self.assertIn("Did you mean", problem["errors"][0]["detail"] + problem["detail"])
        for event, pointer in ((self.changed(board="nowhere"), "/data/board"),
                               (self.changed(stage="9"), "/data/stage"),
                               (self.changed(summary=7), "/data/summary")):
            status, problem = self.house.post(event)
            self.assertIn(status, (400, 422))
            self.assertEqual(problem["errors"][0]["pointer"], pointer)
        self.assertEqual(self.house.get("/api/v1/cases")[1]["cases"], [])

    def test_malformed_deep_and_unsigned_bodies_store_nothing(self) -> None:
        good = json.dumps(raise_event()).encode()
        self.assertEqual(self.house.post(b"{")[0], 400)
        self.assertEqual(self.house.post(b"[" * 200 + b"]" * 200)[0], 400)
        self.assertEqual(self.house.post(b'{"id": 1, "id": 2}')[0], 400)
        self.assertEqual(self.house.post(good + b" " * 300_000)[0], 413)
        self.assertEqual(self.house.post(good, token="wrong")[0], 401)
        self.assertEqual(self.house.get("/api/v1/cases")[1]["cases"], [])

    def test_the_same_id_with_another_body_is_a_conflict(self) -> None:
        self.assertEqual(self.house.post(raise_event())[0], 201)
        self.assertEqual(self.house.post(self.changed(summary="Another story."))[0], 409)

    def test_a_raise_by_mail_is_a_case_with_a_receipt(self) -> None:
        self.house.drop("raise", RAISE_BY_MAIL)
        wait_for("the receipt", lambda: self.house.mails_to("robin@trust.example.org"))
        case = self.house.get("/api/v1/cases")[1]["cases"][0]
        self.assertEqual(case["board"], "north-somerset")
        wait_for("the other side's mail", lambda: self.house.mails_to("rowan@council.example.org"))

    def test_a_mail_nobody_can_understand_is_kept_answered_once_and_shown(self) -> None:
        house = self.house
        house.drop("riddle", RAISE_BY_MAIL.split("\n\n")[0] + "\n\nCould you perhaps help?\n")
        wait_for("the question back", lambda: house.mails_to("robin@trust.example.org"))
        house.drop("riddle-again", RAISE_BY_MAIL.split("\n\n")[0] + "\n\nCould you perhaps help?\n")
        wait_for("both to be put away", house.all_taken_in)
        wait_for("the outbox to be empty", house.all_sent)
        self.assertEqual(len(house.mails_to("robin@trust.example.org")), 1)
        self.assertTrue(any((house.data / "intake/.aside").rglob("riddle*")))
        self.assertEqual(house.get("/api/v1/cases")[1]["cases"], [])

    def test_no_personal_data_reaches_the_log(self) -> None:
        self.house.post(raise_event())
        self.house.drop("raise", RAISE_BY_MAIL)
        self.house.post(self.changed(stage="9"))
        self.house.forward("3 working days")
        for word in ("Sam Sample", "Robin", "Rowan", "robin@", "joint visit", "seen this week"):
            self.assertNotIn(word, self.house.log())


class Starting(unittest.TestCase):
    def serve(self, config: str) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "settings.toml"
            path.write_text(config)
            return subprocess.run([BINARY, "serve", "--config", path, "--data", folder],
                                  cwd=TOP, capture_output=True, text=True, timeout=30)

    def test_a_broken_configuration_says_every_problem_with_its_line(self) -> None:
        broken = (TOP / "config/sandbox.toml").read_text().replace("listen", "lissen").replace(
            'delivery = "capture"', 'delivery = "sometimes"')
        done = self.serve(broken)
        self.assertEqual(done.returncode, 78)
        self.assertRegex(done.stderr, r"settings\.toml:\d+: .*lissen.*listen")
        self.assertRegex(done.stderr, r"settings\.toml:\d+: .*sometimes")
        self.assertIn("2 problems", done.stderr)

    def test_the_log_is_an_object_a_line_where_the_settings_say_json(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "settings.toml"
            path.write_text((TOP / "config/sandbox.toml").read_text() +
                            '\n[log]\nformat = "json"\n')
            command = [BINARY, "serve", "--config", path, "--data", folder, "--port",
                       str(free_port())]
            daemon = subprocess.Popen(command, cwd=TOP, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.PIPE, text=True)
            assert daemon.stderr is not None
            first = daemon.stderr.readline()
            daemon.terminate()
            lines = [first, *daemon.stderr.read().splitlines()]
            daemon.wait(timeout=30)
            daemon.stderr.close()
        for line in lines:
            self.assertEqual(set(json.loads(line)), {"time", "level", "message"}, line)
        self.assertIn("listening", lines[0])

    def test_the_clock_of_a_live_configuration_is_refused(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "settings.toml"
            text = (TOP / "config/sandbox.toml").read_text().replace("sandbox = true", "").replace(
                "[server]", '[server]\npublic_url = "https://stageclock.example.org"')
            path.write_text(text)
            for name in ("case-system.bearer", "case-system.signing", "operator.token"):
                secret = Path(folder) / "secrets" / name
                secret.parent.mkdir(exist_ok=True)
                secret.write_text("whsec_" + "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0" + "\n")
                secret.chmod(0o600)
            done = subprocess.run([BINARY, "clock", "forward", "1 hours", "--config", path,
                                   "--data", folder], cwd=TOP, capture_output=True, text=True,
                                  timeout=30)
            self.assertEqual(done.returncode, 77, done.stderr)
            self.assertIn("cannot be moved", done.stderr)


if __name__ == "__main__":
    unittest.main()
