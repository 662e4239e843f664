"""How the archive stands, as readers may see it: no folders, no secrets, no held document's hash.

What was set aside names its record where readers have its page. Of a document that is held or
withdrawn stands only how its hash begins, and of an error only its kind: its words may quote text.
"""

import re
from collections.abc import Set
from dataclasses import dataclass

from archive.documents import READ, RECOGNISE
from archive.index.portions import INDEX
from archive.shown.desk import Desk
from archive.shown.labels import source_address
from archive.shown.recognition import LACKING
from archive.shown.wording import short_hash
from archive.standing import Aside, Outbox, Standing
from archive.states import public_among

_SHA256 = re.compile(r"[0-9a-f]{64}")
_KIND = re.compile(r"(\w+): .*", re.DOTALL)
_QUEUES = {
    "read": "Read documents",
    "ocr": "Recognise scanned pages",
    "index": "Write to the search index",
    "crawl": "Crawl what is scheduled",
}
_TASKS = {
    READ: "Read documents",
    RECOGNISE: "Recognise scanned pages",
    INDEX: "Write to the search index",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """What one queue has to do; `lost` is what a worker had in hand whose lease ran out."""

    queue: str
    label: str
    waiting: int
    working: int
    lost: int
    set_aside: int
    waiting_since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """When a source was last asked with success ('': never), and what is wrong with it."""

    name: str
    label: str
    address: str
    last_success_at: str
    troubles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideRow:
    """One piece of work that was set aside; `address` is '' where readers have no page of it."""

    task: str
    label: str
    subject: str
    address: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """The index against the catalogue; None where the index does not answer."""

    expected: int
    held: int | None
    waiting: int
    waiting_since: str
    missing: int | None
    rebuilding: int | None
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPage:
    """How the archive stands; `rebuilding` counts what an index that is built has yet to hear."""

    at: str
    queues: tuple[QueueRow, ...]
    index: IndexRow
    sources: tuple[SourceRow, ...]
    set_aside: tuple[AsideRow, ...]
    recognition_lacking: str

    @property
    def set_aside_total(self) -> int:
        """How much is set aside in all, also beyond what is listed."""
        return sum(one.set_aside for one in self.queues)


def shown_standing(desk: Desk, found: Standing) -> StandingPage:
    """Give how the archive stands, for readers.

    What was found may be some seconds old; which documents are public is asked at this moment.
    """
    keys = [one.subject.rpartition("/")[2] for one in found.set_aside]
    public = public_among(desk.archive, [key for key in keys if _SHA256.fullmatch(key)])
    return StandingPage(
        at=found.at,
        queues=_queues(found),
        index=_index(desk, found),
        sources=_sources(desk, found),
        set_aside=tuple(_aside(desk, one, public) for one in found.set_aside),
        recognition_lacking=LACKING if found.recognition_lacking else "",
    )


def task_label(task: str) -> str:
    """Name a task for people."""
    return _TASKS.get(task) or task.replace("_", " ").capitalize()


def _queues(found: Standing) -> tuple[QueueRow, ...]:
    return tuple(
        QueueRow(
            queue=one.queue,
            label=_QUEUES.get(one.queue, one.queue),
            waiting=one.waiting,
            working=one.taken,
            lost=one.lost,
            set_aside=one.set_aside,
            waiting_since=one.oldest_at,
        )
        for one in found.queues
    )


def _live(found: Standing) -> Outbox:
    return next(one for one in found.outboxes if one.generation == found.index.name)


def _index(desk: Desk, found: Standing) -> IndexRow:
    built = [one.entries for one in found.outboxes if one.state == "building"]
    return IndexRow(
        expected=found.index.expected,
        held=found.index.held,
        waiting=found.index.waiting,
        waiting_since=_live(found).since,
        missing=found.index.missing,
        rebuilding=built[-1] if built else None,
        trouble=desk.said(found.index.to_readers),
    )


def _sources(desk: Desk, found: Standing) -> tuple[SourceRow, ...]:
    rows = [
        SourceRow(
            name=name,
            label=desk.source(name),
            address=source_address(name),
            last_success_at=at,
            troubles=tuple(desk.said(one.sentence) for one in found.troubles if one.source == name),
        )
        for name, at in found.last_success.items()
    ]
    return tuple(sorted(rows, key=lambda one: (one.label, one.name)))


def _aside(desk: Desk, one: Aside, public: Set[str]) -> AsideRow:
    subject, address = _named(one, public)
    reason = desk.said(one.reason)
    if one.task != READ and (kind := _KIND.fullmatch(one.reason)):
        reason = f"It could not be done ({kind[1]})."
    return AsideRow(
        task=one.task,
        label=task_label(one.task),
        subject=subject,
        address=address,
        reason=reason,
        at=one.at,
    )


def _named(one: Aside, public: Set[str]) -> tuple[str, str]:
    """Name what work is about, with its address where readers have one."""
    kind, _, key = one.subject.rpartition("/")
    if kind == "awards":
        return key, f"/{one.subject}"
    if not _SHA256.fullmatch(key):
        return "", ""
    return short_hash(key), f"/documents/{key}" if key in public else ""
