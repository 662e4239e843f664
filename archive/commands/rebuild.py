"""`paperwatch rebuild-index`."""

import time

import click

from archive import indexing, settings
from archive.opening import open_archive
from archive.progress import Progress


@click.command(name="rebuild-index")
@click.option(
    "--forget",
    is_flag=True,
    help="First forget the indexes that the catalogue names, and leave them where they stand.",
)
def rebuild_index(forget: bool) -> None:
    """Build the search index anew from the catalogue, while searches and deposits go on.

    A rebuild that was killed is taken up again by the same command, without --forget.

    Use --forget once, before anything else is started, on a catalogue that was brought back from
    a dump (pg_restore): the indexes that the dump names may still answer for the archive it came
    from, which would be written into and later removed. Until it has
    ended, searches are not answered.

    Example:  paperwatch rebuild-index
    """
    began = time.monotonic()
    with open_archive(settings.load()) as archive:
        rebuilt = indexing.rebuild(archive, Progress("entries indexed").tell_left, is_others=forget)
    taken_up = " (taken up again)" if rebuilt.was_resumed else ""
    seconds = time.monotonic() - began
    click.echo(
        f"Index {rebuilt.name} answers: {rebuilt.entries:,} entries, {seconds:.1f} s{taken_up}."
    )
