# SPDX-License-Identifier: MIT
"""The files of the repository as the tidy checks read them."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

IGNORED_TOP = {".git", "build", "data"}
IGNORED = {"__pycache__"}
CPP = (".h", ".cpp")

TOKEN = re.compile(
    r"""(?P<raw>R"(?P<tag>[^()\\\s]{0,16})\(.*?\)(?P=tag)")
      | (?P<text>"(?:\\.|[^"\\\n])*")
      | (?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')
      | (?P<block>/\*.*?\*/)
      | (?P<line>//[^\n]*)""",
    re.DOTALL | re.VERBOSE,
)


def files(root: Path, *endings: str) -> Iterator[Path]:
    """Every file of the tree, or those with one of the endings, in a stable order."""
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        ignored = IGNORED | (IGNORED_TOP if here == root else set())
        folders[:] = sorted(set(folders) - ignored)
        for each in sorted(names):
            path = here / each
            if not endings or path.suffix in endings:
                yield path


def name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def text_of(path: Path) -> str:
    """The text of a file; empty when it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def code_of(text: str) -> str:
    """C++ without comments and the insides of literals; lines keep their numbers."""

    def blank(match: re.Match[str]) -> str:
        lines = "\n" * match.group(0).count("\n")
        return lines if match.group("block") or match.group("line") else '""' + lines

    return TOKEN.sub(blank, text)


def run(check: Callable[[Path], list[str]]) -> None:
    """Prints what `check` finds in the folder given on the command line, one problem a line."""
    problems = check(Path(sys.argv[1]).resolve())
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
