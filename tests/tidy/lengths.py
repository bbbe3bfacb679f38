# SPDX-License-Identifier: MIT
"""Files of at most 400 lines, functions of at most 70, lines of at most 100 characters."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tree import CPP, code_of, files, name, run, text_of

FILE_LINES = 400
FUNCTION_LINES = 70
COLUMNS = 100

CONTROL = re.compile(r"^\s*(?:if|for|while|switch|catch|else|do|try|namespace)\b")
# What may stand between the parameters of a function and its body.
HEAD = re.compile(r"\)\s*(?:(?:const|noexcept|override|final|mutable|&&?|->[^;{}]*)\s*)*$")
LAST_NAME = re.compile(r"[\w>]\s*$")


def cpp_functions(text: str) -> Iterator[tuple[int, int]]:
    """First line and number of lines of each outermost function body, by counting braces."""
    head = ""
    line = 1
    open_blocks: list[tuple[str, str, int]] = []  # kind, what stood before it, first line
    for char in code_of(text):
        if char == "\n":
            line += 1
        inside = any(kind == "function" for kind, _, _ in open_blocks)
        if char == "{":
            kind = "block"
            if not inside and not CONTROL.match(head) and HEAD.search(head):
                kind = "function"
            elif not inside and "):" in head.replace(" ", "") and LAST_NAME.search(head):
                kind = "initialiser"  # `Zone(...) : name_{name} {`
            open_blocks.append((kind, head, line))
            head = ""
        elif char == "}" and open_blocks:
            kind, before, first = open_blocks.pop()
            head = before + "()" if kind == "initialiser" else ""
            if kind == "function":
                yield first, line - first + 1
        elif char == ";":
            head = ""
        else:
            head += char


def python_functions(text: str) -> Iterator[tuple[int, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1


def check(root: Path) -> list[str]:
    problems = []
    for path in files(root, *CPP, ".py"):
        here = name(root, path)
        text = text_of(path)
        lines = text.splitlines()
        if len(lines) > FILE_LINES:
            problems.append(f"{here}: {len(lines)} lines; at most {FILE_LINES}")
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS:
                problems.append(f"{here}:{number}: {len(line)} columns; at most {COLUMNS}")
        functions = python_functions if path.suffix == ".py" else cpp_functions
        for first, length in functions(text):
            if length > FUNCTION_LINES:
                problems.append(
                    f"{here}:{first}: a function of {length} lines; at most {FUNCTION_LINES}"
                )
    return problems


if __name__ == "__main__":
    run(check)
