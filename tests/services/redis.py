"""A real Redis for a test or a measurement; and how the tests of one run share one.

python -m tests.services.redis keep FOLDER     ends the server of a test run after it
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.services.elasticsearch import RUN_PID
from tests.services.java import Missing

PROGRAM = "redis-server"
HOW_TO_GET = f"install {PROGRAM}, on Debian with: apt-get install redis-server"
_RECORD = "redis.json"
_CHECKOUT = Path(__file__).resolve().parents[2]
_WAIT_S = 20.0


@dataclass(slots=True, kw_only=True)
class Server:
    """A server on a port of its own, which keeps nothing on the disk: started anew, it is empty."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        words = [
            "--bind",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self.process = subprocess.Popen(
            [PROGRAM, *words, "--dir", tempfile.gettempdir()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + _WAIT_S
        while not _answers(self.port):
            if self.process.poll() is not None or time.monotonic() > until:
                raise Missing(f"{PROGRAM} does not start on port {self.port}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it; what it held is gone."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def started() -> Server:
    """Start a server on a free port.

    Raises:
        Missing: it is not on this machine.
    """
    check_there()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = Server(port=free.getsockname()[1])
    server.start()
    return server


def check_there() -> None:
    """See that the program is there.

    Raises:
        Missing: it is not.
    """
    if shutil.which(PROGRAM) is None:
        raise Missing(HOW_TO_GET)


def shared(folder: Path) -> str:
    """Give the address of the one server of a test run, which whoever comes first starts."""
    with _alone(folder) as record:
        if not record.exists():
            server = started()
            assert server.process is not None
            server.process.returncode = 0  # it outlives the process that started it
            record.write_text(json.dumps({"url": server.url, "pid": server.process.pid}))
            keeper = [sys.executable, "-m", __name__, "keep", str(folder)]
            subprocess.Popen(keeper, cwd=_CHECKOUT, start_new_session=True).returncode = 0
        url: str = json.loads(record.read_text())["url"]
        return url


def end_shared(folder: Path) -> None:
    """End the server of a test run, if one was started."""
    with _alone(folder) as record:
        if record.exists():
            with suppress(ProcessLookupError):
                os.kill(json.loads(record.read_text())["pid"], signal.SIGKILL)
            record.unlink()


def keep(folder: Path) -> None:
    """Wait for the end of a test run and end its server, should the run itself have been killed."""
    run = int((folder / RUN_PID).read_text())
    while (folder / _RECORD).exists():
        try:
            os.kill(run, 0)
        except OSError:
            end_shared(folder)
            shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.5)


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    with (folder / "redis.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / _RECORD


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(1.0)
        try:
            tried.connect(("127.0.0.1", port))
            tried.sendall(b"PING\r\n")
            return tried.recv(16).startswith(b"+PONG")
        except OSError:
            return False


if __name__ == "__main__":
    keep(Path(sys.argv[2]))
