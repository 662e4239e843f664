"""A schedule with children that are small programs of the test's own."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import schedule
from archive.opening import Archive
from archive.schedule import rows
from archive.schedule.cadence import read_cadence
from archive.schedule.planned import Planned
from archive.schedule.starting import Command

LONG_AGO = "2020-01-01T00:00:00+00:00"
AWARDS = "usaspending_awards"
NOBODY = Planned(
    id=1,
    name="ice",
    source=AWARDS,
    words=("crawl", AWARDS),
    cadence="daily at 05:30",
    is_on=True,
    next_at="2026-11-26T05:30:00+00:00",
    state="",
    attempts=0,
    lease_until="",
    last_started_at="",
    last_ended_at="",
    last_exit_code=None,
    last_words="",
)


def planned_with(**changed: Any) -> Planned:
    """Give a row that was never run, but for what is changed."""
    return replace(NOBODY, **changed)


def scheduled(
    archive: Archive, name: str = "ice", *, source: str = AWARDS, cadence: str = "every 6 hours"
) -> Planned:
    """Put a crawl on the schedule that is due now, unless its cadence says when."""
    return rows.add(
        archive,
        name=name,
        source=source,
        words=("crawl", source, "--keyword", name),
        cadence=read_cadence(cadence),
    )


def made(archive: Archive, name: str = "ice", **values: object) -> Planned:
    """Change what a row says."""
    with archive.catalogue.writing() as connection:
        connection.execute(sa.update(schedule).where(schedule.c.name == name).values(**values))
    return rows.named(archive, name)


def python(code: str) -> Command:
    """Give a command that runs a piece of Python, whatever the words are."""

    def command(_words: Sequence[str]) -> list[str]:
        return [sys.executable, "-c", code]

    return command
