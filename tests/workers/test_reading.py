"""Documents on a cluster: added on two machines, read by workers, waited for."""

import json
import signal
from pathlib import Path

import pytest

from archive import indexing
from archive.opening import open_archive
from archive.status import counts
from tests.drawn import hostile, sheets
from tests.workers.cluster import Cluster, is_settled, is_taken

pytestmark = [pytest.mark.redis, pytest.mark.postgres, pytest.mark.slow]


def folder_of(tmp_path: Path, count: int = 5) -> Path:
    folder = tmp_path / "released"
    folder.mkdir()
    for number in range(1, count + 1):
        (folder / f"letter-{number}.pdf").write_bytes(sheets.many_pages(number))
    return folder


def test_add_waits_for_the_workers_and_tells_what_became_of_its_files(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path)
    (folder / "locked.pdf").write_bytes(hostile.password())
    cluster.start("beat")
    cluster.start("worker")
    code, out, err = cluster.run("add", "--json", str(folder))
    said = json.loads(out)
    assert (code, said["new"], said["read"], said["pages"]) == (16, 6, 5, 15), err
    assert said["refused"][0][0] == "locked.pdf"
    with open_archive(cluster.settings) as archive:
        assert indexing.depth(archive) == 0
    cluster.check_whole()


def test_the_same_files_added_on_two_machines_at_once_are_read_once(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path)
    other = cluster.elsewhere()
    with open_archive(cluster.settings):
        pass
    cluster.start("beat")
    workers = [
        cluster.start("worker", "--queues", "read,index"),
        other.start("worker", "--queues", "read"),
    ]
    adding = [cluster.start("add", str(folder)), other.start("add", str(folder))]
    assert [one.wait(timeout=90) for one in adding] == [0, 0]
    cluster.until(lambda archive: is_settled(archive) and not indexing.depth(archive))
    with open_archive(cluster.settings) as archive:
        held = counts(archive)
        assert (held["documents"], held["captures"], held["pages"]) == (5, 5, 15)
    assert cluster.said().count("document taken up") == 5
    assert all(one.poll() is None for one in workers)
    cluster.check_whole()


def test_a_worker_told_to_end_gives_its_document_back_as_if_untried(
    cluster: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "long.pdf").write_bytes(sheets.many_pages(4000))
    cluster.start("beat")
    worker = cluster.start("worker", "--queues", "read")
    cluster.start("add", "--no-read", str(tmp_path / "long.pdf"))
    cluster.until(is_taken)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    with open_archive(cluster.settings) as archive:
        assert not is_taken(archive)
    cluster.start("worker")
    cluster.until(lambda archive: is_settled(archive) and not indexing.depth(archive))
    with open_archive(cluster.settings) as archive:
        assert (counts(archive)["pages"], counts(archive)["set_aside"]) == (4000, 0)
    cluster.check_whole()


def test_add_says_when_no_worker_runs_and_leaves_its_documents_to_them(
    cluster: Cluster, tmp_path: Path
) -> None:
    adding = cluster.start("add", str(folder_of(tmp_path, 1)))
    cluster.until(lambda _: "No worker has taken any of these documents yet" in cluster.said())
    adding.send_signal(signal.SIGINT)
    assert adding.wait(timeout=30) == 130
    cluster.start("beat")
    cluster.start("worker")
    cluster.until(is_settled)
