"""Which awards of a world match the filters of a search."""

import re
from collections.abc import Iterable, Mapping

from crawlers.standin.world import Json, StandingAward

_WORD = re.compile(r"[A-Z0-9]+")


def matching(awards: Iterable[StandingAward], filters: Json, category: str) -> list[StandingAward]:
    """Choose the awards of a category that satisfy every filter."""
    return [award for award in awards if _matches(award, filters, category)]


def _matches(award: StandingAward, filters: Json, category: str) -> bool:
    detail = award.detail
    types = filters.get("award_type_codes")
    if detail["category"] != category or (types and detail["type"] not in types):
        return False
    return (
        _has_keyword(detail, filters.get("keywords"))
        and _has_agency(detail, filters.get("agencies"))
        and _has_recipient(detail, filters.get("recipient_search_text"))
        and _has_code(_latest(detail).get("product_or_service_code"), filters.get("psc_codes"))
        and _has_code(_latest(detail).get("naics"), filters.get("naics_codes"))
        and _in_period(award, filters.get("time_period"))
        and _has_number(detail, filters.get("award_ids"))
    )


def _latest(detail: Json) -> Json:
    return detail.get("latest_transaction_contract_data") or {}


def _number(detail: Json) -> str:
    return str(detail.get("piid") or detail.get("fain") or "")


def _has_keyword(detail: Json, keywords: list[str] | None) -> bool:
    """Find all words of any keyword in the award's own text (its first description only)."""
    if not keywords:
        return True
    latest = _latest(detail)
    texts = (
        detail["description"],
        detail["recipient"]["recipient_name"],
        _number(detail),
        latest.get("product_or_service_description"),
        latest.get("naics_description"),
    )
    words = set(_WORD.findall(" ".join(text or "" for text in texts).upper()))
    return any(words >= set(_WORD.findall(keyword.upper())) for keyword in keywords)


def _has_agency(detail: Json, agencies: list[Mapping[str, str]] | None) -> bool:
    if not agencies:
        return True
    for wanted in agencies:
        agency = detail[f"{wanted['type']}_agency"]
        if agency is None or agency[f"{wanted['tier']}_agency"]["name"] != wanted["name"]:
            continue
        if (
            wanted.get("toptier_name", agency["toptier_agency"]["name"])
            == agency["toptier_agency"]["name"]
        ):
            return True
    return False


def _has_recipient(detail: Json, wanted: list[str] | None) -> bool:
    if not wanted:
        return True
    recipient = detail["recipient"]
    known = f"{recipient['recipient_name']} {recipient['recipient_uei']}".upper()
    return any(text.upper() in known for text in wanted)


def _has_code(code: str | None, wanted: list[str] | Mapping[str, list[str]] | None) -> bool:
    if not wanted:
        return True
    codes = wanted["require"] if isinstance(wanted, Mapping) else wanted
    return any((code or "").startswith(one) for one in codes)


def _has_number(detail: Json, wanted: list[str] | None) -> bool:
    return not wanted or _number(detail) in {one.strip('"') for one in wanted}


def _in_period(award: StandingAward, periods: list[Mapping[str, str]] | None) -> bool:
    return not periods or any(_within(award, period) for period in periods)


def _within(award: StandingAward, period: Mapping[str, str]) -> bool:
    """Judge one period; without a kind of date the actions must overlap it."""
    start, end = period["start_date"], period["end_date"]
    detail = award.detail
    acted = sorted(str(one["action_date"]) for one in award.transactions) or [""]
    match period.get("date_type"):
        case "action_date":
            return any(start <= day <= end for day in acted)
        case "date_signed":
            return start <= str(detail["date_signed"]) <= end
        case "last_modified_date":
            modified = str(detail["period_of_performance"]["last_modified_date"])[:10]
            return start <= modified <= end
        case "new_awards_only":
            return start <= acted[0] <= end
    return acted[-1] >= start and str(detail["date_signed"]) <= end
