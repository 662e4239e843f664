"""Documents whose pages are pictures, as if they were read, and readers that recognise them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from archive.documents import deposit_document
from archive.model import Answer
from archive.opening import Archive
from archive.outcomes import PageSummary, ReadDocument, store_reading
from archive.reading_client import Readers, RecognisedPage
from archive.readings import PageReading, TextFrom, pack
from archive.words import Word
from tests.archive.composed import SEPTEMBER


def page_of(
    number: int, text: str = "", *, text_from: TextFrom = "picture", confidence: int | None = None
) -> PageReading:
    """Compose a page whose words stand side by side."""
    words = [
        Word(
            text=word, left_pt=72 + 60 * place, top_pt=90, right_pt=120 + 60 * place, bottom_pt=102
        )
        for place, word in enumerate(text.split())
    ]
    return PageReading(
        number=number,
        width_pt=612,
        height_pt=792,
        text=text,
        words=words,
        characters_beneath_boxes=0,
        masked=0,
        text_from=text_from,
        confidence=confidence,
    )


def deposited(archive: Archive, *pages: PageReading, body: bytes = b"%PDF composed") -> str:
    """Deposit a document that was read; gives its hash."""
    answer = Answer(source="added", method="FILE", address="a.pdf", body=body, fetched_at=SEPTEMBER)
    archive.files.put_stream(iter([body]))
    sha256 = deposit_document(archive, answer).sha256
    store(archive, sha256, *pages)
    return sha256


def store(archive: Archive, sha256: str, *pages: PageReading) -> None:
    """Store a reading of a document, as its reading does."""
    path = archive.settings.home / "packed"
    with path.open("wb") as file:
        pack(pages, file)
    summaries = [PageSummary.of(page) for page in pages]
    read = ReadDocument(reader_version="5", title="Before", dated_on="", type="", pages=summaries)
    store_reading(archive, sha256, path, read)


class Recognising(Readers):
    """Readers that recognise each page as "leaf" and its number, but for those that go `wrong`.

    `before` is called with the number of each page that is asked for.
    """

    def __init__(
        self,
        wrong: Mapping[int, str] | None = None,
        before: Callable[[int], None] = lambda _number: None,
    ) -> None:
        self.count = 1
        self.wrong, self.before = dict(wrong or {}), before
        self.asked: list[int] = []

    def recognise(self, path: Path, page: int, models: Path) -> RecognisedPage:
        """Give a page, or what goes wrong with it."""
        assert path.is_file()
        self.before(page)
        self.asked.append(page)
        if verdict := self.wrong.get(page):
            return RecognisedPage(number=page, verdict=verdict, reason="it hurts", page=None)
        done = page_of(page, f"leaf{page}", text_from="recognised", confidence=80)
        return RecognisedPage(
            number=page, verdict="ok", reason="", page=done, title="Found", type="letter"
        )


def masked_page(number: int) -> PageReading:
    """A recognised page on which a personal number was masked."""
    page = page_of(number, "number ███-██-████", text_from="recognised", confidence=93)
    return replace(page, masked=1)
