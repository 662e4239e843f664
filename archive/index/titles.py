"""Titles of awards for people, from what sources print in capitals and code."""

import re
from collections.abc import Mapping
from functools import lru_cache

from archive.index.casing import sentence_case
from archive.masking import MASK
from archive.model import Value
from archive.persons import says_person
from archive.watchlist.vendors import vendor_of

# "IGF::OT::IGF" marks whether a service is inherently governmental; it says nothing to a reader.
_IGF = re.compile(r"\bIGF::[A-Z,& ]*::IGF\b[\s\-:;.]*")
_LONGEST = 120
_SHORTEST = 4  # letters without which a description says nothing
# From here on a description says whom to ask or where to deliver: persons are no headings.
_PERSONAL = re.compile(
    r"""(?:\(\s*)?(?:
      \b(?:ATTN|ATTENTION|POC|P\.O\.C|CONTACT(?:ING)?|REQUEST(?:O|E)R|END\ ?USER|CUSTOMER)
        (?:'?S)?\s*(?:NAME|PERSON|IS|:|;|-|\#|\.)
    | \b(?:ATTN|ALTPOC|POC|COTR|ACOR|ACOTR|C/O|PH\#|(?:PHONE|TEL|CELL)\s*[:\#])(?!\w)
    | \b(?:PLEASE\ |PLS\ )?(?:CONTACT|CALL|E-?MAIL)\s+(?:MR|MS|MRS|DR)\b
    | \b(?:PLEASE\ |PLS\ )?(?:DELIVER|SHIP|SEND|MAIL|E-?MAIL|BILL)
        (?:\s+(?:ALL|ITEMS?|CORRESP\w+|INVOICES?))*\s+TO\b
    | \b(?:COR|ACR|CO|KO)\s*:
    | \bDELIVERY(?:\ TO)?\s*:
    | \b(?:REQUESTED|PREPARED|SUBMITTED|ORDERED)\s+BY\b
    | \b(?:MR|MS|MRS)\.\s
    | [^\s@]+@[^\s@]+\.
    | \(?\b\d{3}\)?[\s.-]{1,2}\d{3}-\d{4}\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What is left of such a beginning, in front of the place where it is cut.
_LED_IN = re.compile(
    r"(?:[\s,;:(/*#-]*\b(?:ALT|ALTERNATE|PRIMARY|COR|PLEASE|PLS|FINANCE|ON-?SITE|AND|OR|FOR|TO|IS|THE)"
    r"\b\.?)*[\s,;:(/*#-]*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"^(.{12,}[.!?;])\s", re.DOTALL)


def award_title(fields: Mapping[str, Value]) -> str:
    """Give the title of an award: its description, else its product or service, else its number."""
    words = printed_title(fields)
    return _as_sentence(words, _names(fields)) if words.isupper() else words


def printed_title(fields: Mapping[str, Value]) -> str:
    """Give the same title as its source prints it, in capitals: the index knows no case."""
    for name in ("description", "psc_label", "naics_label", "type_label"):
        words = " ".join(_IGF.sub("", str(fields.get(name) or "")).split())
        if name == "description":
            words = impersonal(words)
        if words:
            return _cut(words)
    return f"Award {fields.get('piid') or 'without a number'}"


def impersonal(words: str) -> str:
    """Cut a description where it begins to say whom to ask; '' where nothing is left to say."""
    found = _PERSONAL.search(words)
    end = min(found.start() if found else len(words), _place_of(MASK, words))
    if end == len(words):
        return words
    kept = words[:end]
    # Back to the last whole sentence: "… AWARD. PRIMARY" says less than "… AWARD."
    whole = _SENTENCE.match(kept) and kept[: _last_stop(kept)]
    kept = _LED_IN.sub("", whole or kept)
    return kept if sum(sign.isalpha() for sign in kept) >= _SHORTEST else ""


def _cut(words: str) -> str:
    """Cut a title at a word, with an ellipsis."""
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:.-") + " …"


# A list asks for each title twice, and for the same ones again.
_as_sentence = lru_cache(maxsize=2_048)(sentence_case)


def _place_of(part: str, words: str) -> int:
    place = words.find(part)
    return place if place >= 0 else len(words)


def _last_stop(words: str) -> int:
    return max(words.rfind(f"{sign} ") for sign in ".!?;") + 1


def _names(fields: Mapping[str, Value]) -> tuple[str, ...]:
    """Give the names that an award knows of itself: vendor, parent vendor and city."""
    vendor, city = str(fields.get("vendor_name") or ""), str(fields.get("city") or "")
    places = (city, f"{city} COUNTY") if city else ()
    if says_person(fields):
        return places
    others = (str(fields.get(name) or "") for name in ("parent_vendor_name", "vendor_dba"))
    watched = vendor_of(vendor, str(fields.get("vendor_uei") or ""))
    told = (vendor, *others, watched.name if watched else "")
    return (*filter(None, told), *places)
