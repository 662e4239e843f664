"""Technologies of documents: looked for once, and again when the watchlist says otherwise."""

from collections.abc import Iterable
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import indexing, named
from archive.catalogue import tables
from archive.index import document_entries
from archive.opening import Archive
from archive.search.engine import Question
from archive.search.tree import All
from tests.archive.composed import archive_in
from tests.archive.scanned import deposited, page_of

SAID = "quotes for an automated license plate reader"


def found(archive: Archive) -> list[str]:
    """Give the technologies that the index counts."""
    engine = indexing.LiveEngine(archive).get()
    answer = engine.search(Question(tree=All(), facets=("technology",)))
    return sorted(value for value, _ in answer.facets["technology"])


def test_a_document_is_looked_through_when_it_is_read_and_not_for_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look(texts: Iterable[str]) -> set[str]:
        looked.extend(texts)
        return set()

    monkeypatch.setattr(document_entries, "named_outright", look)
    with archive_in(tmp_path) as archive:
        deposited(archive, page_of(1, SAID, text_from="layer"), page_of(2, text_from="none"))
        indexing.catch_up(archive)
        assert found(archive) == ["alpr"]
    assert looked == ["Before"]


def test_another_watchlist_looks_through_the_pages_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with archive_in(tmp_path) as archive:
        deposited(archive, page_of(1, SAID, text_from="layer"))
        with archive.catalogue.writing() as connection:
            (written,) = connection.scalars(sa.select(tables.document.c.technologies))
            assert named.kept(written) == ["alpr"]
            lost = written.replace("alpr", "drones")
            connection.execute(sa.update(tables.document).values(technologies=lost))
        monkeypatch.setattr(named, "fingerprint", lambda: "another")
        assert named.kept(written) is None
        indexing.catch_up(archive)
        assert found(archive) == ["alpr"]


def test_of_a_reading_that_is_damaged_nothing_is_known(tmp_path: Path) -> None:
    damaged = tmp_path / "reading"
    damaged.write_bytes(b"no reading")
    assert named.kept(named.named_in(damaged)) is None
