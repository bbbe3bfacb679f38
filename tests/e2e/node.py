# SPDX-License-Identifier: MIT
"""The platforms' official libraries, as the other side: scripts of tests/node, run by node."""
import json
import os
import pathlib
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
LIBRARIES = TOP / "build" / "node" / "node_modules"


def environment():
    if not LIBRARIES.is_dir():
        raise RuntimeError("the libraries of tests/node are missing: run script/test once")
    return {**os.environ, "NODE_PATH": str(LIBRARIES)}


def ask(script, question, patience=60):
    """What tests/node/SCRIPT prints, as JSON, when it is given `question` as JSON."""
    done = subprocess.run(["node", str(TOP / "tests" / "node" / script)],
                          input=json.dumps(question), capture_output=True, text=True,
                          env=environment(), timeout=patience, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{script} ended with {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def start(script, *arguments):
    """tests/node/SCRIPT, running until it is stopped; its output can be read line by line."""
    return subprocess.Popen(["node", str(TOP / "tests" / "node" / script), *map(str, arguments)],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                            env=environment())
