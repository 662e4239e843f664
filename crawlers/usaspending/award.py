"""The award detail (`GET awards/<id>/`): one statement of the view usaspending.award.

Source: USAspending's API contract `awards/award_id.md`, and recorded answers of 2025 and 2026.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive.identifiers import NotAnAwardKey, parse_award_key
from archive.model import Statement, Value
from crawlers.usaspending.codes import CATEGORY_OF_TYPE, TYPE_LABELS
from crawlers.usaspending.values import (
    Members,
    NotUnderstood,
    cents,
    day,
    description,
    stamp,
    whole_number,
    words,
)

VIEW = "usaspending.award"
_INDIVIDUAL = "Individuals"
_PERSONS = {"Sole Proprietorship", _INDIVIDUAL}

# Known and not kept. Surrogate numbers change on every load; accounts and outlays by account are
# another subject; the hierarchies repeat the codes; officers are persons.
_LEFT = (
    "id",
    "type_description",
    "total_account_outlay",
    "total_account_obligation",
    "account_outlays_by_defc",
    "account_obligations_by_defc",
    "executive_details",
    "psc_hierarchy",
    "naics_hierarchy",
)
_LEFT_OF_GRANTS = (
    "uri",
    "total_subsidy_cost",
    "non_federal_funding",
    "total_funding",
    "record_type",
    "cfda_info",
    "transaction_obligated_amount",
    "funding_opportunity",
)
# Of the coded fields of the latest action, those without a field here, by name without the
# `_description` that most of them have beside.
_LEFT_OF_LATEST = (
    "clinger_cohen_act_planning",
    "commercial_item_acquisition",
    "commercial_item_test_program",
    "consolidated_contract",
    "construction_wage_rate",
    "cost_or_pricing_data",
    "dod_acquisition_program",
    "dod_claimant_program",
    "domestic_or_foreign_entity",
    "evaluated_preference",
    "fair_opportunity_limited",
    "fed_biz_opps",
    "foreign_funding",
    "idv_type",
    "information_technology_commercial_item_category",
    "interagency_contracting_authority",
    "labor_standards",
    "major_program",
    "materials_supplies",
    "multi_year_contract",
    "multiple_or_single_award",
    "national_interest_action",
    "other_than_full_and_open",
    "price_evaluation_adjustment",
    "program_acronym",
    "purchase_card_as_payment_method",
    "sea_transportation",
    "small_business_competitive",
    "solicitation_procedures",
    "subcontracting_plan",
    "type_of_idc",
)
_LEFT_OF_LOCATION = (
    "country_name",
    "county_code",
    "county_name",
    "state_name",
    "congressional_code",
    "zip4",
    "zip5",
    "address_line1",
    "address_line2",
    "address_line3",
    "foreign_province",
    "foreign_postal_code",
)
_LEFT_OF_PARENT = (
    "agency_id",
    "agency_name",
    "agency_slug",
    "sub_agency_id",
    "sub_agency_name",
    "award_id",
    "idv_type_description",
    "multiple_or_single_aw_desc",
    "type_of_idc_description",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read of an answer, and the members of it that nobody understood."""

    statement: Statement
    not_understood: tuple[str, ...]


def award_from_detail(answer: object) -> Read:
    """Read an award's detail.

    Raises:
        NotUnderstood: a member is missing, or a value has no meaning here.
    """
    members = Members(answer, "")
    key = _text(members, "generated_unique_award_id")
    category, type_code = _text(members, "category"), known_type(_text(members, "type"))
    if CATEGORY_OF_TYPE[type_code] != category:
        raise NotUnderstood(f"category {category!r} does not go with type {type_code!r}")
    number = _text(members, "fain" if category == "grant" else "piid")
    fields: dict[str, Value] = {
        "piid": number,
        "category": category,
        "type_code": type_code,
        "type_label": TYPE_LABELS[type_code],
        "description": description(members.take("description"), "description"),
        "signed_on": day(members.take("date_signed"), "date_signed"),
        "subaward_count": whole_number(members.take("subaward_count"), "subaward_count"),
    }
    fields |= _amounts(members)
    fields |= _parent(members) if category != "grant" else {}
    fields |= _agency(members, "awarding") | _agency(members, "funding")
    fields |= _vendor(members) | _place(members)
    fields |= _latest(members) if category != "grant" else {}
    period, modified_at = _period(members, is_idv=category == "idv")
    members.leave(*_LEFT, *(_LEFT_OF_GRANTS if category == "grant" else ()))
    check_key(key, number, str(fields.get("parent_piid") or ""), category)
    statement = Statement(
        kind="award",
        key=key,
        award_key=key,
        view=VIEW,
        fields=fields | period,
        modified_at=modified_at,
        place=1,
    )
    return Read(statement=statement, not_understood=tuple(members.left()))


def with_history(award: Statement, modifications: Iterable[Statement]) -> Statement:
    """Add to an award what only its whole history says: how many actions, and the latest day."""
    actions = list(modifications)
    days = [str(one.fields["acted_on"]) for one in actions if one.fields.get("acted_on")]
    history: dict[str, Value] = {
        "acted_on": max(days, default=None),
        "modification_count": len(actions),
    }
    return replace(award, fields={**award.fields, **history})


def known_type(code: str) -> str:
    """Give a type code that is known.

    Raises:
        NotUnderstood: it is none of those of contracts, vehicles and grants.
    """
    if code not in CATEGORY_OF_TYPE:
        raise NotUnderstood(f"unknown award type {code!r} (known: {' '.join(CATEGORY_OF_TYPE)})")
    return code


def check_key(key: str, number: str, parent: str, category: str) -> None:
    """See that an award's own key says the same as its numbers.

    The agency in a key is that of the base action and may differ from the present one (one of
    822 ICE rows), so it is not compared.

    Raises:
        NotUnderstood: another form, another category or another number.
    """
    try:
        parts = parse_award_key(key)
    except NotAnAwardKey as error:
        raise NotUnderstood(str(error)) from error
    said = {"award": "contract", "idv": "idv", "assistance": "grant"}[parts.category]
    if said != category or parts.piid != number.upper():
        raise NotUnderstood(f"key {key} does not go with {category} {number}")
    if said == "contract" and parts.parent_piid != parent.upper():
        raise NotUnderstood(f"key {key} does not go with parent {parent or 'none'}")


def _text(members: Members, name: str) -> str:
    value = words(members.take(name), name)
    if value is None:
        raise NotUnderstood(f"{name} is empty")
    return value


def _amounts(members: Members) -> dict[str, Value]:
    names = {
        "obligated_cents": "total_obligation",
        "exercised_cents": "base_exercised_options",
        "potential_cents": "base_and_all_options",
        "subaward_cents": "total_subaward_amount",
    }
    fields: dict[str, Value] = {
        ours: cents(members.take(name), name) for ours, name in names.items()
    }
    outlay = members.take_if_there("total_outlay")  # not in answers before 2025
    return fields | {"outlayed_cents": cents(outlay, "total_outlay")}


def _parent(members: Members) -> dict[str, Value]:
    parent = members.inside("parent_award")
    if parent is None:
        return {}
    parent.leave(*_LEFT_OF_PARENT)
    return {
        "parent_piid": _text(parent, "piid"),
        "parent_key": _text(parent, "generated_unique_award_id"),
    }


def _agency(members: Members, role: str) -> dict[str, Value]:
    agency = members.inside(f"{role}_agency")
    if agency is None:
        return {}
    agency.leave("id", "has_agency_page")
    fields: dict[str, Value] = {
        f"{role}_office_name": words(agency.take("office_agency_name"), "office_agency_name")
    }
    for tier, ours in (("toptier_agency", "agency"), ("subtier_agency", "subagency")):
        inner = agency.inside(tier)
        if inner is not None:
            inner.leave("abbreviation", "slug")
            fields[f"{role}_{ours}_code"] = words(inner.take("code"), "code")
            fields[f"{role}_{ours}_name"] = words(inner.take("name"), "name")
    return fields


def _vendor(members: Members) -> dict[str, Value]:
    recipient = members.inside("recipient")
    if recipient is None:
        return {}
    recipient.leave("recipient_hash", "parent_recipient_hash", "parent_recipient_unique_id")
    recipient.leave("location")
    names = {
        "vendor_name": "recipient_name",
        "vendor_uei": "recipient_uei",
        "vendor_duns": "recipient_unique_id",
        "parent_vendor_name": "parent_recipient_name",
        "parent_vendor_uei": "parent_recipient_uei",
    }
    fields: dict[str, Value] = {
        ours: words(recipient.take(name), name) for ours, name in names.items()
    }
    categories = recipient.take("business_categories")
    if categories:
        fields["vendor_is_person"] = not _PERSONS.isdisjoint(categories)
        fields["vendor_is_individual"] = _INDIVIDUAL in categories or None
    return fields


def _place(members: Members) -> dict[str, Value]:
    place = members.inside("place_of_performance")
    if place is None:
        return {}
    place.leave(*_LEFT_OF_LOCATION)
    return {
        "state": words(place.take("state_code"), "state_code"),
        "city": words(place.take("city_name"), "city_name"),
        "country": words(place.take("location_country_code"), "location_country_code"),
    }


def _latest(members: Members) -> dict[str, Value]:
    latest = members.inside("latest_transaction_contract_data")
    if latest is None:
        return {}
    latest.leave(*_LEFT_OF_LATEST, *(f"{name}_description" for name in _LEFT_OF_LATEST))
    latest.leave("type_set_aside", "type_of_contract_pricing")
    latest.leave("referenced_idv_agency_iden", "referenced_idv_agency_desc")
    names = {
        "solicitation": "solicitation_identifier",
        "competition_code": "extent_competed",
        "competition_label": "extent_competed_description",
        "set_aside_label": "type_set_aside_description",
        "pricing_label": "type_of_contract_pricing_description",
        "psc_code": "product_or_service_code",
        "psc_label": "product_or_service_description",
        "naics_code": "naics",
        "naics_label": "naics_description",
    }
    fields: dict[str, Value] = {
        ours: words(latest.take(name), name) for ours, name in names.items()
    }
    offers = latest.take("number_of_offers_received")
    return fields | {"offers": whole_number(offers, "number_of_offers_received")}


def _period(members: Members, *, is_idv: bool) -> tuple[dict[str, Value], str]:
    """Read the period; of a vehicle the end is the last date to order."""
    period = members.inside("period_of_performance")
    if period is None:
        raise NotUnderstood("period_of_performance is empty")
    ends_on = day(period.take("end_date"), "end_date")
    potential = day(period.take_if_there("potential_end_date"), "potential_end_date")
    fields: dict[str, Value] = {
        "starts_on": day(period.take("start_date"), "start_date"),
        "ends_on": None if is_idv else ends_on,
        "potential_ends_on": ends_on if is_idv else potential,
    }
    return fields, stamp(period.take("last_modified_date"), "last_modified_date")
