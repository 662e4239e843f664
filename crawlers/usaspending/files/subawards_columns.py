"""Columns of the file of sub-awards: the report, and the prime award that it stands under.

Layout of 2025 and 2026, 118 columns; 108 in the real file of 482 reports (the rest are persons').
"""

from collections.abc import Mapping

REPORT: Mapping[str, tuple[str, str]] = {
    "number": ("subaward_number", "words"),
    "report_id": ("subaward_fsrs_report_id", "words"),
    "vendor_name": ("subawardee_name", "words"),
    "vendor_dba": ("subawardee_dba_name", "words"),
    "vendor_uei": ("subawardee_uei", "words"),
    "vendor_duns": ("subawardee_duns", "words"),
    "vendor_is_person": ("subawardee_business_types", "proprietor"),
    "parent_vendor_name": ("subawardee_parent_name", "words"),
    "parent_vendor_uei": ("subawardee_parent_uei", "words"),
    "acted_on": ("subaward_action_date", "day"),
    "obligated_cents": ("subaward_amount", "cents"),
    "description": ("subaward_description", "description"),
    "type_label": ("subaward_type", "words"),
    "state": ("subaward_primary_place_of_performance_state_code", "words"),
    "city": ("subaward_primary_place_of_performance_city_name", "words"),
}

PRIME: Mapping[str, tuple[str, str]] = {
    "piid": ("prime_award_piid", "words"),
    "parent_piid": ("prime_award_parent_piid", "words"),
    "description": ("prime_award_base_transaction_description", "description"),
    "obligated_cents": ("prime_award_amount", "cents"),
    "outlayed_cents": ("prime_award_total_outlayed_amount", "cents"),
    "signed_on": ("prime_award_base_action_date", "day"),
    "acted_on": ("prime_award_latest_action_date", "day"),
    "starts_on": ("prime_award_period_of_performance_start_date", "day"),
    "ends_on": ("prime_award_period_of_performance_current_end_date", "day"),
    "potential_ends_on": ("prime_award_period_of_performance_potential_end_date", "day"),
    "awarding_agency_code": ("prime_award_awarding_agency_code", "agency"),
    "awarding_agency_name": ("prime_award_awarding_agency_name", "words"),
    "awarding_subagency_code": ("prime_award_awarding_sub_agency_code", "subagency"),
    "awarding_subagency_name": ("prime_award_awarding_sub_agency_name", "words"),
    "awarding_office_code": ("prime_award_awarding_office_code", "words"),
    "awarding_office_name": ("prime_award_awarding_office_name", "words"),
    "funding_agency_code": ("prime_award_funding_agency_code", "agency"),
    "funding_agency_name": ("prime_award_funding_agency_name", "words"),
    "funding_subagency_code": ("prime_award_funding_sub_agency_code", "subagency"),
    "funding_subagency_name": ("prime_award_funding_sub_agency_name", "words"),
    "funding_office_code": ("prime_award_funding_office_code", "words"),
    "funding_office_name": ("prime_award_funding_office_name", "words"),
    "vendor_name": ("prime_awardee_name", "words"),
    "vendor_dba": ("prime_awardee_dba_name", "words"),
    "vendor_uei": ("prime_awardee_uei", "words"),
    "vendor_duns": ("prime_awardee_duns", "words"),
    "vendor_is_person": ("prime_awardee_business_types", "proprietor"),
    "parent_vendor_name": ("prime_awardee_parent_name", "words"),
    "parent_vendor_uei": ("prime_awardee_parent_uei", "words"),
    "state": ("prime_award_primary_place_of_performance_state_code", "words"),
    "city": ("prime_award_primary_place_of_performance_city_name", "words"),
    "country": ("prime_award_primary_place_of_performance_country_code", "words"),
    "naics_code": ("prime_award_naics_code", "words"),
    "naics_label": ("prime_award_naics_description", "words"),
}

READ: tuple[str, ...] = ("prime_award_unique_key", "subaward_fsrs_report_last_modified_date")

LEFT_OUT: Mapping[str, str] = {
    "follows from another column": """
        prime_award_base_action_date_fiscal_year prime_award_latest_action_date_fiscal_year
        subaward_fsrs_report_year subaward_fsrs_report_month subaward_action_date_fiscal_year
        prime_award_primary_place_of_performance_state_name
        prime_award_primary_place_of_performance_country_name
        subaward_primary_place_of_performance_state_name
        subaward_primary_place_of_performance_country_name usaspending_permalink
        """,
    "money by account, another subject": """
        prime_award_disaster_emergency_fund_codes
        prime_award_outlayed_amount_from_COVID-19_supplementals
        prime_award_obligated_amount_from_COVID-19_supplementals
        prime_award_outlayed_amount_from_IIJA_supplemental
        prime_award_obligated_amount_from_IIJA_supplemental
        prime_award_treasury_accounts_funding_this_award
        prime_award_federal_accounts_funding_this_award
        prime_award_object_classes_funding_this_award
        prime_award_program_activities_funding_this_award
        """,
    "place finer than city and state": """
        prime_award_primary_place_of_performance_county_fips_code
        prime_award_primary_place_of_performance_county_name
        prime_award_primary_place_of_performance_state_fips_code
        prime_award_primary_place_of_performance_address_zip_code
        prime_award_summary_place_of_performance_cd_original
        prime_award_summary_place_of_performance_cd_current
        subaward_primary_place_of_performance_address_zip_code
        subaward_place_of_performance_cd_original subaward_place_of_performance_cd_current
        subaward_primary_place_of_performance_country_code
        """,
    "where a vendor sits": """
        prime_awardee_country_code prime_awardee_country_name prime_awardee_city_name
        prime_awardee_county_fips_code prime_awardee_county_name prime_awardee_state_fips_code
        prime_awardee_state_code prime_awardee_state_name prime_awardee_zip_code
        prime_award_summary_recipient_cd_original prime_award_summary_recipient_cd_current
        prime_awardee_foreign_postal_code subawardee_country_code subawardee_country_name
        subawardee_city_name subawardee_state_code subawardee_state_name subawardee_zip_code
        subaward_recipient_cd_original subaward_recipient_cd_current
        subawardee_foreign_postal_code
        """,
    "a person's, or a street address": """
        prime_awardee_address_line_1 subawardee_address_line_1
        subawardee_highly_compensated_officer_1_name subawardee_highly_compensated_officer_1_amount
        subawardee_highly_compensated_officer_2_name subawardee_highly_compensated_officer_2_amount
        subawardee_highly_compensated_officer_3_name subawardee_highly_compensated_officer_3_amount
        subawardee_highly_compensated_officer_4_name subawardee_highly_compensated_officer_4_amount
        subawardee_highly_compensated_officer_5_name subawardee_highly_compensated_officer_5_amount
        """,
    "parent's DUNS, out of use since 2022": """
        prime_awardee_parent_duns subawardee_parent_duns
        """,
    "coded field without a field here": """
        prime_award_project_title prime_award_national_interest_action_code
        prime_award_national_interest_action
        """,
}
