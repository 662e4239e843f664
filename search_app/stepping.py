"""Where the links of the stepper lead: from hit to hit, and from page to page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from archive.shown.document import ShownDocument
from archive.shown.pages import DocumentHits, ShownPage

_SHEETS_MAX = 240  # pages in the contact sheet of a long document
_AROUND = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepper:
    """Addresses ('' = none) and the words between them; `here` is the hit outlined, from 1."""

    here: int
    words: str
    previous_hit: str
    next_hit: str
    previous_page: str
    next_page: str
    sheets: tuple[int, ...]


def stepper(shown: ShownDocument, hits: DocumentHits, page: ShownPage, hit: int) -> Stepper:
    """Give the stepper of a page at its n-th hit."""
    here = min(max(1, hit), max(1, len(page.marks)))
    numbers = [one.number for one in hits.pages]
    before = [number for number in numbers if number < page.number]
    after = [number for number in numbers if number > page.number]
    last = {one.number: one.hits or 1 for one in hits.pages}
    previous = (
        (page.number, here - 1) if here > 1 else (before[-1], last[before[-1]]) if before else None
    )
    following = (
        (page.number, here + 1) if here < len(page.marks) else (after[0], 1) if after else None
    )
    return Stepper(
        here=here if page.marks else 0,
        words=_words(hits, page, here),
        previous_hit=_address(shown, hits, *previous) if previous else "",
        next_hit=_address(shown, hits, *following) if following else "",
        previous_page=_address(shown, hits, page.number - 1) if page.number > 1 else "",
        next_page=_address(shown, hits, page.number + 1) if page.number < shown.page_count else "",
        sheets=_sheets(shown, numbers, page.number),
    )


def page_address(shown: ShownDocument, query: str, number: int) -> str:
    """Give the address of a page, with the query whose words are marked on it."""
    asked = f"?{urlencode({'q': query})}" if query else ""
    return f"{shown.address}/pages/{number}{asked}"


def _address(shown: ShownDocument, hits: DocumentHits, number: int, hit: int = 0) -> str:
    address = page_address(shown, hits.query, number)
    return f"{address}&hit={hit}#hit" if hit else address


def _words(hits: DocumentHits, page: ShownPage, here: int) -> str:
    """Say which of all hits this is; where not all were counted, which of this page."""
    if not page.marks:
        is_match = any(one.number == page.number for one in hits.pages)
        return "No hit on this page" if hits.pages and not is_match else ""
    if hits.hits is None:
        return f"Hit {here} of {len(page.marks)} on this page"
    before = sum(one.hits or 0 for one in hits.pages if one.number < page.number)
    return f"Hit {before + here:,} of {hits.hits:,}"


def _sheets(shown: ShownDocument, hits: list[int], number: int) -> tuple[int, ...]:
    """Give the pages of the contact sheet: all, or of a long document those around and hit."""
    if shown.page_count <= _SHEETS_MAX:
        return tuple(range(1, shown.page_count + 1))
    around = range(max(1, number - _AROUND), min(shown.page_count, number + _AROUND) + 1)
    return tuple(sorted({1, shown.page_count, *around, *hits[: _SHEETS_MAX - 2 * _AROUND]}))
