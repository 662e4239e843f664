"""A folder in which the demo ran once, as a person runs it."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The folder of the demo, and all that it said until it was ended."""

    home: Path
    said: str


def program(*words: str) -> Sequence[str]:
    """Give the command line of the program, as the launcher begins it."""
    return [sys.executable, "-m", "archive.program", *words]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run(program(*words), capture_output=True, text=True, check=False, timeout=120)


def until_served(child: subprocess.Popen[str]) -> list[str]:
    """Read what a demo says until it serves."""
    source = child.stderr or child.stdout
    assert source is not None
    said = []
    for line in source:
        said.append(line)
        if line.startswith(("Press Ctrl-C to end.", f"To end: kill {child.pid}")):
            break
    return said


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """The demo, run and ended."""
    home = tmp_path_factory.mktemp("demo") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERWATCH_HOME", str(home))
        patch.setenv("PAPERWATCH_CALLED", "./paperwatch")
        with subprocess.Popen(
            program("demo", "--port", "0", "--no-open"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as child:
            said = until_served(child)
            child.send_signal(signal.SIGINT)
            assert child.wait(timeout=20) == 0, said
            assert child.stdout is not None
            said += child.stdout.readlines()
    return Shown(home=home, said="".join(said))


@pytest.fixture
def in_demo(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the demo, which PAPERWATCH_HOME names."""
    monkeypatch.setenv("PAPERWATCH_HOME", str(shown.home))
    return shown.home
