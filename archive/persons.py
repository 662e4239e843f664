"""Persons paid under their own name: the award stays, its fields without them are what is shown.

One rule for every face: page, interface, terminal, export, index. Sources say "sole proprietorship"
of many a company; a legal form that is printed in its name outweighs that.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

V = TypeVar("V")

PERSON = "a person under their own name"
SOLE_PROPRIETOR = "a sole proprietor, whose name is not shown"
TOGETHER = "Sole proprietors and persons, whose names are not shown"

# Fields that name a vendor, whatever view they come from.
_NAMING = ("vendor_", "parent_vendor_")
_FLAG = "vendor_is_person"  # a source calls them a sole proprietor, or an individual
_INDIVIDUAL = "vendor_is_individual"  # the latter
# No person's name holds these as words.
_FORM = re.compile(
    r"""(?<!\w)(?:
      INC(?:ORPORATED)? | CORP(?:ORATION)? | LTD | GMBH
    | P?L\.?L\.?C | L\.?L\.?P | L\ L\ [CP]
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
# "CO" is Colorado too, "LP" a licensed psychologist, "PC" a counselor: they prove no company.
_FORM_AT_END = re.compile(r"(?<!\w)(?:COMPANY|LIMITED|PLC)\W*(?:\(\d+\)\s*)?$", re.IGNORECASE)
# What follows is another name: "JANE DOE DBA DOE INC".
_OTHER_NAME = re.compile(
    r"(?<!\w)(?:[DAF][./ ]?[BK][./ ]?A|DOING BUSINESS AS|T/A|C/O|ATTN)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsShown:
    """An award's fields as every face shows them: of a person, without those that name them."""

    fields: dict[str, Any]
    is_person: bool

    @property
    def vendor(self) -> str:
        """Who is paid, in words; '' where no name is given."""
        return called(self.fields) if self.is_person else str(self.fields.get("vendor_name") or "")

    def unless_person(self, value: V) -> V | None:
        """Give what leads to the vendor; None where that is a person."""
        return None if self.is_person else value


def as_shown(text: str, *, is_known: bool | None) -> AsShown:
    """Read an award's fields from their JSON; `is_known`: what the row of its vendor says."""
    fields: dict[str, Any] = json.loads(text)
    is_person = bool(is_known) or says_person(fields)
    shown = without_names(fields) if is_person else fields
    return AsShown(fields=shown, is_person=is_person)


def says_person(fields: Mapping[str, object]) -> bool:
    """Ask whether fields call their vendor a person, and print no legal form that outweighs it."""
    if fields.get(_INDIVIDUAL) is True:
        return True
    return fields.get(_FLAG) is True and not has_legal_form(str(fields.get("vendor_name") or ""))


def has_legal_form(name: str) -> bool:
    """Ask whether a name prints a company's legal form, so that it is no person's alone."""
    own = _OTHER_NAME.split(name, maxsplit=1)[0]
    return bool(_FORM.search(own) or _FORM_AT_END.search(own))


def called(fields: Mapping[str, object]) -> str:
    """Give the words that stand for a person's name: no more than a source says of them."""
    return PERSON if fields.get(_INDIVIDUAL) is True else SOLE_PROPRIETOR


def names(field: str) -> bool:
    """Ask whether a field names a vendor."""
    return field.startswith(_NAMING) and field not in (_FLAG, _INDIVIDUAL)


def without_names(fields: Mapping[str, V]) -> dict[str, V]:
    """Give an award's fields without those that name its vendor."""
    return {name: value for name, value in fields.items() if not names(name)}
