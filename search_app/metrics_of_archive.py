"""The archive's own figures for Prometheus, made when they are read."""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import version

from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.registry import Collector

from archive import clock
from archive.errors import PaperwatchError
from archive.standing import Standing
from search_app.services import Services


class OfArchive(Collector):
    """Collects how the archive stands; one that cannot be asked says that it is down."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def describe(self) -> Iterable[Gauge]:
        """Name nothing beforehand: the names of sources and tasks come with the figures."""
        return ()

    def collect(self) -> Iterator[Gauge]:
        """Walk the figures."""
        began = time.perf_counter()
        yield _of(
            "paperwatch_info", "Release of the program.", {version("paperwatch"): 1}, "version"
        )
        try:
            standing, held = self._services.standing(), self._services.holdings()
        except PaperwatchError:
            yield _one("paperwatch_catalogue_up", "Whether the catalogue answers.", 0)
            return
        yield _one("paperwatch_catalogue_up", "Whether the catalogue answers.", 1)
        kinds = {"award": held.awards, "notice": held.notices, "document": held.documents}
        yield _of("paperwatch_holdings", "What readers can find, by kind.", kinds, "kind")
        yield from _of_work(standing)
        yield from _of_index(standing)
        yield from _of_sources(standing)
        yield _one(
            "paperwatch_free_bytes", "Room left on the disk of the folder.", standing.free_bytes
        )
        yield _one(
            "paperwatch_standing_seconds",
            "Seconds that these figures took; they are kept for twenty times as long.",
            time.perf_counter() - began,
        )


def _of_work(standing: Standing) -> Iterator[Gauge]:
    work = Gauge("paperwatch_work", "Work that is not done.", labels=("queue", "state"))
    oldest = Gauge(
        "paperwatch_work_oldest_seconds", "Age of the work that waits longest.", labels=("queue",)
    )
    for one in standing.queues:
        for state, count in (
            ("waiting", one.waiting),
            ("taken", one.taken),
            ("lost", one.lost),
            ("set_aside", one.set_aside),
        ):
            work.add_metric((one.queue, state), count)
        oldest.add_metric((one.queue,), _age_s(one.oldest_at))
    yield work
    yield oldest


def _of_index(standing: Standing) -> Iterator[Gauge]:
    index = standing.index
    entries = {one.state: one.entries for one in standing.outboxes}
    ages = {one.state: _age_s(one.since) for one in standing.outboxes}
    yield _of("paperwatch_outbox_entries", "Changes an index has yet to hear.", entries, "index")
    yield _of("paperwatch_outbox_oldest_seconds", "Age of the oldest of them.", ages, "index")
    yield _one("paperwatch_index_up", "Whether the index answers.", index.held is not None)
    yield _one("paperwatch_index_expected", "Entries that the catalogue lists.", index.expected)
    if index.held is not None and index.missing is not None:
        yield _one("paperwatch_index_held", "Entries that the index holds.", index.held)
        yield _one(
            "paperwatch_index_missing", "Entries that are neither held nor waiting.", index.missing
        )


def _of_sources(standing: Standing) -> Iterator[Gauge]:
    succeeded = {
        source: datetime.fromisoformat(at).timestamp()
        for source, at in standing.last_success.items()
        if at
    }
    yield _of(
        "paperwatch_source_last_success_timestamp_seconds",
        "When a run of the source last ended well; one that never did is left out.",
        succeeded,
        "source",
    )
    wrong = Gauge(
        "paperwatch_source_troubles", "What is wrong with a source.", labels=("source", "kind")
    )
    for source in standing.last_success:
        for kind in ("failed", "late"):
            found = [one for one in standing.troubles if (one.source, one.kind) == (source, kind)]
            wrong.add_metric((source, kind), len(found))
    yield wrong


def _one(name: str, meaning: str, value: float) -> Gauge:
    return Gauge(name, meaning, value=float(value))


def _of(name: str, meaning: str, values: dict[str, int] | dict[str, float], label: str) -> Gauge:
    made = Gauge(name, meaning, labels=(label,))
    for one, value in values.items():
        made.add_metric((one,), value)
    return made


def _age_s(since: str) -> float:
    if not since:
        return 0.0
    passed = datetime.fromisoformat(clock.now()) - datetime.fromisoformat(since)
    return max(passed.total_seconds(), 0.0)
