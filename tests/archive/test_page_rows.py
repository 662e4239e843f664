"""What the catalogue and the index know of a page's redactions, and of pages that are equal."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive.catalogue.tables import document
from archive.indexing import LiveEngine, drain
from archive.opening import Archive
from archive.outcomes import PageSummary, redacted_percent
from archive.page_rows import NO_PAGES, PageSums, equal_pages, summaries, sums
from archive.readings import PageReading
from archive.search.engine import Question
from archive.search.language import read
from tests.archive.composed import archive_in
from tests.archive.redacted import redacted_page
from tests.archive.scanned import deposited, page_of

B6, B7E = "(b)(6)", "(b)(7)(E)"
BARE = page_of(1, "memo", text_from="layer")
SLIP = redacted_page(1, B7E, percent=0, boxes=0, is_withheld=True)
POOR = page_of(1, "smudge", text_from="recognised", confidence=60)


def numbered(*pages: PageReading) -> list[PageReading]:
    return [replace(one, number=number) for number, one in enumerate(pages, start=1)]


def known_of(archive: Archive, sha256: str) -> PageSums:
    with archive.catalogue.reading() as connection:
        number = connection.scalar(sa.select(document.c.id).where(document.c.sha256 == sha256)) or 0
        return sums(connection, [number]).get(number, NO_PAGES)


SHARES: list[tuple[tuple[PageReading, ...], int | None]] = [
    ((BARE, BARE), 0),
    ((redacted_page(1, percent=100), BARE), 50),
    ((SLIP, BARE), 50),
    ((SLIP, redacted_page(1, percent=100)), 100),
    ((redacted_page(1, percent=0), *[BARE] * 400), 1),
    ((BARE, *[SLIP] * 400), 99),
    ((redacted_page(1, B6, percent=0, boxes=0), BARE), 1),
    ((redacted_page(1), page_of(2)), None),
    ((redacted_page(1), replace(BARE, is_looked_at=False)), None),
    ((), None),
]


@pytest.mark.parametrize(("pages", "share"), SHARES)
def test_the_share_of_a_document_is_that_of_its_pages_and_not_known_without_one(
    pages: tuple[PageReading, ...], share: int | None
) -> None:
    assert redacted_percent([PageSummary.of(one) for one in numbered(*pages)]) == share


def test_the_catalogue_reckons_shares_alike(tmp_path: Path) -> None:
    some = [SHARES[place] for place in (1, 3, 6, 7)]
    with archive_in(tmp_path) as archive:
        found = [
            known_of(archive, deposited(archive, *numbered(*pages), body=b"%%PDF %d" % place))
            for place, (pages, _) in enumerate(some)
        ]
    assert [one.redacted_percent for one in found] == [share for _, share in some]


def test_what_is_written_of_a_page_is_what_was_read_of_it(tmp_path: Path) -> None:
    pages = numbered(redacted_page(1, B7E, B6, content_key="0f" * 16), SLIP, POOR, page_of(4))
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pages)
        with archive.catalogue.reading() as connection:
            found = summaries(connection, [1])[1]
        known = known_of(archive, sha256)
    assert found == [PageSummary.of(one) for one in pages]
    assert (found[0].exemptions, found[3].redacted_percent) == ((B6, B7E), None)
    assert (known.exemptions, known.poor, known.unread) == ((B6, B7E), 1, 1)


def test_a_document_is_found_by_what_is_withheld_and_by_how_it_was_read(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        pages = numbered(redacted_page(1, B6, percent=80), redacted_page(2, B7E, text=""))
        log = deposited(archive, *pages, body=b"%PDF log")
        scan = deposited(archive, *numbered(POOR, page_of(2)), body=b"%PDF scan")
        drain(archive)
        with LiveEngine(archive).get() as engine:

            def found(typed: str) -> set[str]:
                hits = engine.search(Question(tree=read(typed).tree)).hits
                return {hit.key.removeprefix("documents/") for hit in hits}

            assert found("exemption:b6 redacted:50") == found("page:exemption:b7e") == {log}
            assert found("page:(memo exemption:b7e)") == set()
            assert found("read:poorly") == found("page:read:unread") == {scan}
            assert found("page:(smudge read:poorly)") == {scan}
            assert found("-redacted:>=0") == {scan}


def test_pages_that_are_equal_are_found_in_other_documents(tmp_path: Path) -> None:
    first, second = (redacted_page(n, content_key=f"{n:032x}") for n in (1, 2))
    with archive_in(tmp_path) as archive:
        deposited(archive, first, second, body=b"%PDF one")
        other = numbered(BARE, second, first)
        sha256 = deposited(archive, *other, body=b"%PDF two")
        deposited(archive, BARE, body=b"%PDF three")
        with archive.catalogue.reading() as connection:
            rows = equal_pages(connection, 1, sa.true(), 10)
            few = equal_pages(connection, 1, sa.true(), 1)
            none = equal_pages(connection, 1, document.c.state == "withdrawn", 10)
    assert [(one.sha256, one.here, one.there) for one in rows] == [(sha256, 1, 3), (sha256, 2, 2)]
    assert (len(few), len(none)) == (1, 0)
