"""Vendors on the watchlist, found by UEI or by name.

A name is folded and must then be equal: a name that is merely alike proves nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from archive.watchlist.loading import Fields, WatchlistError, entries, key_of

ROLES = ("vendor", "integrator", "reseller")
_LOCATION = re.compile(r"\(\d+\)\s*$")  # "IDENTIX INCORPORATED (2496)", as older rows print it
_APOSTROPHES = str.maketrans("", "", "'\u2019")
_LEGAL_FORMS = frozenset(
    {"inc", "incorporated", "corp", "corporation", "co", "company", "llc", "lp", "llp"}
    | {"ltd", "limited", "plc", "gmbh", "the"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A vendor, integrator or reseller, and the ids of the technologies that it sells.

    `is_pure_play`: nearly everything it sells to government is one of them. `checked` says how
    far the entry was checked; an "unchecked" fact is not for display.
    """

    id: str
    name: str
    role: str
    names: tuple[str, ...]
    technologies: tuple[str, ...]
    products: tuple[str, ...]
    ueis: tuple[str, ...]
    is_pure_play: bool
    checked: str


@cache
def vendors() -> Mapping[str, Vendor]:
    """Give all vendors by id."""
    _, found = entries("vendors")
    return {one.id: one for one in map(_vendor, found)}


@lru_cache(maxsize=16_384)
def vendor_of(name: str, uei: str = "") -> Vendor | None:
    """Find a vendor by its UEI, else by one of its names."""
    by_uei, by_name = _directory()
    return by_uei.get(uei) or by_name.get(folded(name))


def folded(name: str) -> str:
    """Fold a name: no legal form, no "the"; dotted initials stand together ("B.I." → "bi")."""
    bare = _LOCATION.sub("", name.lower().translate(_APOSTROPHES))
    words: list[str] = []
    was_initial = False
    for word in re.findall(r"[^\W_]+", bare):
        is_initial = len(word) == 1
        if is_initial and was_initial:
            words[-1] += word
        else:
            words.append(word)
        was_initial = is_initial
    return " ".join(word for word in words if word not in _LEGAL_FORMS)


@cache
def _directory() -> tuple[Mapping[str, Vendor], Mapping[str, Vendor]]:
    """Give vendors by UEI and by folded name; where two share one, neither is found by it."""
    by_uei: dict[str, set[str]] = {}
    by_name: dict[str, set[str]] = {}
    for one in vendors().values():
        for uei in one.ueis:
            by_uei.setdefault(uei, set()).add(one.id)
        for name in one.names:
            by_name.setdefault(folded(name), set()).add(one.id)
    return _single(by_uei), _single(by_name)


def _single(found: Mapping[str, set[str]]) -> Mapping[str, Vendor]:
    return {key: vendors()[min(ids)] for key, ids in found.items() if key and len(ids) == 1}


def _vendor(fields: Fields) -> Vendor:
    name, role = fields.text("name"), fields.text("role")
    if role not in ROLES:
        raise WatchlistError(f"{fields.where}: role {role!r} is not one of {', '.join(ROLES)}.")
    identifiers = fields.table("identifiers", {})
    seen = identifiers.tables("seen_in_award_rows")
    names = (name, *fields.texts("legal_names"), *(row.text("name") for row in seen))
    ueis = (*identifiers.texts("uei"), *(uei for row in seen for uei in row.texts("uei")))
    identifiers.drop("sec_cik")
    for row in seen:
        row.drop("duns", "cage")
        row.close()
    identifiers.close()
    vendor = Vendor(
        id=key_of(fields),
        name=name,
        role=role,
        names=tuple(dict.fromkeys(names)),
        technologies=fields.texts("technologies"),
        products=fields.texts("products"),
        ueis=tuple(dict.fromkeys(ueis)),
        is_pure_play=bool(fields.take("pure_play", bool)),
        checked=fields.text("checked"),
    )
    fields.drop("aliases", "history", "sources")
    fields.close()
    return vendor
