"""Composed files for the program: rows of award summaries, a folder of drawn documents."""

import csv
from pathlib import Path

from crawlers.usaspending.files.summary_columns import KEPT, READ
from tests.crawlers.composed_files import old_row, report_row
from tests.drawn import hostile, redacted, sheets

_WORDS = ("FACE SEARCH", "PLATE READERS", "PHONE FORENSICS", "TOWER UPKEEP", "DATA BROKER")


def summary_file(path: Path, rows: int, *, first: int = 1) -> Path:
    """Write a file of prime award summaries in the current layout."""
    header = list(dict.fromkeys([*READ, *(column for column, _ in KEPT.values())]))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(_row(number) for number in range(first, first + rows))
    return path


def action_file(path: Path, rows: int) -> Path:
    """Write a file of transactions of 2018, two of each of many awards of the summaries."""
    made = [
        old_row(1 + number % (rows // 2), f"P{number:05d}", "25/03/2018", f"{number}.25")
        for number in range(rows)
    ]
    return _written(path, made)


def report_file(path: Path, rows: int) -> Path:
    """Write a file of sub-awards, some of them alike."""
    made = [
        report_row(1 + number % 100, f"S-{number % 40}", f"{number % 7}.50")
        for number in range(rows)
    ]
    return _written(path, made)


def _written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def _row(number: int) -> dict[str, str]:
    piid = f"70ZZZZ25F{number:08d}"
    return {
        "contract_award_unique_key": f"CONT_AWD_{piid}_7012_-NONE-_-NONE-",
        "award_id_piid": piid,
        "award_or_idv_flag": "AWARD",
        "award_type_code": "C",
        "prime_award_base_transaction_description": f"{_WORDS[number % 5]} LOT {number}",
        "total_obligated_amount": f"{number * 1000}.50",
        "potential_total_value_of_award": f"{number * 2000}",
        "award_base_action_date": "2025-01-05 00:00:00",
        "award_latest_action_date": f"2025-0{number % 9 + 1}-05 00:00:00",
        "awarding_agency_code": "070",
        "awarding_agency_name": "Department of Homeland Security",
        "awarding_sub_agency_code": "7012",
        "awarding_sub_agency_name": "U.S. Immigration and Customs Enforcement",
        "recipient_name": f"COMPOSED VENDOR {number % 40} LLC",
        "last_modified_date": "2025-10-01",
    }


def document_folder(folder: Path, copies: int) -> Path:
    """Fill a folder with drawn documents: whole ones, one to hold, one that cannot be read."""
    folder.mkdir()
    for number in range(1, copies + 1):
        (folder / f"release-{number:02d}.pdf").write_bytes(sheets.many_pages(number + 1))
    (folder / "letter.pdf").write_bytes(sheets.letter())
    (folder / "boxed.pdf").write_bytes(redacted.boxed(0.0))
    (folder / "locked.pdf").write_bytes(hostile.password())
    return folder
