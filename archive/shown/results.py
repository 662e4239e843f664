"""A page of results as plain values, in the shape that `search --json` and the API promise."""

from typing import Any

from archive.shown.found import AwardEntry, DocumentEntry, Facet, Found, Shown
from archive.shown.passages import marks, plain


def results(found: Found) -> dict[str, Any]:
    """Give a page of results."""
    return {
        "total": found.total,
        "read_as": found.read_as,
        "ignored": list(found.ignored),
        "notes": list(found.notes),
        "sort": str(found.sort),
        "page": found.asked.page,
        "size": found.asked.size,
        "last_page": found.last_page,
        "hits": [hit(one) for one in found.entries],
        "facets": {name: facet_values(one) for name, one in found.facets.items()},
    }


def facet_values(facet: Facet) -> list[dict[str, Any]]:
    """Give the values of a facet."""
    return [{"value": one.value, "label": one.label, "count": one.count} for one in facet.values]


def hit(one: Shown) -> dict[str, Any]:
    """Give one result. `marks` are the places of the query's words in `snippet`."""
    fragments = one.passages[0].fragments if one.passages else ()
    common = {
        "kind": one.kind,
        "key": one.key,
        "title": plain(one.title),
        "date": one.day or None,
        "amount_cents": one.obligated_cents if isinstance(one, AwardEntry) else None,
        "address": one.address,
        "snippet": plain(fragments),
        "snippet_from": one.passages[0].where if one.passages else None,
        "marks": [list(place) for place in marks(fragments)],
        "source": one.source,
        "captured_at": one.captured_at,
    }
    return common | (_of_award(one) if isinstance(one, AwardEntry) else _of_document(one))


def _of_award(one: AwardEntry) -> dict[str, Any]:
    return {
        "pages": [],
        "obligated_in_actions_cents": one.obligated_in_actions_cents,
        "actions_held": one.actions_held,
        "potential_cents": one.potential_cents,
        "agency": one.agency,
        "vendor": plain(one.vendor),
        "vendor_number": one.vendor_number,
        "piid": one.piid,
        "gone_at": one.gone_at,
    }


def _of_document(one: DocumentEntry) -> dict[str, Any]:
    return {
        "pages": [page.number for page in one.pages],
        "page_hits": {str(page.number): page.hits for page in one.pages if page.hits is not None},
        "pages_total": one.pages_total,
        "pages_satisfy_query": one.whole,
        "page_count": one.page_count,
        "redacted_percent": one.redacted_percent,
        "exemptions": list(one.exemptions),
        "pages_read_poorly": one.poor_pages,
        "pages_not_recognised": one.unread_pages,
        "type": one.type or None,
        "released_by": list(one.released_by),
        "released_on": one.released_on or None,
        "state": "held" if one.is_held else "public",
    }
