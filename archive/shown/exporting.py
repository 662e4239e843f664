"""All rows of a search, to take away: streamed, flat in memory, each with its capture's hash."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias
from urllib.parse import quote

import sqlalchemy as sa

from archive import persons
from archive.catalogue.tables import award, document, vendor
from archive.errors import BadRequest
from archive.page_rows import NO_PAGES, PageSums, sums
from archive.releases import Releases, case_numbers, document_title, first_day, releases_of
from archive.search.language import read
from archive.shown.asking import Asked
from archive.shown.desk import Desk
from archive.shown.document_entries import released_by
from archive.shown.filters import meant
from archive.shown.in_actions import InActions, in_actions
from archive.shown.proof import proofs
from archive.shown.search import question_of
from archive.shown.titles import award_title
from archive.states import access

Row: TypeAlias = dict[str, str | int | None]

COLUMNS = (
    "kind",
    "key",
    "address",
    "title",
    "date",
    "obligated_dollars",
    "obligated_in_actions_dollars",
    "actions_held",
    "potential_dollars",
    "vendor",
    "vendor_uei",
    "awarding_agency",
    "awarding_subagency",
    "piid",
    "parent_piid",
    "psc",
    "naics",
    "state",
    "description",
    "document_type",
    "pages",
    "redacted_percent",
    "exemptions",
    "pages_read_poorly",
    "released_by",
    "released_on",
    "request_numbers",
    "captured_at",
    "capture_address",
    "capture_sha256",
)
_AT_ONCE = 500
# A cell that begins so is a formula to a spreadsheet; an apostrophe makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # tabs and ends of lines stay
_OWN_NUMBERS = frozenset(
    {
        "obligated_dollars",
        "obligated_in_actions_dollars",
        "actions_held",
        "potential_dollars",
        "pages",
        "redacted_percent",
        "pages_read_poorly",
    }
)


def rows(desk: Desk, asked: Asked) -> Iterator[Row]:
    """Walk every record that a search finds, by number of arrival, whatever its page and size."""
    reading = read(asked.query, desk.vocabulary)
    keys = desk.engine().walk(question_of(desk, asked, reading.tree))
    while part := list(islice(keys, _AT_ONCE)):
        with desk.archive.catalogue.reading() as connection:
            found = {**_awards(connection, part), **_documents(desk, connection, part)}
        yield from (found[key] for key in part if key in found)


def ignored(desk: Desk, asked: Asked) -> tuple[str, ...]:
    """Say what of a search was not understood and is left out of its rows."""
    reading = read(asked.query, desk.vocabulary)
    return (*reading.ignored, *meant(desk, reading.tree, asked).shown.ignored)


def refuse_ignored(desk: Desk, asked: Asked) -> None:
    """See that all of a search was understood, where nobody reads what was left out.

    Raises:
        BadRequest: a part was not; it is named. With less asked, more would be found.
    """
    if wrong := " ".join(ignored(desk, asked)):
        raise BadRequest(
            f"{wrong.replace('Ignored: ', 'Not understood: ')}"
            " Mend it or leave it out: a file or a feed holds only what was asked for."
        )


def as_csv(found: Iterable[Row]) -> Iterator[str]:
    """Write rows as CSV, header first, formula characters made harmless."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    for row in found:
        writer.writerow({name: _harmless(name, row.get(name)) for name in COLUMNS})
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def as_json_lines(found: Iterable[Row]) -> Iterator[str]:
    """Write rows as JSON, one object a line."""
    for row in found:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _harmless(name: str, value: str | int | None) -> str:
    text = "" if value is None else _CONTROL.sub(" ", str(value))
    if name not in _OWN_NUMBERS and text.startswith(_FORMULA):
        return f"'{text}"
    return text


def _one_line(address: str) -> str:
    """Write an address, which may be the name of a file, without signs that command a terminal."""
    return "".join(
        sign if sign.isprintable() else quote(sign, errors="replace") for sign in address
    )


def _dollars(cents: int | None) -> str | None:
    if cents is None:
        return None
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _named(keys: Sequence[str], kind: str) -> list[str]:
    return [key.removeprefix(kind) for key in keys if key.startswith(kind)]


def _awards(connection: sa.Connection, keys: Sequence[str]) -> dict[str, Row]:
    wanted: sa.Select[Any] = (
        sa.select(award, vendor.c.is_person)
        .outerjoin(vendor, vendor.c.id == award.c.vendor_id)
        .where(award.c.key.in_(_named(keys, "awards/")))
    )
    rows = connection.execute(wanted).all()
    in_part = in_actions(connection, [row.key for row in rows if row.obligated_cents is None])
    proof = proofs(connection, {row.record_id: row.key for row in rows})
    return {
        f"awards/{row.key}": _award(row, in_part.get(row.key), proof[row.record_id]) for row in rows
    }


def _award(row: sa.Row[Any], in_part: InActions | None, proof: sa.Row[Any]) -> Row:
    shown = persons.as_shown(row.fields, is_known=row.is_person)
    fields = shown.fields
    return {
        "kind": "award",
        "key": row.key,
        "address": f"/awards/{row.key}",
        "title": award_title(fields),
        "date": row.acted_on or None,
        "obligated_dollars": _dollars(row.obligated_cents),
        "obligated_in_actions_dollars": _dollars(in_part.cents) if in_part else None,
        "actions_held": in_part.actions if in_part else None,
        "potential_dollars": _dollars(row.potential_cents),
        "vendor": shown.vendor or None,
        "vendor_uei": fields.get("vendor_uei"),
        "awarding_agency": row.agency_name or None,
        "awarding_subagency": row.subagency_name or None,
        "piid": fields.get("piid"),
        "parent_piid": fields.get("parent_piid"),
        "psc": fields.get("psc_code"),
        "naics": fields.get("naics_code"),
        "state": fields.get("state"),
        "description": fields.get("description"),
        "captured_at": proof.seen_at,
        "capture_address": proof.address,
        "capture_sha256": proof.sha256,
    }


def _together(said: Iterable[str]) -> str | None:
    """Write what is known of several releases into one cell, each once."""
    return "; ".join(dict.fromkeys(filter(None, said))) or None


def _documents(desk: Desk, connection: sa.Connection, keys: Sequence[str]) -> dict[str, Row]:
    wanted = sa.select(document).where(document.c.sha256.in_(_named(keys, "documents/")))
    found = connection.execute(wanted).all()
    listed = [one for one in found if access(one.state, one.held_part, one.verdict).listed]
    releases = releases_of(connection, [one.id for one in listed])
    known = sums(connection, [one.id for one in listed])
    return {
        f"documents/{one.sha256}": _document(
            desk, one, releases[one.id], known.get(one.id, NO_PAGES)
        )
        for one in listed
    }


def _document(desk: Desk, row: sa.Row[Any], releases: Releases, known: PageSums) -> Row:
    may_say_where = access(row.state, row.held_part, row.verdict).original
    first = releases[0] if releases else None
    return {
        "kind": "document",
        "key": row.sha256,
        "address": f"/documents/{row.sha256}",
        "title": document_title(row.title, releases, may_say_where=may_say_where),
        "date": row.dated_on or first_day(releases) or None,
        "document_type": row.type or None,
        "state": _together(one.state for one in releases),
        "pages": row.page_count,
        "redacted_percent": known.redacted_percent,
        "exemptions": _together(known.exemptions),
        "pages_read_poorly": known.poor,
        "released_by": _together(released_by(desk, releases)),
        "released_on": first_day(releases) or None,
        "request_numbers": _together(case_numbers(releases)),
        "captured_at": first.fetched_at if first else row.added_at,
        "capture_address": _one_line(first.address) if first and may_say_where else None,
        "capture_sha256": row.sha256,
    }
