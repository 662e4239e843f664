"""`paperwatch serve`."""

import signal
import sys
from contextlib import suppress
from types import FrameType

import click

from archive import clock, logs, settings
from archive.commands.telling import tell
from archive.opening import Archive, open_archive
from archive.schedule import rows
from archive.sharing import shared
from archive.shown.wording import counted, moment
from archive.typed import PORT
from search_app.heap import share_one_heap
from search_app.serving import served

_LOCK = "serving.lock"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer on.")
@click.option(
    "--port",
    type=PORT,
    default=8642,
    show_default=True,
    help="Port to answer on; 0 takes any free one.",
)
@click.option(
    "--schedule/--no-schedule",
    "is_scheduled",
    default=True,
    help="Run what is on the schedule (paperwatch schedule).",
)
@click.option("--log", "is_logged", is_flag=True, help="Log each answer, without what was asked.")
def serve(host: str, port: int, is_scheduled: bool, is_logged: bool) -> None:
    """Answer searches in the browser, and do all that the archive needs meanwhile.

    Keeps the search index up to date, reads documents that wait, and runs what is due on the
    schedule, each crawl as a child process. When it ends, they end; the next one goes on with them.
    On a cluster (PAPERWATCH_BROKER_URL) it only answers; `paperwatch worker` and `beat` do that.

    Example:  paperwatch serve --port 8642
    """
    in_force = settings.load()
    logs.begin(in_force, is_told=is_logged)
    signal.signal(signal.SIGTERM, _stop)
    share_one_heap()
    with (
        open_archive(in_force) as archive,
        served(archive, host, port, is_scheduled=is_scheduled) as (server, address),
        shared(archive.settings.home / _LOCK) as is_alone,
    ):
        click.echo(f"Paperwatch answers on {address} (end it with Ctrl-C)")
        sys.stdout.flush()
        if not is_alone:
            click.echo(_beside(archive), err=True)
        _say_schedule(archive, is_scheduled=is_scheduled)
        with suppress(KeyboardInterrupt, SystemExit):
            server.run()
    tell(in_force, "Ended.")


def _beside(archive: Archive) -> str:
    return (
        f"Another `paperwatch serve` answers from {archive.settings.home} already. Both may go on:"
        " one of them indexes and reads at a time, and no scheduled run is begun twice."
    )


def _say_schedule(archive: Archive, *, is_scheduled: bool) -> None:
    """Say what comes next; nothing where nothing is scheduled."""
    coming = sorted((one.next_at, one.name) for one in rows.listed(archive) if one.is_on)
    if not coming:
        return
    if is_scheduled and not archive.settings.has_workers:
        at, name = coming[0]
        when = "now" if at <= clock.now() else f"on {moment(at)}"
        said = f"{counted(len(coming), 'crawl')} on the schedule; the next, {name}, begins {when}."
    else:
        said = f"{counted(len(coming), 'crawl')} on the schedule; none is run from here."
    tell(archive.settings, said)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
