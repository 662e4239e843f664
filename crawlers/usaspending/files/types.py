"""What a row says of its award: the kind it is, and the vehicle that it was placed against."""

from collections.abc import Sequence

from archive.identifiers import idv_key
from archive.model import Value
from crawlers.usaspending.award import known_type
from crawlers.usaspending.codes import CATEGORY_OF_TYPE, TYPE_LABELS
from crawlers.usaspending.files.layout import Header, subagency_code
from crawlers.usaspending.values import NotUnderstood


def kind_of(header: Header, row: Sequence[str]) -> dict[str, Value]:
    """Give category, type code and its label; those of a vehicle stand in two columns.

    Raises:
        NotUnderstood: neither an award nor a vehicle, or an unknown type.
    """
    flag = header.cell(row, "award_or_idv_flag")
    if flag == "AWARD":
        code = known_type(header.cell(row, "award_type_code"))
    elif flag == "IDV":
        kind, form = header.cell(row, "idv_type_code"), header.cell(row, "type_of_idc_code")
        code = known_type(f"IDV_{kind}_{form}" if kind == "B" and form else f"IDV_{kind}")
    else:
        raise NotUnderstood(f"award_or_idv_flag {flag!r} is neither AWARD nor IDV")
    return {
        "category": CATEGORY_OF_TYPE[code],
        "type_code": code,
        "type_label": TYPE_LABELS[code],
    }


def parent_agency(header: Header, row: Sequence[str]) -> str:
    """Give the agency of the vehicle that an order was placed against; '' when it has none."""
    name = "parent_award_agency_id"
    return subagency_code(header.cell(row, name), name) or ""


def award_fields(header: Header, row: Sequence[str], parent_piid: str) -> dict[str, Value]:
    """Give what a row says of its award: its kind, its vehicle, and when a vehicle ends.

    The key of the vehicle is there when its number and its agency are.

    Raises:
        NotUnderstood: neither an award nor a vehicle, or a value that has no meaning.
    """
    fields, agency = kind_of(header, row), parent_agency(header, row)
    if parent_piid and agency:
        fields["parent_key"] = idv_key(piid=parent_piid, agency=agency)
    if fields["category"] == "idv":
        fields["potential_ends_on"] = header.day(row, "ordering_period_end_date")
    return fields
