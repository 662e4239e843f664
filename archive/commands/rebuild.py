"""`paperwatch rebuild-index`."""

import time

import click

from archive import indexing, settings
from archive.opening import open_archive
from archive.progress import Progress


@click.command(name="rebuild-index")
def rebuild_index() -> None:
    """Build the search index anew from the catalogue, while searches and deposits go on.

    A rebuild that was killed is taken up again by the same command.

    Example:  paperwatch rebuild-index
    """
    began = time.monotonic()
    with open_archive(settings.load()) as archive:
        rebuilt = indexing.rebuild(archive, Progress("entries indexed").tell_left)
    taken_up = " (taken up again)" if rebuilt.was_resumed else ""
    seconds = time.monotonic() - began
    click.echo(
        f"Index {rebuilt.name} answers: {rebuilt.entries:,} entries, {seconds:.1f} s{taken_up}."
    )
