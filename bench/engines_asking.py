"""Ask the same questions of both engines, and send an engine's own requests again without us."""

import http.client
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
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
from bench.questions import Asked, questions
from bench.search import ask, serving
from search_app.app import create_app

NEAR, FAR = "page from Tantivy", "page from Elasticsearch"
BARE, BESIDE = "its requests by the bare client", "the same, beside where the page does"
_AT_ONCE = 4  # requests of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as it went to the client's transport; `is_beside`: not by the page's own thread."""

    words: tuple[Any, ...]
    named: dict[str, Any]
    is_beside: bool


Page = Sequence[Sent]


def recorded(home: Path, url: str, asked: Iterable[Asked]) -> list[Page]:
    """Give the requests that each page sends to Elasticsearch.

    One program answers all, as it does when pages are timed: what it learned once (the titles of
    codes) it does not ask for again.
    """
    kept: list[list[Sent]] = []
    perform, own = Transport.perform_request, threading.current_thread()

    def remember(self: Transport, *words: Any, **named: Any) -> Any:
        is_beside = threading.current_thread() is not own
        kept[-1].append(Sent(words=words, named=named, is_beside=is_beside))
        return perform(self, *words, **named)

    given = far_settings(home, url)
    with open_archive(load(given)) as archive, Readers(1) as readers:
        client = create_app(archive, readers).test_client()
        with patch.object(Transport, "perform_request", remember):
            for one in asked:
                kept.append([])
                answer = client.get(f"/?{urlencode(one.pairs)}")
                if answer.status_code != 200:
                    raise SystemExit(f"{one.pairs}: status {answer.status_code}")
    return list(kept)


def in_turn(
    near: Path, far: Path, url: str, world: World, seeds: Sequence[int], *, warm: int
) -> Mapping[str, list[float]]:
    """Give the milliseconds of each page from both engines, and of the bare requests behind it.

    Each question is asked in all four ways before the next, in changing order: other load on the
    machine then falls on all of them alike. Nothing that is timed is asked twice of one memory.
    """
    asked = [one for seed in seeds for one in questions(world, seed)]
    before = questions(world, warm)
    kept = recorded(far, url, [*before, *asked])
    client = connect(url)
    took: dict[str, list[float]] = {name: [] for name in (NEAR, FAR, BARE, BESIDE)}
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(_AT_ONCE))
        near_page, far_page = _served(stack, near, ""), _served(stack, far, url)
        for one, requests in zip(before, kept, strict=False):
            near_page(one)
            far_page(one)
            _send(client, requests)
        for place, (one, requests) in enumerate(zip(asked, kept[len(before) :], strict=True)):
            ways: list[tuple[str, Callable[[], object]]] = [
                (NEAR, partial(near_page, one)),
                (FAR, partial(far_page, one)),
                (BARE, partial(_send, client, requests)),
                (BESIDE, partial(_send_beside, client, pool, requests)),
            ]
            first = place % len(ways)
            for name, way in ways[first:] + ways[:first]:
                took[name].append(_ms(client, way))
    return took


def _served(stack: ExitStack, home: Path, url: str) -> Callable[[Asked], object]:
    """Serve an archive with its index there ('': Tantivy); gives what asks it for a page."""
    environment = {"PAPERWATCH_SEARCH_URL": url, "PAPERWATCH_MIXED": "yes"}
    with patch.dict(os.environ, environment):
        port = stack.enter_context(serving(home)).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    stack.callback(connection.close)
    return partial(ask, connection)


def _ms(client: Elasticsearch, way: Callable[[], object]) -> float:
    _forget(client)
    began_s = time.perf_counter()
    way()
    return (time.perf_counter() - began_s) * 1000


def _send(client: Elasticsearch, requests: Page) -> None:
    """Send requests one after the other."""
    for one in requests:
        client.transport.perform_request(*one.words, **one.named)


def _send_beside(client: Elasticsearch, pool: ThreadPoolExecutor, requests: Page) -> None:
    """Send requests one after the other, but beside the others those that the page sent so."""
    under_way = [pool.submit(_send, client, [one]) for one in requests if one.is_beside]
    _send(client, [one for one in requests if not one.is_beside])
    for one in under_way:
        one.result()


def _forget(client: Elasticsearch) -> None:
    """Empty the memory of answers, so that no way to ask helps the next."""
    client.indices.clear_cache(index="*", request=True)
