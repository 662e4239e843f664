"""Values of an index entry: facets, days."""

from collections.abc import Iterable, Mapping
from datetime import date


def facets(**values: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Give facets by name, each value once, empty ones left out.

    Kind and fiscal year are not among them: they follow from the entry itself.
    """
    kept = {name: tuple(dict.fromkeys(filter(None, said))) for name, said in values.items()}
    return {name: said for name, said in kept.items() if said}


def ordinal(day: str) -> int | None:
    """Give the ordinal of an ISO day, None for no day."""
    return date.fromisoformat(day).toordinal() if day else None
