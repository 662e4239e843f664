"""Persons paid under their own name: the award stays, its fields without them are what is shown.

One rule for every face: page, interface, terminal, export, index.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

V = TypeVar("V")

# Fields that name a vendor, whatever view they come from.
_NAMING = ("vendor_", "parent_vendor_")
_FLAG = "vendor_is_person"


def is_person(fields: Mapping[str, Any], *, is_known: bool | None) -> bool:
    """Ask whether an award pays a person; `is_known`: what the row of its vendor says."""
    return bool(is_known) or fields.get(_FLAG) is True


def names(field: str) -> bool:
    """Ask whether a field names a vendor."""
    return field.startswith(_NAMING) and field != _FLAG


def without_names(fields: Mapping[str, V]) -> dict[str, V]:
    """Give an award's fields without those that name its vendor."""
    return {name: value for name, value in fields.items() if not names(name)}
