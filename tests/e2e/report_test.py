# SPDX-License-Identifier: MIT
"""The report of a quarter over ten thousand cases adds up against a count of its own, is made in
seconds, and gives no small number away; the daemon sends reports by itself, once."""

import csv
import json
import os
import sqlite3
import subprocess
import tempfile
import time
import unittest
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from house import BINARY, TOP, House, wait_for

CASES = Path(os.environ.get("REPORT_CASES", TOP / "build/dev/tests/report/report_cases"))
NUMBER = 10_000
LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 10, 1, tzinfo=LONDON).timestamp()
END = datetime(2027, 1, 1, tzinfo=LONDON).timestamp()


def holidays() -> set[date]:
    calendar = json.loads((TOP / "policies/calendars/bank-holidays.json").read_text())
    return {date.fromisoformat(event["date"]) for event in calendar["england-and-wales"]["events"]}


HOLIDAYS = holidays()


def day_of(instant: int) -> date:
    return datetime.fromtimestamp(instant, timezone.utc).astimezone(LONDON).date()


def working_days(first: date, last: date) -> int:
    days = (first + timedelta(n + 1) for n in range((last - first).days))
    return sum(day.weekday() < 5 and day not in HOLIDAYS for day in days)


def in_quarter(instant: int | None) -> bool:
    return instant is not None and START <= instant < END


class Count:
    """The same figures, counted from the store and from the list of deadlines."""

    def __init__(self, folder: Path) -> None:
        self.of: Counter[tuple[str, str, str]] = Counter()  # table, row, column
        self.days: list[int] = []
        database = sqlite3.connect(folder / "stageclock.db")
        for (snapshot,) in database.execute("SELECT snapshot FROM case_file"):
            self.add(json.loads(snapshot))
        with (folder / "deadlines.csv").open() as file:
            for line in csv.reader(file):
                self.add_deadline(line)

    def add(self, case: dict[str, Any]) -> None:
        facts, closed, raised = case["facts"], case.get("closed"), case["raised"]
        if in_quarter(raised):
            self.of["headline", "raised", ""] += 1
            self.of["reason", facts.get("reason", ""), ""] += 1
            pair = facts["raising"]["agency"] + ">" + facts["receiving"]["agency"]
            self.of["agencies", pair, ""] += 1
            levels = [p.get("level") for p in case.get("priorities", []) if p["at"] < END]
            self.of["priority", "urgent" if "urgent" in levels else "", ""] += 1
        stage = [entry["stage"] for entry in case["entries"] if entry["at"] < END]
        if in_quarter(closed):
            self.of["headline", case["status"], ""] += 1
            self.of["stage-closed", stage[-1], ""] += 1
            for tag in {tag["id"] for tag in case.get("tags", [])}:
                self.of["theme", tag, ""] += 1
            if case["status"] == "resolved":
                self.days.append(working_days(day_of(case["outset"]), day_of(closed)))
        if raised < END and (closed is None or closed >= END):
            self.of["headline", "open", ""] += 1
            self.of["stage-open", stage[-1], ""] += 1

    def add_deadline(self, line: list[str]) -> None:
        _, stage, duty, due, state, over = line
        if not in_quarter(int(due)):
            return
        ended = int(over) if over and int(over) < END else None
        if state == "ended" and ended is not None and ended <= int(due):
            return
        outcome = {"met": "Met in time", "met-late": "Met late"}.get(state, "Missed")
        column = outcome if ended is not None else "Missed"
        for where in (("limits-duty", duty), ("limits-stage", stage or "whole-case")):
            self.of[(*where, column)] += 1
            self.of[(*where, "Ended in the period")] += 1
        row = {"Met in time": "met", "Met late": "late", "Missed": "missed"}[column]
        self.of["limits", row, ""] += 1
        self.of["limits", "due", ""] += 1

    def quarter_of_cases(self, part: int) -> int:
        return sorted(self.days)[-(-len(self.days) * part // 4) - 1]


COMPARED = "October to December 2026"
FLAT = {"headline", "reason", "agencies", "priority", "stage-closed", "stage-open", "theme",
        "limits"}
WIDE = {"limits-duty", "limits-stage"}


class Report(unittest.TestCase):
    folder: Path

    @classmethod
    def setUpClass(cls) -> None:
        temporary = tempfile.TemporaryDirectory(prefix="stageclock-report-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        subprocess.run([CASES, cls.folder, str(NUMBER), "20261122"], cwd=TOP, check=True)
        cls.count = Count(cls.folder)

    def config(self, suppress_below: int) -> Path:
        overlay = self.folder / f"overlay-{suppress_below}.toml"
        overlay.write_text(f"[board]\nsuppress_below = {suppress_below}\n")
        config = self.folder / f"config-{suppress_below}.toml"
        config.write_text((TOP / "config/sandbox.toml").read_text().replace(
            '"config/sandbox/camden.toml"', f'"config/sandbox/camden.toml", "{overlay}"'))
        return config

    def run_report(self, config: Path, *more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [BINARY, "report", "--quarter", "2026-Q4", "--board", "cscp", "--config", config,
             "--data", self.folder, "--out", self.folder, *more],
            cwd=TOP, capture_output=True, text=True, timeout=120)

    def lines(self, suppress_below: int) -> list[dict[str, str]]:
        done = self.run_report(self.config(suppress_below), "--format", "csv")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        with open(done.stdout.strip(), newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def known(self, line: dict[str, str]) -> int | None:
        """What this figure is by our own count; None: we have not counted it."""
        table, column = line["table"], line["column"]
        if table in FLAT and column == COMPARED:
            return self.count.of[table, line["row"], ""]
        return self.count.of[table, line["row"], column] if table in WIDE else None

    def test_every_figure_is_the_one_of_an_independent_count(self) -> None:
        lines = self.lines(0)
        compared = Counter[str]()
        for line in lines:
            known = self.known(line)
            if known is None:
                continue
            self.assertEqual(line["value"], str(known), line)
            compared[line["table"]] += known
        # Nothing that was counted is missing from the report.
        for table in FLAT | WIDE:
            ours = sum(n for (name, _, _), n in self.count.of.items() if name == table)
            self.assertGreater(ours, 0, table)
            self.assertEqual(compared[table], ours, table)
        times = {line["row"]: line["value"] for line in lines
                 if line["table"] == "time" and line["column"] == COMPARED}
        self.assertEqual(times, {
            "median": str(self.count.quarter_of_cases(2)),
            "lower-quartile": str(self.count.quarter_of_cases(1)),
            "upper-quartile": str(self.count.quarter_of_cases(3)),
            "shortest": str(min(self.count.days)), "longest": str(max(self.count.days))})

    def test_with_a_limit_no_small_figure_is_shown_and_the_others_are_the_same(self) -> None:
        marks = Counter[str]()
        for line in self.lines(60):
            known = self.known(line)
            if known is None or line["table"] == "headline":
                continue
            marks[line["suppressed"]] += 1
            if line["suppressed"]:
                self.assertEqual(line["value"], "", line)
            else:
                self.assertEqual(line["value"], str(known), line)
                self.assertFalse(0 < known < 60, line)
            if line["suppressed"] == "small":
                self.assertTrue(0 < known < 60, line)
        self.assertGreater(min(marks["small"], marks["withheld"], marks[""]), 0, marks)

    def test_it_is_made_in_seconds_and_the_files_are_whole(self) -> None:
        begun = time.monotonic()
        done = self.run_report(self.config(5))
        self.assertLess(time.monotonic() - begun, 20)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        paths = [Path(line) for line in done.stdout.split()]
        self.assertEqual([path.name for path in paths],
                         [f"report-CSCP-2026-Q4.{end}" for end in ("csv", "html", "pdf")])
        page = paths[1].read_text(encoding="utf-8")
        self.assertNotIn("<script", page)
        self.assertEqual(page.count("<svg"), page.count("<desc"))
        self.assertEqual(page.count("<table>"), page.count("<caption>"))
        subprocess.run(["qpdf", "--check", paths[2]], check=True, capture_output=True)
        tree = subprocess.run(["pdfinfo", "-struct", paths[2]], check=True, capture_output=True,
                              text=True).stdout
        for tag in ("H1", "H2", "Figure", "Table", "TH", "TD", "/Scope /Column"):
            self.assertIn(tag, tree)
        plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", paths[2], "-"],
                               check=True, capture_output=True).stdout
        self.assertEqual(plain.count(b"/Alt "), tree.count("Figure"))
        again = paths[0].read_bytes()
        self.run_report(self.config(5), "--format", "csv")
        self.assertEqual(paths[0].read_bytes(), again)

    def test_mistakes_are_answered_with_a_sentence(self) -> None:
        config = self.config(5)
        for more, words in ((["--quarter", "2026-Q5"], "is no quarter"),
                            (["--board", "atlantis"], "camden (CSCP)"),
                            (["--format", "docx"], "Permitted: csv, html, pdf")):
            command = [BINARY, "report", "--quarter", "2026-Q4", "--board", "cscp", "--config",
                       config, "--data", self.folder, "--out", self.folder]
            if more[0] in command:
                command[command.index(more[0]) + 1] = more[1]
            else:
                command += more
            done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 65, done.stderr)
            self.assertIn(words, done.stderr)


def next_report() -> tuple[str, datetime]:
    """The quarter that runs now, and when its report is due: 9:00 of the first working day."""
    today = datetime.now(LONDON).date()
    quarter = (today.month - 1) // 3 + 1
    day = date(today.year + quarter // 4, quarter % 4 * 3 + 1, 1)
    while day.weekday() > 4 or day in HOLIDAYS:
        day += timedelta(1)
    return f"{today.year}-Q{quarter}", datetime(day.year, day.month, day.day, 9, tzinfo=LONDON)


class Sent(unittest.TestCase):
    """Barnet's policy asks for a report each quarter, to two groups, and for a yearly review."""

    def setUp(self) -> None:
        self.house = House()
        self.addCleanup(self.house.clear)
        self.house.start()

    def reports(self) -> list[str]:
        return sorted(n["to"]["address"] for n in self.house.notices()
                      if n["reason"] == "board-report")

    def test_each_group_gets_the_report_once_on_the_first_working_day(self) -> None:
        house = self.house
        period, opening = next_report()
        house.forward((opening - timedelta(minutes=1)).isoformat())
        before = self.reports()
        house.forward(opening.isoformat())
        wait_for("the reports to be sent", house.all_sent)
        new = Counter(self.reports()) - Counter(before)
        for group in ("bsab-quality-performance", "bscp-leadership-forum"):
            self.assertEqual(new[group + "@example.org"], 1)
        mail = next(m for m in house.mails() if m["To"] and "leadership-forum" in m["To"])
        files = {part.get_filename(): part for part in mail.iter_attachments()}
        self.assertEqual(sorted(files), [f"report-BARNET-{period}.{end}"
                                         for end in ("csv", "html", "pdf")])
        told = self.reports()
        house.kill()
        house.start()
        house.forward("1 working day")
        self.assertEqual(self.reports(), told)

    def test_a_policy_past_its_review_date_is_recalled_every_month(self) -> None:
        house = self.house

        def prompts() -> int:
            return sum(n["reason"] == "policy-review" for n in house.notices())

        house.forward("5 working days")
        first = prompts()
        self.assertGreater(first, 0)
        for month in range(1, 4):  # each has a day in it on which the next falls
            house.forward("35 calendar days")
            self.assertGreaterEqual(prompts() - first, month)
        self.assertLessEqual(prompts() - first, 4)


if __name__ == "__main__":
    unittest.main()
