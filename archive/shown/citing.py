"""Citations that anyone can check by hash."""

from collections.abc import Mapping, Sequence
from typing import Any

from archive.shown.desk import Desk
from archive.shown.in_actions import InActions
from archive.shown.provenance import Captured
from archive.shown.wording import amount, day, moment, obligation


def cite_award(
    desk: Desk,
    row: Any,
    fields: Mapping[str, Any],
    agency: str,
    vendor: str,
    in_part: InActions | None,
    cited: Captured | None,
) -> str:
    """Write the citation of an award: who, which, how much, and the capture that says so."""
    name = str(
        fields.get("awarding_subagency_name") or fields.get("awarding_agency_name") or agency
    )
    parts = [f"{name}, {_number(row.key, fields)}" + (f" to {vendor}" if vendor else "")]
    if signed := fields.get("signed_on"):
        parts.append(day(str(signed)))
    if in_part:
        parts.append(obligation(None, in_part.cents, in_part.actions))
    elif row.obligated_cents is not None:
        parts.append(obligation(row.obligated_cents, None, None))
    if row.potential_cents is not None:
        parts.append(f"potential value {amount(row.potential_cents)}")
    proof = _proof(cited) if cited else ""
    return f"{_warned(desk)}{', '.join(parts)}. {proof}{_archive(desk)}."


def cite_page(
    desk: Desk,
    title: str,
    released_by: Sequence[str],
    released_on: str,
    sha256: str,
    captured_at: str,
    number: int | None,
) -> str:
    """Write the citation of a document, or of one of its pages."""
    release = f"{', '.join(released_by)}, " if released_by else ""
    on = f", released {day(released_on)}" if released_on else ""
    page = f", p. {number}" if number else ""
    return (
        f"{_warned(desk)}{release}“{title}”{on}{page}. Captured {moment(captured_at)},"
        f" SHA-256 {sha256}, {_archive(desk)}."
    )


def _number(key: str, fields: Mapping[str, Any]) -> str:
    kind = "vehicle" if key.startswith("CONT_IDV_") else "award"
    return f"{kind} {fields.get('piid') or key}"


def _proof(cited: Captured) -> str:
    row = f", row {cited.place}" if cited.method == "FILE" else ""
    return f"{cited.view}, captured {moment(cited.fetched_at)}{row}, SHA-256 {cited.sha256}, "


def _warned(desk: Desk) -> str:
    """Give what must stand before a citation that could pass for one of a real record."""
    return "Composed sample, not a record: " if desk.is_sample else ""


def _archive(desk: Desk) -> str:
    return f"archive “{desk.archive.settings['NAME']}”"
