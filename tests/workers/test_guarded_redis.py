"""A Redis that wants a password, and one that speaks TLS by an authority of its own."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive import indexing
from archive.broker import open_broker
from archive.errors import BrokerUnavailable
from archive.settings import load
from tests.catalogues import home_settings
from tests.drawn import sheets
from tests.services import guarded, redis
from tests.workers.cluster import Cluster, is_settled

pytestmark = [pytest.mark.redis, pytest.mark.slow]


@pytest.fixture(params=["password", "password and TLS"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[redis.Server]:
    """A Redis of the test's own, with a password of odd letters."""
    with_tls = request.param != "password"
    certificates = guarded.certificates(tmp_path) if with_tls else None
    started = redis.started(password=guarded.PASSWORD, certificates=certificates)
    yield started
    started.stop()


@pytest.fixture
def cluster(server: redis.Server, home: Path, tmp_path: Path) -> Iterator[Cluster]:
    """An archive whose workers hear through that Redis; nothing is started yet."""
    logs = tmp_path / "logs"
    logs.mkdir()
    more = home_settings(home) | {"PAPERWATCH_BROKER_PASSWORD": guarded.PASSWORD}
    cluster = Cluster(home=home, logs=logs, redis_url=address_of(server), more=more)
    yield cluster
    cluster.end()


def address_of(server: redis.Server) -> str:
    """Give what docs/workers.md says to write, without the password."""
    if server.certificates is None:
        return server.url
    return f"{server.url}?ssl_ca_certs={server.certificates.authority}"


def test_documents_are_read_by_workers_that_hear_through_it_and_no_log_holds_the_password(
    cluster: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "letter.pdf").write_bytes(sheets.letter())
    cluster.start("beat")
    cluster.start("worker", "--queues", "read,index", "--processes", "1")
    code, out, err = cluster.run("add", str(tmp_path / "letter.pdf"))
    assert (code, "Redis" in err) == (0, False), (out, err, cluster.said())
    cluster.until(lambda archive: is_settled(archive) and not indexing.depth(archive))
    cluster.check_whole()
    assert cluster.run("health")[0] == 0
    assert not [one for one in said_forms() if one in cluster.said() + out + err]
    assert "Traceback" not in cluster.said()


def said_forms() -> list[str]:
    """Give the password as it is, and as it stands in an address."""
    return [guarded.PASSWORD, "p%40ss"]


def test_a_wrong_password_is_said_in_a_sentence(cluster: Cluster) -> None:
    cluster.more["PAPERWATCH_BROKER_PASSWORD"] = "wrong-and-secret"
    code, _, err = cluster.run("health")
    assert (code, "lets us not in" in err, "wrong-and-secret" in err) == (19, True, False), err
    assert "Traceback" not in err
    began = time.monotonic()
    assert cluster.run("beat")[0] == 19
    assert time.monotonic() - began < 45  # a Redis that is away is waited for, for a minute


@pytest.mark.parametrize("server", ["password and TLS"], indirect=True)
def test_a_server_whose_authority_is_not_known_gets_no_password(
    cluster: Cluster, server: redis.Server
) -> None:
    cluster.redis_url = server.url
    code, _, err = cluster.run("health")
    assert (code, "lets us not in" in err, "certificate" in err) == (19, True, True), err


def test_an_address_with_tls_is_never_spoken_to_without(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts messages and what sends them are two clients, each with its own reading of it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        heard: list[bytes] = []

        def listen() -> None:
            with closing(listener.accept()[0]) as one:
                heard.append(one.recv(1))

        for name, value in home_settings(home).items():
            monkeypatch.setenv(name, value)
        port = listener.getsockname()[1]
        monkeypatch.setenv("PAPERWATCH_BROKER_URL", f"rediss://:secret@127.0.0.1:{port}/0")
        for asked in ("check", "send"):
            thread = threading.Thread(target=listen)
            thread.start()
            with closing(open_broker(load())) as broker, pytest.raises(BrokerUnavailable):
                broker.check() if asked == "check" else broker.send("read", "read_document", ["x"])
            thread.join()
    assert heard == [b"\x16", b"\x16"]  # how a handshake of TLS begins
