"""Awards in a list of results: who pays whom, how much, and which words matched where."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from archive import persons
from archive.catalogue.tables import award, record, vendor, version
from archive.search.tree import Node, wanted_text
from archive.shown import paying
from archive.shown.desk import Desk
from archive.shown.found import AwardEntry
from archive.shown.in_actions import InActions, in_actions
from archive.shown.passages import Passage, best_passage, marked, unmarked
from archive.shown.proof import proofs
from archive.shown.titles import award_title, description
from archive.subawards import reports_to_persons

_OTHER_WORDS = (
    ("Product or service", "psc_label"),
    ("Industry", "naics_label"),
    ("Office", "awarding_office_name"),
    ("Paying office", "funding_office_name"),
    ("Paying agency", "funding_subagency_name"),
    ("Parent vendor", "parent_vendor_name"),
    ("Also trading as", "vendor_dba"),
    ("PIID", "piid"),
    ("Parent PIID", "parent_piid"),
    ("Solicitation", "solicitation"),
)

_PARTS_MAX = 500
_MODIFICATION_WORDS = ("description",)
_SUBAWARD_WORDS = ("vendor_name", "parent_vendor_name", "description")
_AWARDS: sa.Select[Any] = (
    sa.select(
        award.c.record_id,
        award.c.key,
        award.c.fields,
        award.c.acted_on,
        award.c.obligated_cents,
        award.c.potential_cents,
        award.c.vendor_id,
        vendor.c.is_person,
        record.c.gone_at,
    )
    .join(record, record.c.id == award.c.record_id)
    .outerjoin(vendor, vendor.c.id == award.c.vendor_id)
    .where(award.c.key.in_(sa.bindparam("awards", expanding=True)))
)


def _first_parts() -> sa.Select[Any]:
    """Ask for modifications and sub-award reports of awards, at most so many of each award.

    One with thousands must not starve the others of their words.
    """
    place = sa.func.row_number().over(
        partition_by=record.c.award_key,
        order_by=(record.c.kind, record.c.key.desc(), version.c.id),
    )
    columns = (record.c.id, record.c.award_key, record.c.kind, version.c.fields)
    ranked = (
        sa.select(*columns, place.label("place"))
        .join(version, version.c.record_id == record.c.id)
        .where(
            record.c.award_key.in_(sa.bindparam("awards", expanding=True)),
            record.c.kind.in_(("modification", "subaward")),
        )
        .subquery()
    )
    return (
        sa.select(ranked.c.id, ranked.c.award_key, ranked.c.kind, ranked.c.fields)
        .where(ranked.c.place <= _PARTS_MAX)
        .order_by(ranked.c.award_key, ranked.c.place)
    )


_PARTS = _first_parts()


def load_awards(
    desk: Desk, connection: sa.Connection, tree: Node, keys: Sequence[str]
) -> dict[str, AwardEntry]:
    """Give awards by entry key."""
    award_keys = [key.removeprefix("awards/") for key in keys]
    rows = connection.execute(_AWARDS, {"awards": award_keys}).all()
    proof = proofs(connection, {row.record_id: row.key for row in rows})
    in_part = in_actions(connection, [row.key for row in rows if row.obligated_cents is None])
    shown = {row.key: persons.as_shown(row.fields, is_known=row.is_person) for row in rows}
    fields = {key: one.fields for key, one in shown.items()}
    passages = _passages(connection, tree, fields) if any(wanted_text(tree)) else {}
    return {
        f"awards/{row.key}": _entry(
            desk,
            tree,
            row,
            shown[row.key],
            in_part.get(row.key),
            proof[row.record_id],
            passages.get(row.key, ()),
        )
        for row in rows
    }


def _entry(
    desk: Desk,
    tree: Node,
    row: sa.Row[Any],
    shown: persons.AsShown,
    in_part: InActions | None,
    proof: sa.Row[Any],
    passages: tuple[Passage, ...],
) -> AwardEntry:
    fields = shown.fields
    agency = desk.agency(
        str(fields.get("awarding_subagency_code") or ""),
        str(fields.get("awarding_subagency_name") or fields.get("awarding_agency_name") or ""),
    )
    title = award_title(fields)
    return AwardEntry(
        key=row.key,
        address=f"/awards/{row.key}",
        title=unmarked(title) if passages else marked(tree, title, field="title"),
        day=row.acted_on or str(fields.get("signed_on") or ""),
        obligated_cents=row.obligated_cents,
        obligated_in_actions_cents=in_part.cents if in_part else None,
        actions_held=in_part.actions if in_part else None,
        potential_cents=row.potential_cents,
        agency=agency,
        vendor=marked(tree, shown.vendor, field=shown.unless_person("vendor")),
        vendor_number=shown.unless_person(row.vendor_id),
        is_person=shown.is_person,
        verb=paying.verb(row.key, fields, in_part.cents if in_part else row.obligated_cents),
        piid=str(fields.get("piid") or ""),
        type_code=str(fields.get("type_code") or ""),
        passages=passages,
        source=desk.view(proof.view),
        captured_at=proof.seen_at,
        gone_at=row.gone_at,
    )


def _passages(
    connection: sa.Connection, tree: Node, fields: Mapping[str, Mapping[str, Any]]
) -> dict[str, tuple[Passage, ...]]:
    """Find where the query's words stand: in the description, else in what belongs to the award."""
    found: dict[str, tuple[Passage, ...]] = {}
    for key, one in fields.items():
        text = description(one)
        passage = best_passage(tree, (("Description", text),))
        if passage:
            # Where the description is the title as it stands, its words are marked there.
            found[key] = (passage,) if text != award_title(one) else ()
    missing = [key for key in fields if key not in found]
    related = _related(connection, missing) if missing else {}
    for key in missing:
        candidates = [*related.get(key, ()), *_other_words(fields[key])]
        passage = best_passage(tree, candidates)
        found[key] = (passage,) if passage else ()
    return found


def _other_words(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((where, str(fields[name])) for where, name in _OTHER_WORDS if fields.get(name))


def _related(
    connection: sa.Connection, award_keys: Sequence[str]
) -> defaultdict[str, list[tuple[str, str]]]:
    """Give the words of modifications and sub-award reports as (where, text), newest first."""
    unnamed = reports_to_persons(connection, award_keys)
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, award_key, kind, written in connection.execute(_PARTS, {"awards": award_keys}):
        fields = json.loads(written)
        fields = persons.without_names(fields) if number in unnamed else fields
        is_modification = kind == "modification"
        where = f"Modification {fields.get('number') or '0'}" if is_modification else "Sub-award"
        names = _MODIFICATION_WORDS if is_modification else _SUBAWARD_WORDS
        text = ", ".join(str(fields[name]) for name in names if fields.get(name))
        found[award_key].append((where, text))
    return found
