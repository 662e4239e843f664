"""What a demo does besides collecting: the real program, the page, the words."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import click

from archive.calling import called
from archive.errors import PortTaken
from archive.schedule.children import program_command
from archive.settings import PREFIX
from crawlers.demo_home import LIVE, SAMPLE

TO_TRY = {
    SAMPLE: (
        """search '"face recognition" -pilot'""",
        "search 'page:(trailers clinic)' --json",
        "show CONT_AWD_70ZZZZ24F00000002_7012_70ZZZZ22D00000001_7001",
    ),
    LIVE: ("search 'facial recognition'", "status", "search facial --sort amount --json"),
}
HOST = "127.0.0.1"
PAGE_WAIT_S = 30.0
PORTS_TRIED = 50


def free_port(wanted: int, *, only: bool = False) -> int:
    """Give this port, or the next one that is free; any free one for 0.

    Raises:
        PortTaken: none is, or `only` this one would do.
    """
    for port in range(wanted, wanted + (1 if only else PORTS_TRIED)):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((HOST, port))
            except OSError:
                continue
            found: int = tried.getsockname()[1]
            return found
    raise PortTaken(f"Port {wanted} is in use. Choose another, or any: {called()} demo --port 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """A demo under way: its folder, and when the person began to wait."""

    home: Path
    mark: str
    started_s: float

    def say(self, words: str) -> None:
        """Tell the person what happens now, and how long it has taken so far."""
        click.echo(f"{time.time() - self.started_s:6.1f} s  {words}", err=True)

    def environment(self, source: str | None = None) -> dict[str, str]:
        """Give the environment of the program: this archive and no other."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        contact = os.environ.get(f"{PREFIX}CONTACT", "")
        ours = {f"{PREFIX}HOME": str(self.home), f"{PREFIX}CONTACT": contact}
        return kept | ours | ({f"{PREFIX}USASPENDING_URL": source} if source else {})

    def run(self, *words: str, source: str | None = None, is_told: bool = True) -> str:
        """Run the program as a person would, and give what it printed.

        When it fails, end with its words and exit code.
        """
        done = subprocess.run(
            program_command(words),
            env=self.environment(source),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            click.echo(done.stdout + done.stderr, err=True, nl=False)
            sys.exit(done.returncode)
        if is_told:
            self.tell(done.stdout)
        return done.stdout

    def tell(self, words: str) -> None:
        """Repeat what the program said, beneath what was said to happen."""
        for line in words.splitlines():
            click.echo(f"          {line}", err=True)

    @property
    def _ours(self) -> str:
        """The words before a command so that it means this archive."""
        return f"{PREFIX}HOME={shlex.quote(str(self.home))} {called()}"

    def tell_ready(self, address: str | None) -> None:
        """Say how long it took, where the page is, and what to try next."""
        self.say(f"ready: from the first word to here {time.time() - self.started_s:.0f} s")
        ours = self._ours
        for line in (
            "",
            f"The page: {address}" if address else f"The page: {ours} serve",
            "",
            "Three things to try next:",
            *(f"  {ours} {words}" for words in TO_TRY[self.mark]),
            "",
        ):
            click.echo(line, err=True)

    def tell_end(self) -> None:
        """Say where the archive is, and how to see it again."""
        click.echo(f"The archive stays in {self.home}. Again: {self._ours} serve", err=True)


def added_said(added: Sequence[Mapping[str, Any]]) -> str:
    """Say what came of several `add --json` together, as `add` says it of one."""
    files, new, known, read, pages = (
        sum(one[name] for one in added) for name in ("files", "new", "known", "read", "pages")
    )
    held = [pair for one in added for pair in one["held"]]
    lines = [
        f"{files} files: {new} new, {known} already known; {read} read ({pages} pages),"
        f" {len(held)} held."
    ]
    return "\n".join([*lines, *(f"  held: {name}: {reason}" for name, reason in held)])


class Page:
    """The page, served by a child process while this context lasts."""

    def __init__(self, demonstration: Demonstration, port: int) -> None:
        self.address = f"http://{HOST}:{port}/"
        self._child = subprocess.Popen(
            program_command(("serve", "--port", str(port))), env=demonstration.environment()
        )

    def __enter__(self) -> "Page":
        """Wait until the page answers; ended meanwhile, leave no child behind."""
        try:
            self._wait()
        except BaseException:
            self._end()
            raise
        return self

    def _wait(self) -> None:
        until = time.monotonic() + PAGE_WAIT_S
        while time.monotonic() < until and self._child.poll() is None and not self._answers():
            time.sleep(0.05)
        if self._child.poll() is not None:
            sys.exit(self._child.returncode)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.address, timeout=5):  # noqa: S310
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def stay(self, *, is_opened: bool) -> None:
        """Open a browser where there is a display, and serve until the person ends it.

        That is a good end: nothing was left undone. A page that ends by itself is none.
        """
        try:
            if is_opened and _has_display():
                webbrowser.open(self.address)
            click.echo(_how_to_end(), err=True)
            code = self._child.wait()
        except KeyboardInterrupt:
            return
        if code:
            sys.exit(code)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the child; a second Ctrl-C does not leave it behind."""
        self._end()

    def _end(self) -> None:
        if self._child.poll() is None:
            self._child.terminate()
        try:
            self._child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._child.kill()


def _has_display() -> bool:
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return sys.platform == "darwin" or named


def _how_to_end() -> str:
    # A shell that is not interactive lets what it begins with & ignore Ctrl-C.
    is_deaf = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return f"To end: kill {os.getpid()}" if is_deaf else "Press Ctrl-C to end."


def end_like_an_interruption() -> None:
    """See that a SIGTERM ends the children as well, as Ctrl-C does."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
