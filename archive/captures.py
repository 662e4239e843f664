"""Captures: what a source answered, kept before anything is read out of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.conflict import insert
from archive.catalogue.tables import capture, refusal
from archive.errors import Damaged, NotFound
from archive.model import Answer, Refused, Stored
from archive.opening import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A capture that stands in the catalogue; `fetched_at` is when it was first seen."""

    id: int
    sha256: str
    fetched_at: str


def find(archive: Archive, source: str, address: str, sha256: str) -> Kept:
    """Give the latest capture of a file that was fetched from an address.

    Raises:
        NotFound: there is none.
    """
    wanted = sa.select(capture).where(
        capture.c.source == source,
        capture.c.method == "GET",
        capture.c.address == address,
        capture.c.sha256 == sha256,
    )
    with archive.catalogue.reading() as connection:
        row = connection.execute(wanted.order_by(capture.c.id.desc()).limit(1)).first()
    if row is None:
        raise NotFound(f"No capture of {address} with {sha256}. Run: paperwatch verify")
    return Kept(id=row.id, sha256=row.sha256, fetched_at=row.fetched_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """What was kept last of an address: its status, its bytes, and its headers."""

    status: int
    sha256: str
    headers: Mapping[str, str]


def latest(archive: Archive, source: str, address: str) -> Latest | None:
    """Give what was answered last when a file was asked for, None where nothing was."""
    wanted = sa.select(capture.c.status, capture.c.sha256, capture.c.headers).where(
        capture.c.source == source, capture.c.method == "GET", capture.c.address == address
    )
    with archive.catalogue.reading() as connection:
        row = connection.execute(wanted.order_by(capture.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    return Latest(status=row.status, sha256=row.sha256, headers=json.loads(row.headers))


_QUESTION = ("source", "method", "address", "request_sha256")


def keep(archive: Archive, answer: Answer) -> Kept:
    """Keep an answer: bytes first, then its row. The same answer as before gives the same capture.

    Of files given by hand, the same bytes under the same name are one capture whatever came
    between: nothing is asked anew. A source that goes back to an earlier answer says something new.
    """
    body = answer.body if isinstance(answer.body, Stored) else archive.files.put_bytes(answer.body)
    request = archive.files.put_bytes(answer.request_body).sha256 if answer.request_body else ""
    row = {
        "source": answer.source,
        "method": answer.method,
        "address": answer.address,
        "request_sha256": request,
        "status": answer.status,
        "headers": json.dumps(dict(answer.headers), ensure_ascii=False, sort_keys=True),
        "sha256": body.sha256,
        "size_bytes": body.size_bytes,
        "fetched_at": answer.fetched_at,
    }
    with archive.catalogue.reading() as connection:
        kept = _kept_before(connection, row)
    if kept is None:
        with archive.catalogue.writing() as connection:
            kept = _kept_before(connection, row)
            if kept is None:
                connection.execute(insert(capture).on_conflict_do_nothing(), [row])
                kept = _kept_before(connection, row)
    if kept is None:
        raise Damaged(f"The capture of {answer.address} could not be written.")
    return kept


def _kept_before(connection: sa.Connection, row: Mapping[str, object]) -> Kept | None:
    """Give the capture that stands for an answer already, or None."""
    same = [capture.c[name] == row[name] for name in _QUESTION]
    alike = (capture.c.status == row["status"], capture.c.sha256 == row["sha256"])
    wanted = sa.select(capture).where(*same).order_by(capture.c.id.desc()).limit(1)
    last = connection.execute(wanted.where(*alike) if row["method"] == "FILE" else wanted).first()
    if last is None or (last.status, last.sha256) != (row["status"], row["sha256"]):
        return None
    return Kept(id=last.id, sha256=last.sha256, fetched_at=last.fetched_at)


def refuse(archive: Archive, run_id: int, kept: Kept, refusals: Sequence[Refused]) -> None:
    """Write down which rows of a capture were not understood, and why; once for each row."""
    rows = [
        {
            "run_id": run_id,
            "capture_id": kept.id,
            "place": one.place,
            "subject": one.subject.replace("\0", "\ufffd"),  # PostgreSQL keeps no NUL
            "reason": one.reason,
        }
        for one in refusals
    ]
    if rows:
        with archive.catalogue.writing() as connection:
            connection.execute(insert(refusal).on_conflict_do_nothing(), rows)
