# SPDX-License-Identifier: MIT
"""The arrows between the rooms: which folder may include which (docs/architecture.md)."""

import re
from pathlib import Path

from tree import CPP, files, name, run, text_of

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
ROOTS = ("bot/", "adapters/", "tests/")
REGISTRY = "adapters/registry.h"

STANDARD = set(
    """algorithm any array atomic barrier bit bitset cassert cctype cerrno charconv chrono cinttypes
    climits clocale cmath codecvt compare complex concepts condition_variable coroutine csignal
    cstdarg cstddef cstdint cstdio cstdlib cstring ctime deque exception execution filesystem
    format forward_list fstream functional future initializer_list iomanip ios iosfwd iostream
    istream iterator latch limits list locale map memory memory_resource mutex new numbers numeric
    optional ostream queue random ranges ratio regex scoped_allocator semaphore set shared_mutex
    source_location span sstream stack stdexcept stop_token streambuf string string_view
    syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map
    unordered_set utility valarray variant vector version""".split()
)
# Nothing below bot/core may know files, threads or the time of day.
NOT_IN_CORE = set(
    """atomic barrier condition_variable coroutine cstdio ctime filesystem fstream future iostream
    latch mutex random regex semaphore shared_mutex stop_token syncstream thread""".split()
)


def room_of(root: Path, path: Path) -> str:
    """The adapter folder a file belongs to: the nearest one with a CMakeLists.txt."""
    for folder in path.parents:
        if (folder / "CMakeLists.txt").exists() or folder.parent == root:
            return name(root, folder) + "/"
    return name(root, path.parent) + "/"


def permitted(root: Path, path: Path) -> tuple[str, ...]:
    """What the project's own includes of a file may begin with."""
    here = name(root, path)
    if here.startswith("bot/core/"):
        return ("bot/core/",)
    if here.startswith("bot/ports/"):
        return ("bot/core/", "bot/ports/")
    if here.startswith(("bot/app/wire.", "bot/app/wire_boards.", "bot/app/commands/")):
        return ("bot/", REGISTRY)
    if here.startswith("bot/"):
        return ("bot/",)
    if here == REGISTRY:
        return ("bot/core/", "bot/ports/")
    if here.startswith("adapters/"):
        return ("bot/core/", "bot/ports/", "adapters/support/", REGISTRY, room_of(root, path))
    return ROOTS


def third_party_problem(here: str, header: str) -> str | None:
    core = here.startswith("bot/core/")
    if core or here.startswith("bot/ports/"):
        if header not in STANDARD or (core and header in NOT_IN_CORE):
            return "/".join(here.split("/")[:2]) + f" may not include <{header}>"
    elif here.endswith(".h") and not here.startswith("tests/") and header not in STANDARD:
        return f"a header may not include <{header}>: third-party headers belong into a .cpp"
    return None


def check(root: Path) -> list[str]:
    problems = []
    for path in files(root, *CPP):
        here = name(root, path)
        for number, line in enumerate(text_of(path).splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            bracket, header = match.groups()
            found = None
            if bracket == "<":
                found = third_party_problem(here, header)
            elif not header.startswith(ROOTS):
                found = f'"{header}" must be written from the root of the repository'
            elif not header.startswith(permitted(root, path)):
                found = "/".join(here.split("/")[:-1]) + f' may not include "{header}"'
            if found:
                problems.append(f"{here}:{number}: {found}")
    return problems


if __name__ == "__main__":
    run(check)
