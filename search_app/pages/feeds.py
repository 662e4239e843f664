"""An Atom feed of every search: its newest records in the archive, each with its capture.

Source of the format: RFC 4287.
"""

from dataclasses import replace
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, request

from archive.clock import now
from archive.search.engine import Sort
from archive.shown.asking import SIZE_DEFAULT, asked_from
from archive.shown.exporting import refuse_ignored
from archive.shown.found import AwardEntry, Found, Shown
from archive.shown.passages import marks, plain
from archive.shown.search import search
from archive.shown.wording import amount, counted, day, obligation, sentence
from search_app.addresses import Addresses
from search_app.pages.search import chips
from search_app.services import desk

blueprint = Blueprint("feeds", __name__)

ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
ET.register_namespace("", _ATOM)


@blueprint.get("/search.atom")
def feed() -> Response:
    """Give the newest records of a search as a feed; one that is mistyped must not watch all."""
    asked = asked_from(request.args.items(multi=True))
    refuse_ignored(desk(), asked)
    found = search(desk(), replace(asked, sort=Sort.ARRIVED, size=ENTRIES, page=1))
    text = ET.tostring(_feed(found), encoding="utf-8", xml_declaration=True)
    return Response(text, content_type="application/atom+xml; charset=utf-8")


def _feed(found: Found) -> ET.Element:
    to = Addresses(replace(found.asked, sort=Sort.RELEVANCE, size=SIZE_DEFAULT))
    name = desk().archive.settings["NAME"]
    composed = "Sample archive: every record is composed. " if desk().is_sample else ""
    feed = ET.Element(f"{{{_ATOM}}}feed")
    here = urljoin(request.url_root, to.at("/search.atom"))
    _add(feed, "id", here)
    _add(feed, "title", f"{name}: {found.asked.query or 'all records'}")
    _add(feed, "subtitle", f"{composed}{found.read_as} {counted(found.total, 'record')}.".strip())
    _add(feed, "updated", max((one.captured_at for one in found.entries), default=now()))
    author = _add(feed, "author")
    _add(author, "name", name)
    _link(feed, here, "self", "application/atom+xml")
    _link(feed, urljoin(request.url_root, to.here()), "alternate", "text/html")
    asked_for = _asked_for(found, to)
    for one in found.entries:
        _entry(feed, one, asked_for)
    return feed


def _asked_for(found: Found, to: Addresses) -> str:
    """Say what every record of a search has, '' where all records are asked for."""
    kept = "; ".join(label[:1].lower() + label[1:] for label, _ in chips(found, to))
    query = found.read_as.removeprefix("Read as ").removesuffix(".") if found.asked.query else ""
    return "; ".join(filter(None, (query, kept)))


def _entry(feed: ET.Element, one: Shown, asked_for: str) -> None:
    entry = _add(feed, "entry")
    address = urljoin(request.url_root, one.address)
    _add(entry, "id", address)
    _add(entry, "title", plain(one.title))
    _add(entry, "updated", one.captured_at)
    _link(entry, address, "alternate", "text/html")
    _add(entry, "category").set("term", one.kind)
    _add(entry, "summary", _summary(one, asked_for))


def _summary(one: Shown, asked_for: str) -> str:
    """Say who pays whom, or who released it, and why it matched, in one paragraph."""
    if isinstance(one, AwardEntry):
        payee = plain(one.vendor) or "a vendor that is not named"
        obligated = obligation(
            one.obligated_cents, one.obligated_in_actions_cents, one.actions_held
        )
        said = [f"{one.agency} {one.verb} {payee}: {obligated}"]
        if one.potential_cents is not None:
            said.append(f"potential value {amount(one.potential_cents)}")
    else:
        said = [*one.released_by, counted(one.page_count, "page")]
    if one.day:
        said.append(day(one.day))
    return " ".join([f"{', '.join(said)}.", _why(one, asked_for)]).strip()


def _why(one: Shown, asked_for: str) -> str:
    """Say why a record matched: by what was asked for, and the words that show it."""
    if not asked_for:
        return ""
    shown = [f"{passage.where}: {plain(passage.fragments)}" for passage in one.passages]
    if not shown and marks(one.title):
        shown = [f"Title: {plain(one.title)}"]
    return " ".join([sentence(f"Matched by {asked_for}"), *shown])


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text:
        child.text = "".join(sign if sign.isprintable() else " " for sign in text)
    return child


def _link(parent: ET.Element, address: str, relation: str, media_type: str) -> None:
    link = _add(parent, "link")
    link.set("href", address)
    link.set("rel", relation)
    link.set("type", media_type)
