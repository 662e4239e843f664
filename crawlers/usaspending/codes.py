"""Codes that USAspending uses, with their groups and titles.

Sources: `references/award_types/` and the data dictionary of FPDS (reasons for modification).
"""

from collections.abc import Mapping

CONTRACTS: Mapping[str, str] = {
    "A": "BPA CALL",
    "B": "PURCHASE ORDER",
    "C": "DELIVERY ORDER",
    "D": "DEFINITIVE CONTRACT",
}
IDVS: Mapping[str, str] = {
    "IDV_A": "GOVERNMENT WIDE ACQUISITION CONTRACT",
    "IDV_B": "INDEFINITE DELIVERY CONTRACT",
    "IDV_B_A": "INDEFINITE DELIVERY / REQUIREMENTS",
    "IDV_B_B": "INDEFINITE DELIVERY / INDEFINITE QUANTITY",
    "IDV_B_C": "INDEFINITE DELIVERY / DEFINITE QUANTITY",
    "IDV_C": "FEDERAL SUPPLY SCHEDULE",
    "IDV_D": "BASIC ORDERING AGREEMENT",
    "IDV_E": "BLANKET PURCHASE AGREEMENT",
}
GRANTS: Mapping[str, str] = {
    "02": "BLOCK GRANT",
    "03": "FORMULA GRANT",
    "04": "PROJECT GRANT",
    "05": "COOPERATIVE AGREEMENT",
    "F001": "GRANT",
    "F002": "COOPERATIVE AGREEMENT",
}

# A search may ask for the codes of one group only.
GROUPS: Mapping[str, Mapping[str, str]] = {
    "contracts": CONTRACTS,
    "idvs": IDVS,
    "grants": GRANTS,
}
CATEGORIES: Mapping[str, str] = {"contracts": "contract", "idvs": "idv", "grants": "grant"}
CATEGORY_OF_TYPE: Mapping[str, str] = {
    code: CATEGORIES[group] for group, codes in GROUPS.items() for code in codes
}
TYPE_LABELS: Mapping[str, str] = {**CONTRACTS, **IDVS, **GRANTS}

REASONS: Mapping[str, str] = {
    "A": "ADDITIONAL WORK (NEW AGREEMENT, JUSTIFICATION REQUIRED)",
    "B": "SUPPLEMENTAL AGREEMENT FOR WORK WITHIN SCOPE",
    "C": "FUNDING ONLY ACTION",
    "D": "CHANGE ORDER",
    "E": "TERMINATE FOR DEFAULT (COMPLETE OR PARTIAL)",
    "F": "TERMINATE FOR CONVENIENCE (COMPLETE OR PARTIAL)",
    "G": "EXERCISE AN OPTION",
    "H": "DEFINITIZE LETTER CONTRACT",
    "J": "NOVATION AGREEMENT",
    "K": "CLOSE OUT",
    "L": "DEFINITIZE CHANGE ORDER",
    "M": "OTHER ADMINISTRATIVE ACTION",
    "N": "LEGAL CONTRACT CANCELLATION",
}
