import pytest

from archive.model import Statement
from crawlers.usaspending.files.layout import OtherLayout
from crawlers.usaspending.files.summary import SummaryLayout
from crawlers.usaspending.files.summary_columns import KEPT, LEFT_OUT
from crawlers.usaspending.values import NotUnderstood
from tests.crawlers.composed import HEADER, row


def award_from_summary_row(cells: dict[str, str], place: int = 1) -> Statement:
    (statement,) = SummaryLayout.of(list(cells), {}).statements(list(cells.values()), place)
    return statement


def test_a_row_becomes_one_statement_in_the_archives_own_words() -> None:
    statement = award_from_summary_row(row(1, recipient_uei="ZZZEXAMPLEZ9"), place=7)
    assert statement.place == 7
    assert statement.modified_at == "2025-03-05"
    assert statement.fields["obligated_cents"] == 75025
    assert statement.fields["acted_on"] == "2025-03-05"
    assert statement.fields["category"] == "contract"


def test_a_vehicle_takes_its_type_from_two_columns_and_its_end_from_the_last_day_to_order() -> None:
    cells = {
        "contract_award_unique_key": "CONT_IDV_70ZZZZ25D00000001_7012",
        "award_id_piid": "70ZZZZ25D00000001",
        "award_or_idv_flag": "IDV",
        "award_type_code": "",
        "idv_type_code": "B",
        "type_of_idc_code": "B",
        "ordering_period_end_date": "7/20/30",
    }
    fields = award_from_summary_row(row(1, **cells)).fields
    assert fields["type_code"] == "IDV_B_B"
    assert fields["potential_ends_on"] == "2030-07-20"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"award_type_code": "Q"}, "unknown award type 'Q'"),
        ({"award_or_idv_flag": "GRANT"}, "neither AWARD nor IDV"),
        ({"contract_award_unique_key": "CONT_AWD_X_7012_-NONE-_-NONE-"}, "does not go with"),
        ({"parent_award_id_piid": "GS35F0001U"}, "does not go with parent"),
        ({"total_obligated_amount": "1.234"}, "fraction of a cent"),
        ({"award_base_action_date": "soon"}, "is not a date"),
        ({"sole_proprietorship": "maybe"}, "neither t nor f"),
        ({"award_id_piid": ""}, "no PIID"),
    ],
)
def test_a_row_that_is_not_understood_is_refused_with_the_reason(
    cells: dict[str, str], reason: str
) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        award_from_summary_row(row(1, **cells))


def test_a_renamed_column_refuses_the_file_and_is_named() -> None:
    header = [name.replace("recipient_uei", "recipient_id") for name in HEADER]
    with pytest.raises(OtherLayout, match="recipient_uei"):
        SummaryLayout.of(header, {})


def test_a_new_column_is_reported_and_a_known_one_is_not() -> None:
    layout = SummaryLayout.of([*HEADER, "aura_of_vendor", "recipient_phone_number"], {})
    assert layout.not_understood == ("aura_of_vendor",)


def test_the_columns_of_persons_are_known_and_none_is_kept() -> None:
    persons = LEFT_OUT["a person's, or a street address"].split()
    assert {"recipient_phone_number", "highly_compensated_officer_1_name"} <= set(persons)
    assert not {column for column, _ in KEPT.values()} & set(persons)


def test_contacts_in_the_description_are_masked() -> None:
    cells = {"prime_award_base_transaction_description": "POC J. ROE 202-555-0143"}
    assert "0143" not in str(award_from_summary_row(row(1, **cells)).fields["description"])
