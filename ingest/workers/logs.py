"""What workers and beat write to standard error."""

import logging
import warnings

from archive import logs
from archive.settings import Settings


def log_plainly(settings: Settings) -> None:
    """Write log lines of this process to standard error, one for each event."""
    logs.begin(settings, is_told=True)
    for name in ("celery.worker.consumer.consumer", "celery.worker.request"):
        logging.getLogger(name).addFilter(_in_one_line)
    # It is about messages in a format that runs code; ours are JSON with the name of a task.
    warnings.filterwarnings("ignore", ".*running the worker with superuser", UserWarning)
    logging.getLogger("py.warnings").addFilter(_is_of_use)


def _in_one_line(record: logging.LogRecord) -> bool:
    """Say in a sentence that the broker went away; Celery adds twenty lines of its insides."""
    record.msg, record.args = " ".join(record.getMessage().split()), ()
    record.exc_info = record.exc_text = None
    return True


def _is_of_use(record: logging.LogRecord) -> bool:
    """Leave out that Celery 6 will cancel tasks: they would only be begun anew."""
    return "on connection loss cancels" not in record.getMessage()
