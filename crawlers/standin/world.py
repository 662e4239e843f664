"""The world of a stand-in: awards in the wire format of USAspending, composed from little."""

import copy
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias

from archive.identifiers import NONE_PART, award_key, idv_key
from crawlers.usaspending.agencies import BY_CODE, toptier_of
from crawlers.usaspending.codes import CATEGORY_OF_TYPE, REASONS, TYPE_LABELS

Json: TypeAlias = dict[str, Any]
SHAPES: Json = json.loads(resources.files(__package__).joinpath("shapes.json").read_text("utf-8"))


@dataclass(slots=True, kw_only=True)
class StandingAward:
    """An award as the stand-in answers for it."""

    detail: Json
    transactions: list[Json]
    subawards: list[Json]

    @property
    def key(self) -> str:
        """The unique award key."""
        return str(self.detail["generated_unique_award_id"])


@dataclass(slots=True, kw_only=True)
class World:
    """All awards by key, as they are in this turn, and what they were composed from."""

    composed: list[Json]
    last_updated: str = "11/23/2026"
    turn: int = 0
    awards: dict[str, StandingAward] = field(default_factory=dict)

    def stand(self) -> None:
        """Compute the awards of the present turn."""
        standing = (complete(turned(award, self.turn)) for award in self.composed)
        self.awards = {award.key: award for award in standing}


def compose_world(
    awards: Iterable[Mapping[str, Any]], *, last_updated: str = "11/23/2026"
) -> World:
    """Make a world of composed awards (see the package's docstring for their form)."""
    world = World(composed=[dict(award) for award in awards], last_updated=last_updated)
    world.stand()
    return world


def load_world(path: Path) -> World:
    """Read a world from a JSON file or from a folder of them."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise ValueError(f"{path} holds no .json file, so it is no world")
    awards: list[Json] = []
    last_updated = "11/23/2026"
    for file in files:
        content = json.loads(file.read_text(encoding="utf-8"))
        awards += content.get("awards", [content])
        last_updated = content.get("last_updated", last_updated)
    return compose_world(awards, last_updated=last_updated)


def turned(award: Json, turn: int) -> Json:
    """Give a composed award as it is after so many turns."""
    now = copy.deepcopy({name: value for name, value in award.items() if name != "turns"})
    for change in award.get("turns", ()):
        if change["turn"] > turn:
            continue
        now["detail"] = over(now["detail"], change.get("detail", {}))
        gone = set(change.get("delete", ()))
        kept = [one for one in now["transactions"] if one["modification_number"] not in gone]
        now["transactions"] = kept + change.get("add", [])
        now["subawards"] = now.get("subawards", []) + change.get("add_subawards", [])
    return now


def over(base: Json, members: Mapping[str, Any]) -> Json:
    """Lay members over a base, nested objects member by member."""
    laid = dict(base)
    for name, value in members.items():
        beneath = laid.get(name)
        if isinstance(value, Mapping) and isinstance(beneath, dict):
            laid[name] = over(beneath, value)
        else:
            laid[name] = value
    return laid


def complete(award: Json) -> StandingAward:
    """Fill in what follows from a composed award; the rest of the wire format is null."""
    given: Json = copy.deepcopy(award["detail"])
    category = CATEGORY_OF_TYPE[given["type"]]
    _spell_out(given, category)
    shape = copy.deepcopy(SHAPES["grant" if category == "grant" else "contract"])
    detail = over(shape, {**given, "category": category})
    transactions = award.get("transactions", [])
    transactions = [_transaction(one, detail) for one in transactions]
    subawards = [
        _subaward(one, detail, place) for place, one in enumerate(award.get("subawards", []))
    ]
    _add_up(detail, given, transactions, subawards)
    return StandingAward(detail=detail, transactions=transactions, subawards=subawards)


def _spell_out(given: Json, category: str) -> None:
    """Replace the short forms (agencies, parent, codes) by those of the wire."""
    awarding: Any = given["awarding_agency"]
    given.setdefault("funding_agency", copy.deepcopy(awarding))
    code = awarding if isinstance(awarding, str) else awarding["subtier_agency"]["code"]
    parent = given.pop("parent", None)
    if parent is not None:
        given["parent_award"] = _parent(parent)
    given.setdefault("generated_unique_award_id", _key(given, category, code, parent or {}))
    for role in ("awarding", "funding"):
        office = given.pop(f"{role}_office", None)
        if isinstance(given[f"{role}_agency"], str):
            given[f"{role}_agency"] = _agency(given[f"{role}_agency"], office)
    latest = given.setdefault("latest_transaction_contract_data", {})
    psc, naics = given.pop("psc", None), given.pop("naics", None)
    if psc:
        latest |= {"product_or_service_code": psc[0], "product_or_service_description": psc[1]}
        given["psc_hierarchy"] = {"base_code": {"code": psc[0], "description": psc[1]}}
    if naics:
        latest |= {"naics": naics[0], "naics_description": naics[1]}
        given["naics_hierarchy"] = {"base_code": {"code": naics[0], "description": naics[1]}}
    if category == "grant":
        given.pop("latest_transaction_contract_data")


def _key(given: Json, category: str, code: str, parent: Mapping[str, str]) -> str:
    if category == "idv":
        return idv_key(piid=given["piid"], agency=code)
    if category == "grant":
        return f"ASST_NON_{given['fain']}_{code[:3]}"
    return award_key(
        piid=given["piid"],
        agency=code,
        parent_piid=parent.get("piid", ""),
        parent_agency=parent.get("agency", ""),
    )


def _parent(parent: Mapping[str, str]) -> Json:
    agency = BY_CODE[parent["agency"]]
    toptier = toptier_of(agency)
    key = idv_key(piid=parent["piid"], agency=agency.code)
    return {
        "agency_id": int(toptier.code),
        "agency_name": toptier.name,
        "agency_slug": _slug(toptier.name),
        "sub_agency_id": agency.code,
        "sub_agency_name": agency.name,
        "award_id": surrogate(key),
        "generated_unique_award_id": key,
        "idv_type_description": "IDC",
        "multiple_or_single_aw_desc": "SINGLE AWARD",
        "piid": parent["piid"],
        "type_of_idc_description": "INDEFINITE DELIVERY / INDEFINITE QUANTITY",
    }


def _agency(code: str, office: str | None) -> Json:
    agency = BY_CODE[code]
    toptier = toptier_of(agency)
    named = {"name": toptier.name, "code": toptier.code, "abbreviation": toptier.abbreviation}
    return {
        "id": surrogate(code) % 2000,
        "has_agency_page": True,
        "toptier_agency": {**named, "slug": _slug(toptier.name)},
        "subtier_agency": {
            "name": agency.name,
            "code": agency.code,
            "abbreviation": agency.abbreviation,
        },
        "office_agency_name": office,
    }


def _transaction(one: Json, detail: Json) -> Json:
    parent = detail.get("parent_award") or {}
    agency = detail["awarding_agency"]["subtier_agency"]["code"]
    number = one["modification_number"]
    parts = [agency, parent.get("sub_agency_id") or NONE_PART, detail.get("piid") or "", number]
    parts += [parent.get("piid") or NONE_PART, one.get("transaction_number", "0")]
    action = one.get("action_type")
    made = {
        "id": "CONT_TX_" + "_".join(parts),
        "type": detail["type"],
        "type_description": TYPE_LABELS[detail["type"]],
        "action_date": one["action_date"],
        "action_type": action,
        "action_type_description": REASONS.get(action) if action else None,
        "modification_number": number,
        "description": None,
        "federal_action_obligation": 0.0,
        "face_value_loan_guarantee": 0.0,
        "original_loan_subsidy_cost": 0.0,
    }
    return made | {name: value for name, value in one.items() if name != "transaction_number"}


def _subaward(one: Json, detail: Json, place: int) -> Json:
    made = {
        "id": surrogate(f"{detail['generated_unique_award_id']}/{place}"),
        "subaward_number": None,
        "description": None,
        "action_date": None,
        "amount": None,
        "recipient_name": None,
    }
    return made | one


def _add_up(detail: Json, given: Json, transactions: list[Json], subawards: list[Json]) -> None:
    """Compute the sums, counts and dates that were not given."""
    ordered = sorted(transactions, key=lambda one: str(one["action_date"]))
    obligated = round(sum(one["federal_action_obligation"] for one in transactions), 2)
    reported = round(sum(one["amount"] or 0 for one in subawards), 2)
    computed: Json = {
        "id": surrogate(detail["generated_unique_award_id"]),
        "type_description": TYPE_LABELS[detail["type"]],
        "total_obligation": float(obligated),
        "subaward_count": len(subawards),
        "total_subaward_amount": float(reported) if subawards else None,
        "description": ordered[0]["description"] if ordered else None,
        "date_signed": ordered[0]["action_date"] if ordered else None,
    }
    for name, value in computed.items():
        if name not in given:
            detail[name] = value
    period = detail["period_of_performance"]
    if period["last_modified_date"] is None and ordered:
        period["last_modified_date"] = ordered[-1]["action_date"]


def surrogate(text: str) -> int:
    """Give a number that stands for a text, as the service's own row numbers do."""
    return zlib.crc32(text.encode()) % 900_000_000 + 1


def _slug(name: str) -> str:
    return "-".join(name.lower().replace(".", "").replace(",", "").split())
