"""Starts the processes of `paperwatch worker`, each again when it dies, and ends them together."""

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from archive.logs import Log
from archive.queues import Queue

_log = Log(__name__)

_PROCESS = "ingest.workers"
_LOOK_EVERY_S = 0.5
_ENDS_WITHIN_S = 20.0
# One that dies again and again is started less and less often.
_LONGEST_PAUSE_S = 60.0
_LIVED_S = 60.0


@dataclass(slots=True, kw_only=True)
class _Place:
    """A place of a queue, and the process that fills it, if one does."""

    queue: str
    process: subprocess.Popen[bytes] | None = None
    started_s: float = 0.0
    pause_s: float = 0.0

    def start(self) -> None:
        # In a session of its own: an interrupt at the keyboard is for who began it.
        self.process = subprocess.Popen(
            [sys.executable, "-m", _PROCESS, self.queue],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,  # Celery says there that it ends
            start_new_session=True,
        )
        self.started_s = time.monotonic()

    def look(self) -> None:
        """Start the process anew when it has died, after a pause if it did not live long."""
        now = time.monotonic()
        if self.process is None:
            if now - self.started_s >= self.pause_s:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        has_lived = now - self.started_s > _LIVED_S
        self.pause_s = 0.0 if has_lived else min(2 * self.pause_s + 1, _LONGEST_PAUSE_S)
        _log.warning(
            "worker process ended", queue=self.queue, code=code, again_in_s=round(self.pause_s)
        )
        self.close()
        self.started_s = now

    def close(self) -> None:
        """Tell the process to end, by closing its standard input."""
        if self.process is not None and self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.close()
            if self.process.poll() is not None:
                self.process = None


def supervise(queues: Sequence[Queue], processes: int, stop: threading.Event) -> None:
    """Keep so many processes of each queue until told to stop, then end them all."""
    places = [
        _Place(queue=queue.name)
        for queue in queues
        for _ in range(1 if queue.is_alone else processes)
    ]
    try:
        for place in places:
            place.start()
        while not stop.wait(_LOOK_EVERY_S):
            for place in places:
                place.look()
    finally:
        _end(places)


def _end(places: Sequence[_Place]) -> None:
    for place in places:
        place.close()
    until = time.monotonic() + _ENDS_WITHIN_S
    for place in places:
        if place.process is None:
            continue
        try:
            place.process.wait(timeout=max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            _log.warning("worker process killed, it did not end", queue=place.queue)
            place.process.kill()
            place.process.wait()
