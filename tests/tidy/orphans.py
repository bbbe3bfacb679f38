# SPDX-License-Identifier: MIT
"""Nothing lies about unused: sources are built, tests run, links lead somewhere."""

import os
import re
from pathlib import Path
from urllib.parse import unquote

from tree import CPP, files, name, run, text_of

LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)|!\[[^\]\n]*\]\(([^)\s]+)\)")
SPDX = "SPDX-License-Identifier: MIT"
TEMPLATE_FOLDER = "templates/email"


def names(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w/]){re.escape(word)}(?!\w)", text) is not None


def built_by(folder: Path, path: Path) -> bool:
    """Whether the CMakeLists.txt of `folder` builds `path`: names it, or takes all of its kind."""
    lists = folder / "CMakeLists.txt"
    if not lists.exists():
        return False
    text = text_of(lists)
    here = path.relative_to(folder).as_posix()
    if re.search(r"GLOB [^)]*CONFIGURE_DEPENDS \*_test\.cpp", text):
        return path.parent == folder and here.endswith("_test.cpp")
    loops = re.findall(r"\$\{\w+\}(\w*\.cpp)", text)  # `${name}_test.cpp` of a foreach
    looped = (here.removesuffix(ending) for ending in loops if here.endswith(ending))
    return names(text, here) or any(names(text, stem) for stem in looped)


def unbuilt(root: Path) -> list[str]:
    # A list may also name a source of another folder by a path.
    lists = (path for path in files(root, ".txt") if path.name == "CMakeLists.txt")
    everywhere = "\n".join(text_of(path) for path in lists)
    problems = []
    for path in files(root, ".cpp"):
        above = [folder for folder in path.parents if folder.is_relative_to(root)]
        by_path = f"/{path.parent.name}/{path.name}" in everywhere
        if not by_path and not any(built_by(folder, path) for folder in above):
            problems.append(f"{name(root, path)}: in no CMakeLists.txt: it is never built")
    return problems


def untested_adapters(root: Path) -> list[str]:
    problems = []
    for lists in sorted((root / "adapters").glob("*/**/CMakeLists.txt")):
        if "stageclock_room(" not in text_of(lists):
            continue
        role = lists.relative_to(root / "adapters").parts[0]
        if not any((root / "tests/adapters" / role).rglob("*_test.cpp")):
            problems.append(f"{name(root, lists.parent)}: no test in tests/adapters/{role}")
    return problems


def dead_links(root: Path) -> list[str]:
    problems = []
    for path in files(root, ".md"):
        text = re.sub(r"```.*?```", lambda m: "\n" * m[0].count("\n"), text_of(path), flags=re.S)
        for match in LINK.finditer(text):
            target = unquote((match[1] or match[2]).split("#")[0])
            if not target or re.match(r"[a-z]+:", target):
                continue
            base = root if target.startswith("/") else path.parent
            if not (base / target.lstrip("/")).exists():
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{name(root, path)}:{line}: {target} does not exist")
    return problems


def told_reasons(header: str) -> list[str]:
    """The enumerators of Reason that are told to somebody, as kebab-case words."""
    body = re.search(r"enum class Reason \{(.*?)\};", header, re.S)
    told, words = True, []
    for line in (body[1] if body else "").splitlines():
        group = re.match(r"\s*//\s*(.*)", line)
        if group:
            told = not group[1].startswith("decisions not to tell")
        word = re.match(r"\s*(\w+)", line)
        if word and told:
            words.append(word[1].replace("_", "-"))
    return words


def unwritten_templates(root: Path) -> list[str]:
    header = root / "bot/core/reason.h"
    if not header.exists():
        return []
    return [
        f"bot/core/reason.h: reason {word} has no template in {TEMPLATE_FOLDER}"
        for word in told_reasons(text_of(header))
        if not list((root / TEMPLATE_FOLDER).glob(f"{word}.*"))
    ]


def unmarked(root: Path) -> list[str]:
    """Sources say their licence first; scripts can be started."""
    problems = []
    for path in files(root):
        here = name(root, path)
        head = text_of(path).splitlines()[:2] if path.suffix in (*CPP, ".py", ".sh", "") else []
        script = bool(head) and head[0].startswith("#!")
        if script and path.suffix != ".sh" and not os.access(path, os.X_OK):
            problems.append(f"{here}: begins with #! but is not executable")
        if path.suffix in (*CPP, ".py") or script:
            first = head[1:] if script else head[:1]
            if not first or SPDX not in first[0]:
                problems.append(f"{here}:1: the first line must be {SPDX}")
    return problems


def check(root: Path) -> list[str]:
    parts = (unbuilt, untested_adapters, dead_links, unwritten_templates, unmarked)
    return [problem for part in parts for problem in part(root)]


if __name__ == "__main__":
    run(check)
