"""Turn an entry into what the two Tantivy indexes hold of it."""

from collections.abc import Iterator, Sequence
from datetime import date

from tantivy import Document

from archive.errors import BadRequest
from archive.model import CENTS_MAX
from archive.search.analysis import Passage, identified, joined, passage
from archive.search.embedded.fields import COLUMNS
from archive.search.entry import Entry, facet_values

NUMBER_MAX = 2**31 - 1
_DAY_UNKNOWN_LAST = 2**32 - 1


def documents(entry: Entry) -> tuple[Document, Iterator[Document]]:
    """Give what the index of entries holds of an entry, and what the index of pages does.

    Raises:
        BadRequest: a number, day or amount too great to be sorted by, or an unknown facet.
    """
    refuse_unsortable(entry)
    pages = [passage(text) for text in entry.pages]
    return _entry_document(entry, pages), _page_documents(entry, pages)


def refuse_unsortable(entry: Entry) -> None:
    """Refuse what would wrap round in a packed sort key."""
    if not 0 < entry.number <= NUMBER_MAX:
        raise BadRequest(f"{entry.key}: number {entry.number} is not between 1 and {NUMBER_MAX}.")
    if entry.day is not None and not 0 < entry.day <= date.max.toordinal():
        raise BadRequest(f"{entry.key}: day {entry.day} is not the ordinal of a date.")
    for cents in (entry.cents, entry.ceiling_cents):
        if cents is not None and abs(cents) >= CENTS_MAX:
            raise BadRequest(
                f"{entry.key}: an amount of {cents} cents is beyond 11 trillion dollars."
            )


def _entry_document(entry: Entry, pages: Sequence[Passage]) -> Document:
    document = Document()
    document.add_text("key", entry.key)
    document.add_text("version", entry.version)
    _add_numbers(document, entry)
    document.add_unsigned("page_count", sum(1 for page in pages if page.stems))
    for name, values in facet_values(entry).items():
        for value in values:
            document.add_text(name, value)
    _add_texts(document, entry, pages)
    return document


def _add_numbers(document: Document, entry: Entry) -> None:
    day = entry.day
    document.add_unsigned("number", entry.number)
    document.add_unsigned("newest_key", (day or 0) << 32 | entry.number)
    document.add_unsigned("oldest_key", (day or _DAY_UNKNOWN_LAST) << 32 | entry.number)
    # Cents and number together need more than 64 bits, hence a text of fixed width; no amount = 0.
    rank = 0 if entry.cents is None else entry.cents + CENTS_MAX
    document.add_text("amount_key", f"{rank:013x}{entry.number:08x}")
    for name in COLUMNS:
        if (value := getattr(entry, name)) is not None:
            document.add_integer(name, value)


def _add_texts(document: Document, entry: Entry, pages: Sequence[Passage]) -> None:
    """Add the text of each field, and of the whole that a query without a field is judged on."""
    title = [passage(entry.title)]
    vendors = [passage(text) for text in entry.vendors]
    agencies = [passage(text) for text in entry.agencies]
    identifiers = [identified(text) for text in entry.identifiers]
    printed = [one for forms in identifiers for one in forms[:1]]
    text = [passage(text) for text in entry.text]
    as_words = [one for forms in identifiers for one in forms[1:]]
    for name, passages in (("title", title), ("vendor", vendors), ("agency", agencies)):
        _add(document, name, passages)
    _add(document, "whole", [*title, *text, *vendors, *agencies, *printed, *as_words, *pages])
    whole = [word for forms in identifiers for word in forms[-1].words]
    document.add_text("identifier_words", " ".join(whole))


def _add(document: Document, name: str, passages: Sequence[Passage]) -> None:
    whole = joined(passages)
    if whole.stems:
        document.add_text(f"{name}_stems", whole.stems)
        document.add_text(f"{name}_words", " ".join(whole.words))


def _page_documents(entry: Entry, pages: Sequence[Passage]) -> Iterator[Document]:
    """Walk the pages; those without words are left out."""
    for number, page in enumerate(pages, start=1):
        if page.stems:
            document = Document()
            document.add_text("key", entry.key)
            document.add_unsigned("number", entry.number)
            document.add_unsigned("page", number)
            _add(document, "whole", [page])
            yield document
