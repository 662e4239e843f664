"""The commands of a cluster, without one: what they refuse, and what they leave to others."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive import work
from archive.announce import announce
from archive.documents import READ
from archive.errors import BadRequest, BrokerUnavailable, NotFound, PaperwatchError, SettingError
from archive.opening import open_archive
from archive.program import program
from archive.queues import QUEUES
from archive.settings import load
from archive.status import set_aside
from ingest.workers import commands
from ingest.workers.redis import shown
from search_app.background import background
from tests.catalogues import home_settings
from tests.drawn import sheets

NOWHERE = "redis://:secret@127.0.0.1:1/0"


def run(*words: str) -> Result:
    return CliRunner().invoke(program, words, standalone_mode=False)


def refused(*words: str) -> PaperwatchError:
    error = run(*words).exception
    assert isinstance(error, PaperwatchError), error
    return error


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where no Redis answers, and no patience with that."""
    monkeypatch.setenv("PAPERWATCH_BROKER_URL", NOWHERE)
    monkeypatch.setattr(commands, "_PATIENCE_S", 0.0)
    monkeypatch.setattr(commands, "_PAUSE_S", 0.0)
    monkeypatch.setattr("ingest.workers.commands.signal.signal", lambda *_: None)


@pytest.mark.parametrize("command", ["worker", "beat"])
def test_without_a_broker_the_setting_is_named(command: str) -> None:
    assert isinstance(error := refused(command), SettingError)
    assert "PAPERWATCH_BROKER_URL is not set" in str(error)


@pytest.mark.parametrize("url", ["amqp://127.0.0.1", "127.0.0.1:6379", "redis://127.0.0.1:x/0"])
def test_an_address_that_is_none_is_refused_without_quoting_it(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERWATCH_BROKER_URL", url)
    assert isinstance(error := refused("worker"), SettingError)
    assert url not in str(error)


@pytest.mark.parametrize(
    "url",
    [
        "redis://:secret@127.0.0.1:6379?db=3",
        "redis://:secret@127.0.0.1:6379/records",
        "redis://:secret@127.0.0.1:6379/0?ssl_ca_certs=/etc/hosts",
        "rediss://:secret@127.0.0.1:6379/0?ssl_cert_reqs=none",
        "rediss://:secret@127.0.0.1:6379/0?ssl_ca_certs=/nowhere/ca.crt",
        "redis://:sec?ret@127.0.0.1:6379/0",
        "redis://:sec#ret@127.0.0.1:6379/0",
    ],
)
def test_what_only_one_client_of_redis_understands_is_refused_at_once(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERWATCH_BROKER_URL", url)
    assert isinstance(error := refused("worker"), SettingError)
    assert "PAPERWATCH_BROKER_URL is not understood" in str(error)
    assert "ret@" not in str(error)


@pytest.mark.parametrize("command", ["worker", "beat"])
def test_a_redis_that_is_away_is_a_sentence_with_its_exit_code(command: str, nowhere: None) -> None:
    assert isinstance(error := refused(command), BrokerUnavailable)
    assert error.exit_code == 19
    assert "Redis does not answer at redis://127.0.0.1:1/0" in str(error)
    assert "secret" not in str(error)


@pytest.mark.slow
def test_a_worker_process_that_cannot_begin_says_so_in_a_line(home: Path) -> None:
    more = home_settings(home) | {"PAPERWATCH_BROKER_URL": "redis://127.0.0.1:6379/records"}
    ended = subprocess.run(
        [sys.executable, "-m", "ingest.workers", "read"],
        env=os.environ | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 5
    (line,) = ended.stderr.splitlines()
    assert line.startswith("WARNING ingest.workers  worker process cannot begin queue=read")


@pytest.mark.parametrize("queues", ["speech", "read,speech", ","])
def test_a_queue_that_is_none_is_refused_and_the_known_ones_are_named(queues: str) -> None:
    assert isinstance(error := refused("worker", "--queues", queues), BadRequest)
    assert ", ".join(one.name for one in QUEUES) in str(error)


def test_adding_goes_on_where_redis_is_away(nowhere: None, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(sheets.letter())
    done = run("add", "--no-read", str(tmp_path / "letter.pdf"))
    assert done.exception is None
    assert "Redis does not answer" in done.stderr
    assert json.loads(run("status", "--json").stdout)["documents_waiting"] == 1


def test_serving_on_a_cluster_does_nothing_beside_answering(nowhere: None) -> None:
    before = set(threading.enumerate())  # those of other tests' servers
    with open_archive(load()) as archive, background(archive, is_scheduled=True):
        with archive.catalogue.writing() as connection:
            announce(connection, ["awards/a"])
        names = {one.name for one in set(threading.enumerate()) - before}
    assert not names & {"drain", "read", "schedule"}


def test_what_was_set_aside_is_tried_again_from_the_start() -> None:
    sha256, other = "ab" * 32, "cd" * 32
    with open_archive(load()) as archive:
        with archive.catalogue.writing() as connection:
            work.enqueue(connection, READ, [sha256, other])
            for one in (sha256, other):
                work.set_aside(connection, READ, one, "its worker died 3 times")
        done = run("retry", "abababab")
        assert done.stdout.startswith("1 piece of work put down again; `paperwatch serve`")
        assert [subject for _, subject, _ in set_aside(archive)] == [other]
        assert [one.attempts for one in work.take(archive, READ)] == [1]
        assert json.loads(run("retry", "--json").stdout) == {"retried": [[READ, other]]}
    assert run("retry").stdout == "Nothing is set aside.\n"


def test_an_entry_that_was_set_aside_goes_to_the_index_again() -> None:
    with open_archive(load()) as archive:
        with archive.catalogue.writing() as connection:
            announce(connection, ["awards/a"])
            work.enqueue(connection, "index_entry", ["awards/a"])
            work.set_aside(connection, "index_entry", "awards/a", "TypeError: …")
        run("retry", "awards/a")
        assert set_aside(archive) == []
    assert json.loads(run("status", "--json").stdout)["outbox"] == 1


def test_retrying_what_is_not_set_aside_is_refused() -> None:
    assert isinstance(refused("retry", "abababab"), NotFound)


def test_status_tells_queues_and_what_is_in_hand() -> None:
    with open_archive(load()) as archive:
        with archive.catalogue.writing() as connection:
            work.enqueue(connection, READ, ["ab" * 32, "cd" * 32])
        work.take(archive, READ)
    said = run("status").stdout
    assert "queue read: 1 waiting, the oldest since" in said
    assert f"in hand: read_document: {'ab' * 32}, since" in said
    told = json.loads(run("status", "--json").stdout)
    assert [one["queue"] for one in told["queues"]] == [one.name for one in QUEUES]
    assert told["work_in_hand"][0]["attempts"] == 1


def test_an_address_is_shown_without_its_password() -> None:
    assert shown("redis://desk:secret@redis.example/2") == "redis://redis.example:6379/2"
