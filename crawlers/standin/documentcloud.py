"""A stand-in of DocumentCloud: its search with a cursor, its documents, and their PDFs.

A document of the world is an object; what is left out is made up where it follows:

    {"id": 23317465, "title": "PDF-A-234", "source": "Some Police Department", "pdf": b"%PDF-…",
     "updated_at": "2022-11-24T01:06:00.123456Z", "access": "public", "status": "success"}

A search gives numbers as texts, leaves out what is empty, and names a following page also behind
the last row; both are as recorded answers have it.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from urllib.parse import urlencode

from crawlers.standin.answering import Reply, refusal
from crawlers.standin.faults import Fault
from crawlers.standin.handling import Asked
from crawlers.standin.serving import ROBOTS, Serving
from crawlers.standin.shelf import Shelf
from crawlers.standin.world import Json

_ROWS, _ROWS_OF_ANYONE, _ROWS_MAX = 25, 25, 100
_SINCE = re.compile(r"updated_at:\[(\S+) TO \*\]")
_EXPIRED = {
    "detail": "Given token not valid for any token type",
    "code": "token_not_valid",
    "messages": [{"token_type": "access", "message": "Token is invalid or expired"}],
}


class DocumentcloudStandIn(Serving):
    """A running stand-in; a context manager. `address` is what PAPERWATCH_DOCUMENTCLOUD_URL wants.

    Any other token than `token` counts as expired. `tell_hashes` off leaves out the SHA-1, as it is
    with documents of before.
    """

    def __init__(
        self,
        documents: Sequence[Json],
        *,
        token: str = "a.token.here",  # noqa: S107 (of nobody)
        faults: Sequence[Fault] = (),
        robots: str = ROBOTS,
    ) -> None:
        super().__init__(faults=faults, robots=robots)
        self.documents: dict[int, Json] = {}
        self.shelf = Shelf()
        self.token = token
        self.tell_hashes = True
        self.rows_max = _ROWS_OF_ANYONE
        for one in documents:
            self.put(one)

    def put(self, document: Json) -> None:
        """Take a document in, or another version of it."""
        number = int(document["id"])
        before = self.documents.get(number, {})
        merged = {**before, **document}
        self.documents[number] = merged
        self.shelf.files[f"/documents/{number}/{_slug(merged)}.pdf"] = merged["pdf"]

    def reply(self, asked: Asked, fault: Fault | None) -> Reply:
        """Give the answer to a request."""
        if not asked.path.startswith("/api/"):
            return self.shelf.reply(asked.path, asked.headers)
        shown = asked.headers.get("authorization")
        if shown not in (None, f"Bearer {self.token}"):
            return Reply(status=403, json=_EXPIRED)
        match asked.path.removeprefix("/api/documents/").strip("/").split("/"):
            case ["search"]:
                return self._search(asked.body, is_known=shown is not None)
            case [number] if number.isdecimal():
                found = self.documents.get(int(number))
                if found is None or _access(found) != "public":
                    return refusal(404, "Not found.")
                return Reply(json=self._shaped(found))
        return refusal(404, "Not found.")

    def _search(self, body: Json, *, is_known: bool) -> Reply:
        asked = str(body.get("q", ""))
        size = min(int(body.get("per_page", _ROWS)), _ROWS_MAX if is_known else self.rows_max)
        rows = [one for one in self.documents.values() if _is_asked(one, asked)]
        rows.sort(key=lambda one: int(one["id"]), reverse=True)
        start = _start_of(str(body.get("cursor", "")))
        page = rows[start : start + size]
        kept = {name: value for name, value in body.items() if name != "cursor"}
        following = None
        if page:
            words = urlencode({**kept, "cursor": _cursor_at(start + len(page))})
            following = f"{self.address}/api/documents/search/?{words}"
        results = [_found(self._shaped(one)) for one in page]
        said = {"count": len(rows), "next": following, "previous": None, "results": results}
        return Reply(json={**said, "escaped": asked.count('"') % 2 == 1})

    def _shaped(self, one: Json) -> Json:
        number, slug = one["id"], _slug(one)
        sha1 = hashlib.sha1(one["pdf"], usedforsecurity=False).hexdigest()
        return {
            "id": number,
            "access": _access(one),
            "admin_noindex": False,
            "asset_url": f"{self.address}/",
            "canonical_url": f"https://www.documentcloud.org/documents/{number}-{slug}",
            "created_at": "2022-11-24T01:05:00.123456Z",
            "data": {},
            "description": one.get("description", ""),
            "edit_access": False,
            "file_hash": one.get("file_hash", sha1) if self.tell_hashes else "",
            "noindex": one.get("noindex", False),
            "language": "eng",
            "organization": 1,
            "original_extension": "pdf",
            "page_count": 1,
            "page_spec": "612.0x792.0:0",
            "projects": [],
            "publish_at": None,
            "published_url": "",
            "related_article": "",
            "revision_control": False,
            "slug": slug,
            "source": one.get("source", ""),
            "status": one.get("status", "success"),
            "title": one["title"],
            "updated_at": one.get("updated_at", "2022-11-24T01:06:00.123456Z"),
            "user": 1,
        }


def _found(shaped: Json) -> Json:
    """Give a document as a search does."""
    row = {name: value for name, value in shaped.items() if value not in ("", None, [])}
    for name in ("admin_noindex", "page_spec", "revision_control"):
        row.pop(name, None)
    return {**row, "id": str(shaped["id"]), "notes": [], "highlights": None}


def _access(document: Json) -> str:
    return str(document.get("access", "public"))


def _slug(document: Json) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", str(document["title"]).lower()))


def _is_asked(document: Json, asked: str) -> bool:
    since = _SINCE.search(asked)
    if since and str(document.get("updated_at", "2022")) < since[1]:
        return False
    words = re.sub(r"\(|\)|\bAND\b", " ", _SINCE.sub(" ", asked)).casefold().split()
    told = f"{document['title']} {document.get('source', '')}".casefold()
    return _access(document) == "public" and all(word.strip('"') in told for word in words)


def _cursor_at(start: int) -> str:
    return base64.b64encode(f"row {start}".encode()).decode()


def _start_of(cursor: str) -> int:
    return int(base64.b64decode(cursor).decode().removeprefix("row ")) if cursor else 0
