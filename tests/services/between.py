"""A server between a program and storage: it hands everything on, until it is told otherwise."""

import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.services.guarded import Certificates

_ERROR = "<Error><Code>{}</Code><Message>{}</Message></Error>"


@dataclass
class Between:
    """What it refuses: requests of a method get a status and a code; or how much it cuts off."""

    port: int = 0
    scheme: str = "http"
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    cut_to: int | None = None  # bytes of the next answer to a GET; the one after it is whole
    asked: list[tuple[str, str]] = field(default_factory=list)

    def endpoint_in(self, url: str) -> str:
        """Give the address of a bucket as reached through here."""
        where, _, _ = url.partition("?")
        return f"{where}?endpoint={self.scheme}://127.0.0.1:{self.port}"


@contextmanager
def between(url: str, certificates: Certificates | None = None) -> Iterator[Between]:
    """Stand between a program and the endpoint that a bucket's address names; by TLS if told so."""
    state = Between(scheme="http" if certificates is None else "https")
    endpoint = dict(one.split("=", 1) for one in urlsplit(url).query.split("&"))["endpoint"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state, urlsplit(endpoint).netloc))
    server.daemon_threads = True
    if certificates is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates.certificate, certificates.key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    state.port = int(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(state: Between, behind: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"  # each connection ends with its answer

        def _answer(self) -> None:
            state.asked.append((self.command, self.path))
            if self.headers.get("Expect"):
                self.send_response_only(100)
                self.end_headers()
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.command in state.refused:
                status, code = state.refused[self.command]
                self._give(status, {}, _ERROR.format(code, "as the test wants").encode())
                return
            connection = http.client.HTTPConnection(behind, timeout=30)
            headers = {name: value for name, value in self.headers.items() if name != "Expect"}
            connection.request(self.command, self.path, sent, headers)
            answer = connection.getresponse()
            body, length = answer.read(), answer.headers.get("Content-Length")
            cut, state.cut_to = (
                (state.cut_to, None) if self.command == "GET" else (None, state.cut_to)
            )
            self._give(answer.status, dict(answer.headers), body, length=length, cut=cut)
            connection.close()

        def _give(
            self,
            status: int,
            headers: dict[str, str],
            body: bytes,
            *,
            length: str | None = None,
            cut: int | None = None,
        ) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", length or str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body[:cut])

        do_GET = do_PUT = do_DELETE = do_HEAD = do_POST = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    return Handler
