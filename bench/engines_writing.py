"""Write the same index twice: from the catalogue, and by the client's helper alone."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import sqlalchemy as sa
from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from archive.announce import announce_all
from archive.catalogue import tables
from archive.index import draining, generations
from archive.index.entries import build
from archive.opening import Archive, open_archive
from archive.search.elastic.connecting import connect
from archive.search.elastic.documents import changes
from archive.search.elastic.fields import Json
from archive.search.elastic.indexes import open_indexes
from archive.settings import load

_UNDER_WAY, _AT_ONCE = 2, 500
_SAMPLE = "paperwatch-bench-alone"
_ENTRIES_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many changes (entries and pages) were written in how many seconds."""

    changes: int
    seconds: float
    processor_s: float

    @property
    def rate(self) -> float:
        """Changes a second."""
        return self.changes / self.seconds

    def row(self, name: str) -> str:
        """Give it as a row of a table."""
        return (
            f"{name:18} {self.changes:8,} {self.seconds:9.1f} {self.rate:10,.0f}"
            f" {self.processor_s:12.1f}"
        )


def far_settings(home: Path, url: str) -> dict[str, str]:
    """Give the settings of an archive whose index alone is elsewhere; '' for none."""
    return {
        "PAPERWATCH_HOME": str(home),
        "PAPERWATCH_SEARCH_URL": url,
        "PAPERWATCH_MIXED": "yes",
    }


@contextmanager
def opened(home: Path, url: str) -> Iterator[Archive]:
    """Open an archive with its index on Elasticsearch."""
    with open_archive(load(far_settings(home, url))) as one:
        yield one


def copied(home: Path, url: str) -> Written:
    """Write a new generation from the catalogue, as a rebuild does, and let it answer."""
    with opened(home, url) as archive:
        generations.forget_old(archive)
        with archive.catalogue.writing() as connection:
            new = generations.make(connection, generations.place(archive))
            announce_all(connection, new.id)
        with generations.open_for_writing(archive, new.name) as engine:
            began_s, before_s = time.perf_counter(), time.process_time()
            entries = draining.drain_portions(archive, new, engine, lambda _done: None)
            engine.settle()
            took_s, used_s = time.perf_counter() - began_s, time.process_time() - before_s
        with archive.catalogue.writing() as connection:
            generations.make_live(connection, new)
            wanted = sa.select(sa.func.count()).select_from(tables.page)
            pages = connection.execute(wanted).scalar_one()
    return Written(changes=entries + pages, seconds=took_s, processor_s=used_s)


def helper_alone(home: Path, url: str) -> Written:
    """Write the same changes, which are ready in memory, by `parallel_bulk` with two threads."""
    with opened(home, url) as archive:
        entries, pages = _ready(archive)
    client = connect(url).options(request_timeout=60)
    indexes = open_indexes(url, _SAMPLE)
    indexes.remove()
    indexes.make(shards=1)
    began_s, before_s = time.perf_counter(), time.process_time()
    _send(client, indexes.of("pages"), pages)
    _send(client, indexes.of("entries"), entries)
    indexes.refresh()
    took_s, used_s = time.perf_counter() - began_s, time.process_time() - before_s
    indexes.remove()
    return Written(changes=len(entries) + len(pages), seconds=took_s, processor_s=used_s)


def _ready(archive: Archive) -> tuple[list[Json], list[Json]]:
    entries: list[Json] = []
    pages: list[Json] = []
    with archive.catalogue.reading() as connection:
        numbers = list(connection.execute(sa.select(tables.entry.c.number)).scalars())
        for start in range(0, len(numbers), _ENTRIES_AT_ONCE):
            part, _ = build(archive, connection, numbers[start : start + _ENTRIES_AT_ONCE])
            for one in part:
                entry, own = changes(one)
                entries.append(_unpacked(entry))
                pages.extend(map(_unpacked, own))
    return entries, pages


def _unpacked(change: Json) -> Json:
    """Give a change as whoever uses the helper has it: what is to be kept is no JSON yet."""
    return change | {"_source": orjson.loads(change["_source"])}


def _send(client: Elasticsearch, index: str, sent: Sequence[Json]) -> None:
    answers = parallel_bulk(
        client, sent, index=index, thread_count=_UNDER_WAY, chunk_size=_AT_ONCE, queue_size=1
    )
    for is_written, told in answers:
        if not is_written:
            raise SystemExit(f"not written: {told}")
