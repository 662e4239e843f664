"""`paperwatch serve` does all that the archive needs, over real HTTP on this machine."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa

from archive import indexing
from archive.catalogue import tables
from archive.crews import present
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.reading_work import READING, read_leftovers
from archive.schedule import rows
from archive.settings import load
from archive.sharing import shared
from archive.status import counts
from crawlers.standin import Fault, StandIn, compose_world
from search_app.background import background
from tests.crawlers.composed import award, key
from tests.drawn import pictures, sheets
from tests.schedule.composed import scheduled

pytestmark = pytest.mark.slow

_LONGEST_S = 60
PROGRAM = [sys.executable, "-m", "archive.program"]


def until(is_so: Callable[[], Any], what: str) -> Any:
    """Ask again and again until something is so; gives it."""
    deadline = time.monotonic() + _LONGEST_S
    while not (found := is_so()):
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.05)
    return found


@contextmanager
def serving(*words: str, **more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve the archive in a child process; gives its address."""
    with subprocess.Popen(
        [*PROGRAM, "serve", "--port", "0", *words],
        env=os.environ | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        try:
            assert child.stdout is not None
            yield child.stdout.readline().split()[3], child
            child.send_signal(signal.SIGTERM)
            assert child.wait(timeout=_LONGEST_S) == 0
        finally:
            child.kill()


def asked(address: str, path: str) -> Any:
    with urllib.request.urlopen(f"{address}{path}", timeout=10) as answer:  # noqa: S310
        return json.load(answer)


@pytest.fixture
def archive(home: Path) -> Iterator[Archive]:
    with open_archive(load()) as opened:
        yield opened


@pytest.mark.slow
def test_a_scheduled_crawl_runs_by_itself_and_its_record_is_found(archive: Archive) -> None:
    scheduled(archive, "recognition")
    with (
        StandIn(compose_world([award(1)])) as service,
        serving(PAPERWATCH_USASPENDING_URL=service.address) as (address, _),
    ):
        hits = until(lambda: asked(address, "api/search?q=recognition")["hits"], "the record")
        assert [hit["key"] for hit in hits] == [key(1)]
        until(lambda: rows.named(archive, "recognition").state == "done", "the end of the run")
        source = asked(address, "api/sources/usaspending_awards")
        assert source["schedule"][0]["state"] == "done"


def test_who_shares_a_file_hears_whether_another_does(home: Path) -> None:
    home.mkdir(parents=True)
    with shared(home / "lock") as first, shared(home / "lock") as second:
        assert (first, second) == (True, False)
    with shared(home / "lock") as third:
        assert third


@pytest.mark.slow
def test_a_second_server_of_an_archive_says_that_another_answers(archive: Archive) -> None:
    with serving(), serving() as (_, second):
        assert second.stderr is not None
        said = second.stderr.readline()
        assert said.startswith(f"Another `paperwatch serve` answers from {archive.settings.home}")


@pytest.mark.slow
def test_a_server_that_is_told_to_end_ends_its_crawl_which_goes_on_with_the_next(
    archive: Archive,
) -> None:
    scheduled(archive, "recognition")
    slow = [Fault(kind="slow", on="/awards/", seconds=5.0)]
    with StandIn(compose_world([award(1)]), faults=slow) as service:
        url = service.address
        with serving(PAPERWATCH_USASPENDING_URL=url):
            until(lambda: any("/awards/" in path for path in service.paths()), "the crawl")
        assert rows.named(archive, "recognition").state == "stopped"
        with serving(PAPERWATCH_USASPENDING_URL=url):
            until(lambda: rows.named(archive, "recognition").state == "done", "the end")


def test_without_the_schedule_nothing_is_begun(archive: Archive) -> None:
    scheduled(archive, "recognition")
    with serving("--no-schedule") as (address, child):
        assert child.stderr is not None
        assert "none is run from here" in child.stderr.readline()
        asked(address, "healthz")
        assert rows.named(archive, "recognition").state == ""


class _AfterOne(Event):
    """An event that is set once it was looked at: a worker takes one document."""

    def is_set(self) -> bool:
        was = super().is_set()
        self.set()
        return was


def _verdicts(archive: Archive) -> list[str]:
    with archive.catalogue.reading() as connection:
        return list(connection.execute(sa.select(tables.document.c.verdict)).scalars())


@pytest.fixture
def waiting(archive: Archive, tmp_path: Path) -> None:
    """A document that was added with --no-read."""
    path = tmp_path / "bundle.pdf"
    path.write_bytes(sheets.many_pages(3))
    subprocess.run([*PROGRAM, "add", "--no-read", str(path)], check=True, capture_output=True)


def test_a_document_that_was_left_unread_is_read_beside_the_page(
    archive: Archive, waiting: None
) -> None:
    with background(archive, is_scheduled=False):
        until(lambda: _verdicts(archive) == ["read"], "the reading")


@pytest.mark.ocr
def test_a_scan_that_was_left_is_read_and_recognised_beside_the_page(
    archive: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pictures.bundle(2))
    subprocess.run([*PROGRAM, "add", "--no-read", str(path)], check=True, capture_output=True)
    with background(archive, is_scheduled=False):
        until(lambda: counts(archive)["pages_recognised"] == 2, "the recognition")
        until(lambda: not indexing.depth(archive), "the index")


def test_a_document_in_reading_when_the_server_ends_counts_as_not_tried(
    archive: Archive, waiting: None
) -> None:
    with Readers(1) as readers:
        readers.end()  # as it is while the document is in hand
        read_leftovers(archive, readers, _AfterOne())
    with archive.catalogue.reading() as connection:
        work = connection.execute(sa.select(tables.work.c.state, tables.work.c.attempts)).one()
    assert tuple(work) == ("waiting", 0)
    assert _verdicts(archive) == ["waiting"]


def test_what_another_process_reads_is_left_to_it(archive: Archive, waiting: None) -> None:
    with present(archive, READING), Readers(1) as readers:
        read_leftovers(archive, readers, Event())
    assert _verdicts(archive) == ["waiting"]
