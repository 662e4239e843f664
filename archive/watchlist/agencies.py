"""Agencies by code, abbreviation, name or alias.

Codes are those of USAspending: three digits for a department ("070"), four signs for an agency
within it ("7012"). A department that is also its own sub-agency (State, Veterans Affairs) is found
by name as the department, and by either code.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Literal

from archive.watchlist.loading import Fields, entries

_FILLERS = frozenset({"u", "s", "us", "the", "of", "and", "department"})
# So alike are "Immigration and Custom Enforcement" and the agency that is meant (0.98), and no
# body of a state that bears a like name ("Georgia Bureau of Investigation": 0.86).
_NEAR, _NEAR_LENGTH = 0.9, 8
_NOTE = re.compile(r"\s*\(.*\)$")  # "Department of State (Diplomatic Security, INL)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency as a value of a facet: its code, its name at USAspending, and its short name."""

    facet: Literal["agency", "subagency"]
    code: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """An entry of the file: a sub-agency, its department, and what else it is called."""

    department: Agency
    agency: Agency
    names: tuple[str, ...]

    @property
    def is_department(self) -> bool:
        return self.department.name == self.agency.name


@cache
def agencies() -> Mapping[str, Agency]:
    """Give all agencies by code, departments first."""
    listed = _listed()
    departments = {one.department.code: one.department for one in listed}
    return departments | {one.agency.code: one.agency for one in listed}


def find(typed: str) -> tuple[Agency, ...]:
    """Find the agencies that a code, abbreviation, name or alias means, in any case."""
    by_code = agencies().get(typed.strip().upper())
    return (by_code,) if by_code else _by_name().get(_folded(typed), ())


def near(typed: str) -> Agency | None:
    """Give the agency whose name is nearly what was typed, as by a slip, or None.

    Short names are left out: between abbreviations one letter is no slip.
    """
    for fold in (_folded, _plain):
        names = {fold(name): one for name, one in _full_names() if len(fold(name)) >= _NEAR_LENGTH}
        found = get_close_matches(fold(typed), names, n=1, cutoff=_NEAR)
        if found:
            return names[found[0]]
    return None


def unknown(typed: str) -> str:
    """Say of words that they are no agency, and what would be one."""
    return (
        f"{typed!r} is not an agency known here. Give a code, such as 7012 of an agency or 070 of a"
        " department, or a name, such as ICE."
    )


def name_of(code: str) -> str:
    """Give the full name of an agency by its code; empty when the code is not listed."""
    agency = agencies().get(code)
    return agency.name if agency else ""


def short_name(code: str) -> str:
    """Give the short name of an agency ("ICE") by its code; empty when the code is not listed."""
    agency = agencies().get(code)
    return agency.short_name if agency else ""


def _folded(name: str) -> str:
    words = re.findall(r"[^\W_]+", name.casefold())
    return " ".join(word for word in words if word not in _FILLERS)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


@cache
def _full_names() -> tuple[tuple[str, Agency], ...]:
    """Give every name by which an agency is found, as it is written, with the agency."""
    return tuple(
        (name, one.department if one.is_department else one.agency)
        for one in _listed()
        for name in one.names
    ) + tuple((one.department.name, one.department) for one in _listed())


@cache
def _by_name() -> Mapping[str, tuple[Agency, ...]]:
    found: dict[str, dict[str, Agency]] = {}
    for one in _listed():
        names = (one.department.name, one.department.short_name)
        _add(found, names, one.department)
        _add(found, one.names, one.department if one.is_department else one.agency)
    return {name: tuple(by_code.values()) for name, by_code in found.items() if name}


def _add(found: dict[str, dict[str, Agency]], names: Iterable[str], agency: Agency) -> None:
    for name in names:
        found.setdefault(_folded(name), {})[agency.code] = agency


@cache
def _listed() -> tuple[_Listed, ...]:
    _, found = entries("agencies")
    return tuple(map(_entry, found))


def _entry(fields: Fields) -> _Listed:
    name, abbreviation = fields.text("name"), fields.text("abbreviation")
    toptier, subtier = fields.table("toptier"), fields.table("subtier")
    department = Agency(
        facet="agency",
        code=toptier.text("cgac"),
        name=toptier.text("name"),
        short_name=toptier.text("abbreviation"),
    )
    agency = Agency(
        facet="subagency",
        code=subtier.text("code"),
        name=subtier.text("name"),
        short_name=abbreviation,
    )
    names = (agency.name, _NOTE.sub("", name), abbreviation, *fields.texts("aliases"))
    fields.drop("piid_prefixes", "foia_case_patterns", "technologies_bought", "note", "sources")
    for part in (toptier, subtier, fields):
        part.close()
    return _Listed(department=department, agency=agency, names=names)
