"""`paperwatch rebuild-index`."""

import time

import click

from archive import indexing, settings
from archive.opening import open_archive


@click.command(name="rebuild-index")
def rebuild_index() -> None:
    """Build the search index anew from the catalogue, while searches and deposits go on.

    A rebuild that was killed is taken up again by the same command.

    Example:  paperwatch rebuild-index
    """
    began = time.monotonic()
    with open_archive(settings.load()) as archive:
        rebuilt = indexing.rebuild(archive, lambda done, left: _progress(done, left, began))
    taken_up = " (taken up again)" if rebuilt.was_resumed else ""
    seconds = time.monotonic() - began
    click.echo(
        f"Index {rebuilt.name} answers: {rebuilt.entries:,} entries, {seconds:.1f} s{taken_up}."
    )


def _progress(done: int, left: int, began: float) -> None:
    seconds = max(time.monotonic() - began, 0.001)
    rate = done / seconds
    click.echo(
        f"entries={done:,} left={left:,} per_second={rate:,.0f} seconds_left={left / rate:,.0f}",
        err=True,
    )
