"""Runs: one crawl or import each, what it was asked, how far it came, how it ended."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive import clock
from archive.catalogue.tables import run
from archive.logs import Log
from archive.opening import Archive

_log = Log(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run; `cursor` and `counts` are what it wrote down last, {} at the start."""

    id: int
    started_at: str
    cursor: dict[str, Any]
    counts: dict[str, Any]
    resumed: bool


def begin(archive: Archive, source: str, question: Mapping[str, Any]) -> Run:
    """Begin a run, or go on with one of the same question that did not end."""
    asked = _canonical(question)
    with archive.catalogue.writing() as connection:
        found = connection.execute(_latest(source, asked, "going", "stopped")).first()
        if found:
            on = sa.update(run).where(run.c.id == found.id)
            connection.execute(on.values(state="going", ended_at="", remark=""))
            return _begun(source, _run(found, resumed=True))
        row = {
            "source": source,
            "question": asked,
            "state": "going",
            "started_at": clock.now(),
            "ended_at": "",
            "cursor": "{}",
            "counts": "{}",
            "remark": "",
        }
        connection.execute(sa.insert(run), [row])
        new = connection.execute(_latest(source, asked, "going")).one()
        return _begun(source, _run(new, resumed=False))


def advance(
    archive: Archive, run_id: int, cursor: Mapping[str, Any], counts: Mapping[str, Any]
) -> None:
    """Write down how far a run came, after what it says is deposited."""
    _update(archive, run_id, cursor=json.dumps(cursor), counts=json.dumps(counts))


def finish(archive: Archive, run_id: int, counts: Mapping[str, Any], remark: str = "") -> None:
    """End a run well."""
    _end(archive, run_id, "done", counts, remark)


def fail(archive: Archive, run_id: int, counts: Mapping[str, Any], remark: str) -> None:
    """End a run that could not do what it was asked; the next one begins anew."""
    _end(archive, run_id, "failed", counts, remark)


def stop(archive: Archive, run_id: int, counts: Mapping[str, Any], remark: str) -> None:
    """End a run that something kept from going on; the next one of its question goes on with it."""
    _end(archive, run_id, "stopped", counts, remark)


def done(archive: Archive, source: str, question: Mapping[str, Any]) -> Run | None:
    """Give the latest run of a question that ended well, or None."""
    with archive.catalogue.reading() as connection:
        found = connection.execute(_latest(source, _canonical(question), "done")).first()
        return _run(found, resumed=False) if found else None


def all_done(archive: Archive, source: str, question: Mapping[str, Any]) -> list[Run]:
    """Give the runs of a question that ended well, the earliest first."""
    wanted = (
        sa.select(run)
        .where(run.c.source == source, run.c.question == _canonical(question))
        .where(run.c.state == "done")
        .order_by(run.c.id)
    )
    with archive.catalogue.reading() as connection:
        return [_run(row, resumed=False) for row in connection.execute(wanted)]


def _latest(source: str, asked: str, *states: str) -> sa.Select[Any]:
    return (
        sa.select(run)
        .where(run.c.source == source, run.c.question == asked, run.c.state.in_(states))
        .order_by(run.c.id.desc())
        .limit(1)
    )


def _run(row: sa.Row[Any], *, resumed: bool) -> Run:
    return Run(
        id=row.id,
        started_at=row.started_at,
        cursor=json.loads(row.cursor),
        counts=json.loads(row.counts),
        resumed=resumed,
    )


def _begun(source: str, run: Run) -> Run:
    _log.info("run began", source=source, run=run.id, resumed="yes" if run.resumed else "no")
    return run


def _end(archive: Archive, run_id: int, state: str, counts: Mapping[str, Any], remark: str) -> None:
    numbers = {name: value for name, value in counts.items() if type(value) is int}
    more = {"remark": remark} if remark else {}
    (_log.info if state == "done" else _log.warning)(
        "run ended", run=run_id, state=state, **numbers, **more
    )
    _update(
        archive,
        run_id,
        state=state,
        ended_at=clock.now(),
        counts=json.dumps(counts),
        remark=archive.settings.without_secrets(remark),
    )


def _update(archive: Archive, run_id: int, **values: str) -> None:
    with archive.catalogue.writing() as connection:
        connection.execute(sa.update(run).where(run.c.id == run_id).values(**values))


def _canonical(question: Mapping[str, Any]) -> str:
    return json.dumps(question, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
