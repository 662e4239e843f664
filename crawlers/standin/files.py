"""Files of the stand-in's world: rows of transactions and sub-awards, as CSV parts in a ZIP.

Every declared column stands in the header; those that the world knows nothing of are empty.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from archive.fiscal import fiscal_year
from archive.identifiers import NONE_PART
from crawlers.standin.answering import Reply
from crawlers.standin.world import Json, StandingAward
from crawlers.usaspending.files import actions, actions_columns, subawards
from crawlers.usaspending.files.subawards_columns import PRIME

Row = Mapping[str, str]

_MADE_AT = (2026, 1, 1, 0, 0, 0)
_CHANGES = ("correction_delete_ind", "agency_id")
_ONCE = {*_CHANGES, "obligated_amount_from_IIJA_supplementals_for_overall_award"}
# Columns of the layout of today, which has 297.
TRANSACTION_COLUMNS = tuple(sorted(actions.COLUMNS.known - _ONCE))
CHANGE_COLUMNS = ("correction_delete_ind", "agency_id", *TRANSACTION_COLUMNS)
SUBAWARD_COLUMNS = tuple(sorted(subawards.COLUMNS.known))
_CODED = {name: column for name, (column, _) in actions_columns.KEPT.items()}


def transaction_rows(award: StandingAward) -> Iterator[dict[str, str]]:
    """Give a row for each action of an award, with the award as it stands."""
    shared = _award_cells(award.detail)
    potential = _text(award.detail["base_and_all_options"])
    for one in award.transactions:
        number = one["modification_number"]
        yield shared | {
            "contract_transaction_unique_key": one["id"].removeprefix("CONT_TX_"),
            "modification_number": number,
            "transaction_number": _transaction_number(one),
            "action_date": one["action_date"],
            "action_date_fiscal_year": str(fiscal_year(date.fromisoformat(one["action_date"]))),
            "action_type_code": _text(one["action_type"]),
            "action_type": _text(one["action_type_description"]),
            "transaction_description": _text(one["description"]),
            "federal_action_obligation": _text(one["federal_action_obligation"]),
            "base_and_all_options_value": potential if number == "0" else "0",
            "number_of_actions": "1",
            "last_modified_date": f"{one['action_date']} 00:00:00",
        }


def deletion_row(one: Json, deleted_on: str) -> dict[str, str]:
    """Give the row that says an action was deleted: its key and the day, nothing else.

    As the service writes them: its published source splits the key into these columns.
    """
    key = one["id"].removeprefix("CONT_TX_")
    parts = ["" if part == NONE_PART else part for part in key.split("_")]
    names = (
        "agency_id",
        "parent_award_agency_id",
        "award_id_piid",
        "modification_number",
        "parent_award_id_piid",
        "transaction_number",
    )
    said = dict(zip(names, parts, strict=True))
    return said | {
        "correction_delete_ind": "D",
        "contract_transaction_unique_key": key,
        "last_modified_date": deleted_on,
    }


def subaward_rows(award: StandingAward) -> Iterator[dict[str, str]]:
    """Give a row for each report under an award, with the prime award."""
    detail = award.detail
    cells = _award_cells(detail)
    acted = sorted(str(one["action_date"]) for one in award.transactions) or [""]
    prime = {column: cells.get(_CODED.get(name, ""), "") for name, (column, _) in PRIME.items()}
    prime |= {
        "prime_award_unique_key": award.key,
        "prime_award_amount": _text(detail["total_obligation"]),
        "prime_award_base_action_date": acted[0],
        "prime_award_latest_action_date": acted[-1],
        "prime_award_base_transaction_description": _text(detail["description"]),
    }
    for one in award.subawards:
        yield prime | {
            "subaward_fsrs_report_id": f"REPORT-{one['id']}",
            "subaward_fsrs_report_last_modified_date": f"{one['action_date']} 00:00:00+00",
            "subaward_number": _text(one["subaward_number"]),
            "subaward_amount": _text(one["amount"]),
            "subaward_action_date": _text(one["action_date"]),
            "subawardee_name": _text(one["recipient_name"]),
            "subaward_description": _text(one["description"]),
            "subaward_type": "sub-contract",
        }


def zipped(tables: Mapping[str, tuple[Sequence[str], Iterable[Row]]], part_rows: int) -> bytes:
    """Make a ZIP of CSV parts: `tables` are columns and rows by the name before "_1.csv"."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (columns, rows) in tables.items():
            for number, part in enumerate(_parts(iter(rows), part_rows), 1):
                # Of one date, so that the same rows are the same file.
                info = zipfile.ZipInfo(f"{name}_{number}.csv", _MADE_AT)
                archive.writestr(info, _csv(columns, part), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def part_of(content: bytes, headers: Mapping[str, str]) -> Reply:
    """Give a file from the byte on that is asked for, if it is still the same file."""
    tag = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
    said = {"ETag": tag, "Accept-Ranges": "bytes"}
    asked = headers.get("range", "").removeprefix("bytes=").removesuffix("-")
    if not asked.isdecimal() or headers.get("if-range", tag) != tag:
        return Reply(raw=content, kind="application/zip", headers=said)
    start, size = int(asked), len(content)
    if start >= size:
        return Reply(status=416, raw=b"", headers={"Content-Range": f"bytes */{size}"})
    said["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
    return Reply(status=206, raw=content[start:], kind="application/zip", headers=said)


def _parts(rows: Iterator[Row], part_rows: int) -> Iterator[list[Row]]:
    """Cut rows into parts; a table without rows is one part with its header."""
    part = list(islice(rows, part_rows))
    yield part
    while part := list(islice(rows, part_rows)):
        yield part


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _award_cells(detail: Json) -> dict[str, str]:
    """Give what every row of an award repeats."""
    recipient, period = detail["recipient"], detail["period_of_performance"]
    place, parent = detail["place_of_performance"], detail["parent_award"] or {}
    latest = detail.get("latest_transaction_contract_data") or {}
    cells = {
        "contract_award_unique_key": detail["generated_unique_award_id"],
        "award_id_piid": detail["piid"],
        "parent_award_id_piid": parent.get("piid"),
        "parent_award_agency_id": parent.get("sub_agency_id"),
        "parent_award_agency_name": parent.get("sub_agency_name"),
        "prime_award_base_transaction_description": detail["description"],
        "total_dollars_obligated": detail["total_obligation"],
        "current_total_value_of_award": detail["base_exercised_options"],
        "potential_total_value_of_award": detail["base_and_all_options"],
        "period_of_performance_start_date": period["start_date"],
        "period_of_performance_current_end_date": period["end_date"],
        "period_of_performance_potential_end_date": period["potential_end_date"],
        "recipient_uei": recipient["recipient_uei"],
        "recipient_name": recipient["recipient_name"],
        "recipient_parent_uei": recipient["parent_recipient_uei"],
        "recipient_parent_name": recipient["parent_recipient_name"],
        "sole_proprietorship": "f",
        "primary_place_of_performance_state_code": place["state_code"],
        "primary_place_of_performance_city_name": place["city_name"],
        "primary_place_of_performance_country_code": place["location_country_code"],
        "product_or_service_code": latest.get("product_or_service_code"),
        "product_or_service_code_description": latest.get("product_or_service_description"),
        "naics_code": latest.get("naics"),
        "naics_description": latest.get("naics_description"),
        "number_of_offers_received": latest.get("number_of_offers_received"),
        "usaspending_permalink": (
            f"https://www.usaspending.gov/award/{detail['generated_unique_award_id']}/"
        ),
        **_kind(detail),
        **_agencies(detail),
    }
    return {name: _text(value) for name, value in cells.items()}


def _kind(detail: Json) -> Json:
    if detail["category"] == "contract":
        return {"award_or_idv_flag": "AWARD", "award_type_code": detail["type"]}
    _, kind, *form = detail["type"].split("_")
    end = detail["period_of_performance"]["end_date"]
    return {
        "award_or_idv_flag": "IDV",
        "idv_type_code": kind,
        "type_of_idc_code": form[0] if form else "",
        "ordering_period_end_date": end,
    }


def _agencies(detail: Json) -> Json:
    cells: Json = {}
    for role in ("awarding", "funding"):
        agency = detail[f"{role}_agency"] or {}
        for tier, column in (("toptier", "agency"), ("subtier", "sub_agency")):
            named = agency.get(f"{tier}_agency") or {}
            cells[f"{role}_{column}_code"] = named.get("code")
            cells[f"{role}_{column}_name"] = named.get("name")
        cells[f"{role}_office_name"] = agency.get("office_agency_name")
    return cells


def _transaction_number(one: Json) -> str:
    number = str(one["id"]).rsplit("_", 1)[-1]
    return "" if number == NONE_PART else number


def _text(value: object) -> str:
    return "" if value is None else str(value)
