# SPDX-License-Identifier: MIT
"""Follows the README's first case word by word: every command it shows is run, and prints what the
README says, but for the day on which it is run and the port."""

import datetime
import os
import re
import subprocess
import unittest
from pathlib import Path

from house import BINARY, TOP, House, wait_for
from ladder_test import next_quiet_monday

BLOCK = re.compile(r"^```(sh|output)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} [A-Z][a-z]+ \d{4} at \d{2}:\d{2}"
SHORT_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}, \d{2}:\d{2}"


def steps() -> list[tuple[str, str | None]]:
    """(commands, expected output) of each block of the README."""
    found: list[tuple[str, str | None]] = []
    for kind, text in BLOCK.findall((TOP / "README.md").read_text()):
        if kind == "sh":
            found.append((text, None))
        else:
            found[-1] = (found[-1][0], text)
    return found


def without_days(text: str) -> str:
    text = re.sub(DAY, "DAY", text)
    text = re.sub(SHORT_DAY, "DAY", text)
    return re.sub(r"NSSB-\d{4}-", "NSSB-YEAR-", text)


class Readme(unittest.TestCase):
    def setUp(self) -> None:
        self.house = House()
        self.addCleanup(self.house.clear)
        self.house.start()
        self.to_a_quiet_week()
        self.folder = self.house.data / "clone"
        self.folder.mkdir()
        for name in ("config", "docs", "policies", "templates"):
            (self.folder / name).symlink_to(TOP / name)
        (self.folder / "data").mkdir()
        (self.folder / "data/sandbox").symlink_to(self.house.data)
        binary = self.folder / "build/release/bot/app/stageclock"
        binary.parent.mkdir(parents=True)
        # The README's reader has the daemon on its usual port and folder.
        binary.write_text(f'#!/bin/sh\nexec "{BINARY}" "$@" --data "{self.house.data}" '
                          f'--port {self.house.port}\n')
        binary.chmod(0o755)

    def to_a_quiet_week(self) -> None:
        """The README's Monday is the one of a week without a bank holiday: stop just before it."""
        monday = datetime.datetime.fromisoformat(next_quiet_monday().replace("Z", "+00:00"))
        sunday = monday - datetime.timedelta(hours=20)
        if sunday > datetime.datetime.now(datetime.timezone.utc):
            self.house.forward(sunday.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def run_block(self, commands: str) -> str:
        state = self.folder / "state"
        script = (f'[ ! -e "{state}" ] || . "{state}"\n' +
                  commands.replace("127.0.0.1:8080", f"127.0.0.1:{self.house.port}") +
                  f'\ndeclare -p REF OPERATOR > "{state}" 2> /dev/null || true\n')
        done = subprocess.run(["bash", "-e", "-c", script], cwd=self.folder, text=True,
                              capture_output=True, timeout=60, env=dict(os.environ))
        self.assertEqual(done.returncode, 0, commands + done.stdout + done.stderr)
        return done.stdout

    def test_the_first_case(self) -> None:
        shown = ""
        for commands, expected in steps():
            printed = self.run_block(commands)
            wait_for("the mail to be taken in", self.house.all_taken_in)
            wait_for("the outbox to be empty", self.house.all_sent)
            shown += f"--- {commands}{printed}"
            if expected is not None:
                self.assertEqual(without_days(printed), without_days(expected), shown)

    def test_every_file_it_names_exists(self) -> None:
        text = (TOP / "README.md").read_text()
        for name in re.findall(r"`((?:docs|templates|tests|script)/[\w./-]+)`", text):
            self.assertTrue((TOP / name).exists(), name)
        self.assertTrue(Path(TOP / "LICENSE").exists())


if __name__ == "__main__":
    unittest.main()
