"""Values of an index entry: facets, days."""

from collections.abc import Iterable, Mapping
from datetime import date

from archive.fiscal import fiscal_year


def facets(**values: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Give facets by name, each value once, empty ones left out."""
    kept = {name: tuple(dict.fromkeys(filter(None, said))) for name, said in values.items()}
    return {name: said for name, said in kept.items() if said}


def day_and_year(day: str) -> tuple[int | None, str]:
    """Give the ordinal of an ISO day and its fiscal year, or (None, '') for no day."""
    if not day:
        return None, ""
    parsed = date.fromisoformat(day)
    return parsed.toordinal(), str(fiscal_year(parsed))
