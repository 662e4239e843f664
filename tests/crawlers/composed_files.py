"""Composed rows of the files of transactions and sub-awards, by the columns that are declared."""

from crawlers.usaspending.files.actions import COLUMNS as TODAY
from crawlers.usaspending.files.actions_2018 import COLUMNS as OLD
from crawlers.usaspending.files.layout import Columns
from crawlers.usaspending.files.subawards import COLUMNS as SUBAWARDS
from tests.crawlers.composed import key, piid

# The columns that tell the layouts apart, though nothing is read from some of them.
_MARKS = {
    "today": ("contract_transaction_unique_key",),
    "2018": ("parent_award_modification_number",),
}


def header(columns: Columns, *more: str) -> tuple[str, ...]:
    return (*columns.needed, *more)


HEADER_TODAY = header(TODAY, *_MARKS["today"])
HEADER_2018 = header(OLD, *_MARKS["2018"])
HEADER_SUBAWARDS = header(SUBAWARDS)


def _common(number: int, modification: str, dollars: str) -> dict[str, str]:
    return {
        "award_id_piid": piid(number),
        "modification_number": modification,
        "transaction_number": "0",
        "federal_action_obligation": dollars,
        "base_and_all_options_value": "9000" if modification == "0" else "0",
        "potential_total_value_of_award": "9000",
        "award_or_idv_flag": "AWARD",
        "award_type_code": "C",
        "awarding_agency_code": "070",
        "awarding_sub_agency_code": "7012",
        "awarding_sub_agency_name": "U.S. IMMIGRATION AND CUSTOMS ENFORCEMENT",
        "recipient_name": "COMPOSED VENDOR LLC",
    }


def action_row(
    number: int, modification: str, on: str, dollars: str, **cells: str
) -> dict[str, str]:
    """Compose a row of today's file of transactions."""
    return {
        **dict.fromkeys(HEADER_TODAY, ""),
        **_common(number, modification, dollars),
        "contract_award_unique_key": key(number),
        "action_date": on,
        "transaction_description": f"ACTION {modification}",
        "prime_award_base_transaction_description": "FACE RECOGNITION LICENSES",
        "total_dollars_obligated": "750.25",
        "recipient_uei": "ZZZEXAMPLEZ9",
        "last_modified_date": "2025-03-06 10:00:00",
        **cells,
    }


def old_row(number: int, modification: str, on: str, dollars: str, **cells: str) -> dict[str, str]:
    """Compose a row of the file of transactions of 2018, days first."""
    return {
        **dict.fromkeys(HEADER_2018, ""),
        **_common(number, modification, dollars),
        "awarding_agency_code": "70",
        "action_date": on,
        "award_description": f"WORDS OF {modification}",
        "recipient_duns": "74108176",
        "last_modified_date": "27/03/18 23:04",
        **cells,
    }


def report_row(number: int, name: str, dollars: str, **cells: str) -> dict[str, str]:
    """Compose a row of the file of sub-awards."""
    return {
        **dict.fromkeys(HEADER_SUBAWARDS, ""),
        "prime_award_unique_key": key(number),
        "prime_award_piid": piid(number),
        "prime_award_amount": "750.25",
        "prime_award_latest_action_date": "2025-03-05",
        "prime_award_awarding_agency_code": "070",
        "prime_award_awarding_sub_agency_code": "7012",
        "prime_awardee_name": "COMPOSED VENDOR LLC",
        "prime_awardee_uei": "ZZZEXAMPLEZ9",
        "subaward_number": name,
        "subaward_fsrs_report_id": f"REPORT-{name}",
        "subaward_amount": dollars,
        "subaward_action_date": "2025-06-01",
        "subawardee_name": "SUB VENDOR LLC",
        "subaward_description": "HOSTING",
        "subaward_fsrs_report_last_modified_date": "2025-07-01 00:00:00+00",
        **cells,
    }
