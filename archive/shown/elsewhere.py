"""Other releases of a document's pages: pages of other documents that are equal to them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive.page_rows import equal_pages
from archive.releases import Releases, document_title, first_day, releases_of
from archive.shown.desk import Desk
from archive.shown.document import ShownDocument, find_document
from archive.shown.document_entries import released_by
from archive.shown.listing import listed
from archive.states import access

PAIRS_MAX = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Pages in a row, `first` to `last`, and the first of those that are equal to them there."""

    first: int
    last: int
    there: int

    @property
    def there_last(self) -> int:
        """The last of them there."""
        return self.there + self.last - self.first

    def partner(self, number: int) -> int | None:
        """Give the page there that is equal to one here, None where none of these is."""
        return self.there + number - self.first if self.first <= number <= self.last else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another document with some of the same pages: how many of this one, and which."""

    sha256: str
    address: str
    title: str
    released_by: tuple[str, ...]
    released_on: str
    page_count: int
    pages: int
    stretches: tuple[Stretch, ...]

    def partner(self, number: int) -> int | None:
        """Give the first page there that is equal to one here, None where none is."""
        found = (one.partner(number) for one in self.stretches)
        return next((one for one in found if one is not None), None)


def load_elsewhere(desk: Desk, shown: ShownDocument) -> tuple[Elsewhere, ...]:
    """Give the listed documents with pages equal to those of one, most pages first.

    At most 1,000 pairs of pages are looked at.
    """
    if not any(one.content_key for one in shown.pages):
        return ()
    with desk.archive.catalogue.reading() as connection:
        number = find_document(connection, shown.sha256).id
        rows = equal_pages(connection, number, listed(), PAIRS_MAX)
        releases = releases_of(connection, sorted({row.id for row in rows}))
    by_document: dict[int, list[Any]] = {}
    for row in rows:
        by_document.setdefault(row.id, []).append(row)
    found = (_elsewhere(desk, rows, releases[number]) for number, rows in by_document.items())
    return tuple(sorted(found, key=lambda one: (-one.pages, one.sha256)))


def _elsewhere(desk: Desk, rows: Sequence[Any], releases: Releases) -> Elsewhere:
    row = rows[0]
    may_say_where = access(row.state, row.held_part, row.verdict).original
    return Elsewhere(
        sha256=row.sha256,
        address=f"/documents/{row.sha256}",
        title=document_title(row.title, releases, may_say_where=may_say_where),
        released_by=released_by(desk, releases),
        released_on=first_day(releases),
        page_count=row.page_count,
        pages=len({one.here for one in rows}),
        stretches=tuple(_stretches((one.here, one.there) for one in rows)),
    )


def _stretches(pairs: Iterable[tuple[int, int]]) -> Iterator[Stretch]:
    """Walk pairs of equal pages as stretches, in which both go on by one."""
    left = dict.fromkeys(sorted(pairs))
    while left:
        here, there = next(iter(left))
        length = 0
        while (here + length, there + length) in left:
            del left[here + length, there + length]
            length += 1
        yield Stretch(first=here, last=here + length - 1, there=there)
