"""Each service's real command, from an environment as bare as the image's."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import RELEASE
from tests.docker import bare
from tests.docker.bare import Shelf, until
from tests.docker.composed import OURS
from tests.drawn import pictures, sheets

pytestmark = [pytest.mark.slow, pytest.mark.elastic, pytest.mark.postgres, pytest.mark.redis]
WORD = "lanternfish"


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    """All services of compose.yaml, running."""
    if os.getuid():
        pytest.skip("gives files to the users of the images: run it as root")
    # Not below pytest's own folder, which other users may not enter.
    folder = Path(tempfile.mkdtemp(prefix="paperwatch-bare-"))
    made = bare.prepare(folder)
    node = None
    try:
        bare.start_postgres(made)
        bare.start_redis(made)
        node = bare.start_elasticsearch(made, RELEASE)
        for name in OURS:
            made.start(name)
        until(lambda: made.check("web").returncode == 0, "the page")
        until(lambda: "Works on" in made.said("worker"), "the worker")
        until(lambda: "Beats" in made.said("beat"), "beat")
        yield made
    except BaseException:
        for log in folder.glob("*.log"):
            print(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}")  # noqa: T201
        raise
    finally:
        for name in (*OURS, "redis", "postgres"):
            if name in made.running:
                made.end(name)
        if node is not None:
            node.stop()
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", [*OURS, "postgres", "redis", "elasticsearch"])
def test_the_healthcheck_of_a_service_passes_where_it_runs(shelf: Shelf, name: str) -> None:
    checked = shelf.check(name)
    assert checked.returncode == 0, f"{checked.stdout}{checked.stderr}\n{shelf.said('web')}"


def test_a_document_that_is_added_is_read_by_the_worker_and_found_on_the_page(
    shelf: Shelf, tmp_path: Path
) -> None:
    paper = shelf.home / "paper.pdf"
    paper.write_bytes(sheets.drawn(lambda canvas: sheets.lines(canvas, [f"About a {WORD}"])))
    os.chown(paper, bare.USER, bare.USER)
    added = shelf.ran("worker", ["paperwatch", "add", str(paper), "--agency", "ICE"])
    assert added.returncode == 0, added.stderr
    found = until(
        lambda: (answer := shelf.ask(f"/api/search?q={WORD}"))["total"] and answer,
        f"the document; the worker said {shelf.said('worker')}",
    )
    assert found["hits"][0]["kind"] == "document"
    stands = until(
        lambda: (one := shelf.ask("/api/status"))["index"]["held"] == 1 and one, "the index"
    )
    assert stands["index"]["missing"] == 0
    assert {one["queue"]: one["waiting"] for one in stands["queues"]} == {
        "read": 0,
        "ocr": 0,
        "index": 0,
        "crawl": 0,
    }


def test_a_scan_that_is_added_is_recognised_by_the_worker_and_found(shelf: Shelf) -> None:
    assert "Works on: read, ocr, index, crawl" in shelf.said("worker")
    paper = shelf.home / "scan.pdf"
    paper.write_bytes(pictures.scan_of("The papers tell", "of a ratfish alone"))
    os.chown(paper, bare.USER, bare.USER)
    added = shelf.ran("worker", ["paperwatch", "add", str(paper), "--agency", "ICE"])
    assert added.returncode == 0, added.stderr
    until(
        lambda: shelf.ask("/api/search?q=ratfish")["total"],
        f"the scan; the worker said {shelf.said('worker')}",
    )


def test_figures_are_for_who_has_the_token(shelf: Shelf) -> None:
    token = (shelf.secrets / "paperwatch" / "metrics_token").read_text().strip()
    text = shelf.ask("/metrics", Authorization=f"Bearer {token}")
    assert "paperwatch_index_up 1.0" in text
    with pytest.raises(OSError, match="404"):
        shelf.ask("/metrics")


def test_every_line_of_the_log_is_json_and_no_secret_stands_in_any(shelf: Shelf) -> None:
    secrets = [path.read_text().strip() for path in (shelf.secrets / "paperwatch").iterdir()]
    for name in OURS:
        said = shelf.said(name)
        assert not [one for one in secrets if one in said]
        odd = [line for line in said.splitlines() if not line.startswith("{")]
        assert len(odd) <= 1, odd  # the sentence on standard output
        for line in said.splitlines():
            if line not in odd:
                assert {"timestamp", "level", "logger", "event"} <= json.loads(line).keys()


@pytest.mark.parametrize("name", OURS)
def test_a_service_that_is_told_to_end_ends_well(shelf: Shelf, name: str) -> None:
    assert shelf.end(name) == 0
    shelf.start(name)
