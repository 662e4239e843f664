"""Engines under test: every statement of the contract is held against each of them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from archive.search import open_embedded
from archive.search.engine import Engine

from .reference import ReferenceEngine

if TYPE_CHECKING:
    from archive.search.elastic import ElasticEngine

SHARDS = {"elastic": 1, "elastic of three shards": 3}
ELASTIC = [pytest.param(name, marks=pytest.mark.elastic) for name in SHARDS]


@contextmanager
def elastic(url: str, *, shards: int = 1) -> Iterator["ElasticEngine"]:
    """Open an empty index on Elasticsearch, and remove it afterwards."""
    from archive.search.elastic import ElasticEngine, open_indexes

    indexes = open_indexes(url, f"test-{uuid4().hex}")
    indexes.make(shards=shards)
    try:
        yield ElasticEngine(indexes)
    finally:
        indexes.remove()


@pytest.fixture(scope="session")
def kept_open() -> Iterator[tuple[ExitStack, dict[str, Engine]]]:
    """Indexes on Elasticsearch by the name of their engine: to make one takes half a second."""
    with ExitStack() as stack:
        yield stack, {}


@contextmanager
def opened(name: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    """Open an empty engine that can be written, by its name."""
    if name == "reference":
        yield ReferenceEngine()
    elif name == "embedded":
        with open_embedded(folder / "index", writable=True, create=True) as embedded:
            yield embedded
    else:
        stack, engines = request.getfixturevalue("kept_open")
        if name not in engines:
            url = request.getfixturevalue("elasticsearch_url")
            engines[name] = stack.enter_context(elastic(url, shards=SHARDS[name]))
        engines[name].write((), [key for key, _ in engines[name].versions()])
        yield engines[name]


@pytest.fixture(params=["reference", "embedded", *ELASTIC])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty engine that can be written."""
    with opened(request.param, request, tmp_path) as engine:
        yield engine
