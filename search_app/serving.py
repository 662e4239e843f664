"""Runs the pages on this machine, with what is done beside them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import waitress  # type: ignore[import-untyped]

from archive.calling import called
from archive.errors import BadRequest, PortTaken
from archive.opening import Archive
from archive.reading_client import Readers
from search_app.app import create_app
from search_app.background import background

_THREADS = 4


class Server(Protocol):
    """What is used of waitress's server."""

    def run(self) -> None:
        """Answer until the process is told to end."""

    def close(self) -> None:
        """Stop answering."""


@contextmanager
def served(
    archive: Archive, host: str, port: int, *, is_scheduled: bool = True
) -> Iterator[tuple[Server, str]]:
    """Give a server that is bound to its port, and its address; `run` starts answering.

    Raises:
        PortTaken: something else answers on that port.
        BadRequest: the host is not one of this machine.
    """
    listener = _listen(host, port)
    with (
        Readers(archive.settings.whole_number("READERS")) as readers,
        background(archive, is_scheduled=is_scheduled),
    ):
        app = create_app(archive, readers)
        server: Server = waitress.create_server(
            app,
            sockets=[listener],
            threads=_THREADS,
            ident=None,
            channel_timeout=60,
            # That a proxy stands before us is of interest; what it says is believed by nobody.
            clear_untrusted_proxy_headers=False,
        )
        try:
            yield server, _address(listener, host)
        finally:
            server.close()


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
            f" Choose another, or any: {called()} serve --port 0"
        ) from error
    return listener


def _address(listener: socket.socket, host: str) -> str:
    port = listener.getsockname()[1]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
