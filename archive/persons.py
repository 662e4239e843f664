"""Persons paid under their own name: the award stays, its fields without them are what is shown.

One rule for every face: page, interface, terminal, export, index.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

V = TypeVar("V")

PERSON = "a person under their own name"

# Fields that name a vendor, whatever view they come from.
_NAMING = ("vendor_", "parent_vendor_")
_FLAG = "vendor_is_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class AsShown:
    """An award's fields as every face shows them: of a person, without those that name them."""

    fields: dict[str, Any]
    is_person: bool

    @property
    def vendor(self) -> str:
        """Who is paid, in words; '' where no name is given."""
        return PERSON if self.is_person else str(self.fields.get("vendor_name") or "")

    def unless_person(self, value: V) -> V | None:
        """Give what leads to the vendor; None where that is a person."""
        return None if self.is_person else value


def as_shown(text: str, *, is_known: bool | None) -> AsShown:
    """Read an award's fields from their JSON; `is_known`: what the row of its vendor says."""
    fields: dict[str, Any] = json.loads(text)
    is_person = bool(is_known) or fields.get(_FLAG) is True
    shown = without_names(fields) if is_person else fields
    return AsShown(fields=shown, is_person=is_person)


def names(field: str) -> bool:
    """Ask whether a field names a vendor."""
    return field.startswith(_NAMING) and field != _FLAG


def without_names(fields: Mapping[str, V]) -> dict[str, V]:
    """Give an award's fields without those that name its vendor."""
    return {name: value for name, value in fields.items() if not names(name)}
