"""Columns of the file of prime transactions: the layout of today, 297 columns.

The names are those that several public programs list; no real file was at hand. Those that only
its summary lacks stand here, the others in `shared_columns`.
"""

from collections.abc import Mapping

from crawlers.usaspending.files import shared_columns

KEPT: Mapping[str, tuple[str, str]] = {
    **shared_columns.KEPT,
    "piid": ("award_id_piid", "words"),
    "parent_piid": ("parent_award_id_piid", "words"),
    "number": ("modification_number", "words"),
    "transaction_number": ("transaction_number", "words"),
    "acted_on": ("action_date", "day"),
    "action_code": ("action_type_code", "words"),
    "action_label": ("action_type", "words"),
    "description": ("transaction_description", "description"),
    "obligated_cents": ("federal_action_obligation", "cents"),
    "potential_cents": ("base_and_all_options_value", "cents"),
    "award_description": ("prime_award_base_transaction_description", "description"),
    "award_obligated_cents": ("total_dollars_obligated", "cents"),
    "award_exercised_cents": ("current_total_value_of_award", "cents"),
    "award_potential_cents": ("potential_total_value_of_award", "cents"),
    "outlayed_cents": ("total_outlayed_amount_for_overall_award", "cents"),
    "vendor_uei": ("recipient_uei", "words"),
    "parent_vendor_uei": ("recipient_parent_uei", "words"),
}

READ: tuple[str, ...] = ("contract_award_unique_key", *shared_columns.READ)

LEFT_OUT: Mapping[str, str] = {
    **shared_columns.LEFT_OUT,
    "follows from another column": """
        contract_transaction_unique_key parent_award_agency_name
        parent_award_modification_number action_date_fiscal_year base_and_exercised_options_value
        recipient_name_raw recipient_parent_name_raw primary_place_of_performance_country_name
        primary_place_of_performance_state_name award_type idv_type
        multiple_or_single_award_idv_code multiple_or_single_award_idv type_of_idc
        type_of_contract_pricing_code type_of_set_aside_code parent_award_type_code
        parent_award_type parent_award_single_or_multiple_code parent_award_single_or_multiple
        number_of_actions usaspending_permalink initial_report_date
        """,
    "money by account, another subject": """
        disaster_emergency_fund_codes_for_overall_award
        outlayed_amount_from_COVID-19_supplementals_for_overall_award
        obligated_amount_from_COVID-19_supplementals_for_overall_award
        outlayed_amount_from_IIJA_supplemental_for_overall_award
        obligated_amount_from_IIJA_supplemental_for_overall_award
        obligated_amount_from_IIJA_supplementals_for_overall_award
        treasury_accounts_funding_this_award federal_accounts_funding_this_award
        object_classes_funding_this_award program_activities_funding_this_award
        """,
    "place finer than city and state": """
        prime_award_transaction_place_of_performance_county_fips_code
        primary_place_of_performance_county_name
        prime_award_transaction_place_of_performance_state_fips_code
        primary_place_of_performance_zip_4
        prime_award_transaction_place_of_performance_cd_original
        prime_award_transaction_place_of_performance_cd_current
        """,
    "where a vendor sits": """
        recipient_country_code recipient_country_name recipient_city_name
        prime_award_transaction_recipient_county_fips_code recipient_county_name
        prime_award_transaction_recipient_state_fips_code recipient_state_code
        recipient_state_name recipient_zip_4_code
        prime_award_transaction_recipient_cd_original
        prime_award_transaction_recipient_cd_current
        """,
    "coded field of the action without a field here": """
        undefinitized_action_code undefinitized_action
        """,
    "only in a file of changes: whether the row is a deletion, and the agency in its key": """
        correction_delete_ind agency_id
        """,
}
