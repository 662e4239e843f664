"""One worker process: does the work of one queue, one piece at a time.

python -m ingest.workers QUEUE      started by `paperwatch worker`, ends when its input is closed
"""

import os
import signal
import socket
import sys
import threading
from importlib.metadata import entry_points

from celery import current_task, signals

from archive import logs, settings
from archive.errors import PaperwatchError
from archive.logs import Log
from archive.opening import open_archive
from archive.reading_client import Readers
from ingest.workers.app import add_tasks, make_app, start_working
from ingest.workers.bench import Bench
from ingest.workers.logs import log_plainly

_log = Log("ingest.workers")

_PAUSE_S = 10.0


def main(queue: str) -> int:
    """Work until told to end; gives the exit code."""
    in_force = settings.load()
    log_plainly(in_force)
    try:
        _work(in_force, queue)
    except PaperwatchError as error:  # `paperwatch worker` starts another in a while
        _log.warning("worker process cannot begin", queue=queue, reason=str(error))
        return error.exit_code
    return 0


def _work(in_force: settings.Settings, queue: str) -> None:
    with open_archive(in_force) as archive, Readers(1) as readers:
        bench = Bench(archive=archive, readers=readers)
        app = make_app(in_force, is_patient=True)
        add_tasks(app, lambda task, subject: run(bench, task, subject), lambda: _leave(bench))

        signals.setup_logging.connect(_leave_logging)
        signals.worker_shutting_down.connect(bench.end, weak=False)
        threading.Thread(target=_end_with_parent, daemon=True).start()
        start_working(app, queue, f"{queue}-{os.getpid()}@{socket.gethostname()}")


def run(bench: Bench, task: str, subject: str) -> None:
    """Run a task by its name. What goes wrong is said; the row of the work stays the truth."""
    if bench.stop.is_set():
        return
    with logs.task(str(current_task.request.id) if current_task else ""):
        try:
            (found,) = entry_points(group="paperwatch.tasks", name=task)
            found.load()(bench, subject)
        except PaperwatchError as error:
            _log.warning("not done", task=task, subject=subject, reason=str(error))
            bench.stop.wait(_PAUSE_S)
        except Exception:
            _log.exception("not done", task=task, subject=subject)
            bench.stop.wait(_PAUSE_S)


def _leave(bench: Bench) -> None:
    """End this process, which has nothing in hand; `paperwatch worker` starts another."""
    _log.warning("Redis went away within a task, which is done; this process is started anew")
    bench.readers.close()
    os._exit(0)


def _leave_logging(**_: object) -> None:
    """Keep Celery from changing what `log_plainly` set up."""


def _end_with_parent() -> None:
    """Tell this process to end when its standard input is closed: its parent ended, or wants it."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
