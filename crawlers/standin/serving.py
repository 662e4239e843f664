"""What every stand-in is: a server on 127.0.0.1 with robots rules, faults, and a log."""

import sys
import threading
from collections.abc import Sequence
from functools import partial
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from crawlers.standin.answering import Reply
from crawlers.standin.faults import Fault, Script
from crawlers.standin.handling import Asked, Handler

ROBOTS = "User-agent: *\nDisallow: /nothing-here/\n"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a client was killed; everything else is a mistake of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Serving:
    """A running server; a context manager. What it answers is said by `reply`."""

    def __init__(
        self, *, faults: Sequence[Fault] = (), port: int = 0, robots: str = ROBOTS
    ) -> None:
        self.robots = robots
        self.asked: list[Asked] = []
        self._script = Script(faults)
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), partial(Handler, self))
        self._thread = threading.Thread(target=self._serve, name="stand-in", daemon=True)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.05)

    def __enter__(self) -> Self:
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
            return self.reply(asked, fault), fault

    def reply(self, asked: Asked, fault: Fault | None) -> Reply:
        """Give the answer to a request; a fault in the answer itself is committed afterwards."""
        raise NotImplementedError
