"""Imports one file of awards, actions or sub-awards: bytes first, then its rows in batches.

How far it came is written down after each batch, so that the same command goes on after any
interruption; a file that was read to its end by this version of the reader is not read again.
"""

import time
from pathlib import Path
from typing import Any

from archive import clock, deposit, runs
from archive.calling import called
from archive.errors import BadRequest, NotFound, NotReadable
from archive.model import Answer
from archive.opening import Archive
from crawlers.importing.imported import Imported
from crawlers.importing.looking import header_of
from crawlers.importing.parts import open_part, parts_of
from crawlers.importing.rows import KeptFile, read_rows
from crawlers.usaspending.files import PARSER_VERSION, SUPPORTED, OtherLayout, layout_kind

SOURCE = "usaspending_file"


def import_award_file(archive: Archive, path: Path) -> Imported:
    """Import one file; gives what became of its rows.

    Raises:
        BadRequest: no part of it has a layout that is known.
        NotReadable: a damaged or protected ZIP.
        NotFound: there is no such file.
    """
    began_s = time.monotonic()
    if not path.is_file():
        raise NotFound(_no_file(path))
    check_layout(path, path.name)
    stored = archive.files.put_file(path)
    done = Imported(file=path.name, sha256=stored.sha256)
    question = {"sha256": stored.sha256, "parser": PARSER_VERSION}
    before = runs.done(archive, SOURCE, question)
    if before is not None:
        done.recall(before.counts)
        done.was_done = True
    else:
        answer = Answer(
            source=SOURCE, method="FILE", address=path.name, body=stored, fetched_at=clock.now()
        )
        capture = deposit.keep(archive, answer)
        run = runs.begin(archive, SOURCE, question)
        done.resumed = run.resumed and bool(run.cursor)
        done.recall(run.counts)

        def note(cursor: dict[str, Any]) -> None:
            runs.advance(archive, run.id, cursor, done.counts())

        try:
            with archive.files.held(stored.sha256) as kept_path:
                kept = KeptFile(capture=capture, path=kept_path)
                read_rows(archive, kept, run.id, done, run.cursor, note)
        except NotReadable as error:  # the same bytes will be damaged there again
            runs.fail(archive, run.id, done.counts(), str(error))
            raise
        runs.finish(archive, run.id, done.counts())
    done.seconds = time.monotonic() - began_s
    return done


def _no_file(path: Path) -> str:
    if path.is_dir():
        return f"{path} is a folder. Name the files in it: {called()} import {path}/*.zip"
    what = "is no regular file" if path.exists() else "is not there"
    return f"{path} {what}. Name a file from USAspending, CSV or ZIP: {called()} import FILE"


def check_layout(path: Path, shown: str) -> None:
    """See that some part of a file can be read.

    Raises:
        BadRequest: none has a layout that is known.
        NotReadable: a damaged or protected ZIP.
    """
    reasons = []
    for part in parts_of(path, shown):
        try:
            with open_part(path, part, shown) as rows:
                header = header_of(rows)
                layout_kind(header).of(header, {})
                return
        except OtherLayout as error:
            reasons.append(f"in {part.name} {error}" if part.name else str(error))
    raise BadRequest(
        f"{shown} is not a file that can be imported: {reasons[0]}. Supported: {SUPPORTED}."
    )
