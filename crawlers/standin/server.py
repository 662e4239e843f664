"""The HTTP server of the stand-in: routes, faults, and a log of what was asked."""

import json
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from crawlers.standin.answering import Answering, Refusal, Reply, refusal
from crawlers.standin.downloads import GENERATED, Downloads
from crawlers.standin.faults import Fault, Script
from crawlers.standin.monthly import MONTHLY
from crawlers.standin.world import Json, World

PREFIX = "/api/v2/"
DRIPS = 40
ROBOTS = "User-agent: *\nDisallow: /nothing-here/\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that came in."""

    method: str
    path: str
    body: Json
    user_agent: str
    at_s: float
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a client was killed; everything else is a mistake of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class StandIn:
    """A running stand-in; a context manager. `address` is what PAPERWATCH_USASPENDING_URL wants."""

    def __init__(
        self,
        world: World,
        *,
        faults: Sequence[Fault] = (),
        window: int = 10_000,
        port: int = 0,
        robots: str = ROBOTS,
    ) -> None:
        self.world = world
        self.robots = robots
        self.asked: list[Asked] = []
        self.downloads = Downloads(world)
        self._answering = Answering(world=world, window=window)
        self._script = Script(faults)
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), _handler_for(self))
        self._thread = threading.Thread(target=self._serve, name="stand-in", daemon=True)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.05)

    def __enter__(self) -> "StandIn":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self.close()

    def close(self) -> None:
        """Let the port go."""
        self._server.server_close()

    def turn(self) -> None:
        """Let a day pass: the world's next changes happen."""
        with self._lock:
            self.world.turn += 1
            self.world.stand()

    def commit(self, faults: Sequence[Fault]) -> None:
        """Commit these faults from now on, instead of those before."""
        with self._lock:
            self._script = Script(faults)

    def paths(self) -> list[str]:
        """Give the paths asked for so far, in order, without robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def answer(self, asked: Asked) -> tuple[Reply, Fault | None]:
        """Answer one request, and say which fault to commit on the way."""
        with self._lock:
            self.asked.append(asked)
            if asked.path == "/robots.txt":
                return Reply(text=self.robots, kind="text/plain"), None
            fault = self._script.next_for(asked.path)
            return self._reply(asked, fault), fault

    def _reply(self, asked: Asked, fault: Fault | None) -> Reply:
        if asked.path.startswith((GENERATED, MONTHLY)):
            return self.downloads.file(unquote(asked.path), asked.headers)
        if not asked.path.startswith(PREFIX):
            return Reply(status=404, text="<h1>Not Found</h1>", kind="text/html")
        route = unquote(asked.path[len(PREFIX) :])
        fails = fault.body if fault is not None and fault.kind == "fails" else ""
        try:
            made = self.downloads.reply(asked.method, route, asked.body, self.address, fails)
        except Refusal as refused:
            return refused.reply
        if made is not None:
            return made
        shift = 1 if fault is not None and fault.kind == "shift" else 0
        return self._answering.reply(asked.method, route, asked.body, shift=shift)


def _handler_for(service: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

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
            path = urlsplit(self.path).path
            agent = self.headers.get("User-Agent", "")
            asked = Asked(
                method=method,
                path=path,
                body=body,
                user_agent=agent,
                at_s=time.monotonic(),
                headers={name.lower(): value for name, value in self.headers.items()},
            )
            reply, fault = service.answer(asked)
            self._send(reply, fault)

        def _send(self, reply: Reply, fault: Fault | None) -> None:
            status, kind, content = reply.status, reply.kind, reply.content()
            headers = dict(reply.headers)
            match fault:
                case Fault(kind="status"):
                    status, content = fault.status, fault.body.encode()
                    kind = "text/html" if fault.body.startswith("<") else "application/json"
                    headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
                case Fault(kind="html"):
                    kind, content = "text/html", fault.body.encode()
                case Fault(kind="truncated"):
                    content = content[: len(content) // 2]
                case Fault(kind="slow"):
                    time.sleep(fault.seconds)
                case Fault(kind="duplicate") | Fault(kind="without"):
                    content = reply.changed(fault).content()
                case _:
                    pass
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if fault is not None and fault.kind == "cut":
                self.wfile.write(content[: len(content) // 2])
                self.close_connection = True
                return
            if fault is not None and fault.kind == "drip":
                self._drip(content, fault.seconds)
                return
            self.wfile.write(content)

        def _drip(self, content: bytes, seconds: float) -> None:
            size = len(content) // DRIPS + 1
            for start in range(0, len(content), size):
                self.wfile.write(content[start : start + size])
                self.wfile.flush()
                time.sleep(seconds / DRIPS)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: `asked` is the log."""

    return Handler
