"""The whole program with its index on Elasticsearch, by one setting."""

import csv
import io
import json
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.index import generations
from tests.archive.composed import archive_in, remove_indexes
from tests.drawn import sheets
from tests.whole.children import run, started, status
from tests.whole.composed_files import summary_file

ROWS = 120


@pytest.fixture
def far(home: Path, elasticsearch_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an archive whose program is told to use Elasticsearch, with three shards."""
    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", elasticsearch_url)
    monkeypatch.setenv("PAPERWATCH_SEARCH_SHARDS", "3")
    yield home
    with archive_in(home, search_url=elasticsearch_url) as archive:
        remove_indexes(archive)


@pytest.fixture
def filled(far: Path, tmp_path: Path) -> Path:
    """The same with awards and a letter of some pages in it."""
    (tmp_path / "letter.pdf").write_bytes(sheets.letter())
    for words in (
        ("import", str(summary_file(tmp_path / "awards.csv", ROWS))),
        ("add", str(tmp_path / "letter.pdf")),
    ):
        code, out, err = run(far, *words)
        assert code == 0, (words, out, err)
    return far


def found(home: Path, *words: str) -> int:
    """Count what the program finds."""
    code, out, err = run(home, "search", *words, "--json")
    assert code == 0, err
    return int(json.loads(out)["total"])


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Serve the archive while this context lasts; gives the address."""
    child = started(home, "serve", "--port", "0")
    assert child.stdout is not None
    try:
        yield child.stdout.readline().decode().split()[3].rstrip("/")
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
        return str(answer.read().decode())


@pytest.mark.elastic
def test_import_add_search_verify_and_rebuild_go_on_elasticsearch(filled: Path) -> None:
    assert found(filled, '"plate readers" kind:award') == ROWS // 5
    assert found(filled, "lot", "--filter", "kind=award", "--sort", "amount") == ROWS
    assert found(filled, "kind:document") == 1
    code, out, err = run(filled, "rebuild-index")
    assert (code, out.startswith("Index e2-")) == (0, True), err
    assert found(filled, '"plate readers" kind:award') == ROWS // 5
    code, out, err = run(filled, "verify")
    assert (code, out.splitlines()[-1]) == (0, "All is whole."), (out, err)
    held = status(filled)
    assert (held["outbox"], held["index_trouble"], held["index_outdated"]) == (0, "", False)
    assert not any(path.is_dir() for path in (filled / "index").iterdir())


@pytest.mark.elastic
def test_serve_answers_from_elasticsearch_and_takes_up_what_waits(
    filled: Path, tmp_path: Path
) -> None:
    with serving(filled) as address:
        page = json.loads(fetched(f"{address}/api/search?q=plate+readers+kind:award"))
        assert page["total"] == ROWS // 5
        rows = list(csv.DictReader(io.StringIO(fetched(f"{address}/search.csv?q=lot+kind:award"))))
        assert len({row["key"] for row in rows}) == ROWS
        more = summary_file(tmp_path / "more.csv", 5, first=ROWS + 1)
        assert run(filled, "import", str(more))[0] == 0
        page = json.loads(fetched(f"{address}/api/search?q=lot+kind:award"))
        assert page["total"] == ROWS + 5


@pytest.mark.elastic
def test_an_index_that_the_cluster_lost_is_found_by_verify_and_asks_for_a_rebuild(
    filled: Path, elasticsearch_url: str
) -> None:
    with archive_in(filled, search_url=elasticsearch_url) as archive:
        generations.place(archive).remove([generations.live(archive).name])
    code, _, err = run(filled, "search", "lot")
    assert (code, "Run: paperwatch rebuild-index" in err) == (10, True)
    code, out, _ = run(filled, "verify")
    assert (code, "missing on Elasticsearch" in out) == (11, True)
    assert status(filled)["index_outdated"]
    assert run(filled, "rebuild-index")[0] == 0
    assert found(filled, "lot") == ROWS


@pytest.mark.slow
def test_without_the_cluster_nothing_is_lost_and_every_command_says_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", "http://127.0.0.1:9")
    code, out, err = run(home, "import", str(summary_file(tmp_path / "awards.csv", 5)))
    assert (code, "5 new" in out, "cannot be reached" in err) == (0, True, True)
    assert run(home, "search", "lot")[0] == 17
    held = status(home)
    assert (held["outbox"], "cannot be reached" in held["index_trouble"]) == (5, True)
