"""Copying an archive to another place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from archive import indexing, settings
from archive.catalogue import postgres, tables
from archive.copying import copy as copying
from archive.copying.bodies import beside
from archive.copying.copy import Copied, Report, copy_archive
from archive.copying.tables import copy_table
from archive.copying.target import settings_of
from archive.deposit import deposit
from archive.errors import BadRequest, Busy, Damaged, HomeError, NotFound, SettingError
from archive.opening import Archive, open_archive
from archive.search.engine import Question
from archive.search.tree import All
from archive.settings import Settings
from archive.status import counts
from archive.verifying import verify
from tests.archive.composed import archive_in, award, captured, modification
from tests.archive.stores import Store, archive_with, empty
from tests.archive.test_states import added
from tests.catalogues import database, drop, home_settings

pytestmark = pytest.mark.slow

UEI, DUNS = "ZZZEXAMPLEZ9", "148508286"
BIG = b"%PDF" + b"composed" * 50_000


def quiet(_subject: str, _more: int, _of: int) -> None:
    """Hear of progress and say nothing."""


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Archive]:
    """An archive with awards, a document with its reading, and a large answer."""
    with archive_in(tmp_path / "first") as archive:
        _join_to_a_later_one(archive)
        for number in range(1, 40):
            kept = captured(archive, f"answer {number}", source=f"composed_{number}")
            deposit(archive, kept, [award(number), modification(number)])
        captured(archive, BIG.decode(), source="large")
        added(archive)
        indexing.drain(archive)
        yield archive


def _join_to_a_later_one(archive: Archive) -> None:
    """Let a vendor turn out to be one whose number is higher."""
    for number, uei in ((90, ""), (91, UEI)):
        named = award(number, vendor_name="HALDEN LLC", vendor_duns=DUNS, vendor_uei=uei)
        deposit(archive, captured(archive, f"award {number}"), [named])


def copied(source: Archive, home: Path, url: str = "") -> Copied:
    """Copy into a folder, with files elsewhere if an address says so."""
    with open_archive(_settings(home, url), is_copy=True) as target:
        return copy_archive(source, target, quiet)


def _settings(home: Path, url: str) -> Settings:
    return settings.load(home_settings(home) | {"PAPERWATCH_FILES_URL": url})


def found(archive: Archive) -> list[str]:
    """Verify."""
    return [one.what for one in verify(archive, lambda _subject, _number: None)]


def listed(archive: Archive) -> list[str]:
    """Give what the index finds, newest first."""
    hits = indexing.LiveEngine(archive).get().search(Question(tree=All(), size=100)).hits
    return [hit.key for hit in hits]


def assert_same(source: Archive, target: Archive) -> None:
    """See that two archives hold the same and are whole."""
    indexing.rebuild(target)
    assert counts(target) == counts(source)
    assert found(target) == []
    assert listed(target) == listed(source)
    later = sa.select(tables.vendor.c.id).where(tables.vendor.c.joined_to > tables.vendor.c.id)
    with target.catalogue.reading() as connection:
        assert len(connection.execute(later).all()) == 1


def test_a_copy_holds_the_same_and_is_whole(source: Archive, tmp_path: Path) -> None:
    done = copied(source, tmp_path / "second")
    assert not done.was_resumed
    with archive_in(tmp_path / "second") as target:
        assert_same(source, target)
        assert sorted(target.files.names()) == sorted(source.files.names())
        assert done.files == len(list(source.files.names()))


@pytest.mark.s3
def test_an_archive_goes_to_a_bucket_and_back(
    source: Archive, tmp_path: Path, bucket_url: str
) -> None:
    copied(source, tmp_path / "second", bucket_url)
    with archive_with(tmp_path / "second", bucket_url) as far:
        assert_same(source, far)
        copied(far, tmp_path / "third")
        with archive_in(tmp_path / "third") as near:
            assert_same(far, near)
        empty(Store(far))


@pytest.mark.postgres
@pytest.mark.s3
def test_an_archive_goes_to_postgres_and_a_bucket_and_back(
    source: Archive, tmp_path: Path, bucket_url: str
) -> None:
    url = database(f"copied_{uuid4().hex}")
    far = {"HOME": str(tmp_path / "far"), "CATALOGUE_URL": url, "FILES_URL": bucket_url}
    far |= {"MIXED": "yes"}
    found_there = settings.load({f"PAPERWATCH_{name}": value for name, value in far.items()})
    try:
        with open_archive(found_there, is_copy=True) as target:
            copy_archive(source, target, quiet)
            assert_same(source, target)
            deposit(target, captured(target, "a later answer"), [award(77)])  # numbers go on
            indexing.drain(target)
            assert found(target) == []
            copied(target, tmp_path / "back")
            with archive_in(tmp_path / "back") as near:
                assert_same(target, near)
            empty(Store(target))
    finally:
        drop(url)


@pytest.mark.parametrize("table", ["capture", "vendor", "page", "run"])
def test_a_copy_that_ended_half_way_goes_on(
    source: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    monkeypatch.setattr("archive.copying.tables._AT_ONCE", 7)

    def end(*words: Any) -> None:
        if words[2] is tables.metadata.tables[table]:
            raise KeyboardInterrupt
        copy_table(*words)

    monkeypatch.setattr(copying, "copy_table", end)
    with pytest.raises(KeyboardInterrupt):
        copied(source, tmp_path / "second")
    monkeypatch.setattr(copying, "copy_table", copy_table)
    with pytest.raises(Busy, match="not whole yet"), archive_in(tmp_path / "second"):
        pass
    assert copied(source, tmp_path / "second").was_resumed
    with archive_in(tmp_path / "second") as target:
        assert_same(source, target)


def test_rows_of_half_a_table_are_not_copied_twice(
    source: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.copying.tables._AT_ONCE", 7)
    told: list[str] = []

    def stop(subject: str, _more: int, _of: int) -> None:
        told.append(subject)
        if told.count("rows") == 9:
            raise KeyboardInterrupt

    with open_archive(_settings(tmp_path / "second", ""), is_copy=True) as target:
        with pytest.raises(KeyboardInterrupt):
            copy_archive(source, target, stop)
        assert copy_archive(source, target, quiet).was_resumed
    with archive_in(tmp_path / "second") as target:
        assert_same(source, target)


def test_an_archive_that_changed_between_two_runs_is_copied_as_it_is_now(
    source: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(copying, "compare", end)
        with pytest.raises(KeyboardInterrupt):
            copied(source, tmp_path / "second")
    deposit(source, captured(source, "a later answer"), [award(77)])
    indexing.drain(source)
    assert not copied(source, tmp_path / "second").was_resumed
    with archive_in(tmp_path / "second") as target:
        assert_same(source, target)


def test_a_row_that_differs_in_the_end_is_said_and_copied_anew(
    source: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meddle(source_: Archive, target: Archive, report: Report) -> int:
        rows = whole(source_, target, report)
        with target.catalogue.writing() as connection:
            connection.execute(tables.award.update().values(obligated_cents=1))
        return rows

    whole = copying._copy_rows
    with monkeypatch.context() as context:
        context.setattr(copying, "_copy_rows", meddle)
        with pytest.raises(Damaged, match="'award' differ: 41 in the archive, 41 in the target"):
            copied(source, tmp_path / "second")
    copied(source, tmp_path / "second")
    with archive_in(tmp_path / "second") as target:
        assert_same(source, target)


def test_nobody_writes_to_the_archive_while_it_is_copied(
    source: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.catalogue.sqlite._WAIT_MS", 100)
    monkeypatch.setitem(postgres._SESSION, "lock_timeout", "100ms")
    tried: list[str] = []

    def write(subject: str, _more: int, _of: int) -> None:
        if subject == "rows" and not tried:
            tried.append(subject)
            with archive_in(tmp_path / "first") as other, pytest.raises(Busy):
                captured(other, "meanwhile")

    with open_archive(_settings(tmp_path / "second", ""), is_copy=True) as target:
        copy_archive(source, target, write)
    assert tried == ["rows"]


@pytest.mark.parametrize("is_lost", [True, False])
def test_a_lost_or_damaged_file_stops_the_copy_and_is_named(
    source: Archive, tmp_path: Path, is_lost: bool
) -> None:
    with source.catalogue.reading() as connection:
        sha256 = connection.execute(sa.select(tables.document.c.reading_sha256)).scalar_one()
    store = Store(source)
    (store.lose if is_lost else store.damage)(sha256)
    with pytest.raises(Damaged, match=f"{sha256} is .*paperwatch verify"):
        copied(source, tmp_path / "second")
    with open_archive(_settings(tmp_path / "second", ""), is_copy=True) as target:
        assert all(is_whole for _, is_whole in target.files.each())
        assert counts(target)["captures"] == 0


def test_a_target_that_holds_something_is_left_alone(source: Archive, tmp_path: Path) -> None:
    with archive_in(tmp_path / "second") as other:
        captured(other, "theirs")
        before = counts(other)
    with pytest.raises(BadRequest, match="holds an archive already"):
        copied(source, tmp_path / "second")
    with archive_in(tmp_path / "second") as other:
        assert counts(other) == before


def test_a_half_copy_of_another_archive_is_left_alone(
    source: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as context:
        context.setattr(copying, "_copy_rows", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            copied(source, tmp_path / "second")
    with (
        archive_in(tmp_path / "other") as other,
        pytest.raises(BadRequest, match=r"copy of (sqlite|postgresql).* that is not whole"),
    ):
        copied(other, tmp_path / "second")


def test_a_file_of_settings_names_the_target(tmp_path: Path) -> None:
    file = tmp_path / "cluster.toml"
    file.write_text(f'home = "{tmp_path}/there"\nfiles_url = "s3://records/prefix"\n')
    source = _settings(tmp_path / "first", "")
    found = settings_of(file, source)
    assert (found.home, found["FILES_URL"]) == (tmp_path / "there", "s3://records/prefix")
    assert found.origins["FILES_URL"] == str(file)
    assert settings_of(tmp_path / "second", source).home == tmp_path / "second"


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("files_url = 's3://records'", SettingError, "'home' is missing"),
        ("home = 'there'\nfile_url = ''", SettingError, "'file_url' is not a setting"),
        ("home = 'FIRST/within/it'", BadRequest, "lies within .*first, which belongs to the arc"),
        ("home = 'there'\nfiles_url = 'file://FIRST/within'", BadRequest, "lies within"),
        ("home = 'FIRST'", BadRequest, "is the archive that is to be copied"),
        ("home = 'there'\nfiles_url = 'file://FIRST/files'", BadRequest, "cannot share one"),
        (None, NotFound, "is not there"),
    ],
)
def test_a_target_that_cannot_be_is_said(
    tmp_path: Path, text: str | None, kind: type[Exception], sentence: str
) -> None:
    file = tmp_path / "cluster.toml"
    if text is not None:
        file.write_text(text.replace("FIRST", str(tmp_path / "first")))
    with pytest.raises(kind, match=sentence):
        settings_of(file, _settings(tmp_path / "first", ""))


def test_a_target_that_cannot_be_written_is_said_with_another_target(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(HomeError, match="Name another target: --to"),
        open_archive(_settings(tmp_path / "file" / "home", ""), is_copy=True),
    ):
        pass


def test_names_are_looked_for_beside_others_in_order() -> None:
    assert list(beside("bdf", iter("abce"))) == [("b", True), ("d", False), ("f", False)]
