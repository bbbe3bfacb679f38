# SPDX-License-Identifier: MIT
"""`check` as people call it: what it takes, what it prints, how it ends."""

import json
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from house import BINARY, TOP

DOCS = (TOP / "docs/checking.md").read_text()
BOARDS = sorted(path.parent for path in TOP.glob("policies/*/policy.toml"))
LINE = re.compile(r"^(?:gap: )?[^:]+\.toml(?::\d+)?: [^:]+: .+\. .+\.$")


def check(*arguments: str | Path, cwd: Path = TOP) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BINARY, "check", *arguments], cwd=cwd, capture_output=True, text=True,
                          timeout=60)


class Check(unittest.TestCase):
    def setUp(self) -> None:
        self.top = Path(tempfile.mkdtemp(prefix="stageclock-check-"))
        self.addCleanup(shutil.rmtree, self.top)
        self.boards = self.top / "policies"
        shutil.copytree(TOP / "policies/camden", self.boards / "camden")
        shutil.copytree(TOP / "policies/calendars", self.boards / "calendars")
        shutil.copytree(TOP / "templates", self.top / "templates")
        self.camden = self.boards / "camden"

    def change(self, path: str, old: str, new: str) -> None:
        file = self.top / path
        text = file.read_text()
        self.assertIn(old, text)
        file.write_text(text.replace(old, new, 1))

    def problems(self, *arguments: str | Path) -> list[dict[str, Any]]:
        done = check("--json", *arguments)
        answer = json.loads(done.stdout)
        self.assertEqual(done.returncode, 65 if answer["problems"] else 0, done.stderr)
        self.assertEqual(answer["clean"], not answer["problems"])
        return list(answer["problems"])

    def test_every_board_is_clean_and_its_gaps_are_named(self) -> None:
        self.assertGreaterEqual(len(BOARDS), 5)
        for board in BOARDS:
            done = check(board)
            self.assertEqual(done.returncode, 0, done.stdout)
            self.assertRegex(done.stderr, r"^0 problems, \d+ gaps$")
            for line in done.stdout.splitlines():
                self.assertTrue(line.startswith("gap: "), line)
                self.assertRegex(line, LINE)

    def test_all_boards_at_once_and_each_thing_once(self) -> None:
        once = check("policies", "--json")
        twice = check("policies", "policies/camden", "policies/camden/policy.toml", "--json")
        self.assertEqual(once.returncode, 0, once.stdout)
        self.assertEqual(once.stdout, twice.stdout)
        files = {Path(gap["file"]).parent.name for gap in json.loads(once.stdout)["gaps"]}
        self.assertLess({"camden", "barnet", "berkshire"}, files)

    def test_without_a_path_it_checks_the_sandbox(self) -> None:
        done = check()
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(check("config/sandbox.toml").stdout, done.stdout)

    def test_mistakes_of_all_files_are_told_at_once_with_their_lines(self) -> None:
        self.change("policies/camden/policy.toml", 'met_by = ["resolved", "escalated"]',
                    'met_by = ["resolvd", "escalated"]')
        self.change("policies/camden/policy.toml", 'layout = "escalation-record"',
                    'layout = "escalation-recrod"')
        self.change("policies/camden/directory.toml", 'agency = "housing"', 'agency = "housign"')
        done = check(self.camden)
        self.assertEqual(done.returncode, 65)
        for wanted in (r"policy\.toml:\d+: duty limit-1, met_by: .*Did you mean \"resolved\"\?",
                       r"policy\.toml:\d+: form escalation-record, layout: .*"
                       r"Did you mean \"escalation-record\"\?",
                       r"directory\.toml:\d+: post housing-\d, agency: .*\"housing\"\?"):
            self.assertRegex(done.stdout, wanted)

    def test_two_rows_at_one_hour_are_a_problem_and_an_empty_hour_is_a_gap(self) -> None:
        route = ('\n[[route]]\nid = "ID"\nrole = "senior-manager"\nhours = ["HOURS"]\n'
                 'to = [{ role = "senior-manager" }]\nclauses = ["CAMDEN-54"]\n')
        policy = self.camden / "policy.toml"
        policy.write_text(policy.read_text() +
                          route.replace("ID", "day").replace("HOURS", "07:00-21:00") +
                          route.replace("ID", "night").replace("HOURS", "20:00-06:00"))
        found = [p for p in self.problems(self.camden) if p["field"] == "route night, hours"]
        self.assertEqual(len(found), 1)
        self.assertIn("every day 20:00-21:00", found[0]["what"])
        gaps = json.loads(check("--json", self.camden).stdout)["gaps"]
        self.assertTrue(any("nobody on every day 06:00-07:00" in gap["what"] for gap in gaps))

    def test_a_template_that_fails_is_named_with_the_stage(self) -> None:
        self.change("templates/email/stage-entered.txt", "{{", "{{stag.title}} {{")
        found = self.problems(self.camden)
        self.assertEqual([Path(p["file"]).name for p in found], ["stage-entered.txt"])
        self.assertIn("stag", found[0]["what"])

    def test_the_words_of_a_board_are_tried_for_that_board(self) -> None:
        own = self.top / "own"
        (own / "email/parts").mkdir(parents=True)
        (own / "email/parts/close.txt").write_text("{{emergency}}\nFrom {{board.name}}.\n")
        settings = self.top / "settings.toml"
        settings.write_text((TOP / "config/sandbox.toml").read_text().replace(
            'policy = "policies/camden"', f'policy = "policies/camden"\ntemplates = "{own}"'))
        self.assertEqual(self.problems("--config", settings), [])
        (own / "email/deadline-near.txt").write_text("{{no.such.name}}\n")
        found = self.problems("--config", settings)
        self.assertEqual([problem["file"] for problem in found],
                         [str(own / "email/deadline-near.txt")])
        self.assertTrue(found[0]["field"].startswith("camden, "), found)

    def test_what_a_daemon_needs_is_a_problem_of_its_settings_only(self) -> None:
        self.change("policies/camden/directory.toml", 'id = "housing-3"',
                    'id = "housing-3"\nrequired = true')
        self.assertEqual(self.problems(self.camden), [])
        settings = self.top / "settings.toml"
        settings.write_text((TOP / "config/sandbox.toml").read_text().split("[[board]]")[0] +
                            f'[[board]]\nid = "camden"\npolicy = "{self.camden}"\n')
        settings.write_text(settings.read_text().replace("data/sandbox", str(self.top / "data")))
        found = self.problems(settings)
        self.assertEqual([p["field"] for p in found], ["post housing-3, address"])
        served = subprocess.run([BINARY, "serve", "--config", settings], cwd=TOP, timeout=60,
                                capture_output=True, text=True)
        self.assertEqual(served.returncode, 78)
        self.assertIn("housing-3", served.stderr)

    def test_a_story_is_checked_with_its_policy(self) -> None:
        stories = self.camden / "stories"
        stories.mkdir(exist_ok=True)
        story = sorted((TOP / "policies/camden/stories").glob("*.toml"))[0]
        copy = Path(shutil.copy(story, stories))
        self.assertEqual(self.problems(copy), [])
        copy.write_text(copy.read_text().replace("[raise]", "[rays]"))
        self.assertIn("raise", {p["field"] for p in self.problems(copy)})

    def test_a_missing_list_of_clauses_and_a_late_review_are_gaps(self) -> None:
        (self.camden / "not-rules.toml").unlink()
        self.change("policies/camden/policy.toml", 'version = "2024"',
                    'version = "2024"\nreview_due = "2099-01-01"')
        done = check("--json", self.camden)
        self.assertEqual(done.returncode, 0, done.stdout)
        fields = {gap["field"] for gap in json.loads(done.stdout)["gaps"]}
        self.assertLess({"text", "policy, review_due"}, fields)

    def test_a_path_that_leads_nowhere_ends_with_66_and_the_others_are_checked(self) -> None:
        for arguments in (["nowhere.toml"], ["--config", "nowhere.toml"],
                          [self.camden, "--calendar", "nowhere.json"],
                          ["nowhere", self.camden]):
            done = check(*arguments)
            self.assertEqual(done.returncode, 66, arguments)
            self.assertIn("there is no such file", done.stdout)
        self.assertIn("gap: ", done.stdout)

    def test_what_cannot_be_checked_says_so(self) -> None:
        for path in ("README.md", "docs", "config/sandbox/camden.toml"):
            self.assertEqual(len(self.problems(path)), 1, path)

    def test_the_json_is_documented(self) -> None:
        answer = json.loads(check("--json", "README.md").stdout)
        for name in [*answer, *answer["problems"][0]]:
            self.assertIn(f"`{name}`", DOCS)


if __name__ == "__main__":
    unittest.main()
