"""A whole cluster: PostgreSQL, a bucket, Elasticsearch and Redis, with workers, beat and pages."""

import json
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.index import generations
from archive.opening import open_archive
from tests.archive.composed import remove_indexes
from tests.archive.stores import Store, empty
from tests.drawn import sheets
from tests.whole.composed_files import summary_file
from tests.workers.cluster import Cluster

pytestmark = [
    pytest.mark.redis,
    pytest.mark.postgres,
    pytest.mark.elastic,
    pytest.mark.s3,
    pytest.mark.slow,
]
ROWS = 60


@pytest.fixture
def whole(cluster: Cluster, elasticsearch_url: str, bucket_url: str) -> Iterator[Cluster]:
    """An archive with all four of its parts elsewhere; a mixture would be refused."""
    cluster.more |= {
        "PAPERWATCH_FILES_URL": bucket_url,
        "PAPERWATCH_SEARCH_URL": elasticsearch_url,
        "PAPERWATCH_MIXED": "no",
    }
    yield cluster
    cluster.end()
    with open_archive(cluster.settings) as archive:
        remove_indexes(archive)
        empty(Store(archive))


def asked(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
        return str(answer.read().decode())


def address_of(cluster: Cluster) -> str:
    """Serve the archive and give the address, which the log says."""
    cluster.start("serve", "--port", "0")
    until = time.monotonic() + 60
    while "answers on" not in cluster.said():
        assert time.monotonic() < until, cluster.said()
        time.sleep(0.1)
    line = next(one for one in cluster.said().splitlines() if "answers on" in one)
    return line.split()[3].rstrip("/")


def test_an_archive_on_a_cluster_imports_reads_answers_and_is_whole(
    whole: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "letter.pdf").write_bytes(sheets.letter())
    whole.start("beat")
    whole.start("worker")
    for words in (
        ("import", str(summary_file(tmp_path / "awards.csv", ROWS))),
        ("add", str(tmp_path / "letter.pdf")),
    ):
        code, out, err = whole.run(*words)
        assert code == 0, (words, out, err, whole.said())
    whole.until(lambda archive: generations.live(archive).name.startswith("e"))

    address = address_of(whole)
    whole.until(lambda _: json.loads(asked(f"{address}/api/search?q=lot"))["total"] == ROWS)
    hit = json.loads(asked(f"{address}/api/search?q=kind:document"))["hits"][0]
    page = asked(f"{address}{hit['address']}")
    assert hit["title"] in page
    standing = json.loads(asked(f"{address}/api/status"))
    assert standing

    code, out, err = whole.run("status", "--json")
    held = json.loads(out)
    assert code == 0, err
    assert (held["awards"], held["documents"], held["outbox"]) == (ROWS, 1, 0)
    code, out, err = whole.run("verify")
    assert (code, out.splitlines()[-1]) == (0, "All is whole."), (out, err)
    assert not (whole.home / "catalogue.sqlite").exists()
    assert not any(one.is_dir() for one in (whole.home / "index").iterdir())
