"""Elasticsearch ends in the middle of writing, and a rebuild on it is killed: all is caught up."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.catalogues import home_settings
from tests.conftest import IS_REQUIRED, RELEASE
from tests.services import nodes
from tests.services.java import Missing
from tests.whole.children import run, run_killed, started, status
from tests.whole.composed_files import summary_file

pytestmark = [pytest.mark.elastic, pytest.mark.slow]
ROWS = 4_000


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[nodes.Cluster]:
    """One node of our own, which the program is told to use."""
    try:
        ours = nodes.start(RELEASE)
    except Missing as missing:
        (pytest.fail if IS_REQUIRED else pytest.skip)(f"elastic test: {missing}")
    monkeypatch.setenv("PAPERWATCH_SEARCH_URL", ours.url)
    yield ours
    ours.stop()


def wait_until(is_so: Callable[[], bool], longest_s: float = 180) -> None:
    until = time.monotonic() + longest_s
    while not is_so():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.2)


def written(cluster: nodes.Cluster) -> int:
    """Count what the cluster has taken so far, seen by searches or not."""
    with urllib.request.urlopen(f"{cluster.url}/_stats/indexing", timeout=30) as answer:  # noqa: S310
        told = json.loads(answer.read())["_all"]["primaries"]
    return int(told["indexing"]["index_total"]) if told else 0  # nothing of no index


def asked(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except TimeoutError:  # a node that starts on a busy machine lets everybody wait
        return 0, ""


def assert_whole(home: Path) -> None:
    code, out, err = run(home, "verify")
    assert (code, out.splitlines()[-1]) == (0, "All is whole."), (out, err)


@contextmanager
def serving(home: Path, log: Path) -> Iterator[str]:
    """Serve an archive; what it says goes into a file, for a pipe that nobody reads would fill."""
    with log.open("wb") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "archive.program", "serve", "--port", "0"],
            env=os.environ | home_settings(home),
            stdout=file,
            stderr=file,
        )
    try:
        wait_until(lambda: "answers on" in log.read_text())
        line = next(one for one in log.read_text().splitlines() if "answers on" in one)
        yield line.split()[3].rstrip("/")
    finally:
        server.terminate()
        try:
            server.wait(timeout=60)
        finally:
            server.kill()


def killed_while_writing(home: Path, cluster: nodes.Cluster, file: Path) -> str:
    """Import a file and kill the node once it has taken some entries; gives what was said."""
    child = started(home, "import", str(file))
    try:
        wait_until(lambda: written(cluster) > 0)
        cluster.kill(0)
    except BaseException:
        child.kill()
        raise
    finally:
        out, err = child.communicate(timeout=180)
    assert child.returncode == 0, (out, err)
    return (out + err).decode()


def test_what_was_being_indexed_when_elasticsearch_ended_is_caught_up_when_it_is_back(
    home: Path, cluster: nodes.Cluster, tmp_path: Path
) -> None:
    said = killed_while_writing(home, cluster, summary_file(tmp_path / "awards.csv", ROWS))
    assert (f"{ROWS:,} new" in said, "Nothing is lost" in said) == (True, True), said
    assert status(home)["outbox"] > 0
    assert run(home, "search", "lot")[0] == 17
    with serving(home, tmp_path / "serve.log") as address:
        code, page = asked(f"{address}/?q=lot")
        assert (code, "search index" in page, "Traceback" in page) == (503, True, False)
        cluster.revive(0)
        found = f"{address}/api/search?q=lot+kind:award"
        wait_until(lambda: f'"total":{ROWS}' in asked(found)[1].replace(" ", ""))
        wait_until(lambda: status(home)["outbox"] == 0)
    assert_whole(home)


def test_a_rebuild_that_is_killed_again_and_again_ends_whole(
    home: Path, cluster: nodes.Cluster, tmp_path: Path
) -> None:
    assert run(home, "import", str(summary_file(tmp_path / "awards.csv", ROWS)))[0] == 0
    kills = run_killed(home, Random("rebuild on a cluster"), 4.0, "rebuild-index")
    kills += run_killed(home, Random("and once more"), 4.0, "rebuild-index")
    assert kills > 0
    assert_whole(home)
    code, out, _ = run(home, "search", "lot", "--json", "--size", "1")
    assert (code, json.loads(out)["total"]) == (0, ROWS)
