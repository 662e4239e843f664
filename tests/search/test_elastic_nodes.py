"""Three nodes of which one is killed: readers and writers do not notice, or are told."""

import threading
from collections.abc import Iterator

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


def test_a_killed_node_is_noticed_by_no_reader_and_loses_no_write(
    cluster: nodes.Cluster, engine: ElasticEngine
):
    totals: list[int] = []
    troubles: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        reader = ElasticEngine(engine._indexes)
        while not stop.is_set():
            try:
                totals.append(reader.search(DRONE).total)
            except Exception as error:
                troubles.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for batch in range(12):
        if batch == 4:
            cluster.kill(1)
        start = 1_000 + 50 * batch
        engine.write([entry(n, "drone") for n in range(start, start + 50)])
    stop.set()
    reader.join()
    cluster.revive(1)
    engine.settle()

    assert troubles == []
    assert min(totals) >= 300
    assert len(totals) > 20
    assert engine.search(DRONE).total == 900


def test_what_lay_on_a_killed_node_alone_is_said_to_be_missing_until_it_is_back(
    cluster: nodes.Cluster, engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
):
    alone = {"index.auto_expand_replicas": "false", "index.number_of_replicas": 0}
    for kind in ("entries", "pages"):
        engine._client.indices.put_settings(index=engine._indexes.of(kind), settings=alone)
    cluster.kill(2)
    with monkeypatch.context() as patched:
        patched.setattr(asking, "PAUSES_S", (0.1,))
        with pytest.raises(IndexUnavailable, match="only in part"):
            engine.search(DRONE)
    cluster.revive(2)
    wait_for_all(engine)

    assert engine.search(DRONE).total == 300
