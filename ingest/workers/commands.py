"""`paperwatch worker` and `paperwatch beat`."""

import signal
import threading
import time
from types import FrameType

import click

from archive import settings
from archive.broker import Broker, open_broker
from archive.commands.telling import tell
from archive.documents import RECOGNISE
from archive.errors import BadRequest, BrokerUnavailable, SettingError
from archive.logs import Log
from archive.opening import open_archive
from archive.queues import NAMED, QUEUES, Queue
from archive.recogniser import lacking
from ingest.workers.beating import keep_beating
from ingest.workers.logs import log_plainly
from ingest.workers.supervising import supervise

_log = Log(__name__)

_PATIENCE_S = 60.0
_PAUSE_S = 2.0


def _queues(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> tuple[Queue, ...]:
    if text is None:
        return ()
    names = [name for one in text.split(",") if (name := one.strip())]
    strange = [name for name in names if name not in NAMED]
    if strange or not names:
        known = ", ".join(NAMED)
        raise BadRequest(
            f"--queues {text!r}: {', '.join(strange) or 'nothing'} is no queue (known: {known})."
        )
    return tuple(one for one in QUEUES if one.name in names)


@click.command()
@click.option(
    "--queues",
    callback=_queues,
    help=f"Queues whose work is done here, commas between: {', '.join(NAMED)}."
    "  [default: all that can be done here]",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="Processes of each queue; index has one at most.  [default: PAPERWATCH_READERS]",
)
def worker(queues: tuple[Queue, ...], processes: int | None) -> None:
    """Do the work of an archive on a cluster: read documents, recognise scans, index, crawl.

    Hears through Redis (PAPERWATCH_BROKER_URL) what waits. Each queue has processes of its own, so
    that a long document or crawl keeps nothing else waiting. What a lost worker had in hand is
    free again within a minute. `paperwatch beat` must run somewhere.

    Example:  paperwatch worker --queues read --processes 4
    """
    in_force = settings.load()
    log_plainly(in_force)
    queues = _able(queues, lacking(in_force))
    stop = _stop_on_signals()
    broker = open_broker(in_force)
    with open_archive(in_force):  # make or migrate it once, and not in each process
        pass
    _wait_for(broker, stop)
    broker.close()
    count = processes or in_force.whole_number("READERS")
    names = ", ".join(one.name for one in queues)
    click.echo(f"Works on: {names} (end it with Ctrl-C)")
    if not stop.is_set():
        supervise(queues, count, stop)
    tell(in_force, "Ended.")


def _able(queues: tuple[Queue, ...], lacks: str) -> tuple[Queue, ...]:
    """Give the queues whose work can be done here: those that were named, else all that can be.

    Raises:
        SettingError: one was named that lacks something here.
    """
    if lacks and any(one.task == RECOGNISE for one in queues):
        raise SettingError(lacks)
    if lacks and not queues:
        click.echo(lacks, err=True)
    return queues or tuple(one for one in QUEUES if not (lacks and one.task == RECOGNISE))


@click.command()
def beat() -> None:
    """Keep the schedule of an archive on a cluster, and tell its workers what waits.

    Looks once a second: begins crawls that are due, frees what lost workers had in hand, and fills
    the queues in Redis (PAPERWATCH_BROKER_URL) again when it comes back empty. One is enough; a
    second does no harm.

    Example:  paperwatch beat
    """
    in_force = settings.load()
    log_plainly(in_force)
    stop = _stop_on_signals()
    broker = open_broker(in_force)
    with open_archive(in_force) as archive:
        _wait_for(broker, stop)
        click.echo("Beats (end it with Ctrl-C)")
        keep_beating(archive, broker, stop)
    broker.close()
    tell(in_force, "Ended.")


def _wait_for(broker: Broker, stop: threading.Event) -> None:
    """Wait until the broker answers, for a minute at most.

    Raises:
        BrokerUnavailable: it does not, or lets us not in.
    """
    until = time.monotonic() + _PATIENCE_S
    is_said = False
    while not stop.is_set():
        try:
            broker.check()
            return
        except BrokerUnavailable as error:
            if error.is_refused or time.monotonic() > until:
                raise
            if not is_said:
                _log.warning("waiting for the broker", reason=str(error))
            is_said = True
        stop.wait(_PAUSE_S)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    return stop
