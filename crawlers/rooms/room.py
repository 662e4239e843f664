"""What is declared of a reading room: where it begins, and what its pages look like."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from archive.release_statements import Released

Kind: TypeAlias = Literal["file", "page", "known", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What the pages of one level look like: the first level is the list, then what it leads to.

    Selectors are CSS, '' where there is none. `entry` is each record on the page, `link` the links
    in it ('' = the entry is itself a link), `title` the title in it (else the link's own words),
    `date` what of it holds the day. `date_in_title` and `date_in_address` find a day there, by the
    groups year, month and day. Links that match `files` are files, those that match `pages` lead
    to a page of the next level, those that match `known` are left alone. `next_page` is the link
    to more of the same. `holds` is what a page must hold to be one of this room at all. A page of
    which `may_be_empty` is true may have no file.
    """

    entry: str
    link: str = ""
    title: str = ""
    date: str = ""
    date_in_title: re.Pattern[str] | None = None
    date_in_address: re.Pattern[str] | None = None
    files: re.Pattern[str] | None = None
    pages: re.Pattern[str] | None = None
    known: re.Pattern[str] | None = None
    next_page: str = ""
    holds: str = ""
    may_be_empty: bool = False

    def kind_of(self, address: str) -> Kind:
        """Tell what a link of this level leads to."""
        kinds: tuple[tuple[Kind, re.Pattern[str] | None], ...] = (
            ("file", self.files),
            ("page", self.pages),
            ("known", self.known),
        )
        return next((kind for kind, one in kinds if one and one.search(address)), "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A reading room. Where its lists do not show all that it holds, `lists_all` is false.

    Links to other hosts than those of `start` and `hosts` are no business of the room. `marks` are
    names in the query of an address that say nothing of which page or file it is.
    `case` is what a case number of the releasing body looks like, in titles and names of files.
    Files held are asked for again `again_days` after they were last seen.
    """

    name: str
    what: str
    start: tuple[str, ...]
    released: Released
    levels: tuple[Level, ...]
    terms: str
    cadence: str
    plausible: str
    lists_all: bool = True
    hosts: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    case: re.Pattern[str] | None = None
    again_days: int = 7

    def is_own(self, address: str, page: str) -> bool:
        """Ask whether a link on a page stays within the room."""
        own = {host_of(one) for one in (*self.start, page)} | self.hosts
        return host_of(address) in own


def host_of(address: str) -> str:
    """Give the host of an address, without the www that some links of a site lack."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
