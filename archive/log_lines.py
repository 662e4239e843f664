"""Writes log lines by structlog: one JSON object each, or a line for people; secrets in neither."""

import json
import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

from archive.logs import ids, said
from archive.settings import Settings

_FRAME = ("timestamp", "level", "logger", "event")


class Lines(structlog.stdlib.ProcessorFormatter):
    """Formats every record of this process, those of libraries as well."""

    def __init__(self, form: str, settings: Settings) -> None:
        render = _as_json if form == "json" else _as_text
        super().__init__(
            foreign_pre_chain=[_fields],
            processors=[
                _ids,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                render,
            ],
        )
        self._settings = settings

    def format(self, record: logging.LogRecord) -> str:
        """Write a record; a secret that an error quoted is not shown."""
        return self._settings.without_secrets(super().format(record))


def handler(form: str, settings: Settings) -> logging.Handler:
    """Give the handler that writes lines to standard error."""
    made = logging.StreamHandler()
    made.setFormatter(Lines(form, settings))
    return made


Event = MutableMapping[str, Any]


def _fields(_logger: Any, _name: str, event: Event) -> Event:
    """Take the event and its fields from a record of ours; a library's is its message."""
    record = event["_record"]
    if hasattr(record, "fields"):
        event["event"] = record.event
        event.update(record.fields)
    return event


def _ids(_logger: Any, _name: str, event: Event) -> Event:
    return {**event, **ids()}


def _as_json(_logger: Any, _name: str, event: Event) -> str:
    rest = {name: value for name, value in event.items() if name not in _FRAME}
    whole = {name: event[name] for name in _FRAME} | rest
    return json.dumps(whole, ensure_ascii=False, default=str)


def _as_text(_logger: Any, _name: str, event: Event) -> str:
    trace = event.pop("exception", "") or event.pop("frames", "")
    frame = {name: event.pop(name) for name in _FRAME}
    line = f"{frame['level'].upper():<7} {frame['logger']}  {said(frame['event'], event)}"
    return f"{line}\n{trace}" if trace else line
