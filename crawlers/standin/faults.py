"""Faults that a stand-in commits when told to: what a service does on a bad day."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, get_args

Kind: TypeAlias = Literal[
    "status",  # answers `status` with `body` (HTML or JSON text), Retry-After if given
    "html",  # 200 with a page of HTML
    "truncated",  # 200 with half of the JSON, its length said honestly
    "cut",  # the connection ends in the middle of the body
    "slow",  # waits `seconds`, then answers
    "drip",  # the body comes in many small pieces, over `seconds`
    "fails",  # the file asked for is never made; the job ends with `body` as its message
    "duplicate",  # a search page holds its first row twice
    "shift",  # a later search page starts one row too early: rows moved while paging
    "without",  # a member named by `body` is missing from the answer
]
PAGE = "<html><head><title>Bad day</title></head><body><h1>Bad day</h1></body></html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: what, where (a part of the path), from which matching request on, how often.

    `times` 0 is for ever. `status`, `retry_after`, `seconds` and `body` are for the kinds above.
    """

    kind: Kind
    on: str
    skip: int = 0
    times: int = 1
    status: int = 500
    retry_after: str = ""
    seconds: float = 0.0
    body: str = PAGE


class Script:
    """The faults still to come, counted per request; not safe for threads by itself."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = list(faults)
        self._seen = [0] * len(self._faults)

    def next_for(self, path: str) -> Fault | None:
        """Give the fault to commit on this request, and count it."""
        chosen = None
        for place, fault in enumerate(self._faults):
            if fault.on not in path:
                continue
            self._seen[place] += 1
            number = self._seen[place] - fault.skip
            if chosen is None and number > 0 and (fault.times == 0 or number <= fault.times):
                chosen = fault
        return chosen


def load_faults(path: Path) -> list[Fault]:
    """Read faults from a JSON list of objects with the names of `Fault`."""
    faults = [Fault(**members) for members in json.loads(path.read_text(encoding="utf-8"))]
    for fault in faults:
        if fault.kind not in get_args(Kind):
            raise ValueError(f"{fault.kind!r} is not a fault (known: {', '.join(get_args(Kind))})")
    return faults
