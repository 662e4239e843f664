"""Work: rows that say what is to be done, in doing, done or set aside.

The rows are the truth; a queue only makes work faster. Attempts are counted before a document is
opened, so that one which kills its reader three times is set aside and not tried for ever.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from archive import clock
from archive.catalogue.conflict import insert
from archive.catalogue.tables import work
from archive.errors import PaperwatchError
from archive.opening import Archive

MAX_ATTEMPTS = 3
DIED = f"its worker died {MAX_ATTEMPTS} times"
PROGRAM_VERSION = "0.1.0"
LEASE_S = 600
_AT_ONCE = 500
# What no work is to blame for: it waits again, as if it had not been tried.
NOT_ITS_DOING = (PaperwatchError, OSError, MemoryError, sa.exc.DBAPIError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One piece of work that was taken; `attempts` counts this one in.

    Who took it holds it for as long as the row shows these attempts and this lease: whoever takes
    it later, or puts it down anew, changes one of them.
    """

    id: int
    task: str
    subject: str
    attempts: int
    lease_until: str


class LeaseLost(Exception):
    """Somebody else has this work by now: what was made of it here must not be stored."""


def enqueue(connection: sa.Connection, task: str, subjects: Iterable[str]) -> None:
    """Put work down, once for each subject."""
    rows = [_waiting(task, subject) for subject in subjects]
    if rows:
        connection.execute(insert(work).on_conflict_do_nothing(), rows)


def again(connection: sa.Connection, task: str, subjects: Iterable[str]) -> None:
    """Put work down anew, also where it was done or set aside before."""
    rows = [_waiting(task, subject) for subject in subjects]
    if rows:
        put = insert(work)
        fresh = {name: put.excluded[name] for name in ("state", "attempts", "reason", "changed_at")}
        connection.execute(
            put.on_conflict_do_update(index_elements=["task", "subject"], set_=fresh), rows
        )


def take(
    archive: Archive,
    task: str,
    *,
    subjects: Collection[str] = (),
    limit: int = 1,
    lease_s: int = LEASE_S,
) -> list[Work]:
    """Take work that waits, or whose lease ran out; what was tried too often is set aside.

    With `subjects`, only work about one of these.
    """
    moment, until = clock.now(), clock.now(later_s=lease_s)
    free = sa.or_(
        work.c.state == "waiting",
        sa.and_(work.c.state == "taken", work.c.lease_until < moment),
    )
    if subjects:
        free = sa.and_(free, work.c.subject.in_(subjects))
        # Of messages that came twice, nothing is left: no reason to wait for the writers' lock.
        looked = sa.select(work.c.id).where(work.c.task == task, free).limit(1)
        with archive.catalogue.reading() as connection:
            if connection.execute(looked).first() is None:
                return []
    with archive.catalogue.writing() as connection:
        connection.execute(
            sa.update(work)
            .where(work.c.task == task, free, work.c.attempts >= MAX_ATTEMPTS)
            .values(state="set_aside", reason=DIED, lease_until="", changed_at=moment)
        )
        wanted = sa.select(work).where(work.c.task == task, free).order_by(work.c.id).limit(limit)
        rows = connection.execute(wanted.with_for_update(skip_locked=True)).all()
        if rows:
            connection.execute(
                sa.update(work)
                .where(work.c.id.in_([row.id for row in rows]))
                .values(
                    state="taken",
                    attempts=work.c.attempts + 1,
                    lease_until=until,
                    program_version=PROGRAM_VERSION,
                    changed_at=moment,
                )
            )
    return [
        Work(
            id=row.id,
            task=row.task,
            subject=row.subject,
            attempts=row.attempts + 1,
            lease_until=until,
        )
        for row in rows
    ]


def check_held(connection: sa.Connection, taken: Work) -> None:
    """See that work is still ours, and stays so until the end of the transaction.

    Raises:
        LeaseLost: it is not.
    """
    wanted = sa.select(work.c.id).where(_held(taken)).with_for_update()
    if connection.execute(wanted).first() is None:
        raise LeaseLost(f"{taken.task} {taken.subject}")


def renew(archive: Archive, taken: Work, lease_s: int) -> Work:
    """Hold work for longer; gives it with its new lease.

    What was freed because its lease ran out, and that nobody took since, is held again.

    Raises:
        LeaseLost: somebody else has it, or it was put down anew.
    """
    until = clock.now(later_s=lease_s)
    reason = sa.case((work.c.state == "set_aside", ""), else_=work.c.reason)
    with archive.catalogue.writing() as connection:
        done = connection.execute(
            sa.update(work)
            .where(_ours(taken))
            .values(state="taken", reason=reason, lease_until=until)
        )
    if done.rowcount != 1:
        raise LeaseLost(f"{taken.task} {taken.subject}")
    return replace(taken, lease_until=until)


def put_back(archive: Archive, taken: Work, reason: str = "", *, is_tried: bool) -> None:
    """Let work wait again, if it is still ours; `is_tried` counts the attempt."""
    attempts = taken.attempts if is_tried else max(taken.attempts - 1, 0)
    values = {"state": "waiting", "attempts": attempts, "lease_until": "", "reason": reason}
    with archive.catalogue.writing() as connection:
        connection.execute(
            sa.update(work).where(_ours(taken)).values(**values, changed_at=clock.now())
        )


def take_back(archive: Archive, task: str) -> None:
    """Free all that killed processes of this machine had in hand, as if it had not been tried.

    A document can end its reading child, not the process that asks: the kill was not its doing.
    """
    taken = sa.and_(work.c.task == task, work.c.state == "taken")
    with archive.catalogue.reading() as connection:
        if connection.execute(sa.select(work.c.id).where(taken).limit(1)).first() is None:
            return
    attempts = sa.case((work.c.attempts > 0, work.c.attempts - 1), else_=0)
    with archive.catalogue.writing() as connection:
        connection.execute(
            sa.update(work)
            .where(taken)
            .values(state="waiting", attempts=attempts, lease_until="", changed_at=clock.now())
        )


def free_lost(archive: Archive, task: str) -> int:
    """Let work wait again whose lease ran out, or set it aside when it was tried too often.

    Gives how many pieces these were. Whoever held them was killed, or lost its catalogue.
    """
    moment = clock.now()
    lost = sa.and_(work.c.task == task, work.c.state == "taken", work.c.lease_until < moment)
    with archive.catalogue.reading() as connection:
        if connection.execute(sa.select(work.c.id).where(lost).limit(1)).first() is None:
            return 0
    is_last = work.c.attempts >= MAX_ATTEMPTS
    with archive.catalogue.writing() as connection:
        return connection.execute(
            sa.update(work)
            .where(lost)
            .values(
                state=sa.case((is_last, "set_aside"), else_="waiting"),
                reason=sa.case((is_last, DIED), else_=work.c.reason),
                lease_until="",
                changed_at=moment,
            )
        ).rowcount


def finish(connection: sa.Connection, task: str, subject: str) -> None:
    """Say that work is done, within the transaction that wrote its result."""
    _settle(connection, task, subject, "done", "")


def set_aside(connection: sa.Connection, task: str, subject: str, reason: str) -> None:
    """Say that work cannot be done, and why; it is not tried again by itself."""
    _settle(connection, task, subject, "set_aside", reason)


def forget(connection: sa.Connection, task: str, subjects: Sequence[str]) -> None:
    """Forget what was noted of work that is done at once, such as an entry's indexing."""
    for start in range(0, len(subjects), _AT_ONCE):
        part = subjects[start : start + _AT_ONCE]
        connection.execute(sa.delete(work).where(work.c.task == task, work.c.subject.in_(part)))


def waiting(archive: Archive, task: str) -> int:
    """Count the work of a task that is not done and not set aside."""
    wanted = sa.select(sa.func.count()).where(
        work.c.task == task, work.c.state.in_(("waiting", "taken"))
    )
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted).scalar_one()


def _held(taken: Work) -> sa.ColumnElement[bool]:
    return sa.and_(
        work.c.id == taken.id,
        work.c.state == "taken",
        work.c.attempts == taken.attempts,
        work.c.lease_until == taken.lease_until,
    )


def _ours(taken: Work) -> sa.ColumnElement[bool]:
    """Give what is still held, or was taken from who holds it by its lease alone.

    Whoever took it since counted an attempt of his own.
    """
    is_freed = sa.or_(
        work.c.state == "waiting", sa.and_(work.c.state == "set_aside", work.c.reason == DIED)
    )
    is_free = sa.and_(work.c.id == taken.id, is_freed, work.c.attempts == taken.attempts)
    return sa.or_(_held(taken), is_free)


def _settle(connection: sa.Connection, task: str, subject: str, state: str, reason: str) -> None:
    connection.execute(
        sa.update(work)
        .where(work.c.task == task, work.c.subject == subject)
        .values(state=state, reason=reason, lease_until="", changed_at=clock.now())
    )


def _waiting(task: str, subject: str) -> dict[str, object]:
    return {
        "task": task,
        "subject": subject,
        "state": "waiting",
        "attempts": 0,
        "lease_until": "",
        "reason": "",
        "program_version": PROGRAM_VERSION,
        "changed_at": clock.now(),
    }
