"""Runs the pages on this machine, and keeps the index up to the catalogue meanwhile."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import waitress  # type: ignore[import-untyped]

from archive import indexing
from archive.errors import BadRequest, PortTaken
from archive.opening import Archive
from archive.reading_client import Readers
from search_app.app import create_app

_log = logging.getLogger(__name__)

_THREADS = 4
_LOOK_EVERY_S = 1.0
_PAUSE_S = 30.0  # after trouble


class Server(Protocol):
    """What is used of waitress's server."""

    def run(self) -> None:
        """Answer until the process is told to end."""

    def close(self) -> None:
        """Stop answering."""


@contextmanager
def served(archive: Archive, host: str, port: int) -> Iterator[tuple[Server, str]]:
    """Give a server that is bound to its port, and its address; `run` starts answering.

    Raises:
        PortTaken: something else answers on that port.
        BadRequest: the host is not one of this machine.
    """
    listener = _listen(host, port)
    stop = threading.Event()
    with Readers(archive.settings.whole_number("READERS")) as readers:
        app = create_app(archive, readers)
        server: Server = waitress.create_server(
            app, sockets=[listener], threads=_THREADS, ident=None, channel_timeout=60
        )
        drainer = threading.Thread(target=_drain, args=(archive, stop), name="drain", daemon=True)
        drainer.start()
        try:
            yield server, _address(listener, host)
        finally:
            stop.set()
            server.close()
            drainer.join(timeout=5)


def _listen(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise BadRequest(
            f"{host!r} is not an address of this machine: {error.strerror}."
        ) from error
    family, kind, protocol, _, address = found[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"Port {port} on {host} cannot be used: {error.strerror}."
            f" Choose another: paperwatch serve --port {port + 1}"
        ) from error
    return listener


def _address(listener: socket.socket, host: str) -> str:
    port = listener.getsockname()[1]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _drain(archive: Archive, stop: threading.Event) -> None:
    """Bring the index up to date once a second, until told to stop."""
    while not stop.wait(_LOOK_EVERY_S):
        try:
            # Another process that drains already does the same work: no need to wait for it.
            indexing.drain(archive, wait_s=0.0)
        except Exception as error:  # the thread must live on: a search that stays old says nothing
            _log.warning("index not brought up to date reason=%r", str(error))
            stop.wait(_PAUSE_S)
