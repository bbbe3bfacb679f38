# SPDX-License-Identifier: MIT
"""Cuts the files out of docs/adding-an-adapter.md and checks the lines it shows of ours.

cut_page.py ROOT FOLDER: a block that begins with ```LANGUAGE PATH becomes FOLDER/PATH. Of a block
```diff PATH the lines that are not added must stand in ROOT/PATH, below each other.
"""

import re
import sys
from pathlib import Path

PAGE = "docs/adding-an-adapter.md"
BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LONGEST = {"adapters": 200, "tests": 150}  # lines a channel may take


def blocks(page: str) -> list[tuple[str, str, str]]:
    return BLOCK.findall(page)


def stale(root: Path, path: str, text: str) -> list[str]:
    """What is wrong with a block that shows a change of a file of ours."""
    lines = text.splitlines()
    kept = "\n".join(line[1:] for line in lines if not line.startswith("+"))
    if kept + "\n" in (root / path).read_text(encoding="utf-8"):
        return []
    return [f"{PAGE}: {path} has no such lines any more:\n{kept}"]


def too_long(files: dict[str, str]) -> list[str]:
    problems = []
    for room, limit in LONGEST.items():
        lines = sum(len(text.splitlines()) for path, text in files.items() if path.startswith(room))
        if lines > limit:
            problems.append(f"{PAGE}: {lines} lines in {room}; a channel takes at most {limit}")
    return problems


def main(root: Path, folder: Path) -> None:
    found = blocks((root / PAGE).read_text(encoding="utf-8"))
    shown = [(path, text) for language, path, text in found if language == "diff"]
    files = {path: text for language, path, text in found if language != "diff"}
    problems = [each for path, text in shown for each in stale(root, path, text)]
    problems += too_long(files)
    if not shown or not files:
        problems.append(f"{PAGE}: there is nothing to cut out")
    if problems:
        sys.exit("\n".join(problems))
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


main(Path(sys.argv[1]), Path(sys.argv[2]))
