"""Scanned documents on a cluster: read by one queue, recognised by another, killed within."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import indexing
from archive.catalogue.tables import page, work
from archive.documents import RECOGNISE
from archive.opening import Archive, open_archive
from archive.search import language
from archive.search.engine import Question
from archive.status import counts
from tests.drawn import pictures, sheets
from tests.workers.cluster import Cluster, is_settled, kill_all, places

pytestmark = [pytest.mark.redis, pytest.mark.postgres, pytest.mark.ocr, pytest.mark.slow]

PAGES = 30


def recognised(archive: Archive) -> int:
    wanted = sa.select(sa.func.count()).where(page.c.text_from == "recognised")
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted).scalar_one()


def row_of(archive: Archive) -> tuple[str, int]:
    with archive.catalogue.reading() as connection:
        row = connection.execute(sa.select(work).where(work.c.task == RECOGNISE)).one()
    return row.state, row.attempts


def is_heard(archive: Archive) -> bool:
    return not indexing.depth(archive)


def test_scans_are_left_to_their_own_queue_and_searches_find_their_words(
    cluster: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pictures.bundle(3))
    cluster.start("beat")
    cluster.start("worker", "--queues", "read,index")
    code, _, err = cluster.run("add", str(tmp_path / "scan.pdf"))
    assert code == 0, err
    assert "3 scanned pages wait for workers of the queue ocr" in err
    with open_archive(cluster.settings) as archive:
        assert (recognised(archive), row_of(archive)) == (0, ("waiting", 0))
    cluster.start("worker", "--queues", "ocr")
    cluster.until(lambda archive: recognised(archive) == 3 and is_heard(archive))
    with open_archive(cluster.settings) as archive, indexing.LiveEngine(archive).get() as engine:
        asked = Question(tree=language.read('"sheet 2 of the papers"').tree)
        assert engine.search(asked).total == 1
    cluster.check_whole()


def test_a_worker_killed_within_a_scan_loses_no_page_that_was_stored(
    cluster: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pictures.bundle(PAGES))
    cluster.start("beat")
    cluster.start("worker", "--queues", "read,index")
    worker = cluster.start("worker", "--queues", "ocr", "--processes", "1")
    cluster.start("add", str(tmp_path / "scan.pdf"))
    cluster.until(lambda archive: recognised(archive) > 0)
    with open_archive(cluster.settings) as archive:
        assert recognised(archive) == 20
        assert row_of(archive) == ("taken", 1)
    assert len(places(worker, "ocr")) == 1
    kill_all(worker)
    cluster.start("worker", "--queues", "ocr")
    cluster.until(lambda archive: row_of(archive)[0] == "done" and is_heard(archive))
    with open_archive(cluster.settings) as archive:
        assert row_of(archive) == ("done", 2)
        assert counts(archive)["pages_recognised"] == PAGES
    assert "done=20 of=30" in cluster.said()
    assert "done=10 of=10" in cluster.said()
    cluster.check_whole()


def test_a_long_scan_keeps_no_fresh_document_waiting(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pictures.bundle(PAGES))
    (tmp_path / "letter.pdf").write_bytes(sheets.letter())
    cluster.start("beat")
    cluster.start("worker", "--processes", "1")
    cluster.start("add", str(tmp_path / "scan.pdf"))
    cluster.until(lambda archive: is_settled(archive) and row_of(archive)[0] == "taken")
    code, _, err = cluster.run("add", str(tmp_path / "letter.pdf"))
    assert code == 0, err
    with open_archive(cluster.settings) as archive:
        assert counts(archive)["pages"] == PAGES + 1
        assert row_of(archive)[0] == "taken"


def test_a_worker_that_cannot_recognise_says_so_and_does_the_rest(
    cluster: Cluster, tmp_path: Path
) -> None:
    cluster.more["PAPERWATCH_TESSDATA"] = str(tmp_path)
    code, _, err = cluster.run("worker", "--queues", "ocr")
    assert code == 5
    assert f"eng.traineddata is not in {tmp_path}" in err
    cluster.start("worker")
    cluster.until(lambda _: "Works on: read, index, crawl" in cluster.said())
    assert "eng.traineddata is not in" in cluster.said()
