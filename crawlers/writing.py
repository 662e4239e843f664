"""Writing: one thread deposits what a spider read, in the order in which it was read."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from archive import deposit, runs, tombstones
from archive.model import Answer, Refused, Statement, Stored, Tally
from archive.opening import Archive
from crawlers.fetching import Part
from crawlers.papers.depositing import COUNTED, Papers
from crawlers.papers.paper import Paper

T = TypeVar("T")

# Refusals that a run's counts repeat; all of them stand in the catalogue.
_REMEMBERED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """An answer, what it says of records, and what in it was refused."""

    answer: Answer
    statements: tuple[Statement, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The keys that an award's complete history holds; or that the award itself is gone."""

    award_key: str
    modifications: frozenset[str] = frozenset()
    subawards: frozenset[str] = frozenset()
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What belongs together, and how far the crawl is once it is written.

    `papers` are the document files that came, or did not.
    """

    captured: tuple[Captured, ...]
    cursor: Mapping[str, Any]
    awards: int = 0  # awards that were read with this batch
    not_understood: tuple[str, ...] = ()
    history: History | None = None
    papers: tuple[Paper, ...] = ()
    gone: tuple[str, ...] = ()  # addresses of documents that the source has no longer


@dataclass(slots=True, kw_only=True)
class Written:
    """What a crawl wrote so far; goes into the run's counts."""

    tally: Tally = field(default_factory=Tally)
    award_tally: Tally = field(default_factory=Tally)
    awards: int = 0
    vanished: int = 0  # records that left their source, or came back
    papers: dict[str, int] = field(default_factory=dict)  # by `papers.depositing.COUNTED`
    refusals: list[dict[str, str]] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Give it for JSON; `new` and so on count records of every kind."""
        return {
            **self.tally.as_dict(),
            "awards": {"read": self.awards, **self.award_tally.as_dict()},
            "vanished": self.vanished,
            "papers": {name: self.papers.get(name, 0) for name in COUNTED},
            "refusals": self.refusals,
            "not_understood": self.not_understood,
        }

    @classmethod
    def of(cls, counts: Mapping[str, Any]) -> "Written":
        """Take over what an interrupted run wrote down."""
        if not counts:
            return cls()
        awards = dict(counts["awards"])
        read = awards.pop("read")
        names = Tally().as_dict()
        return cls(
            tally=Tally(**{name: counts[name] for name in names}),
            award_tally=Tally(**awards),
            awards=read,
            vanished=counts.get("vanished", 0),
            papers=dict(counts.get("papers", {})),
            refusals=list(counts["refusals"]),
            not_understood=list(counts["not_understood"]),
        )


class Writer:
    """Deposits batches into an archive for one run, in one thread beside the network's."""

    def __init__(
        self, archive: Archive, run_id: int, written: Written, *, source: str = ""
    ) -> None:
        self._archive = archive
        self._run_id = run_id
        self._source = source  # of documents; what an answer says names its own
        self.written = written
        self._papers = Papers(archive, run_id, written.papers, written.tally)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")

    async def write(self, batch: Batch) -> None:
        """Deposit a batch, then write down how far the run is; it stands on return."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._write, batch)

    async def ask(self, question: Callable[[Archive], T]) -> T:
        """Look something up in the archive, in the writer's thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, question, self._archive)

    async def take(self, part: Part) -> Stored:
        """Take a fetched file into the archive; it is durable on return."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._take, part)

    def _take(self, part: Part) -> Stored:
        stored = self._archive.files.take_file(part.path)
        part.remove()
        return stored

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown()

    def _write(self, batch: Batch) -> None:
        for captured in batch.captured:
            self._write_one(captured)
        self._write_papers(batch)
        if batch.history is not None:
            self.written.vanished += self._settle(batch.history)
        self.written.awards += batch.awards
        known = self.written.not_understood
        known += [name for name in batch.not_understood if name not in known]
        runs.advance(self._archive, self._run_id, batch.cursor, self.written.as_dict())

    def _settle(self, history: History) -> int:
        """Note what the award's complete history no longer holds; gives how many changed."""
        key = history.award_key
        changed = int(tombstones.settle_award(self._archive, key, is_gone=history.is_gone))
        if not history.is_gone:
            changed += tombstones.settle_parts(
                self._archive, key, "modification", history.modifications
            )
            # Reports of a file may be known by a spelling that the service does not use.
            changed += tombstones.settle_parts(
                self._archive, key, "subaward", history.subawards, view="usaspending.subaward"
            )
        return changed

    def _write_one(self, captured: Captured) -> None:
        kept = deposit.keep(self._archive, captured.answer)
        for kind in ("award", "modification", "subaward"):
            statements = [one for one in captured.statements if one.kind == kind]
            if statements:
                tally = deposit.deposit(self._archive, kept, statements)
                self.written.tally.add(tally)
                if kind == "award":
                    self.written.award_tally.add(tally)
        deposit.refuse(self._archive, self._run_id, kept, captured.refused)
        self.written.tally.refused += len(captured.refused)
        for one in captured.refused:
            self._remember(one, kept.sha256)

    def _write_papers(self, batch: Batch) -> None:
        for paper in batch.papers:
            left = self._papers.deposit(self._source, paper)
            if left is not None:
                self._remember(left.refused, left.capture)
        self._papers.settle_gone(self._source, batch.gone)

    def _remember(self, refused: Refused, capture: str) -> None:
        if len(self.written.refusals) < _REMEMBERED:
            said = {"subject": refused.subject, "reason": refused.reason, "capture": capture}
            self.written.refusals.append(said)
