"""Where and when documents were made public: their releases, and the names they went by."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from archive.attached import DEPTH_MAX
from archive.catalogue.tables import attachment, capture, document, release
from archive.requests import cases_of
from archive.watchlist.places import STATES

Releases: TypeAlias = Sequence[sa.Row[Any]]
_RELEASES = (
    sa.select(release, capture.c.fetched_at)
    .join(capture, capture.c.id == release.c.capture_id)
    .where(release.c.document_id.in_(sa.bindparam("documents", expanding=True)))
    .order_by(release.c.id)
)


def releases_of(
    connection: sa.Connection, numbers: Sequence[int]
) -> defaultdict[int, list[sa.Row[Any]]]:
    """Give the releases of documents by number, in the order in which they came to the archive.

    Each is its row with `fetched_at`, the time of its capture. A document that has none, and came
    attached to others, has those of them that are public, under its name there as their `title`.
    """
    found: defaultdict[int, list[sa.Row[Any]]] = defaultdict(list)
    for row in connection.execute(_RELEASES, {"documents": numbers}):
        found[row.document_id].append(row)
    without = [number for number in numbers if number not in found]
    if without:
        for row in connection.execute(_OF_HOLDERS, {"documents": without}):
            found[row.document_id].append(row)
    return found


def _of_holders() -> sa.Select[Any]:
    """Select the releases of the documents to which some are attached, however deep."""
    tie = (
        sa.select(
            attachment.c.document_id,
            attachment.c.parent_id,
            sa.func.min(attachment.c.name).label("name"),
        )
        .join(document, document.c.id == attachment.c.parent_id)
        .where(document.c.state == "public", attachment.c.document_id.is_not(None))
        .group_by(attachment.c.document_id, attachment.c.parent_id)
        .subquery("tie")
    )
    asked = tie.c.document_id.in_(sa.bindparam("documents", expanding=True))
    path = sa.literal("#attachment/") + tie.c.name
    first = sa.select(tie, path.label("path"), sa.literal(1).label("depth"))
    way = first.where(asked).cte("way", recursive=True)
    above = tie.alias("above")
    way = way.union_all(
        sa.select(
            way.c.document_id,
            above.c.parent_id,
            way.c.name,
            sa.literal("#attachment/") + above.c.name + way.c.path,
            way.c.depth + 1,
        )
        .join(above, above.c.document_id == way.c.parent_id)
        .where(way.c.depth < DEPTH_MAX)
    )
    columns = [one for one in release.c if one.name not in ("document_id", "address", "title")]
    return (
        sa.select(
            way.c.document_id,
            (release.c.address + way.c.path).label("address"),
            way.c.name.label("title"),
            *columns,
            capture.c.fetched_at,
        )
        .join_from(way, release, release.c.document_id == way.c.parent_id)
        .join(capture, capture.c.id == release.c.capture_id)
        .order_by(release.c.id, way.c.depth)
    )


_OF_HOLDERS = _of_holders()


def first_day(releases: Releases) -> str:
    """Give the day of the earliest release, '' when none is known."""
    return min((one.released_on for one in releases if one.released_on), default="")


def named_body(body: str, state: str) -> str:
    """Name a releasing body that is no federal agency, with its state ("City of Eugene (OR)").

    A state whose name stands in it already is left out ("Oregon State Police").
    """
    if not body or not state or STATES.get(state, state).casefold() in body.casefold():
        return body
    return f"{body} ({state})"


def bodies(releases: Releases) -> tuple[str, ...]:
    """Give the releasing bodies that are no federal agency, each once."""
    return tuple(dict.fromkeys(named_body(one.body, one.state) for one in releases if one.body))


def case_numbers(releases: Releases) -> tuple[str, ...]:
    """Give the numbers of the requests that were answered, each once."""
    return tuple(dict.fromkeys(one for each in releases for one in cases_of(each.case_number)))


def file_name(releases: Releases, *, may_say_where: bool) -> str:
    """Give the name of the file as it came first; '' where the original is held back."""
    if not releases or not may_say_where:
        return ""
    address = str(releases[0].address).partition("#")[0]
    return address.rstrip("/").rsplit("/", 1)[-1]


def document_title(title: str, releases: Releases, *, may_say_where: bool) -> str:
    """Give a document's title: its own, else, where that may be said, how it is listed or named.

    A listed title and the name of a file can say what a redaction hides.
    """
    own = " ".join(title.split())
    listed = next((one.title for one in releases if one.title), "") if may_say_where else ""
    named = listed or file_name(releases, may_say_where=may_say_where)
    return own or named or "Document without a title"
