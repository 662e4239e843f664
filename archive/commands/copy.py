"""`paperwatch copy`."""

import time
from pathlib import Path

import click

from archive import indexing, settings
from archive.copying.copy import copy_archive
from archive.copying.target import settings_of
from archive.opening import open_archive

_EVERY_S = 2.0


@click.command()
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="A folder, or a file of settings of the target (*.toml), which names home as well.",
)
@click.option(
    "--index/--no-index", default=True, help="Build the index of the target, too.  [default: yes]"
)
def copy(target: Path, index: bool) -> None:
    """Copy the archive to an empty place, such as a cluster; every hash is checked.

    Nobody can write to the archive meanwhile. Stopped or killed, the same command goes on.

    Example:  paperwatch copy --to cluster.toml
    """
    found = settings.load()
    there = settings_of(target, found)
    progress = _Progress()
    with open_archive(found) as source, open_archive(there, is_copy=True) as copied_to:
        copied = copy_archive(source, copied_to, progress.tell)
        click.echo(
            f"Copied {copied.rows:,} rows and {copied.files:,} files; both sides are the same."
        )
        if index:
            rebuilt = indexing.rebuild(copied_to)
            click.echo(f"Built the index there: {rebuilt.entries:,} entries.")
        else:
            click.echo("The index is still to be built, with the settings of the target:")
            click.echo("  paperwatch rebuild-index")


class _Progress:
    """Says every two seconds how far the work came, how fast it is and how long it will take."""

    def __init__(self) -> None:
        self._subject, self._done, self._began = "", 0, 0.0
        self._next = time.monotonic() + _EVERY_S

    def tell(self, subject: str, more: int, of: int) -> None:
        now = time.monotonic()
        if subject != self._subject:
            self._subject, self._done, self._began = subject, 0, now
        self._done += more
        if now < self._next:
            return
        self._next = now + _EVERY_S
        rate = self._done / max(now - self._began, 0.001)
        left_s = round((of - self._done) / rate) if rate else 0
        said = f"{subject}={self._done:,} of={of:,} rate={rate:,.0f}/s left={_duration(left_s)}"
        click.echo(f"copying {said}", err=True)


def _duration(seconds: int) -> str:
    minutes, seconds = divmod(max(seconds, 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
