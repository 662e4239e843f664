"""Composed awards, read from short YAML rows into the form that the stand-in answers from."""

from collections.abc import Mapping
from importlib import resources
from typing import Any, TypeAlias

import yaml

from crawlers.standin import World, compose_world

Row: TypeAlias = dict[str, Any]
FILES = ("vehicles", "immigration", "police")
LAST_UPDATED = "11/23/2026"


def sample_world() -> World:
    """Give the world that the demo crawls."""
    return compose_world(sample_awards(), last_updated=LAST_UPDATED)


def sample_awards() -> list[Row]:
    """Give the composed awards, vehicles first."""
    vendors, titles = _read("vendors"), _read("titles")
    return [_award(row, vendors, titles) for name in FILES for row in _read(name)]


def _read(name: str) -> Any:
    text = resources.files(__package__).joinpath("world", f"{name}.yaml").read_text("utf-8")
    # The base loader leaves every value as it is written: dates and numbers stay text.
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506


def _award(row: Mapping[str, Any], vendors: Row, titles: Row) -> Row:
    """Spell one row out (the rows' form is said on top of their files)."""
    award = dict(row)
    actions = [_action(*action) for action in award.pop("actions")]
    subawards = [_subaward(vendors, *one) for one in award.pop("subawards", ())]
    start, end = award.pop("period")
    state, city = award.pop("place")
    potential = float(award.pop("potential"))
    detail: Row = {
        "awarding_agency": award.pop("agency"),
        "awarding_office": award.pop("office"),
        "recipient": _recipient(vendors[award.pop("vendor")]),
        "psc": _titled(titles["psc"], award.pop("psc")),
        "naics": _titled(titles["naics"], award.pop("naics")),
        "place_of_performance": _place(state, city),
        "period_of_performance": _period(start, end, actions[-1]["action_date"]),
        "base_exercised_options": float(award.pop("exercised", 0)),
        "base_and_all_options": potential,
    }
    # What is left (piid, type, parent) has the stand-in's own names.
    return {"detail": award | detail, "transactions": actions, "subawards": subawards}


def _action(number: str, date: str, dollars: str, reason: str, words: str) -> Row:
    return {
        "modification_number": number,
        "action_date": date,
        "action_type": None if reason == "null" else reason,
        "description": words,
        "federal_action_obligation": float(dollars),
    }


def _subaward(vendors: Row, number: str, date: str, dollars: str, vendor: str, words: str) -> Row:
    return {
        "subaward_number": number,
        "action_date": date,
        "amount": float(dollars),
        "recipient_name": vendors[vendor]["name"],
        "description": words,
    }


def _recipient(vendor: Mapping[str, str]) -> Row:
    return {
        "recipient_name": vendor["name"],
        "recipient_uei": vendor.get("uei"),
        "parent_recipient_name": vendor.get("parent"),
        "parent_recipient_uei": vendor.get("parent_uei"),
    }


def _titled(titles: Mapping[str, str], code: str) -> list[str]:
    return [code, titles[code]]


def _place(state: str, city: str) -> Row:
    return {
        "state_code": state,
        "city_name": city,
        "location_country_code": "USA",
        "country_name": "UNITED STATES",
    }


def _period(start: str, end: str, modified: str) -> Row:
    return {
        "start_date": start,
        "end_date": end,
        "potential_end_date": end,
        "last_modified_date": modified,
    }
