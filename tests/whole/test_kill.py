"""Killed anywhere, the same command goes on: nothing lost, nothing twice."""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.whole.children import run, run_killed, seconds_of, status
from tests.whole.composed_files import action_file, document_folder, report_file, summary_file

KILLS = int(os.environ.get("PAPERWATCH_TEST_KILLS", "50"))
_COUNTED = (
    "awards",
    "modifications",
    "subawards",
    "vendors",
    "documents",
    "pages",
    "versions",
    "captures",
    "set_aside",
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of summaries and a folder of documents."""
    folder = tmp_path_factory.mktemp("input")
    summary_file(folder / "summaries.csv", 6000)
    action_file(folder / "actions.csv", 2500)
    report_file(folder / "reports.csv", 1500)
    document_folder(folder / "released", 12)
    return folder


@pytest.fixture(scope="module")
def commands(folder: Path) -> list[tuple[str, ...]]:
    """The commands that write, in their order."""
    return [
        ("import", str(folder / "summaries.csv")),
        ("import", str(folder / "actions.csv"), str(folder / "reports.csv")),
        ("add", str(folder / "released")),
        ("rebuild-index",),
    ]


@pytest.fixture(scope="module")
def unharmed(
    tmp_path_factory: pytest.TempPathFactory, commands: list[tuple[str, ...]]
) -> tuple[dict[str, int], list[float]]:
    """What an archive holds that nobody killed, and how long each command took."""
    home = tmp_path_factory.mktemp("unharmed")
    seconds = [seconds_of(home, *words) for words in commands]
    return held(home), seconds


def held(home: Path) -> dict[str, int]:
    """Count what must be the same with and without kills."""
    return {name: status(home)[name] for name in _COUNTED}


def homes(tmp_path: Path) -> Iterator[Path]:
    """Give one new folder after another."""
    number = 0
    while True:
        number += 1
        yield tmp_path / f"archive-{number}"


def test_kills_at_random_moments_lose_nothing_and_double_nothing(
    tmp_path: Path,
    commands: list[tuple[str, ...]],
    unharmed: tuple[dict[str, int], list[float]],
) -> None:
    expected, seconds = unharmed
    random, kills = Random(20251124), 0
    for home in homes(tmp_path):
        for words, longest_s in zip(commands, seconds, strict=True):
            kills += run_killed(home, random, longest_s, *words)
            code, out, err = run(home, "verify")
            assert code == 0, (words, out, err)
        assert held(home) == expected
        code, out, err = run(home, "verify")
        assert (code, out.splitlines()[-1]) == (0, "All is whole."), (out, err)
        if kills >= KILLS:
            break
    assert kills >= KILLS
