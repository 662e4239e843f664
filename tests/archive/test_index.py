"""The index beside the catalogue: draining, rebuilding, comparing."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import indexing, states, status
from archive.catalogue import tables
from archive.deposit import deposit
from archive.documents import deposit_document
from archive.index import generations
from archive.index.comparing import differences
from archive.index.draining import drain_once
from archive.index.lock import index_lock
from archive.index.titles import award_title
from archive.model import Answer
from archive.opening import Archive
from archive.search.engine import TORN, Question
from archive.search.entry import Entry
from archive.search.tree import All
from archive.verifying import verify
from tests.archive.composed import (
    SEPTEMBER,
    archive_in,
    award,
    captured,
    key,
    modification,
    remove_indexes,
)
from tests.archive.test_states import added


@pytest.fixture(params=["folders", pytest.param("cluster", marks=pytest.mark.elastic)])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive whose index stands in its folder, or on Elasticsearch."""
    is_far = request.param == "cluster"
    url = request.getfixturevalue("elasticsearch_url") if is_far else ""
    with archive_in(tmp_path, search_url=url) as opened:
        yield opened
        if is_far:
            remove_indexes(opened)


def total(archive: Archive) -> int:
    """Count what the live index answers."""
    return indexing.LiveEngine(archive).get().search(Question(tree=All())).total


def differing(archive: Archive) -> list[str]:
    """Give the keys by which index and catalogue differ."""
    live = generations.live(archive)
    with (
        generations.open_for_reading(archive, live.name) as engine,
        archive.catalogue.reading() as connection,
    ):
        return [one.key for one in differences(connection, engine, live)]


def with_awards(archive: Archive, count: int = 3) -> None:
    """Deposit some awards."""
    deposit(archive, captured(archive, "a"), [award(n) for n in range(1, count + 1)])


def test_what_was_deposited_is_found_after_a_drain(archive: Archive) -> None:
    with_awards(archive)
    assert (indexing.drain(archive), total(archive), indexing.depth(archive)) == (3, 3, 0)


def test_portions_that_are_written_side_by_side_are_all_written_and_forgotten(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.index.portions.TAKEN_AT_ONCE", 4)
    with_awards(archive, 30)
    done: list[int] = []
    assert indexing.drain(archive, done.append) == 30
    assert done == [4, 8, 12, 16, 20, 24, 28, 30]
    assert (total(archive), indexing.depth(archive), differing(archive)) == (30, 0, [])


def test_an_entry_that_changed_while_it_was_written_stays_in_the_outbox(archive: Archive) -> None:
    with_awards(archive, 1)
    live = generations.live(archive)
    with generations.open_for_writing(archive, live.name) as engine:
        written = engine.write

        def write_and_change(entries: object, gone: object) -> None:
            written(entries, gone)  # type: ignore[arg-type]
            deposit(archive, captured(archive, "b"), [modification()])

        engine.write = write_and_change  # type: ignore[method-assign, assignment]
        drain_once(archive, live, engine)
    assert indexing.depth(archive) == 1
    indexing.drain(archive)
    assert differing(archive) == []


def test_a_drain_does_not_wait_for_ever_on_another_writer(archive: Archive) -> None:
    with_awards(archive)
    with index_lock(archive, wait_s=0) as held:
        assert held
        assert indexing.drain(archive, wait_s=0.1) == 0


def test_searches_and_deposits_go_on_while_the_index_is_rebuilt(archive: Archive) -> None:
    with_awards(archive, 300)
    indexing.drain(archive)
    seen: list[int] = []

    def meanwhile(_done: int, _left: int) -> None:
        number = 1000 + len(seen)
        deposit(archive, captured(archive, f"more {number}"), [award(number)])
        seen.append(total(archive))

    rebuilt = indexing.rebuild(archive, meanwhile)
    indexing.drain(archive)
    assert seen
    assert set(seen) == {300}
    assert rebuilt.name[1] == "2"
    assert total(archive) == 300 + len(seen)
    assert differing(archive) == []


def test_a_rebuild_that_was_killed_is_taken_up_again(archive: Archive) -> None:
    with_awards(archive, 3)
    indexing.drain(archive)

    def die(_done: int, _left: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexing.rebuild(archive, die)
    with_awards(archive, 5)
    rebuilt = indexing.rebuild(archive)
    assert rebuilt.was_resumed
    assert (total(archive), differing(archive)) == (5, [])


def test_the_generation_before_stays_until_the_next_rebuild(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        with_awards(archive)
        indexing.drain(archive)
        indexing.rebuild(archive)
        assert (archive.index_folder / "g1").is_dir()
        indexing.rebuild(archive)
        assert not (archive.index_folder / "g1").exists()


def test_a_reader_follows_the_rebuild_by_itself(archive: Archive) -> None:
    with_awards(archive)
    indexing.drain(archive)
    live = indexing.LiveEngine(archive)
    before = live.get()
    indexing.rebuild(archive)
    assert live.get() is not before
    assert live.get().search(Question(tree=All())).total == 3


def test_two_drains_at_once_write_everything_once(archive: Archive) -> None:
    with_awards(archive, 50)
    threads = [threading.Thread(target=indexing.drain, args=(archive,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (total(archive), indexing.depth(archive)) == (50, 0)


def test_a_withdrawn_document_leaves_the_index_and_comes_back_when_lifted(archive: Archive) -> None:
    letter = Answer(
        source="added",
        method="FILE",
        address="letter.pdf",
        body=archive.files.put_bytes(b"%PDF composed"),
        fetched_at=SEPTEMBER,
    )
    sha256 = deposit_document(archive, letter).sha256
    indexing.drain(archive)
    assert total(archive) == 1
    states.withdraw(archive, sha256, "court order")
    indexing.drain(archive)
    assert (total(archive), differing(archive)) == (0, [])
    states.lift(archive, sha256, "order set aside")
    indexing.drain(archive)
    assert total(archive) == 1


def test_what_the_index_lacks_and_what_it_has_too_much_are_both_found(archive: Archive) -> None:
    with_awards(archive, 3)
    indexing.drain(archive)
    with archive.catalogue.writing() as connection:
        connection.execute(
            sa.update(tables.entry).where(tables.entry.c.number == 1).values(is_listed=False)
        )
        connection.execute(
            sa.update(tables.entry).where(tables.entry.c.number == 2).values(changed_no=7)
        )
    assert len(differing(archive)) == 2
    indexing.rebuild(archive)
    assert differing(archive) == []


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"description": "IGF::OT::IGF FACE SEARCH LICENSES"}, "Face search licenses"),
        ({"description": "ICE BUYS GPS UNITS, LOT B7"}, "ICE buys GPS units, lot B7"),
        ({"description": "FaceTrace, 3 seats"}, "FaceTrace, 3 seats"),
        ({"description": "", "psc_label": "ADP SOFTWARE"}, "ADP software"),
        ({"piid": "70ZZZZ25F00000001"}, "Award 70ZZZZ25F00000001"),
    ],
)
def test_an_award_has_a_title_that_people_can_read(fields: dict[str, str], title: str) -> None:
    assert award_title(fields) == title


def test_an_entry_that_cannot_be_indexed_is_set_aside_and_keeps_no_other_from_the_index(
    archive: Archive,
) -> None:
    with_awards(archive, 3)
    odd = award(9, acted_on="2023-02-29")
    deposit(archive, captured(archive, "odd"), [odd])
    indexing.drain(archive)
    assert indexing.depth(archive) == 0
    ((task, subject, reason),) = status.set_aside(archive)
    assert (task, subject) == ("index_entry", f"awards/{key(9)}")
    assert "2023-02-29" in reason or "day is out of range" in reason
    assert differing(archive) == []
    indexing.rebuild(archive)
    assert [one for one in verify(archive, lambda *_: None) if "set aside" in one.what]


def test_an_entry_that_was_set_aside_is_indexed_when_it_changes(archive: Archive) -> None:
    deposit(archive, captured(archive, "odd"), [award(9, acted_on="2023-02-29")])
    indexing.drain(archive)
    mended = award(9, acted_on="2023-02-28", modified_at="2025-10-01")
    deposit(archive, captured(archive, "mended"), [mended])
    indexing.drain(archive)
    assert status.set_aside(archive) == []
    assert differing(archive) == []


def test_pages_that_the_index_lost_are_found_and_a_rebuild_brings_them_back(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive)
        entry = Entry(
            key=f"documents/{sha256}",
            number=1,
            version="1",
            kind="document",
            title="Letter",
            pages=("one page of words", "", "another"),
        )
        live = generations.live(archive)
        with generations.open_for_writing(archive, live.name) as engine:
            engine.write([entry])
            assert dict(engine.versions()) == {entry.key: "1"}
        with generations.open_for_writing(archive, live.name) as engine:
            engine._writer._pages.remove(entry.key)  # type: ignore[attr-defined]
            engine._writer._pages.commit()  # type: ignore[attr-defined]
            engine.refresh()
            engine._view = engine._look()  # type: ignore[attr-defined]
            assert dict(engine.versions()) == {entry.key: TORN}
