"""What DocumentCloud's answers say: a page of a search, a document, and whether it may be taken."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import quote

from archive.release_statements import Released
from archive.watchlist import agencies
from crawlers.usaspending.values import (
    Members,
    NotUnderstood,
    whole_number,
    without_contacts,
    words,
)

_ACCESSES = ("public", "organization", "private", "invisible")
_READY = "success"
_UNDER_WAY = ("pending", "readable")
_BROKEN = ("error", "nofile")
_SHA1 = re.compile(r"[0-9a-f]{40}|")
_NUMBERED = re.compile(r"/documents/(\d+)(?:-[^/]*)?/?$")


class Standing(Enum):
    """Whether a document may be taken now."""

    READY = "ready"
    WAITS = "waits"  # is being processed, and looked at again the next time
    LEFT = "left"  # not for everybody, not to be listed, or without a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """A page of a search; `following` is the address of the next one, to be followed as it is."""

    rows: tuple[Any, ...]
    count: int | None
    following: str
    is_escaped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as its source tells of it; `sha1` of its PDF is '' where it is not told."""

    number: int
    standing: Standing
    file: str
    page: str
    sha1: str
    title: str
    source: str


def hits_of(answer: object) -> Hits:
    """Read a page of a search. Also after the last row a following page is named, without rows.

    Raises:
        NotUnderstood: it is no such page.
    """
    members = Members(answer, "")
    rows, following = members.take("results"), members.take("next")
    if not isinstance(rows, list):
        raise NotUnderstood("the answer is not a page of results")
    if following is not None and not isinstance(following, str):
        raise NotUnderstood(f"next {following!r} is neither an address nor null")
    escaped = members.take_if_there("escaped")
    if escaped not in (None, True, False):
        raise NotUnderstood(f"escaped {escaped!r} is neither true nor false")
    return Hits(
        rows=tuple(rows),
        count=whole_number(members.take_if_there("count"), "count"),
        following=following or "",
        is_escaped=bool(escaped),
    )


def document_of(answer: object) -> Document:
    """Read a document; a search leaves out what is empty, and gives its number as a text.

    Raises:
        NotUnderstood: it is none, or in a state that is not known.
    """
    members = Members(answer, "")
    number = whole_number(members.take("id"), "id")
    slug, host = words(members.take("slug"), "slug"), words(members.take("asset_url"), "asset_url")
    if number is None or slug is None or host is None:
        raise NotUnderstood("id, slug or asset_url is empty")
    if not host.startswith(("http://", "https://")):
        raise NotUnderstood(f"asset_url {host!r} is not a web address")
    sha1 = words(members.take_if_there("file_hash"), "file_hash") or ""
    if not _SHA1.fullmatch(sha1):
        raise NotUnderstood(f"file_hash {sha1!r} is no SHA-1")
    return Document(
        number=number,
        standing=_standing(members),
        file=f"{host.rstrip('/')}/documents/{number}/{quote(slug)}.pdf",
        page=words(members.take("canonical_url"), "canonical_url") or "",
        sha1=sha1,
        title=_typed(members.take("title"), "title"),
        source=_typed(members.take_if_there("source"), "source"),
    )


def number_in(page: str) -> int:
    """Give the number of a document in the address of its page; 0 where there is none."""
    found = _NUMBERED.search(page.removesuffix(".html"))
    return int(found[1]) if found else 0


def prefix_of(page: str) -> str:
    """Give what the addresses of a document's page begin with, whatever its title became."""
    number = number_in(page)
    head = page.partition(f"/documents/{number}")[0]
    return f"{head}/documents/{number}-"


def released(document: Document) -> Released:
    """Describe the release: a federal agency where the source names exactly one, else a body.

    When it was released is not told: the document's own day is that of the upload.
    """
    found = agencies.find(document.source) if document.source else ()
    if len(found) == 1:
        return Released(agency_code=found[0].code, title=document.title)
    return Released(body=document.source, title=document.title)


def _standing(members: Members) -> Standing:
    access, status = members.take("access"), members.take("status")
    if access not in _ACCESSES:
        raise NotUnderstood(f"access {access!r} is not known (known: {', '.join(_ACCESSES)})")
    if status not in (_READY, *_UNDER_WAY, *_BROKEN):
        known = ", ".join((_READY, *_UNDER_WAY, *_BROKEN))
        raise NotUnderstood(f"status {status!r} is not known (known: {known})")
    is_unlisted = any(members.take_if_there(name) for name in ("noindex", "admin_noindex"))
    if access != "public" or is_unlisted or status in _BROKEN:
        return Standing.LEFT
    return Standing.READY if status == _READY else Standing.WAITS


def _typed(value: object, name: str) -> str:
    """Read what people typed: with personal numbers and contacts masked."""
    return " ".join(without_contacts(words(value, name) or "").split())
