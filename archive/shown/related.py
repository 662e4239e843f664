"""What belongs to an award: its modifications with running sums, and reports of sub-awards."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from archive import persons
from archive.actions import order
from archive.catalogue.tables import record
from archive.newest import newest_views
from archive.numbering import Numbers
from archive.subawards import reports_to_persons
from archive.views import merged

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Modification:
    """A numbered change to an award: what it added, and where the award stood after it.

    Where it stood is known when a row itself says so, or when the award's first action is held and
    no number is missing up to there; else None.
    """

    number: str
    transaction_number: str
    acted_on: str
    action: str
    description: str
    change_cents: int | None
    obligated_cents: int | None
    potential_change_cents: int | None
    potential_cents: int | None
    gone_at: str | None

    @property
    def anchor(self) -> str:
        """The name of its row on the page."""
        return f"m-{re.sub(r'[^A-Za-z0-9]', '', self.number)}-{self.transaction_number or '0'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubawardReport:
    """One report of a sub-award, as the prime vendor made it."""

    number: str
    acted_on: str
    cents: int | None
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubawardGroup:
    """Reports that name the same payee; they may repeat, so no sum is given.

    Of a person `vendor` says no more than that, and `uei` is ''.
    """

    vendor: str
    uei: str
    is_person: bool
    reports: tuple[SubawardReport, ...]


def modifications(connection: sa.Connection, award_key: str) -> tuple[Modification, ...]:
    """Give the modifications of an award, newest first, with running sums."""
    found = [
        _modification(fields, gone)
        for _, fields, gone in _newest(connection, award_key, "modification")
    ]
    return tuple(reversed(list(_summed(sorted(found, key=_order)))))


def subawards(connection: sa.Connection, award_key: str) -> tuple[SubawardGroup, ...]:
    """Give the reports of sub-awards by payee, newest report first."""
    groups: defaultdict[tuple[str, str], list[SubawardReport]] = defaultdict(list)
    unnamed = reports_to_persons(connection, [award_key])
    stands_for: dict[tuple[str, str], str] = {}
    for number, fields, _ in _newest(connection, award_key, "subaward"):
        payee = (str(fields.get("vendor_name") or ""), str(fields.get("vendor_uei") or ""))
        if number in unnamed:
            stands_for[payee] = persons.called(fields)
        groups[payee].append(
            SubawardReport(
                number=str(fields.get("number") or ""),
                acted_on=str(fields.get("acted_on") or ""),
                cents=fields.get("obligated_cents"),
                description=str(fields.get("description") or ""),
            )
        )
    shown = (
        SubawardGroup(
            vendor=stands_for.get(payee, payee[0]),
            uei="" if payee in stands_for else payee[1],
            is_person=payee in stands_for,
            reports=tuple(sorted(reports, key=lambda one: one.acted_on, reverse=True)),
        )
        for payee, reports in groups.items()
    )
    return tuple(sorted(shown, key=lambda group: group.reports[0].acted_on, reverse=True))


def _newest(
    connection: sa.Connection, award_key: str, kind: str
) -> Iterator[tuple[int, dict[str, Any], str | None]]:
    """Walk the records of a kind: number, fields of all views as shown, since when it is gone."""
    wanted = (
        sa.select(record.c.id, record.c.gone_at)
        .where(record.c.award_key == award_key, record.c.kind == kind)
        .order_by(record.c.id)
    )
    rows = connection.execute(wanted).all()
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        views = newest_views(connection, [row.id for row in part])
        yield from ((row.id, merged(views[row.id]), row.gone_at) for row in part)


def _modification(fields: dict[str, Any], gone_at: str | None) -> Modification:
    return Modification(
        number=str(fields.get("number") or "0"),
        transaction_number=str(fields.get("transaction_number") or ""),
        acted_on=str(fields.get("acted_on") or ""),
        action=str(fields.get("action_label") or ""),
        description=" ".join(str(fields.get("description") or "").split()),
        change_cents=fields.get("obligated_cents"),
        obligated_cents=fields.get("award_obligated_cents"),
        potential_change_cents=fields.get("potential_cents"),
        potential_cents=fields.get("award_potential_cents"),
        gone_at=gone_at,
    )


def _order(one: Modification) -> tuple[str, bool, str, str]:
    return order(one.acted_on, one.number, one.transaction_number)


def _summed(ordered: Sequence[Modification]) -> Iterator[Modification]:
    """Say where the award stood after each action: what its row says, else the sum so far."""
    has_first = bool(ordered) and ordered[0].number == "0"
    obligated: int | None = 0 if has_first else None
    potential: int | None = None
    # What is gone at its source is not missing.
    numbers = Numbers(one.number for one in ordered if one.gone_at)
    is_stated, is_potential_stated = False, False
    for one in ordered:
        if not one.gone_at:
            numbers.add(one.number)
            is_stated = is_stated or one.obligated_cents is not None
            is_potential_stated = is_potential_stated or one.potential_cents is not None
            obligated = _after(one.obligated_cents, obligated, one.change_cents)
            change = one.potential_change_cents
            begun = 0 if has_first and change is not None and potential is None else potential
            potential = _after(one.potential_cents, begun, change)
        is_whole = numbers.are_whole
        yield replace(
            one,
            obligated_cents=obligated if is_stated or is_whole else None,
            potential_cents=potential if is_potential_stated or is_whole else None,
        )


def _after(stated: int | None, before: int | None, change: int | None) -> int | None:
    """Give an amount after a change; a row's own word goes before our sum."""
    if stated is not None:
        return stated
    return None if before is None else before + (change or 0)
