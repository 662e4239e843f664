"""The queues of the workers: what waits for each, what is in hand, what was set aside.

A message only says that something waits; what that is stands in the catalogue. So a lost message
is sent again (`refill`), and a doubled one finds nothing to do. Another kind of work is one line in
QUEUES and an entry point in `paperwatch.tasks` of the task's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from archive import clock
from archive.broker import Broker, open_broker
from archive.catalogue.tables import document, generation, outbox, page, work
from archive.documents import READ, RECOGNISE
from archive.errors import BrokerUnavailable
from archive.opening import Archive
from archive.schedule import rows
from archive.schedule.planned import due

# A queue is filled up to so many messages when fewer than that are left: however much waits, what
# was lost comes again with the next filling, the oldest first.
FULL, LOW = 1000, 200
LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A queue and the task that its messages ask for; `kept_in` is the table of what waits.

    `is_alone`: one process of it does all, a second would wait for the first.
    """

    name: str
    task: str
    kept_in: str = "work"
    is_alone: bool = False


QUEUES: tuple[Queue, ...] = (
    Queue(name="read", task=READ),
    Queue(name="ocr", task=RECOGNISE),
    Queue(name="index", task="index_entries", kept_in="outbox", is_alone=True),
    Queue(name="crawl", task="crawl_scheduled", kept_in="schedule"),
)
NAMED = {one.name: one for one in QUEUES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How much a queue has to do; times are UTC, '' where there is none.

    `taken` counts what somebody has in hand by a lease that holds, `lost` that whose lease ran out.
    """

    queue: str
    waiting: int
    taken: int
    lost: int
    set_aside: int
    oldest_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """Work that somebody has taken: since when, for which time, and how often it was begun.

    Of scanned pages it says how many of a document are recognised and stored, of how many.
    """

    task: str
    subject: str
    attempts: int
    taken_at: str
    lease_until: str
    scanned_done: int = 0
    scanned_pages: int = 0


def depths(archive: Archive) -> list[Depth]:
    """Count what each queue has to do, by the catalogue alone."""
    return [_COUNTED[one.kept_in](archive, one) for one in QUEUES]


def in_hand(archive: Archive, limit: int = 50) -> list[InHand]:
    """Give the work that is taken now, the longest first."""
    named = [one.task for one in QUEUES]
    wanted = (
        sa.select(work)
        .where(work.c.state == "taken", work.c.task.in_(named))
        .order_by(work.c.changed_at, work.c.id)
        .limit(limit)
    )
    with archive.catalogue.reading() as connection:
        rows_ = connection.execute(wanted).all()
        scanned = _scanned(connection, [row.subject for row in rows_ if row.task == RECOGNISE])
    return [
        InHand(
            task=row.task,
            subject=row.subject,
            attempts=row.attempts,
            taken_at=row.changed_at,
            lease_until=row.lease_until,
            scanned_done=scanned[row.subject][0] if row.task == RECOGNISE else 0,
            scanned_pages=scanned[row.subject][1] if row.task == RECOGNISE else 0,
        )
        for row in rows_
    ]


def _scanned(connection: sa.Connection, sha256s: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Count the scanned pages of documents: those that are recognised, and all."""
    if not sha256s:
        return {}
    is_done = sa.case((page.c.text_from == "recognised", 1), else_=0)
    wanted = (
        sa.select(document.c.sha256, sa.func.sum(is_done), sa.func.count())
        .join(page, page.c.document_id == document.c.id)
        .where(document.c.sha256.in_(sha256s), page.c.text_from.in_(("recognised", "picture")))
        .group_by(document.c.sha256)
    )
    found = {str(row[0]): (int(row[1]), int(row[2])) for row in connection.execute(wanted)}
    return {sha256: found.get(sha256, (0, 0)) for sha256 in sha256s}


def refill(archive: Archive, broker: Broker, queue: Queue) -> int:
    """Send messages for what waits, where more waits than messages are left; gives how many.

    Raises:
        BrokerUnavailable: the broker does not answer; nothing is lost by it.
    """
    left = broker.length(queue.name)
    if left >= LOW:
        return 0
    subjects = _waiting(archive, queue)
    if len(subjects) <= left:
        return 0
    broker.send(queue.name, queue.task, subjects)
    return len(subjects)


def _waiting(archive: Archive, queue: Queue) -> Sequence[str]:
    if queue.kept_in == "schedule":
        return [one.name for one in due(rows.listed(archive), clock.now())]
    if queue.kept_in == "outbox":
        live = sa.select(outbox.c.entry_number).join(generation)
        wanted = live.where(generation.c.state == LIVE).limit(1)
        with archive.catalogue.reading() as connection:
            return [LIVE] if connection.execute(wanted).first() else []
    found = sa.select(work.c.subject).where(work.c.task == queue.task, work.c.state == "waiting")
    with archive.catalogue.reading() as connection:
        return connection.execute(found.order_by(work.c.id).limit(FULL)).scalars().all()


def _of_work(archive: Archive, queue: Queue) -> Depth:
    moment = clock.now()
    state, lease = work.c.state, work.c.lease_until
    is_lost = sa.and_(state == "taken", lease < moment)
    kind = sa.case((is_lost, "lost"), else_=state)
    which = sa.and_(work.c.task == queue.task, state.in_(("waiting", "taken", "set_aside")))
    counted = sa.select(kind, sa.func.count(), sa.func.min(work.c.changed_at)).where(which)
    with archive.catalogue.reading() as connection:
        rows_ = connection.execute(counted.group_by(kind)).all()
    found = {str(row[0]): (int(row[1]), str(row[2])) for row in rows_}
    return Depth(
        queue=queue.name,
        waiting=found.get("waiting", (0, ""))[0],
        taken=found.get("taken", (0, ""))[0],
        lost=found.get("lost", (0, ""))[0],
        set_aside=found.get("set_aside", (0, ""))[0],
        oldest_at=found.get("waiting", (0, ""))[1],
    )


def _of_outbox(archive: Archive, queue: Queue) -> Depth:
    """Count what the live index has to hear; entries that could not be indexed are set aside."""
    live = sa.select(sa.func.count(), sa.func.min(outbox.c.since)).join(generation)
    aside = sa.select(sa.func.count()).where(
        work.c.task == "index_entry", work.c.state == "set_aside"
    )
    with archive.catalogue.reading() as connection:
        waiting, since = connection.execute(live.where(generation.c.state == LIVE)).one()
        set_aside = connection.execute(aside).scalar_one()
    return Depth(
        queue=queue.name,
        waiting=waiting,
        taken=0,
        lost=0,
        set_aside=set_aside,
        oldest_at=since or "",
    )


def _of_schedule(archive: Archive, queue: Queue) -> Depth:
    planned, moment = rows.listed(archive), clock.now()
    waiting = [one.next_at for one in planned if one.is_due(moment)]
    return Depth(
        queue=queue.name,
        waiting=len(waiting),
        taken=sum(one.is_going(moment) for one in planned),
        lost=sum(one.is_lost(moment) for one in planned),
        set_aside=0,
        oldest_at=min(waiting, default=""),
    )


_COUNTED = {"work": _of_work, "outbox": _of_outbox, "schedule": _of_schedule}


def hand_over(archive: Archive, *names: str) -> str:
    """Tell the workers what waits in these queues.

    Gives a sentence when they cannot be told now; `paperwatch beat` tells them then.
    """
    broker = open_broker(archive.settings)
    try:
        for name in names:
            refill(archive, broker, NAMED[name])
    except BrokerUnavailable as error:
        return f"{error} What waits is written down, and the workers hear of it then."
    finally:
        broker.close()
    return ""
