"""Turn entries into the changes that the two indexes on Elasticsearch are sent."""

from collections.abc import Iterator, Sequence

from archive.search.analysis import Passage
from archive.search.contents import Contents, contents
from archive.search.elastic.fields import COLUMNS, Json
from archive.search.entry import Entry, facet_values
from archive.search.limits import refuse_unsortable


def refuse_unwritable(entry: Entry) -> None:
    """Refuse a number, day or amount too great to be sorted by, or an unknown facet."""
    refuse_unsortable(entry)
    facet_values(entry)


def changes(entry: Entry) -> tuple[Json, list[Json]]:
    """Give what is written of an entry, and of its pages that have words."""
    held = contents(entry)
    write = {"_op_type": "index", "_id": entry.key, "_source": _entry(entry, held)}
    order = in_order(entry.changed_no)
    return write | order, [page | order for page in _pages(entry, held.pages)]


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
        **texts,
    }


def _text(name: str, passages: Sequence[Passage]) -> Json:
    stems = [one.stems for one in passages if one.stems]
    words = frozenset().union(*[one.words for one in passages])
    return {f"{name}_stems": stems, f"{name}_words": list(words)}


def _pages(entry: Entry, pages: Sequence[Passage]) -> Iterator[Json]:
    for number, page in enumerate(pages, start=1):
        if page.stems:
            held = {"key": entry.key, "number": entry.number, "page": number}
            yield {
                "_op_type": "index",
                "_id": f"{entry.key}/{number}",
                "routing": entry.key,
                "_source": held | _text("whole", [page]),
            }
