"""The rows of the schedule: put down, taken for a run by a lease, ended.

A lease lets one process run what is due, however many look. Who loses it (asleep for longer than
it lasts, on a machine of several) cannot write over the end that another one said.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from archive import clock
from archive.catalogue.tables import schedule
from archive.errors import BadRequest, NotFound
from archive.opening import Archive
from archive.schedule.cadence import Cadence, first_after, next_after, read_cadence
from archive.schedule.planned import MAX_ATTEMPTS, Planned


def lease_s(archive: Archive) -> int:
    """Give the seconds after which a run is lost whose holder is heard of no more."""
    return 2 * archive.settings.whole_number("LEASE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended: done, failed, killed or stopped; its exit code, and what it said last."""

    state: str
    exit_code: int | None
    words: str


def listed(archive: Archive) -> list[Planned]:
    """Give the whole schedule, by name."""
    with archive.catalogue.reading() as connection:
        rows = connection.execute(sa.select(schedule).order_by(schedule.c.name)).all()
    return [_planned(row) for row in rows]


def named(archive: Archive, name: str) -> Planned:
    """Give one row by its name.

    Raises:
        NotFound: there is none.
    """
    rows = listed(archive)
    for one in rows:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in rows)
    there = f"It has: {known}." if known else "It is empty."
    raise NotFound(f"The schedule has nothing with the name {name!r}. {there}")


def add(
    archive: Archive, *, name: str, source: str, words: Sequence[str], cadence: Cadence
) -> Planned:
    """Put down what is to run when.

    Raises:
        BadRequest: the name is taken, or another one does the same.
    """
    row = {
        "name": name,
        "source": source,
        "words": json.dumps(list(words), ensure_ascii=False),
        "cadence": cadence.words,
        "is_on": True,
        "next_at": clock.written(first_after(cadence, _now())),
        "state": "",
        "attempts": 0,
        "lease_until": "",
        "lease_holder": "",
        "last_started_at": "",
        "last_ended_at": "",
        "last_words": "",
    }
    same = sa.or_(schedule.c.name == name, schedule.c.words == row["words"])
    with archive.catalogue.writing() as connection:
        found = connection.execute(sa.select(schedule).where(same)).first()
        if found:
            what = "does this already" if found.name != name else "is on the schedule already"
            raise BadRequest(
                f"{found.name!r} {what}. Remove it first: paperwatch schedule remove {found.name}"
            )
        connection.execute(sa.insert(schedule), [row])
    return named(archive, name)


def remove(archive: Archive, name: str) -> Planned:
    """Take a row off the schedule; a run of it that is going comes to its end."""
    planned = named(archive, name)
    with archive.catalogue.writing() as connection:
        connection.execute(sa.delete(schedule).where(schedule.c.id == planned.id))
    return planned


def switch(archive: Archive, name: str, *, is_on: bool) -> Planned:
    """Switch a row off, or on again, counted from now."""
    planned = named(archive, name)
    values: dict[str, Any] = {"is_on": is_on}
    if is_on and not planned.is_on:
        values["next_at"] = clock.written(first_after(read_cadence(planned.cadence), _now()))
    with archive.catalogue.writing() as connection:
        _update(connection, schedule.c.id == planned.id, **values)
    return named(archive, name)


def claim(archive: Archive, planned: Planned, holder: str) -> bool:
    """Take a run; False when another process took it since the row was read."""
    now = _now()
    following = next_after(
        read_cadence(planned.cadence), datetime.fromisoformat(planned.next_at), now
    )
    unchanged = sa.and_(
        schedule.c.id == planned.id,
        schedule.c.next_at == planned.next_at,
        schedule.c.attempts == planned.attempts,
        schedule.c.state == planned.state,
        schedule.c.state != "going",
    )
    with archive.catalogue.writing() as connection:
        return _update(
            connection,
            unchanged,
            state="going",
            next_at=clock.written(following),
            attempts=planned.attempts + 1,
            lease_until=clock.now(later_s=lease_s(archive)),
            lease_holder=holder,
            last_started_at=clock.written(now),
        )


def renew(archive: Archive, planned: Planned, holder: str) -> bool:
    """Go on holding the lease; False when it was lost."""
    held = sa.and_(schedule.c.id == planned.id, schedule.c.lease_holder == holder)
    with archive.catalogue.writing() as connection:
        return _update(connection, held, lease_until=clock.now(later_s=lease_s(archive)))


def end(archive: Archive, planned: Planned, holder: str, outcome: Outcome) -> None:
    """Say how a run ended, and when the next one is.

    What was stopped or killed is made up at once, unless it was killed too often in a row. What
    was missed while this one ran is not made up.
    """
    now = clock.now()
    held = sa.and_(schedule.c.id == planned.id, schedule.c.lease_holder == holder)
    with archive.catalogue.writing() as connection:
        row = connection.execute(sa.select(schedule).where(held)).first()
        if row is None:
            return
        _update(
            connection,
            held,
            **_ended(outcome.state, row.attempts),
            next_at=_next(row, outcome.state, now),
            last_ended_at=now,
            last_exit_code=outcome.exit_code,
            last_words=outcome.words,
        )


def take_back(archive: Archive, planned: Planned) -> None:
    """Say of a run whose lease ran out that it was killed; it is made up."""
    now = clock.now()
    lost = sa.and_(
        schedule.c.id == planned.id, schedule.c.state == "going", schedule.c.lease_until < now
    )
    with archive.catalogue.writing() as connection:
        row = connection.execute(sa.select(schedule).where(lost)).first()
        if row is None:
            return
        _update(
            connection,
            lost,
            **_ended("killed", row.attempts),
            next_at=_next(row, "killed", now),
            last_ended_at=now,
            last_exit_code=None,
            last_words="Whatever ran it was killed, or the machine went down.",
        )


def _ended(state: str, attempts: int) -> dict[str, Any]:
    counted = attempts if state == "killed" else 0
    return {"state": state, "attempts": counted, "lease_until": "", "lease_holder": ""}


def _next(row: sa.Row[Any], state: str, now: str) -> str:
    if state == "stopped" or (state == "killed" and row.attempts < MAX_ATTEMPTS):
        return now
    if row.next_at > now:
        return str(row.next_at)
    planned, moment = datetime.fromisoformat(row.next_at), datetime.fromisoformat(now)
    return clock.written(next_after(read_cadence(row.cadence), planned, moment))


def _update(
    connection: sa.Connection, which: sa.ColumnElement[bool], **values: str | int | bool | None
) -> bool:
    return connection.execute(sa.update(schedule).where(which).values(**values)).rowcount == 1


def _planned(row: sa.Row[Any]) -> Planned:
    columns = dict(row._mapping)
    del columns["lease_holder"]
    return Planned(**columns | {"words": tuple(json.loads(row.words))})


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
