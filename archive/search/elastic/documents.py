"""Turn entries into the changes that the two indexes on Elasticsearch are sent."""

from orjson import dumps

from archive.search.contents import Contents, Page, Text, contents
from archive.search.elastic.fields import COLUMNS, Json
from archive.search.entry import Entry, facet_values
from archive.search.limits import refuse_unsortable


def refuse_unwritable(entry: Entry) -> None:
    """Refuse a number, day or amount too great to be sorted by, or an unknown facet."""
    refuse_unsortable(entry)
    facet_values(entry)


def changes(entry: Entry) -> tuple[Json, list[Json]]:
    """Give what is written of an entry, and of its pages that have words.

    Their fields (`_source`) are JSON already, which is smaller than what it is made of.
    """
    held, order = contents(entry), in_order(entry.changed_no)
    pages = [_page(entry, page) | order for page in held.pages()]
    write = {"_op_type": "index", "_id": entry.key, "_source": dumps(_entry(entry, held))}
    return write | order, pages


def removal(key: str, changed_no: int | None) -> Json:
    """Give the change that takes an entry away."""
    return {"_op_type": "delete", "_id": key} | in_order(changed_no)


def page_removal(identity: str, key: str, changed_no: int | None) -> Json:
    """Give the change that takes a page away."""
    return {"_op_type": "delete", "_id": identity, "routing": key} | in_order(changed_no)


def in_order(changed_no: int | None) -> Json:
    """Let no older state of an entry overwrite a newer one, whoever comes last."""
    if changed_no is None:
        return {}
    return {"version": changed_no, "version_type": "external_gte"}


def _entry(entry: Entry, held: Contents) -> Json:
    columns = {name: getattr(entry, name) for name in COLUMNS}
    texts: Json = {}
    for name in ("title", "vendor", "agency", "whole"):
        texts |= _text(name, getattr(held, name))
    return {
        "key": entry.key,
        "version": entry.version,
        "number": entry.number,
        "page_count": held.page_count,
        **{name: value for name, value in columns.items() if value is not None},
        **facet_values(entry),
        "identifier_words": held.identifier_words,
        "exemption_words": held.exemption_words,
        **texts,
    }


def _text(name: str, text: Text) -> Json:
    return {f"{name}_stems": text.stems, f"{name}_words": " ".join(text.words)}


def _page(entry: Entry, page: Page) -> Json:
    held: Json = {"key": entry.key, "number": entry.number, "page": page.number}
    if page.facts.redacted is not None:
        held["redacted"] = page.facts.redacted
    held |= page.facts.facets | {"exemption_words": page.exemption_words}
    return {
        "_op_type": "index",
        "_id": f"{entry.key}/{page.number}",
        "routing": entry.key,
        "_source": dumps(held | _text("whole", page.text)),
    }
