"""How templates write amounts, days and counts, and what every page knows."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

from archive import clock, persons
from archive.index.casing import name_case
from archive.shown import labels, paying, wording
from search_app.services import services

_BRIEF = 46

_FIELD_NAMES = {
    "acted_on": "Latest action date",
    "signed_on": "Signing date",
    "starts_on": "Start of work",
    "ends_on": "End of work",
    "potential_ends_on": "End with all options",
    "obligated_cents": "Obligated",
    "exercised_cents": "Base and exercised options",
    "potential_cents": "Potential value",
    "outlayed_cents": "Paid out",
    "subaward_cents": "Sub-awards, the source\u2019s sum",
    "psc_code": "PSC",
    "psc_label": "PSC title",
    "naics_code": "NAICS",
    "naics_label": "NAICS title",
    "piid": "PIID",
    "parent_piid": "Parent PIID",
    "vendor_uei": "UEI",
    "vendor_cage": "CAGE",
    "vendor_duns": "DUNS",
    "parent_vendor_uei": "Parent vendor\u2019s UEI",
    "vendor_dba": "Vendor trades as",
    "vendor_is_person": "Sole proprietor or person, says the source",
    "vendor_is_individual": "Individual, says the source",
}


def register(app: Flask) -> None:
    """Make the filters and the common values known to templates."""
    env = app.jinja_env
    env.filters["amount"] = wording.amount
    env.filters["verb_up_to"] = paying.verb_up_to
    env.filters["day"] = wording.day
    env.filters["long_day"] = wording.long_day
    env.filters["moment"] = wording.moment
    env.filters["month"] = wording.month
    env.filters["held_actions"] = wording.held_actions
    env.filters["size"] = wording.size
    env.filters["listed"] = wording.listed
    env.filters["short_hash"] = wording.short_hash
    env.filters["field_name"] = field_name
    env.filters["field_value"] = field_value
    env.filters["type_label"] = labels.type_label
    env.filters["sentence"] = wording.sentence
    env.filters["begun"] = begun
    env.filters["brief"] = brief
    env.filters["tidy"] = labels.tidy
    env.filters["name_case"] = name_case
    env.filters["zip"] = zip
    env.globals["persons"] = persons.TOGETHER
    env.globals["counted"] = wording.counted
    env.globals["obligation"] = wording.obligation
    env.globals["share"] = wording.share
    env.globals["kinds_counted"] = wording.kinds_counted
    env.globals["style_version"] = _style_version(str(app.static_folder))
    app.context_processor(_common)


def field_name(name: str) -> str:
    """Write the name of a field for people."""
    return _FIELD_NAMES.get(name) or name.replace("_", " ").capitalize()


def field_value(value: Any, name: str) -> str:
    """Write the value of a field by its name."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name.endswith("_cents") and isinstance(value, int):
        return wording.amount(value)
    return wording.day(str(value)) if name.endswith("_on") else str(value)


def begun(text: str) -> str:
    """Begin words with a capital, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def brief(label: str) -> str:
    """Cut a label for the narrow column of filters; its whole is on the page of all values."""
    return wording.cut(label, _BRIEF) if len(label) > _BRIEF else label


def _common() -> dict[str, Any]:
    here = services()
    return {
        "archive_name": here.desk.archive.settings["NAME"],
        "holdings": here.holdings(),
        "is_sample": here.desk.is_sample,
        "ago": _ago,
    }


def _ago(iso: str) -> str:
    """Write how long ago a moment was ("2 hours ago")."""
    try:
        passed_s = _seconds_since(iso)
    except (ValueError, TypeError):
        return iso
    for unit_s, one in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if passed_s >= unit_s:
            return f"{wording.counted(int(passed_s // unit_s), one)} ago"
    return "just now"


def _seconds_since(iso: str) -> float:
    now = datetime.fromisoformat(clock.now())
    return (now - datetime.fromisoformat(iso)).total_seconds()


@cache
def _style_version(folder: str) -> str:
    """Give a short hash of the stylesheet, so that an old one is never used with new pages."""
    return hashlib.sha256((Path(folder) / "paperwatch.css").read_bytes()).hexdigest()[:12]
