"""A page of a document: its text and word boxes with a query's words marked, and the hits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.errors import NotFound
from archive.readings import LAYERS, PageReading, Reading, TextFrom
from archive.redactions import ExemptionStamp, Redactions
from archive.search.language import read
from archive.search.marking import spans
from archive.search.tree import Node, has_page_words, page_part
from archive.shown.desk import Desk
from archive.shown.document import ShownDocument
from archive.shown.flowing import flowing
from archive.shown.found import PageMatch
from archive.shown.hits import hits_on_page, is_markable, stamps_asked
from archive.shown.passages import Fragments, marked, unmarked
from archive.words import Word

_PAGES_MAX = 500
_COUNTED_MAX = 60  # pages whose hits are counted one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the upright page, in points from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A hit on the page: one box for each line that it stands on."""

    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """A page with the query's words marked in its text and in page coordinates.

    `fragments` are the text as paragraphs, `text` its lines as they are printed.
    """

    number: int
    width_pt: float
    height_pt: float
    text: str
    fragments: Fragments
    marks: tuple[Mark, ...]
    words: Sequence[Word]
    characters_beneath_boxes: int
    masked: int
    text_from: TextFrom
    confidence: int | None
    redactions: Redactions
    is_known_redacted: bool

    @property
    def has_text_layer(self) -> bool:
        """Whether the file itself has text for this page."""
        return self.text_from in LAYERS


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHits:
    """The pages of a document for a query, in order; `total` counts beyond the cap of 500."""

    query: str
    read_as: str
    ignored: tuple[str, ...]
    tree: Node | None
    pages: tuple[PageMatch, ...] = ()
    total: int = 0
    whole: bool = True

    @property
    def has_words(self) -> bool:
        """Whether words are asked for."""
        return self.tree is not None and has_page_words(self.tree)

    @property
    def is_markable(self) -> bool:
        """Whether words or stamps are asked for, which can be marked."""
        return self.tree is not None and is_markable(self.tree)

    @property
    def hits(self) -> int | None:
        """How many hits there are on all pages, None where not all were counted."""
        counts = [one.hits for one in self.pages if one.hits is not None]
        return sum(counts) if len(counts) == len(self.pages) == self.total else None


def find_hits(desk: Desk, shown: ShownDocument, query: str) -> DocumentHits:
    """Find the pages of a document on which a query's words stand."""
    if not query.strip():
        return DocumentHits(query="", read_as="", ignored=(), tree=None)
    reading = read(query, desk.vocabulary)
    part = page_part(reading.tree)
    key = f"documents/{shown.sha256}"
    found = desk.engine().pages(part, [key], _PAGES_MAX).get(key) if part else None
    if part is None or found is None:
        return DocumentHits(
            query=query, read_as=reading.read_as, ignored=reading.ignored, tree=part
        )
    return DocumentHits(
        query=query,
        read_as=reading.read_as,
        ignored=reading.ignored,
        tree=part,
        pages=_matching(desk, shown, part, sorted(found.numbers)),
        total=found.total,
        whole=found.whole,
    )


def load_page(desk: Desk, shown: ShownDocument, number: int, tree: Node | None) -> ShownPage:
    """Give a page of a document that may be read, counted from 1.

    Raises:
        NotFound: there is no such page, or the document was not read.
    """
    if not shown.reading_sha256 or not 1 <= number <= shown.page_count:
        raise NotFound(_no_page(shown, number))
    with Reading.open(desk.archive.files.path(shown.reading_sha256)) as reading:
        try:
            return shown_page(reading.page(number), tree)
        except IndexError as error:
            raise NotFound(_no_page(shown, number)) from error


def places_to_paint(desk: Desk, shown: ShownDocument, number: int) -> tuple[Box, ...]:
    """Give the places of personal numbers on a page, which no picture of it may show.

    They are those of the stored reading: numbers that were recognised stand in no text layer.
    """
    is_page = shown.reading_sha256 and 1 <= number <= shown.page_count
    if not is_page or not shown.pages[number - 1].masked:
        return ()
    with Reading.open(desk.archive.files.path(shown.reading_sha256)) as reading:
        return tuple(_around([word]) for word in reading.page(number).masked_words)


def shown_page(page: PageReading, tree: Node | None) -> ShownPage:
    """Mark a query's words on a page."""
    flow = flowing(page)
    return ShownPage(
        number=page.number,
        width_pt=page.width_pt,
        height_pt=page.height_pt,
        text=page.text,
        fragments=marked(tree, flow) if tree else unmarked(flow),
        marks=(*_marks(page.words, tree), *_stamp_marks(tree, page.redactions)) if tree else (),
        words=page.words,
        characters_beneath_boxes=page.characters_beneath_boxes,
        masked=page.masked,
        text_from=page.text_from,
        confidence=page.confidence,
        redactions=page.redactions,
        is_known_redacted=page.is_known_redacted,
    )


def _no_page(shown: ShownDocument, number: int) -> str:
    if not shown.reading_sha256:
        return f"Document {shown.sha256[:8]}… has not been read, so its pages are not known."
    return f"Document {shown.sha256[:8]}… has no page {number:,}; it has {shown.page_count:,}."


def _matching(
    desk: Desk, shown: ShownDocument, tree: Node, numbers: Sequence[int]
) -> tuple[PageMatch, ...]:
    """Give pages that match, with how often where that can be counted."""
    if not is_markable(tree):
        return tuple(PageMatch(number=number, hits=None) for number in numbers)
    with Reading.open(desk.archive.files.path(shown.reading_sha256)) as reading:
        return tuple(
            PageMatch(
                number=number,
                hits=_hits(tree, reading, number) if place < _COUNTED_MAX else None,
            )
            for place, number in enumerate(numbers)
            if number <= reading.page_count
        )


def _hits(tree: Node, reading: Reading, number: int) -> int:
    return hits_on_page(tree, reading.text(number), reading.redactions(number))


def _stamp_marks(tree: Node, found: Redactions) -> Iterator[Mark]:
    """Walk the stamps that are asked for, each a hit by itself."""
    for one in stamps_asked(tree, found):
        yield Mark(boxes=(_around([one]),))


def _marks(words: Sequence[Word], tree: Node) -> tuple[Mark, ...]:
    """Find the hits among the words, joined by blanks as they stand in the text."""
    begins, place = [], 0
    for word in words:
        begins.append(place)
        place += len(word.text) + 1
    found, first = [], 0
    for start, end in spans(tree, " ".join(word.text for word in words)):
        while first + 1 < len(begins) and begins[first + 1] <= start:
            first += 1
        last = first
        while last + 1 < len(begins) and begins[last + 1] < end:
            last += 1
        found.append(Mark(boxes=_boxes(words[first : last + 1])))
    return tuple(found)


def _boxes(words: Sequence[Word]) -> tuple[Box, ...]:
    """Give one box for each line of some words; words of a line overlap in height."""
    lines: list[list[Word]] = []
    for word in words:
        same = (
            lines and word.top_pt < lines[-1][-1].bottom_pt and word.left_pt >= lines[-1][0].left_pt
        )
        if same and word.bottom_pt > lines[-1][-1].top_pt:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(_around(line) for line in lines)


def _around(words: Sequence[Word | ExemptionStamp]) -> Box:
    left, top = min(word.left_pt for word in words), min(word.top_pt for word in words)
    return Box(
        left=round(left, 1),
        top=round(top, 1),
        width=round(max(word.right_pt for word in words) - left, 1),
        height=round(max(word.bottom_pt for word in words) - top, 1),
    )
