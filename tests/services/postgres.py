"""A real PostgreSQL for tests: its own cluster on 127.0.0.1, shared by the processes of one run."""

import fcntl
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.services.guarded import Certificates
from tests.services.java import Missing

USER = "paperwatch"
_RECORD = "postgres.json"
_RUN_PID = "pid"  # file in the folder of a test run, see `tests.services.elasticsearch`
_CHECKOUT = Path(__file__).resolve().parents[2]
_WAIT_S = 60.0
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
# Nothing is lost when a server crashes, only when this machine loses power.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
}


def programs() -> Path:
    """Give the folder of the server's programs, of the newest version where there are several.

    Raises:
        Missing: it is not on this machine.
    """
    found = [path for place in _PLACES for path in Path("/").glob(place[1:])]
    held = [path for path in found if (path / "initdb").exists()]
    if held:
        return max(held, key=lambda path: [int(word) for word in str(path).split("/")[4:5]
                                           if word.isdecimal()])  # fmt: skip
    if named := shutil.which("initdb"):
        return Path(named).resolve().parent
    raise Missing("PostgreSQL is not on this machine, on Debian it comes with: apt-get install"
                  " postgresql")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that was made; its data outlast `end` and go with `remove`."""

    folder: str
    port: int
    password: str = ""
    is_encrypted: bool = False

    @property
    def url(self) -> str:
        """The address of the database that every server has, without a password."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        settings = _SETTINGS | ({"ssl": "on"} if self.is_encrypted else {})
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(programs() / "postgres"), "-D", f"{self.folder}/data",
                   "-p", str(self.port), *words]  # fmt: skip
        with (Path(self.folder) / "log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, **_as_user(),
            )  # fmt: skip
        until = time.monotonic() + _WAIT_S
        while True:
            known: dict[str, Any] = {"password": self.password} if self.password else {}
            with suppress(psycopg.OperationalError), psycopg.connect(self.url, **known):
                process.returncode = 0  # its file of the process number tells from here on
                return
            if process.poll() is not None or time.monotonic() > until:
                words_said = (Path(self.folder) / "log").read_text(errors="replace")
                raise Missing(f"PostgreSQL stopped while starting: {words_said[-2000:]}")
            time.sleep(0.05)

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT cuts its connections off and writes all down, SIGQUIT lets it crash."""
        number = self._number()
        if number is None:
            return
        os.kill(number, how)
        until = time.monotonic() + _WAIT_S
        while self._number() is not None and time.monotonic() < until:
            with suppress(ChildProcessError):
                os.waitpid(number, os.WNOHANG)
            time.sleep(0.02)

    def remove(self) -> None:
        """End it and forget what it held."""
        self.end(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _number(self) -> int | None:
        """Give the server's process, None where it does not run."""
        try:
            number = int((Path(self.folder) / "data" / "postmaster.pid").read_text().split()[0])
            os.kill(number, 0)
        except (OSError, ValueError, IndexError):
            return None
        return number


def make(*, password: str = "", certificates: Certificates | None = None) -> Server:
    """Make a server on a free port and start it.

    With a `password` it lets nobody in without, with `certificates` nobody without TLS.

    Raises:
        Missing: it is not on this machine, or does not start.
    """
    initdb = programs() / "initdb"
    folder = Path(tempfile.mkdtemp(prefix="paperwatch-postgres-"))
    user = _as_user()
    if user:
        os.chown(folder, user["user"], user["group"])
    subprocess.run(
        [initdb, "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync",
         # Not by bytes: whoever forgets that is told by the tests.
         "--locale-provider=icu", "--icu-locale=en-US", "--locale=C.UTF-8"],
        check=True, cwd=folder, stdout=subprocess.DEVNULL, **user,
    )  # fmt: skip
    if password:
        _guard(folder / "data", password, certificates)
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = int(held.getsockname()[1])
    server = Server(
        folder=str(folder), port=port, password=password, is_encrypted=certificates is not None
    )
    try:
        server.start()
    except BaseException:
        server.remove()
        raise
    return server


def _guard(data: Path, password: str, certificates: Certificates | None) -> None:
    """Set the password of the only user, and say who is let in by what."""
    user = _as_user()
    by = "host" if certificates is None else "hostssl"
    if certificates is not None:
        shutil.copy(certificates.certificate, data / "server.crt")
        shutil.copy(certificates.key, data / "server.key")
        for name in ("server.crt", "server.key"):
            (data / name).chmod(0o600)
            if user:
                os.chown(data / name, user["user"], user["group"])
    secret = sql.Literal(password).as_string()
    subprocess.run(
        [programs() / "postgres", "--single", "-D", data, "postgres"],
        input=f"ALTER ROLE {USER} PASSWORD {secret}\n".encode(),
        check=True, cwd=data, stdout=subprocess.DEVNULL, **user,
    )  # fmt: skip
    (data / "pg_hba.conf").write_text(f"{by} all all 127.0.0.1/32 scram-sha-256\n")


def _as_user() -> dict[str, Any]:
    """Give the user to run as: a system user where this one is root, whom the server refuses."""
    if os.getuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    with (folder / "postgres.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / _RECORD


def shared(folder: Path) -> str:
    """Give the address of the one server of a test run, which whoever comes first starts."""
    with _alone(folder) as record:
        if not record.exists():
            record.write_text(json.dumps(asdict(make())))
            keeper = [sys.executable, "-m", __name__, str(folder)]
            subprocess.Popen(keeper, cwd=_CHECKOUT, start_new_session=True).returncode = 0
        return Server(**json.loads(record.read_text())).url


def end_shared(folder: Path) -> None:
    """End the server of a test run, if one was started."""
    with _alone(folder) as record:
        if record.exists():
            Server(**json.loads(record.read_text())).remove()
            record.unlink()


def _keep(folder: Path) -> None:
    """Wait for the end of a test run and end its server, should the run have been killed."""
    run = int((folder / _RUN_PID).read_text())
    while folder.is_dir():
        try:
            os.kill(run, 0)
        except OSError:
            end_shared(folder)
            return
        time.sleep(0.5)


if __name__ == "__main__":
    _keep(Path(sys.argv[1]))
