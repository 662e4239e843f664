"""All that is known of one award or document, as plain values that become JSON."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import Any

from archive.errors import BadRequest
from archive.readings import Reading
from archive.shortened import is_hash, whole_of_document
from archive.shown.award import load_award
from archive.shown.desk import Desk
from archive.shown.document import ShownDocument, cite, find_document, load_document
from archive.shown.elsewhere import load_elsewhere
from archive.shown.ledger import load_ledger
from archive.shown.pages import ShownPage, shown_page
from archive.shown.redactions import load_redactions
from archive.states import access, state_history


def plain(shown: Any) -> Any:
    """Turn a shown record into plain values: tables, lists, texts and numbers."""
    if is_dataclass(shown) and not isinstance(shown, type):
        return {one.name: plain(getattr(shown, one.name)) for one in fields(shown)}
    if isinstance(shown, Mapping):
        return {name: plain(value) for name, value in shown.items()}
    if isinstance(shown, tuple | list):
        return [plain(one) for one in shown]
    return shown


def award_record(desk: Desk, key: str) -> dict[str, Any]:
    """Give an award.

    Raises:
        NotFound: the archive does not hold it.
    """
    shown = load_award(desk, key)
    return {**plain(shown), "kind": "award", "award_kind": shown.kind}


def document_record(desk: Desk, shown: ShownDocument) -> dict[str, Any]:
    """Give a document with its pages in summary, and the exemptions that these print."""
    ledger = load_ledger(desk, shown)
    return {
        "kind": "document",
        **plain(shown),
        "pages": [plain(one) | {"has_text_layer": one.has_text_layer} for one in shown.pages],
        "citation": cite(desk, shown),
        "exemptions": plain(load_redactions(desk, shown).exemptions),
        "redactions": plain(ledger),
        "elsewhere": plain(load_elsewhere(desk, shown)),
    }


def page_record(page: ShownPage) -> dict[str, Any]:
    """Give a page: text, words with boxes in points, and what was left out of them."""
    return {
        "number": page.number,
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "text": page.text,
        "words": [asdict(word) for word in page.words],
        "marks": plain(page.marks),
        "characters_beneath_boxes": page.characters_beneath_boxes,
        "masked": page.masked,
        "has_text_layer": page.has_text_layer,
        "text_from": page.text_from,
        "confidence": page.confidence,
        "redactions": plain(page.redactions),
    }


def show(desk: Desk, key: str) -> dict[str, Any]:
    """Give all that is known of one award or document, by its key or its address.

    Of a document whose text is not for readers: its state, the reason, and no page.

    Raises:
        NotFound: the archive does not hold it.
        BadRequest: it is neither kind of key.
    """
    kind, _, rest = key.strip().strip("/").rpartition("/")
    if kind == "documents" or (not kind and is_hash(rest)):
        return _document(desk, rest)
    if kind in ("awards", ""):
        return award_record(desk, rest)
    raise BadRequest(f"{key!r} is neither an award key nor a SHA-256, nor awards/… or documents/…")


def _document(desk: Desk, typed: str) -> dict[str, Any]:
    with desk.archive.catalogue.reading() as connection:
        row = find_document(connection, whole_of_document(connection, typed))
        changes = state_history(connection, row.id)
    sha256 = row.sha256
    if access(row.state, row.held_part, row.verdict).text:
        shown = load_document(desk, sha256)
        return document_record(desk, shown) | {"pages": _pages(desk, shown)}
    return {
        "kind": "document",
        "sha256": row.sha256,
        "state": row.state,
        "state_reason": row.state_reason,
        "state_at": row.state_at,
        "state_changes": plain(changes),
        "pages": [],
    }


def _pages(desk: Desk, shown: ShownDocument) -> list[dict[str, Any]]:
    if not shown.reading_sha256:
        return []
    with Reading.open(desk.archive.files.path(shown.reading_sha256)) as reading:
        return [page_record(shown_page(page, None)) for page in reading.pages()]
