"""What `paperwatch crawl` says of a crawl by file."""

import json
from collections.abc import Iterator

import click

from crawlers.bulk.place import Piece
from crawlers.bulk.running import Brought
from crawlers.commands.ending import conclude

_SHOWN = 20


def report(source: str, brought: Brought, indexed: int, seconds: float, *, as_json: bool) -> None:
    """Say what was brought, and end with the exit code of how it went."""
    if as_json:
        said = {
            "source": source,
            "by": "file",
            **brought.counts,
            "problems": list(brought.problems),
            "period": brought.place.period,
            "finished": brought.is_finished,
            "indexed": indexed,
            "seconds": round(seconds, 2),
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    for line in _lines(source, brought, seconds):
        click.echo(line, err=as_json)
    is_whole = not brought.problems and not brought.counts["refused"]
    conclude(brought.stopped_by, is_finished=brought.is_finished, is_whole=is_whole)


def _lines(source: str, brought: Brought, seconds: float) -> Iterator[str]:
    counts, pieces = brought.counts, brought.place.pieces
    read = [one for one in pieces if one.is_read and not one.was_held]
    yield (
        f"{source}: {counts['rows']:,} rows of {len(read):,} files read in {seconds:.0f} s:"
        f" {counts['new']:,} new, {counts['changed']:,} changed, {counts['unchanged']:,} unchanged,"
        f" {counts['older']:,} older, {counts['refused']:,} refused."
    )
    if brought.was_resumed:
        yield "  It went on where an earlier command had stopped."
    yield from (_file_said(one) for one in pieces[:_SHOWN] if one.is_read)
    if len(pieces) > _SHOWN:
        yield f"  … and {len(pieces) - _SHOWN:,} more files."
    if counts["vanished"]:
        yield f"  {counts['vanished']:,} actions are deleted at their source, or there again."
    if counts["not_understood"]:
        names = ", ".join(counts["not_understood"])
        yield f"  Columns not understood, and kept in the files only: {names}"
    for one in counts["refusals"][:_SHOWN]:
        yield f"  {one['subject']}: {one['reason']}. Kept as capture {one['capture'][:12]}"
    yield from (f"  ALARM: {problem}" for problem in brought.problems)


def _file_said(piece: Piece) -> str:
    if piece.was_held:
        return f"  {piece.subject}: {piece.file} is held already; {piece.rows:,} rows."
    return f"  {piece.subject}: {piece.rows:,} rows, {piece.size_bytes:,} bytes ({piece.file})."
