"""Ask the same questions of both engines, and send an engine's own requests again without us."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from elastic_transport import Transport
from elasticsearch import Elasticsearch

from archive.opening import open_archive
from archive.reading_client import Readers
from archive.search.elastic.connecting import connect
from archive.settings import load
from bench.composed import World
from bench.engines_writing import far_settings
from bench.questions import questions
from bench.search import ask_all, serving
from search_app.app import create_app

Sent = tuple[tuple[Any, ...], dict[str, Any]]
Page = list[Sent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long each page, or what stands behind it, took."""

    ms: Sequence[float]


@contextmanager
def _environment(url: str) -> Iterator[None]:
    """Let children find their index there; '' for Tantivy."""
    with patch.dict(os.environ, {"PAPERWATCH_SEARCH_URL": url, "PAPERWATCH_MIXED": "yes"}):
        yield


def pages(home: Path, url: str, world: World, seeds: Iterable[int], *, warm: int) -> Times:
    """Ask for whole pages by HTTP, after a round that is not counted."""
    if url:
        _forget(connect(url))
    with _environment(url), serving(home) as served:
        ask_all(served.port, questions(world, warm), 1)
        timed = [
            one for seed in seeds for one in ask_all(served.port, questions(world, seed), 1)[0]
        ]
    return Times(ms=[one.ms for one in timed])


def recorded(home: Path, url: str, world: World, seeds: Iterable[int]) -> list[Page]:
    """Give the requests that each page sends to Elasticsearch."""
    kept: list[Page] = []
    perform = Transport.perform_request

    def remember(self: Transport, *words: Any, **named: Any) -> Any:
        kept[-1].append((words, named))
        return perform(self, *words, **named)

    given = far_settings(home, url)
    with open_archive(load(given)) as archive, Readers(1) as readers:
        client = create_app(archive, readers).test_client()
        with patch.object(Transport, "perform_request", remember):
            for seed in seeds:
                for one in questions(world, seed):
                    kept.append([])
                    answer = client.get(f"/?{urlencode(one.pairs)}")
                    if answer.status_code != 200:
                        raise SystemExit(f"{one.pairs}: status {answer.status_code}")
    return kept


def bare_requests(
    url: str, kept: Sequence[Sequence[Sent]], warm: Sequence[Sequence[Sent]]
) -> Times:
    """Send requests again by the bare client, one page's after the other."""
    client = connect(url)
    _forget(client)
    for one in warm:
        _send(client, one)
    return Times(ms=[_send(client, one) for one in kept])


def _send(client: Elasticsearch, requests: Sequence[Sent]) -> float:
    began_s = time.perf_counter()
    for words, named in requests:
        client.transport.perform_request(*words, **named)
    return (time.perf_counter() - began_s) * 1000


def _forget(client: Elasticsearch) -> None:
    """Empty the memories of answers, so that no round helps the next."""
    client.indices.clear_cache(index="*")
