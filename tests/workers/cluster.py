"""A small cluster on this machine: real `paperwatch worker` and `beat` processes on one archive."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import sqlalchemy as sa

from archive.catalogue.tables import work
from archive.opening import Archive, open_archive
from archive.settings import Settings, load
from archive.verifying import verify

LEASE_S = 5
_PATIENCE_S = 90.0


@dataclass(slots=True, kw_only=True)
class Cluster:
    """Processes on one archive; `logs` is a folder with what each said."""

    home: Path
    logs: Path
    redis_url: str
    more: dict[str, str] = field(default_factory=dict)
    name: str = field(default_factory=lambda: f"test-{uuid.uuid4().hex[:8]}")
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def named(self) -> dict[str, str]:
        """The settings of all its processes."""
        return (
            {"PAPERWATCH_MIXED": "yes"}
            | self.more
            | {
                "PAPERWATCH_HOME": str(self.home),
                "PAPERWATCH_BROKER_URL": self.redis_url,
                "PAPERWATCH_BROKER_NAME": self.name,
                "PAPERWATCH_LEASE": str(LEASE_S),
            }
        )

    @property
    def settings(self) -> Settings:
        return load(self.named)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start the program; it is ended with the test."""
        with (self.logs / f"{len(self.started)}-{words[0]}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "archive.program", *words],
                env=os.environ | self.named,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def elsewhere(self) -> "Cluster":
        """Give another machine of it: a folder of its own, where only the files are the same."""
        home = self.home.with_name(f"{self.home.name}-elsewhere")
        home.mkdir()
        (self.home / "files").mkdir(parents=True, exist_ok=True)
        (home / "files").symlink_to(self.home / "files")
        return replace(self, home=home)

    def run(self, *words: str) -> tuple[int, str, str]:
        """Run the program to its end: exit code, standard output, standard error."""
        done = subprocess.run(
            [sys.executable, "-m", "archive.program", *words],
            env=os.environ | self.named,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def said(self) -> str:
        """Give what all processes said so far."""
        return "\n".join(one.read_text() for one in sorted(self.logs.glob("*.log")))

    def until(self, holds: Callable[[Archive], object], within_s: float = _PATIENCE_S) -> None:
        """Wait until something holds of the archive."""
        began = time.monotonic()
        with open_archive(self.settings) as archive:
            while not holds(archive):
                assert time.monotonic() - began < within_s, self.said()
                time.sleep(0.05)

    def check_whole(self) -> None:
        """See that nothing is damaged, nothing lost."""
        with open_archive(self.settings) as archive:
            assert [one.what for one in verify(archive, lambda _s, _n: None)] == []

    def end(self) -> None:
        """End all processes, as an operator would, and see that they end."""
        for process in self.started:
            process.terminate()
        for process in self.started:
            try:
                process.wait(timeout=40)
            finally:
                process.kill()


def places(worker: subprocess.Popen[bytes], queue: str) -> list[int]:
    """Give the processes of a queue that a worker started."""
    return [one for one in _children(worker.pid) if _words(one)[-2:] == ["ingest.workers", queue]]


def kill(pids: Sequence[int]) -> None:
    """Kill processes, as a power cut would; what they started ends by itself."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def kill_all(worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker with all its processes."""
    kill([*_children(worker.pid), worker.pid])
    worker.wait()


def is_taken(archive: Archive) -> bool:
    """Whether any document is in a worker's hands."""
    return "taken" in states(archive)


def is_settled(archive: Archive) -> bool:
    """Whether there are documents, and all are read or set aside."""
    return bool(states(archive)) and states(archive) <= {"done", "set_aside"}


def states(archive: Archive) -> set[str]:
    """Give the states in which work on documents is."""
    wanted = sa.select(work.c.state).where(work.c.task == "read_document").distinct()
    with archive.catalogue.reading() as connection:
        return set(connection.execute(wanted).scalars())


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _words(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().rstrip("\0").split("\0")
    except OSError:
        return []
