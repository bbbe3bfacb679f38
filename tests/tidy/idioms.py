# SPDX-License-Identifier: MIT
"""What is not written here, and what to write instead."""

import re
from dataclasses import dataclass
from pathlib import Path

from tree import CPP, code_of, files, name, run, text_of

PRODUCT = ("bot/", "adapters/")
EVERYWHERE = ("",)
# The functions at the top of a thread, and the ends of the process: nothing may pass them.
THREAD_TOPS: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ban:
    pattern: re.Pattern[str]
    instead: str
    where: tuple[str, ...] = EVERYWHERE
    except_in: tuple[str, ...] = ()
    endings: tuple[str, ...] = CPP

    def holds_for(self, here: str) -> bool:
        inside = here.startswith(self.where) and here.endswith(self.endings)
        return inside and not (self.except_in and here.startswith(self.except_in))


BANS = (
    Ban(
        re.compile(r"\bsystem_clock::now\b|\bgettimeofday\b|\btime\((?:nullptr|NULL|0)\)"),
        "take the time as an argument or from the Clock port",
        PRODUCT,
        ("adapters/clock/",),
    ),
    Ban(re.compile(r"\bgetenv\b"), "read it from the configuration file", PRODUCT),
    Ban(
        re.compile(r"\bstd::(?:cout|cerr|clog)\b"),
        "return a value or an Error; only bot/app talks to people",
        ("bot/core/", "bot/ports/", "adapters/"),
    ),
    Ban(
        re.compile(r"\bsleep_(?:for|until)\b|\bu?sleep\("),
        "wait for the condition itself, with a bound",
        PRODUCT,
    ),
    Ban(re.compile(r"\bdetach\("), "keep the std::jthread and join it"),
    Ban(re.compile(r"\bshared_ptr\b"), "use values; core owns nothing", ("bot/core/",)),
    Ban(re.compile(r"\busing\s+namespace\b"), "name it in full", endings=(".h",)),
    Ban(re.compile(r"\bstd::w?regex\b"), "use RE2: std::regex overflows the stack"),
    Ban(
        re.compile(r"\bcatch\s*\(\s*\.\.\.\s*\)"),
        "catch what the library throws; only the top of a thread catches everything",
        PRODUCT,
        THREAD_TOPS,
    ),
)
# Looked for in comments too.
LEFT_OPEN = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b|not imple" + r"mented")


def line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def check(root: Path) -> list[str]:
    problems = []
    for path in files(root, *CPP, ".py", ".sh", ".cmake", ".toml", ".sql"):
        here = name(root, path)
        text = text_of(path)
        for match in LEFT_OPEN.finditer(text):
            problems.append(f"{here}:{line_at(text, match.start())}: {match[0]}: do it, or drop it")
        if path.suffix not in CPP:
            continue
        code = code_of(text)
        for ban in BANS:
            if not ban.holds_for(here):
                continue
            for match in ban.pattern.finditer(code):
                line = line_at(code, match.start())
                problems.append(f"{here}:{line}: {match[0]} is banned: {ban.instead}")
    return problems


if __name__ == "__main__":
    run(check)
