"""Runs real crawls in child processes, for a reactor starts once in a process; reads the result."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from archive.catalogue import tables
from archive.opening import open_archive
from archive.settings import load
from crawlers.standin.serving import Serving
from tests.catalogues import home_settings

WORDS = ("usaspending_awards", "--keyword", "face recognition", "--since", "2020-01-01", "--json")

# One fiscal year of one agency, by file.
FILES = (
    *("usaspending_bulk", "--agency", "ICE", "--date-kind", "action_date"),
    *("--since", "2024-10-01", "--until", "2025-09-30", "--json"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child process ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.out)
        return said


def environment(home: Path, service: Serving, more: Mapping[str, str]) -> dict[str, str]:
    ours = home_settings(home) | {"PAPERWATCH_USASPENDING_URL": service.address}
    return {**os.environ, **ours, **more}


def begin(home: Path, service: Serving, *words: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "archive.program", "crawl", *(words or WORDS)],
        env=environment(home, service, more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def crawl(home: Path, service: Serving, *words: str, **more: str) -> Ended:
    child = begin(home, service, *words, **more)
    out, err = child.communicate(timeout=90)
    return Ended(code=child.returncode, out=out, err=err)


def killed_when(child: subprocess.Popen[str], is_time: Callable[[], bool]) -> None:
    """Kill a child as soon as something is so; it must not have ended before."""
    until_s = time.monotonic() + 60
    while not is_time():
        assert child.poll() is None, child.communicate()[1]
        assert time.monotonic() < until_s
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.communicate()


def is_whole(home: Path) -> bool:
    """Ask the program whether everything in an archive is as it should be."""
    words = [sys.executable, "-m", "archive.program", "verify"]
    ours = os.environ | home_settings(home)
    done = subprocess.run(words, env=ours, capture_output=True, text=True, check=False)
    return (done.returncode, done.stdout) == (0, "All is whole.\n")


@contextmanager
def _reading(home: Path) -> Iterator[sa.Connection]:
    settings = load(home_settings(home))
    with open_archive(settings) as archive, archive.catalogue.reading() as connection:
        yield connection


def held(home: Path, kind: str = "award") -> dict[str, list[dict[str, Any]]]:
    """Give the records of a kind by key: the fields of each version, oldest first."""
    wanted = (
        sa.select(tables.record.c.key, tables.version.c.fields)
        .join_from(tables.record, tables.version)
        .where(tables.record.c.kind == kind)
        .order_by(tables.version.c.id)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    with _reading(home) as connection:
        for name, fields in connection.execute(wanted):
            found.setdefault(name, []).append(json.loads(fields))
    return found


def shown(home: Path, key: str) -> dict[str, Any]:
    """Give an award as it is shown: all views merged."""
    with _reading(home) as connection:
        wanted = sa.select(tables.award.c.fields).where(tables.award.c.key == key)
        fields = connection.scalar(wanted)
    merged: dict[str, Any] = json.loads(fields or "{}")
    return merged


def rows_of(home: Path, name: str) -> list[sa.Row[Any]]:
    """Give all rows of a small table."""
    with _reading(home) as connection:
        return list(connection.execute(sa.select(tables.metadata.tables[name])))


def counted(home: Path, *names: str) -> list[int]:
    """Count the rows of tables."""
    with _reading(home) as connection:
        return [
            connection.execute(
                sa.select(sa.func.count()).select_from(tables.metadata.tables[name])
            ).scalar_one()
            for name in names
        ]
