"""A search hit, as the award search shows it, made from an award's detail."""

from crawlers.standin.world import Json

_PLACE = (
    "location_country_code",
    "country_name",
    "state_code",
    "state_name",
    "city_name",
    "county_code",
    "county_name",
    "congressional_code",
    "zip4",
    "zip5",
)


def hit(detail: Json, transactions: list[Json]) -> Json:
    """Give every field that the search knows of an award; a search returns the asked ones."""
    return _common(detail, transactions) | _agencies(detail) | _by_category(detail)


def _common(detail: Json, transactions: list[Json]) -> Json:
    recipient, period = detail["recipient"], detail["period_of_performance"]
    acted = sorted(str(one["action_date"]) for one in transactions)
    place = detail["place_of_performance"]
    return {
        "internal_id": detail["id"],
        "generated_internal_id": detail["generated_unique_award_id"],
        "Award ID": detail.get("piid") or detail.get("fain"),
        "Recipient Name": recipient["recipient_name"],
        "Recipient UEI": recipient["recipient_uei"],
        "Recipient DUNS Number": None,
        "recipient_id": recipient["recipient_hash"],
        "Recipient Location": recipient["location"],
        "Award Amount": detail["total_obligation"],
        "Total Outlays": detail["total_outlay"],
        "Description": detail["description"],
        "Start Date": period["start_date"],
        "Base Obligation Date": acted[0] if acted else None,
        "Last Modified Date": str(period["last_modified_date"] or "")[:10] or None,
        "Primary Place of Performance": {name: place[name] for name in _PLACE},
        "def_codes": ["Q"],
        "COVID-19 Obligations": 0,
        "COVID-19 Outlays": 0,
        "Infrastructure Obligations": 0,
        "Infrastructure Outlays": 0,
        "prime_award_recipient_id": None,
    }


def _agencies(detail: Json) -> Json:
    shown: Json = {}
    for role in ("awarding", "funding"):
        agency, word = detail[f"{role}_agency"], role.title()
        top = agency["toptier_agency"] if agency else {}
        sub = agency["subtier_agency"] if agency else {}
        shown[f"{word} Agency"] = top.get("name")
        shown[f"{word} Agency Code"] = top.get("code")
        shown[f"{word} Sub Agency"] = sub.get("name")
        shown[f"{word} Sub Agency Code"] = sub.get("code")
    awarding = detail["awarding_agency"]
    shown["awarding_agency_id"] = awarding["id"]
    shown["agency_slug"] = awarding["toptier_agency"].get("slug")
    return shown


def _by_category(detail: Json) -> Json:
    period = detail["period_of_performance"]
    latest = detail.get("latest_transaction_contract_data") or {}
    codes = {
        "NAICS": {"code": latest.get("naics"), "description": latest.get("naics_description")},
        "PSC": {
            "code": latest.get("product_or_service_code"),
            "description": latest.get("product_or_service_description"),
        },
    }
    match detail["category"]:
        case "contract":
            kind = {"Contract Award Type": detail["type_description"]}
            return kind | codes | {"End Date": period["end_date"]}
        case "idv":
            kind = {"Contract Award Type": detail["type_description"]}
            return kind | codes | {"Last Date to Order": period["end_date"]}
    return {"Award Type": detail["type_description"], "End Date": period["end_date"]}
