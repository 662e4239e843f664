"""Captures: what a source answered, kept before anything is read out of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.conflict import insert
from archive.catalogue.tables import capture, refusal
from archive.model import Answer, Refused, Stored
from archive.opening import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A capture that stands in the catalogue; `fetched_at` is when it was first seen."""

    id: int
    sha256: str
    fetched_at: str


# The same answer to the same question is one capture.
_IDENTITY = ("source", "method", "address", "request_sha256", "status", "sha256")


def keep(archive: Archive, answer: Answer) -> Kept:
    """Keep an answer: bytes first, then its row. The same answer again gives the same capture."""
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
    wanted = sa.select(capture.c.id, capture.c.sha256, capture.c.fetched_at).where(
        *(capture.c[name] == row[name] for name in _IDENTITY)
    )
    with archive.catalogue.reading() as connection:
        found = connection.execute(wanted).first()
    if found is None:
        with archive.catalogue.writing() as connection:
            connection.execute(insert(capture).on_conflict_do_nothing(), [row])
            found = connection.execute(wanted).one()
    return Kept(id=found.id, sha256=found.sha256, fetched_at=found.fetched_at)


def refuse(archive: Archive, run_id: int, kept: Kept, refusals: Sequence[Refused]) -> None:
    """Write down which rows of a capture were not understood, and why; once for each row."""
    rows = [
        {
            "run_id": run_id,
            "capture_id": kept.id,
            "place": one.place,
            "subject": one.subject,
            "reason": one.reason,
        }
        for one in refusals
    ]
    if rows:
        with archive.catalogue.writing() as connection:
            connection.execute(insert(refusal).on_conflict_do_nothing(), rows)
