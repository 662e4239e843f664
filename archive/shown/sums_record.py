"""Vendors and agencies as plain values that become JSON."""

from typing import Any

from archive.shown.agency import ShownAgency
from archive.shown.record import plain
from archive.shown.results import results
from archive.shown.sums import Yearly
from archive.shown.vendor import ShownVendor


def vendor_record(shown: ShownVendor) -> dict[str, Any]:
    """Give a vendor; `newest` and `documents` are lists of hits as a search gives them."""
    record: dict[str, Any] = {
        name: plain(getattr(shown, name))
        for name in (
            "number", "address", "name", "uei", "duns", "names", "parents", "awards",
            "obligated_cents", "awards_in_part", "obligated_in_actions_cents", "first_on",
            "last_on", "next_end_on", "names_total", "offices", "offices_total",
        )
    }  # fmt: skip
    names = {code: name for code, name, _, _ in shown.agencies}
    return record | {
        "agencies": [
            {"code": code, "name": name, "awards": awards, "obligated_cents": cents}
            for code, name, awards, cents in shown.agencies
        ],
        **_yearly(shown.yearly, names),
        "technologies": [
            {"value": one.value, "label": one.label, "count": one.count}
            for one in shown.technologies
        ],
        "newest": results(shown.newest)["hits"],
        "documents": results(shown.documents)["hits"] if shown.documents else [],
        "documents_total": shown.documents.total if shown.documents else None,
        "documents_query": shown.documents_query,
    }


def agency_record(shown: ShownAgency) -> dict[str, Any]:
    """Give an agency or a department; `newest` is a list of hits as a search gives them."""
    record: dict[str, Any] = {
        name: plain(getattr(shown, name))
        for name in (
            "code", "address", "name", "short_name", "department", "department_code",
            "is_department", "awards", "obligated_cents", "awards_in_part",
            "obligated_in_actions_cents", "documents", "subagencies", "vendors",
            "vendors_total", "vendors_in", "offices", "offices_total",
        )
    }  # fmt: skip
    return record | {
        **_yearly(shown.yearly, shown.part_names),
        "newest": results(shown.newest)["hits"],
    }


def _yearly(yearly: Yearly, names: dict[str, str]) -> dict[str, Any]:
    """Give the sums by year and part; parts without a name (persons) stand together."""
    sums: dict[tuple[int, str], int] = {}
    for (year, part), cents in yearly.by_year.items():
        key = (year, part if part in names else "")
        sums[key] = sums.get(key, 0) + cents
    return {
        "by_year": [
            {"year": year, "part": part, "name": names.get(part, ""), "obligated_cents": cents}
            for (year, part), cents in sorted(sums.items())
        ],
        "unplaced_awards": yearly.unplaced_awards,
        "unplaced_cents": yearly.unplaced_cents,
        "missing_cents": yearly.missing_cents,
    }
