"""Views: the shapes in which sources show a record, and the record that is shown of them.

A version belongs to a record and a view. Views share their field names, so that a record is merged
by name: a pure function of the newest version of each view.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.errors import PaperwatchError
from archive.model import Value

_AGENCIES = frozenset(
    f"{role}_{part}"
    for role in ("awarding", "funding")
    for part in (
        "agency_code",
        "agency_name",
        "subagency_code",
        "subagency_name",
        "office_code",
        "office_name",
    )
)

# An award as a whole. `state`, `city`, `country` are the place of performance.
_AWARD = _AGENCIES | {
    "piid",
    "parent_piid",
    "parent_key",
    "category",  # contract, idv, grant
    "type_code",  # A, B, C, D, IDV_A …, 02 …
    "type_label",
    "description",
    "obligated_cents",
    "exercised_cents",  # base and exercised options
    "potential_cents",  # base and all options
    "outlayed_cents",
    "signed_on",
    "acted_on",  # latest action
    "starts_on",
    "ends_on",
    "potential_ends_on",  # of an IDV: last date to order
    "vendor_name",
    "vendor_dba",
    "vendor_uei",
    "vendor_duns",
    "vendor_cage",
    "vendor_is_person",  # sole proprietor or individual, as the source says
    "vendor_is_individual",
    "parent_vendor_name",
    "parent_vendor_uei",
    "state",
    "city",
    "country",
    "psc_code",
    "psc_label",
    "naics_code",
    "naics_label",
    "competition_code",
    "competition_label",
    "set_aside_label",
    "pricing_label",
    "offers",
    "solicitation",
    "modification_count",
    "subaward_count",
    "subaward_cents",
}

_MODIFICATION = frozenset(
    {
        "number",
        "transaction_number",
        "acted_on",
        "action_code",
        "action_label",
        "type_code",
        "description",
        "obligated_cents",
        "potential_cents",
    }
)

# Names beside a code that says the same.
_SPELLINGS = frozenset(name for name in _AGENCIES if name.endswith("agency_name"))

# The award as it stood with an action: `type_code` is the award's in both.
AS_OF = _AGENCIES | {
    name
    for name in _AWARD - _MODIFICATION
    if name
    not in (
        "signed_on",
        "exercised_cents",
        "modification_count",
        "subaward_count",
        "subaward_cents",
    )
}
# What an action's row says of the award as a whole, by a name that the action itself has.
AS_OF_RENAMED: Mapping[str, str] = {
    "award_description": "description",
    "award_obligated_cents": "obligated_cents",
    "award_exercised_cents": "exercised_cents",
    "award_potential_cents": "potential_cents",
}
_FILED_MODIFICATION = _MODIFICATION | AS_OF | AS_OF_RENAMED.keys()

_SUBAWARD = frozenset(
    {
        "number",
        "report_id",
        "vendor_name",
        "vendor_dba",
        "vendor_uei",
        "vendor_duns",
        "vendor_is_person",
        "parent_vendor_name",
        "parent_vendor_uei",
        "acted_on",
        "obligated_cents",
        "description",
        "type_label",
        "state",
        "city",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view by name, the kind of record it shows, its fields, and its rank in precedence.

    Between views whose newest versions carry the same stamp, the lower rank is shown.
    """

    name: str
    kind: str
    fields: frozenset[str]
    rank: int
    label: str


VIEWS: Mapping[str, View] = {
    view.name: view
    for view in (
        View(
            name="usaspending.award",
            kind="award",
            fields=frozenset(_AWARD),
            rank=1,
            label="USAspending, award record",
        ),
        View(
            name="usaspending.summary_file",
            kind="award",
            fields=frozenset(_AWARD),
            rank=2,
            label="USAspending, file of prime award summaries",
        ),
        View(
            name="usaspending.transaction",
            kind="modification",
            fields=_MODIFICATION,
            rank=1,
            label="USAspending, history of actions",
        ),
        View(
            name="usaspending.transaction_file",
            kind="modification",
            fields=_FILED_MODIFICATION,
            rank=3,
            label="USAspending, file of transactions",
        ),
        View(
            name="usaspending.transaction_file_2018",
            kind="modification",
            fields=_FILED_MODIFICATION,
            rank=4,
            label="USAspending, file of transactions as of 2018",
        ),
        View(
            name="usaspending.subaward",
            kind="subaward",
            fields=_SUBAWARD,
            rank=1,
            label="USAspending, sub-award reports",
        ),
        View(
            name="usaspending.subaward_file",
            kind="subaward",
            fields=_SUBAWARD,
            rank=2,
            label="USAspending, file of sub-awards",
        ),
        View(
            name="usaspending.subaward_file_prime",
            kind="award",
            fields=frozenset(_AWARD),
            rank=5,
            label="USAspending, prime award in the file of sub-awards",
        ),
    )
}


class UndeclaredField(PaperwatchError):
    """A statement has a field that its view does not declare: a mistake in a source's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The newest version of one view, as the merge needs it.

    `version_id` is that of an action where it speaks for its award.
    """

    version_id: int
    view: str
    fields: Mapping[str, Value]
    modified_until: str
    fetched_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A field of which views say different things, newest view first."""

    name: str
    said: tuple[tuple[str, Value], ...]


def canonical(view: str, fields: Mapping[str, Value]) -> str:
    """Give a view's fields as canonical JSON, empty ones left out.

    Raises:
        UndeclaredField: a name that the view does not declare.
    """
    unknown = fields.keys() - VIEWS[view].fields
    if unknown:
        raise UndeclaredField(f"{view} does not declare: {', '.join(sorted(unknown))}.")
    kept = {name: value for name, value in fields.items() if value is not None and value != ""}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(canonical_fields: str) -> str:
    """Give the fingerprint of canonical fields: 32 hexadecimal digits."""
    return hashlib.blake2b(canonical_fields.encode(), digest_size=16).hexdigest()


def by_precedence(seen: Iterable[Seen]) -> list[Seen]:
    """Order the newest versions of a record's views: newest stamp first, then by rank."""
    ranked = sorted(seen, key=lambda one: VIEWS[one.view].rank)
    return sorted(
        ranked, key=lambda one: one.modified_until[:10] or one.fetched_at[:10], reverse=True
    )


def merged(seen: Iterable[Seen]) -> dict[str, Value]:
    """Merge the views of a record: each field from the first view, in precedence, that has it."""
    shown: dict[str, Value] = {}
    for one in by_precedence(seen):
        for name, value in one.fields.items():
            shown.setdefault(name, value)
    return shown


def stating(seen: Iterable[Seen]) -> Seen | None:
    """Choose the one from which a merged award has its amounts, the obligated one first.

    Where none gives an amount it is the first in precedence; None where there is none.
    """
    ordered = by_precedence(seen)
    for name in ("obligated_cents", "potential_cents"):
        for one in ordered:
            if name in one.fields:
                return one
    return ordered[0] if ordered else None


def disagreements(seen: Iterable[Seen]) -> list[Disagreement]:
    """Find the fields of which two views say different things of one state, by name.

    A view whose latest action is another one speaks of another time, and is not held against the
    first. Capitals and blanks are no difference, and neither is the spelling of an agency's name.
    """
    ordered = by_precedence(seen)
    latest = next((one.fields["acted_on"] for one in ordered if "acted_on" in one.fields), None)
    same = [one for one in ordered if one.fields.get("acted_on", latest) == latest]
    names = sorted({name for one in same for name in one.fields} - _SPELLINGS)
    found = []
    for name in names:
        said = tuple((one.view, one.fields[name]) for one in same if name in one.fields)
        if len({_folded(value) for _, value in said}) > 1:
            found.append(Disagreement(name=name, said=said))
    return found


def _folded(value: Value) -> Value:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value
