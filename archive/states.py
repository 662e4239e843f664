"""Who may see what of a document: asked by text, picture, download, index and API alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from archive import clock
from archive.announce import announce
from archive.attached import because_of, children, hanging_alone
from archive.calling import called
from archive.catalogue.tables import document, state_change
from archive.errors import BadRequest, Held, Withdrawn
from archive.opening import Archive
from archive.shortened import whole_of_document
from archive.withheld import said_of, withheld

State = Literal["public", "held", "withdrawn"]
# Of a held document: the original alone, or all of it. Of a public one: cleared, when an operator
# looked at an original that the program would hold back.
Part = Literal["", "original", "all", "cleared"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What readers may have of a document; `listed` = stands in the index and in lists."""

    listed: bool
    text: bool
    original: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """A change of a document's state: to what, why, and when.

    `held_part` says what of a held one: original, all; '' where nobody wrote it down.
    """

    state: str
    held_part: str
    reason: str
    changed_at: str


def access(state: str, held_part: str, verdict: str) -> Access:
    """Give what readers may have of a document in a state; `verdict` is that of its reading.

    A failed redaction holds the original alone: its text was read without what lies beneath the
    boxes, its pictures are flat. Whatever else is held is held altogether. An original that nobody
    examined (it waits, or could not be read) may hide anything, so it is not handed out either.
    """
    if state == "public":
        return Access(listed=True, text=True, original=verdict == "read" or held_part == "cleared")
    if state == "held" and held_part == "original":
        return Access(listed=True, text=True, original=False)
    return Access(listed=False, text=False, original=False)


def public_among(archive: Archive, hashes: Sequence[str]) -> frozenset[str]:
    """Give those of some documents that are public at this moment, by their SHA-256."""
    wanted = sa.select(document.c.sha256).where(
        document.c.sha256.in_(hashes), document.c.state == "public"
    )
    with archive.catalogue.reading() as connection:
        return frozenset(connection.scalars(wanted))


def refuse_unless(
    allowed: bool,
    *,
    sha256: str,
    state: str,
    reason: str,
    since: str,
    changes: Sequence[StateChange] = (),
) -> None:
    """Stop with the sentence that readers get, unless what they ask for is allowed.

    `changes` are those of the document's state so far, for who asks what became of it.

    Raises:
        Withdrawn: the document was withdrawn.
        Held: it, or its original, is held back, or its original was not examined.
    """
    if allowed:
        return
    named = f"Document {sha256[:8]}…"
    if state == "withdrawn":
        sentence = f"{named} was withdrawn on {since[:10]}: {reason}"
        raise Withdrawn(sentence, since=since, reason=reason, changes=changes)
    if state == "public":
        raise Held(
            f"The original of {named} is not handed out: it was not examined for words that its"
            " redactions should hide."
        )
    sentence = f"{named} has been held back since {since[:10]}: {reason}"
    raise Held(sentence, since=since, reason=reason, changes=changes)


def state_history(connection: sa.Connection, document_id: int) -> tuple[StateChange, ...]:
    """Give the changes of a document's state, the newest first; before the first it was public."""
    wanted = (
        sa.select(state_change)
        .where(state_change.c.document_id == document_id)
        .order_by(state_change.c.id.desc())
    )
    return tuple(
        StateChange(
            state=row.state,
            held_part=row.held_part,
            reason=row.reason,
            changed_at=row.changed_at,
        )
        for row in connection.execute(wanted)
    )


def hold(archive: Archive, sha256: str, reason: str, *, part: Part = "all") -> None:
    """Hold a document, or its original alone, back from readers.

    Raises:
        BadRequest: it is held more strictly already, or withdrawn: holding never shows more.
    """
    with archive.catalogue.writing() as connection:
        found = _checked(connection, sha256, reason)
        is_stricter = found.state == "withdrawn" or (
            (found.state, found.held_part) == ("held", "all") and part == "original"
        )
        if is_stricter:
            raise BadRequest(
                f"Document {sha256[:8]}… is {found.state} already, which shows less:"
                f" {found.state_reason}. First: {called()} lift {sha256} --reason TEXT"
            )
        _refuse_same(found, "held", part)
        _write(connection, found, "held", reason, part=part)


def lift(archive: Archive, sha256: str, reason: str, *, original: bool = False) -> State:
    """End a hold or a withdrawal; gives the state that the document is in now.

    The original of one that shows more than its text may (a failed redaction, a personal number)
    stays held, unless `original` says that somebody looked at it.

    Raises:
        BadRequest: there is nothing to lift, or only with `original`.
    """
    with archive.catalogue.writing() as connection:
        found = _checked(connection, sha256, reason)
        shows = withheld(connection, found.id)
        if original:
            _refuse_same(found, "public", "cleared")
            number = sum(shows.values())
            _write(connection, found, "public", reason, part="cleared", cleared_count=number)
            return "public"
        if shows:
            told = f"{said_of(shows)} (hold lifted: {reason.strip()})"
            if (found.state, found.held_part) == ("held", "original"):
                raise BadRequest(
                    f"The original stays held: {said_of(shows)}. Look at it, and if it may be seen:"
                    f" {called()} lift {sha256} --original --reason TEXT"
                )
            _write(connection, found, "held", told, part="original")
            return "held"
        _refuse_same(found, "public", "")
        _write(connection, found, "public", reason, part="")
    return "public"


def withdraw(archive: Archive, sha256: str, reason: str) -> None:
    """Withdraw a document from readers for good; it is not deleted.

    Raises:
        NotFound: there is no such document.
        BadRequest: the reason is empty, the document is withdrawn already, or several are meant.
    """
    with archive.catalogue.writing() as connection:
        found = _checked(connection, sha256, reason)
        _refuse_same(found, "withdrawn", "")
        _write(connection, found, "withdrawn", reason, part="")


def _checked(connection: sa.Connection, sha256: str, reason: str) -> sa.Row[Any]:
    if not reason.strip():
        raise BadRequest("Give the reason; it is shown to readers: --reason TEXT")
    whole = whole_of_document(connection, sha256)
    return connection.execute(sa.select(document).where(document.c.sha256 == whole)).one()


def _refuse_same(found: sa.Row[Any], state: State, part: Part) -> None:
    if (found.state, found.held_part) == (state, part):
        why = f": {found.state_reason}" if found.state_reason else ""
        raise BadRequest(f"Document {found.sha256[:8]}… is {state} already{why}.")


def _write(
    connection: sa.Connection,
    found: sa.Row[Any],
    state: State,
    reason: str,
    *,
    part: Part,
    cleared_count: int = 0,
) -> None:
    """Write a document's state within a transaction, and tell the index."""
    moment, reason = clock.now(), reason.strip()
    connection.execute(
        sa.update(document)
        .where(document.c.id == found.id)
        .values(
            state=state,
            held_part=part,
            cleared_count=cleared_count,
            state_reason=reason,
            state_at=moment,
        )
    )
    row = {
        "document_id": found.id,
        "state": state,
        "held_part": part,
        "reason": reason,
        "changed_at": moment,
    }
    connection.execute(sa.insert(state_change), [row])
    listed = access(state, part, "").listed
    announce(connection, [f"documents/{found.sha256}"], is_listed=listed)
    if state == "public":
        _lift_attached(connection, found)
    else:
        hold_attached(connection, found)


def hold_attached(
    connection: sa.Connection, parent: sa.Row[Any], *, besides: Collection[int] = ()
) -> None:
    """Hold what became public by being attached to a document that is not, or no longer.

    Not what was released by itself, or hangs at another document that is public; nor `besides`.
    """
    for one in hanging_alone(connection, parent.id):
        if one.id not in besides and access(one.state, one.held_part, "").listed:
            _write(connection, one, "held", because_of(parent.sha256), part="all")


def _lift_attached(connection: sa.Connection, parent: sa.Row[Any]) -> None:
    """End the holds that a document brought upon what is attached to it, and no other hold."""
    for one in children(connection, parent.id):
        because = (one.state, one.held_part, one.state_reason)
        if because == ("held", "all", because_of(parent.sha256)):
            shows = withheld(connection, one.id)
            if shows:
                _write(connection, one, "held", said_of(shows), part="original")
            else:
                _write(connection, one, "public", f"document {parent.sha256[:16]}… is", part="")


def hold_if_told(connection: sa.Connection, found: sa.Row[Any]) -> None:
    """Hold the original of a document whose pages show more than its text may.

    Not of one that an operator cleared, unless a newer reading finds more than was known then.
    """
    shows = withheld(connection, found.id)
    is_cleared = found.held_part == "cleared" and sum(shows.values()) <= found.cleared_count
    if shows and found.state == "public" and not is_cleared:
        _write(connection, found, "held", said_of(shows), part="original")


def hold_unexamined(connection: sa.Connection, found: sa.Row[Any], reason: str) -> None:
    """Hold the original of a document that could not be examined, unless an operator cleared it."""
    if found.state == "public" and found.held_part != "cleared":
        _write(connection, found, "held", reason, part="original")
