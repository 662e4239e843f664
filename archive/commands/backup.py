"""`paperwatch backup` and `restore`."""

import time
from pathlib import Path

import click

from archive import indexing, settings
from archive.backup.restoring import restore as bring_back
from archive.backup.saving import save
from archive.opening import open_archive

_EVERY_S = 2.0


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Save the whole archive into one file, while it goes on working.

    The index is left out: `restore` builds it anew.

    Example:  paperwatch backup archive-2026-11-24.tar
    """
    with open_archive(settings.load()) as archive:
        bodies = save(archive, file, _Progress("saved").tell)
    size_mb = file.stat().st_size / 1e6
    click.echo(f"Saved the catalogue and {bodies:,} files into {file} ({size_mb:,.1f} MB).")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring an archive back from a backup, into an empty folder; every hash is checked.

    Example:  PAPERWATCH_HOME=/srv/paperwatch paperwatch restore archive-2026-11-24.tar
    """
    found = settings.load()
    manifest = bring_back(found, file, _Progress("restored").tell)
    with open_archive(found) as archive:
        rebuilt = indexing.rebuild(archive)
    click.echo(
        f"Restored the backup of {manifest.made_at}: {manifest.bodies:,} files,"
        f" {rebuilt.entries:,} entries in the index."
    )


class _Progress:
    """Says every two seconds how far the work came."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._next = time.monotonic() + _EVERY_S

    def tell(self, done: int, all_of_them: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY_S
            click.echo(f"{self._verb}={done:,} of={all_of_them:,}", err=True)
