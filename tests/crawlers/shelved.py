"""Brings files of a shelf into an archive as a spider does, without Scrapy between."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from archive import clock, runs
from archive.catalogue import tables
from archive.model import Answer
from archive.opening import Archive
from crawlers.asking import Forbidden, NoMore, Reply
from crawlers.fetching import CutOff, Part, fetch
from crawlers.papers.bringing import bring
from crawlers.papers.paper import Paper, Wanted
from crawlers.writing import Batch, Writer, Written
from tests.crawlers.test_walking import finished

SOURCE = "some_room"


@dataclass(slots=True, kw_only=True)
class Bringing:
    """A spider that asks for files alone; robots rules forbid what begins with `forbidden`."""

    writer: Writer
    folder: Path
    most_bytes: int = 10_000
    forbidden: str = "-"
    later_s: int = 0  # so much later than now
    source: str = SOURCE
    turned_away: int = 0
    cut_off: int = 0
    endless: str = "\0"

    @staticmethod
    def tell_bytes(_here: int, _share: float | None) -> None:
        return None

    async def fetch(self, part: Part, conditions: Mapping[str, str] = {}) -> Reply:
        if part.address.startswith(self.forbidden):
            raise Forbidden("robots.txt does not let us ask")
        if self.endless in part.address:
            raise NoMore("gives no more of it")
        response = None
        while response is None:
            try:
                response = await asyncio.to_thread(fetch, part, dict(conditions), 5)
            except CutOff:
                continue
        kept = ("ETag", "Last-Modified", "Location")
        answer = Answer(
            source=SOURCE,
            method="GET",
            address=part.address,
            body=response.body,
            fetched_at=clock.now(later_s=self.later_s),
            status=response.status,
            headers={n: said.decode() for n in kept if (said := response.headers.get(n))},
        )
        is_file = response.status == 200
        return Reply(answer=answer, problem="" if is_file else f"status {response.status}")


def brought(archive: Archive, *wanted: Wanted, gone: tuple[str, ...] = (), **how: Any) -> Written:
    """Bring files as one crawl does; gives what was written."""
    run = runs.begin(archive, SOURCE, {"asked": os.urandom(4).hex()})
    written = Written()
    writer = Writer(archive, run.id, written, source=SOURCE)
    spider = Bringing(writer=writer, folder=archive.settings.home / "fetching", **how)

    async def all_of_them() -> None:
        papers: list[Paper] = [await bring(spider, one) for one in wanted]
        await writer.write(Batch(captured=(), cursor={}, papers=tuple(papers), gone=gone))

    finished(all_of_them())
    writer.close()
    runs.finish(archive, run.id, written.as_dict())
    return written


def some(written: Written) -> dict[str, int]:
    """Give the counts that are not 0."""
    return {name: number for name, number in written.papers.items() if number}


def all_rows(archive: Archive, table: sa.Table) -> list[sa.Row[Any]]:
    """Give all rows of a table in the order in which they came."""
    with archive.catalogue.reading() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c.id)))


def releases(archive: Archive) -> list[sa.Row[Any]]:
    """Give all releases."""
    return all_rows(archive, tables.release)
