"""`paperwatch copy`."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from archive import indexing, settings
from archive.copying.copy import copy_archive
from archive.copying.target import settings_of
from archive.opening import open_archive
from archive.progress import Progress

_DONE = {"rows": "rows copied", "files": "files copied", "compared": "rows compared"}


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
    with open_archive(found) as source, open_archive(there, is_copy=True) as copied_to:
        copied = copy_archive(source, copied_to, _told())
        click.echo(
            f"Copied {copied.rows:,} rows and {copied.files:,} files; both sides are the same."
        )
        if index:
            rebuilt = indexing.rebuild(copied_to, Progress("entries indexed").tell_left)
            click.echo(f"Built the index there: {rebuilt.entries:,} entries.")
        else:
            click.echo("The index is still to be built, with the settings of the target:")
            click.echo("  paperwatch rebuild-index")


def _told() -> Callable[[str, int, int], None]:
    """Give what tells of each part of the work by itself: so many more of all are done."""
    parts: dict[str, Progress] = {}
    done: Counter[str] = Counter()

    def tell(subject: str, more: int, of: int) -> None:
        part = parts.setdefault(subject, Progress(_DONE[subject]))
        done[subject] += more
        part.tell_of(done[subject], of)

    return tell
