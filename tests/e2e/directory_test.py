# SPDX-License-Identifier: MIT
"""A board's list of officers, imported as people call it: preview, errors, apply; and a daemon that
then tells the imported officers, their deputies on days of absence, and reminds in their hours."""

import datetime
import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from house import BINARY, TOP, House, wait_for
from ladder_test import event, next_quiet_monday, raise_event

MONDAY = next_quiet_monday()
WEDNESDAY = datetime.date.fromisoformat(MONDAY[:10]) + datetime.timedelta(days=2)
HEADER = ("Organisation;ROLE;Job title;Name;E-mail;Tel;Deputy;Away from;Away to;Sending hours;"
          "Fax\r\n")
LEAD = ("Housing;Named safeguarding lead;;Hana Harper;hana@example.org;0100 1;Duty team leader;"
        f"{WEDNESDAY:%d/%m/%Y};{WEDNESDAY};Working days 10:00-16:00;\r\n")
LINE = "Housing;Line Manager;Duty team leader;Lena Lane;lena@example.org;;;;;;\r\n"


class Imported(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stageclock-import-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.overlay = self.folder / "camden.toml"
        shutil.copy(TOP / "config/sandbox/camden.toml", self.overlay)
        self.config = self.folder / "sandbox.toml"
        text = (TOP / "config/sandbox.toml").read_text()
        self.config.write_text(text.replace("config/sandbox/camden.toml", str(self.overlay)))
        self.sheet = self.folder / "people.csv"

    def run_import(self, sheet: str | bytes, *options: str, board: str = "camden"
                   ) -> subprocess.CompletedProcess[str]:
        self.sheet.write_bytes(sheet if isinstance(sheet, bytes) else
                               b"\xef\xbb\xbf" + sheet.encode())
        return self.call(self.sheet, *options, board=board)

    def call(self, sheet: Path, *options: str, board: str = "camden"
             ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BINARY, "directory", "import", sheet, "--board", board, "--config", self.config,
             "--data", self.folder / "data", *options],
            cwd=TOP, capture_output=True, text=True, timeout=60)


class Sheets(Imported):
    def test_a_preview_writes_nothing_and_an_import_is_made_once(self) -> None:
        before = self.overlay.read_bytes()
        preview = self.run_import(HEADER + LEAD + LINE)
        self.assertEqual(preview.returncode, 0, preview.stderr)
        self.assertIn("1 added, 1 changed, 0 unchanged, 0 with errors", preview.stdout)
        self.assertIn("  address: housing-3@example.org -> hana@example.org\n", preview.stdout)
        self.assertIn("Columns not used: Fax\n", preview.stdout)
        self.assertEqual(self.overlay.read_bytes(), before)

        applied = self.run_import(HEADER + LEAD + LINE, "--apply", "--json")
        self.assertEqual(applied.returncode, 0, applied.stderr)
        answer = json.loads(applied.stdout)
        self.assertTrue(answer["applied"])
        documented = (TOP / "docs/directory-import.md").read_text().split("## JSON")[1]
        for key in (*answer, *answer["changes"][0], *answer["changes"][0]["fields"][0]):
            self.assertIn(f"`{key}`", documented)
        self.assertEqual((self.folder / "camden.toml.before").read_bytes(), before)
        written = self.overlay.read_bytes()
        again = self.run_import(HEADER + LEAD + LINE, "--apply")
        self.assertIn("2 unchanged", again.stdout)
        self.assertEqual(self.overlay.read_bytes(), written)
        self.assertEqual(sorted(path.name for path in self.folder.glob("camden.toml*")),
                         ["camden.toml", "camden.toml.before"])

    def test_errors_stop_everything_unless_their_rows_are_left_out(self) -> None:
        before = self.overlay.read_bytes()
        sheet = HEADER + LEAD + "Housng;Line manager;;Secret Name;secret@;;;;;;\r\n" + LINE
        refused = self.run_import(sheet, "--apply")
        self.assertEqual(refused.returncode, 65)
        self.assertIn('row 3, Agency: is no agency of the directory. Did you mean "Housing"?',
                      refused.stderr)
        self.assertNotIn("ecret", refused.stderr)
        self.assertEqual(self.overlay.read_bytes(), before)
        taken = self.run_import(sheet, "--apply", "--skip-errors")
        self.assertEqual(taken.returncode, 0, taken.stderr)
        self.assertIn("1 added, 1 changed, 0 unchanged, 1 with errors", taken.stdout)
        self.assertIn("hana@example.org", self.overlay.read_text())

    def test_what_cannot_be_read_is_refused_with_a_sentence(self) -> None:
        self.assertEqual(self.call(self.folder / "none.csv").returncode, 66)
        for sheet, words in ((HEADER.encode() + b"Housing;Zo\xeb\r\n", "Windows-1252"),
                             (b"PK\x03\x04", "workbook"), (b"", "is empty"),
                             (b'Agency,Role\n"x', "row 2"),
                             (b"Agency,Role,Email,E-mail\n", "is there twice"),
                             (b"Name,Email\n", "which post a row is")):
            done = self.run_import(sheet)
            self.assertEqual(done.returncode, 65, words)
            self.assertIn(words, done.stderr)
        unknown = self.run_import(HEADER, board="camdn")
        self.assertEqual((unknown.returncode, "camden" in unknown.stderr), (65, True))

    def test_published_files_and_those_of_other_boards_are_not_written(self) -> None:
        text = self.config.read_text()
        for own, words in (("policies/camden/directory.toml", "policy folder"),
                           ("config/sandbox/north-somerset.toml", "board north-somerset too")):
            self.config.write_text(text.replace(str(self.overlay), own))
            before = (TOP / own).read_bytes()
            done = self.run_import(HEADER + LEAD, "--apply")
            self.assertEqual(done.returncode, 65)
            self.assertIn(words, done.stderr)
            self.assertEqual((TOP / own).read_bytes(), before)

    def test_a_channel_is_one_of_the_settings(self) -> None:
        done = self.run_import("Agency,Role,Channels\nHousing,Senior manager,teams:nowhere\n")
        self.assertEqual(done.returncode, 65)
        self.assertIn('row 2, Channels: names no channel of the settings. Permitted: "mail".',
                      done.stderr)
        text = self.overlay.read_text()
        self.overlay.write_text(text.replace(
            'id = "board-inbox",', 'id = "board-inbox", channels = ["mail", "teams:nowhere"],'))
        checked = subprocess.run([BINARY, "check", "--config", self.config], cwd=TOP,
                                 capture_output=True, text=True, timeout=60)
        self.assertEqual(checked.returncode, 65)
        self.assertIn('post board-inbox, channels: the settings have no [[chat]] "teams:nowhere"',
                      checked.stdout)

    def test_a_board_that_would_not_load_is_left_as_it_is(self) -> None:
        before = self.overlay.read_text()
        self.overlay.write_text(before + "surprise = true\n")
        done = self.run_import(HEADER + LINE, "--apply")
        self.assertEqual(done.returncode, 65)
        self.assertIn("surprise", done.stderr)
        self.assertEqual(self.overlay.read_text(), before + "surprise = true\n")
        self.assertFalse(list(self.folder.glob("camden.toml.*")))


class Served(Imported):
    def raised(self, identity: str, stage: str) -> str:
        """A case of Housing against Early Help that was escalated up to `stage`; its reference."""
        body = raise_event()
        body["id"] = identity
        body["data"].update(board="camden", raising={  # type: ignore[attr-defined]
            "agency": "Housing",
            "practitioner": {"name": "Robin Raiser", "email": "robin@trust.example.org"}},
            receiving={"agency": "early-help", "practitioner": {
                "name": "Rowan Receiver", "email": "rowan@council.example.org"}})
        status, answer = self.house.post(body)
        self.assertEqual(status, 201, answer)
        for step in range(2, int(stage) + 1):
            status, escalated = self.house.post(event(
                "escalate", answer["case"], f"{identity}-{step}", stage=str(step),
                text="No agreement."))
            self.assertEqual(status, 200, escalated)
        wait_for("the outbox to be empty", self.house.all_sent)
        return str(answer["case"])

    def reasons(self, address: str, ref: str) -> list[str]:
        return sorted(n["reason"] for n in self.house.notices()
                      if n["to"]["address"] == address and n["case"] == ref
                      and n["state"] == "accepted")

    def test_imported_officers_are_told_their_deputies_too_and_reminders_wait_for_their_hours(
            self) -> None:
        self.assertEqual(self.run_import(HEADER + LEAD + LINE, "--apply").returncode, 0)
        self.house = House(self.config)
        self.addCleanup(self.house.clear)
        self.house.start()
        self.house.forward(MONDAY)
        first = self.raised("first", "3")
        self.assertEqual(self.reasons("lena@example.org", first), ["stage-entered"])  # stage 2
        self.assertEqual(self.reasons("hana@example.org", first), ["stage-entered"])
        self.assertEqual(len(self.house.mails_to("hana@example.org")), 1)

        self.house.forward("Wednesday 11:00")  # her day of absence
        second = self.raised("second", "3")
        self.assertEqual(self.reasons("hana@example.org", second), [])
        self.assertEqual(self.reasons("lena@example.org", second), ["stage-entered"] * 2)
        self.assertEqual(len(self.house.mails_to("hana@example.org")), 1)

        # Stage 3 of the first case ends on Monday: reminders on Thursday and Friday at 09:00, which
        # reach her at 10:00. Thursday's goes out on the way.
        self.house.forward("Friday 09:30")
        near, entered = "deadline-near", "stage-entered"
        self.assertEqual(self.reasons("early-help-3@example.org", first), [near, near, entered])
        self.assertEqual(self.reasons("hana@example.org", first), [near, entered])
        self.house.forward("Friday 10:00")
        self.assertEqual(self.reasons("hana@example.org", first), [near, near, entered])
        self.assertEqual(len(self.house.mails_to("hana@example.org")), 3)


if __name__ == "__main__":
    unittest.main()
