"""What a new statement means beside the versions that are held: pure judgement, no effects."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


@dataclass(slots=True, kw_only=True)
class Held:
    """A version of one view of one record, as far as a judgement needs it. `id` 0 = not written."""

    id: int
    fingerprint: str
    modified_until: str
    fetched_at: str
    capture_id: int


class Meaning(Enum):
    """What a statement is beside what is held."""

    FIRST = "first"  # of this view; write it
    NEWER = "newer"  # differs and is the newest; write it
    OLDER = "older"  # differs, but something newer is held; write it as history
    SAME = "same"  # nothing to write
    CONFIRMED = "confirmed"  # the same fields with a later stamp; note the stamp


def order(one: Held) -> tuple[str, str, int]:
    """Give the key by which versions of a view are ordered: own stamp, then fetch time."""
    return (one.modified_until, one.fetched_at, one.id)


def newest(held: Sequence[Held]) -> Held:
    """Give the newest version of a view."""
    return max(held, key=order)


def judge(held: Sequence[Held], statement: Held) -> Meaning:
    """Judge a statement: new, a change, history, or known.

    Sources go back to earlier words: the same fields again after others, with a later stamp, are a
    change of their own. The same row of the same capture is never one.
    """
    if not held:
        return Meaning.FIRST
    alike = [one for one in held if one.fingerprint == statement.fingerprint]
    if any(one.capture_id == statement.capture_id for one in alike):
        return Meaning.SAME
    last = newest(held)
    is_later = (statement.modified_until, statement.fetched_at) > (
        last.modified_until,
        last.fetched_at,
    )
    if last in alike:
        return Meaning.CONFIRMED if statement.modified_until > last.modified_until else Meaning.SAME
    if alike and not is_later:
        return Meaning.SAME
    return Meaning.NEWER if is_later else Meaning.OLDER
