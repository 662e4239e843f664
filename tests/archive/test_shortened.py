"""Hashes as people type them."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import states
from archive.catalogue.tables import document
from archive.errors import BadRequest, NotFound
from archive.opening import Archive
from archive.shown.desk import open_desk
from archive.shown.record import show
from tests.archive.composed import archive_in
from tests.archive.test_states import added


def beside(archive: Archive, sha256: str) -> None:
    """Put a second document there whose hash begins alike."""
    alike = sha256[:10] + ("0" if sha256[10] != "0" else "1") + sha256[11:]
    with archive.catalogue.writing() as connection:
        row = dict(connection.execute(sa.select(document)).one()._mapping)
        connection.execute(sa.insert(document), [row | {"id": row["id"] + 1, "sha256": alike}])


def test_eight_digits_are_enough_where_they_begin_one_document(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive)
        states.hold(archive, sha256[:8], "address on page 4")
        assert show(open_desk(archive), sha256[:9].upper())["state"] == "held"
        assert show(open_desk(archive), f"documents/{sha256[:8]}")["sha256"] == sha256


def test_what_begins_several_or_none_is_said(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive)
        beside(archive, sha256)
        with pytest.raises(BadRequest, match="several documents"):
            states.withdraw(archive, sha256[:10], "court order")
        states.withdraw(archive, sha256[:11], "court order")
        with pytest.raises(NotFound, match="ffffffff"):
            states.lift(archive, "ffffffff", "checked")


@pytest.mark.parametrize("typed", ["abc", "70cmsd2x", "a" * 65, "%" * 8])
def test_what_is_no_hash_is_said(tmp_path: Path, typed: str) -> None:
    with archive_in(tmp_path) as archive, pytest.raises(BadRequest, match="digits from 0 to f"):
        states.hold(archive, typed, "address on page 4")
