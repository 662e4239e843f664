"""Runs the program as a child process, to its end or until it is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

from tests.catalogues import home_settings

_LONGEST_S = 120


def started(home: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start the program on an archive, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "archive.program", *words],
        env=os.environ | home_settings(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def run(home: Path, *words: str) -> tuple[int, str, str]:
    """Run the program to its end: exit code, standard output, standard error."""
    child = started(home, *words)
    out, err = child.communicate(timeout=_LONGEST_S)
    return child.returncode, out.decode(), err.decode()


def status(home: Path) -> dict[str, Any]:
    """Give the archive's status."""
    code, out, err = run(home, "status", "--json")
    assert code == 0, err
    held: dict[str, Any] = json.loads(out)
    return held


def run_killed(home: Path, random: Random, longest_s: float, *words: str) -> int:
    """Start, kill -9 at a random moment, start again, until it ends by itself; count the kills.

    `longest_s` is about how long the command takes; moments are drawn evenly from that time, which
    grows with each kill, so that a machine with other work to do gets through as well.
    """
    kills = 0
    while True:
        child = started(home, *words)
        try:
            out, err = child.communicate(timeout=random.uniform(0.25, longest_s * (1 + kills / 5)))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            kills += 1
            code, found, trouble = run(home, "verify")
            assert code == 0, (words, found, trouble)
            if kills > 40:  # by chance alone this does not happen: something does not go on
                raise AssertionError(f"{words} never ends") from None
            continue
        assert child.returncode in (0, 16), (words, child.returncode, out, err)
        return kills


def seconds_of(home: Path, *words: str) -> float:
    """Run the program to its end and give how long that took."""
    began = time.monotonic()
    code, out, err = run(home, *words)
    assert code in (0, 16), (words, code, out, err)
    return time.monotonic() - began
