"""`paperwatch crawl` of a reading room, and what it says of it."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import click

from archive.addresses import fetchable
from archive.errors import BadRequest
from archive.opening import open_archive
from archive.progress import Progress
from archive.settings import Settings
from archive.shown.wording import counted
from crawlers.commands.ending import conclude
from crawlers.commands.import_files import bring_index_up_to_date
from crawlers.commands.reading import read_documents
from crawlers.manners import is_loopback
from crawlers.rooms.declaring import GENERIC
from crawlers.rooms.room import Room
from crawlers.rooms.running import Walked, crawl_room

_SHOWN = 20


def room_asked(room: Room, address: str, agency: tuple[str, ...]) -> Room:
    """Give a room as it is asked for: of the generic one a person says where it is, and whose.

    Raises:
        BadRequest: an address is missing, or is none, or the room has its own.
    """
    if room.name != GENERIC:
        if address or agency:
            raise BadRequest(
                f"{room.name} knows its address and agency. Another room is named by {GENERIC}"
                " --address, or in the file of PAPERWATCH_ROOMS."
            )
        return room
    if not address:
        raise BadRequest(f"Say which page: paperwatch crawl {GENERIC} --address https://…")
    if len(agency) > 1:
        raise BadRequest("One body releases what is in a room: give one --agency.")
    released = replace(room.released, agency_code=agency[0] if agency else "")
    return replace(room, start=(fetchable(address),), released=released)


def crawl_and_report(
    in_force: Settings,
    room: Room,
    limit: int,
    say: Callable[[str], None],
    *,
    is_reading: bool,
    as_json: bool,
) -> None:
    """Crawl a room, read and index what came, say what was found, and end with its exit code."""
    if not all(map(is_loopback, room.start)):
        in_force.refuse_in_sample()
    began_s = time.monotonic()
    with open_archive(in_force) as archive:
        walked = crawl_room(archive, room, limit, Progress("files listed").tell, say)
        read = read_documents(archive, say) if is_reading else 0
        indexed = bring_index_up_to_date(archive)
    seconds = time.monotonic() - began_s
    if as_json:
        said = {
            "source": room.name,
            **walked.counts,
            "finished": walked.is_finished,
            "read": read,
            "indexed": indexed,
            "seconds": round(seconds, 2),
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    for line in _lines(walked, read, seconds):
        click.echo(line, err=as_json)
    is_whole = not walked.written.tally.refused
    conclude(walked.stopped_by, is_finished=walked.is_finished, is_whole=is_whole)


def _lines(walked: Walked, read: int, seconds: float) -> Iterator[str]:
    place, papers = walked.place, walked.written.papers
    number: Mapping[str, int] = {name: papers.get(name, 0) for name in papers}
    yield (
        f"{walked.room.name}: {place.pages:,} pages list {len(place.listed):,} files;"
        f" {place.asked:,} asked for in {seconds:.0f} s: {number.get('new', 0):,} new,"
        f" {number.get('again', 0):,} of known bytes, {number.get('changed', 0):,} changed,"
        f" {number.get('unchanged', 0):,} unchanged, {walked.written.tally.refused:,} refused."
    )
    if read:
        yield f"  {counted(read, 'document')} read."
    if walked.limit:
        yield f"  Stopped at {walked.limit:,} files as asked; whether that is all is not known."
    if place.changed:
        yield f"  {place.changed:,} pages link to other files than the last time."
    if number.get("vanished"):
        yield f"  {number['vanished']:,} files left their addresses, or are there again."
    if place.unlisted:
        yield f"  {len(place.unlisted):,} files are listed no more, and still at their addresses."
    if place.empty:
        yield f"  {place.empty:,} pages have no file."
    if place.others:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(place.others.items()))
        yield f"  Left alone, for only PDFs can be read: {kinds}."
    if number.get("left_alone"):
        yield f"  {number['left_alone']:,} files are forbidden by robots.txt, and were left alone."
    yield from (f"  {one}" for one in place.notes[:_SHOWN])
    for refused in walked.written.refusals[:_SHOWN]:
        kept = f" Kept as capture {refused['capture'][:12]}" if refused["capture"] else ""
        yield f"  {refused['subject']}: {refused['reason'].rstrip('.')}.{kept}"
