"""A real Redis for a test or a measurement; and how the tests of one run share one.

python -m tests.services.redis keep FOLDER     ends the server of a test run after it
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.services.elasticsearch import RUN_PID
from tests.services.guarded import Certificates
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
    password: str = ""
    certificates: Certificates | None = None
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers, without its password; by TLS where it has certificates."""
        scheme = "redis" if self.certificates is None else "rediss"
        return f"{scheme}://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        words = [
            "--bind",
            "127.0.0.1",
            *self._port_words(),
            "--save",
            "",
            "--appendonly",
            "no",
            *(("--requirepass", self.password) if self.password else ()),
        ]
        self.process = subprocess.Popen(
            [PROGRAM, *words, "--dir", tempfile.gettempdir()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + _WAIT_S
        while not _answers(self.port, self.certificates):
            if self.process.poll() is not None or time.monotonic() > until:
                raise Missing(f"{PROGRAM} does not start on port {self.port}")
            time.sleep(0.05)

    def _port_words(self) -> list[str]:
        if self.certificates is None:
            return ["--port", str(self.port)]
        tls = {
            "port": self.port,
            "cert-file": self.certificates.certificate,
            "key-file": self.certificates.key,
            "ca-cert-file": self.certificates.authority,
            "auth-clients": "no",
        }
        words = [word for name, value in tls.items() for word in (f"--tls-{name}", str(value))]
        return ["--port", "0", *words]

    def stop(self) -> None:
        """End it; what it held is gone."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def started(*, password: str = "", certificates: Certificates | None = None) -> Server:
    """Start a server on a free port; with `certificates` it speaks TLS and nothing else.

    Raises:
        Missing: it is not on this machine.
    """
    check_there()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = Server(port=port, password=password, certificates=certificates)
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


def _answers(port: int, certificates: Certificates | None) -> bool:
    try:
        with (
            socket.create_connection(("127.0.0.1", port), timeout=1.0) as plain,
            _wrapped(plain, certificates) as tried,
        ):
            tried.sendall(b"PING\r\n")
            return tried.recv(16).startswith((b"+PONG", b"-NOAUTH"))
    except OSError:
        return False


def _wrapped(plain: socket.socket, certificates: Certificates | None) -> socket.socket:
    if certificates is None:
        return plain
    context = ssl.create_default_context(cafile=certificates.authority)
    return context.wrap_socket(plain, server_hostname="127.0.0.1")


if __name__ == "__main__":
    keep(Path(sys.argv[2]))
