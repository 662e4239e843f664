"""`paperwatch add`."""

import json
import re
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from archive import clock, indexing, logs, settings
from archive.calling import called
from archive.documents import Released
from archive.errors import BadRequest, Incomplete
from archive.opening import Archive, open_archive
from archive.queues import hand_over
from archive.reading_client import Readers
from archive.reading_work import Progress, read_waiting
from archive.settings import DRAWN
from archive.shown.wording import listed
from archive.typed import check_past_day
from archive.watchlist import agencies
from archive.watchlist.places import STATES
from ingest.again import every, older, put_down, wanting
from ingest.awaiting import await_index, await_workers
from ingest.collecting import Collected, Collector, Origin, files_in
from ingest.summary import Summary, name_of, said, summary_of

_SLOW_S = 5.0
_CODE = re.compile(r"\d{3}|[0-9A-Z]{4}")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option(
    "--agency", default="", help="Agency that released the files: a code (7012) or a name (ICE)."
)
@click.option("--state", default="", help="State of the body that released them: OR.")
@click.option("--released", default="", metavar="DAY", help="Day of the release: 2026-03-01.")
@click.option("--source", default="added", show_default=True, help="Name of where they came from.")
@click.option("--no-read", is_flag=True, help="Leave the reading to the workers.")
@click.option(
    "--again",
    is_flag=True,
    help="Read these files anew; without PATH, all documents whose reading is old or damaged.",
)
@click.option("--all", "is_all", is_flag=True, help="With --again: read every document anew.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def add(
    paths: tuple[Path, ...],
    agency: str,
    state: str,
    released: str,
    source: str,
    no_read: bool,
    again: bool,
    is_all: bool,
    as_json: bool,
) -> None:
    """Add released PDFs, or folders of them, to the archive, read and index them.

    What is no PDF is kept and refused with its reason; the rest go on. Stopped or killed, the same
    command goes on where this one was. Documents that an older version of the reader read are read
    anew by the way. On a cluster the workers read; this command shows how far they are.

    Example:  paperwatch add released/ --agency 7012 --released 2026-03-01
    """
    _refuse_unclear(paths, again=again, is_all=is_all)
    origin = Origin(
        source=source,
        released=Released(
            agency_code=_agency_code(agency.strip()),
            released_on=_day(released.strip()),
            state=_state_code(state.strip()),
        ),
    )
    in_force = settings.load()
    logs.begin(in_force, is_task=True)
    if paths and not source.startswith(DRAWN):
        in_force.refuse_in_sample()
    with open_archive(in_force) as archive:
        summary = _added(archive, origin, paths, again=again, is_all=is_all, is_reading=not no_read)
    click.echo(json.dumps(asdict(summary), ensure_ascii=False) if as_json else said(summary))
    if summary.refused:
        count = len(summary.refused)
        raise Incomplete(
            f"{count} of {summary.files + summary.again} files could not be read;"
            " each reason is given."
        )


def _agency_code(typed: str) -> str:
    """Give the code of an agency by code or name.

    Raises:
        BadRequest: it is unknown, or means several.
    """
    found = agencies.find(typed) if typed else ()
    if len(found) == 1:
        return found[0].code
    if not typed or (not found and _CODE.fullmatch(typed)):
        return typed
    if not found:
        raise BadRequest(agencies.unknown(typed))
    meant = ", ".join(f"{one.code} ({one.name})" for one in found)
    raise BadRequest(f"{typed!r} means several agencies: {meant}. Give the code of one.")


def _state_code(typed: str) -> str:
    """Give the two letters of a state.

    Raises:
        BadRequest: there is no such state.
    """
    if typed and typed.upper() not in STATES:
        raise BadRequest(f"--state {typed!r} is no state. Give its two letters, such as OR.")
    return typed.upper()


def _day(typed: str) -> str:
    """Give the day of a release.

    Raises:
        BadRequest: it is no day, or one that is still to come.
    """
    if typed:
        check_past_day("--released", typed)
    return typed


def _refuse_unclear(paths: tuple[Path, ...], *, again: bool, is_all: bool) -> None:
    if is_all and (paths or not again):
        raise BadRequest("--all goes with --again, and without files: paperwatch add --again --all")
    if not paths and not again:
        raise BadRequest(
            "Name files or folders: paperwatch add PATH…"
            " (or read anew what needs it: paperwatch add --again)"
        )
    for path in paths:
        if not path.exists():
            raise BadRequest(
                f"{path} is not there. Name PDFs, or folders of them: {called()} add PATH"
            )


def _added(
    archive: Archive,
    origin: Origin,
    paths: tuple[Path, ...],
    *,
    again: bool,
    is_all: bool,
    is_reading: bool,
) -> Summary:
    """Collect, put down what is to be read anew, read and index; tell how it went."""
    began, began_at = time.monotonic(), clock.now()
    collector = Collector(archive, origin, paths)
    collected = [collector.collect(path) for path in files_in(paths)]
    if paths and not collected:
        click.echo(_no_files(paths), err=True)
    anew = _put_down(archive, collected, again=again, is_all=is_all)
    if archive.settings.has_workers:
        asked = {one.sha256 for one in collected if not one.refusal} | set(anew)
        progress = _leave_to_workers(archive, asked, is_awaited=is_reading)
    else:
        progress = _read(archive) if is_reading else None
        _, trouble = indexing.catch_up(archive)
        if trouble:
            click.echo(f"The index was left alone: {trouble}", err=True)
    summary = summary_of(archive, collected, anew, progress, since=began_at)
    counts = {"new": summary.new, "known": summary.known, "refused": len(summary.refused)}
    collector.finish(counts)
    summary.seconds = round(time.monotonic() - began, 1)
    return summary


def _no_files(paths: Iterable[Path]) -> str:
    return (
        f"No file in {listed([str(path) for path in paths])}; hidden ones are left out."
        " Name PDFs, or a folder that holds some."
    )


def _put_down(
    archive: Archive, collected: Iterable[Collected], *, again: bool, is_all: bool
) -> list[str]:
    """Put down what is to be read anew; gives the documents beside the files given."""
    given = {one.sha256 for one in collected if not one.refusal}
    if again and given:
        put_down(archive, given)
    if is_all:
        anew = every(archive)
    elif again and not given:
        anew = wanting(archive)
    else:
        anew = older(archive)
    put_down(archive, anew)
    return sorted(set(anew) - given)


def _read(archive: Archive) -> Progress:
    with Readers(archive.settings.whole_number("READERS")) as readers:
        return read_waiting(archive, readers, lambda progress: _report(archive, progress))


def _leave_to_workers(archive: Archive, sha256s: set[str], *, is_awaited: bool) -> Progress | None:
    """Tell the workers what waits; wait until they are through with it, if that is wanted."""
    if trouble := hand_over(archive, "read", "index"):
        click.echo(trouble, err=True)
    if not is_awaited:
        return None
    progress = await_workers(
        archive,
        sha256s,
        lambda progress: _report(archive, progress),
        lambda sentence: click.echo(sentence, err=True),
    )
    if not await_index(archive, sha256s):
        click.echo("The index has not heard of all yet; the workers go on with it.", err=True)
    return progress


def _report(archive: Archive, progress: Progress) -> None:
    """Say on standard error how far reading has come, and what is slow."""
    now = time.monotonic()
    seconds = max(now - progress.began, 0.001)
    done = progress.documents + progress.refused
    left = max(progress.waiting - done, 0)
    parts = [
        f"read={done:,}",
        f"left={left:,}",
        f"pages={progress.pages:,}",
        f"pages_per_second={progress.pages / seconds:,.0f}",
    ]
    if done:
        parts.append(f"seconds_left={left * seconds / done:,.0f}")
    slow = [sha256 for sha256, since in dict(progress.in_hand).items() if now - since > _SLOW_S]
    parts += [f'slow="{name_of(archive, sha256)}"' for sha256 in slow]
    click.echo(" ".join(parts), err=True)
