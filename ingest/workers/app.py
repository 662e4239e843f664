"""The Celery application: how messages are carried, and which tasks they ask for."""

from collections.abc import Callable

from celery import Celery

from archive.queues import QUEUES
from archive.settings import Settings

# Redis gives a message again that was not acknowledged for so long. What a lost worker had in hand
# comes back by its lease, within a minute; this only has to be longer than any task, or a document
# of 5,000 pages would be handed out twice.
_VISIBLE_AGAIN_S = 24 * 3600
_CONNECT_S = 3.0
_SILENT_S = 30.0


def make_app(settings: Settings, *, is_patient: bool = False) -> Celery:
    """Make the application; a worker is patient with a broker that is away, a command is not."""
    app = Celery("paperwatch", broker=settings["BROKER_URL"], set_as_current=False)
    app.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_acks_late=True,
        # What killed its worker is tried again by the attempts in its row, which end; Celery
        # would hand it out for ever.
        task_reject_on_worker_lost=False,
        task_default_queue=QUEUES[0].name,
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_soft_shutdown_timeout=0,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None if is_patient else 0,
        broker_transport_options={
            "global_keyprefix": f"{settings['BROKER_NAME']}:",
            "visibility_timeout": _VISIBLE_AGAIN_S,
            "socket_connect_timeout": _CONNECT_S,
            "socket_timeout": _SILENT_S,
            "socket_keepalive": True,
            "max_retries": 0,
        },
    )
    return app


def add_tasks(app: Celery, run: Callable[[str, str], None]) -> None:
    """Let the application run each queue's task by `run`, with its name and subject."""
    for queue in QUEUES:
        app.task(_task(queue.task, run), name=queue.task)


def _task(name: str, run: Callable[[str, str], None]) -> Callable[[str], None]:
    def task(subject: str) -> None:
        run(name, subject)

    return task


def start_working(app: Celery, queue: str, name: str) -> None:
    """Work on one queue until told to end.

    Solo: one task at a time in this very process. A pool would fork from a process with open
    connections, and one that dies would take the work of its neighbours along.
    """
    worker = app.Worker(
        pool="solo",
        concurrency=1,
        queues=[queue],
        hostname=name,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        loglevel="WARNING",
    )
    worker.start()
