"""The HTTP server of the stand-in: routes, faults, and a log of what was asked."""

import sys
import threading
from collections.abc import Sequence
from functools import partial
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import unquote

from crawlers.standin.answering import Answering, Refusal, Reply
from crawlers.standin.downloads import GENERATED, Downloads
from crawlers.standin.faults import Fault, Script
from crawlers.standin.handling import Asked, Handler
from crawlers.standin.monthly import MONTHLY
from crawlers.standin.world import World

PREFIX = "/api/v2/"
ROBOTS = "User-agent: *\nDisallow: /nothing-here/\n"


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
        self._server = _Server(("127.0.0.1", port), partial(Handler, self))
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
