"""The description of `/api/` that programs read (OpenAPI 3.1); `docs/api.md` is for people.

What a query, a filter or a range may hold is never refused: what is not understood is ignored and
said in `ignored`. So they are plain texts here, with the length that is read.
"""

from typing import Any, TypeAlias, get_args

from archive.readings import TextFrom
from archive.redactions import BoxLook
from archive.search.entry import FACETS
from archive.shown.asking import QUERY_LENGTH_MAX

Json: TypeAlias = dict[str, Any]

_TEXT: Json = {"type": "string"}
_WHOLE: Json = {"type": "integer"}
_NUMBER: Json = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
_QUERY: Json = {"type": "string", "maxLength": QUERY_LENGTH_MAX}
_LIST: Json = {"type": "array"}
_TABLE: Json = {"type": "object"}


def _table(**members: Json) -> Json:
    """Describe an object with members that stay; more may be added."""
    return {"type": "object", "properties": members, "required": list(members)}


_CHANGES: Json = {
    "type": "array",
    "items": _table(state=_TEXT, held_part=_TEXT, reason=_TEXT, changed_at=_TEXT),
}
_STATED: Json = _table(
    agency=_TEXT,
    agency_code=_TEXT,
    body=_TEXT,
    state=_TEXT,
    released_on=_TEXT,
    case_number=_TEXT,
    requester_type=_TEXT,
    stated_at=_TEXT,
)
_RELEASES: Json = {
    "type": "array",
    "items": _STATED
    | {
        "properties": _STATED["properties"]
        | {"gone_at": _TEXT, "taken_by": _TEXT, "earlier": {"type": "array", "items": _STATED}}
    },
}


_ORIGIN: Json = {"type": "string", "enum": list(get_args(TextFrom))}
_CONFIDENCE: Json = {"type": ["integer", "null"], "minimum": 0, "maximum": 100}
_TEXTS: Json = {"type": "array", "items": _TEXT}
_NUMBERS: Json = {"type": "array", "items": _WHOLE}
_SHARE: Json = {"type": ["integer", "null"], "minimum": 0, "maximum": 100}
_BOXES: Json = {"type": ["integer", "null"], "minimum": 0}
_FLAG: Json = {"type": "boolean"}
_PAGES: Json = {
    "type": "array",
    "items": _table(
        number=_WHOLE,
        words=_WHOLE,
        text_from=_ORIGIN,
        confidence=_CONFIDENCE,
        boxes=_BOXES,
        covered_percent=_SHARE,
        exemptions=_TEXTS,
        is_withheld=_FLAG,
        content_key=_TEXT,
    ),
}
_EXEMPTIONS: Json = {
    "type": "array",
    "items": _table(name=_TEXT, count=_WHOLE, pages=_NUMBERS),
}
_LEDGER: Json = _table(
    exemptions=_EXEMPTIONS,
    boxes=_WHOLE,
    unstamped_boxes=_WHOLE,
    redacted_pages=_NUMBERS,
    withheld_pages=_NUMBERS,
    unexamined_pages=_NUMBERS,
    redacted_percent=_SHARE,
    is_cut=_FLAG,
)
_PLACE: Json = {f"{edge}_pt": {"type": "number"} for edge in ("left", "top", "right", "bottom")}
_REDACTIONS: Json = _table(
    boxes={
        "type": "array",
        "items": _table(
            **_PLACE, look={"type": "string", "enum": list(get_args(BoxLook))}, codes=_TEXTS
        ),
    },
    stamps={"type": "array", "items": _table(**_PLACE, code=_TEXT)},
    covered_percent=_SHARE,
    is_withheld=_FLAG,
)
_PAGE: Json = _table(
    sha256=_TEXT,
    number=_WHOLE,
    text=_TEXT,
    words=_LIST,
    text_from=_ORIGIN,
    confidence=_CONFIDENCE,
    redactions=_REDACTIONS,
)
_ATTACHMENT: Json = _table(
    name=_TEXT,
    page=_WHOLE,
    kind=_TEXT,
    size_bytes=_WHOLE,
    sha256=_TEXT,
    address=_TEXT,
    title=_TEXT,
    reason=_TEXT,
)
_HOLDER: Json = _table(sha256=_TEXT, address=_TEXT, title=_TEXT, name=_TEXT, page=_WHOLE)
_DOCUMENT: Json = _table(
    kind=_TEXT,
    sha256=_TEXT,
    state=_TEXT,
    state_changes=_CHANGES,
    releases=_RELEASES,
    pages=_PAGES,
    remarks={"type": "array", "items": _TEXT},
    attachments={"type": "array", "items": _ATTACHMENT},
    attached_to={"type": "array", "items": _HOLDER},
    citation=_TEXT,
    exemptions=_EXEMPTIONS,
    redactions=_LEDGER,
    elsewhere=_LIST,
)


def description(version: str) -> Json:
    """Give the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Paperwatch",
            "version": version,
            "description": "An archive of public surveillance-procurement records and releases.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {path: {"get": operation} for path, operation in _paths().items()},
        "components": {
            "schemas": {
                "Error": _table(status=_WHOLE, error=_TEXT),
                "Withheld": _withheld(),
            },
        },
    }


def _paths() -> dict[str, Json]:
    searched = [_asked("q", _QUERY), *_filters()]
    sha256 = _part("sha256", {"type": "string"})
    number = _part("number", _NUMBER)
    return {
        "/api/search": _operation(
            "Search awards, notices and documents",
            [*searched, *(_asked(name) for name in ("sort", "size", "page"))],
            _table(total=_WHOLE, read_as=_TEXT, ignored=_LIST, hits=_LIST, facets=_TABLE),
            404,
        ),
        "/api/facets/{name}": _operation(
            "All values of one facet of a search",
            [_part("name", {"type": "string", "enum": list(FACETS)}), *searched],
            _table(facet=_TEXT, read_as=_TEXT, ignored=_LIST, values=_LIST),
        ),
        "/api/awards/{key}": _operation(
            "An award",
            [_part("key")],
            _table(kind=_TEXT, key=_TEXT, fields=_TABLE, modifications=_LIST, citation=_TEXT),
            404,
        ),
        "/api/documents/{sha256}": _operation(
            "A document",
            [sha256, _asked("q", _QUERY)],
            _DOCUMENT,
            403,
            404,
            410,
        ),
        "/api/documents/{sha256}/pages/{number}": _operation(
            "A page of a document",
            [sha256, number, _asked("q", _QUERY)],
            _PAGE,
            403,
            404,
            410,
        ),
        "/api/vendors": _operation(
            "Vendors by name",
            [_asked("named"), _asked("q"), _asked("page")],
            _table(total=_WHOLE, rows=_LIST),
            404,
        ),
        "/api/vendors/{number}": _operation(
            "A vendor", [number], _table(number=_WHOLE, name=_TEXT, by_year=_LIST), 404
        ),
        "/api/agencies": _operation("Agencies by department", [], _table(agencies=_LIST)),
        "/api/agencies/{code}": _operation(
            "An agency or a department",
            [_part("code"), _asked("year", {"type": "string", "pattern": "^[0-9]{4}$"})],
            _table(code=_TEXT, name=_TEXT, by_year=_LIST),
            404,
        ),
        **_paths_about_it(),
    }


def _paths_about_it() -> dict[str, Json]:
    """Describe what is told of the archive itself."""
    return {
        "/api/sources": _operation("Sources, and how fresh they are", [], _table(sources=_LIST)),
        "/api/sources/{name}": _operation("A source", [_part("name")], _TABLE, 404),
        "/api/status": _operation(
            "Queues, the index against the catalogue, last successes, what was set aside",
            [],
            _table(at=_TEXT, queues=_LIST, index=_TABLE, sources=_LIST, set_aside=_LIST),
        ),
        "/api/about": _operation("What the archive holds", [], _table(name=_TEXT, counts=_TABLE)),
        "/api/openapi.json": _operation("This description", [], _table(openapi=_TEXT)),
    }


def _withheld() -> Json:
    """Describe what is said of a document that readers may not have: its state, and why."""
    state = {"type": "string", "enum": ["held", "withdrawn"]}
    more = {"state": state, "state_at": _TEXT, "state_reason": _TEXT, "state_changes": _CHANGES}
    error = _table(status=_WHOLE, error=_TEXT)
    return error | {"properties": error["properties"] | more}


def _operation(summary: str, parameters: list[Json], answer: Json, *statuses: int) -> Json:
    errors = {str(status): _error(status) for status in (400, *statuses, 503)}
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": _answer(summary, answer), **errors},
    }


def _error(status: int) -> Json:
    name = "Withheld" if status in (403, 410) else "Error"
    return _answer("An error in words", {"$ref": f"#/components/schemas/{name}"})


def _answer(summary: str, schema: Json) -> Json:
    return {"description": summary, "content": {"application/json": {"schema": schema}}}


def _part(name: str, schema: Json = _TEXT) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _asked(name: str, schema: Json = _TEXT) -> Json:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _filters() -> list[Json]:
    many = {"type": "array", "items": {"type": "string"}}
    ranges = [_asked(name) for name in ("from", "to", "min", "max")]
    return [*(_asked(name, many) for name in FACETS), *ranges]
