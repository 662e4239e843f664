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
from archive.shown.found import AwardEntry, Found, Shown
from archive.shown.passages import plain
from archive.shown.search import search
from archive.shown.wording import amount, counted, day, obligation
from search_app.addresses import Addresses
from search_app.services import desk

blueprint = Blueprint("feeds", __name__)

ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
ET.register_namespace("", _ATOM)


@blueprint.get("/search.atom")
def feed() -> Response:
    """Give the newest records of a search as a feed."""
    asked = asked_from(request.args.items(multi=True))
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
    for one in found.entries:
        _entry(feed, one)
    return feed


def _entry(feed: ET.Element, one: Shown) -> None:
    entry = _add(feed, "entry")
    address = urljoin(request.url_root, one.address)
    _add(entry, "id", address)
    _add(entry, "title", plain(one.title))
    _add(entry, "updated", one.captured_at)
    _link(entry, address, "alternate", "text/html")
    _add(entry, "category").set("term", one.kind)
    _add(entry, "summary", _summary(one))


def _summary(one: Shown) -> str:
    """Say who pays whom and why it matched, or who released it, in one paragraph."""
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
    matched = [f"{passage.where}: {plain(passage.fragments)}" for passage in one.passages]
    return " ".join([f"{', '.join(said)}.", *matched])


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
