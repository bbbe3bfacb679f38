# SPDX-License-Identifier: MIT
"""simulate and explain as people call them: exit codes, the JSON against its schema, every field
and key in docs/simulate.md, a case of a running daemon."""

import json
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path
from typing import Any

import jsonschema

from house import BINARY, TOP, House

DOCS = (TOP / "docs/simulate.md").read_text()
SCHEMA = json.loads((TOP / "docs/simulate.schema.json").read_text())
STORY = """title = "Silence and a refusal"
policy = "POLICY"
start = "2026-12-21 10:00"
until = "2027-01-05 09:00"
[raise]
raising = { agency = "Housing" }
receiving = { agency = "Early Help Service" }
[[update]]
at = "2026-12-22 09:00"
do = "resolve"
[[update]]
at = "2026-12-23 09:00"
do = "mark-urgent"
"""


def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BINARY, *arguments], cwd=TOP, capture_output=True, text=True)


def stories() -> list[Path]:
    return sorted(TOP.glob("policies/*/stories/*.toml"))


def field_names(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(field_names, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    names = set(schema.get("properties", {}))
    return names.union(*map(field_names, schema.values()))


def is_documented(name: str) -> bool:
    return re.search(rf"`{re.escape(name)}`|[{{ ]{re.escape(name)}[ ,}}]", DOCS) is not None


class Simulate(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stageclock-story-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.story = self.write("story.toml", STORY)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text.replace("POLICY", str(TOP / "policies/camden")))
        return path

    def test_the_json_keeps_to_its_schema(self) -> None:
        validator = jsonschema.Draft202012Validator(SCHEMA)
        for story in [self.story, *stories()]:
            with self.subTest(story=story.name):
                done = call("simulate", story, "--json")
                self.assertEqual(done.returncode, 0, done.stderr)
                errors = [f"{list(e.absolute_path)}: {e.message}"
                          for e in validator.iter_errors(json.loads(done.stdout))]
                self.assertEqual(errors[:3], [])

    def test_the_json_answers_to_the_second(self) -> None:
        timeline = json.loads(call("simulate", self.story, "--json").stdout)
        first = timeline["timeline"][0]["duties_started"][0]
        self.assertEqual(first["due"]["utc"], "2026-12-30T17:00:00Z")
        self.assertEqual(first["due"]["local"], "2026-12-30T17:00:00+00:00")
        self.assertEqual(timeline["timeline"][1]["refused"]["reason"], "missing-field")
        self.assertEqual(timeline["end"]["status"], "open")

    def test_every_field_is_documented(self) -> None:
        self.assertEqual([n for n in sorted(field_names(SCHEMA)) if not is_documented(n)], [])

    def test_every_key_of_a_story_is_documented(self) -> None:
        wrong = self.write("wrong.toml", "nokey = 1\n" + STORY.replace(
            "[raise]", "[raise]\nnokey = 1").replace('do = "resolve"', 'do = "resolve"\nnokey = 1'))
        done = call("simulate", wrong)
        self.assertEqual(done.returncode, 65)
        lists = re.findall(r"nokey: unknown key\..*Permitted: (.*)\.", done.stderr)
        self.assertEqual(len(lists), 3, done.stderr)
        keys = set(re.findall(r'"(\w+)"', "".join(lists)))
        self.assertGreater(len(keys), 30)
        self.assertEqual([k for k in sorted(keys) if f"`{k}`" not in DOCS
                          and k not in ("raise", "update")], [])

    def test_problems_are_said_with_line_and_field(self) -> None:
        wrong = self.write("wrong.toml", STORY.replace("mark-urgent", "mark-urgnt"))
        done = call("simulate", wrong, "--json")
        self.assertEqual(done.returncode, 65)
        problem = json.loads(done.stdout)["problems"][0]
        self.assertEqual(problem["line"], 13)
        self.assertIn("mark-urgent", problem["permitted"])
        self.assertEqual(call("simulate", self.folder / "none.toml").returncode, 66)
        gone = self.write("gone.toml", STORY.replace("POLICY", "elsewhere"))
        self.assertEqual(call("simulate", gone).returncode, 65)

    def test_a_vacant_post_must_be_one(self) -> None:
        wrong = self.write("wrong.toml", 'vacant = ["board-inbax"]\n' + STORY)
        done = call("simulate", wrong)
        self.assertEqual(done.returncode, 65)
        self.assertIn('Did you mean "board-inbox"?', done.stderr)

    def test_text_markdown_and_picture(self) -> None:
        late = call("simulate", self.story, "--from", "2026-12-24").stdout
        self.assertIn("\nThu 2026-12-24 09:00\n", late)
        self.assertNotIn("Mon 2026-12-21 10:00  raise", late)
        self.assertTrue(call("simulate", self.story, "--markdown").stdout.startswith("# Silence"))
        xml.etree.ElementTree.fromstring(call("simulate", self.story, "--svg").stdout)
        self.assertIn("The end, Tue 2026-12-22 12:00",
                      call("simulate", self.story, "--until", "2026-12-22 12:00").stdout)
        self.assertEqual(call("simulate", self.story, "--from", "noon").returncode, 65)

    def test_write_puts_the_timeline_beside_the_story(self) -> None:
        self.assertEqual(call("simulate", self.story, "--write").returncode, 0)
        self.assertEqual((self.folder / "story.txt").read_text(),
                         call("simulate", self.story).stdout)

    def test_every_hour_of_a_week(self) -> None:
        done = call("simulate", self.story, "--every-hour-of-a-week", "board:inbox", "--json")
        week = json.loads(done.stdout)
        self.assertEqual(week["format"], "stageclock.week/1")
        self.assertEqual(week["hours"][0]["from"]["local"], "2027-01-11T00:00:00+00:00")
        self.assertEqual(week["hours"][-1]["to"]["local"], "2027-01-18T00:00:00+00:00")
        wrong = call("simulate", self.story, "--every-hour-of-a-week", "nobody:inbox")
        self.assertEqual(wrong.returncode, 65)

    def test_coverage_names_what_no_story_touches(self) -> None:
        shutil.copytree(TOP / "policies/camden", self.folder / "camden",
                        ignore=shutil.ignore_patterns("stories"))
        shutil.copytree(TOP / "policies/calendars", self.folder / "calendars")
        (self.folder / "camden/stories").mkdir()
        (self.folder / "camden/stories/one.toml").write_text(
            STORY.replace('policy = "POLICY"\n', ""))
        done = call("simulate", "--coverage", self.folder / "camden")
        self.assertEqual(done.returncode, 65)
        self.assertIn("no story covers stage 6\n", done.stdout)
        self.assertNotIn("no story covers stage 1\n", done.stdout)
        self.assertEqual(call("simulate", "--coverage", self.folder / "none").returncode, 66)


class ExplainCase(unittest.TestCase):
    def test_a_case_of_a_running_daemon_is_explained_beside_it(self) -> None:
        house = House()
        self.addCleanup(house.clear)
        house.start()
        status, answer = house.post((TOP / "docs/first-case/raise.json").read_bytes())
        self.assertLess(status, 300, answer)
        done = call("explain", answer["case"], "--data", house.data, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        explanation = json.loads(done.stdout)
        self.assertEqual(explanation["title"], answer["case"])
        self.assertEqual(explanation["status"], "open")
        self.assertIn("case-raised", [told["reason"] for told in explanation["told"]])
        self.assertEqual(call("explain", "NSSB-1999-0001", "--data", house.data).returncode, 66)


if __name__ == "__main__":
    unittest.main()
