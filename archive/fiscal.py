"""The federal fiscal year: October to September, named for the year in which it ends."""

from datetime import date


def fiscal_year(day: date) -> int:
    """Give the federal fiscal year of a day (1 October 2025 is in fiscal year 2026)."""
    return day.year + 1 if day.month >= 10 else day.year
