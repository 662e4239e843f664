"""What the programs log: an event in plain words, its fields, and the request or task in hand.

A line is `event key=value …` for people, or one JSON object for programs (PAPERWATCH_LOG=json).
Nothing that a reader asked for is ever a field. Only `begin` loads what writes the lines: a command
that logs nothing does not wait for it.
"""

import logging
import os
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from archive.settings import PREFIX, Settings

# What a command says in sentences at its end, and need not log for the person who called it.
_SAID_ANYWAY = tuple(
    f"archive.{one}" for one in ("attempts", "outcomes", "reading_work", "recognising_work", "runs")
)
_ROOMS = ("archive", "crawlers", "ingest", "search_app")
# What a caller may name its request or task: nothing that could be a sentence or a line of its own.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_PLAIN = re.compile(r"[^\s\"'=]+")
_here: ContextVar[Mapping[str, str] | None] = ContextVar("ids of the work in hand", default=None)
_everywhere: dict[str, str] = {}
TASK_ID: Final = f"{PREFIX}TASK_ID"  # by which a child process logs under its parent's id


class Log:
    """The log of one module; events are plain words, fields most telling first."""

    def __init__(self, name: str) -> None:
        self._log = logging.getLogger(name)

    def info(self, event: str, **fields: object) -> None:
        """Log what a person would tell a colleague."""
        self._tell(logging.INFO, event, fields)

    def warning(self, event: str, **fields: object) -> None:
        """Log what somebody should look at this week."""
        self._tell(logging.WARNING, event, fields)

    def error(self, event: str, **fields: object) -> None:
        """Log that something is missing from the archive."""
        self._tell(logging.ERROR, event, fields)

    def exception(self, event: str, **fields: object) -> None:
        """Log an error that nobody foresaw, with where it arose."""
        self._tell(logging.ERROR, event, fields, is_traced=True)

    def _tell(
        self, level: int, event: str, fields: Mapping[str, object], *, is_traced: bool = False
    ) -> None:
        if self._log.isEnabledFor(level):
            more = {"event": event, "fields": dict(fields)}
            self._log.log(level, "%s", said(event, fields), extra=more, exc_info=is_traced)


def said(event: str, fields: Mapping[str, object]) -> str:
    """Write an event as one line for people."""
    return " ".join([event, *(f"{name}={_value(value)}" for name, value in fields.items())])


def _value(value: object) -> str:
    text = f"{value:.3g}" if isinstance(value, float) else str(value)
    return text if _PLAIN.fullmatch(text) else repr(text)


def ids() -> dict[str, str]:
    """Give the ids of the request or task in hand."""
    return _everywhere | dict(_here.get() or {})


def new_id(proposed: str = "") -> str:
    """Give an id: the one proposed by a caller where it is a sane one, else a new one."""
    return proposed if _ID.fullmatch(proposed) else uuid.uuid4().hex


@contextmanager
def task(proposed: str = "") -> Iterator[str]:
    """Log under the id of a task while this context lasts; within another, under that one's."""
    held = ids().get("task_id", "")
    task_id = held or new_id(proposed)
    token = _here.set(dict(_here.get() or {}) | {"task_id": task_id})
    try:
        yield task_id
    finally:
        _here.reset(token)


def hold(**named: str) -> None:
    """Log under ids from now on in this thread, or none, instead of those held before."""
    _here.set(named)


def begin(settings: Settings, *, is_told: bool = False, is_task: bool = False) -> None:
    """Let this process log to standard error, in the form that the settings name.

    As text, warnings are logged, and with `is_told` what went well, too; as JSON always both. Of
    libraries only warnings. A process that `is_task`, and no more, logs under one id, which its
    parent may have given it.
    """
    form = settings["LOG"]
    from archive.log_lines import handler  # 0.3 s that most commands need not wait

    _everywhere.clear()
    if is_task:
        _everywhere["task_id"] = new_id(os.environ.get(TASK_ID, ""))
    root = logging.getLogger()
    root.handlers = [handler(form, settings)]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(not is_task)  # those of a service are lines of its log, too
    for room in _ROOMS:  # what libraries think worth telling is not
        is_all = is_told or form == "json"
        logging.getLogger(room).setLevel(logging.INFO if is_all else logging.WARNING)
    for name in _SAID_ANYWAY:
        is_said = is_task and form == "text"
        logging.getLogger(name).setLevel(logging.ERROR if is_said else logging.NOTSET)
    # It warns whenever two people ask at once, which is what its threads are for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
