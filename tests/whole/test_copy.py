"""`paperwatch copy`: an archive of one folder goes to a cluster, whatever kills it on the way."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from archive import settings
from archive.opening import open_archive
from tests.archive.composed import remove_indexes
from tests.archive.stores import Store, empty
from tests.catalogues import database, drop
from tests.drawn import sheets
from tests.whole.children import run, started
from tests.whole.composed_files import summary_file

ROWS = 2_000
QUERIES = ('"plate readers"', "lot kind:award", "kind:document", "pages")
SEED = int(os.environ.get("PAPERWATCH_TEST_SEED", "5"))


@pytest.fixture
def filled(home: Path, tmp_path: Path) -> Path:
    """The folder of an archive with awards and papers."""
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "letter.pdf").write_bytes(sheets.letter())
    (papers / "pages.pdf").write_bytes(sheets.many_pages(12))
    for words in (
        ("import", str(summary_file(tmp_path / "awards.csv", ROWS))),
        ("add", str(papers)),
    ):
        code, out, err = run(home, *words)
        assert code == 0, (words, out, err)
    return home


@pytest.fixture
def cluster(
    request: pytest.FixtureRequest, tmp_path: Path, bucket_url: str
) -> Iterator[dict[str, str]]:
    """The settings of a cluster with nothing in it."""
    said = {
        "home": str(tmp_path / "cluster"),
        "catalogue_url": database(f"cluster_{uuid4().hex}"),
        "files_url": bucket_url,
        "mixed": "yes",
    }
    if getattr(request, "param", "") == "elastic":
        said["search_url"] = request.getfixturevalue("elasticsearch_url")
    yield said
    with open_archive(settings.load(environment(said)), is_copy=True) as archive:
        if "search_url" in said:
            remove_indexes(archive)
        empty(Store(archive))
    drop(said["catalogue_url"])


def environment(said: dict[str, str]) -> dict[str, str]:
    """Give settings as the environment has them."""
    return {f"PAPERWATCH_{name.upper()}": value for name, value in said.items()}


def written(path: Path, said: dict[str, str]) -> str:
    """Write settings into a file."""
    path.write_text("".join(f'{name} = "{value}"\n' for name, value in said.items()))
    return str(path)


def told(home: Path) -> dict[str, Any]:
    """Give what an archive says of itself, and what it finds."""
    answers: dict[str, Any] = {}
    for query in QUERIES:
        code, out, err = run(home, "search", query, "--json", "--sort", "newest")
        assert code == 0, err
        answers[query] = json.loads(out)
    code, out, err = run(home, "verify")
    assert (code, out) == (0, "All is whole.\n"), err
    code, out, err = run(home, "status", "--json")
    assert code == 0, err
    stands = json.loads(out)
    for name in ("free_bytes", "outboxes"):  # of the place, as is the name of its index
        del stands[name]
    del stands["index"]["name"]
    return answers | {"status": stands}


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.s3
@pytest.mark.parametrize(
    "cluster", ["", pytest.param("elastic", marks=pytest.mark.elastic)], indirect=True
)
def test_an_archive_of_a_folder_is_the_same_on_a_cluster(
    filled: Path, cluster: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(filled)
    code, out, err = run(filled, "copy", "--to", written(tmp_path / "cluster.toml", cluster))
    assert code == 0, err
    assert "both sides are the same" in out
    code, _, err = run(filled, "copy", "--to", str(tmp_path / "cluster.toml"))
    assert (code, "holds an archive already" in err) == (2, True)
    for name, value in environment(cluster).items():
        monkeypatch.setenv(name, value)
    assert told(Path(cluster["home"])) == before


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.s3
def test_a_copy_that_is_killed_again_and_again_ends_whole(
    filled: Path, cluster: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, random, kills = told(filled), Random(SEED), 0
    words = ("copy", "--to", written(tmp_path / "cluster.toml", cluster))
    while True:
        child = started(filled, *words)
        try:
            longest_s = 5 * (1 + kills / 4) if kills else 1.5  # hardly begun then
            _, said = child.communicate(timeout=random.uniform(0.5, longest_s))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            kills += 1
            assert kills < 40
            continue
        # Killed after the copy was whole, and before its index: it says that all is there.
        assert child.returncode in (0, 2), said
        break
    assert kills
    for name, value in environment(cluster).items():
        monkeypatch.setenv(name, value)
    code, _, err = run(Path(cluster["home"]), "rebuild-index")
    assert code == 0, err
    assert told(Path(cluster["home"])) == before
