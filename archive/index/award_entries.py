"""Index entries of awards: what they say of themselves, their modifications and sub-awards."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from archive import persons
from archive.catalogue.tables import award, capture, record, vendor, version
from archive.identifiers import compact
from archive.index.titles import printed_title
from archive.index.values import facets, ordinal
from archive.model import Value
from archive.opening import Archive
from archive.search.entry import Entry
from archive.subawards import reports_to_persons
from archive.watchlist.technologies import tag

_PASSAGES = (
    "description",
    "type_label",
    "psc_code",
    "psc_label",
    "naics_code",
    "naics_label",
    "awarding_office_name",
    "funding_office_name",
    "city",
)
# A modification or sub-award report of an award: its kind, and what a version of it says.
_Part: TypeAlias = tuple[str, dict[str, Value]]

_VENDORS = ("vendor_name", "vendor_dba", "parent_vendor_name")
_AGENCIES = (
    "awarding_agency_name",
    "awarding_subagency_name",
    "funding_agency_name",
    "funding_subagency_name",
)
_IDENTIFIERS = (
    "piid",
    "parent_piid",
    "vendor_uei",
    "parent_vendor_uei",
    "vendor_duns",
    "vendor_cage",
    "solicitation",
)


def award_entries(
    _archive: Archive, connection: sa.Connection, rows: Mapping[str, tuple[int, str]]
) -> Iterator[Entry]:
    """Build the entries of awards: `rows` is key → (number, version)."""
    keys = list(rows)
    parts = _parts(connection, keys)
    sources = _sources(connection, keys)
    wanted = (
        sa.select(award, vendor.c.is_person)
        .outerjoin(vendor, vendor.c.id == award.c.vendor_id)
        .where(award.c.key.in_(keys))
    )
    for found in connection.execute(wanted):
        number, changed = rows[found.key]
        yield _entry(found, number, changed, parts[found.key], sources[found.key])


def _parts(connection: sa.Connection, keys: Sequence[str]) -> defaultdict[str, list[_Part]]:
    """Give what the modifications and sub-award reports of awards say, every version of them.

    Reports that name a person come without what names them.
    """
    unnamed = reports_to_persons(connection, keys)
    wanted = (
        sa.select(record.c.id, record.c.award_key, record.c.kind, version.c.fields)
        .join(version, version.c.record_id == record.c.id)
        .where(record.c.award_key.in_(keys), record.c.kind != "award")
        .order_by(version.c.id)
    )
    parts: defaultdict[str, list[_Part]] = defaultdict(list)
    for row in connection.execute(wanted):
        fields = json.loads(row.fields)
        said = persons.without_names(fields) if row.id in unnamed else fields
        parts[row.award_key].append((row.kind, said))
    return parts


def _sources(connection: sa.Connection, keys: Sequence[str]) -> defaultdict[str, list[str]]:
    wanted = (
        sa.select(record.c.award_key, capture.c.source)
        .distinct()
        .join(version, version.c.record_id == record.c.id)
        .join(capture, capture.c.id == version.c.capture_id)
        .where(record.c.award_key.in_(keys))
        .order_by(capture.c.source)
    )
    sources: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(wanted):
        sources[row.award_key].append(row.source)
    return sources


def _entry(
    found: sa.Row[Any],
    number: int,
    changed: str,
    held: Sequence[_Part],
    sources: Sequence[str],
) -> Entry:
    shown = persons.as_shown(found.fields, is_known=found.is_person)
    fields = shown.fields
    parts = [
        persons.without_names(part) if shown.is_person and kind == "modification" else part
        for kind, part in held
    ]
    passages = _said(fields, _PASSAGES) + [
        text for part in parts for text in _said(part, ("description", "vendor_name"))
    ]
    words = tuple(dict.fromkeys(passages))
    day = ordinal(str(fields.get("acted_on") or fields.get("signed_on") or ""))
    return Entry(
        key=f"awards/{found.key}",
        number=number,
        version=changed,
        changed_no=int(changed),
        kind="award",
        title=printed_title(fields),
        text=words,
        vendors=tuple(dict.fromkeys(_said(fields, _VENDORS))),
        agencies=tuple(dict.fromkeys(_said(fields, _AGENCIES))),
        identifiers=_identifiers(found.key, fields, parts),
        facets=facets(
            source=sources,
            agency=[found.agency_code],
            subagency=[found.subagency_code],
            vendor=[str(shown.unless_person(found.vendor_id) or "")],
            technology=_technologies(fields, words),
            psc=_said(fields, ("psc_code",)),
            naics=_said(fields, ("naics_code",)),
            state=_said(fields, ("state",)),
            type=_said(fields, ("type_code",)),
        ),
        day=day,
        cents=found.obligated_cents,
        ceiling_cents=found.potential_cents,
    )


def _said(fields: Mapping[str, Value], names: Sequence[str]) -> list[str]:
    return [str(fields[name]) for name in names if fields.get(name)]


def _identifiers(
    key: str, fields: Mapping[str, Value], parts: Sequence[Mapping[str, Value]]
) -> tuple[str, ...]:
    said = _said(fields, _IDENTIFIERS)
    said += [text for part in parts for text in _said(part, ("vendor_uei",))]
    return tuple(dict.fromkeys([*map(compact, said), key]))


def _technologies(fields: Mapping[str, Value], words: Sequence[str]) -> list[str]:
    tags = tag(
        " . ".join(words),
        vendor_name=str(fields.get("vendor_name") or ""),
        vendor_uei=str(fields.get("vendor_uei") or ""),
        psc=str(fields.get("psc_code") or ""),
    )
    return [one.technology for one in tags]
