"""A rebuild that is killed again and again while another process deposits, drains and asks."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from archive import indexing
from archive.deposit import deposit
from archive.opening import Archive
from archive.search.engine import Question
from archive.search.tree import All
from tests.archive.composed import archive_in, award, captured, remove_indexes
from tests.whole.children import run, started
from tests.whole.composed_files import summary_file

pytestmark = pytest.mark.slow
ROWS = 6_000
_KILLS = 5
# A rebuild is killed after so many deposits, however fast the machine; the last one never is.
_MANY = 2_000


@pytest.fixture(params=["folders", pytest.param("cluster", marks=pytest.mark.elastic)])
def archive(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Archive]:
    """An archive of many awards whose index stands in its folder, or on Elasticsearch."""
    is_far = request.param == "cluster"
    url = request.getfixturevalue("elasticsearch_url") if is_far else ""
    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", url)
    rows = summary_file(tmp_path / "summaries.csv", ROWS)
    with archive_in(tmp_path / "home", search_url=url) as opened:
        code, out, err = run(opened.settings.home, "import", str(rows))
        assert code == 0, (out, err)
        yield opened
        if is_far:
            remove_indexes(opened)


def test_every_fresh_award_is_found_at_once_however_often_a_rebuild_is_killed(
    archive: Archive,
) -> None:
    home, random = archive.settings.home, Random(20261126)
    live, kills, code = indexing.LiveEngine(archive), 0, -signal.SIGKILL
    fresh, beside = 0, 0
    while code == -signal.SIGKILL:
        child = started(home, "rebuild-index")
        here, most = 0, random.randint(2, 9) if kills < _KILLS else _MANY
        try:
            while child.poll() is None and here < most:
                fresh, here = fresh + 1, here + 1
                deposit(archive, captured(archive, f"more {fresh}"), [award(ROWS + fresh)])
                indexing.drain(archive, wait_s=60)
                assert live.get().search(Question(tree=All())).total == ROWS + fresh
                beside += child.poll() is None
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                kills += 1
            said = child.communicate(timeout=60)
            code = child.returncode
    assert code == 0, said
    assert_whole(home, ROWS + fresh)
    assert (beside > 5, kills > 0) == (True, True), (beside, kills)


def assert_whole(home: Path, awards: int) -> None:
    code, out, err = run(home, "verify")
    assert (code, out.splitlines()[-1]) == (0, "All is whole."), (out, err)
    code, out, err = run(home, "search", "--json", "--size", "1", "kind:award")
    assert (code, json.loads(out)["total"]) == (0, awards), err
