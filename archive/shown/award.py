"""One award with all that is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive import persons
from archive.catalogue.tables import award, record, vendor
from archive.errors import NotFound
from archive.identifiers import NotAnAwardKey, no_award_key, parse_award_key
from archive.merging import award_views
from archive.shown import paying
from archive.shown.citing import cite_award
from archive.shown.desk import Desk, Technology
from archive.shown.labels import tidy, type_label
from archive.shown.provenance import Captured, Change, history
from archive.shown.related import Modification, SubawardGroup, modifications, subawards
from archive.shown.titles import award_title, description
from archive.views import Disagreement, disagreements

_ORDERS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """The award that an order was placed against; `address` is '' when it is not held here.

    `agency` is whose vehicle it is, '' when not known.
    """

    piid: str
    key: str
    agency: str
    address: str
    orders_held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order that was placed against a vehicle."""

    key: str
    address: str
    piid: str
    title: str
    agency: str
    acted_on: str
    obligated_cents: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAward:
    """An award. `fields` are all merged fields; `vendor_number` is None for persons.

    `verb` stands between agency and vendor; `last_day` ends the work, or the placing of orders.
    """

    key: str
    address: str
    title: str
    description: str
    kind: str
    fields: Mapping[str, Any]
    agency: str
    funding_agency: str
    vendor: str
    vendor_number: int | None
    is_person: bool
    verb: str
    has_ended: bool
    last_day: str
    obligated_cents: int | None
    potential_cents: int | None
    technologies: tuple[Technology, ...]
    vehicle: Vehicle | None
    orders_held: int
    orders: tuple[Order, ...]
    modifications: tuple[Modification, ...]
    subawards: tuple[SubawardGroup, ...]
    disagreements: tuple[Disagreement, ...]
    changes: tuple[Change, ...]
    captures: tuple[Captured, ...]
    first_seen_at: str
    gone_at: str | None
    citation: str

    @property
    def is_vehicle(self) -> bool:
        """Whether orders are placed against it (an IDV)."""
        return self.key.startswith("CONT_IDV_")

    @property
    def subaward_reports(self) -> int:
        """How many reports of sub-awards there are, repeated ones included."""
        return sum(len(group.reports) for group in self.subawards)


def load_award(desk: Desk, key: str) -> ShownAward:
    """Give an award by its key, in any case of its letters.

    Raises:
        NotFound: the archive does not hold it, or it is no award key.
    """
    typed, key = key, checked_key(key)
    with desk.archive.catalogue.reading() as connection:
        found = connection.execute(_wanted(key)).first()
        if found is None:
            raise NotFound(
                f"This archive holds no award {typed}. Search for its PIID:"
                f" {parse_award_key(key).piid}"
            )
        return _award(desk, connection, found)


def checked_key(key: str) -> str:
    """Give an award key in capitals.

    Raises:
        NotFound: it has another form.
    """
    try:
        parse_award_key(key.upper())
    except NotAnAwardKey as error:
        raise NotFound(no_award_key(key)) from error
    return key.upper()


def _wanted(key: str) -> sa.Select[Any]:
    return (
        sa.select(
            award,
            record.c.first_seen_at,
            record.c.gone_at,
            vendor.c.is_person.label("vendor_is_person"),
        )
        .join(record, record.c.id == award.c.record_id)
        .outerjoin(vendor, vendor.c.id == award.c.vendor_id)
        .where(award.c.key == key)
    )


def _award(desk: Desk, connection: sa.Connection, row: sa.Row[Any]) -> ShownAward:
    shown = persons.as_shown(row.fields, is_known=row.vendor_is_person)
    fields, is_person = shown.fields, shown.is_person
    agency, funding = (_agency(desk, fields, role) for role in ("awarding", "funding"))
    past = history(desk, connection, row.record_id, row.key)
    return ShownAward(
        key=row.key,
        address=f"/awards/{row.key}",
        title=award_title(fields),
        description=description(fields),
        kind=_kind(fields),
        fields=fields,
        agency=agency,
        funding_agency=funding,
        vendor=shown.vendor,
        vendor_number=shown.unless_person(row.vendor_id),
        is_person=is_person,
        verb=paying.verb(row.key, fields, row.obligated_cents),
        has_ended=paying.has_ended(row.key, fields),
        last_day=paying.last_day(row.key, fields),
        obligated_cents=row.obligated_cents,
        potential_cents=row.potential_cents,
        technologies=desk.technologies(fields),
        vehicle=_vehicle(desk, connection, fields),
        orders_held=_orders(connection, row.key) if row.key.startswith("CONT_IDV_") else 0,
        orders=_largest_orders(desk, connection, row.key),
        modifications=modifications(connection, row.key),
        subawards=subawards(connection, row.key),
        disagreements=tuple(
            one
            for one in _disagreements(desk, connection, row.record_id, row.key)
            if not (is_person and persons.names(one.name))
        ),
        changes=tuple(one for one in past.changes if not (is_person and persons.names(one.name))),
        captures=past.captures,
        first_seen_at=row.first_seen_at,
        gone_at=row.gone_at,
        citation=cite_award(desk, row, fields, agency, shown.vendor, past.captures),
    )


def _kind(fields: Mapping[str, Any]) -> str:
    return tidy(str(fields.get("type_label") or type_label(str(fields.get("type_code") or ""))))


def _agency(desk: Desk, fields: Mapping[str, Any], role: str) -> str:
    code = str(fields.get(f"{role}_subagency_code") or fields.get(f"{role}_agency_code") or "")
    name = fields.get(f"{role}_subagency_name") or fields.get(f"{role}_agency_name") or ""
    return desk.agency(code, str(name)) if code or name else ""


def _disagreements(
    desk: Desk, connection: sa.Connection, record_id: int, key: str
) -> tuple[Disagreement, ...]:
    seen = award_views(connection, {record_id: key})[record_id]
    return tuple(
        Disagreement(
            name=one.name,
            said=tuple((desk.view(view), value) for view, value in one.said),
        )
        for one in disagreements(seen)
    )


def _vehicle(desk: Desk, connection: sa.Connection, fields: Mapping[str, Any]) -> Vehicle | None:
    piid = str(fields.get("parent_piid") or "")
    if not piid:
        return None
    key = str(fields.get("parent_key") or "")
    wanted = sa.select(award.c.subagency_code, award.c.subagency_name, award.c.agency_name)
    held = connection.execute(wanted.where(award.c.key == key)).first() if key else None
    return Vehicle(
        piid=piid,
        key=key,
        agency=_agency_of_vehicle(desk, key, held),
        address=f"/awards/{key}" if held else "",
        orders_held=_orders(connection, key) if held else 0,
    )


def _agency_of_vehicle(desk: Desk, key: str, held: Any) -> str:
    """Name whose vehicle it is: as the vehicle itself says, else by the code in its key."""
    if held:
        return desk.agency(held.subagency_code, held.subagency_name or held.agency_name)
    try:
        code = parse_award_key(key).agency
    except NotAnAwardKey:
        return ""
    named = desk.agency(code, "")
    return "" if named == code else named


def _orders(connection: sa.Connection, vehicle_key: str) -> int:
    """Count the orders held that were placed against a vehicle."""
    wanted = sa.select(sa.func.count()).where(award.c.parent_key == vehicle_key)
    return connection.scalar(wanted.select_from(award)) or 0


def _largest_orders(desk: Desk, connection: sa.Connection, vehicle_key: str) -> tuple[Order, ...]:
    """Give the orders with the greatest obligated sums that are held of a vehicle."""
    wanted = (
        sa.select(award, vendor.c.is_person)
        .outerjoin(vendor, vendor.c.id == award.c.vendor_id)
        .where(award.c.parent_key == vehicle_key)
        .order_by(award.c.obligated_cents.desc().nulls_last(), award.c.key)
        .limit(_ORDERS_SHOWN)
    )
    return tuple(
        Order(
            key=row.key,
            address=f"/awards/{row.key}",
            piid=parse_award_key(row.key).piid,
            title=award_title(persons.as_shown(row.fields, is_known=row.is_person).fields),
            agency=desk.agency(row.subagency_code, row.subagency_name),
            acted_on=row.acted_on,
            obligated_cents=row.obligated_cents,
        )
        for row in connection.execute(wanted)
    )
