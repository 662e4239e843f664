"""The federal fiscal year: October to September, named for the year in which it ends."""

from datetime import date


def fiscal_year(day: date) -> int:
    """Give the federal fiscal year of a day (1 October 2025 is in fiscal year 2026)."""
    return day.year + 1 if day.month >= 10 else day.year


def year_of(iso: object) -> int | None:
    """Give the fiscal year of a day in ISO form; None for nothing and for what is no day."""
    try:
        return fiscal_year(date.fromisoformat(str(iso or "")))
    except ValueError:
        return None
