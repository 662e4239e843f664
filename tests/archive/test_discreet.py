"""Words for readers: what is taken out of what programs said, and what stays."""

import os
from pathlib import Path

import pytest

from archive.discreet import for_readers
from archive.settings import load

PERSON = os.path.expanduser("~")  # noqa: PTH111 - its text is wanted


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("X_FILE names /run/secrets/token. Mend it.", "X_FILE names (a file). Mend it."),
        ("No such file: '/srv/my desk/leak 1.pdf'", "No such file: (a file)"),
        ("No such file: '/srv/my desk/leak…", "No such file: (a file)"),
        ("see file:///srv/desk/leak.pdf", "see (a file)"),
        (f"{PERSON}/desk/leak.pdf cannot be used", "(a file) cannot be used"),
        ("/srv/desk/one.csv: row 3\n(/srv/desk/two.csv)", "(a file): row 3\n((a file))"),
    ],
)
def test_paths_of_this_machine_are_taken_out(tmp_path: Path, said: str, shown: str) -> None:
    assert for_readers(said, load({"PAPERWATCH_HOME": str(tmp_path / "home")})) == shown


@pytest.mark.parametrize(
    "said",
    [
        "https://api.usaspending.gov/api/v2/awards/1/ gives no answer",
        "127.0.0.1:1 cannot be reached.",
        "All are listed at /sources and/or at /about.",
        "begun on 11/02/2026; it isn't JSON",
    ],
)
def test_addresses_and_ordinary_words_stay(tmp_path: Path, said: str) -> None:
    assert for_readers(said, load({"PAPERWATCH_HOME": str(tmp_path / "home")})) == said


def test_secrets_and_the_folder_of_the_archive_are_taken_out(tmp_path: Path) -> None:
    home = tmp_path / "home"
    more = {"PAPERWATCH_METRICS_TOKEN": "a-token-of-the-desk"}
    settings = load({"PAPERWATCH_HOME": str(home), **more})
    said = for_readers(f"{home}/catalogue.db: a-token-of-the-desk", settings)
    assert str(tmp_path) not in said
    assert "a-token" not in said
