"""Titles and names for people, from what sources print in capitals and code."""

import re
from collections.abc import Mapping
from functools import cache

from archive.model import Value
from archive.watchlist.agencies import agencies

# "IGF::OT::IGF" marks whether a service is inherently governmental; it says nothing to a reader.
_IGF = re.compile(r"\bIGF::[A-Z,& ]*::IGF\b[\s\-:;.]*")
_LONGEST = 120
_WORD = re.compile(r"[A-Z]+")
# Abbreviations with a vowel; what has none is taken for one.
_ABBREVIATIONS = """
AC AI ALPR ATM BPA CCTV CD CDW CLIN COTS CY DC DNA DVD DVR EOC ERO FAR FOB FRT FY GFE GPS GSA HD
HQ HSI HVAC ID IDIQ IGSA II III IMSI IP IT ITAR IV LAN LED LPR LLC MCC MSP NASA NCIC OCIO ORI PC
PDF PIV PO POP PTZ QTY RAID RFID RFQ RO SAN SAR SIM SLA SME SOC SOW SQL SUV SWAT TDY TV UAS UAV
UHF UPS URL US USA USB VA VHF VPN WAN WMD XML
"""


def award_title(fields: Mapping[str, Value]) -> str:
    """Give the title of an award: its description, else its product or service, else its number."""
    for name in ("description", "psc_label", "naics_label", "type_label"):
        words = " ".join(_IGF.sub("", str(fields.get(name) or "")).split())
        if words:
            return shortened(words)
    return f"Award {fields.get('piid') or 'without a number'}"


def shortened(words: str) -> str:
    """Cut a title at a word, with an ellipsis, and bring all-capitals down to sentence case."""
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:.-") + " …"
    return sentence_case(words) if words.isupper() and len(words) > 12 and " " in words else words


def sentence_case(words: str) -> str:
    """Bring capitals down, but for abbreviations, codes with digits and the first letter."""
    lowered = " ".join(_lowered(word) for word in words.split(" "))
    first = next((place for place, sign in enumerate(lowered) if sign.isalnum()), 0)
    return lowered[:first] + lowered[first : first + 1].upper() + lowered[first + 1 :]


def _lowered(word: str) -> str:
    if any(sign.isdigit() for sign in word):
        return word
    return _WORD.sub(
        lambda found: found[0] if _is_abbreviation(found[0]) else found[0].lower(), word
    )


def _is_abbreviation(word: str) -> bool:
    return word in _abbreviations() or (1 < len(word) < 6 and not set(word) & set("AEIOUY"))


@cache
def _abbreviations() -> frozenset[str]:
    """Give abbreviations of the field, and of every agency of the watchlist."""
    short_names = {one.short_name for one in agencies().values()}
    return frozenset(_ABBREVIATIONS.split()) | {name for name in short_names if name.isupper()}
