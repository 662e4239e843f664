"""`paperwatch add`."""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from archive import clock, indexing, logs, settings
from archive.calling import called
from archive.crews import Progress as Reading
from archive.documents import pages_waiting
from archive.errors import BadRequest, Incomplete, NotFound
from archive.opening import Archive, open_archive
from archive.progress import Progress
from archive.queues import hand_over
from archive.reading_client import Readers
from archive.reading_work import read_waiting
from archive.recogniser import lacking
from archive.recognising_work import recognise_waiting
from archive.requests import REQUESTER_TYPES
from archive.settings import DRAWN
from archive.shown.wording import counted, listed
from ingest.addresses import Wanted, wanted_of
from ingest.again import every, older, put_down, wanting
from ingest.awaiting import await_index, await_workers
from ingest.collecting import Collected, Collector, files_in, leading_out, not_followed
from ingest.describing import Described, described
from ingest.fetching import fetched
from ingest.released import BY_HAND, not_listed, release_told, source_told
from ingest.summary import Summary, name_of, summary_of
from ingest.summary import said as told

_SLOW_S = 5.0


@click.command()
@click.argument("words", nargs=-1, metavar="[PATH|ADDRESS…]")
@click.option(
    "--list",
    "address_list",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Fetch the files at the addresses in FILE, too: one a line, # before what is none.",
)
@click.option(
    "--sidecar",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What is known of the files: YAML of all of them, or a list or CSV file by file.",
)
@click.option(
    "--agency",
    default="",
    help="Federal agency that released the files: a code (7012) or a name (ICE).",
)
@click.option(
    "--body",
    default="",
    metavar="NAME",
    help='Any other body that released them, by its name: "City of Eugene".',
)
@click.option("--state", default="", help="State of the body that released them: OR.")
@click.option("--released", default="", metavar="DAY", help="Day of the release: 2026-03-01.")
@click.option(
    "--case-number", default="", help="Number of the request that was answered: 2024-ICFO-00001."
)
@click.option(
    "--requester-type",
    default="",
    help=f"Category of who asked, never a name: {', '.join(REQUESTER_TYPES)}.",
)
@click.option("--title", default="", help="Title of the files, where they print none.")
@click.option("--source", default=BY_HAND, show_default=True, help="Name of where they came from.")
@click.option("--no-read", is_flag=True, help="Leave the reading to the workers.")
@click.option(
    "--again",
    is_flag=True,
    help="Read these files anew; without PATH, all documents whose reading is old or damaged.",
)
@click.option("--all", "is_all", is_flag=True, help="With --again: read every document anew.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def add(
    words: tuple[str, ...],
    address_list: Path | None,
    sidecar: Path | None,
    source: str,
    no_read: bool,
    again: bool,
    is_all: bool,
    as_json: bool,
    **said_of_all: str,
) -> None:
    """Add released PDFs, or folders of them, to the archive, read and index them.

    Addresses (https://…) are fetched first, as a spider would: robots.txt is obeyed, and live hosts
    need PAPERWATCH_CONTACT. What is no PDF is kept and refused with its reason; the rest go on.
    Stopped or killed, the same command goes on where this one was. Documents that an older version
    of the reader read are read anew by the way.

    What is said of files by options, or by sidecars beside them (letter.pdf.yaml, release.csv: see
    docs/sources.md), is shown from then on; what was said before is kept, and shown as that.

    Then the words of scanned pages are recognised, which takes about a second a page; Ctrl-C leaves
    the rest to the next one, or to `paperwatch serve`. On a cluster the workers read; this command
    shows how far they are.

    Example:  paperwatch add released/ --body "City of Eugene" --state OR --released 2026-03-01
    """
    wanted = wanted_of(words, address_list)
    _refuse_unclear(wanted, again=again, is_all=is_all)
    source = source_told(source)
    of_all = release_told(said_of_all)
    said = described(list(files_in(wanted.paths)), wanted.addresses, of_all, sidecar)
    for unnamed in dict.fromkeys(map(not_listed, (of_all, *said.of_files.values()))):
        click.echo(unnamed, err=True, nl=bool(unnamed))
    in_force = settings.load()
    logs.begin(in_force, is_task=True)
    if (wanted.paths or wanted.addresses) and not source.startswith(DRAWN):
        in_force.refuse_in_sample()
    with open_archive(in_force) as archive:
        summary = _added(
            archive, source, wanted, said, again=again, is_all=is_all, is_reading=not no_read
        )
    click.echo(json.dumps(asdict(summary), ensure_ascii=False) if as_json else told(summary))
    if summary.refused:
        count = len(summary.refused)
        raise Incomplete(
            f"{count} of {summary.files + summary.again} files could not be read;"
            " each reason is given."
        )


def _refuse_unclear(wanted: Wanted, *, again: bool, is_all: bool) -> None:
    is_anything = bool(wanted.paths or wanted.addresses)
    if is_all and (is_anything or not again):
        raise BadRequest("--all goes with --again, and without files: paperwatch add --again --all")
    if not is_anything and not again:
        raise BadRequest(
            "Name files, folders or addresses: paperwatch add PATH…"
            " (or read anew what needs it: paperwatch add --again)"
        )
    for path in wanted.paths:
        if not path.exists():
            raise NotFound(
                f"{path} is not there. Name PDFs, or folders of them: {called()} add PATH"
            )


def _added(
    archive: Archive,
    source: str,
    wanted: Wanted,
    said: Described,
    *,
    again: bool,
    is_all: bool,
    is_reading: bool,
) -> Summary:
    """Collect, put down what is to be read anew, read and index; tell how it went."""
    began, began_at = time.monotonic(), clock.now()
    collector = Collector(archive, source, wanted.paths)
    collected = fetched(archive, source, said.of_addresses, began_at)
    collected += [collector.collect(path, told) for path, told in said.of_files.items()]
    collected += [not_followed(link) for link in leading_out(wanted.paths)]
    if wanted.paths and not collected:
        click.echo(_no_files(wanted.paths), err=True)
    anew = _put_down(archive, collected, again=again, is_all=is_all)
    recognised = 0
    if archive.settings.has_workers:
        asked = {one.sha256 for one in collected if not one.refusal} | set(anew)
        progress = _leave_to_workers(archive, asked, began_at, is_awaited=is_reading)
    else:
        progress, recognised = _read_and_recognise(archive) if is_reading else (None, 0)
        _index(archive)
    summary = summary_of(archive, collected, anew, progress, since=began_at, recognised=recognised)
    counts = {
        "new": summary.new,
        "known": summary.known,
        "refused": len(summary.refused) - summary.unreadable,
        "unreadable": summary.unreadable,
    }
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


def _index(archive: Archive) -> None:
    _, trouble = indexing.catch_up(archive, Progress("entries indexed").tell)
    if trouble:
        click.echo(f"The index was left alone: {trouble}", err=True)


def _read_and_recognise(archive: Archive) -> tuple[Reading, int]:
    """Read what waits, then recognise scanned pages; what was read is found meanwhile.

    Gives how reading went, and how many pages were recognised.
    """
    told, done = Progress("documents read"), 0
    with Readers(archive.settings.whole_number("READERS")) as readers:
        read = read_waiting(archive, readers, lambda reading: _report(archive, reading, told))
        left = pages_waiting(archive)
        if left and (reason := lacking(archive.settings)):
            click.echo(reason, err=True)
        elif left:
            _index(archive)
            recognised = Progress("scanned pages recognised")
            done = recognise_waiting(
                archive, readers, lambda going: recognised.tell_of(going.pages, left)
            ).pages
    return read, done


def _leave_to_workers(
    archive: Archive, sha256s: set[str], since: str, *, is_awaited: bool
) -> Reading | None:
    """Tell the workers what waits; wait until they are through with it, if that is wanted."""
    if trouble := hand_over(archive, "read", "ocr", "index"):
        click.echo(trouble, err=True)
    if not is_awaited:
        return None
    told = Progress("documents read")
    progress = await_workers(
        archive,
        sha256s,
        since,
        lambda reading: _report(archive, reading, told),
        lambda sentence: click.echo(sentence, err=True),
    )
    if not await_index(archive, sha256s):
        click.echo("The index has not heard of all yet; the workers go on with it.", err=True)
    if left := pages_waiting(archive):
        pages = counted(left, "scanned page waits", "scanned pages wait")
        click.echo(
            f"{pages} for workers of the queue ocr; searches find their words then.", err=True
        )
    return progress


def _report(archive: Archive, reading: Reading, told: Progress) -> None:
    """Say on standard error how far reading has come, and what is slow."""
    now = time.monotonic()
    done = reading.documents + reading.refused
    slow = [sha256 for sha256, since in dict(reading.in_hand).items() if now - since > _SLOW_S]
    pages_per_s = reading.pages / max(now - reading.began, 0.001)
    more = [f"{counted(reading.pages, 'page')} at {pages_per_s:,.0f} a second"]
    more += [f"slow: {listed([name_of(archive, sha256) for sha256 in slow])}"] if slow else []
    told.tell_of(done, max(reading.waiting, done), ", ".join(more))
