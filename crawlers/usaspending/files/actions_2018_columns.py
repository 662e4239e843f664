"""Columns of the file of prime transactions as it was in 2018: no unique keys and no UEI.

Source: a real file of 5,672 ICE actions of fiscal 2013 to 2018 with its dictionary of 259 columns.
"""

from collections.abc import Mapping

from crawlers.usaspending.files import shared_columns

KEPT: Mapping[str, tuple[str, str]] = {
    **shared_columns.KEPT,
    "piid": ("award_id_piid", "words"),
    "parent_piid": ("parent_award_id", "words"),
    "number": ("modification_number", "words"),
    "transaction_number": ("transaction_number", "words"),
    "acted_on": ("action_date", "day"),
    "action_code": ("action_type_code", "words"),
    "action_label": ("action_type", "words"),
    "description": ("award_description", "description"),
    "obligated_cents": ("federal_action_obligation", "cents"),
    "potential_cents": ("base_and_all_options_value", "cents"),
    "award_exercised_cents": ("current_total_value_of_award", "cents"),
    "award_potential_cents": ("potential_total_value_of_award", "cents"),
}

READ: tuple[str, ...] = shared_columns.READ

LEFT_OUT: Mapping[str, str] = {
    **shared_columns.LEFT_OUT,
    "follows from another column": """
        source_fiscal_year fiscal_year parent_award_agency_name parent_award_modification_number
        base_and_exercised_options_value primary_place_of_performance_country_name
        primary_place_of_performance_state_name award_type idv_type
        multiple_or_single_award_idv_code multiple_or_single_award_idv type_of_idc
        type_of_contract_pricing_code type_of_set_aside_code parent_award_type_code
        parent_award_type parent_award_single_or_multiple_code parent_award_single_or_multiple
        number_of_actions
        """,
    "place finer than city and state": """
        primary_place_of_performance_county_name primary_place_of_performance_zip_4
        primary_place_of_performance_congressional_district
        """,
    "where a vendor sits": """
        recipient_country_code recipient_country_name recipient_city_name recipient_state_code
        recipient_state_name recipient_zip_4_code recipient_congressional_district
        """,
    "what kind of body a vendor is, by its names of 2018": """
        alaskan_native_owned_corporation_or_firm native_hawaiian_owned_business
        tribally_owned_business receives_grants receives_contracts_and_grants
        foreign_owned_and_located number_of_employees annual_revenue
        """,
    "coded field of the action without a field here": """
        commercial_item_test_program_code commercial_item_test_program gfe_gfp_code gfe_gfp
        undefinitized_action_code undefinitized_action
        """,
}
