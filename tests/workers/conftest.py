from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.cluster import Cluster


@pytest.fixture
def cluster(tmp_path: Path, redis_url: str) -> Iterator[Cluster]:
    """An archive with workers of its own on the test run's Redis; nothing is started yet."""
    logs = tmp_path / "logs"
    logs.mkdir()
    cluster = Cluster(home=tmp_path / "home", logs=logs, redis_url=redis_url)
    try:
        yield cluster
    finally:
        cluster.end()
