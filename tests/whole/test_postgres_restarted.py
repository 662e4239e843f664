"""PostgreSQL restarted while the program works: nothing lost, nothing twice."""

import json
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests.services import postgres
from tests.whole.children import run, started, status
from tests.whole.composed_files import document_folder, summary_file

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
AWARDS = 4000
DOCUMENTS = 10


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[postgres.Server]:
    """A server of its own, which the program keeps its catalogue in."""
    made = postgres.make()
    monkeypatch.setenv("PAPERWATCH_CATALOGUE_URL", made.url)
    monkeypatch.setenv("PAPERWATCH_MIXED", "yes")
    yield made
    made.remove()


def restarted(server: postgres.Server, how: signal.Signals) -> None:
    """End a server as an operator or a crash would, and start it again."""
    server.end(how)
    server.start()


def rows_of(server: postgres.Server, table: str) -> int:
    """Count the rows of a table; 0 where there is none yet."""
    try:
        with psycopg.connect(server.url) as connection:
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    except psycopg.errors.UndefinedTable:
        return 0
    return int(row[0]) if row else 0


def has_rows(server: postgres.Server, table: str, least: int) -> bool:
    return rows_of(server, table) >= least


def ended(child: subprocess.Popen[bytes]) -> int:
    """Wait for the end of a command, which must be one that it says in a sentence.

    Where it outlives all restarts, it ends as ever: 16, with a file that cannot be read.
    """
    _, err = child.communicate(timeout=120)
    said = err.decode()
    assert "Traceback" not in said, said
    assert child.returncode in (0, 16, 18), said
    assert child.returncode != 18 or "What was deposited is kept" in said, said
    return child.returncode


def waits_for(condition: Callable[[], bool], child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while child.poll() is None and not condition() and time.monotonic() < until:
        time.sleep(0.01)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
def test_commands_that_lose_the_catalogue_say_so_and_go_on_when_run_again(
    server: postgres.Server, home: Path, tmp_path: Path, how: signal.Signals
) -> None:
    summaries = str(summary_file(tmp_path / "summaries.csv", AWARDS))
    folder = str(document_folder(tmp_path / "released", DOCUMENTS))
    codes = []
    for words, table, least in (
        (("import", summaries), "version", AWARDS // 4),
        (("add", folder), "page", 5),
        (("rebuild-index",), "generation", 2),
    ):
        child = started(home, *words)
        waits_for(partial(has_rows, server, table, least), child)
        while child.poll() is None:  # between two transactions it is waited for, and not noticed
            restarted(server, how)
            time.sleep(0.3)
        codes.append(ended(child))
        code, out, err = run(home, *words)
        assert code in (0, 16), (words, out, err)  # 16: a file that cannot be read, as composed
    assert 18 in codes
    code, out, err = run(home, "verify")
    assert (code, out.splitlines()[-1]) == (0, "All is whole."), (out, err)
    held = status(home)
    assert (held["awards"], held["versions"], held["outbox"]) == (AWARDS, AWARDS, 0)
    assert held["documents"] == DOCUMENTS + 3
    assert rows_of(server, "release") == DOCUMENTS + 3
    assert rows_of(server, "page") == held["pages"]


def fetched(address: str) -> tuple[int, str]:
    """Fetch a page: its status, and its text."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Serve the archive while this context lasts; gives the address."""
    child = started(home, "serve", "--port", "0")
    assert child.stdout is not None
    try:
        yield child.stdout.readline().decode().split()[3].rstrip("/")
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=60)


def test_pages_say_that_the_catalogue_is_away_and_answer_when_it_is_back(
    server: postgres.Server, home: Path, tmp_path: Path
) -> None:
    assert run(home, "import", str(summary_file(tmp_path / "one.csv", 10)))[0] == 0
    with serving(home) as address:
        search = f"{address}/api/search?q=lot"
        assert json.loads(fetched(search)[1])["total"] == 10
        server.end()
        code, page = fetched(f"{address}/awards/CONT_AWD_70ZZZZ25F00000001_7012_-NONE-_-NONE-")
        assert (code, "database cannot be reached" in page) == (503, True)
        assert str(server.port) not in page
        began = time.monotonic()
        assert fetched(search)[0] == 503
        assert time.monotonic() - began < 8  # who waited in vain does not wait again and again
        server.start()
        assert json.loads(fetched(search)[1])["total"] == 10
        assert run(home, "import", str(summary_file(tmp_path / "two.csv", 5, first=11)))[0] == 0
        assert json.loads(fetched(search)[1])["total"] == 15
