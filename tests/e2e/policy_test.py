# SPDX-License-Identifier: MIT
"""A policy file that changes or vanishes under running cases: they keep their version, a change can
be seen before it counts, a case can be migrated, and a file with mistakes stops the start."""

import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import BINARY, TOP, House
from ladder_test import next_quiet_monday, raise_event

LIMIT = 'starts = "outset"\ndue = "1 working day"'


class PolicyVersions(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stageclock-policy-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.policy = self.folder / "north-somerset"
        shutil.copytree(TOP / "policies/north-somerset", self.policy)
        config = self.folder / "sandbox.toml"
        text = (TOP / "config/sandbox.toml").read_text()
        config.write_text(text.replace('"policies/north-somerset"', f'"{self.policy}"'))
        self.house = House(config)
        self.addCleanup(self.house.clear)
        self.house.start()
        self.house.forward(next_quiet_monday())
        _, answer = self.house.post(raise_event())
        self.ref = str(answer["case"])

    def due(self) -> str:
        """When the first stage's limit ends."""
        duties = self.house.get(f"/api/v1/cases/{self.ref}")[1]["duties"]
        return str(next(d["deadline"]["due"] for d in duties if d["id"] == "limit-1"))

    def change(self) -> None:
        file = self.policy / "policy.toml"
        text = file.read_text()
        self.assertEqual(text.count(LIMIT), 1)
        file.write_text(text.replace(LIMIT, LIMIT.replace("1 working day", "3 working days")))

    def restart(self) -> None:
        self.assertEqual(self.house.stop(), 0)
        self.house.start()

    def run_policy(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([BINARY, "policy", *words, "--config", self.house.config, "--data",
                               self.house.data], cwd=TOP, capture_output=True, text=True,
                              timeout=60)

    def migrate(self, ref: str) -> subprocess.CompletedProcess[str]:
        return self.run_policy("migrate", ref, "--reason", "The boards agreed on three days.",
                               "--port", str(self.house.port))

    def test_a_running_case_keeps_its_version_until_it_is_migrated(self) -> None:
        before = self.due()
        self.change()
        self.restart()
        self.assertEqual(self.due(), before)

        diff = self.run_policy("diff", TOP / "policies/north-somerset", self.policy)
        self.assertEqual(diff.returncode, 0, diff.stderr)
        self.assertIn('duty limit-1, due: "1 working day" -> "3 working days"', diff.stdout)
        self.assertIn("that keep the version they were raised under: 1.\n", diff.stdout)
        self.assertIn(f"{self.ref}  deadline-moved limit-1: ", diff.stdout)
        found = json.loads(self.run_policy("diff", TOP / "policies/north-somerset", self.policy,
                                           "--json").stdout)
        self.assertEqual(found["running"]["affected"][0]["impacts"][0]["before"], before)
        self.assertEqual(self.due(), before)

        moved = self.migrate(self.ref)
        self.assertEqual(moved.returncode, 0, moved.stderr)
        self.assertGreater(self.due(), before)
        again = self.migrate(self.ref)
        self.assertEqual(again.returncode, 65)
        self.assertIn("present version already", again.stderr)
        self.assertEqual(self.migrate("NSSB-2020-0001").returncode, 65)

    def test_a_policy_that_vanished_is_served_from_its_copy(self) -> None:
        before = self.due()
        shutil.rmtree(self.policy)
        self.restart()
        self.assertEqual(self.due(), before)
        self.assertIn("going on with the copy kept", self.house.log().lower())

    def test_a_policy_with_mistakes_stops_the_start_and_loses_nothing(self) -> None:
        before = self.due()
        file = self.policy / "policy.toml"
        good = file.read_text()
        file.write_text(good.replace('"resolved", "escalated"', '"resolvd", "escalated"'))
        self.assertEqual(self.house.stop(), 0)
        with self.assertRaisesRegex(AssertionError, 'Did you mean "resolved"'):
            self.house.start()
        file.write_text(good)
        self.house.start()
        self.assertEqual(self.due(), before)

    def test_a_file_that_is_not_there_is_said_to_be(self) -> None:
        self.assertEqual(self.run_policy("diff", "nowhere", self.policy).returncode, 66)


if __name__ == "__main__":
    unittest.main()
