"""Planted damage is found, and what mends it is said."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import indexing
from archive.catalogue import tables
from archive.deposit import deposit
from archive.opening import Archive
from archive.verifying import Finding, sweep, verify
from tests.archive.composed import archive_in, award, captured
from tests.archive.stores import pack_of
from tests.archive.test_states import added


def filled(archive: Archive) -> None:
    """Fill an archive with an award and a document, indexed."""
    deposit(archive, captured(archive, "a"), [award()])
    added(archive)
    indexing.drain(archive)


def found(archive: Archive) -> list[Finding]:
    """Verify."""
    return list(verify(archive, lambda _subject, _number: None))


def execute(archive: Archive, statement: sa.Executable) -> None:
    """Change rows behind the archive's back."""
    with archive.catalogue.writing() as connection:
        connection.execute(statement)


def damage_pack(archive: Archive) -> None:
    with pack_of(archive) as pack:
        pack.execute("UPDATE pack SET body = x'00' WHERE length(body) < 12")


def lose_file(archive: Archive) -> None:
    with archive.catalogue.reading() as connection:
        sha256 = connection.execute(sa.select(tables.document.c.reading_sha256)).scalar_one()
    archive.files.remove(sha256)


def alter_version(archive: Archive) -> None:
    execute(archive, sa.update(tables.version).values(fields='{"piid":"OTHER"}'))


def alter_award(archive: Archive) -> None:
    execute(archive, sa.update(tables.award).values(fields="{}"))


def lose_page(archive: Archive) -> None:
    execute(archive, sa.delete(tables.page))


def forget_entry(archive: Archive) -> None:
    execute(archive, sa.update(tables.entry).values(changed_no=99))


def test_an_archive_that_is_whole_has_no_findings(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        filled(archive)
        assert found(archive) == []


@pytest.mark.parametrize(
    ("plant", "what", "mend"),
    [
        (damage_pack, "its bytes are not what its name says", "crawl again"),
        (lose_file, "missing, though a row names it", "add --again"),
        (alter_version, "its fields were altered", "backup"),
        (alter_award, "is not what its versions say", "verify --mend"),
        (lose_page, "0 pages in the catalogue, not 1", "add --again"),
        (forget_entry, "missing or older than in the catalogue", "rebuild-index"),
    ],
)
def test_planted_damage_is_found(
    tmp_path: Path, plant: Callable[[Archive], None], what: str, mend: str
) -> None:
    with archive_in(tmp_path) as archive:
        filled(archive)
        plant(archive)
        assert [one for one in found(archive) if what in one.what and mend in one.mend]


@pytest.mark.parametrize("size_bytes", [30, 300_000])
def test_a_file_that_no_row_names_is_harmless_and_stays_for_a_day(
    tmp_path: Path, size_bytes: int
) -> None:
    with archive_in(tmp_path) as archive:
        archive.files.put_bytes(b"x" * size_bytes)
        (finding,) = found(archive)
        assert finding.is_harmless
        assert sweep(archive) == 0


def test_old_files_that_no_row_names_are_swept(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        filled(archive)
        archive.files.put_bytes(b"a body that nobody names")
        with pack_of(archive) as pack:
            pack.execute("UPDATE pack SET kept_at = 0")
        assert sweep(archive) == 1
        assert found(archive) == []
