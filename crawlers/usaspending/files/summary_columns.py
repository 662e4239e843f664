"""Columns of the file of prime award summaries: which become fields, and why the others do not.

Layout of 2025 and 2026, 286 columns; read by name, so their order and number do not matter. The
reason of each column left out stands above it. Source: USAspending's data dictionary, and real
rows of ICE awards.
"""

from collections.abc import Mapping

from crawlers.usaspending.files import shared_columns

# Our field: the column, and how it is read.
KEPT: Mapping[str, tuple[str, str]] = {
    **shared_columns.KEPT,
    "piid": ("award_id_piid", "words"),
    "parent_piid": ("parent_award_id_piid", "words"),
    "description": ("prime_award_base_transaction_description", "description"),
    "obligated_cents": ("total_obligated_amount", "cents"),
    "exercised_cents": ("current_total_value_of_award", "cents"),
    "potential_cents": ("potential_total_value_of_award", "cents"),
    "outlayed_cents": ("total_outlayed_amount", "cents"),
    "signed_on": ("award_base_action_date", "day"),
    "acted_on": ("award_latest_action_date", "day"),
    "vendor_uei": ("recipient_uei", "words"),
    "parent_vendor_uei": ("recipient_parent_uei", "words"),
}

# Read for what they say of the award as a whole: its key, kind and stamp.
READ: tuple[str, ...] = ("contract_award_unique_key", *shared_columns.READ)

# Why a column is not kept: the columns, with spaces between.
LEFT_OUT: Mapping[str, str] = {
    **shared_columns.LEFT_OUT,
    "follows from another column": """
        parent_award_agency_name award_base_action_date_fiscal_year
        award_latest_action_date_fiscal_year recipient_name_raw recipient_parent_name_raw
        primary_place_of_performance_country_name primary_place_of_performance_state_name
        award_type idv_type multiple_or_single_award_idv_code multiple_or_single_award_idv
        type_of_idc type_of_contract_pricing_code type_of_set_aside_code
        parent_award_type_code parent_award_type parent_award_single_or_multiple_code
        parent_award_single_or_multiple usaspending_permalink
        """,
    "always 1 in the real files, so it does not count the actions": """
        number_of_actions
        """,
    "money by account, another subject": """
        disaster_emergency_fund_codes outlayed_amount_from_COVID-19_supplementals
        obligated_amount_from_COVID-19_supplementals outlayed_amount_from_IIJA_supplemental
        obligated_amount_from_IIJA_supplemental treasury_accounts_funding_this_award
        federal_accounts_funding_this_award object_classes_funding_this_award
        program_activities_funding_this_award
        """,
    "place finer than city and state": """
        prime_award_summary_place_of_performance_county_fips_code
        primary_place_of_performance_county_name
        prime_award_summary_place_of_performance_state_fips_code
        primary_place_of_performance_zip_4
        prime_award_summary_place_of_performance_cd_original
        prime_award_summary_place_of_performance_cd_current
        """,
    "where a vendor sits": """
        recipient_country_code recipient_country_name recipient_city_name
        prime_award_summary_recipient_county_fips_code recipient_county_name
        prime_award_summary_recipient_state_fips_code recipient_state_code
        recipient_state_name recipient_zip_4_code prime_award_summary_recipient_cd_original
        prime_award_summary_recipient_cd_current
        """,
}
