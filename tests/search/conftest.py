"""Engines under test: every statement of the contract is held against each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.search import open_embedded
from archive.search.engine import Engine

from .reference import ReferenceEngine

ENGINES = ["embedded", "reference"]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty engine that can be written."""
    if request.param == "reference":
        yield ReferenceEngine()
        return
    with open_embedded(tmp_path / "index", writable=True, create=True) as embedded:
        yield embedded
