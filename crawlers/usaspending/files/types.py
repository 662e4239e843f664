"""What kind of award a row is about, and the vehicle that it was placed against."""

from collections.abc import Sequence

from archive.identifiers import idv_key
from archive.model import Value
from crawlers.usaspending.award import known_type
from crawlers.usaspending.codes import CATEGORY_OF_TYPE, TYPE_LABELS
from crawlers.usaspending.files.layout import Header
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


def parent_key(parent_piid: str, agency: str) -> dict[str, Value]:
    """Give the key of the vehicle that an order was placed against, when both parts are there."""
    return (
        {"parent_key": idv_key(piid=parent_piid, agency=agency)} if parent_piid and agency else {}
    )
