"""Reads the pages of reading rooms: what entries they have, where their links lead, what is odd."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from parsel import Selector
from w3lib.encoding import html_to_unicode

from archive.addresses import fetchable, identity
from archive.errors import BadRequest
from crawlers.rooms.days import day_in
from crawlers.rooms.room import Level, Room

# Kinds of files that no reader of the archive can read: they are counted, and not fetched.
_OTHER_KINDS = re.compile(
    r"csv|docx?|eml|jpe?g|json|mov|mp[34]|msg|png|pptx?|rtf|tiff?|txt|wav|wmv|xls[mx]?|xml|zip"
)
_TITLE_LENGTH_MAX = 300


class UnknownShape(Exception):
    """A page is not what its room expects: the sentence says what was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file or page that a page leads to: `address` as it stands there, `identity` as it is known.

    `title` and `released_on` are '' where nothing is said.
    """

    address: str
    identity: str
    title: str = ""
    released_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a page says. `others` counts files of kinds that are not fetched, `odd` quotes what is
    not understood, `next_page` is '' on the last page."""

    files: tuple[Listed, ...]
    pages: tuple[Listed, ...]
    next_page: str
    others: Mapping[str, int]
    odd: tuple[str, ...]


def read_sheet(room: Room, number: int, address: str, body: bytes, content_type: str = "") -> Sheet:
    """Read a page of a level of a room (0 = its list).

    Raises:
        UnknownShape: it is not what was declared.
    """
    level = room.levels[number]
    page = Selector(text=_text_of(body, content_type) or " ", type="html")
    if level.holds and not page.css(level.holds):
        raise UnknownShape(f"nothing on it is {level.holds!r}, which every page of the room holds")
    entries = page.css(level.entry)
    if not entries:
        raise UnknownShape(f"no entry is on it ({level.entry!r} was expected)")
    base = _joined(address, page.css("base::attr(href)").get("")) or address
    found = _Found(room, level)
    for entry in entries:
        found.take(entry, base, address)
    found.refuse_nothing(len(entries))
    return Sheet(
        files=tuple(found.files.values()),
        pages=tuple(found.pages.values()),
        next_page=_next_page(page, level, base, lambda one: room.is_own(one, address)),
        others=dict(found.others),
        odd=tuple(found.odd),
    )


def _text_of(body: bytes, content_type: str) -> str:
    """Decode a page by what it says of itself, else as UTF-8."""
    try:
        return str(html_to_unicode(content_type or None, body)[1])
    except (LookupError, ValueError):  # "uu" is a codec of Python's, and none of a text
        return body.decode("utf-8", "replace")


class _Found:
    """What the entries of a page have said so far."""

    def __init__(self, room: Room, level: Level) -> None:
        self._room, self._level = room, level
        self.files: dict[str, Listed] = {}
        self.pages: dict[str, Listed] = {}
        self.others: Counter[str] = Counter()
        self.odd: list[str] = []
        self._dated = 0

    def take(self, entry: Selector, base: str, page: str) -> None:
        """Take one entry of a page; what in it is not understood is noted."""
        level, kinds = self._level, Counter[str]()
        links = entry.css(level.link) if level.link else [entry]
        for link in links:
            href = str(link.xpath("@href").get("")).strip()
            address = _joined(base, href) if href else ""
            if address:
                kinds[self._note(entry, link, address, page)] += 1
        if level.link and not kinds:
            self.odd.append(f"an entry has no link ({_words(entry)[:80]!r})")

    def _note(self, entry: Selector, link: Selector, address: str, page: str) -> str:
        is_own = self._room.is_own(address, page)
        kind = self._level.kind_of(address) if is_own else "other"
        ending = _ending(address)
        if kind == "other" and is_own and _OTHER_KINDS.fullmatch(ending):
            self.others[ending] += 1
        elif kind in ("file", "page"):
            self._add(self.files if kind == "file" else self.pages, entry, link, address)
        elif kind == "other" and self._level.link:
            self.odd.append(f"an entry leads to {address[:200]}, neither file nor page of the room")
        return kind

    def _add(self, to: dict[str, Listed], entry: Selector, link: Selector, address: str) -> None:
        which = identity(address, self._room.marks)
        title = _title(self._level, entry, link)
        before = to.get(which)
        if before is None or (title and not before.title):
            day = self._day(entry, title, address)
            to[which] = Listed(address=address, identity=which, title=title, released_on=day)

    def _day(self, entry: Selector, title: str, address: str) -> str:
        """Find the day of an entry; one that is printed and not understood is odd."""
        level = self._level
        if level.date:
            printed = " ".join(_words(one) for one in entry.css(level.date))
            if day := day_in(printed):
                self._dated += 1
                return day
            if printed:
                self.odd.append(f"the day {printed[:60]!r} of {title[:80]!r} is not understood")
        day = day_in(title, level.date_in_title) if level.date_in_title else ""
        if not day and level.date_in_address:
            day = day_in(unquote(address), level.date_in_address)
        return day

    def refuse_nothing(self, entries: int) -> None:
        """See that the entries led somewhere, and that days are where they were.

        Raises:
            UnknownShape: they did not.
        """
        led = len(self.files) + len(self.pages)
        if not led and not self.others and not self._level.may_be_empty:
            why = f": {self.odd[0]}" if self.odd else ""
            raise UnknownShape(f"none of its {entries} entries leads to a file or page{why}")
        if self._level.date and led and not self._dated:
            raise UnknownShape(f"no entry has a day ({self._level.date!r} was expected)")


def _title(level: Level, entry: Selector, link: Selector) -> str:
    told = entry.css(level.title) if level.title else []
    words = _words(told[0]) if told else _words(link) or str(link.xpath("@title").get(""))
    return " ".join(words.split())[:_TITLE_LENGTH_MAX]


def _words(node: Selector) -> str:
    return " ".join(" ".join(_texts(node)).split())


def _texts(node: Selector) -> Iterator[Any]:
    yield from node.xpath(".//text()[not(ancestor::script or ancestor::style)]").getall()


def _ending(address: str) -> str:
    return PurePosixPath(unquote(urlsplit(address).path)).suffix.lower().lstrip(".")


def _next_page(page: Selector, level: Level, base: str, is_own: Callable[[str], bool]) -> str:
    """Give the address of the next page, '' on the last.

    Raises:
        UnknownShape: it is none, or not of the room.
    """
    if not level.next_page:
        return ""
    for link in page.css(level.next_page):
        href = str(link.xpath("@href").get("")).strip()
        if href and not href.startswith("#"):
            address = _joined(base, href)
            if not address:
                raise UnknownShape(f"its link to the next page is no address ({href[:80]!r})")
            if not is_own(address):
                raise UnknownShape(f"its next page is on another host ({address[:200]})")
            return address
    return ""


def _joined(base: str, href: str) -> str:
    """Give the address that a link leads to, '' for mailto:, javascript:, and what is broken."""
    try:
        return fetchable(urljoin(base, href))
    except (BadRequest, ValueError):
        return ""
