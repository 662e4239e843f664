"""`paperwatch backup` and `restore`."""

from pathlib import Path

import click

from archive import indexing, settings
from archive.backup.restoring import restore as bring_back
from archive.backup.saving import save
from archive.opening import open_archive
from archive.progress import Progress


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Save the whole archive into one file, while it goes on working.

    The index is left out: `restore` builds it anew.

    Example:  paperwatch backup archive-2026-11-24.tar
    """
    with open_archive(settings.load()) as archive:
        bodies = save(archive, file, Progress("files saved").tell_of)
    size_mb = file.stat().st_size / 1e6
    click.echo(f"Saved the catalogue and {bodies:,} files into {file} ({size_mb:,.1f} MB).")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring an archive back from a backup, into an empty folder; every hash is checked.

    Example:  PAPERWATCH_HOME=/srv/paperwatch paperwatch restore archive-2026-11-24.tar
    """
    found = settings.load()
    manifest = bring_back(found, file, Progress("files restored").tell_of)
    with open_archive(found) as archive:
        rebuilt = indexing.rebuild(archive, Progress("entries indexed").tell_left)
    click.echo(
        f"Restored the backup of {manifest.made_at}: {manifest.bodies:,} files,"
        f" {rebuilt.entries:,} entries in the index."
    )
