"""One request to the stand-in: read from the wire, answered, and sent, whole or on a bad day."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from crawlers.standin.answering import Reply, refusal
from crawlers.standin.faults import Fault
from crawlers.standin.world import Json

DRIPS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that came in."""

    method: str
    path: str
    body: Json
    user_agent: str
    at_s: float
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case


class Service(Protocol):
    """Who answers."""

    def answer(self, asked: Asked) -> tuple[Reply, Fault | None]:
        """Answer one request, and say which fault to commit on the way."""
        ...


class Handler(BaseHTTPRequestHandler):
    """Hands requests of one connection to a service; `partial(Handler, service)` for a server."""

    protocol_version = "HTTP/1.1"

    def __init__(self, service: Service, *connection: Any) -> None:
        self._service = service
        super().__init__(*connection)  # which answers all requests

    def do_GET(self) -> None:
        """Answer a GET; what stands behind the question mark is its body."""
        self._answer("GET", dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        """Answer a POST with a JSON body."""
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            body = json.loads(sent or b"{}")
        except ValueError:
            self._send(refusal(400, "JSON parse error"), None)
            return
        self._answer("POST", body)

    def _answer(self, method: str, body: Json) -> None:
        asked = Asked(
            method=method,
            path=urlsplit(self.path).path,
            body=body,
            user_agent=self.headers.get("User-Agent", ""),
            at_s=time.monotonic(),
            headers={name.lower(): value for name, value in self.headers.items()},
        )
        self._send(*self._service.answer(asked))

    def _send(self, reply: Reply, fault: Fault | None) -> None:
        if fault is not None:
            reply = reply.changed(fault)
            if fault.kind == "slow":
                time.sleep(fault.seconds)
        content = reply.content()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self._write(content, fault)

    def _write(self, content: bytes, fault: Fault | None) -> None:
        match fault:
            case Fault(kind="cut"):
                self.wfile.write(content[: len(content) // 2])
                self.close_connection = True
            case Fault(kind="drip"):
                self._drip(content, fault.seconds)
            case _:
                self.wfile.write(content)

    def _drip(self, content: bytes, seconds: float) -> None:
        size = len(content) // DRIPS + 1
        for start in range(0, len(content), size):
            self.wfile.write(content[start : start + size])
            self.wfile.flush()
            time.sleep(seconds / DRIPS)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the service's `asked` is the log."""
