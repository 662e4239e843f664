"""Three nodes of which one is killed: readers and writers do not notice, or are told."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from archive.errors import IndexUnavailable
from archive.search.elastic import ElasticEngine, asking
from archive.search.engine import Question
from archive.search.tree import Word
from tests.conftest import IS_REQUIRED, RELEASE
from tests.services import nodes
from tests.services.java import Missing

from .conftest import elastic
from .shelf import entry

pytestmark = [pytest.mark.elastic, pytest.mark.slow]
DRONE = Question(tree=Word(word="drone"), facets=("kind",))


@pytest.fixture(scope="module")
def cluster() -> Iterator[nodes.Cluster]:
    """Three nodes of our own; a service that a setting names is never killed."""
    try:
        started = nodes.start(RELEASE, nodes=3)
    except Missing as missing:
        (pytest.fail if IS_REQUIRED else pytest.skip)(f"elastic test: {missing}")
    yield started
    started.stop()


@pytest.fixture
def engine(cluster: nodes.Cluster) -> Iterator[ElasticEngine]:
    with elastic(cluster.url, shards=3) as engine:
        engine.write([entry(n, "drone") for n in range(1, 301)])
        engine.settle()
        wait_for_all(engine)
        yield engine
        wait_for_all(engine)


def wait_for_all(engine: ElasticEngine) -> None:
    """Wait until every node is there and every shard has its copy."""
    client = engine._client.options(request_timeout=130)
    health = client.cluster.health(wait_for_nodes="3", wait_for_status="green", timeout="120s")
    assert not health["timed_out"]


class Reader(threading.Thread):
    """Somebody who searches all the time."""

    def __init__(self, engine: ElasticEngine) -> None:
        super().__init__()
        self._engine = ElasticEngine(engine._indexes)
        self._stop_asking = threading.Event()
        self.totals: list[int] = []
        self.troubles: list[Exception] = []

    def run(self) -> None:
        while not self._stop_asking.is_set():
            try:
                self.totals.append(self._engine.search(DRONE).total)
            except Exception as error:
                self.troubles.append(error)

    def await_some(self) -> None:
        """Wait until some more searches were answered, or one was not."""
        wanted, until = len(self.totals) + 5, time.monotonic() + 60
        while len(self.totals) < wanted and not self.troubles and time.monotonic() < until:
            time.sleep(0.05)

    def end(self) -> None:
        self._stop_asking.set()
        self.join()


def test_a_killed_node_is_noticed_by_no_reader_and_loses_no_write(
    cluster: nodes.Cluster, engine: ElasticEngine
) -> None:
    reader = Reader(engine)
    reader.start()
    reader.await_some()
    for batch in range(12):
        if batch == 4:
            cluster.kill(1)
        start = 1_000 + 50 * batch
        engine.write([entry(n, "drone") for n in range(start, start + 50)])
    reader.await_some()
    reader.end()
    cluster.revive(1)
    engine.settle()

    assert reader.troubles == []
    assert len(reader.totals) >= 10
    assert min(reader.totals) >= 300
    assert engine.search(DRONE).total == 900


def test_what_lay_on_a_killed_node_alone_is_said_to_be_missing_until_it_is_back(
    cluster: nodes.Cluster, engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = {"index.auto_expand_replicas": "false", "index.number_of_replicas": 0}
    index = engine._indexes.of("entries")
    engine._client.indices.put_settings(index=index, settings=alone)
    wait_for_all(engine)
    shards: Any = engine._client.cat.shards(index=index, format="json")
    place = next(n for n, node in enumerate(cluster.nodes) if node.name == shards[0]["node"])
    cluster.kill(place)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(asking, "PAUSES_S", (0.1,))
            with pytest.raises(IndexUnavailable, match="only in part"):
                engine.search(DRONE)
    finally:
        cluster.revive(place)
    wait_for_all(engine)

    assert engine.search(DRONE).total == 300
