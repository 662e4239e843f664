"""Turn an entry into what the two Tantivy indexes hold of it."""

from collections.abc import Mapping

from tantivy import Document

from archive.model import CENTS_MAX
from archive.search.analysis import apart
from archive.search.contents import Contents, Page, Text, contents
from archive.search.embedded.fields import COLUMNS
from archive.search.entry import Entry, facet_values
from archive.search.limits import refuse_unsortable

_DAY_UNKNOWN_LAST = 2**32 - 1


def documents(entry: Entry) -> tuple[Document, list[Document]]:
    """Give what the index of entries holds of an entry, and what the index of pages does.

    Raises:
        BadRequest: a number, day or amount too great to be sorted by, or an unknown facet.
    """
    refuse_unsortable(entry)
    held = contents(entry)
    pages = [_page_document(entry, page) for page in held.pages()]
    return _entry_document(entry, held), pages


def _entry_document(entry: Entry, held: Contents) -> Document:
    document = Document()
    document.add_text("key", entry.key)
    document.add_text("version", entry.version)
    _add_numbers(document, entry)
    document.add_unsigned("page_count", held.page_count)
    _add_facets(document, facet_values(entry))
    _add_texts(document, held)
    return document


def _add_facets(document: Document, facets: Mapping[str, tuple[str, ...]]) -> None:
    for name, values in facets.items():
        for value in values:
            document.add_text(name, value)


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


def _add_texts(document: Document, held: Contents) -> None:
    for name in ("title", "vendor", "agency", "whole"):
        _add(document, name, getattr(held, name))
    document.add_text("identifier_words", " ".join(held.identifier_words))
    document.add_text("exemption_words", " ".join(held.exemption_words))


def _add(document: Document, name: str, text: Text) -> None:
    if text.stems:
        document.add_text(f"{name}_stems", apart(text.stems))
        document.add_text(f"{name}_words", " ".join(text.words))


def _page_document(entry: Entry, page: Page) -> Document:
    document = Document()
    document.add_text("key", entry.key)
    document.add_unsigned("number", entry.number)
    document.add_unsigned("page", page.number)
    if page.facts.redacted is not None:
        document.add_integer("redacted", page.facts.redacted)
    _add_facets(document, page.facts.facets)
    document.add_text("exemption_words", " ".join(page.exemption_words))
    _add(document, "whole", page.text)
    return document
