"""What may happen to a cluster; each ends with a whole archive, nothing lost, nothing twice."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import indexing
from archive.catalogue import tables
from archive.opening import Archive, open_archive
from archive.status import counts, set_aside
from tests.drawn import sheets
from tests.services import redis
from tests.workers.cluster import Cluster, is_settled, is_taken, kill, kill_all, places

pytestmark = [pytest.mark.redis, pytest.mark.postgres, pytest.mark.slow]

LONG = 4000  # pages, some seconds of reading


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A document that takes a while, and some that do not."""
    folder = tmp_path / "released"
    folder.mkdir()
    (folder / "long.pdf").write_bytes(sheets.many_pages(LONG))
    for number in range(1, 6):
        (folder / f"short-{number}.pdf").write_bytes(sheets.many_pages(number))
    return folder


@pytest.fixture
def own_redis() -> Iterator[redis.Server]:
    """A Redis that a test may stop."""
    server = redis.started()
    try:
        yield server
    finally:
        server.stop()


def check_read(cluster: Cluster) -> None:
    """See that all six documents are read once, indexed, and whole."""
    cluster.until(lambda archive: is_settled(archive) and not indexing.depth(archive))
    with open_archive(cluster.settings) as archive:
        held = counts(archive)
        assert (held["documents"], held["pages"]) == (6, LONG + 15)
        assert (held["set_aside"], held["documents_waiting"]) == (0, 0)
        assert readings(archive) == 6
    cluster.check_whole()


def readings(archive: Archive) -> int:
    wanted = sa.select(sa.func.count()).where(tables.document.c.verdict == "read")
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted).scalar_one()


def test_a_worker_killed_within_a_document_loses_it_to_another_worker(
    cluster: Cluster, folder: Path
) -> None:
    cluster.start("beat")
    first = cluster.start("worker", "--queues", "read", "--processes", "1")
    adding = cluster.start("add", "--no-read", str(folder))
    cluster.until(is_taken)
    kill_all(first)
    assert adding.wait(timeout=90) == 0
    cluster.start("worker", "--queues", "read,index", "--processes", "2")
    check_read(cluster)


def test_after_the_third_death_a_document_is_set_aside_and_can_be_retried(
    cluster: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "long.pdf").write_bytes(sheets.many_pages(LONG))
    cluster.start("beat")
    worker = cluster.start("worker", "--processes", "1")
    cluster.start("add", "--no-read", str(tmp_path / "long.pdf"))
    for attempt in (1, 2, 3):
        cluster.until(is_attempt(attempt))
        kill(places(worker, "read"))
    cluster.until(is_settled)
    with open_archive(cluster.settings) as archive:
        ((task, subject, reason),) = set_aside(archive)
        assert (task, reason) == ("read_document", "its worker died 3 times")
    code, out, _ = cluster.run("status")
    assert code == 0
    assert "set aside: read_document: long.pdf: its worker died 3 times" in out
    cluster.check_whole()

    code, out, err = cluster.run("retry", subject[:8])
    assert (code, out) == (0, "1 piece of work put down again; the workers will take it up.\n"), err
    cluster.until(lambda archive: is_settled(archive) and not indexing.depth(archive))
    with open_archive(cluster.settings) as archive:
        assert (set_aside(archive), counts(archive)["pages"]) == ([], LONG)
    cluster.check_whole()


def is_attempt(number: int) -> Callable[[Archive], bool]:
    """Whether the only piece of work is in a worker's hands for the time of that number."""
    return lambda archive: attempts(archive) == ("taken", number)


def attempts(archive: Archive) -> tuple[str, int]:
    """Give how the only piece of work is, and how often it was begun."""
    wanted = sa.select(tables.work.c.state, tables.work.c.attempts)
    with archive.catalogue.reading() as connection:
        row = connection.execute(wanted.where(tables.work.c.task == "read_document")).first()
    return (row.state, row.attempts) if row else ("", 0)


def test_redis_stopped_within_a_document_and_started_empty_loses_nothing(
    cluster: Cluster, folder: Path, own_redis: redis.Server
) -> None:
    cluster.redis_url = own_redis.url
    cluster.start("beat")
    cluster.start("worker", "--processes", "1")
    adding = cluster.start("add", "--no-read", str(folder))
    cluster.until(is_taken)
    own_redis.stop()
    assert adding.wait(timeout=90) == 0
    code, _, err = cluster.run("add", "--no-read", str(folder))
    assert code == 0
    assert "Redis does not answer" in err
    assert "Traceback" not in err
    own_redis.start()
    check_read(cluster)
    assert "Traceback" not in cluster.said()
