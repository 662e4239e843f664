"""`paperwatch evaluate`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from archive import logs, settings
from archive.errors import NotFound
from archive.opening import Archive, is_archive, open_archive
from archive.progress import Progress
from archive.reading_client import Readers
from archive.recogniser import lacking, models
from archive.settings import Settings
from archive.shown.wording import counted
from ingest.evaluating import gold as golden
from ingest.evaluating import report
from ingest.evaluating.looking import Looker
from ingest.evaluating.running import Result, evaluated


@click.command()
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD.json")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate(gold: Path, folder: Path, as_json: bool) -> None:
    """Hold what the archive reads in documents against gold: facts that were read by hand.

    For each kind of fact: how many there are, were found, missed, and said falsely; every miss by
    name. What the archive has not read, or with an older reader, is read now, scanned pages too,
    and kept nowhere. No archive is needed, and none is made. The form of the gold, and what counts:
    docs/evaluation.md.

    Example:  paperwatch evaluate gold.json documents/ --json
    """
    known = golden.read(gold)
    if not folder.is_dir():
        raise NotFound(f"{folder} is no folder. Name the folder with the files of {gold.name}.")
    in_force = settings.load()
    logs.begin(in_force, is_task=True)
    with _opened(in_force) as archive:
        result = _evaluated(in_force, archive, known, folder)
    if not result.files:
        raise NotFound(f"None of the files of {gold} is in {folder}. Name the folder they are in.")
    if result.missing:
        click.echo(report.absent(result.missing, folder), err=True)
    if as_json:
        click.echo(json.dumps(report.as_json(result), ensure_ascii=False))
    else:
        click.echo("\n".join(report.lines(result)))


@contextmanager
def _opened(in_force: Settings) -> Iterator[Archive | None]:
    """Open the archive of the settings, if there is one."""
    if not is_archive(in_force):
        yield None
        return
    with open_archive(in_force) as archive:
        yield archive


def _evaluated(
    in_force: Settings, archive: Archive | None, known: dict[str, golden.GoldFile], folder: Path
) -> Result:
    told = Progress("files looked at")
    there = sum((folder / name).is_file() for name in known)
    with Readers(in_force.whole_number("READERS")) as readers:
        looker = Looker(archive=archive, readers=readers, models=models(in_force))
        result = evaluated(known, folder, looker, lambda done: told.tell_of(done, there))
    if waiting := sum(one.waiting for one in result.files):
        pages = counted(waiting, "scanned page was", "scanned pages were")
        reason = lacking(in_force) or "Tesseract could not read them."
        click.echo(f"{pages} not recognised. {reason}", err=True)
    return result
