"""What the programs hand to the door: captures, and what they say of records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Value: TypeAlias = str | int | bool | None

# 11 trillion dollars; an amount of that size is a mistake, and the index could not sort by it.
CENTS_MAX = 2**50


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Bytes that stand in the file store."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a source answered to one question, before it is kept as a capture.

    `address` of a file given by hand is its name without folders, `method` then is FILE. The `body`
    of a large answer is already in the store. `fetched_at` is UTC, ISO 8601 with whole seconds.
    """

    source: str
    method: str
    address: str
    body: bytes | Stored
    fetched_at: str
    request_body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one view of a source says of one record.

    `kind` is award, modification or subaward; `award_key` is that of the award it belongs to (of an
    award: its own key). `fields` has the names that `archive.views` declares for the view;
    amounts are integer cents, days `YYYY-MM-DD`, missing values left out or None. `modified_at` is
    the source's own stamp (ISO, '' = none), `place` the row or position in the capture, from 1.
    """

    kind: str
    key: str
    award_key: str
    view: str
    fields: Mapping[str, Value]
    modified_at: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """What a source says of a modification that it no longer has.

    It is known by one of `keys`: the source does not say of which kind the award was. `deleted_on`
    is the source's own day.
    """

    keys: tuple[str, ...]
    deleted_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row or answer that was not understood, with the sentence that says why."""

    place: int
    subject: str
    reason: str


@dataclass(slots=True, kw_only=True)
class Tally:
    """How many statements were new, changed, unchanged, older than what is held, or refused."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    refused: int = 0

    def add(self, other: "Tally") -> None:
        """Count another tally in."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.older += other.older
        self.refused += other.refused

    def as_dict(self) -> dict[str, int]:
        """Give the counts by name."""
        return {
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "older": self.older,
            "refused": self.refused,
        }
