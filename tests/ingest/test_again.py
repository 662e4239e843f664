"""Reading again: what `add` puts down for it, and that nothing of the older reading is left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from archive import states
from archive.catalogue import tables
from archive.errors import BadRequest
from archive.opening import Archive, open_archive
from archive.settings import Settings
from archive.verifying import verify
from ingest import again
from ingest.commands import add
from ingest.reader import READER_VERSION
from tests.drawn import hostile, redacted, sheets
from tests.ingest.test_adding import added

pytestmark = pytest.mark.slow


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheets.letter())
    assert added(path)[0]["read"] == 1
    return path


def only(archive: Archive) -> sa.Row[Any]:
    """Give the row of the only document."""
    with archive.catalogue.reading() as connection:
        return connection.execute(sa.select(tables.document)).one()


def damage(archive: Archive) -> list[str]:
    """Say what `verify` finds and does not call harmless."""
    found = verify(archive, lambda _subject, _number: None)
    return [f"{one.what} {one.mend}" for one in found if not one.is_harmless]


def lose_reading(archive: Archive) -> None:
    archive.files.remove(only(archive).reading_sha256)


def damage_reading(archive: Archive) -> None:
    archive.files.path(only(archive).reading_sha256).write_bytes(b"something else")


def lose_pages(archive: Archive) -> None:
    with archive.catalogue.writing() as connection:
        connection.execute(sa.delete(tables.page))


def make_older(archive: Archive) -> str:
    """Let the only document be one that an older reader read; gives the hash of its reading."""
    old = archive.files.put_stream(iter([b"an older reading"])).sha256
    archive.files.remove(only(archive).reading_sha256)
    values = {"reader_version": "0", "reading_sha256": old, "title": "Old"}
    with archive.catalogue.writing() as connection:
        connection.execute(sa.update(tables.document).values(values))
    return old


@pytest.mark.parametrize("plant", [lose_reading, damage_reading, lose_pages])
def test_what_verify_finds_is_mended_by_reading_again(
    letter: Path, settings: Settings, plant: Callable[[Archive], None]
) -> None:
    with open_archive(settings) as archive:
        plant(archive)
        assert [one for one in damage(archive) if one.endswith("paperwatch add --again")]
        summary, code = added("--again")
        assert (code, summary["again"], summary["read"]) == (0, 1, 1)
        assert damage(archive) == []


def test_where_nothing_is_old_or_damaged_nothing_is_read_again(letter: Path) -> None:
    summary, _ = added("--again")
    assert (summary["again"], summary["read"]) == (0, 0)


@pytest.mark.parametrize("words", [["letter.pdf", "--again"], ["--again", "--all"]])
def test_files_named_or_all_are_read_again_whatever_their_version(
    letter: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(letter.parent)
    assert added(*words)[0]["read"] == 1


def test_an_ordinary_add_reads_again_what_an_older_reader_read(
    letter: Path, settings: Settings, tmp_path: Path
) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(b"<html>")
    with open_archive(settings) as archive:
        old = make_older(archive)
        summary, _ = added(other)
        assert (summary["again"], summary["read"]) == (1, 1)
        assert (only(archive).reader_version, only(archive).title != "Old") == (
            READER_VERSION,
            True,
        )
        assert not archive.files.holds(old)


def test_a_reading_that_another_document_shares_stays(letter: Path, settings: Settings) -> None:
    with open_archive(settings) as archive:
        old = make_older(archive)
        twin = only(archive)._asdict() | {"id": 99, "sha256": "f" * 64, "reader_version": "x"}
        with archive.catalogue.writing() as connection:
            connection.execute(sa.insert(tables.document), [twin])
        added(letter)
        assert archive.files.holds(old)


def test_what_a_new_reader_refuses_leaves_nothing_of_the_older_reading(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "guarded.pdf"
    path.write_bytes(hostile.password())
    added(path)
    with open_archive(settings) as archive:
        old = archive.files.put_stream(iter([b"an older reading"])).sha256
        values = {"reader_version": "0", "reading_sha256": old, "title": "Old", "page_count": 1}
        with archive.catalogue.writing() as connection:
            connection.execute(sa.update(tables.document).values(values))
        added("--again")
        row = only(archive)
        assert (row.reader_version, row.reading_sha256, row.title) == (READER_VERSION, "", "")
        assert not archive.files.holds(old)
        assert again.older(archive) == again.wanting(archive) == []


def test_a_lost_original_comes_back_by_adding_its_file_again(
    letter: Path, settings: Settings
) -> None:
    with open_archive(settings) as archive:
        archive.files.remove(only(archive).sha256)
        summary, code = added("--again", "--all")
        assert (code, summary["refused"][0][0]) == (16, "letter.pdf")
        assert added(letter)[1] == 0
        assert (only(archive).verdict, damage(archive)) == ("read", [])


@pytest.mark.parametrize("words", [[], ["--all"], ["letter.pdf", "--again", "--all"]])
def test_what_is_to_be_read_must_be_clear(
    letter: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(letter.parent)
    assert isinstance(CliRunner().invoke(add, words).exception, BadRequest)


def test_personal_numbers_hold_the_original_until_an_operator_lifts_it(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "numbers.pdf"
    path.write_bytes(sheets.personal_numbers())
    assert added(path)[0]["held"] == [["numbers.pdf", "personal numbers on page 1"]]
    with open_archive(settings) as archive:
        assert (only(archive).state, only(archive).held_part) == ("held", "original")
        states.lift(archive, only(archive).sha256, "they are of a company", original=True)
        added("--again", "--all")
        assert only(archive).state == "public"


def test_two_reasons_to_hold_are_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "both.pdf"
    path.write_bytes(redacted.with_numbers_too())
    reason = "text beneath opaque boxes on page 1 and personal numbers on pages 1, 3"
    assert added(path)[0]["held"] == [["both.pdf", reason]]
