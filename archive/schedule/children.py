"""The child process of one run: the program itself, listened to while it goes."""

import json
import os
import re
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence

from archive.discreet import without_places
from archive.logs import TASK_ID, ids, new_id
from archive.settings import PREFIX, Settings

LINES_KEPT = 6
LENGTH_KEPT = 1_000
_ENDS_WITHIN_S = 10.0
# Escape sequences of terminals, and what else does not belong on a page.
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x1f\x7f-\x9f]")
# A hint for the person at the terminal.
_HINT = "Next:"


def program_command(words: Sequence[str]) -> list[str]:
    """Give the command line of the program of this environment."""
    return [sys.executable, "-m", "archive.program", *words]


class Child:
    """A running child; what it says on either stream is kept in its last lines.

    It logs under `task_id`; its log lines in JSON go to standard error, as this process's own do.
    """

    def __init__(
        self,
        settings: Settings,
        command: Sequence[str],
        *,
        holds: int,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self._settings = settings
        self._tell = tell
        self._lines: deque[str] = deque(maxlen=LINES_KEPT)
        self.task_id = ids().get("task_id") or new_id()
        self._process = subprocess.Popen(
            command,
            env=os.environ
            | {
                f"{PREFIX}HOME": str(settings.home),
                TASK_ID: self.task_id,
                "PYTHONUNBUFFERED": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            # In a session of its own: an interrupt at the keyboard is for who began it.
            start_new_session=True,
            pass_fds=(holds,),
        )
        self._listener = threading.Thread(target=self._listen, name="listen", daemon=True)
        self._listener.start()

    def wait(self, longest_s: float) -> int | None:
        """Wait for the end, at most so long; give the exit code, negative for a signal's number."""
        try:
            code = self._process.wait(timeout=longest_s)
        except subprocess.TimeoutExpired:
            return None
        self._listener.join(timeout=1)
        return code

    def terminate(self) -> None:
        """Tell it to end; what it was at, the next run goes on with."""
        self._process.terminate()

    def end(self) -> int:
        """See that it ends, if need be by force; give its exit code."""
        code = self.wait(_ENDS_WITHIN_S)
        if code is None:
            self._process.kill()
            code = self._process.wait()
        return code

    def said(self) -> str:
        """Give the last lines that it said, without secrets."""
        return last_words(self._lines.copy(), self._settings)

    def _listen(self) -> None:
        if self._process.stdout is None:
            return
        with self._process.stdout as lines:
            for line in lines:
                if _is_logged(line):
                    sys.stderr.write(line)
                elif line.strip() and not line.startswith(_HINT):
                    self._lines.append(line)
                if self._tell is not None:
                    self._tell(line.rstrip("\n"))


def _is_logged(line: str) -> bool:
    """Whether a line is one of the log in JSON, and not said to a person."""
    if not line.startswith('{"timestamp": '):
        return False
    try:
        return "event" in json.loads(line)
    except ValueError:
        return False


def last_words(lines: Iterable[str], settings: Settings) -> str:
    """Make lines fit for a row that readers see: few, short, without secrets and private paths."""
    text = "\n".join(_CONTROL.sub(" ", line).strip() for line in lines)
    text = without_places(text, settings)
    return text if len(text) <= LENGTH_KEPT else f"…{text[1 - LENGTH_KEPT :]}"
