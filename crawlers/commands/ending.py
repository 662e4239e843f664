"""How `paperwatch crawl` ends, whichever way it took."""

import sys

import click

from archive.errors import Incomplete


def conclude(stopped_by: Exception | None, *, is_finished: bool, is_whole: bool) -> None:
    """Say what may be done next, or end with the exit code of what went wrong.

    Raises:
        Exception: the one that stopped the crawl.
        Incomplete: it was interrupted.
    """
    if stopped_by is not None:
        raise stopped_by
    if not is_finished:
        raise Incomplete("Stopped. The same command goes on where this one was.")
    if not is_whole:
        sys.exit(Incomplete.exit_code)
    click.echo("Next:  paperwatch search WORDS   or   paperwatch serve", err=True)
