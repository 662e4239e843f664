"""What sources say of themselves: declared by the crawlers, found through entry points."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

_GROUP = "paperwatch.sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source: its spider, what it is, under which terms, how often, how much is plausible."""

    name: str
    spider: str  # the class, as module:name
    what: str
    terms: str
    cadence: str
    plausible: str


@cache
def declared() -> Mapping[str, Source]:
    """Give every source that can be crawled, by its name."""
    found: dict[str, Source] = {}
    for one in entry_points(group=_GROUP):
        found |= one.load()
    return found
