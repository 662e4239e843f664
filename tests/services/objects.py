"""S3-compatible storage for tests: S3Proxy, a real server process that keeps objects in a folder.

python -m tests.services.objects fetch
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
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.services.distribution import root
from tests.services.java import Missing, java_home

RELEASE = "4.1.0"
BUCKET = "paperwatch-test"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "paperwatch", "AWS_SECRET_ACCESS_KEY": "of-tests-only"}
FETCH = "python -m tests.services.objects fetch"
RUN_PID = "pid"  # file in the folder of a test run
_JAVA_LEAST = 17
_RECORD = "objects.json"
_CHECKOUT = Path(__file__).resolve().parents[2]
_WAIT_S = 60.0
# The second is what the first's own parts ask for; left to itself, Maven takes an older one.
_WANTED = {"org.gaul:s3proxy": RELEASE, "com.fasterxml.jackson.core:jackson-annotations": "2.22"}
_PROJECT = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>tests</groupId><artifactId>objects</artifactId><version>1</version>
<dependencies>{}</dependencies></project>"""
_DEPENDENCY = (
    "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that was started; `bucket` is the folder of its one bucket."""

    folder: str
    port: int
    pid: int

    @property
    def endpoint(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address of its bucket, as a setting."""
        return f"s3://{BUCKET}?endpoint={self.endpoint}"

    @property
    def bucket(self) -> Path:
        """The folder of its one bucket, in which each object is a file."""
        return Path(self.folder) / "objects" / BUCKET

    def stop(self) -> None:
        """End it; what it holds stays."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def again(self) -> "Server":
        """Start it again on what it holds."""
        return _launched(Path(self.folder), self.port)


def kept() -> Path:
    """Give the folder of a server that was fetched before.

    Raises:
        Missing: it was not, or there is no Java for it.
    """
    java_home(_JAVA_LEAST)
    home = root() / f"s3proxy-{RELEASE}"
    if not home.is_dir():
        raise Missing(f"S3Proxy is not on this machine; {FETCH}")
    return home


def fetch() -> Path:
    """Fetch the server where it is not kept yet (about 110 MB, of which 57 MB are kept).

    Raises:
        Missing: a tool or a Java that this needs.
    """
    java_home(_JAVA_LEAST)
    home = root() / f"s3proxy-{RELEASE}"
    if home.is_dir():
        return home
    if not shutil.which("mvn"):
        raise Missing("mvn is needed to fetch S3Proxy; its Debian package is maven")
    root().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root()) as scratch:
        wanted = (_DEPENDENCY.format(*name.split(":"), said) for name, said in _WANTED.items())
        Path(scratch, "pom.xml").write_text(_PROJECT.format("".join(wanted)))
        subprocess.run(
            ["mvn", "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime",
             f"-Dmaven.repo.local={scratch}/repository", f"-DoutputDirectory={scratch}/lib"],
            check=True, cwd=scratch, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        Path(scratch, "lib").rename(home)
    return home


@contextmanager
def started() -> Iterator[Server]:
    """Start a server of one's own, and end it."""
    folder = Path(tempfile.mkdtemp(prefix="paperwatch-objects-"))
    server = start(folder)
    try:
        yield server
    finally:
        Server(**json.loads((folder / _RECORD).read_text())).stop()
        shutil.rmtree(folder)


def start(folder: Path) -> Server:
    """Start a server on a free port, and wait until it answers.

    Raises:
        Missing: the server or its Java is not on this machine, or does not start.
    """
    kept()
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = int(held.getsockname()[1])
    (folder / "objects" / BUCKET).mkdir(parents=True)
    lines = {
        "s3proxy.endpoint": f"http://127.0.0.1:{port}",
        "s3proxy.authorization": "aws-v2-or-v4",
        "s3proxy.identity": CREDENTIALS["AWS_ACCESS_KEY_ID"],
        "s3proxy.credential": CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        "jclouds.provider": "filesystem-nio2",
        "jclouds.identity": "none",
        "jclouds.credential": "none",
        "jclouds.filesystem.basedir": folder / "objects",
    }
    text = "".join(f"{key}={value}\n" for key, value in lines.items())
    (folder / "s3proxy.conf").write_text(text)
    return _launched(folder, port)


def _launched(folder: Path, port: int) -> Server:
    java = java_home(_JAVA_LEAST) / "bin" / "java"
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(
            [java, "-Xmx256m", "-XX:+UseSerialGC", "-DLOG_LEVEL=warn", "-cp", f"{kept()}/*",
             "org.gaul.s3proxy.Main", "--properties", folder / "s3proxy.conf"],
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    server = Server(folder=str(folder), port=port, pid=process.pid)
    (folder / _RECORD).write_text(json.dumps(asdict(server)))
    until = time.monotonic() + _WAIT_S
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            process.returncode = 0  # it outlives this object
            return server
    server.stop()
    raise Missing(f"S3Proxy did not start: {(folder / 'log').read_text()[-500:]}")


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """Hold the record of a test run's server while no other process looks at it."""
    with (folder / "objects.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / _RECORD


def shared(folder: Path) -> Server:
    """Give the one server of a test run, which whoever comes first starts.

    Raises:
        Missing: the server or its Java is not on this machine.
    """
    with _alone(folder) as record:
        if not record.exists():
            server = start(Path(tempfile.mkdtemp(prefix="paperwatch-objects-")))
            record.write_text(json.dumps(asdict(server)))
            keeper = [sys.executable, "-m", __name__, "keep", str(folder)]
            subprocess.Popen(keeper, cwd=_CHECKOUT, start_new_session=True).returncode = 0
        return Server(**json.loads(record.read_text()))


def end_shared(folder: Path) -> None:
    """End the server of a test run, if one was started."""
    with _alone(folder) as record:
        if record.exists():
            server = Server(**json.loads(record.read_text()))
            server.stop()
            shutil.rmtree(server.folder, ignore_errors=True)
            record.unlink()


def keep(folder: Path) -> None:
    """Wait for the end of a test run and end its server, should the run have been killed."""
    run = int((folder / RUN_PID).read_text())
    while folder.is_dir():
        try:
            os.kill(run, 0)
        except OSError:
            with suppress(FileNotFoundError):
                end_shared(folder)
            return
        time.sleep(0.5)


if __name__ == "__main__":
    try:
        if sys.argv[1:] == ["fetch"]:
            print(fetch())  # noqa: T201 (a program of its own)
        elif sys.argv[1:2] == ["keep"]:
            keep(Path(sys.argv[2]))
        else:
            sys.exit(__doc__)
    except Missing as missing:
        sys.exit(f"objects: {missing}.")
