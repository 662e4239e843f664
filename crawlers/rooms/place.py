"""Where a crawl of a room is, and what it saw so far."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_NOTES = 50
_UNLISTED = 2_000


@dataclass(slots=True, kw_only=True)
class Place:
    """What a crawl saw of a room. An interrupted one walks the pages anew; files it has it keeps.

    `listed` are the identities of the files that the pages list; `asked` counts those asked for.
    `unlinked` are files that a page linked to when it was seen before, and not now. `notes` are
    sentences for people. `unlisted` are files that no page lists any more, and that are still at
    their addresses; they are asked for again as seldom as the others.
    """

    listed: set[str] = field(default_factory=set)
    unlinked: set[str] = field(default_factory=set)
    others: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    pages: int = 0
    asked: int = 0
    empty: int = 0  # pages without a file, which may be
    changed: int = 0  # pages whose links are not those of the last time
    unlisted: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Keep a sentence for people."""
        if len(self.notes) < _NOTES:
            self.notes.append(sentence)

    def leave_alone(self, others: Mapping[str, int]) -> None:
        """Count files of kinds that are not fetched."""
        self.others.update(others)

    def how_far(self) -> dict[str, int]:
        """Give the counts that are written down with every step."""
        return {"pages": self.pages, "listed": len(self.listed), "asked": self.asked}

    def as_dict(self) -> dict[str, Any]:
        """Give the counts for the run."""
        return {
            **self.how_far(),
            "empty_pages": self.empty,
            "changed_pages": self.changed,
            "unlisted": self.unlisted[:_UNLISTED],
            "other_kinds": dict(self.others),
            "notes": self.notes,
        }
