"""What the two indexes on Elasticsearch hold of an entry and of its pages."""

from typing import Any, TypeAlias

from archive.search.analysis import ANALYSER_VERSION, GAP
from archive.search.entry import FACETS, PAGE_COLUMNS, PAGE_FACETS

Json: TypeAlias = dict[str, Any]

# Stems with places, and words as printed, of the whole entry and of each field of its own.
TEXTS = {None: "whole", "title": "title", "vendor": "vendor", "agency": "agency"}
COLUMNS = ("day", "cents", "ceiling_cents", *PAGE_COLUMNS)
KINDS = ("entries", "pages")

_KEYWORD: Json = {"type": "keyword"}
_UNSEARCHED: Json = {"type": "keyword", "index": False}
_NUMBER: Json = {"type": "long"}
# Words as printed are one set for an entry, without places and without weight. They come in one
# value with blanks between: as many values of their own cost the server a fifth more (measured).
_WORDS: Json = {
    "type": "text",
    "analyzer": "whitespace",
    "index_options": "docs",
    "norms": False,
}
_IDENTIFIER: Json = {"type": "keyword", "doc_values": False}
# Stems come analysed, with blanks between; each passage is a value of its own.
_STEMS: Json = {
    "type": "text",
    "analyzer": "whitespace",
    "index_options": "positions",
    "position_increment_gap": GAP,
}


def _texts(*names: str) -> dict[str, Json]:
    stems = {f"{name}_stems": _STEMS for name in names}
    return stems | {f"{name}_words": _WORDS for name in names}


_ENTRY: dict[str, Json] = {
    "key": _KEYWORD,
    "version": _UNSEARCHED,
    "number": _NUMBER,
    "page_count": {"type": "long", "index": False},  # pages in the other index that belong to it
    **dict.fromkeys(COLUMNS, _NUMBER),
    **dict.fromkeys(FACETS, _KEYWORD),
    "identifier_words": _IDENTIFIER,
    "exemption_words": _IDENTIFIER,
    **_texts(*TEXTS.values()),
}
_PAGE: dict[str, Json] = {
    "key": _KEYWORD,
    "number": _NUMBER,
    "page": _NUMBER,
    **dict.fromkeys(PAGE_COLUMNS, _NUMBER),
    **dict.fromkeys(PAGE_FACETS, _KEYWORD),
    "exemption_words": _IDENTIFIER,
    **_texts("whole"),
}
_FIELDS = {"entries": _ENTRY, "pages": _PAGE}


def mapping(kind: str) -> Json:
    """Give the mapping of one of the two indexes, with the label that says how it was built."""
    return {
        "dynamic": "strict",
        # What is kept of an entry lies in the catalogue; the index gives keys and numbers.
        "_source": {"includes": ["key", "version"]},
        "_routing": {"required": kind == "pages"},
        "_meta": label(kind),
        "properties": _FIELDS[kind],
    }


def label(kind: str) -> Json:
    """Say how an index is built, so that one built otherwise is known."""
    fields = [f"{name}:{field['type']}" for name, field in _FIELDS[kind].items()]
    return {"analyser": ANALYSER_VERSION, "fields": fields}


def difference(built: Json, kind: str) -> str:
    """Say how an index was built otherwise than now; '' when it was not."""
    now = label(kind)
    if built == now:
        return ""
    if built.get("analyser") != now["analyser"]:
        return f"built by analyser {built.get('analyser')}, now {now['analyser']}"
    before, after = ([one.partition(":")[0] for one in each["fields"]] for each in (built, now))
    missing = [name for name in after if name not in before]
    if missing:
        return f"built without {', '.join(repr(name) for name in missing)}"
    return "built with other fields"
