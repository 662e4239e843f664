"""Where the index stands: in folders or on a cluster, and what happens when that changes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import indexing
from archive.backup.restoring import restore
from archive.backup.saving import save
from archive.deposit import deposit
from archive.errors import IndexOutdated, IndexUnavailable, SettingError
from archive.index import generations
from archive.index.places import place_of
from archive.opening import Archive
from archive.search.engine import Question
from archive.search.entry import Entry
from archive.search.tree import All, Word
from archive.settings import load
from tests.archive.composed import archive_in, award, captured, remove_indexes
from tests.catalogues import home_settings

NOWHERE = "http://127.0.0.1:9"  # the port of "discard", where nothing answers


@pytest.fixture
def far(elasticsearch_url: str, tmp_path: Path) -> Iterator[Archive]:
    """An archive of three awards whose index stands on Elasticsearch."""
    with archive_in(tmp_path, search_url=elasticsearch_url) as archive:
        deposit(archive, captured(archive, "a"), [award(n) for n in (1, 2, 3)])
        yield archive
        remove_indexes(archive)


def total(archive: Archive) -> int:
    return indexing.LiveEngine(archive).get().search(Question(tree=All())).total


@pytest.mark.elastic
def test_an_archive_that_moves_to_elasticsearch_asks_for_a_rebuild_and_has_all_after_it(
    tmp_path: Path, elasticsearch_url: str
) -> None:
    with archive_in(tmp_path) as near:
        deposit(near, captured(near, "a"), [award(1), award(2)])
        indexing.drain(near)
    with archive_in(tmp_path, search_url=elasticsearch_url) as far:
        with pytest.raises(IndexOutdated, match="not built for Elasticsearch"):
            total(far)
        deposit(far, captured(far, "b"), [award(3)])
        _, trouble = indexing.catch_up(far)
        assert "rebuild-index" in trouble
        indexing.rebuild(far)
        assert total(far) == 3
        remove_indexes(far)
    with archive_in(tmp_path) as near:
        indexing.rebuild(near)
        assert total(near) == 3


@pytest.mark.elastic
def test_an_index_that_was_removed_from_the_cluster_is_missed_and_not_made_in_silence(
    far: Archive,
) -> None:
    indexing.drain(far)
    generations.place(far).remove([generations.live(far).name])

    assert isinstance(indexing.unanswering(far), IndexOutdated)
    deposit(far, captured(far, "b"), [award(4)])
    with pytest.raises(IndexOutdated, match="missing on Elasticsearch"):
        indexing.drain(far)
    indexing.rebuild(far)
    assert total(far) == 4


@pytest.mark.elastic
def test_a_rebuild_whose_index_was_removed_meanwhile_has_all_the_same(far: Archive) -> None:
    def die(_done: int, _left: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexing.rebuild(far, die)
    with far.catalogue.reading() as connection:
        (begun,) = generations.all_of(connection, "building")
    generations.place(far).remove([begun.name])

    assert indexing.rebuild(far).was_resumed
    assert total(far) == 3


@pytest.mark.elastic
def test_the_generation_before_stays_on_the_cluster_until_the_next_rebuild(
    far: Archive, elasticsearch_url: str
) -> None:
    from archive.search.elastic import open_indexes

    indexing.drain(far)
    first = open_indexes(elasticsearch_url, f"paperwatch-{generations.live(far).name}")
    indexing.rebuild(far)
    assert first.are_there()
    indexing.rebuild(far)
    assert not first.are_there()


@pytest.mark.elastic
def test_two_archives_on_one_cluster_share_no_index(
    far: Archive, tmp_path: Path, elasticsearch_url: str
) -> None:
    indexing.drain(far)
    with archive_in(tmp_path / "other", search_url=elasticsearch_url) as other:
        indexing.drain(other)
        assert (total(far), total(other)) == (3, 0)
        remove_indexes(other)
    assert total(far) == 3


@pytest.mark.elastic
def test_a_restored_backup_leaves_the_index_of_its_original_alone(
    far: Archive, tmp_path: Path, elasticsearch_url: str
) -> None:
    indexing.drain(far)
    save(far, tmp_path / "saved.tar", lambda *_: None)
    home = tmp_path / "restored"
    restore(load(home_settings(home)), tmp_path / "saved.tar", lambda *_: None)
    with archive_in(home, search_url=elasticsearch_url) as restored:
        assert generations.live(restored).name != generations.live(far).name
        for _ in range(3):
            indexing.rebuild(restored)
        assert total(restored) == 3
        remove_indexes(restored)

    assert total(far) == 3


@pytest.mark.elastic
def test_an_older_state_never_overwrites_a_newer_one_nor_takes_it_away(far: Archive) -> None:
    def state(changed_no: int, title: str) -> Entry:
        return Entry(
            key="documents/a",
            number=9,
            version=str(changed_no),
            kind="document",
            title=title,
            pages=("old page", "older page") if changed_no < 5 else ("new page",),
            changed_no=changed_no,
        )

    with generations.open_for_writing(far, generations.live(far).name) as engine:
        engine.write([state(5, "new")])
        engine.write([state(4, "late")])
        assert dict(engine.versions()) == {"documents/a": "5"}
        engine.write((), {"documents/a": 4})
        assert dict(engine.versions()) == {"documents/a": "5"}
        engine.write((), {"documents/a": 6})
        engine.write([state(4, "late again")])
        assert dict(engine.versions()) == {}
        assert engine.pages(Word(word="page"), ["documents/a"]) == {}


def test_an_engine_that_is_not_used_is_not_loaded() -> None:
    program = "import sys, archive.indexing, archive.shown.desk; print(*sys.modules)"
    words = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout

    loaded = {name.partition(".")[0] for name in words.decode().split()}
    assert "archive" in loaded
    assert not {"elasticsearch", "elastic_transport", "tantivy"} & loaded


def test_a_cluster_out_of_reach_is_said_and_what_was_deposited_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from archive.search.elastic import asking

    monkeypatch.setattr(asking, "PAUSES_S", ())
    with archive_in(tmp_path, search_url=NOWHERE) as archive:
        deposit(archive, captured(archive, "a"), [award(1)])
        indexed, trouble = indexing.catch_up(archive)

        assert (indexed, indexing.depth(archive)) == (0, 1)
        assert "cannot be reached" in trouble
        with pytest.raises(IndexUnavailable, match="Nothing is lost"):
            total(archive)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEARCH_NAME", "Paper Watch"),
        ("SEARCH_NAME", "_hidden"),
        ("SEARCH_SHARDS", "none"),
    ],
)
def test_settings_that_no_index_can_have_are_refused(tmp_path: Path, name: str, value: str) -> None:
    said = {"PAPERWATCH_HOME": str(tmp_path), "PAPERWATCH_SEARCH_URL": NOWHERE}
    with pytest.raises(SettingError, match=name):
        place_of(load(said | {f"PAPERWATCH_{name}": value}))


@pytest.mark.parametrize("url", ["127.0.0.1:9200", "http://me:secret@host", "http://host:99999"])
def test_an_odd_address_is_refused_without_its_password(tmp_path: Path, url: str) -> None:
    with (
        archive_in(tmp_path, search_url=url) as archive,
        pytest.raises(SettingError, match="SEARCH_URL") as refused,
    ):
        total(archive)
    assert "secret" not in str(refused.value)
