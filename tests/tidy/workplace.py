# SPDX-License-Identifier: MIT
"""The repository speaks of itself only, and holds nothing that should not be in it."""

import re
from pathlib import Path

from tree import files, name, run, text_of

LARGEST = 1_000_000

# Written with brackets so that this file does not find itself.
BANNED = (
    (re.compile(r"(?<![\w.])/wor[k](?:/|\b)"), "a folder of one machine"),
    (re.compile(r"\.\./share[d]\b"), "a folder outside the repository"),
    (
        re.compile(
            r"\b(?:pypi[.]org|registry[.]npmjs[.]org|crates[.]io|proxy[.]golang[.]org|"
            r"ghcr[.]io|quay[.]io|docker[.]io|deb[.]debian[.]org)\b"
        ),
        "a package registry: packages come from the machine's own apt",
    ),
)


def check(root: Path) -> list[str]:
    problems = []
    for path in files(root):
        here = name(root, path)
        if path.stat().st_size > LARGEST:
            problems.append(f"{here}: larger than {LARGEST} bytes")
            continue
        for number, line in enumerate(text_of(path).splitlines(), 1):
            for pattern, what in BANNED:
                match = pattern.search(line)
                if match:
                    problems.append(f"{here}:{number}: {match[0]}: {what}")
    return problems


if __name__ == "__main__":
    run(check)
