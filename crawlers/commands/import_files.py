"""`paperwatch import`."""

import json
import sys
from pathlib import Path

import click

from archive import indexing, logs, settings
from archive.errors import BadRequest, Incomplete, NotFound, NotReadable, PaperwatchError
from archive.model import Tally
from archive.opening import Archive, open_archive
from archive.progress import Progress
from archive.queues import hand_over
from crawlers.importing.award_file import import_award_file
from crawlers.importing.imported import Imported


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_files(files: tuple[Path, ...], as_json: bool) -> None:
    """Import files that USAspending publishes: CSV, or ZIP of CSV parts.

    Prime award summaries, prime transactions (of today and of 2018) and sub-awards of contracts
    and vehicles are told apart by their first line.

    The bytes are kept first, then each row is read. After an interruption the same command goes
    on; a file that is already here is not read again. Ends with 16 when rows were refused.

    Example:  paperwatch import Contracts_PrimeAwardSummaries_2026-11-23.zip
    """
    in_force = settings.load()
    logs.begin(in_force, is_task=True)
    in_force.refuse_in_sample()
    with open_archive(in_force) as archive:
        done, wrong = _each(archive, files)
        indexed = bring_index_up_to_date(archive)
    if wrong and not done:
        raise wrong[0]
    if as_json:
        click.echo(json.dumps(_report(done, wrong, indexed), ensure_ascii=False, indent=2))
    for error in wrong:
        click.echo(str(error), err=True)
    for one in done:
        click.echo(_sentence(one), err=as_json)
    if wrong or any(one.tally.refused and not one.was_done for one in done):
        sys.exit(Incomplete.exit_code)


def _each(
    archive: Archive, files: tuple[Path, ...]
) -> tuple[list[Imported], list[PaperwatchError]]:
    """Import each file; one that cannot be read does not stop the others."""
    done: list[Imported] = []
    wrong: list[PaperwatchError] = []
    for path in files:
        try:
            done.append(import_award_file(archive, path))
        except (BadRequest, NotFound, NotReadable) as error:
            wrong.append(error)
    return done, wrong


def bring_index_up_to_date(archive: Archive) -> int:
    """Drain what the index has to hear; one that cannot be written now is left alone, and said.

    On a cluster the workers do it, and have done so all along.
    """
    if archive.settings.has_workers:
        if trouble := hand_over(archive, "read", "index"):
            click.echo(trouble, err=True)
        return 0
    indexed, trouble = indexing.catch_up(archive, Progress("entries indexed").tell)
    if trouble:
        click.echo(f"The index was left alone: {trouble}", err=True)
    return indexed


def _report(done: list[Imported], wrong: list[PaperwatchError], indexed: int) -> dict[str, object]:
    total = Tally()
    for one in done:
        if not one.was_done:
            total.add(one.tally)
    return {
        **total.as_dict(),
        "indexed": indexed,
        "files": [one.as_dict() for one in done],
        "errors": [str(error) for error in wrong],
    }


def _sentence(one: Imported) -> str:
    """Say what became of a file."""
    tally = one.tally
    if one.was_done:
        return f"{one.file}: already imported ({one.rows:,} rows); nothing was written."
    lines = [
        f"{one.file}: {one.rows:,} rows in {one.seconds:.1f} s: {tally.new:,} new,"
        f" {tally.changed:,} changed, {tally.unchanged:,} unchanged, {tally.older:,} older,"
        f" {tally.refused:,} refused."
    ]
    if one.resumed:
        lines[0] += " It went on where an earlier command had stopped."
    if one.vanished:
        lines.append(f"  {one.vanished:,} actions are deleted at their source, or there again.")
    if one.not_understood:
        names = ", ".join(one.not_understood)
        lines.append(f"  Columns not understood, and kept in the file only: {names}")
    for refusal in one.refusals:
        lines.append(f"  Row {refusal.place}, {refusal.subject or 'no key'}: {refusal.reason}")
    if tally.refused > len(one.refusals):
        lines.append(f"  … and {tally.refused - len(one.refusals):,} more. Run: paperwatch status")
    return "\n".join(lines)
