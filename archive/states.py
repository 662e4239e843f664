"""Who may see what of a document: asked by text, picture, download, index and API alike."""

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from archive import clock
from archive.announce import announce
from archive.catalogue.tables import document, state_change
from archive.errors import BadRequest, Held, NotFound, Withdrawn
from archive.opening import Archive

State = Literal["public", "held", "withdrawn"]
Part = Literal["", "original", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What readers may have of a document; `listed` = stands in the index and in lists."""

    listed: bool
    text: bool
    original: bool


def access(state: str, held_part: str) -> Access:
    """Give what readers may have of a document in a state.

    A failed redaction holds the original alone: its text was read without what lies beneath the
    boxes, its pictures are flat. Whatever else is held is held altogether.
    """
    if state == "public":
        return Access(listed=True, text=True, original=True)
    if state == "held" and held_part == "original":
        return Access(listed=True, text=True, original=False)
    return Access(listed=False, text=False, original=False)


def refuse_unless(allowed: bool, *, sha256: str, state: str, reason: str, since: str) -> None:
    """Stop with the sentence that readers get, unless what they ask for is allowed.

    Raises:
        Withdrawn: the document was withdrawn.
        Held: it, or its original, is held back.
    """
    if allowed:
        return
    named = f"Document {sha256[:8]}…"
    if state == "withdrawn":
        sentence = f"{named} was withdrawn on {since[:10]}: {reason}"
        raise Withdrawn(sentence, since=since, reason=reason)
    sentence = f"{named} has been held back since {since[:10]}: {reason}"
    raise Held(sentence, since=since, reason=reason)


def hold(archive: Archive, sha256: str, reason: str, *, part: Part = "all") -> None:
    """Hold a document, or its original alone, back from readers."""
    change(archive, sha256, "held", reason, part=part)


def lift(archive: Archive, sha256: str, reason: str) -> None:
    """End a hold or a withdrawal."""
    change(archive, sha256, "public", reason)


def withdraw(archive: Archive, sha256: str, reason: str) -> None:
    """Withdraw a document from readers for good; it is not deleted."""
    change(archive, sha256, "withdrawn", reason)


def change(archive: Archive, sha256: str, state: State, reason: str, *, part: Part = "") -> None:
    """Change a document's state, with its reason, and tell the index.

    Raises:
        NotFound: there is no such document.
        BadRequest: the reason is empty, or the document already is in that state.
    """
    if not reason.strip():
        raise BadRequest("Give the reason; it is shown to readers: --reason TEXT")
    with archive.catalogue.writing() as connection:
        found = connection.execute(sa.select(document).where(document.c.sha256 == sha256)).first()
        if found is None:
            raise NotFound(f"No document {sha256}. Its SHA-256 is on its page and in `search`.")
        if (found.state, found.held_part) == (state, part):
            raise BadRequest(f"Document {sha256[:8]}… is {state} already: {found.state_reason}")
        write_state(connection, found.id, sha256, state, reason.strip(), part=part)


def write_state(
    connection: sa.Connection,
    document_id: int,
    sha256: str,
    state: State,
    reason: str,
    *,
    part: Part,
) -> None:
    """Write a document's state within a transaction, and tell the index."""
    moment = clock.now()
    connection.execute(
        sa.update(document)
        .where(document.c.id == document_id)
        .values(state=state, held_part=part, state_reason=reason, state_at=moment)
    )
    row = {"document_id": document_id, "state": state, "reason": reason, "changed_at": moment}
    connection.execute(sa.insert(state_change), [row])
    announce(connection, [f"documents/{sha256}"], is_listed=access(state, part).listed)


def was_lifted(connection: sa.Connection, document_id: int) -> bool:
    """Tell whether an operator ever lifted a hold of a document."""
    wanted = sa.select(state_change.c.id).where(
        state_change.c.document_id == document_id, state_change.c.state == "public"
    )
    return connection.execute(wanted.limit(1)).first() is not None
