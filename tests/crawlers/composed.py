"""Composed awards: for the stand-in's world, and as rows of a file of prime award summaries."""

import csv
from pathlib import Path
from typing import Any

from crawlers.usaspending.files.summary_columns import KEPT, READ

HEADER = tuple(dict.fromkeys([*READ, *(column for column, _ in KEPT.values())]))


def piid(number: int) -> str:
    return f"70ZZZZ25F{number:08d}"


def key(number: int) -> str:
    return f"CONT_AWD_{piid(number)}_7012_-NONE-_-NONE-"


def action(number: str, day: str, dollars: float, **more: Any) -> dict[str, Any]:
    return {
        "modification_number": number,
        "action_date": day,
        "action_type": None if number == "0" else "C",
        "description": "FACE RECOGNITION LICENSES",
        "federal_action_obligation": dollars,
        **more,
    }


def report(number: str, dollars: float, vendor: str = "SUB VENDOR LLC") -> dict[str, Any]:
    return {
        "subaward_number": number,
        "description": "HOSTING",
        "action_date": "2025-06-01",
        "amount": dollars,
        "recipient_name": vendor,
    }


def award(number: int, **more: Any) -> dict[str, Any]:
    """Compose an award with a base action and one modification, as a world holds it."""
    composed = {
        "detail": {
            "piid": piid(number),
            "type": "C",
            "awarding_agency": "7012",
            "awarding_office": "MISSION SUPPORT DALLAS",
            "recipient": {"recipient_name": "COMPOSED VENDOR LLC", "recipient_uei": "ZZZEXAMPLEZ9"},
            "period_of_performance": {"start_date": "2025-01-05", "end_date": "2026-01-04"},
            "base_and_all_options": 9000.0,
            "psc": ["DA10", "IT AND TELECOM"],
            "naics": ["541519", "OTHER COMPUTER SERVICES"],
        },
        "transactions": [
            action("0", "2025-01-05", 1000.5),
            action("P00001", "2025-03-05", -250.25),
        ],
        "subawards": [],
    }
    return composed | more


def idv(number: int) -> dict[str, Any]:
    made = award(number)
    made["detail"] |= {"type": "IDV_E", "piid": f"70ZZZZ25A{number:08d}"}
    return made


def row(number: int, **cells: str) -> dict[str, str]:
    """Compose a row of the file of prime award summaries."""
    return {
        **dict.fromkeys(HEADER, ""),
        "contract_award_unique_key": key(number),
        "award_id_piid": piid(number),
        "award_or_idv_flag": "AWARD",
        "award_type_code": "C",
        "prime_award_base_transaction_description": "FACE RECOGNITION LICENSES",
        "total_obligated_amount": "750.25",
        "potential_total_value_of_award": "9000",
        "award_base_action_date": "2025-01-05",
        "award_latest_action_date": "2025-03-05",
        "awarding_agency_code": "070",
        "awarding_sub_agency_code": "7012",
        "recipient_name": "COMPOSED VENDOR LLC",
        "last_modified_date": "2025-03-05",
        **cells,
    }


def write_file(path: Path, rows: list[dict[str, str]], *, extra: tuple[str, ...] = ()) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*HEADER, *extra], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
