import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import catalogues
from tests.workers.cluster import Cluster


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a database of the test's own in PostgreSQL."""
    url = catalogues.database(f"pw_cluster_{uuid.uuid4().hex[:12]}")
    try:
        yield url
    finally:
        catalogues.drop(url)


@pytest.fixture
def cluster(tmp_path: Path, redis_url: str, database: str) -> Iterator[Cluster]:
    """An archive on PostgreSQL with the test run's Redis; nothing is started yet."""
    logs = tmp_path / "logs"
    logs.mkdir()
    home, more = tmp_path / "home", {"PAPERWATCH_CATALOGUE_URL": database}
    cluster = Cluster(home=home, logs=logs, redis_url=redis_url, more=more)
    try:
        yield cluster
    finally:
        cluster.end()
