"""`paperwatch verify`."""

import json
import sys
import time
from dataclasses import asdict

import click

from archive import indexing, settings
from archive.errors import Damaged
from archive.mending import mend as mend_rows
from archive.opening import open_archive
from archive.verifying import sweep as sweep_files
from archive.verifying import verify as walk

_EVERY_S = 2.0


@click.command()
@click.option("--sweep", is_flag=True, help="Remove files older than a day that no row names.")
@click.option("--mend", is_flag=True, help="Write again rows that are not what versions say.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(sweep: bool, mend: bool, as_json: bool) -> None:
    """Hold files against hashes, rows against files and versions, the index against the catalogue.

    Ends with 11 when something is damaged, and says how to mend it.

    Example:  paperwatch verify
    """
    progress = _Progress()
    with open_archive(settings.load()) as archive:
        mended = mend_rows(archive, progress.tell) if mend else 0
        indexing.catch_up(archive)  # what keeps it from that is found below
        removed = sweep_files(archive) if sweep else 0
        findings = []
        for one in walk(archive, progress.tell):
            findings.append(one)
            if not as_json:
                click.echo(f"{one.what} {one.mend}")
    damage = [one for one in findings if not one.is_harmless]
    if as_json:
        report = {"findings": [asdict(one) for one in findings], "removed": removed}
        report |= {"mended": mended} if mend else {}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _tell(removed, mended)
    if damage:
        click.echo(f"{len(damage)} findings of damage.", err=True)
        sys.exit(Damaged.exit_code)
    if not as_json:
        click.echo("All is whole.")


def _tell(removed: int, mended: int) -> None:
    if mended:
        click.echo(f"Mended {mended:,} rows from their versions.")
    if removed:
        click.echo(f"Removed {removed} files that no row named.")


class _Progress:
    """Says every two seconds how far the walk came."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _EVERY_S

    def tell(self, subject: str, number: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY_S
            click.echo(f"verifying {subject}={number:,}", err=True)
