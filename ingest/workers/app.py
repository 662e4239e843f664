"""The Celery application: how messages are carried, and which tasks they ask for."""

import socket
from collections.abc import Callable
from typing import Any

from celery import Celery
from celery.worker.request import Request

from archive.queues import QUEUES
from archive.settings import Settings
from ingest.workers.address import address_of

# Redis gives a message again that was not acknowledged for so long. What a lost worker had in hand
# comes back by its lease, within a minute; this only has to be longer than any task, or a document
# of 5,000 pages would be handed out twice.
_VISIBLE_AGAIN_S = 24 * 3600
_CONNECT_S = 3.0
_SILENT_S = 30.0
# A machine that went away without a word is noticed after a minute and a half.
_ALIVE = {socket.TCP_KEEPIDLE: 60, socket.TCP_KEEPINTVL: 10, socket.TCP_KEEPCNT: 3}


def make_app(settings: Settings, *, is_patient: bool = False) -> Celery:
    """Make the application; a worker is patient with a broker that is away, a command is not."""
    address = address_of(settings)
    app = Celery("paperwatch", broker=address.plain, set_as_current=False)
    app.conf.update(
        broker_use_ssl=dict(address.tls) or None,
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
            "socket_keepalive_options": _ALIVE,
            "max_retries": 0,
        },
    )
    return app


def add_tasks(app: Celery, run: Callable[[str, str], None], leave: Callable[[], None]) -> None:
    """Let the application run each queue's task by `run`, with its name and subject.

    `leave` ends the process: it is called when a task is done and Redis cannot be told.
    """
    request = _request(leave)
    for queue in QUEUES:
        app.task(_task(queue.task, run), name=queue.task, Request=request)


def _task(name: str, run: Callable[[str, str], None]) -> Callable[[str], None]:
    def task(subject: str) -> None:
        run(name, subject)

    return task


def _request(leave: Callable[[], None]) -> type[Any]:
    """Give a request that leaves when it cannot be acknowledged.

    Celery 5.7 counts the message as in hand from then on, takes no other, and so never finds out
    that its connection is dead: seen where Redis was stopped within a task and started again.
    """

    class _Acknowledged(Request):  # type: ignore[misc]
        def __init__(self, message: Any, *words: Any, **named: Any) -> None:
            acknowledge = message.ack

            def acknowledge_or_leave(*words: Any, **named: Any) -> None:
                try:
                    acknowledge(*words, **named)
                except Exception:
                    leave()
                    raise

            message.ack = acknowledge_or_leave
            super().__init__(message, *words, **named)

    return _Acknowledged


def start_working(app: Celery, queue: str, name: str) -> None:
    """Work on one queue until told to end.

    One task at a time, in a thread, so that the connection is looked after meanwhile. A pool of
    processes would fork from one with open connections.
    """
    worker = app.Worker(
        pool="threads",
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
