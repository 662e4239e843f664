"""In which words an award is said to pay: one rule for pages, lists and the terminal."""

from collections.abc import Mapping
from typing import Any

from archive import clock

_VEHICLE = "CONT_IDV_"


def last_day(key: str, fields: Mapping[str, Any]) -> str:
    """Give the day on which work ends, or the last one to place orders; '' when not known."""
    names = ("ends_on", "potential_ends_on")
    in_order = reversed(names) if key.startswith(_VEHICLE) else names
    return next((str(fields[name])[:10] for name in in_order if fields.get(name)), "")


def has_ended(key: str, fields: Mapping[str, Any]) -> bool:
    """Tell whether its last day is past; one without is taken to go on."""
    return "" < last_day(key, fields) < clock.now()[:10]


def verb(key: str, fields: Mapping[str, Any], obligated_cents: int | None) -> str:
    """Give what stands between agency and vendor: "pays", "was to pay", "could order from" …

    Where nothing is obligated, or more was taken back than given, nobody is said to pay. Of an
    award whose total is not known, `obligated_cents` is that of its actions held.
    """
    ended = has_ended(key, fields)
    if key.startswith(_VEHICLE):
        return "could order from" if ended else "may order from"
    if obligated_cents is None or obligated_cents <= 0:
        return "was to pay" if ended else "is to pay"
    return "paid" if ended else "pays"


def verb_up_to(verb: str) -> str:
    """Give the verb for a potential value: nobody is known to have paid that much."""
    return "was to pay" if verb == "paid" else verb
