# SPDX-License-Identifier: MIT
"""Follows docs/writing-a-policy.md word by word: each command it shows prints what it says."""

import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import BINARY, TOP

PAGE = TOP / "docs/writing-a-policy.md"
BLOCK = re.compile(r"^```(sh|output|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Guide(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for name in ("config", "docs", "policies", "templates", "tests"):
            (self.folder / name).symlink_to(TOP / name)
        binary = self.folder / "build/release/bot/app/stageclock"
        binary.parent.mkdir(parents=True)
        binary.symlink_to(BINARY)

    def test_every_command_prints_what_the_page_says(self) -> None:
        commands = ""
        for kind, text in BLOCK.findall(PAGE.read_text()):
            if kind == "sh":
                done = subprocess.run(["bash", "-e", "-c", text], cwd=self.folder, text=True,
                                      capture_output=True, timeout=60)
                self.assertEqual(done.returncode, 0, text + done.stdout + done.stderr)
                commands, printed = text, done.stdout
            elif kind == "output":
                self.assertEqual(printed, text, commands)

    def test_the_policy_it_shows_whole_is_the_one_that_is_played(self) -> None:
        shown = [text for kind, text in BLOCK.findall(PAGE.read_text()) if kind == "toml"]
        self.assertIn((TOP / "tests/boards/first/policy.toml").read_text(), shown)


if __name__ == "__main__":
    unittest.main()
