"""What workers and beat write to standard error."""

import logging
import warnings

from archive import logs
from archive.settings import Settings


def log_plainly(settings: Settings) -> None:
    """Write log lines of this process to standard error, one for each event."""
    logs.begin(settings, is_told=True)
    # It is about messages in a format that runs code; ours are JSON with the name of a task.
    warnings.filterwarnings("ignore", "You're running the worker with superuser", UserWarning)
    # That the broker went away is a sentence; twenty lines of Celery's insides tell no more.
    for name in ("celery.worker.consumer.consumer", "kombu.connection"):
        logging.getLogger(name).addFilter(_without_trace)


def _without_trace(record: logging.LogRecord) -> bool:
    record.exc_info = None
    record.exc_text = None
    return True
