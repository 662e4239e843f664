"""`paperwatch verify`."""

import json
import sys
from dataclasses import asdict

import click

from archive import indexing, settings
from archive.errors import Damaged
from archive.mending import mend as mend_rows
from archive.misstated import Report
from archive.opening import open_archive
from archive.progress import Progress
from archive.shown.wording import counted
from archive.verifying import sweep as sweep_files
from archive.verifying import verify as walk


@click.command()
@click.option("--sweep", is_flag=True, help="Remove files older than a day that no row names.")
@click.option("--mend", is_flag=True, help="Write again rows that are not what versions say.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(sweep: bool, mend: bool, as_json: bool) -> None:
    """Hold files against hashes, rows against files and versions, the index against the catalogue.

    Ends with 11 when something is damaged, and says how to mend it.

    Example:  paperwatch verify
    """
    tell = _told()
    with open_archive(settings.load()) as archive:
        mended = mend_rows(archive, tell) if mend else 0
        indexing.catch_up(archive)  # what keeps it from that is found below
        removed = sweep_files(archive) if sweep else 0
        findings = []
        for one in walk(archive, tell):
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
        click.echo(f"{counted(len(damage), 'finding')} of damage.", err=True)
        sys.exit(Damaged.exit_code)
    if not as_json:
        click.echo("All is whole.")


def _tell(removed: int, mended: int) -> None:
    if mended:
        click.echo(f"Mended {counted(mended, 'row')} from the versions held.")
    if removed:
        click.echo(f"Removed {counted(removed, 'file')} that no row named.")


def _told() -> Report:
    """Give what tells of each part of the walk by itself, as each is walked to its end."""
    parts: dict[str, Progress] = {}

    def tell(subject: str, number: int) -> None:
        if subject not in parts:
            parts[subject] = Progress(f"{subject} looked at")
        parts[subject].tell(number)

    return tell
