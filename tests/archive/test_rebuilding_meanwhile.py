"""A rebuild beside the live index, which is drained, asked and left behind in the meantime."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import indexing, status
from archive.deposit import deposit
from archive.errors import Busy
from archive.index import generations, portions, rebuilding
from archive.index.draining import drain_once, drain_portions
from archive.index.lock import index_lock, rebuild_lock
from archive.opening import Archive
from tests.archive.composed import archive_in, award, captured, key, remove_indexes
from tests.archive.test_index import archive as archive  # a folder, and a cluster
from tests.archive.test_index import differing, total, with_awards
from tests.catalogues import home_settings

_DRAIN = """
from archive import indexing, settings
from archive.opening import open_archive
with open_archive(settings.load()) as archive:
    print(indexing.drain(archive, wait_s=0.0))
"""


def fresh(archive: Archive, number: int) -> None:
    """Deposit one more award."""
    deposit(archive, captured(archive, f"more {number}"), [award(number)])


def left_of(archive: Archive, *states: str) -> list[str]:
    """Give the generations in some states."""
    with archive.catalogue.reading() as connection:
        return [one.name for one in generations.all_of(connection, *states)]


def drained_elsewhere(archive: Archive) -> int:
    """Drain in another process; gives how many entries it wrote."""
    said = home_settings(archive.settings.home)
    said["PAPERWATCH_SEARCH_URL"] = archive.settings["SEARCH_URL"]
    ended = subprocess.run(
        [sys.executable, "-c", _DRAIN],
        env=os.environ | said,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return int(ended.stdout)


@pytest.mark.parametrize("drain", [lambda held: indexing.drain(held, wait_s=0), drained_elsewhere])
def test_a_fresh_award_is_found_while_the_index_is_rebuilt(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, drain: Callable[[Archive], int]
) -> None:
    monkeypatch.setattr("archive.index.portions.TAKEN_AT_ONCE", 100)
    with_awards(archive, 300)
    indexing.drain(archive)
    seen: list[tuple[int, int]] = []

    def meanwhile(_done: int, _left: int) -> None:
        if len(seen) < 3:
            fresh(archive, 1000 + len(seen))
            seen.append((drain(archive), total(archive)))

    indexing.rebuild(archive, meanwhile)
    assert seen == [(1, 301), (1, 302), (1, 303)]
    assert (total(archive), indexing.depth(archive), differing(archive)) == (303, 0, [])


def test_a_second_rebuild_is_refused_in_a_sentence_and_nothing_is_changed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_REBUILD_WAIT_S", 0.1)
    with_awards(archive)
    with rebuild_lock(archive, wait_s=0) as held:
        assert held
        with pytest.raises(Busy, match="Another process rebuilds the index"):
            indexing.rebuild(archive, is_others=True)
        assert left_of(archive, "building", "old") == []
        assert indexing.drain(archive, wait_s=0) == 3


def test_the_new_index_answers_only_when_nobody_drains_the_one_before(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_SWAP_WAIT_S", 0.05)
    with_awards(archive)
    before = generations.live(archive)
    rebuilds = threading.Thread(target=indexing.rebuild, args=(archive,))
    with (
        index_lock(archive, wait_s=0) as held,
        generations.open_for_writing(archive, before.name) as engine,
    ):
        assert held
        rebuilds.start()
        fresh(archive, 9)
        rebuilds.join(timeout=1)
        assert rebuilds.is_alive()
        assert generations.live(archive) == before
        engine.settle()
    rebuilds.join(timeout=60)
    assert generations.live(archive) != before
    assert (total(archive), indexing.depth(archive), differing(archive)) == (4, 0, [])


def test_a_rebuild_that_may_not_end_is_taken_up_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_SWAP_WAIT_S", 0.01)
    monkeypatch.setattr(rebuilding, "_SWAP_TRIES", 2)
    with_awards(archive)
    with index_lock(archive, wait_s=0), pytest.raises(Busy, match="it goes on from here"):
        indexing.rebuild(archive)
    rebuilt = indexing.rebuild(archive)
    assert (rebuilt.was_resumed, rebuilt.entries, total(archive)) == (True, 0, 3)


def test_other_archives_indexes_are_not_forgotten_while_somebody_writes_one(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_DRAIN_WAIT_S", 0.05)
    before = generations.live(archive)
    with index_lock(archive, wait_s=0), pytest.raises(Busy, match="writes the index"):
        indexing.rebuild(archive, is_others=True)
    assert generations.live(archive) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    [
        "archive.index.generations.forget_old",
        "archive.index.rebuilding._register",
        "archive.index.rebuilding._mend_differences",
        "archive.index.rebuilding._swap_when_free",
        "archive.index.rebuilding.drain_within",
        "archive.index.generations.make_live",
    ],
)
@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after"])
def test_a_rebuild_that_ends_in_any_part_leaves_an_index_that_answers(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, part: str, is_done: bool
) -> None:
    with_awards(archive)
    indexing.drain(archive)
    indexing.rebuild(archive)  # so that there is an old one
    module, _, name = part.rpartition(".")
    whole = getattr(sys.modules[module], name)

    def ends(*asked: Any) -> None:
        if is_done:
            whole(*asked)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(part, ends)
        with pytest.raises(KeyboardInterrupt):
            indexing.rebuild(archive)
    fresh(archive, 9)
    assert (indexing.drain(archive, wait_s=0), total(archive), differing(archive)) == (1, 4, [])
    indexing.rebuild(archive)
    assert (total(archive), differing(archive)) == (4, [])
    assert left_of(archive, "building") == []


def test_a_rebuild_that_another_took_up_and_ended_changes_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_awards(archive)

    swap = rebuilding._swap

    def late(held: Archive, new: Any, engine: Any) -> None:
        with held.catalogue.writing() as connection:
            generations.make_live(connection, new)
        fresh(held, 9)
        swap(held, new, engine)

    monkeypatch.setattr(rebuilding, "_swap", late)
    with pytest.raises(Busy, match="took up this rebuild"):
        indexing.rebuild(archive)
    assert indexing.depth(archive) == 1
    indexing.drain(archive)
    assert (total(archive), differing(archive)) == (4, [])


def test_what_the_old_index_sets_aside_late_is_not_said_of_an_entry_that_the_new_one_holds(
    archive: Archive,
) -> None:
    live = generations.live(archive)
    with archive.catalogue.writing() as connection:
        new = generations.make(connection, generations.place(archive))
    deposit(archive, captured(archive, "odd"), [award(9, acted_on="2023-02-29")])
    with (
        generations.open_for_writing(archive, live.name) as engine,
        archive.catalogue.reading() as connection,
    ):
        taken = portions.take(connection, live).changes
        aside = portions.write(archive, connection, engine, taken)
    assert list(aside) == [f"awards/{key(9)}"]
    mended = award(9, acted_on="2023-02-28", modified_at="2025-10-01")
    deposit(archive, captured(archive, "mended"), [mended])
    with generations.open_for_writing(archive, new.name) as engine:
        drain_once(archive, new, engine)
    with archive.catalogue.writing() as connection:
        portions.settle(connection, live, taken, aside)
    assert status.set_aside(archive) == []
    indexing.rebuild(archive)
    assert status.set_aside(archive) == []
    assert (total(archive), differing(archive)) == (1, [])


def test_what_is_left_to_an_index_that_no_longer_answers_is_nobodys_loss(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        with_awards(archive)
        before = generations.live(archive)
        fresh(archive, 9)
        with generations.open_for_writing(archive, before.name) as engine:
            # As after the loss of the lock among machines: it writes, and does not know it is old.
            indexing.rebuild(archive)
            drain_portions(archive, before, engine, lambda _done: None)
        assert (total(archive), indexing.depth(archive), differing(archive)) == (4, 0, [])
        remove_indexes(archive)


def test_what_an_outdated_index_does_not_take_is_found_when_the_rebuild_has_ended(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        with_awards(archive)
        indexing.drain(archive)
        label = archive.index_folder / generations.live(archive).name / "fields.json"
        label.write_text(label.read_text().replace('"analyser": ', '"analyser": 9'))
        said: list[tuple[int, str]] = []

        def meanwhile(_done: int, _left: int) -> None:
            fresh(archive, 9)
            said.append(indexing.catch_up(archive))

        indexing.rebuild(archive, meanwhile)
        assert [(written, "rebuild-index" in sentence) for written, sentence in said] == [(0, True)]
        assert (total(archive), indexing.depth(archive), differing(archive)) == (4, 0, [])
