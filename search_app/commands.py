"""`paperwatch serve`."""

import logging
import signal
import sys
from contextlib import suppress
from types import FrameType

import click

from archive import settings
from archive.opening import open_archive
from search_app.serving import served


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8642,
    show_default=True,
    help="Port to answer on; 0 takes any free one.",
)
@click.option("--log", "is_logged", is_flag=True, help="Log each answer, without what was asked.")
def serve(host: str, port: int, is_logged: bool) -> None:
    """Answer searches in the browser, and keep the search index up to date meanwhile.

    Example:  paperwatch serve --port 8642
    """
    logging.basicConfig(
        level=logging.INFO if is_logged else logging.WARNING,
        format="%(levelname)-7s %(name)s  %(message)s",
        stream=sys.stderr,
    )
    # It warns whenever two people ask at once, which is what its threads are for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    signal.signal(signal.SIGTERM, _stop)
    with (
        open_archive(settings.load()) as archive,
        served(archive, host, port) as (server, address),
    ):
        click.echo(f"Paperwatch answers on {address} (end it with Ctrl-C)")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt, SystemExit):
            server.run()
    click.echo("Ended.", err=True)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
